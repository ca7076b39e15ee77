"""Words that say which way an outcome went: tables for ``kb.language.effect.cues`` and what builds on it."""

from __future__ import annotations

from typing import Literal, TypeAlias

Way: TypeAlias = Literal["more", "less", "better", "worse", "same"]
"""``more`` and ``less`` are of an amount; ``better`` and ``worse`` need to know which way is good for the outcome;
``same`` says that nothing changed or that nothing differed."""

_WAYS: dict[Way, str] = {
    "more": """
        increase increases increased increasing increment increments raise raises raised raising rise rises rising rose
        risen elevate elevates elevated elevating elevation higher highest greater greatest more most longer longest
        larger largest bigger heavier thicker wider deeper stronger prolong prolongs prolonged prolonging prolongation
        heighten heightens heightened boost boosts boosted boosting enhance enhances enhanced enhancing enhancement
        augment augments augmented augmentation gain gained gains exceed exceeded exceeds double doubled triple tripled
        upregulate upregulates upregulated upregulation stimulate stimulates stimulated stimulation potentiate
        potentiates potentiated promote promotes promoted promoting amplify amplified amplifies intensified
        lengthen lengthened expand expanded grew elicit elicited induce induces induced trigger triggers triggered
        provoke provokes provoked cause causes caused accumulate accumulated restore restored restores""",
    "less": """
        decrease decreases decreased decreasing decrement reduce reduces reduced reducing reduction reductions lower
        lowers lowered lowering lowest less lesser least fewer fewest smaller smallest shorter shortest decline
        declines declined declining diminish diminishes diminished diminishing lessen lessens lessened fell fall falls
        fallen drop drops dropped loss lose loses lost shorten shortens shortened shortening attenuate attenuates
        attenuated attenuating attenuation suppress suppresses suppressed suppressing suppression inhibit inhibits
        inhibited inhibiting inhibition prevent prevents prevented preventing prevention avert averts averted abolish
        abolishes abolished blunt blunts blunted block blocks blocked eliminate eliminated eliminates minimize
        minimizes minimized minimise minimises minimised ease eases eased easing relieve relieves relieved relieving
        relief alleviate alleviates alleviated alleviating alleviation ameliorate ameliorates ameliorated
        ameliorating amelioration mitigate mitigates mitigated downregulate downregulates downregulated
        downregulation deplete depleted cut cuts weaker thinner lighter lowers halve halved mitigated
        curb curbs curbed soothe soothes soothed avoided avoid avoids counteracted decelerated""",
    "better": """
        improve improves improved improving improvement improvements better best benefit benefits benefited beneficial
        benefitted superior superiority favour favours favoured favor favors favored favourable favorable favourably
        favorably effective efficacious effectiveness advantage advantages advantageous outperform outperforms
        outperformed heal heals healed success successful successfully""",
    "worse": """
        worse worsen worsens worsened worsening worst deteriorate deteriorates deteriorated deterioration impair impairs
        impaired impairing impairment inferior inferiority poorer poor aggravate aggravates aggravated exacerbate
        exacerbates exacerbated detrimental adversely unfavourable unfavorable compromise compromised harmful""",
}

WAYS: dict[str, Way] = {word: way for way, words in _WAYS.items() for word in words.split()}
"""Each word with the way that it says."""

DEGREES = {
    **dict.fromkeys(
        "more greater greatest larger largest higher highest bigger stronger faster most better".split(), 1
    ),
    **dict.fromkeys("less lesser smaller lower fewer least weaker slower".split(), -1),
}
"""Comparatives that stand before a word of change: "greater reduction" is less, "smaller reduction" is more."""

CHANGES = frozenset(
    """
    increase increases increment elevation rise gain gains improvement improvements enhancement reduction
    reductions decrease decreases decline declines drop fall loss relief attenuation suppression inhibition
    shortening prolongation deterioration worsening impairment benefit benefits improved increased reduced
    decreased effective beneficial successful success effectiveness efficacious
    """.split()
)
"""Words of change before which a comparative says only how much."""

BETWEEN_DEGREE = frozenset("statistically significant significantly mean average overall relative absolute net".split())
"""May stand between the comparative and the word of change; so may one other word ("greater weight loss")."""

DENIALS = frozenset(
    "no not neither nor without cannot never none lack lacked failed fails fail unable hardly nt".split()
)
"""Deny a word of change that follows within the clause."""

BREAKS = frozenset("but however whereas while although though despite yet except which whereby".split())
"""End the reach of a denial, and part what is said of one outcome from what is said of the next."""

SAME = (
    r"\b(?:no|any|little|without|not (?:find|show|observe|detect|demonstrate|reveal|produce|have|see|lead to|result in)"
    r"(?: an?y?| the)?)"
    r"(?: (?:statistically|clinically|consistent|clear|major|apparent|additional|meaningful|substantial|overall|other|"
    r"marked|further|such|great|relevant|important|evidence (?:of|for)(?: an?y?)?|evidence that)){0,3}"
    r"(?: significant(?:ly)?| statistical| detectable| measurable| discernible| obvious| notable)?"
    r"(?: (?:statistically|between-group|group|treatment|main|net|beneficial|inter-?group|added|\w{2,20} ){1,2})?"
    r" ?(?:differences?|effects?|changes?|benefits?|impacts?|influences?|interactions?|associations?|improvements?|"
    r"increases?|decreases?|reductions?|advantages?|relationships?|correlations?|alterations?|superiority)\b",
    r"\b(?:did|do|does|was|were|is|are|has|have|had|could|would|can|not)(?: not|n't|nt)(?: \w{2,20}){0,2}? "
    r"(?:differ(?:ent|ed)?|chang(?:e|ed|ing)|affect(?:ed|ing)?|alter(?:ed|ing)?|influenc(?:e|ed|ing)|modif(?:y|ied)|"
    r"impact(?:ed)?|superior|inferior|reach|achieve|significant|significantly)\b",
    r"\b(?:non-?|not (?:statistically )?|in|without (?:any )?(?:statistical )?)signific(?:ant|antly|ance)\b",
    r"\bfailed to (?:reach|show|demonstrate|detect|find|achieve|attain|meet)\b",
    r"\b(?:similar|similarly|comparable|comparably|equivalent|equivalence|unchanged|unaltered|unaffected|identical|"
    r"equal|equally|indistinguishable|alike|non-?inferior(?:ity)?|nonsignificant|insignificant)\b",
    r"\b(?:the same|as (?:effective|safe|good|well tolerated|efficacious|high|low|well) as|remained (?:stable|"
    r"constant)|neither|nor was|nor were|nor did|no more|no less|no better|no worse|nor)\b",
    r"\b(?:lack|absence) of (?:an? |any )?(?:significant )?(?:effect|difference|benefit|improvement|change)\b",
    r"\b(?:trend(?:ed)?|tend(?:ed|ency)) (?:to|toward|towards|for)\b",
)
"""Wordings of no difference, in lower case; every repetition is bounded."""

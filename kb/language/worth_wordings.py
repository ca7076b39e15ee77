"""The wordings that tell for or against a citation: each with what it means in plain words, as tables.

Their weights are found by ``scripts/train_worth.py``; ``kb.language.worth_features`` looks for them in a sentence.
"""

from __future__ import annotations

LISTS = {
    "study": """
        study studies trial trials research work works report reports review reviews meta-analysis meta-analyses
        literature authors investigators researchers experiments investigations surveys analyses series data
        evidence findings observations cohorts groups publications papers""",
    "others": """
        previous prior earlier recent several other many numerous various existing past published similar few
        multiple most some different large larger epidemiological observational experimental clinical
        animal human controlled randomized randomised prospective retrospective longitudinal cross-sectional
        preclinical emerging increasing accumulating growing subsequent additional""",
    "shown": """
        shown demonstrated reported found observed described suggested documented proposed established identified
        implicated associated linked proven hypothesized hypothesised noted indicated estimated postulated
        recommended validated studied investigated examined published characterized characterised reviewed""",
    "shows": """
        show showed shows demonstrate demonstrated demonstrates report reported reports find found suggest
        suggested suggests indicate indicated indicates reveal revealed reveals observed conclude concluded
        confirm confirmed describe described estimate estimated propose proposed provide provided support
        supported highlight highlighted""",
    "known": "known thought believed considered recognized recognised accepted assumed understood regarded viewed",
    "own": "this the our present current",
}
"""Word lists; an expression names one in angle brackets."""

WORDINGS: dict[str, tuple[str, str]] = {
    "agrees": (
        "says that a result agrees with others'",
        "consistent with|agreement with|line with|accordance with|keeping with|accord with|corroborate|corroborates"
        "|corroborated|concordant|congruent|similar to|comparable to|supported by|replicates|replicate|confirming",
    ),
    "differs": (
        "says that a result differs from others'",
        "contrast to|contrary|unlike|odds with|conflicting|inconsistent|contradict|contradicts|contradictory",
    ),
    "others": (
        "speaks of what others did",
        "others|other authors|other groups|other investigators|other researchers|other studies|another study"
        "|another trial|another group|another report|one study|one trial|colleagues|coworkers|co-workers",
    ),
    "review": (
        "names a review or a meta-analysis",
        "systematic review|systematic reviews|meta-analysis|meta-analyses|cochrane|reviewed|literature|review",
    ),
    "trial": (
        "names a kind of study",
        "randomized|randomised|cohort|case-control|cross-sectional|epidemiological|population-based|double-blind"
        "|pilot study|case report|case reports|case series|survey|national|longitudinal",
    ),
    "guideline": (
        "speaks of a guideline, a criterion or an official body",
        "guideline|guidelines|consensus|recommendation|recommendations|recommended|criteria|who|health organization"
        "|cdc|nice|fda|american|european|federal|ministry|association of|college of|society of",
    ),
    "frequency": (
        "says how common or how burdensome something is",
        "prevalence|incidence|worldwide|globally|leading cause|most common|common cause|mortality|morbidity|epidemic"
        "|estimated|annually|per year|each year|burden|deaths|death|million|billion|lifetime|prevalent|common",
    ),
    "percent": ("gives a share in per cent", "#%|percent|per cent"),
    "number": ("gives a number", "#"),
    "year": ("names a year or a span of years", "year#|decades|decade|recent years|last years|past years|recently"),
    "association": (
        "claims an association",
        "associated with|linked to|related to|correlated with|correlates with|association between|relationship between"
        "|predictor|predictors|risk factor|risk factors|increased risk|attributed to|risk of",
    ),
    "effect": (
        "claims an effect",
        "cause|causes|caused by|lead to|leads to|result in|results in|contribute to|contributes to|induce|induces"
        "|inhibit|inhibits|activate|activates|promote|promotes|regulate|regulates|regulated by|mediate|mediated by"
        "|impair|impairs|increase|increases|reduce|reduces|decrease|decreases|improve|improves|affect|affects|prevent"
        "|prevents|trigger|triggers|stimulate|stimulates|modulate|modulates|enhance|enhances",
    ),
    "role": (
        "claims a role or a mechanism",
        "role in|role of|involved in|implicated in|responsible for|essential for|required for|necessary for"
        "|important role|mechanism|mechanisms|pathway|pathways",
    ),
    "example": ("gives an example", "for example|for instance|e.g|such as|including"),
    "usual": (
        "says what is usual",
        "widely|commonly|frequently|often|usually|typically|generally|traditionally|routinely|is used|are used",
    ),
    "unknown": (
        "says how little is known",
        "little is|few studies|few data|limited evidence|limited data|lack of|unclear|unknown|controversial"
        "|poorly understood|scarce|debate|debated|not fully|not known",
    ),
    "theory": (
        "names a theory, a model or a hypothesis",
        "theory|theories|theoretical|framework|hypothesis|hypotheses|model of|concept|paradigm|principle|principles",
    ),
    "against": ("sets something against something", "although|despite|whereas|while|though"),
    "laboratory": (
        "speaks of animals, cells or the laboratory",
        "in vitro|in vivo|mice|mouse|rats|rat|rodents|rodent|animal models|murine|drosophila|yeast|cell lines",
    ),
    "may": ("says that something can or may be so", "can|may|might|could"),
    "country": (
        "names a country or a region",
        "united states|usa|us|uk|united kingdom|europe|africa|african|asia|asian|china|chinese|india|indian|australia"
        "|canada|japan|germany|england|sweden|norway|denmark|netherlands|countries|country",
    ),
    "because": ("gives a reason", "because|due to|owing to|since|result of|explained by"),
    "our": ("says “our”", "our|ours"),
    "we": ("says “we”", "we|us"),
    "figure": (
        "points to a figure or a table",
        "fig|figs|figure|figures|table|tables|supplementary|supplement|appendix|additional file|box|equation|eq",
    ),
    "groups": (
        "speaks of the groups of a trial",
        "control group|intervention group|treatment group|placebo group|both groups|two groups|three groups|study group"
        "|groups|between groups|arm|arms|participants|at baseline|baseline|follow-up|allocation|allocated|enrolled"
        "|recruited|recruitment|randomization|randomisation|placebo",
    ),
    "test": (
        "gives a test of significance",
        "significant|significantly|no significant|confidence interval|effect size|effect sizes|ci|p|ns",
    ),
    "aim": (
        "states an aim or a hypothesis",
        "aim|aims|aimed|objective|objectives|purpose|goal|goals|hypothesized|hypothesised|research question"
        "|research questions|sought to|intended to|designed to|set out|to determine|to investigate|to evaluate",
    ),
    "therefore": (
        "draws a conclusion",
        "therefore|thus|hence|consequently|accordingly|^ overall|in conclusion|in summary|taken together|^ together"
        "|collectively|^ finally|to summarize|we conclude|conclusion|conclusions|in sum|in short",
    ),
    "limits": (
        "speaks of limits or strengths of a study",
        "limitation|limitations|limited by|strength|strengths|weakness|weaknesses|shortcomings|generalizable"
        "|generalizability|generalisability|generalize|generalized|sample size|bias|biases|biased|confounding"
        "|confounders|statistical power|underpowered|caution|interpret|interpreted|interpretation",
    ),
    "future": (
        "speaks of work that is yet to come",
        "future|further research|further studies|further study|further investigation|further work|is needed|are needed"
        "|is warranted|are warranted|needed to|remains to|remain to|should be|more research|need to|needs to|will be"
        "|larger studies|larger sample|will|next step",
    ),
    "possible": (
        "weighs what may explain a result",
        "is possible|is likely|is plausible|is conceivable|is unlikely|possible explanation|potential explanation"
        "|one explanation|another explanation|one reason|one possible|may have|might have|might be|could have|could be"
        "|perhaps|probably|presumably|likely|unlikely|possibly",
    ),
    "would": ("says what would or should be", "would|should|must|if|whether"),
    "first": ("says that this is the first or a new study", "the first|our knowledge|first time|novel|unique"),
    "was": ("tells what was or what was done", "was|were|did|had"),
    "here": ("speaks of what is said or done here", "here|in this|above|below|following|discussed|mentioned"),
    "this": ("takes up the sentence before it", "^ this|^ these|^ that|^ those|^ such|^ it|^ they|^ both"),
    "point": (
        "adds a point to a list",
        "^ first|^ second|^ third|^ fourth|^ firstly|^ secondly|^ thirdly|^ another|in addition|^ additionally"
        "|^ furthermore|^ moreover|^ also",
    ),
    "however": (
        "sets itself against what was said",
        "^ however|^ nevertheless|^ nonetheless|^ yet|^ but|^ conversely|other hand|by contrast|^ instead",
    ),
    "comment": (
        "comments on a result",
        "interesting|interestingly|surprising|surprisingly|notable|notably|importantly|unexpected|unexpectedly"
        "|important to|noteworthy|of note|^ indeed|clearly|remarkable|remarkably|is worth",
    ),
    "name": ("introduces an abbreviation", "acronym"),
}
"""Name among the weights → its meaning, and words or pairs of words of which one is there; ``^`` begins a sentence."""

PATTERNS: dict[str, tuple[str, str, str]] = {
    "earlier studies": (
        "speaks of earlier studies",
        "<study>",
        r"\b(?:previous|prior|earlier|past|previously)\s(?:[\w-]+\s){0,2}(?:<study>)\b",
    ),
    "studies": (
        "speaks of several, other or recent studies",
        "<study>",
        r"\b(?:<others>)\s(?:[\w-]+\s){0,2}?(?:<study>)\b",
    ),
    "studies show": (
        "says that studies or authors show something",
        "<study>",
        r"\b(?:<study>)\s(?:[\w-]+\s){0,6}?(?:<shows>)\b",
    ),
    "has been shown": (
        "says that something has been shown or reported",
        "been",
        r"\b(?:has|have|had) (?:\w+ ){0,2}been (?:\w+ ){0,2}?(?:<shown>)\b",
    ),
    "has been": ("says what has been done or found", "been", r"\b(?:has|have) (?:\w+ ){0,2}been\b"),
    "is shown": (
        "says that something was shown or reported",
        "<shown>",
        r"\b(?:is|are|was|were|been) (?:\w+ly |also |first )?(?:<shown>) (?:to|that|in|as|by|for|with)\b",
    ),
    "known": (
        "says that something is known, thought or accepted",
        "<known>",
        r"\b(?:is|are|been|was|were) (?:\w+ ){0,2}(?:<known>) (?:to|that|as)\b",
    ),
    "it is known": (
        "says what is known in general",
        "it",
        r"\bit (?:is|has|was) (?:\w+ ){0,3}(?:<known>|(?:<shown>))\b",
    ),
    "as reported": (
        "says that it was reported so before",
        "<shown>",
        r"\b(?:as|previously|recently|elsewhere) (?:been )?(?:<shown>)\b"
        r"|\b(?:<shown>) (?:previously|elsewhere|earlier|before)\b",
    ),
    "like others": (
        "compares a result with what others found",
        "with to findings",
        r"\b(?:consistent|agreement|accordance|line|keeping|accord|contrast|contrary|comparable|similar|agrees?) "
        r"(?:with|to|findings) (?:[\w-]+ ){0,4}?(?:studies|study|reports?|literature|work|trials?"
        r"|research|previous|others)\b",
    ),
    "they found": (
        "goes on about what others found",
        "they he she authors investigators researchers",
        r"\b(?:they|he|she|the (?:authors|investigators|researchers)|these authors) (?:\w+ly |also )?"
        r"(?:<shows>|used|noted|argued|compared|stated|examined|measured)\b",
    ),
    "range": ("gives a range of numbers", "", r"#%? ?(?:-|to|and) ?#"),
    "definition": (
        "defines or classes something",
        "is are",
        r"\b(?:is|are) (?:an? |the |one of )?(?:\w+ ){0,3}(?:defined|characteri[sz]ed|classified|composed|called|termed"
        r"|member|type|form|disease|disorder|condition|process|protein|family|class|measure|method|syndrome|problem)s?\b",
    ),
    "people": (
        "speaks of patients or people at large",
        "",
        r"\b(?:in|among|for|of) (?:\w+ ){0,2}(?:patients|people|individuals|adults|children|women|men|adolescents"
        r"|humans|volunteers|older|elderly|infants|athletes)\b",
    ),
    "this study": (
        "speaks of this study",
        "<own>",
        r"\b(?:<own>) (?:[\w-]+ )?(?:study|trial|paper|article|analysis|experiment|survey|review|investigation|cohort"
        r"|project|sample|protocol)\b",
    ),
    "our study": (
        "speaks of the authors' own study",
        "this our present current",
        r"\b(?:this|our|present|current) (?:[\w-]+ ){0,2}(?:<study>|results)\b",
    ),
    "we did": (
        "says what the authors did or found",
        "we",
        r"\bwe (?:\w+ly |also |then |did not |have |therefore |first )?(?:\w+ed|found|did|show|chose|saw|were|had"
        r"|report|present|describe|aim)\b",
    ),
    "we think": (
        "says what the authors think, hope or conclude",
        "we",
        r"\bwe (?:\w+ )?(?:believe|think|hypothesi[sz]e|suggest|propose|speculate|conclude|expect|hope|recommend|argue"
        r"|assume|cannot|can|will|would)\b",
    ),
    "these results": (
        "draws on the results at hand",
        "results findings data observations",
        r"\b(?:these|the|those|our) (?:\w+ )?(?:results|findings|data|observations)\b",
    ),
    "question": ("asks a question", "", r"\?|^(?:how|what|why|which)\b"),
    "past": ("tells in the past tense what was done or seen", "", r"\b(?:was|were|did|had|\w{3,}ed)\b"),
    "present": ("tells in the present tense", "", r"\b(?:is|are|has|have|does|do|\w+ates|\w+i[sz]es)\b"),
    "more than": (
        "compares amounts",
        "than compared",
        r"\b(?:higher|lower|greater|less|more|fewer|larger|smaller|better|worse|superior|faster|slower) "
        r"(?:[\w-]+ ){0,6}?than\b|\bcompared (?:with|to)\b",
    ),
}
"""Name among the weights → its meaning, words without one of which it is not looked for, and an expression."""

SECTIONS: dict[str, tuple[str, str]] = {
    "opening": ("stands in the introduction", r"introduction|background"),
    "closing": ("stands in the conclusion", r"^\W*(?:\d+\W*)?(?:conclu|summary|limitations?)"),
    "middle": ("stands in a discussion", r"discussion|comment"),
}
"""Name of a part of a research article → its meaning, and what its heading says; the first that fits."""

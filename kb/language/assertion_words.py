"""Words that decide whether two sentences assert the same: tables for ``kb.language.assertion``."""

from __future__ import annotations

_DIRECTIONS = {
    "amount+": """
        increase increases increased increasing raise raises raised raising rise rises rising elevate elevates
        elevated
        heighten heightens boost boosts boosted more higher greater larger aggravate aggravates aggravated aggravating
        exacerbate exacerbates exacerbated longer prolong prolongs prolonged""",
    "amount-": """
        reduce reduces reduced reducing reduction decrease decreases decreased decreasing lower lowers lowered
        lowering
        decline declines declined diminish diminishes diminished lessen lessens lessened less fewer smaller
        cuts minimize
        minimizes minimise minimises ease eases eased easing relieve relieves relieved relieving relief
        alleviate alleviates
        alleviated soothe soothes soothed shorter shorten shortens shortened""",
    "state+": """
        improve improves improved improving improvement better benefit benefits benefited beneficial ease eases
        eased easing
        relieve relieves relieved relieving relief alleviate alleviates alleviated soothe soothes soothed heal
        heals healed
        cure cures cured superior""",
    "state-": """
        worsen worsens worsened worsening worse deteriorate deteriorates deteriorated harm harms harmed
        aggravate aggravates
        aggravated aggravating exacerbate exacerbates exacerbated inferior impair impairs impaired""",
    "occurs+": """
        cause causes caused causing trigger triggers triggered provoke provokes provoked induce induces induced
        produce
        produces produced""",
    "occurs-": "prevent prevents prevented preventing avert averts averted",
    "works+": "effective effectively useful helpful",
    "works-": "ineffective useless unhelpful",
    "safe+": "safe safely harmless",
    "safe-": "unsafe dangerous harmful hazardous",
    "likely+": "likely probable",
    "likely-": "unlikely improbable",
    "often+": "often usually commonly common frequently frequent generally typically typical mostly normally",
    "often-": "rarely rare seldom uncommon infrequent infrequently",
    "needed+": "necessary needed essential required",
    "needed-": "unnecessary unneeded needless",
    "enough+": "sufficient adequate",
    "enough-": "insufficient inadequate",
    "tied+": "related",
    "tied-": "unrelated",
    "sign+": "positive positively",
    "sign-": "negative negatively",
    "share+": "most majority",
    "share-": "minority",
    "advised+": "recommend recommends recommended advise advises advised",
    "advised-": "discourage discourages discouraged",
}


def _by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pole, words in _DIRECTIONS.items():
        for word in words.split():
            found.setdefault(word, set()).add(pole)
    return {word: frozenset(poles) for word, poles in found.items()}


DIRECTIONS: dict[str, frozenset[str]] = _by_word()
"""Words that say which way something goes, with the poles that they stand at ("amount+", "amount-" …)."""

_SYNONYMS = """
    people persons patients individuals sufferers
    doctor physician clinician
    drug medication medicine
    physiotherapy physiotherapeutic
    kids children
    tumour tumor
    oedema edema
    anaemia anemia anaemic anemic
    ischaemia ischemia ischaemic ischemic
    sciatica sciatic
    arthritis arthritic
    diabetes diabetic
    asthma asthmatic
    obesity obese
    epilepsy epileptic
    spine spinal
    muscle muscular
    heart cardiac
    kidney renal
    lung pulmonary
    liver hepatic
    stomach gastric
    foot feet
    tooth teeth
    weak weakness
    pain ache hurt
    start begin
    show demonstrate
    big large
    elderly older
"""
SYNONYMS: dict[str, str] = {word: line.split()[0] for line in _SYNONYMS.strip().splitlines() for word in line.split()}
"""Words for the same, each with the first of its line; only such as can stand for each other in any sentence."""

FUNCTION = frozenset(
    """
    a an the this that these those such it its they them their there here of in on at to for from by with and
    or so as is
    are was were be been being am has have had do does did will would shall which who whom whose your you we
    our us he she
    his her than s t also even just very really quite rather significantly markedly greatly particularly
    especially however
    moreover furthermore therefore thus hence indeed overall fact actually clearly well known someone one can
    could may might
    about around approximately roughly get gets make makes become becomes called known given now still too
    """.split()
)
"""Words that carry nothing that could differ; conditions, amounts and times ("without", "some") are none of them."""

DECISIVE = frozenset(
    """
    without before after if unless when until during while although despite except only some many few several
    all every
    always sometimes both either instead rather against animals mice rats dogs women men children infants adolescents
    pregnant pregnancy adults older younger left right upper lower acute chronic mild severe early late
    """.split()
)
"""Words that make another claim of it where one of two sentences has them and the other has not."""

HEDGES = frozenset("may might can could possibly perhaps potentially probably sometimes some".split())
"""Where both of two opposite sentences are as careful as this, both can be true."""

NEGATIONS = frozenset("not no never none neither nor nobody nothing hardly cannot".split())

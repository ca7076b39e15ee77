"""What a sentence asserts, by its words: its kind, and the question of the OCEBM 2011 table that it answers."""

from __future__ import annotations

import re
from collections.abc import Collection

from kb.language.health_words import LISTS, named_treatments
from kb.language.plain import Plain, plain
from kb.language.wordings import Table, Wording
from kb.model import Kind, Question, Signal

_RECOMMENDS = r"\s(?:\w+\s){0,4}?(?:recommends?|recommended|advises?|advised|urges?|suggests?)\b"
_HARMING = frozenset(
    """
    cause causes caused damage damages damaged irritate irritates weaken weakens weakened impair impairs worsen worsens
    worsened aggravate aggravates destroy destroys triggered harm harms
    """.split()
)
_BAD = (
    r"\s(?:(?:can|may|might|could|will|also|often|sometimes|rarely|heavy|long|use|of|in|the|\w+ly)\s){0,5}"
    r"(?:causes?|caused|damages?|damaged|irritates?|weakens?|weakened|impairs?|worsens?|aggravates?|destroys?|harms?)\b"
)
_LESS = r"(?!\s(?:back|legs?|limbs?|body|abdom\w+|jaw|spine)\b)\s(?:the |their |your |a |its )?(?:\w+\s){0,2}?"
_KINDS: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "recommendation": (
        ("guideline guidelines guidance who nice cdc fda ema nhs uspstf", _RECOMMENDS),
        ("experts doctors physicians specialists clinicians societies authorities dietitians", _RECOMMENDS),
        ("is are", r"\s(?:not |\w+ly )?(?:recommended|advised|advisable|contraindicated)\b"),
        ("<patients> everyone anyone nobody women men doctors clinicians", r"\s(?:\w+\s){0,6}?(?:should|must)\b"),
        (
            "should must",
            r"\s(?:not |never |always |\w+ly )?be\s(?:\w+ly )?(?:given|offered|avoided|treated|used|taken|seen)\b",
        ),
        (
            "should must",
            r"\s(?:not |never |always |\w+ly )?be\s(?:\w+ly )?(?:screened|tested|started|stopped|considered)\b",
        ),
        ("reserved", r"\sfor\b"),
        ("first", r"-line\b"),
        ("treatment", r"\sof choice\b"),
        ("mainstay",),
    ),
    "definition": (
        ("is are", r"\s(?:\w+ly )?(?:defined as|called|termed|known as|named)\b"),
        ("refers refer", r"\sto\b"),
        ("stands", r"\sfor\b"),
        ("term terms", r"\s(?:for|means|describes|refers)\b"),
        ("term", r"\s(?:\w+\s){1,3}(?:means|describes|refers|denotes)\b"),
        ("describes denotes", r"\s(?:an?|the)\s", r"\A\W*[\w'-]{3,}(?:\s[\w'-]+){0,2}\s"),
    ),
    "diagnosis": (
        (
            "diagnose diagnoses diagnosing diagnosis diagnostic misdiagnosed misdiagnosis misdiagnose undiagnosed"
            " undetected",
        ),
        ("diagnosed", r"\b(?!\swith)"),
        ("sensitivity specificity accuracy", r"\s(?:of|and|for|was|is|in)\b"),
        ("sensitivity specificity accuracy", "", r"\b(?:high|low|poor|good|limited|diagnostic)\s"),
        ("predictive", r"\svalues?\b"),
        ("false", r"[\s-](?:positives?|negatives?|alarms?)\b"),
        ("detect detects detected detecting", r"\b(?!\sno\b)"),
        (
            "<test>",
            r"\b.{0,60}?\b(?:shows?|finds?|found|reveals?|confirms?|distinguish(?:es)?|tells?|identif(?:y|ies)"
            r"|rules? out|excludes?|miss(?:es)?|picks? up|changes?|is (?:accurate|unreliable|reliable)|normal"
            r"|abnormal)\b",
        ),
        ("rule rules", r"\sout\b"),
        ("screening",),
    ),
    "harm": (
        ("side", r"[- ]effects?\b"),
        ("adverse toxic toxicity addictive poisonous harmful unsafe dangerous overdose safe safety tolerated",),
        (
            "doubles triples doubled tripled raises raised increases increased increase raise",
            r"\s(?:the |their |your )?risk\b",
        ),
        ("increased higher greater raised", r"\s(?:\w+\s)?risk\b"),
        (
            "damage damages damaged harms",
            r"\s(?:the |your |their )?(?:\w+\s)?"
            r"(?:kidneys?|liver|heart|lungs?|brain|hearing|teeth|baby|fo?etus|unborn)\b",
        ),
        ("<exposure>", _BAD),
        (
            "risk risks",
            r"\sof (?:infection|bleeding|death|injury|complications)\b",
            r"\bcarr(?:y|ies) (?:an? |the )?(?:\w+\s)?",
        ),
    ),
    "benefit": (
        (
            "lower lowers lowered reduce reduces reduced reducing cut cuts halve halves decrease decreases decreased",
            _LESS + r"(?:risk|mortality|deaths?|chances?|odds|likelihood|rates?|pain|symptoms|incidence|length|duration"
            r"|severity|number|frequency)\b",
        ),
        ("lower reduced decreased", r"\s(?:\w+\s)?risk\b"),
        (
            "effective ineffective efficacy effectiveness",
            r"\b(?!\s(?:doses?|treatments?|care|therap(?:y|ies)|ways?)\b)",
        ),
        ("benefit benefits",),
        ("as", r"\s(?:good|effective|well) as\b"),
        ("success", r"\srates?\b"),
        ("save saves saved", r"\s(?:\w+\s)?lives\b"),
        ("improves improve improved", r"\s(?:\w+\s){0,2}?(?:survival|prognosis|outlook|outcomes?|recovery)\b"),
        ("better superior", r"\s(?:\w+\s){0,3}?(?:than|to) (?:placebo|usual|sham|no treatment)\b"),
    ),
    "prognosis": (
        ("survival prognosis relapse relapses relapsed recurrence recurs recur outlook", r"\b"),
        ("die dies died", r"\s(?:within|in the first|after)\b"),
        ("mortality", r"\s(?:\w+\s){0,2}?(?:within|after|at)\b"),
        ("life", r"\sexpectancy\b"),
        ("recovery healing", r"\s(?:\w+\s){0,2}?(?:takes?|lasts?|requires?)\b"),
        (
            "last lasts lasted",
            r"\s(?:for |about |around |up to |at least |only )?(?:\d|several|two|three|four|six|many)",
        ),
        (
            "appear appears develop develops start begin",
            r"\b.{0,30}\b(?:hours|days|weeks|months|years) (?:after|later)\b",
        ),
        ("goes go", r"\saway\b"),
        ("recover recovers recovered", r"\b"),
        ("on", r"\s(?:its|their) own\b"),
        ("by", r"\s(?:itself|themselves)\b"),
    ),
    "prevalence": (
        ("prevalence incidence prevalent epidemic", r"\b"),
        ("affect affects affected affecting", r"\s(?:\w+\s){0,2}?(?:\d|one in|millions?|many|most)"),
        (
            "common rare frequent widespread uncommon",
            "",
            r"\b(?:more|less|most|very|is|are|as|quite|relatively|fairly)\s",
        ),
        (
            "<patients>",
            r"\s(?:\w+\s){0,2}?(?:have|has|had|live|lives|suffer|suffers|are affected|carry|get|occur)\b",
            r"(?:\b(?:million|in \w+|most|many|some|few|all|of)|%|percent|\d)\s(?:\w+\s){0,2}",
        ),
        ("<patients>", "", r"\b\w+ (?:in|out of) (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twenty)\s"),
        ("likely", r"\s(?:than \w+ |as \w+ )?to (?:have|develop|get|suffer)\b"),
        ("kills kill", r"\s(?:\w+\s){0,2}?\d"),
        ("occur occurs", r"\s(?:in|every|each|at)\b"),
        ("cases", r"\s(?:occur|are (?:diagnosed|reported|registered))\b"),
    ),
    "mechanism": (),
}
"""Wordings of each kind that hold whatever else the sentence says."""

_ORDER: tuple[tuple[Kind, Signal | None], ...] = (
    ("definition", None),
    ("recommendation", None),
    ("diagnosis", None),
    ("harm", None),
    ("benefit", None),
    ("prognosis", None),
    ("recommendation", "guideline"),
    ("benefit", "benefit"),
    ("harm", "harm"),
    ("prognosis", "course"),
    ("prevalence", None),
    ("prevalence", "frequency"),
    ("recommendation", "practice"),
    ("mechanism", "cause"),
    ("fact", "comparison"),
    ("quantity", "number"),
)
"""The first that fits decides: a wording of the kind, or a signal of the sentence."""

_QUESTIONS: dict[Kind, Question] = {
    "benefit": "benefit",
    "recommendation": "benefit",
    "harm": "common harm",
    "diagnosis": "diagnosis",
    "prognosis": "prognosis",
    "prevalence": "prevalence",
}
_TABLE = Table((Wording(kind, *row) for kind, rows in _KINDS.items() for row in rows), LISTS)
_RARE = re.compile(r"\b(?:rare|rarely|uncommon)\b")
_SCREENING = re.compile(r"\bscreen(?:ing|ed|s)?\b")
_TESTING = re.compile(r"\b(?:imaging|mri|x-?rays?|ultrasound|scans?|biops(?:y|ies)|tests?|testing|diagnos\w{1,6})\b")
_AFTER_TREATMENT = re.compile(_BAD)
_BY_TREATMENT = re.compile(r"\s?\b(?:caused|triggered|damaged|worsened) by (?:the |a )?$")
_BACK = 40
"""How far before the name of a treatment "caused by" is looked for, in characters."""
_ALSO_KNOWN = re.compile(r"\balso (?:known as|called)\b")
_IS_A = re.compile(
    r"^\W*(?:the |an? )?[\w'-]+(?: [\w'()-]+){0,5} (?:is|are) (?:an?|the|any|one of the) "
    r"(?!(?:\w+ly )?(?:good|great|bad|safe|safer|common|frequent|major|leading|main|key|most|sign|way|problem|powerful|"
    r"effective|important|serious|growing|useful|proven|natural|simple|popular|better|best|worst|strongest|largest|"
    r"biggest|only|risk|cause|result|reason|symptom|complication|matter|part|rare|well|high|low|strong|favou?rite)\b)"
)


def kind_of(words: str, signals: Collection[Signal]) -> Kind:
    """What a sentence asserts, by its words and by the signals found in it; framing and opinion are not its matter."""
    text = plain(words)
    lower, found = text.lower, _TABLE.first(text)
    if "harm" not in found and _treatment_does_harm(text):
        return "harm"
    for kind, signal in _ORDER:
        if (kind in found) if signal is None else (signal in signals):
            return kind
    defines = not signals and (_IS_A.match(lower) or _ALSO_KNOWN.search(lower))
    return "definition" if defines else "fact"


def question_of(kind: Kind, words: str) -> Question | None:
    """The question of the OCEBM table that a statement of this kind answers, None where it asks none of them."""
    question = _QUESTIONS.get(kind)
    lower = plain(words).lower
    if question in ("benefit", "diagnosis") and _SCREENING.search(lower):
        return "screening"
    if kind == "recommendation" and _TESTING.search(lower):
        return "diagnosis"
    return "rare harm" if question == "common harm" and _RARE.search(lower) else question


def _treatment_does_harm(text: Plain) -> bool:
    """Whether a drug or procedure is said to cause or damage something."""
    if _HARMING.isdisjoint([word for word, _, _ in text.tokens]):
        return False
    known = [(start, end) for word, start, end in text.tokens if word in _TREATMENTS]
    return any(
        _AFTER_TREATMENT.match(text.lower, end) or _BY_TREATMENT.search(text.lower, max(0, start - _BACK), start)
        for start, end in (*known, *named_treatments(text))
    )


_TREATMENTS = frozenset(LISTS["treatment"].split())

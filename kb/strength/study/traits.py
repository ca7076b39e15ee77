"""What title and abstract show that can move a level or a certainty: words about how the study was made.

Each trait is looked for only in the designs that it can matter for, and none where the words before it deny it or ask
for it ("no high risk of bias", "larger randomized trials are needed"). What a trait does to a level or a certainty is
not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from kb.model import Design, Trait, TraitKind
from kb.strength.grounds import TRIALS

_BACK = 40
_DENIED = re.compile(
    r"\b(?:no|not|nor|without|neither|lack(?:s|ed|ing)? (?:of )?|absence of|never|low|few|whether|if|unclear|"
    r"to (?:assess|evaluate|examine|test|explore|detect|investigate)|assess(?:ed|ing)?|free of)\b[^.;:]{0,34}$"
)
_ASKED_BEFORE = re.compile(
    r"\b(?:further|future|more|larger?|additional|well-designed|need(?:ed)?|await\w{0,3})\b[^.;:]{0,30}$"
)
_ASKED_BEHIND = re.compile(
    r"[^.;:]{0,50}\b(?:(?:are|is|were) (?:still |urgently |clearly )?(?:needed|required|warranted|lacking|"
    r"necessary)|should be)\b"
)
_TAKEN_IN = re.compile(
    r"(?:\b(?:includ\w{1,3}|pool\w{1,3}|compris\w{1,3}|search\w{0,3} for|review(?:ed|s)? (?:of )?|meta-analys[ie]s of|"
    r"data from|identified|eligible|selected|restricted to|limited to|consider\w{0,3}|sought|analy[sz]ed|criteria:?)|"
    r"\d)\b[^.;]{0,40}$"
)
_TAKEN_BEHIND = re.compile(
    r"(?:\s\([^()]{1,40}\))?[^.;]{0,80}\b(?:were (?:\w+ )?(?:included|identified|eligible|selected|pooled|"
    r"considered|sought|searched)|met)\b"
)
"""How a review says that it takes studies of a kind in."""

_FOLLOWING: frozenset[Design] = TRIALS | {"cohort", "case series"}
_SAMPLING: frozenset[Design] = frozenset(
    {
        "cohort",
        "cross-sectional",
        "case-control",
        "case series",
        "diagnostic accuracy",
        "unknown",
        "non-randomized trial",
    }
)
_REVIEWS: frozenset[Design] = frozenset({"systematic review", "guideline"})
_ACCURACY: frozenset[Design] = frozenset(
    {"diagnostic accuracy", "cross-sectional", "cohort", "case-control", "unknown"}
)
_ON_PEOPLE: frozenset[Design] = _SAMPLING | TRIALS | {"systematic review"}


class Cue(NamedTuple):
    """One way to show a trait: looked for in lower case, where one of ``hints`` is in the text, in some designs."""

    kind: TraitKind
    designs: frozenset[Design]
    hints: tuple[str, ...]
    way: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    """What elsewhere in the text speaks against it."""


def _cue(kind: TraitKind, designs: frozenset[Design], hints: str, way: str, unless: str = "") -> Cue:
    return Cue(kind, designs, tuple(hints.split("|")), re.compile(way), re.compile(unless) if unless else None)


CUES: tuple[Cue, ...] = (
    _cue(
        "randomized trials",
        frozenset({"systematic review"}),
        "randomi|rct",
        r"(?<!non-)(?<!quasi-)\brandomi[sz]ed,? (?:[\w-]+,? ){0,5}(?:trials|studies|evidence)\b|\brcts\b",
    ),
    _cue(
        "observational studies",
        frozenset({"systematic review"}),
        "stud",
        r"\b(?:cohort|observational|case[- ]control|cross[- ]sectional|epidemiological|non-?randomi[sz]ed|prospective|"
        r"retrospective) (?:[\w-]+ ){0,2}studies\b",
    ),
    _cue(
        "small effect",
        _ON_PEOPLE,
        "clinically|relevance|importance|small|trivial|negligible|slight|clinical benefit",
        r"\b(?:differences?|improvements?|effects?|reductions?|benefits?) [^.;]{0,40}(?:was|were|is|"
        r"are) (?:probably )?not clinically (?:relevant|meaningful|important)|\b(?:doubtful|uncertain|questionable|"
        r"little) clinical (?:relevance|benefit|importance)|\b(?:effects?|effect sizes?|benefits?) (?:was|were|is|"
        r"are) (?:very |only )?(?:small|trivial|negligible)|\bonly (?:a )?(?:very )?(?:small|trivial|"
        r"slight) (?:effect|benefit|improvement)s?",
    ),
    _cue(
        "dose-response",
        _ON_PEOPLE,
        "dose|trend",
        r"\bdose[- ](?:response|dependent)(?:ly)? (?:relation\w*|association|manner|effect|gradient|increase|decrease|"
        r"reduction)|\bp[- ](?:for |value for )?(?:linear )?trend\s?[<=]\s?0?\.0[0-4]\d*",
    ),
    _cue(
        "heterogeneity",
        _REVIEWS,
        "heterogen",
        r"\b(?:substantial|considerable|high|significant|large|marked|great) (?:statistical |clinical |"
        r"between-study )?heterogeneity|\bheterogeneity (?:was|is) (?:very )?(?:substantial|considerable|high|"
        r"significant|large|marked)",
    ),
    _cue(
        "risk of bias",
        _REVIEWS,
        "bias|quality|method",
        r"\b(?:high|serious|substantial|unclear|moderate to high|critical) (?:or unclear |to moderate )?risk of bias|"
        r"\b(?:methodological|study|trial) quality (?:of [\w ]{0,40})?(?:was|were|is) (?:generally |very |mostly |"
        r"overall )?(?:low|poor|weak)|\b(?:low|poor)[- ](?:methodological )?quality (?:of |studies|trials|evidence|"
        r"rcts)|\b(?:serious|major|significant|severe) methodological (?:limitations|flaws|weaknesses)",
    ),
    _cue(
        "publication bias",
        _REVIEWS,
        "publication bias|funnel|small-study|small study",
        r"\b(?:evidence (?:of|for)|signs? of|likely|possible|potential|significant|suggest\w* (?:of )?|presence of|"
        r"indicat\w* (?:of )?) ?publication bias|\bpublication bias (?:was|is|were) (?:\w+ )?(?:detected|present|"
        r"likely|found|suspected|evident|observed|possible)|\bfunnel plots? (?:\w+ ){0,3}asymmetr\w+|"
        r"\basymmetr\w+ (?:of )?(?:the )?funnel|\bsmall[- ]study effects",
    ),
    _cue(
        "not blinded",
        TRIALS,
        "open|blind|mask",
        r"\bopen[- ]label(?:led|ed)?\b(?! (?:extension|phase|period|run|follow|treatment period))|\b(?:non-?|"
        r"un)blinded\b|\bnot blinded\b|\b(?:un|non-?)masked\b|\bwithout blinding\b|\b(?:randomi[sz]ed|"
        r"prospective),? open,? ",
        unless=r"\bdouble[- ](?:blind|mask)|\btriple[- ]blind",
    ),
    _cue(
        "no control group",
        _FOLLOWING,
        "single|one-arm|one arm|uncontrolled|control group|comparison group|control arm|comparison arm",
        r"\bsingle[- ]arm\b|\bone[- ]arm\b|\buncontrolled (?:trial|study|studies|case series|design|pilot|open|"
        r"clinical|before)|\bwithout (?:a )?(?:control|comparison) (?:group|arm)|\b(?:no|lack of an?|"
        r"absence of an?) (?:control|comparison) (?:group|arm)",
        unless=r"\brandomi[sz]ed (?:controlled|to|into)\b|\brandomly (?:assign|alloc)",
    ),
    _cue(
        "surrogate outcome", TRIALS | {"systematic review"}, "surrogate", r"\bsurrogate (?:outcome|end-?\s?point)s?\b"
    ),
    _cue(
        "inception cohort",
        frozenset({"cohort", "unknown"}),
        "inception|newly|first-episode|first episode",
        r"\binception cohort\b|\bnewly[- ]diagnosed (?:[\w-]+ ){0,4}(?:patients|cases|people|adults|children|women|"
        r"men)\b|\b(?:patients|people|adults|children|women|men) (?:newly diagnosed) with\b|"
        r"\bfirst[- ]episode (?:[\w-]+ ){0,2}patients\b",
    ),
    _cue(
        "random sample",
        _SAMPLING,
        "random|representative|probability|census",
        r"\brandom(?:ly)?[- ](?:selected )?(?:population[- ]based |community |national )?sampl(?:e|"
        r"es)\b(?! of (?:blood|urine))|\brandomly (?:selected|sampled|chosen) (?:[\w-]+ ){0,4}(?:people|patients|"
        r"adults|women|men|children|households|students|residents|participants|individuals|persons|schools|practices)|"
        r"\b(?:nationally|population) representative\b|\brepresentative (?:national |population |random )?sample\b|"
        r"\bprobability sampl|\b(?:multi-?stage|stratified|cluster|simple|systematic) (?:\w+ )?random sampling\b",
    ),
    _cue(
        "reference standard",
        _ACCURACY,
        "standard",
        r"\b(?:reference|gold|criterion) standards?\b(?! (?:treatment|therapy|for (?:the )?(?:treatment|management|"
        r"therapy)))",
    ),
    _cue(
        "consecutive",
        _SAMPLING,
        "consecutive",
        r"\bconsecutive(?:ly)? (?:[\w-]+ ){0,4}(?:patients|cases|women|men|children|infants|adults|subjects|people|"
        r"individuals|participants|series|sample|recruited|enrolled|admissions|outpatients|volunteers|pregnancies|"
        r"procedures)\b",
    ),
)
"""The words that show each trait."""
_ACCURATE = re.compile(
    r"\b(?:sensitivity|specificity|predictive value|diagnostic accuracy|likelihood ratio|area under)"
)
_NOT_ASKED: frozenset[TraitKind] = frozenset({"randomized trials", "observational studies"})
_SAYS_NO: frozenset[TraitKind] = frozenset({"no control group", "small effect", "not blinded"})
"""Traits whose own words deny."""


def told_traits(title: str, abstract: str, design: Design) -> Iterator[Trait]:
    """Traits that title or abstract tell in words, each kind once, in the order of the table.

    >>> [trait.words for trait in told_traits("", "An open-label study in 40 adults.", "randomized trial")]
    ['open-label']
    """
    written = f"{title}. {abstract}"
    text = written.lower()
    if len(text) != len(written):
        written = text
    seen: Set[TraitKind] = set()
    for cue in CUES:
        if cue.kind in seen or design not in cue.designs or not any(hint in text for hint in cue.hints):
            continue
        if (cue.unless and cue.unless.search(text)) or (
            cue.kind == "reference standard" and not _ACCURATE.search(text)
        ):
            continue
        match = next((found for found in cue.way.finditer(text) if _meant(cue.kind, text, found, len(title))), None)
        if match:
            seen = seen | {cue.kind}
            yield Trait(kind=cue.kind, words=written[match.start() : match.end()])


def _meant(kind: TraitKind, text: str, match: re.Match[str], titled: int) -> bool:
    """Whether the words are said of this study; the title ends at ``titled``."""
    before = text[max(0, match.start() - _BACK) : match.start()]
    if kind in _NOT_ASKED:
        if match.start() >= titled and not _TAKEN_IN.search(before) and not _TAKEN_BEHIND.match(text, match.end()):
            return False
        return not (_ASKED_BEFORE.search(before) or _ASKED_BEHIND.match(text, match.end()) or _DENIED.search(before))
    return kind in _SAYS_NO or not _DENIED.search(before)

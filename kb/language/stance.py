"""How a sentence stands to what it says: framing, opinion, own work, and leaning on the sentence before it."""

from __future__ import annotations

import re

from kb.language.folding import fold
from kb.language.stems import stem
from kb.model import Kind

_IMPERATIVES = """
    " try make be talk speak ask consult see remember keep avoid hold bend repeat drink take rest use apply
    eat walk do get go buy stop start wash rinse place lie sit stand put bring write visit call follow breathe
    stretch lift raise choose check read click wear note contact tell
"""
_FRAMING: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    ("framing", "asks a question", (r"\?[\"”’)]*\s*$",)),
    (
        "framing",
        "tells what the article will do",
        (
            r"\bin (?:this|the (?:following|next)) (?:article|post|blog|guide|section|review|chapter|paper|page)\b",
            r"\b(?:we(?:’|'|\s)?(?:ll| will| shall)|let(?:’|')s|let us) (?:also |first |then |now )?"
            r"(?:explore|discuss|explain|review|look|examine|cover|describe|consider|see|start|show|walk|dive|go|break)\b",
            r"\b(?:read on|keep reading|see below|as (?:mentioned|discussed|described) (?:above|below|earlier))\b",
        ),
    ),
    (
        "framing",
        "states an aim",
        (r"^\W*(?:\w+, )?(?:the|our|a) (?:\w+ )?(?:goal|aim|purpose|objective)s? (?:is|are) ",),
    ),
    (
        "opinion",
        "speaks of research that is yet to come",
        (
            r"\b(?:ongoing|future|further|continued|more|additional|larger|new)\s(?:\w+\s){0,2}"
            r"(?:research|studies|work|trials?|investigations?|collaboration)\b.{0,60}?"
            r"\b(?:will|is needed|are needed|needed|required|warranted|should|could|may)\b",
        ),
    ),
    (
        "opinion",
        "gives the author's own view",
        (
            r"\bwe (?:believe|think|hope|feel|recommend|like)\b|\bI (?:believe|think|hope|feel)\b",
            r"\bin (?:my|our) (?:opinion|view|experience)\b",
        ),
    ),
    (
        "framing",
        "is a saying or a transition, with nothing in it to check",
        (
            r"^\W*not all\b.{0,60}\b(?:equal|the same)\b.{0,20}$",
            r"^\W*(?:here(?:’|')s (?:what|why|how)|the good news is|in short|in summary|to sum up)\b.{0,60}$",
        ),
    ),
    (
        "framing",
        "calls on the reader to get in touch",
        (
            r"\b(?:get in touch|contact us|call (?:us|now|today)|book (?:a|an|your|now) |sign up|subscribe to our)\b",
            r"\b(?:our newsletter|visit us|shop now|buy now)\b",
        ),
    ),
    (
        "framing",
        "tells the reader what to do, and claims nothing",
        (
            rf"^\W*(?:(?:please|never|always|do not|don(?:’|')t)\b\W*)?(?:{'|'.join(_IMPERATIVES.split())})\s"
            r"(?!.*\d\s?%)(?!.*\b(?:because|since|which|reduces?|causes?|cures?|heals?|lowers?|prevents?)\b)"
            r"(?!.*\bto (?:avoid|prevent|reduce)\b)",
        ),
    ),
)
"""Kind, reason in plain words, patterns: the first that fits decides."""

_FRAMING_COMPILED = tuple((kind, why, re.compile("|".join(found), re.IGNORECASE)) for kind, why, found in _FRAMING)

_OWN_WORK = re.compile(
    r"\b(?:we|our|us)\b"
    r"|\b(?:the|this|our) (?:present|current)? ?"
    r"(?:study|trial|paper|article|analysis|work|experiment|report|survey|review)\b"
    r"|\b(?:in|of) (?:both|the two|each|the (?:control|intervention|treatment|experimental|placebo)) "
    r"(?:groups?|arms?|conditions?)\b|\((?:see )?(?:Fig(?:ure)?s?|Tables?|Supplementary|Additional file|Appendix)\b"
    r"|\b(?:Fig(?:ure)?|Table)s?\.? ?\d|\bp\s?[<=>≤]\s?0?\.\d",
    re.IGNORECASE,
)
_INTERPRETS = re.compile(
    r"^\W*(?:therefore|thus|hence|in conclusion|taken together|overall|interestingly|surprisingly)\b"
    r"|\b(?:it is (?:also )?(?:possible|likely|plausible|conceivable)"
    r"|one (?:possible |potential )?(?:explanation|reason)"
    r"|(?:could|may|might) (?:be|have been) (?:because|due|explained|related|attribut)"
    r"|these (?:results|findings|data)"
    r"|limitations?|strengths?)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:was|were|did|had|showed|found|led|fell|rose|became|\w{3,}ed)\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|can|may|might|does|do|shows?|suggests?|causes?|leads?|remains?|occurs?|\w+ates|\w+izes)\b",
    re.IGNORECASE,
)
_LEAN = re.compile(
    r"^\W*(?:(?:and|but|so|thus|therefore|however|moreover|furthermore|in turn|ultimately),?\s)?"
    r"(?P<lead>(?:this|these|those|that|such)\b"
    r"(?!\s(?:article|study|guide|page|post|review|paper|section|chapter|year))"
    r"|as a (?:result|consequence)\b"
    r"|(?:therefore|thus|hence|consequently|accordingly|for this reason|because of this)\b"
    r"|which is why\b|it follows\b)",
    re.IGNORECASE,
)
_INFERENCE = re.compile(
    r"^\W*(?:(?:this|these|that|those|such|they|it)\b(?:\s(?:findings?|results?|stud(?:y|ies)|data|evidence))?"
    r"|therefore,?|thus,?|hence,?|as a result,?)\s?(?:may |might |clearly |strongly |also )?(?:suggests?|shows?|means?"
    r"|implies|imply|indicates?|proves?|demonstrates?|confirms?|explains? why)?(?:\sthat)?\s",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:(?:a )?(?:wide |broad |whole |full )?(?:range|variety|number|host) of|various|all (?:kinds|sorts|types) of"
    r"|(?:any|every|all|most) (?:patients?|people|person|age|adults?|sufferers?|treatments?|forms?)|everyone|anyone"
    r"|always|never|in general|generally|universally)\b",
    re.IGNORECASE,
)
_STOP = frozenset(
    """
    a an the this that these those such it its they them their there here of in on at to for from by with
    without and or but nor so as is are was were be been being has have had do does did can could may might
    will would shall should must not no also often even than then when while if because which who whom whose
    what why how about into over under between through more most less least many much some any all both each
    other another own same very too just only up down out off again result results suggests suggest shows show
    means mean indicates indicate explains your you we our us i he she his her around outside inside within
    along across against towards during before after since obvious situation where make makes made cause
    causes lead leads help helps however consequently therefore thus hence moreover furthermore
    """.split()
)
_NEW_SHARE = 0.5


def framing(words: str) -> tuple[Kind, str] | None:
    """The kind and the reason where a sentence frames, opines or asks, and so claims nothing to be sourced."""
    for kind, why, pattern in _FRAMING_COMPILED:
        if pattern.search(words):
            return kind, why
    return None


def own_work(words: str) -> bool:
    """Whether a sentence of a research article speaks of that study: its aim, method, result or what it may mean.

    A sentence in the past tense alone reports what was done or seen; general knowledge is told in the present.
    """
    if _OWN_WORK.search(words) or _INTERPRETS.search(words):
        return True
    return bool(_PAST.search(words)) and not _PRESENT.search(words)


def leans(words: str) -> str | None:
    """The words by which a sentence takes up the one before it ("This", "As a result"), or None."""
    match = _LEAN.match(words)
    return match.group("lead") if match else None


def goes_beyond(words: str, before: str) -> str | None:
    """What a leaning sentence claims beyond the one that it leans on, in plain words, or None.

    It goes beyond where it speaks more generally than the sentence before, or where at least half of its content words
    are new: a conclusion may reword its premise, and asks for evidence of its own where it says something else.
    """
    claim = _INFERENCE.sub("", words, count=1)
    own, given = content_words(claim), content_words(before)
    general = _GENERAL.search(claim)
    if general and not _GENERAL.search(before):
        return f"speaks more generally (“{general.group()}”) than the sentence that it leans on"
    new = [word for stem, word in own.items() if stem not in given]
    if own and len(new) / len(own) >= _NEW_SHARE:
        return f"adds what the sentence that it leans on does not say ({_listed(new)})"
    return None


def content_words(text: str) -> dict[str, str]:
    """Content words by their stem, so that "nerves" and "nerve" are one word; the values are the words as written."""
    return {stem(word): word for word in fold(text).split() if word not in _STOP and len(word) > 2}


def _listed(words: list[str]) -> str:
    shown = ", ".join(f"“{word}”" for word in words[:3])
    return shown + (" …" if len(words) > 3 else "")

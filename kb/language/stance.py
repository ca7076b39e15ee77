"""How a sentence stands to its article: telling of the authors' own work, and leaning on the sentence before it."""

from __future__ import annotations

import re

from kb.language.folding import fold
from kb.language.plain import plain
from kb.language.stems import stem

_STUDY = "study trial paper article analysis work experiment report survey review".split()
_GROUP = "group groups arm arms condition conditions".split()
_OWN_WORK = re.compile(
    r"\b(?:we|our|us)\b"
    rf"|\b(?:the|this|our) (?:present|current)? ?(?:{'|'.join(_STUDY)})\b"
    r"|\b(?:in|of) (?:both|the two|each|the (?:control|intervention|treatment|experimental|placebo)) "
    rf"(?:{'|'.join(_GROUP)})\b|\((?:see )?(?:fig(?:ure)?s?|tables?|supplementary|additional file|appendix)\b"
    r"|\b(?:fig(?:ure)?|table)s?\.? ?\d|\bp\s?[<=>≤]\s?0?\.\d"
)
_OF_OWN_WORK = frozenset(
    (
        *"we our us supplementary additional appendix p".split(),
        *(f"{glued}{word}" for glued in ("", "present", "current") for word in _STUDY),
        *_GROUP,
    )
)
"""Words of which one stands in whatever ``_OWN_WORK`` matches, if it is no figure or table."""
_INTERPRETS = re.compile(
    r"^\W*(?:therefore|thus|hence|in conclusion|taken together|overall|interestingly|surprisingly)\b"
    r"|\b(?:it is (?:also )?(?:possible|likely|plausible|conceivable)"
    r"|one (?:possible |potential )?(?:explanation|reason)"
    r"|(?:could|may|might) (?:be|have been) (?:because|due|explained|related|attribut)"
    r"|these (?:results|findings|data)"
    r"|limitations?|strengths?)\b"
)
_PAST = re.compile(r"\b(?:was|were|did|had|showed|found|led|fell|rose|became|\w{3,40}ed)\b")
_PRESENT = re.compile(
    r"\b(?:is|are|has|have|can|may|might|does|do|shows?|suggests?|causes?|leads?|remains?|occurs?|\w{1,40}ates"
    r"|\w{1,40}izes)\b"
)
_NO_LEAN = (
    r"(?!\s(?:article|study|guide|page|post|review|paper|section|chapter|book|site|website|leaflet|morning|week|month|year"
    r"|evening|night|day|days|time|season|said|being said|way,|who|whom|whose|which|with|as|the|an?|it|they|he|she|we"
    r"|you|patients|people|far)\b)"
)
_LEAN = re.compile(
    r"\W*(?:(?:and|but|so|thus|therefore|however|moreover|furthermore|in turn|ultimately|together|overall"
    r"|taken together|in summary|in short),?\s)?"
    rf"(?P<lead>(?:this|these|those|that|such)\b{_NO_LEAN}"
    r"|that's\b|all (?:of )?(?:this|that|these|those)\b"
    r"|(?:both|each|all|some|most|many|several|none) of (?:these|those|which)\b"
    r"|as a (?:result|consequence)\b|in consequence\b|the (?:result|consequence|upshot) (?:is|are|of this|may be)\b"
    r"|(?:therefore|hence|consequently|accordingly)\b|thus\b(?!\sfar)"
    r"|for (?:this|that|these) reasons?\b|(?:because|as a result|in view|in light) of (?:this|that|these)\b"
    r"|(?:due|thanks|owing) to (?:this|that|these)\b|in this way\b|from this\b|by doing (?:so|this)\b|doing so\b"
    r"|which (?:is why|means|explains)\b|it follows\b"
    r"|(?:if|when) (?:this|that) (?:happens|occurs|is the case)\b|if so\b"
    r"|in other words\b|that is to say\b|put (?:simply|another way|differently)\b|simply put\b)"
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


def own_work(words: str) -> bool:
    """Whether a sentence of a research article speaks of that study: its aim, method, result or what it may mean.

    A sentence in the past tense alone reports what was done or seen; general knowledge is told in the present.
    """
    found = plain(words)
    lower = found.lower
    hinted = "fig" in lower or "table" in lower or not _OF_OWN_WORK.isdisjoint([word for word, _, _ in found.tokens])
    if (hinted and _OWN_WORK.search(lower)) or _INTERPRETS.search(lower):
        return True
    return bool(_PAST.search(lower)) and not _PRESENT.search(lower)


def leans(words: str) -> str | None:
    """The words by which a sentence takes up the one before it ("This", "As a result"), or None."""
    found = plain(words)
    match = _LEAN.match(found.lower)
    return found.text[match.start("lead") : match.end("lead")] if match else None


def goes_beyond(words: str, before: str) -> str | None:
    """What a leaning sentence claims beyond the one that it leans on, in plain words, or None.

    It goes beyond where it speaks more generally than the sentence before, or where at least half of its content words
    are new: a conclusion may reword its premise, and asks for evidence of its own where it says something else.
    """
    claim = _INFERENCE.sub("", plain(words).text, count=1)
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

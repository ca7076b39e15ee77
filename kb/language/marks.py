"""What the words of a statement show of it: population, intervention, comparator, outcome, and how it is claimed.

PICO as far as words show it: a phrase counts by its head word or by what stands around it ("in adults with …",
"treated with …", "compared with …", "reduces …"), and what no word shows is not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.health_words import LISTS, named_treatments
from kb.language.plain import Plain, plain
from kb.language.wordings import Table, Wording
from kb.model import Mark, MarkKind

_LISTS = {
    **LISTS,
    "helps": """
        reduces reduce reduced improves improve improved relieves relieve relieved eases ease eased prevents prevent
        prevented lowers lowered increases increase increased raises raise raised alleviates alleviate alleviated
        worsens worsen worsened shortens shorten shortened cuts cut affects affect affected decreases decrease decreased
        boosts boost prolongs prolong""",
    "more": """
        more less fewer higher lower better worse greater larger smaller faster slower longer shorter superior inferior
        safer stronger weaker likelier rarer earlier later older younger""",
    "everyone": "patients people persons adults children women men sufferers cases studies trials treatments experts",
}
_END = (
    r"(?=\s?(?:[.,;:()]|\Z|\b(?:is|are|was|were|has|have|had|can|may|might|will|would|could|should|do|does|did|and|or|but|by"
    r"|in|at|on|with|when|than|after|before|during|over|within|to|for|from|that|which|who|because|as|compared|versus|often"
    r"|usually|also|not|recovered|improved|felt|fared|reported|gets?|got|lived?|died|needs?)\b))"
)
"""Where a noun phrase ends, as far as small words and stops tell."""
_PHRASE = rf"\s(?:(?:the|an?|their|your|its|his|her|other|any) )?(?P<it>[\w'%-]+(?:\s[\w'%-]+){{0,4}}?){_END}"
"""A noun phrase of up to five words, without its article."""
_WITH = rf"(?:\s(?:with|who (?:have|had)|suffering from|living with|aged|over|under)(?:\s[\w'%-]+){{1,4}}?{_END})?"
_DOES = (
    r"\A\W*(?:the |an? )?(?P<it>(?!(?:this|these|that|those|it|they|he|she|we|you|which|and|but|so|studies|research"
    r"|evidence)\b)[\w'-]+(?:\s(?!(?:is|are|was|were|to|doesn't|don't|didn't|cannot)\b)[\w'-]+){0,3}?)\s"
    r"(?:(?:can|cannot|may|might|could|will|does|do|doesn't|don't|didn't|just|not|also|often|\w+ly)\s){0,3}"
)
"""The subject of the sentence, before what it does."""
_LOWERED = r"(?=\s(?:the|your|their|blood|risk|cholesterol|mortality|pain|death)\b)"
"""What tells "to lower the risk" from "the lower back"."""
_ROWS: dict[MarkKind, tuple[tuple[str, ...], ...]] = {
    "population": (
        ("<patients>", _WITH),
        ("pregnancy childhood", "", r"\b(?:in|during)\s"),
    ),
    "intervention": (
        ("treated managed", r"\s(?:with|by)" + _PHRASE),
        ("received receiving receive taking took takes using", _PHRASE),
        ("treatment therapy treatments therapies", r"\s(?:with|using)" + _PHRASE),
        ("<helps> cause causes caused triggers trigger damages prevents heals cures helps", "", _DOES),
        ("lower", _LOWERED, _DOES),
        ("<treatment>",),
    ),
    "comparator": (
        ("than", _PHRASE),
        ("compared", r"\s(?:with|to)" + _PHRASE),
        ("versus vs", r"\.?" + _PHRASE),
        ("placebo",),
        ("sham control", r"\s(?:treatment|group|therapy|surgery|arm|intervention|needling)s?\b"),
        ("usual standard", r"\scare\b"),
        ("no", r"\streatment\b"),
        ("as", _PHRASE, r"\bas (?:effective|good|safe|common|likely|well|much) "),
    ),
    "outcome": (
        ("<helps>", r"(?:\s\w+ly)?(?:\s(?:the|their|your))?(?:\s(?:risk|rate|number|severity|length) of)?" + _PHRASE),
        ("lower", _LOWERED + r"(?:\s(?:the|their|your))?(?:\s(?:risk|rate|number|severity|length) of)?" + _PHRASE),
        ("cause causes caused trigger triggers triggered cure cures", r"(?!\s(?:is|was)\b)(?:\sof)?" + _PHRASE),
        ("side", r"[- ]effects?\b"),
        ("risk incidence prevalence rate duration severity", r"\sof" + _PHRASE),
        ("<outcome>",),
    ),
    "certain": (
        ("proven proved established confirmed", r"\b"),
        ("proves demonstrates", r"\b"),
        ("certainly definitely undoubtedly clearly obviously surely always undeniably unquestionably conclusively",),
        ("guaranteed guarantees certain sure", r"\b(?!\s(?:types?|kinds?|people|cases|foods|conditions|drugs)\b)"),
        ("no without", r"\s(?:a |any )?(?:doubt|question)\b"),
        ("must", r"\sbe\b"),
        ("will", r"\b(?!\snot\b)"),
        ("well", r"[- ](?:known|established|documented)\b"),
        ("known", r"\sto\b"),
        ("fact", r"\b", r"\bin\s"),
    ),
    "hedged": (
        ("may might could",),
        ("can", r"\b(?!not\b)"),
        ("possibly perhaps probably presumably potentially apparently seemingly maybe likely unlikely",),
        ("suggests suggest suggested indicates indicate appears appear seems seem tends tend", r"\b"),
        ("thought believed considered reported said", r"\sto\b"),
        ("some", r"\s(?:evidence|studies|research|experts|doctors)\b"),
        ("limited weak little preliminary early", r"\sevidence\b"),
        ("in", r"\s(?:some|certain|rare) (?:cases|people|patients)\b"),
        ("possible potential", r"\b"),
    ),
    "negated": (
        (
            "not no never neither nor none nobody without cannot hardly barely scarcely nothing",
            r"\b(?!\sonly\b)(?!\sdoubt\b)",
        ),
        ("t", r"\b", r"\w+n'"),
        ("fails failed fail", r"\sto\b"),
        ("lack lacks absence", r"\b"),
        ("ineffective unable", r"\b"),
    ),
    "general": (
        ("most many all every any few almost nearly", r"\s(?:of (?:the |these )?)?(?:all\s)?(?:\w+\s){0,1}<everyone>"),
        ("every any each", r"\s(?:patient|person|adult|child|woman|man|case|body|treatment)\b"),
        ("always never everyone everybody anyone anybody nobody universally invariably generally everywhere",),
        ("in", r"\s(?:general|all cases|every case|most cases|many cases)\b"),
        ("the", r"\s(?:vast )?majority of\b"),
        ("range variety host", r"\sof\b", r"\ba (?:\w+\s)?"),
        ("all", r"\s(?:kinds|sorts|types|forms) of\b"),
        ("various",),
    ),
    "superlative": (
        (
            "best worst safest strongest largest longest biggest highest lowest greatest smallest fastest shortest"
            " oldest deadliest commonest leading ideal only",
            r"\b",
            r"\b(?:the|one of the|its|their|our)\s",
        ),
        ("most least", r"\s(?!of\b|people\b|patients\b)\w+", r"\b(?:the|one of the|its|their|our)\s"),
        ("number", r"\sone\b"),
        ("gold", r"\sstandard\b"),
    ),
    "causal": (
        ("cause causes caused causing trigger triggers triggered induce induces induced provoke provokes", r"\b"),
        ("lead leads led leading contribute contributes contributed", r"\sto\b"),
        ("result results resulted resulting", r"\s(?:in|from)\b"),
        ("due owing thanks", r"\sto\b"),
        ("because consequently",),
        ("as", r"\sa (?:result|consequence)\b"),
        ("responsible", r"\sfor\b"),
        ("stem stems arise arises", r"\sfrom\b"),
        ("lower", _LOWERED),
        (
            "<helps> damages damage damaged impairs impair weakens weaken disrupts disrupt alters alter",
            r"\b(?!\s?(?:than|risk)\b)",
        ),
    ),
    "comparative": (
        ("<more>", r"\b(?:\s[\w'-]+){0,8}?\sthan\b"),
        ("superior inferior", r"\sto\b"),
        ("compared", r"\s(?:with|to)\b"),
        ("versus",),
        ("as", r"\s(?:\w+ly )?\w+ as\b"),
        ("twice times", r"\s(?:as|more|less|higher|lower|greater)\b"),
        ("in", r"\scomparison\b"),
        ("outperforms outperformed exceeds exceeded", r"\b"),
    ),
}
_TABLE = Table((Wording(kind, *row) for kind, rows in _ROWS.items() for row in rows), _LISTS)


def marks(words: str, start: int = 0) -> tuple[Mark, ...]:
    """What the words of a statement show of it, in order of place.

    Parameters
    ----------
    words
        The statement with citation markers and markup blanked out (same length as the original).
    start
        Where it starts in the article; the places of the marks count from the article's start.

    Examples
    --------
    >>> [(mark.kind, mark.text) for mark in marks("In adults with gout, colchicine may reduce pain.")]
    [('population', 'adults with gout'), ('hedged', 'may'), ('causal', 'reduce'), ('outcome', 'pain')]
    """
    found = plain(words)
    marked: list[Mark] = []
    reached: dict[MarkKind, int] = {}
    for kind, low, high in sorted(_places(found), key=lambda place: (place[1], -place[2], place[0])):
        if high > reached.get(kind, 0):
            reached[kind] = high
            at, end = found.span(low, high)
            marked.append(Mark(kind=kind, text=" ".join(words[at:end].split()), start=start + at, end=start + end))
    return tuple(marked)


def _places(found: Plain) -> Iterator[tuple[MarkKind, int, int]]:
    yield from _TABLE.every(found)
    for start, end in named_treatments(found):
        yield "intervention", start, end

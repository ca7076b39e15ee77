"""The words for designs in Spanish, Portuguese, French, Italian and German, as titles and abstracts use them.

Written without accents: each letter stands for its accented forms too, since titles in capitals drop them.
"""

from __future__ import annotations

import re

from kb.model import Design
from kb.strength.design.patterns import Pattern

_ACCENTED = {
    "a": "aáàâãä",
    "c": "cç",
    "e": "eéèêë",
    "i": "iíìîï",
    "n": "nñ",
    "o": "oóòôõö",
    "u": "uúùûü",
}
_LETTER = re.compile(r"(?<!\\)[aceinou]")


def _pattern(design: Design, words: str, unless: str = "", *, hints: str) -> Pattern:
    return Pattern(design, _compiled(words), unless=_compiled(unless) if unless else None, hints=tuple(hints.split()))


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(_LETTER.sub(lambda letter: f"[{_ACCENTED[letter.group()]}]", words), re.IGNORECASE)


ELSEWHERE: tuple[Pattern, ...] = (
    _pattern(
        "editorial",
        r"^(?:carta (?:al|ao) |lettre a |leserbrief|kommentar\b|comentario\b)",
        hints="carta lettre leserbrief kommentar comentario",
    ),
    _pattern(
        "protocol",
        r"\bprotocolo d(?:e|o)l? |\bstudienprotokoll|\bprotocole d|\bprotocollo di studio",
        hints="protoco protokoll",
    ),
    _pattern(
        "guideline",
        r"\bguia (?:de pratica )?clinica|\bleitlinie|\bdiretriz|\blinee guida|\brecommandations? pour",
        hints="guia leitlinie diretriz linee recommandation",
    ),
    _pattern(
        "systematic review",
        r"\brevis(?:ion|ao|ione) sistematica|\brevue systematique|\bsystematische (?:ubersicht|literatur|review)|"
        r"\bmeta-?analis|\bmeta-?analyse\b|\bmetanalis",
        hints="sistematica systemati analis analyse",
    ),
    _pattern(
        "animal",
        r"\b(?:en|em) rat(?:as|os|ones)\b|\b(?:bei|an) (?:ratten|mausen)\b|\bchez (?:le|la) (?:rat|souris)\b",
        hints="rat maus souris",
    ),
    _pattern(
        "non-randomized trial",
        r"\b(?:no|nao|non|nicht)(?: |-)(?:aleatori|randomi)|\bcuasi-?experiment|\bquase-?experiment",
        hints="aleatori randomi cuasi quase",
    ),
    _pattern(
        "randomized trial",
        r"\b(?:aleatori(?:s|z)ad(?:o|a)s?|randomizad(?:o|a)s?|randomisee?s?|randomisierte\w?|randomizzat(?:o|a|i|e))\b",
        unless=r"\brandomised\b|\bmuestra aleatori|\bmuestreo aleatori",
        hints="aleatori randomi",
    ),
    _pattern(
        "case-control",
        r"\bcasos? ?(?:y|e|-) ?control|\bcas(?: |-)temoins?|\bfall-?kontroll|\bcas(?:o|i) ?(?:-|e) ?controll",
        hints="control temoin kontroll",
    ),
    _pattern(
        "cross-sectional",
        r"\bestudi?o (?:descriptivo )?transversal|\betude transversale|\bquerschnitt|\bstudio trasversale|\bencuesta|"
        r"\benquete\b|\bumfrage|\bbefragung|\binquerito\b",
        hints="transversal quer encuesta enquete umfrage befragung inquerito trasversale",
    ),
    _pattern(
        "case report",
        r"\breporte de (?:un )?caso\b|\ba proposito de un caso|\bcaso clinico|\brelato de caso\b|\ba propos d.un cas|"
        r"\bcas clinique|\bfallbericht|\bkasuistik|\bcase report",
        hints="caso cas fallbericht kasuistik case",
    ),
    _pattern("case series", r"\bserie d(?:e|i) cas(?:o|i)s?\b|\bfallserie", hints="serie fallserie"),
    _pattern(
        "cohort",
        r"\bcohortes?\b(?! study)|\bcoortes?\b|\bkohorte|\bretrospektiv|\bprospektiv|\bretrospectiv(?:o|a)s?\b|"
        r"\bretrospectif|\bprospectiv(?:o|a)s?\b|\bprospectif|\bretrospettiv|\bprospetti(?:c|v)|\bverlaufsstudie",
        hints="cohort coort kohort spekti spectif spectiv spettiv spetti verlauf",
    ),
    _pattern(
        "narrative review",
        r"\brevis(?:ion|ao) (?:de |da |do |narrativa|bibliografica)|\bubersicht|\brevue de la litterature|"
        r"\bmise au point|\brassegna\b",
        hints="revis bersicht revue mise rassegna",
    ),
)
"""An ordered table: the first row that matches decides."""

"""The language of an article's prose, told by its script and by its smallest words.

Articles, prepositions, pronouns and auxiliaries make up a third to a half of any running text, whatever it is about,
and few of them are shared by two languages. So a text is in the language whose small words it is full of:

1. The script that has at least ``_OF_SCRIPT`` of the letters decides, where one language that is read here writes it.
2. Where many languages share the script (Latin), the two languages with the most small words in the text are compared
   by the words that only one of them has: the better one needs ``_AHEAD`` times as many.
3. It also needs ``_FEWEST`` of them, ``_DIFFERENT`` different ones, and ``_OF_WORDS`` of all words; else the text is
   too short, mixed, a table, code, or in a language that is not known here, and nothing is said.

The words are the commonest ones of each language, out of general knowledge of them; no corpus was counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the of and to in a is that for it as was with be by on not he his but at are this have from or had an
            they which one you were her all she there would their we him been has when who will more no if out so what
            up its about into than them can only other some could these may then do any such our does your how most
            also between should because during after many while both often those""",
        "de": """der die das und ist in den von zu mit sich des auf für nicht ein eine als auch es an werden aus er hat
            dass daß sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor
            zur bis mehr durch man sein wurde wurden können kann diese dieser wenn ihre wir im dem unter zwischen sowie
            eines keine nicht häufig""",
        "fr": """le la les de des du un une et est en que qui dans pour pas sur au aux par plus ne se ce il elle avec
            sont son sa ses ou mais comme nous vous ils elles cette ces leur été être peut peuvent chez entre sans
            aussi même d l qu n s c deux très a ont fait lors selon ainsi""",
        "es": """el la los las de del un una y es en que no se por con para su al lo como más o pero sus le ha este
            esta estos estas sí porque entre cuando muy sin sobre también me hasta hay donde quien desde todo son ser
            puede pueden fue han uno e nos durante otros otras""",
        "it": """il lo la i gli le di del della dei delle un una e è in che non si per con su al alla come più o ma da
            dal dalla nel nella sono anche suo sua questo questa questi queste essere può possono ha hanno tra fra
            degli dell all nell sulla ai alle ed se molto stato cui d l""",
        "nl": """de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij nog uit door over
            ze zich hij naar heeft hebben worden wordt kan kunnen deze dit die was werd geen meer wel tot of je we
            tussen tegen onder veel hun""",
        "pt": """o a os as de do da dos das um uma e é em no na nos nas que não se por com para mais ao como mas foi à
            ou ser seu sua são pelo pela isso este esta quando muito entre também já depois sem mesmo aos tem há até
            pode podem estão num numa às""",
        "sv": """och i att det som en på är av för med den till inte har de ett om var men sig så vi från kan när han
            hon eller vid också efter mycket än detta dessa där hur under skulle blir mot finns bara utan mellan vara
            många varit hos alla""",
        "da": """og i at det som en på er af for med den til ikke har de et om var men sig så vi fra kan når han hun
            eller ved også efter meget end dette disse der hvor under ville bliver blev mod kun uden mellem være mange
            hos alle nogle hvad jeg""",
        "no": """og i at det som en på er av for med den til ikke har de et om var men seg så vi fra kan når han hun
            eller ved også etter mye enn dette disse der hvor under ville blir ble mot bare uten mellom være mange hos
            alle noen hva jeg""",
        "fi": """ja on ei se että oli ovat myös tai mutta kuin niin jos hän sen sitä joka jotka voi voidaan ole sekä
            kun mitä mukaan kanssa vain jo tämä tämän nämä ne olla hyvin noin jälkeen""",
        "pl": """i w na z się nie do to że jest o jak za po od przez dla przy oraz są może mogą lub ale a co tak tym
            tego być był była było bardzo także które który która których także jego ich jej ze u tylko już między
            pod przed""",
        "cs": """a v na se z je že o s do k i za po pro jako od při nebo ale jsou může mohou které který která by byl
            byla bylo také ze není být jeho jejich tak podle mezi však než až""",
        "hu": """a az és hogy nem is egy van ez azt csak de ha vagy mint meg már volt el még lehet kell ki minden azok
            ezek akkor után között nagyon ami aki""",
        "ro": """de și în a la cu pe nu o un este că care din pentru sau mai se prin dar sunt ale al să fi poate pot
            după între dacă acest această ca lor cele""",
        "ca": """el la els les de del i és en que no es per amb un una als dels pel com més o però seu seva aquest
            aquesta són ser pot poden també entre molt ha han l d s n""",
        "tr": """ve bir bu için ile da de olarak olan çok daha gibi en ya veya kadar ancak sonra her ise olduğu değil
            ne var tarafından göre hem arasında üzerinde""",
    }.items()
}
"""By ISO 639-1 code, the small words of languages in Latin script, lower case, as parts between apostrophes."""

_SCRIPTS: Mapping[str, str] = {
    "latin": "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u04ff",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "arabic": "\u0620-\u064a\u0671-\u06d3",
    "hebrew": "\u05d0-\u05ea",
    "devanagari": "\u0904-\u0939",
    "han": "\u3400-\u4dbf\u4e00-\u9fff",
    "kana": "\u3041-\u3096\u30a1-\u30fa",
    "hangul": "\uac00-\ud7a3",
}
_BY_SCRIPT: Mapping[str, str] = {"greek": "el", "hebrew": "he", "devanagari": "hi", "hangul": "ko"}
_TELLING: Mapping[str, tuple[tuple[str, str | None], ...]] = {
    "cyrillic": (("ыэё", "ru"), ("іїєґ", "uk"), ("ўјљњћђќѓѕџ", None)),
    "arabic": (("ةىأإ", "ar"), ("پچژگکیےٹڈ", None)),
}
"""Letters that tell languages of one script apart; None for those of languages that are not known here."""

_LONGEST = 20_000
"""Characters looked at: the language of an article is plain long before."""
_FEWEST, _DIFFERENT = 5, 4
_OF_WORDS = 0.12
"""Prose of numbers and abbreviations has 0.2 and more, lists of names and another language below 0.1."""
_AHEAD = 2.0
_OF_SCRIPT = 0.6
_LETTERS = 20
"""The fewest letters that tell a script."""
_TELLING_SHARE = 0.004
"""How much of the letters the telling ones make up at least: a name or two in another language have less."""
_JAPANESE = 0.1
"""Kana among Japanese letters; a Chinese text has kana only in names."""

_WORD = re.compile(r"(?<![\w.])[^\W\d_]+(?![\w(=])")
"""Words of prose: neither part of a name such as ``is_open`` or ``self.is``, nor called or assigned as in code."""
_LETTER = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}


@lru_cache(maxsize=4)
def detect(text: str) -> str | None:
    """Tell the language of prose.

    Parameters
    ----------
    text
        The prose of an article; the first 20,000 characters count.

    Returns
    -------
    str or None
        An ISO 639-1 code; None where it cannot be told: too short, mixed, no prose, or a language not known here.

    Examples
    --------
    >>> detect("Pain of this kind is common, and it often lasts for years.")
    'en'
    >>> detect("Der Schmerz ist häufig und dauert bei den meisten Menschen über Jahre an.")
    'de'
    >>> detect("OR 1.4, 95 % CI 1.1–1.8") is None
    True
    """
    text = text[:_LONGEST].lower()
    seen = Counter(text)
    counts = {
        script: sum(seen[letter] for letter in letters.findall("".join(seen))) for script, letters in _LETTER.items()
    }
    every = sum(counts.values())
    if every < _LETTERS:
        return None
    if counts["han"] + counts["kana"] >= _OF_SCRIPT * every:
        return "ja" if counts["kana"] >= _JAPANESE * every else "zh"
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < _OF_SCRIPT * every:
        return None
    if script == "latin":
        return _by_words(text)
    return _by_letters(seen, script, counts[script]) if script in _TELLING else _BY_SCRIPT.get(script)


def _by_letters(seen: Counter[str], script: str, letters: int) -> str | None:
    """The language whose own letters are there, and no other's."""
    found = [
        language
        for telling, language in _TELLING[script]
        if sum(seen[letter] for letter in telling) >= max(1, _TELLING_SHARE * letters)
    ]
    return found[0] if len(found) == 1 else None


def _by_words(text: str) -> str | None:
    """The language whose small words the text is full of, well ahead of any other."""
    seen = Counter(_WORD.findall(text))
    fits = {language: _hits(seen, words) for language, words in SMALL_WORDS.items()}
    first, second = sorted(fits, key=lambda language: -fits[language])[:2]
    ours, theirs = SMALL_WORDS[first], SMALL_WORDS[second]
    if fits[first] < max(_FEWEST, _OF_WORDS * seen.total()) or len(ours & seen.keys()) < _DIFFERENT:
        return None
    return first if _hits(seen, ours - theirs) >= _AHEAD * max(1, _hits(seen, theirs - ours)) else None


def _hits(seen: Counter[str], words: frozenset[str]) -> int:
    return sum([seen[word] for word in seen.keys() & words])

"""Which language an article is in, and whether its sentences can be judged: the wordings that are known are English."""

from __future__ import annotations

from kb.language.detect import detect
from kb.model import AUDITED, Article

_NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
"""English names of languages by ISO 639-1 code."""
_ENGLISH = ("en", "eng")
_ENOUGH = 20_000
"""Characters that tell a language."""


def language_of(article: Article) -> str | None:
    """The language of an article, as a code: what its words tell, else what it says of itself, else None.

    Pages often declare the language of the program that made them, so the words go first.
    """
    pieces: list[str] = []
    length = 0
    for block in article.blocks:
        if block.kind in AUDITED and length < _ENOUGH:
            pieces.append(article.text[block.start : min(block.end, block.start + _ENOUGH)])
            length += len(pieces[-1])
    return detect("\n".join(pieces)) or article.language


def not_judged(language: str | None) -> str | None:
    """Why the sentences of an article in this language are not judged, in plain words; None where they are."""
    code = (language or "en").replace("_", "-").partition("-")[0].lower()
    if code in _ENGLISH:
        return None
    return f"the text is in {_NAMES.get(code, f'another language ({code})')}, and only English is"

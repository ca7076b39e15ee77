"""Characters of the font Symbol, which Word keeps as numbers of that font, as the characters that they show.

Source: Unicode Consortium, "Adobe Symbol Encoding to Unicode", the rows that texts use. Word sets them into the private
area from U+F000.
"""

from __future__ import annotations

_FIRST = 0xF000
_ROWS = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA2: "′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xC5: "⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓",
    0xE5: "∑",
    0xF2: "∫",
}
_SYMBOL = {first + index: char for first, row in _ROWS.items() for index, char in enumerate(row)}
PRIVATE = {_FIRST + code: char for code, char in _SYMBOL.items()}
"""For ``str.translate``: characters of the private area, as they stand in runs of the font."""


def symbol(font: str, code: str) -> str:
    """The character of ``w:sym``; empty for fonts of pictures, such as Wingdings.

    >>> symbol("Symbol", "F062"), symbol("Wingdings", "F0E0"), symbol("Arial", "00B5")
    ('β', '', 'µ')
    """
    try:
        number = int(code[:6], 16)
    except ValueError:
        return ""
    if font.casefold() == "symbol":
        return _SYMBOL.get(number % _FIRST, "")
    printable = number < 0xD800 or 0xF8FF < number < 0x110000
    return chr(number) if printable and chr(number).isprintable() else ""

"""How each verdict looks: one table for the app, the HTML report and the terminal.

The hues are those of Okabe and Ito ("Color Universal Design", 2008), darkened for light and lightened for dark
backgrounds so that a line or sign of that colour keeps a contrast of at least 3 : 1 (WCAG 2.2, 1.4.11). Colour never
stands alone: each verdict also has a sign and a kind of underline.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kb.model import Certainty, Record, Verdict

Underline: TypeAlias = Literal["solid", "dashed", "dotted", "double", "wavy", "none"]


class Look(Record, frozen=True, kw_only=True):
    """The look of one verdict.

    Attributes
    ----------
    slug
        The verdict as a CSS class.
    sign
        One character that says the same as the colour.
    meaning
        What the verdict says, in one sentence for a clinical writer.
    light, dark
        CSS colours on a light and on a dark background.
    terminal
        The style in Rich's terms.
    """

    slug: str
    sign: str
    meaning: str
    light: str
    dark: str
    underline: Underline
    terminal: str


LOOKS: dict[Verdict, Look] = {
    "unsupported": Look(
        slug="unsupported",
        sign="!",
        meaning="Asks for a source and shows none that counts.",
        light="#c24a00",
        dark="#ff8f52",
        underline="dashed",
        terminal="red",
    ),
    "not substantiated": Look(
        slug="not-substantiated",
        sign="✗",
        meaning="Its source was read and does not say this.",
        light="#996400",
        dark="#f0b83a",
        underline="wavy",
        terminal="yellow",
    ),
    "contested": Look(
        slug="contested",
        sign="⇄",
        meaning="One source supports it and another disputes it.",
        light="#a5447b",
        dark="#e29bc4",
        underline="double",
        terminal="magenta",
    ),
    "not checked": Look(
        slug="not-checked",
        sign="?",
        meaning="Cites a source of which no text was to be had.",
        light="#5c6675",
        dark="#a9b4c2",
        underline="dotted",
        terminal="bright_black",
    ),
    "partly supported": Look(
        slug="partly-supported",
        sign="◐",
        meaning="A source supports a part of it.",
        light="#0072b2",
        dark="#6cc1f0",
        underline="dashed",
        terminal="cyan",
    ),
    "supported": Look(
        slug="supported",
        sign="✓",
        meaning="A source supports it and none disputes it.",
        light="#007a59",
        dark="#35cfa3",
        underline="solid",
        terminal="green",
    ),
    "needs no source": Look(
        slug="needs-no-source",
        sign="–",
        meaning="Asserts nothing that asks for a source.",
        light="#767676",
        dark="#9a9a9a",
        underline="none",
        terminal="default",
    ),
}
"""The verdicts in the order in which a reader should meet them: what to mend comes first."""

CERTAINTY_SIGNS: dict[Certainty, str] = {"high": "⊕⊕⊕⊕", "moderate": "⊕⊕⊕◯", "low": "⊕⊕◯◯", "very low": "⊕◯◯◯"}
"""The signs that the GRADE working group prints beside its four words (Guyatt et al., BMJ 2008;336:924)."""


def stylesheet() -> str:
    """CSS custom properties and rules that give each ``.verdict-…`` class its colour, sign and underline."""
    rules = []
    for look in LOOKS.values():
        rules.append(
            f".verdict-{look.slug}{{--hue:light-dark({look.light},{look.dark});--line:{look.underline};"
            f'--sign:"{look.sign}"}}'
        )
    return "\n".join(rules)

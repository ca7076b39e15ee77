"""Words that several answers share, on the screen and as text."""

from __future__ import annotations

from kb.errors import one_line
from kb.model import Certainty, Design
from kb.strength.wording import SHOWN, shortened

_SHOWN = 200
"""Characters of a statement that are shown, …"""
TITLE = 160
"""… and of a title on a screen."""


def cut(text: str, longest: int = _SHOWN) -> str:
    """A text from outside on one line, cut between words where it is longer.

    >>> cut("Thyme  eases pain.", 12)
    'Thyme eases …'
    """
    line = one_line(text)
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"


def named(label: str, title: str, longest: int = SHOWN) -> str:
    """A work by its label, which is its authors and year or else its title, and by its title, cut where it is long.

    >>> named("Brook 2018", "Thyme for knees"), named("Thyme for knees", "Thyme for knees")
    ('Brook 2018: Thyme for knees', 'Thyme for knees')
    """
    short, whole = shortened(label), cut(title, longest)
    return f"{short}: {whole}" if whole and shortened(title) != short else short


def design_in_words(design: Design) -> str:
    """A design, or that it is not known."""
    return "design not known" if design == "unknown" else design


def strength(level: int | None, certainty: Certainty | None) -> str:
    """Level and certainty, as far as there are any.

    >>> strength(2, "low"), strength(None, None)
    ('level 2, certainty low', '')
    """
    return ", ".join(filter(None, (f"level {level}" if level else "", f"certainty {certainty}" if certainty else "")))

"""How nodes and lines look: one table of each for the drawing and for its legend.

Shapes and dashes are the words of Cytoscape.js. Colour never stands alone: a verdict has its sign, a design its shape,
a line its dashes. The hues are those of ``kb.view.colours``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

from kb.model import Design, Record
from kb.questions.effects import Effect
from kb.questions.walk import STUDIES
from kb.strength.grounds import LABORATORY, TRIALS
from kb.view.colours import LOOKS
from kb.view.markup import Element, element

Dashes: TypeAlias = Literal["solid", "dashed", "dotted"]
_RETRACTED = ("#c24a00", "#ff8f52")
_PLAIN = ("#3d4a5c", "#b9c4d3")
_FAINT = ("#767676", "#9a9a9a")
_GREEN = (LOOKS["supported"].light, LOOKS["supported"].dark)
_PURPLE = (LOOKS["contested"].light, LOOKS["contested"].dark)
_BLUE = (LOOKS["partly supported"].light, LOOKS["partly supported"].dark)


class Form(Record, frozen=True, kw_only=True):
    """How a kind of node looks; ``hue`` on a light and on a dark ground, ``size`` in pixels."""

    words: str
    shape: str
    hue: tuple[str, str]
    sign: str = ""
    """One character that says the same as the colour, before the label."""
    size: int = 18
    hollow: bool = False


class Stroke(Record, frozen=True, kw_only=True):
    """How a kind of line looks. A ``quiet`` one is seen where one of its ends is chosen,
    and a ``plain`` one needs no word in the legend.
    """

    words: str
    back: str
    """What the line says from its end: of a source, what it does for the statement."""
    hue: tuple[str, str]
    dashes: Dashes = "solid"
    width: float = 1.5
    arrow: bool = False
    quiet: bool = False
    plain: bool = False


def effect_form(effect: Effect) -> str:
    """The form of a statement, and of the line to it, by what becomes of it."""
    return effect.replace(" ", "-")


_VERDICTS = {
    look.slug: Form(
        words=verdict,
        shape="round-rectangle",
        hue=(look.light, look.dark),
        sign=look.sign,
        hollow=verdict == "needs no source",
    )
    for verdict, look in LOOKS.items()
}
_EFFECTS: dict[Effect, Form] = {
    "loses its support": Form(words="loses its support", shape="rhomboid", hue=_RETRACTED, sign="✗", size=22),
    "falls": Form(words="falls", shape="vee", hue=_PURPLE, sign="↓", size=22),
    "gains": Form(words="gains", shape="triangle", hue=_BLUE, sign="↑", size=20),
    "stands": Form(words="stands", shape="round-rectangle", hue=_GREEN, sign="="),
    "already fallen": Form(
        words="rested on what had fallen already", shape="round-rectangle", hue=_FAINT, sign="∅", hollow=True
    ),
}
FORMS: Mapping[str, Form] = {
    "article": Form(words="article", shape="cut-rectangle", hue=_PLAIN, size=26),
    **_VERDICTS,
    "pooled": Form(words="systematic review", shape="diamond", hue=_PLAIN, size=24),
    "trial": Form(words="trial", shape="ellipse", hue=_PLAIN),
    "observed": Form(words="observational or case study", shape="pentagon", hue=_PLAIN, size=20),
    "laboratory": Form(words="animals or laboratory", shape="triangle", hue=_PLAIN),
    "telling": Form(words="guideline, review, book or page", shape="hexagon", hue=_PLAIN, size=20),
    "unknown": Form(words="source, design not known", shape="ellipse", hue=_PLAIN, hollow=True),
    "retracted": Form(words="retracted or withdrawn", shape="octagon", hue=_RETRACTED, sign="✗", size=26),
    "bare": Form(words="cited work of which nothing is known", shape="ellipse", hue=_FAINT, size=9, hollow=True),
    **{effect_form(effect): form for effect, form in _EFFECTS.items()},
    "line": Form(words="independent line of evidence", shape="tag", hue=_GREEN, size=22),
    "aside": Form(words="not counted", shape="tag", hue=_FAINT, size=22, hollow=True),
    "end": Form(words="the way ends here", shape="barrel", hue=_RETRACTED, sign="⊣", size=16, hollow=True),
    "more": Form(words="more works, folded", shape="ellipse", hue=_FAINT, size=9, hollow=True),
}
"""By slug; those of verdicts and effects are their words with hyphens."""

_CHANGES: dict[Effect, Dashes] = {
    "loses its support": "dashed",
    "falls": "dashed",
    "gains": "solid",
    "stands": "solid",
    "already fallen": "dotted",
}
LINES: Mapping[str, Stroke] = {
    "contains": Stroke(words="says", back="stands in", hue=_FAINT, width=1, quiet=True),
    "lists": Stroke(words="lists, without citing it", back="listed in", hue=_FAINT, dashes="dotted", width=1),
    "leansOn": Stroke(words="leans on", back="holds up", hue=_PLAIN, dashes="dotted", arrow=True),
    "obtainsSupportFrom": Stroke(words="supported by", back="supports", hue=_GREEN, width=2.5),
    "disputes": Stroke(words="disputed by", back="disputes", hue=_PURPLE, dashes="dashed", width=2.5),
    "citesForInformation": Stroke(
        words="cites, and it says nothing for or against", back="says nothing for or against", hue=_FAINT
    ),
    "citesAsEvidence": Stroke(words="cites, not checked", back="not checked", hue=_FAINT, dashes="dotted", width=2),
    "cites": Stroke(words="cites", back="cited by", hue=_PLAIN, width=1, arrow=True),
    **{
        f"to-{effect_form(effect)}": Stroke(
            words=f"what rests on it {_EFFECTS[effect].words}",
            back="rests on",
            hue=_EFFECTS[effect].hue,
            dashes=dashes,
            width=2.5,
            arrow=True,
            plain=True,
        )
        for effect, dashes in _CHANGES.items()
    },
    "counted": Stroke(words="rests on", back="holds up", hue=_GREEN, width=2.5),
    "left-out": Stroke(words="left out", back="not counted for", hue=_FAINT, dashes="dotted"),
    "of": Stroke(words="with", back="belongs to", hue=_PLAIN, width=1.2, plain=True),
}


def form_of(design: Design, *, retracted: bool = False) -> str:
    """The form of a source.

    >>> form_of("cohort"), form_of("book"), form_of("cohort", retracted=True)
    ('observed', 'telling', 'retracted')
    """
    if retracted:
        return "retracted"
    if design in LABORATORY:
        return "laboratory"
    if design in TRIALS:
        return "trial"
    if design in STUDIES:
        return "observed"
    named: dict[Design, str] = {"systematic review": "pooled", "unknown": "unknown"}
    return named.get(design, "telling")


def verdict_form(verdict: str | None) -> str:
    """The form of a statement; one that was not assessed is not checked."""
    return (verdict or "not checked").replace(" ", "-")


def mark_of(slug: str) -> str:
    """The CSS classes of a form beside words."""
    form = FORMS[slug]
    return f"form form-{slug} shape-{form.shape}{' hollow' if form.hollow else ''}"


def legend(forms: Collection[str], lines: Collection[str]) -> Element:
    """What the shapes and lines mean that a drawing holds; the browser draws each beside its words."""
    shown = [
        element("li", one.sign, " " if one.sign else None, one.words, class_=mark_of(slug))
        for slug, one in FORMS.items()
        if slug in forms
    ]
    drawn = [
        element("li", one.words, class_=f"stroke stroke-{slug}")
        for slug, one in LINES.items()
        if slug in lines and not one.quiet and not one.plain
    ]
    return element("ul", *shown, *drawn, class_="legend", aria_label="What the signs mean")


def stylesheet() -> str:
    """CSS that gives the legend's marks their colours and dashes."""
    marks = [f".form-{slug}{{--hue:light-dark({','.join(one.hue)})}}" for slug, one in FORMS.items()]
    strokes = [
        f".stroke-{slug}{{--hue:light-dark({','.join(one.hue)});--dash:{one.dashes}}}" for slug, one in LINES.items()
    ]
    return "\n".join((*marks, *strokes))

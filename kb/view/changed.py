"""What stands otherwise than on a former day, what got worse first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.language.counting import count, does
from kb.questions.diff import Change, Diff, Told, diff
from kb.questions.stated import Stated
from kb.questions.states import Standing, State
from kb.strength.scale import Way
from kb.view.answers.pieces import folded, said
from kb.view.answers.wording import cut
from kb.view.markup import Element, element
from kb.view.parts import listing, section, sentences
from kb.view.ways import to_page

_RANK: dict[Way, int] = {"down": 0, "same": 1, "up": 2}
_SIGNS: dict[Way, str] = {"down": "▼ worse: ", "same": "", "up": "▲ better: "}
_SOURCE = re.compile(r"(?:doi|pmid|ref):\S+?(?=: | \(|$)")
"""The id of a source among the words of a change."""
_FIRST = 5
"""Of each kind so many are shown at once."""


def changes(before: State, after: State, since: str) -> Element:
    """What changed.

    Parameters
    ----------
    since
        Since when, as it is told: "2026-11-20".
    """
    found = diff(before, after)
    labels = {work.id: work.label for work in (*before.works, *after.works)}

    def changed(one: Change) -> Element:
        words = (_SOURCE.sub(lambda name: labels.get(name[0], name[0]), each) for each in one.words)
        how = f"{_SIGNS[one.way]}{'; '.join(words)}"
        return element("div", said(_stated(one.now)), element("p", how, class_=f"went-{one.way}"))

    told = sorted(found.told, key=lambda one: _RANK[one.way])
    stand = sorted(found.changed, key=lambda one: _RANK[one.way])
    return element(
        "section",
        element("p", counted(found, since)),
        section("Sources of which something else is told", *folded(told, _told, first=_FIRST)),
        section("Statements that stand otherwise", *folded(stand, changed, first=_FIRST)),
        section("New statements", *folded(found.added, _added, first=_FIRST)),
        section("Statements that are gone", *folded(found.removed, _gone, first=_FIRST)),
        class_="evidence overview changes",
    )


def titled(title: str, words: str = "") -> Element:
    """The title of a part of the overview, and why there is no more to it, or what stands below."""
    told = element("p", words) if words else None
    return element("section", element("h3", title), told, class_="evidence overview")


def counted(found: Diff, since: str) -> str:
    """How much changed, in a sentence.

    >>> nothing = dict.fromkeys(("changed", "added", "removed", "sources_in", "sources_out", "told"), ())
    >>> counted(Diff(before="", after="", **nothing), "2026-11-20")
    'Since 2026-11-20 nothing has changed.'
    """
    return f"Since {since} {', '.join(_counted(found)) or 'nothing has changed'}."


def _counted(found: Diff) -> Iterator[str]:
    down = sum(one.way == "down" for one in found.changed)
    up = sum(one.way == "up" for one in found.changed)
    kinds = ((down, "worse"), (up, "better"), (len(found.changed) - down - up, "otherwise"))
    for number, how in kinds:
        if number:
            yield f"{count(number, 'statement')} {does(number, 'stand')} {how}"
    for things, noun, what in (
        (found.added, "statement", "new"),
        (found.removed, "statement", "gone"),
        (found.sources_in, "source", "new"),
        (found.sources_out, "source", "no longer cited"),
    ):
        if things:
            yield f"{count(len(things), noun)} {'is' if len(things) == 1 else 'are'} {what}"
    if found.told:
        yield f"of {count(len(found.told), 'source')} something else is told"


def _told(one: Told) -> Element:
    link = element("a", one.work.label, href=to_page("sources", source=one.work.id))
    number = len(one.statements)
    rest = f"{count(number, 'statement')} {does(number, 'rest')} on it"
    return element("div", link, listing(sentences(one.words)), element("p", rest, class_="faint"))


def _added(one: Standing) -> Element:
    return said(_stated(one))


def _gone(one: Standing) -> Element:
    return element("p", f"“{cut(one.text or one.statement)}” ", element("span", cut(one.article), class_="faint"))


def _stated(one: Standing) -> Stated:
    return Stated(article=one.article, statement=one.statement, line=one.line, text=one.text, verdict=one.verdict)

"""All articles together: counts as bars that lead on, what most hangs on, and what is no longer what it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.language.counting import count, does
from kb.model import Certainty
from kb.questions.listing import Listed, Listing
from kb.questions.load_bearing import LoadBearing, Pillar
from kb.questions.overall import Counted, Overall
from kb.questions.stale import Stale, StaleSource
from kb.strength.certainty import SCALE
from kb.view.answers.load_bearing import alone
from kb.view.answers.stale import titled
from kb.view.answers.wording import cut
from kb.view.bars import Mark, percent, rows, stacked
from kb.view.colours import CERTAINTY_SIGNS, LOOKS
from kb.view.markup import Element, element
from kb.view.parts import asks, listing, section, sentences
from kb.view.source_table import mark_of_notice, stands, title_of
from kb.view.ways import to_article, to_page, to_question
from kb.view.wording import CAVEAT, NOTICES

_FIRST = 5
"""Things of a kind that are named here; the question that a link leads to names more."""
LEVELS = {1: "strongest", 2: "", 3: "", 4: "", 5: "weakest"}
"""The levels of OCEBM 2011; what each takes depends on the question that a statement asks."""


def summed_up(found: Overall) -> str:
    """Everything in one sentence.

    >>> summed_up(Overall(articles=2, statements=10, bare=4, verdicts={"unsupported": 4}))
    'In 2 articles 4 of 10 statements (40 %) ask for a source and show none.'
    """
    if not found.statements:
        return f"In {count(found.articles, 'article')} no statement was found."
    ask, show = ("asks", "shows") if found.bare == 1 else ("ask", "show")
    share = f" ({percent(found.bare, found.statements)} %)" if found.bare else ""
    number = f"{found.bare:,}" if found.bare else "none"
    of = count(found.statements, "statement")
    idle = found.verdicts.get("unsupported", 0) - found.bare
    worthless = (
        f"; {idle:,} {'cites one that does' if idle == 1 else 'cite ones that do'} not count" if idle > 0 else ""
    )
    return (
        f"In {count(found.articles, 'article')} {number} of {of}{share} {ask} for a source and {show} none{worthless}."
    )


def overview(found: Overall, doubted: Listing, unasked: int) -> Element:
    """What is counted at once.

    Parameters
    ----------
    doubted
        The sources with a notice that may take their weight away.
    unasked
        Sources of which no registry has told, so that their notices may not be known.
    """
    return element(
        "section",
        element("p", summed_up(found), class_="summary"),
        element(
            "div",
            section("Verdicts", *_verdicts(found)),
            section("Retracted or doubted sources that are cited", *_doubted(doubted), _unasked(unasked)),
            element(
                "div",
                section("How strong the evidence is: OCEBM levels", *_levels(found.levels)),
                section("How certain it is: GRADE, provisional", *_certainties(found.certainties)),
            ),
            class_="cards",
        ),
        section("Articles, those with most unsupported statements first", *_articles(found)),
        element("p", CAVEAT, class_="faint"),
        class_="evidence overview",
    )


def _verdicts(found: Overall) -> Iterator[Element]:
    marks = [
        Mark(found.verdicts[verdict], verdict, _search(verdict=verdict), f"verdict-{look.slug}", look.sign)
        for verdict, look in LOOKS.items()
        if found.verdicts.get(verdict)
    ]
    yield stacked(marks, "of all statements")
    yield rows(marks, found.statements)


def _search(**given: str) -> str:
    return to_question("search", only="statements", **given)


def _levels(levels: Mapping[int, int]) -> Iterator[Element]:
    total = sum(levels.values())
    if not total:
        yield element("p", "No statement has a level yet: no source of theirs was read.", class_="faint")
        return
    yield rows(
        [
            Mark(
                levels.get(level, 0),
                f"level {level}{f' ({words})' if words else ''}",
                _search(level=str(level)),
                "plain",
            )
            for level, words in LEVELS.items()
        ],
        total,
    )
    yield element("p", f"Of {count(total, 'statement')} with a level.", class_="faint")


def _certainties(certainties: Mapping[Certainty, int]) -> Iterator[Element]:
    total = sum(certainties.values())
    if not total:
        yield element("p", "No statement has a certainty yet: nothing that was read supports one.", class_="faint")
        return
    yield rows(
        [
            Mark(certainties.get(one, 0), one, _search(certainty=one), "plain", CERTAINTY_SIGNS[one])
            for one in sorted(CERTAINTY_SIGNS, key=SCALE.index, reverse=True)
        ],
        total,
    )
    yield element("p", f"Of {count(total, 'statement')} with a certainty.", class_="faint")


def _doubted(doubted: Listing) -> Iterator[Element]:
    if not doubted.fitting:
        yield element("p", "None that is known.", class_="faint")
        return
    yield from filter(None, [listing([_doubt(one) for one in doubted.sources], class_="plain-list")])
    every = to_page("sources", only="Retracted or doubted")
    yield element("p", element("a", f"All {count(doubted.fitting, 'source')}", href=every))


def _unasked(number: int) -> Element | None:
    if not number:
        return None
    words = f"No registry has answered about {count(number, 'source')}"
    link = element("a", words, href=to_page("sources", only="Not asked yet"))
    return element("p", link, ": what befell them is not known.", class_="faint")


def _doubt(one: Listed) -> Element:
    kinds = dict.fromkeys(each.kind for each in one.source.notices)
    standing = [kind for kind in kinds if stands(one.source, kind)]
    words = NOTICES[standing[0]] if standing else ", ".join(NOTICES[kind] for kind in kinds)
    mark = mark_of_notice(one.source, next(iter(standing or kinds)), words, tag="span")
    title = element("a", cut(title_of(one), 110), href=to_page("sources", source=one.source.id))
    rest = f"{count(one.statements, 'statement')} {does(one.statements, 'rest')} on it"
    return element("div", mark, " ", title, " ", element("span", rest, class_="faint"))


def _articles(found: Overall) -> Iterator[Element]:
    yield element("table", element("tbody", *map(_article, found.worst)), class_="bars articles")
    more = found.articles - len(found.worst)
    if more > 0:
        yield element("p", f"and {count(more, 'more article')}", class_="faint")


def _article(one: Counted) -> Element:
    way = to_article(one.article)
    marks = [
        Mark(one.verdicts[verdict], verdict, way, f"verdict-{look.slug}", look.sign)
        for verdict, look in LOOKS.items()
        if one.verdicts.get(verdict)
    ]
    bad = one.verdicts.get("unsupported", 0)
    return element(
        "tr",
        element("th", element("a", cut(one.title or one.article, 90), href=way), scope="row"),
        element("td", stacked(marks, "of its statements") if marks else "no statement", class_="drawn"),
        element("td", f"{bad:,} of {one.statements:,} unsupported", class_="number"),
        element("td", element("a", "Worklist", href=to_page("worklist", article=one.article))),
    )


def bearing(answer: LoadBearing) -> Element:
    """The sources that most hangs on, a few of them."""
    return element(
        "section",
        section(
            "What most hangs on",
            listing(sentences(answer.reasons)),
            listing([_pillar(one) for one in answer.sources[:_FIRST]], class_="plain-list"),
            element("p", asks(("All that much hangs on", to_question("load-bearing")))),
        ),
        class_="evidence overview",
    )


def _pillar(one: Pillar) -> Element:
    words = one.label if one.title in ("", one.label) else f"{one.label}: {cut(one.title, 110)}"
    link = element("a", words, href=to_page("sources", source=one.source))
    return element("div", link, " ", element("span", alone(one), class_="faint"))


def aged(answer: Stale) -> Element:
    """How much evidence is no longer what it was, by reason."""
    groups = [element("div", titled(group), *_first_of(group.sources)) for group in answer.groups]
    nothing = element("p", "Nothing that is known.", class_="faint") if not groups else None
    return element(
        "section",
        section(
            "Evidence that is no longer what it was",
            nothing,
            listing(groups, class_="plain-list"),
            element("p", asks(("All of it, and what else is old", to_question("stale")))),
        ),
        class_="evidence overview",
    )


def _first_of(sources: Sequence[StaleSource]) -> Iterator[Element]:
    for one in sources[:_FIRST]:
        link = element("a", one.label, href=to_page("sources", source=one.source))
        yield element("div", link, " ", element("span", count(one.resting, "statement"), class_="faint"))

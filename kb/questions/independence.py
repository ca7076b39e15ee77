"""How many lines of evidence are behind a statement's citations, and why two of them are one.

Ten citations may be one study told ten times. Sources are one line where they report the same trial, the same people or
the work of the same team, where one is another version of the other, or tells of it (`kb.strength.independence`). Of
the systematic reviews that are cited it is told how far they take in the same works (`kb.questions.overlap`).

Sources: Greenberg, BMJ 2009;339:b2680 (citations that amplify one piece of evidence); Pieper et al., J Clin Epidemiol
2014;67:368-375 (the overlap of reviews).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.errors import UsageError
from kb.language.counting import count
from kb.language.places import where
from kb.model import Audit, Design, Direction, Record, Source, Statement, StatementKey, Verdict
from kb.questions.overlap import MOST_COMPARED, Overlapping, overlaps, reviews_among
from kb.questions.stated import Stated, stated
from kb.strength.cited import Cited, cited_by
from kb.strength.independence import Line, lines_of
from kb.strength.wording import MOST, label, listed, shortened

_NO_HOLD: frozenset[Verdict] = frozenset({"unsupported", "needs no source"})
"""Verdicts of a statement that hold up nothing which leans on it."""
_ASIDE: Mapping[Direction, str] = {
    "neutral": "says nothing for or against it",
    "disputes": "disputes it",
    "not checked": "what it says was not checked",
}


class Work(Record, frozen=True, kw_only=True):
    """A source behind the statement."""

    source: str
    label: str
    title: str
    design: Design
    direction: Direction
    left_out: str = ""
    """Why it counts for no line of evidence, in plain words; empty where it counts."""


class Independence(Record, frozen=True, kw_only=True):
    """The independent lines of evidence of a statement."""

    statement: Stated
    leans_on: tuple[Stated, ...] = ()
    """Where the statement cites nothing: what it leans on; the sources are those of the last one."""
    works: tuple[Work, ...]
    """Every source, in the order of citation, whether it counts or not."""
    lines: tuple[Line, ...]
    """At most as many as there are lines of evidence in truth: what is not known makes no two sources one. Counted are
    the sources that support the statement, or where none does, all that can stand as evidence."""
    overlaps: tuple[Overlapping, ...] = ()
    """Of the systematic reviews that can stand as evidence: all together, then two by two."""
    reasons: tuple[str, ...]


def independence(audit: Audit, statement: StatementKey) -> Independence:
    """Count the lines of evidence behind a statement; the number is that of its assessment.

    A statement that cites nothing and goes no further than the one that it leans on has that one's lines.

    Parameters
    ----------
    audit
        The article's, or a part of it that holds the statement and all that it leans on.

    Raises
    ------
    UsageError
        The audit holds no such statement.

    Examples
    --------
    A statement cites a trial, a systematic review that takes the trial in, and a cohort of another team::

        statement → Moss 2015 (randomized trial) ← Vale 2021 (systematic review)
                  → Vale 2021
                  → Heron 2016 (cohort)

    has two lines of evidence, (Moss 2015, Vale 2021) and (Heron 2016). Time is that of `lines_of` and `overlaps`.
    """
    by_id = {one.id: one for one in audit.statements}
    if statement[1] not in by_id:
        raise UsageError(f"there is no statement {statement[1]}", place=statement[0], remedy="audit the article again")
    sources, written = audit.sources, audit.article.date
    cited = cited_by(audit.statements, audit.evidence, audit.citations, audit.resolutions, sources, written)
    path = _path(by_id[statement[1]], by_id, cited)
    verdicts = {one.statement: one.verdict for one in audit.assessments}
    held = not any(verdicts.get(one.id) in _NO_HOLD for one in path[1:])
    behind = cited[path[-1].id]
    counting = list({source.id: source for _, source in behind.counting}.values()) if held else []
    lines = lines_of(counting)
    reviews = reviews_among([source for _, source in behind.body])
    compared = overlaps(reviews)
    on = [stated(audit.article.id, one, verdicts.get(one.id)) for one in path]
    return Independence(
        statement=on[0],
        leans_on=tuple(on[1:]),
        works=tuple(_works(audit, path[-1], behind, held=held)),
        lines=lines,
        overlaps=compared,
        reasons=(
            *_of_leaning(on[1:], held=held),
            *(_of_lines(behind, counting, lines) if held else ()),
            *_of_reviews(len(reviews), compared),
        ),
    )


def _path(statement: Statement, by_id: Mapping[str, Statement], cited: Mapping[str, Cited]) -> list[Statement]:
    """A statement and those through which it has its verdict, as `kb.strength.verdict.assess` goes."""
    path = [statement]
    while not cited[path[-1].id].anything and path[-1].needs_source and not path[-1].goes_beyond:
        base = by_id.get(path[-1].leans_on or "")
        if base is None or base in path:
            break
        path.append(base)
    return path


def _works(audit: Audit, statement: Statement, behind: Cited, *, held: bool) -> Iterator[Work]:
    known = {source.id: source for source in audit.sources}
    counting = {source.id for _, source in behind.counting}
    faults = {source.id: why for source, why in behind.faults}
    for line in audit.evidence:
        if line.statement == statement.id:
            source = known[line.source]
            aside = "" if source.id in counting else _ASIDE.get(line.direction, "")
            aside = aside if held else "the statement that cites it is not supported"
            yield Work(
                source=source.id,
                label=label(source),
                title=source.title,
                design=source.design,
                direction=line.direction,
                left_out=faults.get(source.id, aside),
            )


def _of_leaning(leans_on: Sequence[Stated], *, held: bool) -> Iterator[str]:
    if leans_on:
        place = where(leans_on[-1].line, leans_on[-1].place)
        through = "" if len(leans_on) == 1 else f", over {len(leans_on) - 1} more"
        yield f"it cites nothing itself and leans on the statement in {place}{through}, whose sources these are"
    if not held:
        yield "what it leans on is not supported itself, so it holds nothing up"


def _of_lines(behind: Cited, counting: Sequence[Source], lines: Sequence[Line]) -> Iterator[str]:
    yield from _of_number(behind, counting, lines)
    labels = {source.id: label(source) for source in counting}
    tied = [line for line in lines if line.why]
    for line in tied[:MOST]:
        yield f"{listed([labels[name] for name in line.sources])} are one: {listed(line.why)}"
    if len(tied) > MOST:
        yield f"and {len(tied) - MOST} more such groups"
    for why, who in _grouped(behind.faults):
        yield f"{listed(who)} {'does' if len(who) == 1 else 'do'} not count: {why}"
    if behind.missing:
        yield f"what {listed([shortened(one) for one in behind.missing])} means is not in the reference list"
    silent = [label(one) for one in counting if not one.authors and not one.study.registrations]
    if silent and len(lines) > 1:
        yield f"there may be fewer lines: neither authors nor a registration are known of {listed(silent)}"


def _of_number(behind: Cited, counting: Sequence[Source], lines: Sequence[Line]) -> Iterator[str]:
    if not counting:
        yield "none of its sources can stand as evidence" if behind.faults else "there is no source to count"
        return
    aside = len(behind.body) - len(counting)
    if aside:
        yield f"only sources that support it count: {'1 other is' if aside == 1 else f'{aside} others are'} left aside"
    elif behind.body[0][0].direction != "supports":
        whose = "its source is not" if len(counting) == 1 else "none of its sources is"
        yield f"{whose} known to support it; counted is what can stand as evidence"
    what = f"{count(len(lines), 'line')} of evidence"
    if len(counting) == 1:
        yield f"one source, {what}"
    elif len(lines) == len(counting):
        yield f"{len(counting)} sources are {what}: nothing that is known ties them together"
    else:
        yield f"{len(counting)} sources are {what}"


def _grouped(faults: Iterable[tuple[Source, str]]) -> list[tuple[str, list[str]]]:
    """The sources that cannot stand as evidence, by the reason; the first few reasons."""
    about: dict[str, list[str]] = {}
    for source, why in faults:
        about.setdefault(why, []).append(label(source))
    return list(about.items())[:MOST]


def _of_reviews(number: int, compared: Sequence[Overlapping]) -> Iterator[str]:
    """The overlap of all reviews together, or of those two that overlap most, and the first that cannot be told."""
    if number > MOST_COMPARED:
        yield f"of {number} systematic reviews the first {MOST_COMPARED} are compared"
    told = [one for one in compared if one.area is not None]
    first = [one for one in told if len(one.reviews) > 2] or sorted(told, key=lambda one: -(one.area or 0))
    yield from (one.why for one in [*first[:1], *[one for one in compared if one.area is None][:1]])

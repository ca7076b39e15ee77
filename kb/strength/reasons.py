"""The reasons of an assessment in words: few, whatever the number of sources, and none of them twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kb.language.counting import count
from kb.model import EvidenceLine, Question, Source
from kb.strength.cited import Cited
from kb.strength.independence import Line
from kb.strength.level import TAKES
from kb.strength.standing import doubts, notes
from kb.strength.wording import MOST, label, listed, shortened

MOST_REASONS = 12
"""Reasons of single sources that an assessment tells; the others stand beside their source."""
BUNDLE = 3
"""From this many sources to one marker on, it is told that somebody should look which of them says it."""

_Body = Sequence[tuple[EvidenceLine, Source]]


def of_body(question: Question | None, cited: Cited, lines: Sequence[Line]) -> list[str]:
    """What a statement cites, how much of that is independent, and what is said of its sources.

    Parameters
    ----------
    lines
        The independent lines among the sources that support it, or where none does, among all.
    """
    return [
        *_count(cited.body, lines),
        *_bundle(cited.bundle),
        *_designs(cited.body),
        *_of_lines(cited.body),
        *_single(question, cited.body),
    ]


def of_faults(cited: Cited) -> list[str]:
    """What cannot stand as evidence, and markers that lead nowhere."""
    about: dict[str, list[str]] = defaultdict(list)
    for source, why in cited.faults:
        about[why].append(label(source))
    told = [f"cites {listed(who)}: {why}" for why, who in list(about.items())[:MOST_REASONS]]
    if len(about) > MOST_REASONS:
        told.append(f"and {len(about) - MOST_REASONS} more reasons why sources cannot stand, each beside its source")
    lost = listed([repr(shortened(marker)) for marker in cited.missing])
    return [*told, *([f"cites {lost}, which the reference list does not hold"] if lost else [])]


def _count(body: _Body, lines: Sequence[Line]) -> list[str]:
    cites = f"cites {count(len(body), 'source')}"
    weighed = {name for line in lines for name in line.sources}
    if len(body) < 2:
        return [cites]
    if len(weighed) == 1:
        return [f"{cites}, of which one supports it"]
    whose = "" if len(weighed) == len(body) else f" of which {len(weighed)} support it,"
    number = f"{cites},{whose} {count(len(lines), 'independent line')}"
    sources = [source for _, source in body if source.id in weighed]
    together = _together(sources, lines)
    if together:
        return [f"{number}: {together}"]
    if all(source.authors or source.study.registrations for source in sources):
        return [f"{number} as far as authors and registrations tell"]
    return [f"{number} at most: of some, neither authors nor a registration are known"]


def _together(sources: Sequence[Source], lines: Sequence[Line]) -> str:
    """Which sources are one line, and why; empty where each stands alone."""
    labels = {source.id: label(source) for source in sources}
    tied = [line for line in lines if line.why]
    words = [f"{listed([labels[name] for name in line.sources])} are one ({listed(line.why)})" for line in tied[:MOST]]
    rest = len(tied) - MOST
    return "; ".join([*words, f"and {rest} more such groups"] if rest > 0 else words)


def _bundle(size: int) -> list[str]:
    if size < BUNDLE:
        return []
    return [f"one marker names {size} sources, and such bundles are more often inaccurate: check which of them says it"]


def _designs(body: _Body) -> list[str]:
    """Of more sources than a reason names, how many have which design."""
    if len(body) <= MOST:
        return []
    counts = Counter("not known" if source.design == "unknown" else source.design for _, source in body)
    return [f"designs: {', '.join(f'{design} ({number})' for design, number in counts.most_common())}"]


def _of_lines(body: _Body) -> list[str]:
    """The reasons of the lines, each told once, with the sources that it is about where those are not all.

    Of many sources, what was published against them comes first, then what is true of most.
    """
    about: dict[str, list[str]] = defaultdict(list)
    grave: set[str] = set()
    for line, source in body:
        grave.update((*doubts(source), *notes(source), *(concern.words for concern in line.concerns)))
        for reason in dict.fromkeys(line.reasons):
            about[reason].append(label(source))
    told = list(about.items())
    if len(told) > MOST_REASONS:
        told.sort(key=lambda reason: (reason[0] not in grave, -len(reason[1])))
    words = [reason if len(who) == len(body) else f"{listed(who)}: {reason}" for reason, who in told[:MOST_REASONS]]
    rest = len(told) - MOST_REASONS
    return [*words, f"and {rest} more reasons, each beside its source"] if rest > 0 else words


def _single(question: Question | None, body: _Body) -> list[str]:
    if len(body) != 1 or body[0][1].design != "unknown" or question is None or question == "prevalence":
        return []
    return [f"a single study would be weak for a question of {question}: level 1 takes {TAKES[question][0]}"]

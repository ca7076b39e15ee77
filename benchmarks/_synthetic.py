"""A synthetic knowledge base of realistic shape, seeded: audits of invented articles that share invented sources.

Of 10,000 articles: 300,000 statements, 200,000 sources, 2 million citations among sources, a quarter of a million
evidence lines. Levels, reasons and verdicts are the program's own, from directions that are drawn.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from random import Random

from benchmarks._synthetic_page import Page, Sentence
from benchmarks._synthetic_sources import ASKED, OWN, Works, mixed, source
from benchmarks._synthetic_words import Saying, opening, saying
from kb.model import (
    Assessment,
    Audit,
    Difference,
    EvidenceLine,
    Finding,
    Reference,
    Resolution,
    ResolutionStatus,
    Source,
    Statement,
)
from kb.strength.support import Claim, Judgement
from kb.strength.verdict import assess
from kb.strength.weighing import weigh

STATEMENTS = 30
_PARAGRAPH = 5
"""Sentences."""
_SHARED = (4, 8)
"""Works that an article lists beside its own: at least, at most."""
_CITED = 0.65
"""The share of statements with a source, of those that ask for one."""
_COMMON, _COMMONS = 0.1, 60
"""The share of statements that say what others of the topic may say, and how many such sayings a topic has."""
_TURNED = 0.08
"""The share of these that say the opposite."""
_LEANS = 0.2
"""The share of statements without a source that lean on the one before, where that has one."""
_ONE_SIDED = 0.1
"""The share of articles that cite no work which disputes what they say."""
_IN_PART = 0.25
"""The share of works that say only a part of what they are cited for."""
_REASONS = {1: "It says so.", 0: "It does not say so.", -1: "It says the opposite."}
_STATUS: dict[ResolutionStatus, float] = {
    "verified": 87,
    "metadata differs": 6,
    "unreachable": 2,
    "not attempted": 2,
    "ambiguous": 1,
    "not found": 1,
    "another work": 1,
}
"""In percent."""


def audits(articles: int, seed: int) -> Iterator[Audit]:
    """The audits of so many articles, one in memory at a time; the same for the same numbers.

    A source is described in the same words in every article that lists it.
    """
    works = Works(articles, seed)
    for number in range(articles):
        yield audit(works, number)


class _Drawn:
    """A judge that has drawn what each source says: the same of the same saying, and the opposite of it turned."""

    def __init__(self, said: Saying) -> None:
        self._said = said

    def judge(self, claim: Claim, source: Source) -> Judgement:
        """What the source says, and the first sentence of its abstract for it."""
        if not source.abstract:
            return Judgement(direction="not checked", reasons=("No text of this source was to be had.",))
        side = side_of(source, self._said)
        part = mixed(zlib.crc32(source.id.encode()), 5) < _IN_PART
        return Judgement(
            direction="supports" if side > 0 else "disputes" if side < 0 else "neutral",
            extent=("part" if part else "whole") if side > 0 else None,
            quote=source.abstract.partition(".")[0] + "." if side else None,
            read="abstract",
            reasons=(_REASONS[side],),
            judge="drawn 1",
        )


def side_of(source: Source, said: Saying) -> int:
    """Whether a source is for (1), against (-1) or beside (0) what is said."""
    drawn = mixed(zlib.crc32(f"{source.id} {said.filled}".encode()), 6)
    side = 1 if drawn < 0.4 else -1 if drawn < 0.6 else 0
    return -side if said.turned else side


def audit(works: Works, number: int, length: int = STATEMENTS) -> Audit:
    """The audit of one article of so many statements, by its number; a longer one lists more works of others."""
    random = Random(f"article {works.seed} {number}")
    listed = _listed(works, number, length, random)
    sources = [source(works, one) for one in listed]
    sentences = _sentences(works, number, sources, length, random)
    page = Page(f"{works.topic_of(number).slug.title()} and its uses, part {number}")
    for place, sentence in enumerate(sentences):
        page.add(sentence, new_paragraph=place % _PARAGRAPH == 0, leaning=_leaning(sentences, place, random))
    references = page.list_references(sources)
    resolutions = tuple(_resolution(reference, random) for reference in references)
    date = f"20{random.randint(12, 26)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    statements, citations = tuple(page.statements), tuple(page.citations)
    evidence = tuple(_evidence(page, sentences, references, resolutions, sources, date))
    assessments = assess(statements, evidence, citations, resolutions, sources, date)
    return Audit(
        article=page.article(f"articles/{works.topic_of(number).slug}/{number:05}.md", date),
        statements=statements,
        citations=citations,
        references=references,
        sources=tuple(sources),
        resolutions=resolutions,
        evidence=evidence,
        assessments=assessments,
        findings=tuple(_findings(statements, assessments)),
        as_of=ASKED,
    )


def _listed(works: Works, number: int, length: int, random: Random) -> list[int]:
    """The works of an article's list: its own, and some that others list too."""
    own = range(number * OWN, (number + 1) * OWN)
    shared = [
        works.anywhere(random) if random.random() < 0.1 else works.near(number, random)
        for _ in range(random.randint(*_SHARED) * length // STATEMENTS)
    ]
    listed = list(dict.fromkeys((*own, *shared)))
    random.shuffle(listed)
    return listed


def _sentences(works: Works, number: int, sources: Sequence[Source], length: int, random: Random) -> list[Sentence]:
    one_sided = mixed(works.seed, number, 4) < _ONE_SIDED
    left: list[int] = []
    sentences = []
    for _ in range(length):
        said = _said(works, number, random)
        cited: list[int] = []
        if said.pattern.signal and random.random() < _CITED:
            for _ in range(random.choice((1, 1, 1, 2, 2, 3))):
                left = left or random.sample(range(len(sources)), len(sources))
                cited.append(left.pop(_agreeing(left, sources, said)))
        if one_sided:
            cited = [place for place in cited if side_of(sources[place], said) >= 0]
        sentences.append(Sentence(said, opening(random), tuple(dict.fromkeys(cited))))
    return sentences


def _said(works: Works, number: int, random: Random) -> Saying:
    about = works.topic_of(number)
    if random.random() >= _COMMON:
        return saying(about, random)
    which = int(_COMMONS ** random.random())
    return saying(about, Random(f"{about.slug} {which}"))._replace(turned=random.random() < _TURNED)


def _agreeing(left: Sequence[int], sources: Sequence[Source], said: Saying) -> int:
    """Where in what is left a work stands that an author would cite here: of the first three one that agrees."""
    return next((at for at, place in enumerate(left[:3]) if side_of(sources[place], said) > 0), 0)


def _leaning(sentences: Sequence[Sentence], place: int, random: Random) -> bool:
    before = place > 0 and sentences[place - 1].cited
    return bool(before) and not sentences[place].cited and random.random() < _LEANS


def _resolution(reference: Reference, random: Random) -> Resolution:
    if reference.source.startswith("ref:"):
        return Resolution(reference=reference.id, source=reference.source, status="not attempted", note="shows no DOI")
    status = random.choices(list(_STATUS), list(_STATUS.values()))[0]
    year = Difference(field="year", cited=str(int(reference.year or 0) + 1), registered=reference.year or "")
    return Resolution(
        reference=reference.id,
        source=reference.source,
        status=status,
        said_by="Crossref",
        asked=ASKED,
        differences=(year,) if status == "metadata differs" else (),
    )


def _evidence(
    page: Page,
    sentences: Sequence[Sentence],
    references: Sequence[Reference],
    resolutions: Sequence[Resolution],
    sources: Sequence[Source],
    date: str,
) -> Iterator[EvidenceLine]:
    citations = iter(page.citations)
    for statement, sentence in zip(page.statements, sentences, strict=True):
        if sentence.cited:
            yield from weigh(
                statement,
                [references[place] for place in sentence.cited],
                [next(citations)],
                [resolutions[place] for place in sentence.cited],
                {sources[place].id: sources[place] for place in sentence.cited},
                _Drawn(sentence.said),
                date,
            )


def _findings(statements: Sequence[Statement], assessments: Sequence[Assessment]) -> Iterator[Finding]:
    for statement, assessment in zip(statements, assessments, strict=True):
        if assessment.verdict == "unsupported":
            yield Finding(
                rule="ST001",
                severity="warning",
                message="This statement asks for a source and shows none.",
                remedy="Cite a source, or say less.",
                line=statement.line,
                column=1,
                fingerprint=statement.fingerprint,
                statement=statement.id,
            )

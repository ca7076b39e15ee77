"""The report on a terminal: what it says of statements and references, and that text from outside stays text."""

from __future__ import annotations

import msgspec
import pytest

from kb.model import (
    Audit,
    Candidate,
    Difference,
    Disagreement,
    Notice,
    NoticeKind,
    Resolution,
    ResolutionStatus,
    Source,
)
from kb.report.text import to_text
from tests import samples


def told(audit: Audit, width: int = 200) -> list[str]:
    """The lines of the report without their indentation."""
    return [line.strip() for line in to_text([audit], colour=False, width=width).splitlines()]


def after(lines: list[str], start: str) -> list[str]:
    """What follows the line that begins so, up to the next empty line or entry."""
    place = next(number for number, line in enumerate(lines) if line.startswith(start)) + 1
    end = next(
        number for number in range(place, len(lines)) if not lines[number] or lines[number].split()[0].isdecimal()
    )
    return lines[place:end]


def with_tern(resolution: Resolution | None = None, source: Source | None = None) -> list[str]:
    """What the report says of the third reference of the sample, whose source or resolution is another one here."""
    audit = samples.sample_audit()
    replaced = msgspec.structs.replace(
        audit,
        resolutions=tuple(
            resolution if resolution and one.reference == "tern-2014" else one for one in audit.resolutions
        ),
        sources=tuple(source if source and one.id == samples.TERN_SOURCE else one for one in audit.sources),
    )
    title, *rest = after(told(replaced), "3  cited · ")
    assert title == "Brindleweed and blood pressure"
    return rest


def resolved(status: ResolutionStatus, **fields: object) -> Resolution:
    return Resolution(reference="tern-2014", source=samples.TERN_SOURCE, status=status, **fields)  # type: ignore[arg-type]


PLAIN = Source(id=samples.TERN_SOURCE)


def test_the_sample_in_full() -> None:
    lines = told(samples.sample_audit())
    for line in (
        "articles/brindleweed.txt · as of 2026-11-22",
        "→ rests on Hartwell & Osei 2019: Brindleweed tea for knee stiffness: a randomized trial",
        "→ there it says: “The tea eased morning stiffness.”",
        "1  cited · not looked up (shows no DOI)",
        "3  cited · found, and it is the work that is cited",
        "→ Retracted 2016-05-01, says Crossref",
        "4  cited by nothing · not looked up (shows no DOI)",
        "Not checked: Crossref was not asked about 2 references that show no DOI.",
        "3 of 7 statements ask for a source and show none; 1 cites one that does not count; 3 cite a source; "
        "1 reference is cited by nothing.",
        "Findings: 1 warning, 1 info.",
    ):
        assert line in lines
    assert [line for line in lines if line.startswith("→ Retracted")] == ["→ Retracted 2016-05-01, says Crossref"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("retraction", "→ Retracted 2016, say Crossref and PubMed"),
        ("partial retraction", "→ Partly retracted 2016, say Crossref and PubMed"),
        ("withdrawal", "→ Withdrawn 2016, say Crossref and PubMed"),
        ("expression of concern", "→ Expression of concern 2016, say Crossref and PubMed"),
        ("correction", "→ Corrected 2016, say Crossref and PubMed"),
        ("reinstatement", "→ Reinstated 2016, say Crossref and PubMed"),
        ("new version", "→ There is a newer version 2016 (doi:10.5555/n), say Crossref and PubMed"),
        ("preprint", "→ There is a preprint of it 2016 (doi:10.5555/n), say Crossref and PubMed"),
    ],
)
def test_each_kind_of_notice_is_told_with_its_tellers(kind: NoticeKind, words: str) -> None:
    notice = Notice(kind=kind, said_by=("Crossref", "PubMed"), date="2016", doi="10.5555/n")
    assert with_tern(source=msgspec.structs.replace(PLAIN, notices=(notice,))) == [words]


def test_what_differs_is_told_with_both_values() -> None:
    differences = (
        Difference(field="author", cited="Tern", registered="Stern"),
        Difference(field="year", cited="2014", registered="2017"),
        Difference(field="container", cited="Annals of Teas", registered="Annals\nof  Trees"),
    )
    assert with_tern(resolved("metadata differs", differences=differences), PLAIN) == [
        "→ first author: cited “Tern”, registered “Stern”",
        "→ year: cited “2014”, registered “2017”",
        "→ journal or book: cited “Annals of Teas”, registered “Annals of Trees”",
    ]


def test_what_registries_differ_on_is_told_and_not_settled() -> None:
    says = (("Crossref", "retracted"), ("PubMed", ""))
    source = msgspec.structs.replace(PLAIN, disagreements=(Disagreement(field="retraction", says=says),))
    assert with_tern(source=source) == [
        "→ registries differ on the retraction: Crossref says “retracted”, PubMed says nothing of it"
    ]


def test_candidates_are_offered_and_no_more_than_three() -> None:
    offered = [
        Candidate(
            doi=f"10.5555/{number}" if number else None,
            pmid="77",
            title="Brindleweed",
            authors=("Tern",),
            year="2014",
            container="Teas",
            why="title agrees; year differs",
        )
        for number in range(5)
    ]
    assert with_tern(resolved("ambiguous", candidates=tuple(offered)), PLAIN) == [
        "→ it may be Tern 2014, Brindleweed, Teas; PMID 77 (title agrees; year differs)",
        "→ it may be Tern 2014, Brindleweed, Teas; doi:10.5555/1 (title agrees; year differs)",
        "→ it may be Tern 2014, Brindleweed, Teas; doi:10.5555/2 (title agrees; year differs)",
        "→ or 2 more that fit less well",
    ]


def test_what_may_take_the_weight_away_comes_first() -> None:
    notices = (Notice(kind="correction", said_by=("Crossref",)), Notice(kind="retraction", said_by=("Crossref",)))
    difference = Difference(field="year", cited="2014", registered="2017")
    lines = with_tern(
        resolved("metadata differs", differences=(difference,)), msgspec.structs.replace(PLAIN, notices=notices)
    )
    assert [line.split()[1] for line in lines] == ["Retracted,", "Corrected,", "year:"]


def test_a_long_value_does_not_fill_the_screen() -> None:
    difference = Difference(field="title", cited="short", registered="word " * 300)
    (line, *rest) = with_tern(resolved("metadata differs", differences=(difference,)), PLAIN)
    assert len(" ".join([line, *rest])) < 230
    assert " ".join([line, *rest]).endswith("word…”")


def test_hostile_words_stay_words() -> None:
    payload = "[bold red]x[/] \x1b[31m\x07\u202e"
    differences = (Difference(field=payload, cited=payload, registered=payload),)
    source = msgspec.structs.replace(PLAIN, notices=(Notice(kind="retraction", said_by=(payload,), date=payload),))
    text = "".join(with_tern(resolved("metadata differs", differences=differences), source))
    assert "[bold red]x[/]" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_colours_only_where_they_are_wanted() -> None:
    audit = samples.sample_audit()
    assert "\x1b[" in to_text([audit], colour=True, width=80)
    assert "\x1b" not in to_text([audit], colour=False, width=80)
    assert max(map(len, to_text([audit], colour=False, width=60).splitlines())) <= 60

"""The scope of a citation: which statements a marker covers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import scope as benchmark
from ingest.citations import place
from kb.model import Citation, Span, Statement


def covered(paragraph: list[str], *, gap: str = " ", places: tuple[str, ...] = ()) -> dict[str, list[int]]:
    """For each marker ``<…>`` of the given statements, by its words, which of them it covers."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    position = 0
    for number, tagged in enumerate(paragraph):
        text = ""
        for index, piece in enumerate(tagged.replace(">", "<").split("<")):
            if index % 2:
                start = position + len(text)
                citations.append(Citation(text=piece, start=start, end=start + len(piece), line=1, references=(piece,)))
            text += piece
        statements.append(
            Statement(
                id=str(number),
                fingerprint="",
                text=text,
                start=position,
                end=position + len(text),
                sentence=Span(start=position, end=position + len(text)),
                line=1 + number * gap.count("\n"),
                place=places[number] if places else "",
                section="",
                kind="fact",
                question=None,
                needs_source=True,
            )
        )
        position += len(text) + len(gap)
    return {one.text: [int(name) for name in one.statements] for one in place(citations, statements)}


CASES: list[tuple[str, list[str], dict[str, list[int]]]] = [
    ("its own", ["Heat helps.", "Cold <[1]> eases pain.", "Rest too."], {"[1]": [1]}),
    ("each its own", ["Heat helps <[1]>.", "Cold <[2]> eases pain <[3]>."], {"[1]": [0], "[2]": [1], "[3]": [1]}),
    ("of clauses, each its own", ["Heat helps <[1]>,", "and cold eases pain <[2]>."], {"[1]": [0], "[2]": [1]}),
    ("alone after the full stop", ["Rest too.", "Heat helps.", "<[9]>."], {"[9]": [1]}),
    ("two alone after the full stop", ["Heat helps.", "<[1]>, <[2]>"], {"[1]": [0], "[2]": [0]}),
    ("alone with nothing before it", ["<[9]>", "Heat helps."], {"[9]": [0]}),
    ("leading the next sentence", ["Heat helps.", "<[3]> Cold eases pain."], {"[3]": [0, 1]}),
    ("a subject that leads its own sentence", ["Heat helps.", "<[3]> found cold better."], {"[3]": [1]}),
    ("an author who leads", ["Heat helps.", "<Roe (2010)> Found it."], {"Roe (2010)": [1]}),
    ("going on", ["Heat changes nerves.", "These changes ease pain <[1]>."], {"[1]": [0, 1]}),
    ("going on with a plural", ["Nerves tire.", "They rest at night <[1]>."], {"[1]": [0, 1]}),
    ("going on with a part", ["Many foods help.", "Some of these are hot <[1]>."], {"[1]": [0, 1]}),
    ("going on behind another marker", ["Nerves tire <[1]>.", "These nerves rest <[2]>."], {"[1]": [0], "[2]": [1]}),
    ("not going on", ["Heat helps.", "This study asked people <[1]>."], {"[1]": [1]}),
    ("not going on with a verb", ["Heat helps.", "This is known <[1]>."], {"[1]": [1]}),
    ("no chain", ["Heat helps.", "This heat is good.", "This good is rare <[1]>."], {"[1]": [1, 2]}),
]


@pytest.mark.parametrize(("paragraph", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_marker_covers(paragraph: list[str], expected: dict[str, list[int]]) -> None:
    assert covered(paragraph) == expected


def test_another_paragraph_is_not_gone_back_to() -> None:
    assert covered(["Heat changes nerves.", "These changes ease pain <[1]>."], gap="\n\n\n\n") == {"[1]": [1]}
    assert covered(["Heat changes nerves.", "These changes ease pain <[1]>."], places=("p[1]", "p[2]")) == {"[1]": [1]}


def test_a_comment_between_two_sentences_does_not_part_them() -> None:
    assert covered(["Heat changes nerves.", "These changes ease pain <[1]>."], gap=" " * 40) == {"[1]": [0, 1]}


def test_a_marker_that_follows_a_statement_directly_is_that_ones() -> None:
    citation = Citation(text="1", start=11, end=12, line=1, references=("1",))
    statement = Statement(
        id="a",
        fingerprint="",
        text="Heat helps.",
        start=0,
        end=11,
        sentence=Span(start=0, end=11),
        line=1,
        section="",
        kind="fact",
        question=None,
        needs_source=True,
    )
    assert place([citation], [statement])[0].statements == ("a",)
    assert place([citation], [])[0].statements == ()


def test_a_citation_that_names_nothing_is_left_out_and_one_that_names_in_vain_is_kept() -> None:
    remark = Citation(text="[^a]", start=0, end=4, line=1)
    unknown = Citation(text="[9]", start=5, end=8, line=1, missing=("9",))
    assert [one.text for one in place([remark, unknown], [])] == ["[9]"]


@given(st.lists(st.sampled_from(["Heat helps.", "<[1]>", "These do <[2]>.", "<[3]> Rest.", "They <[4]> and <[5]>."])))
def test_every_marker_covers_its_own_statement_or_the_one_before(paragraph: list[str]) -> None:
    numbered = [text.replace("[", f"[{number}.") for number, text in enumerate(paragraph)]
    for marker, statements in covered(numbered).items():
        own = int(marker[1:].partition(".")[0])
        assert statements in ([own], [own - 1], [own - 1, own])


def test_the_benchmark_counts_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paragraph = {
        "sentences": [
            "Heat helps (Roe, 2010).",
            "Cold eases nerves.",
            "These nerves tire [2, <CITATION_MARKER>3</CITATION_MARKER>].",
        ],
        "labels": [0, 0, 1],
    }
    for part in benchmark.PARTS:
        (tmp_path / f"context_{part}.jsonl").write_text(json.dumps(paragraph) + "\n", "utf-8")
    benchmark.main(["--data", str(tmp_path), "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert (printed["dev precision"], printed["dev recall"], printed["dev F1"]) == (0.5, 1.0, 0.6667)


def test_people_s_marks_are_met_at_least_as_well_as_by_the_sentence_alone(shared: Path) -> None:
    data = benchmark.rows(shared / "data" / "citation-support" / "context_train.jsonl")
    true = [{index for index, label in enumerate(row.labels) if label} for row in data]
    assert benchmark.score(zip([benchmark.covered(row.sentences) for row in data], true, strict=True))[2] >= 0.94

"""The report on a bibliography by itself: counts, what was mended, and text from outside that stays text."""

from __future__ import annotations

import json

import pytest

from kb.model import Difference, Notice, NoticeKind, Reference, Resolution, Source
from kb.report.bibliography import Bibliography, Checked, counts, to_json, to_text

SOURCE = Source(id="doi:10.5555/roe", doi="10.5555/roe", title="Heat", abstract="Words of others.")
REFERENCE = Reference(id="roe", position=1, text="Roe. Heat", source=SOURCE.id)
RESOLUTION = Resolution(reference="roe", source=SOURCE.id, status="verified", said_by="Crossref", asked="2026-05-01")
ADDED = ("roe", Difference(field="doi", cited="", registered="10.5555/roe"))
CHANGED = ("roe", Difference(field="year", cited="2010", registered="2014"))


def file(*mended: tuple[str, Difference], written: bool = False, diff: str = "") -> Bibliography:
    return Bibliography(
        path="refs.bib",
        references=(REFERENCE,),
        resolutions=(RESOLUTION,),
        mended=mended,
        written=written,
        diff=diff,
    )


def shown(one: Bibliography, source: Source = SOURCE, width: int = 100) -> str:
    checked = Checked(as_of="2026-05-01", bibliographies=(one,), sources=(source,), notes=("Nobody was asked.",))
    return to_text(checked, colour=False, width=width)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (file(), "1 entry: 1 verified."),
        (file(ADDED), "1 entry: 1 verified; 1 field to mend."),
        (file(ADDED, CHANGED, written=True), "1 entry: 1 verified; 2 fields mended."),
        (Bibliography(path="empty.bib", references=(), resolutions=()), "0 entries."),
    ],
)
def test_a_file_in_one_sentence(one: Bibliography, words: str) -> None:
    assert counts(one, {SOURCE.id: SOURCE}) == words
    assert words in shown(one)


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (("retraction",), "1 entry: 1 verified; 1 retracted."),
        (("withdrawal",), "1 entry: 1 verified; 1 retracted."),
        (("correction", "expression of concern"), "1 entry: 1 verified."),
        (("retraction", "reinstatement"), "1 entry: 1 verified."),
    ],
)
def test_only_a_standing_retraction_is_counted_as_one(kinds: tuple[NoticeKind, ...], words: str) -> None:
    notices = tuple(Notice(kind=kind, said_by=("PubMed",)) for kind in kinds)
    assert counts(file(), {SOURCE.id: Source(id=SOURCE.id, notices=notices)}) == words


def test_what_is_mended_is_told_apart_from_what_would_be() -> None:
    assert "doi would be “10.5555/roe”" in shown(file(ADDED))
    assert "year would become “2014”" in shown(file(CHANGED))
    assert "year is now “2014”" in shown(file(CHANGED, written=True))
    assert "Not checked: Nobody was asked." in shown(file())


def test_the_json_holds_no_text_of_others_and_is_the_same_every_time() -> None:
    checked = Checked(as_of="2026-05-01", bibliographies=(file(ADDED),), sources=(SOURCE,))
    document = to_json(checked)
    assert "Words of others" not in document
    assert to_json(checked) == document
    (entry,) = json.loads(document)["bibliographies"][0]["entries"]
    assert (entry["key"], entry["resolution"], entry["said_by"], entry["asked"]) == (
        "roe",
        "verified",
        "Crossref",
        "2026-05-01",
    )
    assert entry["mended"] == [{"field": "doi", "before": "", "after": "10.5555/roe"}]


def test_hostile_text_is_shown_as_text_and_within_the_width() -> None:
    payload = "[red]x[/red] \x1b[2J\x07" + "y" * 300
    source = Source(id=SOURCE.id, notices=(Notice(kind="retraction", said_by=(payload,)),))
    text = shown(file(("roe", Difference(field=payload, cited="", registered=payload))), source, width=80)
    assert "[red]x[/red]" in " ".join(text.split())
    assert not {"\x1b", "\x07"} & set(text)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b[2J" not in shown(file(diff=f"+{payload}"))

"""DOIs as registries and publishers record them: none is lost, cut or changed, and texts hold as many as they hold."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.identifiers import doi_url, find_dois, parse_doi

_FLAWS = re.compile(r"\.$|&(?:lt|gt|amp);")
"""What depositors leave in the DOIs that they cite: the full stop of the sentence, and markup."""

_HELD = {
    "text_with_no_dois.txt": 0,
    "text_with_one_doi.txt": 1,
    "text_with_one_whitespace_doi.txt": 1,
    "text_with_many_dois.txt": 62,
}


@pytest.mark.parametrize(("name", "count"), _HELD.items())
def test_a_text_holds_as_many_dois_as_it_holds(shared: Path, name: str, count: int) -> None:
    file = shared / "data" / "doi-in-text" / name
    if not file.is_file():
        pytest.skip(f"no {file}")
    assert len({one.doi for one in find_dois(file.read_text("utf-8", errors="replace"))}) == count


@pytest.fixture(scope="module")
def recorded(shared: Path) -> tuple[str, ...]:
    """Every DOI of the reference lists and of the recorded answers, but not bare prefixes."""
    files = [*shared.glob("data/linking/*.gold.json"), *shared.glob("data/registry-responses/**/*.json")]
    if not files:
        pytest.skip(f"no recorded DOIs in {shared}")
    found: set[str] = set()
    for file in files:
        try:
            found.update(_dois(json.loads(file.read_text("utf-8"))))
        except ValueError:  # some answers were recorded as they came: cut short, or no JSON at all
            continue
    return tuple(sorted(doi for doi in found if "/" in doi))


def _dois(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.lower() == "doi" and isinstance(inner, str):
                yield inner
            else:
                yield from _dois(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _dois(inner)


def test_every_recorded_doi_survives_parsing_and_printing(recorded: tuple[str, ...]) -> None:
    assert len(recorded) > 1000
    for written in recorded:
        doi = parse_doi(written)
        assert doi is not None, written
        if not _FLAWS.search(written):
            assert doi == written.lower().removeprefix("https://doi.org/")
        assert parse_doi(doi_url(doi)) == doi


def test_every_recorded_doi_is_found_in_a_sentence(recorded: tuple[str, ...]) -> None:
    forms = itertools.cycle(["See ({}).", "see doi: {}, and", "<i>{}</i>;", "**{}**", "[1](https://doi.org/{})"])
    plain = [
        doi for written in recorded if (doi := parse_doi(written)) and not re.search(r"[ #]", doi) and not _torn(doi)
    ]
    text = "\n".join(form.format(doi) for form, doi in zip(forms, plain, strict=False))
    assert [one.doi for one in find_dois(text)] == plain


def _torn(doi: str) -> bool:
    """Whether a bracket closes that none opened: markup that a depositor mangled."""
    return any(doi.count(opener) < doi.count(closer) for opener, closer in ("()", "[]", "<>"))

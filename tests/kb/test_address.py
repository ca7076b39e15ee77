"""Addresses of knowledge bases: which are understood, and that none ever shows a password."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.errors import StoreError
from kb.store.address import Address, place, setting


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("postgresql://ada@db.example.org:5433/evidence", "postgresql://ada@db.example.org:5433/evidence"),
        ("postgres://ada:secret@db.example.org/evidence", "postgresql://ada@db.example.org/evidence"),
        ("postgresql+psycopg://ada:secret@db/e?sslmode=require", "postgresql://ada@db/e"),
        ("POSTGRESQL://ada:secret@db/e", "postgresql://ada@db/e"),
        ("postgresql:///evidence", "postgresql:///evidence"),
        ("postgresql://db.example.org", "postgresql://db.example.org/"),
        ("postgresql://%2Frun%2Fpostgresql/evidence", "postgresql://%2Frun%2Fpostgresql/evidence"),
        ("postgresql://ada@/evidence?host=/run/postgresql&password=secret", "postgresql://ada@/evidence"),
        ("postgresql://ada:se%40cr%3Aet@[::1]:5432/evidence", "postgresql://ada@[::1]:5432/evidence"),
        ("postgresql://ada:secret@one:5432,two/evidence", "postgresql://ada@one:5432,two/evidence"),
        (" postgresql://ada:secret@db/evidence\n", "postgresql://ada@db/evidence"),
    ],
)
def test_an_address_is_shown_without_password_and_settings(given: str, shown: str) -> None:
    found = place(given)
    assert isinstance(found, Address)
    assert (str(found), repr(found)) == (shown, shown)
    assert place(setting(found)) == found


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://ada:se@cret@db/evidence",
        "postgresql://ada:se/cret@db/evidence",
        "postgresql://ada:12/cret@db/evidence",
        "postgresql://ada:12?cret@db/evidence",
        "postgresql://ada:12?a=secret@db/evidence",
        "postgresql://ada:se#cret@db/evidence",
        "postgresql://ada:secret @db/evidence",
        "postgresql://ada:secret@db:port/evidence",
        "postgresql://ada:secret@db/evidence/more",
        "postgresql://ada:secret@db/evidence?sslmode",
        "postgresql:/ada:secret@db/evidence",
        "postgresql:ada:secret@db/evidence",
        "postgresql+psycopg2://ada:secret@db/evidence",
        "postgresql+://ada:secret@db/evidence",
        "mysql://ada:secret@db/evidence",
        "https://ada:secret@db/evidence",
        "postgresql://ada:secret@[db/evidence",
        "postgresql://" + "a," * 1_000_000,
        "postgresql://" + "a@" * 1_000_000,
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(given: str) -> None:
    for form in (given, Path(given[:200])):
        with pytest.raises(
            StoreError, match=r"this is no address of a knowledge base; write it as postgresql://"
        ) as told:
            place(form)
        assert told.value.exit_code == 3
        assert "cret" not in str(told.value)
        assert "\n" not in str(told.value)


@pytest.mark.parametrize("given", ["knowledge.db", "C:/evidence.db", ".kb/what?mode=ro.db", "a:b", "user@host/kb.db"])
def test_everything_else_is_a_path(given: str) -> None:
    assert place(given) == Path(given)
    assert place(Path(given)) == Path(given)
    assert place(setting(place(given))) == Path(given).resolve()


def test_a_path_that_was_made_of_an_address_is_refused() -> None:
    with pytest.raises(StoreError, match="no address"):
        place(Path("postgresql://ada:secret@db/evidence"))


@given(st.text(min_size=4).filter(lambda words: words not in "postgresql://ada@db.example.org:5432/evidence"))
@example("@db/evidence")
@example("12?a=b")
def test_a_password_of_any_letters_is_not_shown(password: str) -> None:
    """Most of them are not encoded as they must be, so the address is refused; a mistake must not show them either."""
    try:
        shown = str(place(f"postgresql://ada:{password}@db.example.org:5432/evidence"))
    except StoreError as error:
        assert error.problem == "this is no address of a knowledge base"
        assert error.place == "--kb or KB_DATABASE"
    else:
        assert shown == "postgresql://ada@db.example.org:5432/evidence"

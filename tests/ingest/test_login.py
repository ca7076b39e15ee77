"""Who is believed on who sits before the screen: the proxy alone, on its own connection."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ingest.commands.login import BELIEVED, HEADER, PROXY, reviewer

STARTED = {PROXY: "10.1.2.3, 192.0.2.0/28,::1", HEADER: "X-Forwarded-User", BELIEVED: ""}
ZOE = "Zoë Roe"


def who(peer: str | None, *values: str, **environment: str) -> tuple[str, bool, str]:
    found = reviewer(STARTED | environment, lambda: (peer, lambda name: values if name == "X-Forwarded-User" else ()))
    return found.name, found.known, found.refused


@pytest.mark.parametrize("environment", [{}, {PROXY: "", HEADER: ""}], ids=["not set", "empty"])
def test_without_a_login_everybody_says_who_they_are(environment: Mapping[str, str]) -> None:
    found = reviewer(environment, lambda: ("10.1.2.3", lambda name: ["Ann Lee"]))
    assert (found.name, found.known, found.refused) == ("", False, "")


@pytest.mark.parametrize("peer", ["10.1.2.3", "192.0.2.9", "::1", "::ffff:10.1.2.3"])
def test_the_proxy_is_believed(peer: str) -> None:
    assert who(peer, "Ann Lee") == ("Ann Lee", True, "")


@pytest.mark.parametrize("peer", ["10.1.2.4", "192.0.2.16", "127.0.0.1", "::2", "", None, "10.1.2.3, 10.1.2.3", "x"])
def test_nobody_else_is(peer: str | None) -> None:
    name, known, refused = who(peer, "Ann Lee")
    assert (name, known) == ("", False)
    assert "did not come through the login" in refused


SAYS = [
    ("Zo\u00c3\u00ab Roe", ZOE),  # UTF-8, as a server hands it on
    ("Zo\u00eb Roe", ZOE),  # Latin-1
    (" Ann\tLee ", "Ann Lee"),
    ("Ann\x1b[31m\u00e2\u0080\u00aeLee", "Ann�[31m�Lee"),
    ("<b>Ann</b>", "<b>Ann</b>"),
    ("Ann%20Lee", "Ann%20Lee"),  # who chooses a login of that kind is not taken for Ann Lee
    ("UTF-8''Ann%20Lee", "UTF-8''Ann%20Lee"),
]


@pytest.mark.parametrize(("value", "name"), SAYS)
def test_a_name_is_one_line_of_text(value: str, name: str) -> None:
    assert who("10.1.2.3", value) == (name, True, "")


@pytest.mark.parametrize("value", ["Zo%C3%AB%20Roe", "UTF-8''Zo%c3%ab%20Roe", "utf-8'en'Zo%C3%AB Roe", "Zo%EB Roe"])
def test_an_encoded_name_is_read_where_that_was_said(value: str) -> None:
    assert who("10.1.2.3", value, **{HEADER: "X-Forwarded-User*"}) == (ZOE, True, "")


NO_NAME = [
    ((), "the login told no name"),
    ((" ",), "the login told no name"),
    (("Ann Lee", "Bo Yu"), "came several times"),
    (("x" * 201,), "more than 200 characters"),
]


@pytest.mark.parametrize(("values", "problem"), NO_NAME, ids=["none", "blank", "two", "long"])
def test_where_no_name_is_told_nothing_can_be_said(values: tuple[str, ...], problem: str) -> None:
    name, known, refused = who("10.1.2.3", *values)
    assert (name, known) == ("", False)
    assert problem in refused


@pytest.mark.parametrize("value", ["127.0.0.1", "*", None])
def test_an_address_that_a_header_may_have_told_is_not_believed(value: str | None) -> None:
    environment = {name: said for name, said in (STARTED | {BELIEVED: value}).items() if said is not None}
    found = reviewer(environment, lambda: ("10.1.2.3", lambda name: ["Ann Lee"]))
    assert not found.known
    assert "not started by `kb app`" in found.refused

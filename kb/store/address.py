"""Where a knowledge base is: a file, or the address of a database on a server of PostgreSQL.

Read here by a strict grammar, so that a password never stands in a message: whatever does not follow it is not shown.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeAlias

from kb.errors import StoreError

EXAMPLE = "postgresql://user@host:5432/name"

_IS_ADDRESS = re.compile(r"\s*(?:postgres(?:ql)?(?:\+\w*)?:|[a-z][a-z0-9+.-]+:/)", re.IGNORECASE)
"""What is meant as an address, well written or not: to take one for a path would put its password into a file's name.
A `Path` has one slash of two."""
_GRAMMAR = re.compile(
    r"""postgres(?:ql)?(?:\+psycopg)?://
    (?:(?P<user>[^\s:@/?#]*)(?::(?P<password>[^\s@/?#]*))?@)?
    (?P<hosts>[^\s:@/?#\[\],]*(?::[0-9]{1,5})?(?:,[^\s:@/?#\[\],]*(?::[0-9]{1,5})?){0,9}|\[[0-9a-f:.%]{2,60}\](?::[0-9]{1,5})?)
    (?:/(?P<name>[^\s:@/?#]*))?
    (?:\?(?P<settings>[\w.-]+=[^\s@&#?]*(?:&[\w.-]+=[^\s@&#?]*){0,30}))?""",
    re.VERBOSE | re.IGNORECASE,
)


class Address:
    """A database on a server; as text it is shown without password and settings.

    Parameters
    ----------
    given
        As `EXAMPLE`, with ``postgres://`` or ``postgresql+psycopg://`` too; all that libpq reads may stand in it
        (``?sslmode=require``, ``postgresql:///name`` for a server on this machine).

    Raises
    ------
    StoreError
        It is no such address.

    Examples
    --------
    >>> print(Address("postgres://ada:secret@db.example.org/evidence?sslmode=require"))
    postgresql://ada@db.example.org/evidence
    """

    def __init__(self, given: str) -> None:
        found = _GRAMMAR.fullmatch(given.strip())
        if found is None:
            remedy = f"write it as {EXAMPLE}; in a password, @ : / ? # % are written as %40 %3A %2F %3F %23 %25"
            raise StoreError("this is no address of a knowledge base", place="--kb or KB_DATABASE", remedy=remedy)
        user, hosts, name = (found[part] or "" for part in ("user", "hosts", "name"))
        _, _, self._rest = given.strip().partition("://")
        self._shown = f"postgresql://{user}{'@' * bool(user)}{hosts}/{name}"

    def __str__(self) -> str:
        return self._shown

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and other.whole() == self.whole()

    def __hash__(self) -> int:
        return hash(self.whole())

    def whole(self) -> str:
        """The address as libpq reads it, with its password: for the driver, and for a process that goes on with it."""
        return f"postgresql://{self._rest}"

    def exists(self) -> bool:
        """True: what the server holds shows when it is opened, and a new database is given its tables then."""
        return True


Place: TypeAlias = Path | Address


def place(given: Place | str) -> Place:
    """Where a knowledge base is, as the user wrote it.

    Raises
    ------
    StoreError
        It is an address, and none of a knowledge base.
    """
    if isinstance(given, Address):
        return given
    return Address(str(given)) if _IS_ADDRESS.match(str(given)) else Path(given)


def setting(place: Place) -> str:
    """A place as another process reads it out of ``KB_DATABASE``, wherever that runs."""
    return place.whole() if isinstance(place, Address) else str(place.resolve())

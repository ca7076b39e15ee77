"""``kb review``: a person's word on a statement, on what a source says of it, or on a source, with a reason."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import reduce
from pathlib import Path
from typing import NamedTuple, get_args

import click

from ingest.commands.options import as_of_option, bibliography_option, frozen_option, kb_option, knowledge_base, leave
from ingest.commands.reviews import kept_reviews, read_reviews, write_reviews
from ingest.config import find_project, read_settings
from kb.errors import UsageError, one_line, printable
from kb.model import Audit, Certainty, Review, Subject
from kb.settings import Settings

_HELP = """Say what you think of an article's statements and sources; your word is kept beside the program's.

Without a VALUE everything that can be reviewed is listed, with what it is called here. With one, your word on the
statement in that line is kept, or with --source on what that source says of it:

\b
  kb review knees.md                                      what there is
  kb review knees.md:12 supported --reason "table 2 of Roe has it"
  kb review knees.md:12.2 supports --source roe2010 --reason "page 4"
  kb review knees.md:12 --needs-source no --reason "textbook knowledge"
  kb review knees.md --source roe2010 --design cohort --reason "nobody was randomized"
  kb review knees.md --source roe2010 --resolution verified --reason "the book is on my desk"
  kb review knees.md:12 --withdraw

A statement may be: supported, partly supported, contested, not substantiated, unsupported, not checked, needs no
source. A source supports it, says it partly, disputes it, does not address it ("does not address"), or is not checked.

Your word goes into evidence.reviews.json of the project, for version control, and into the knowledge base. The latest
word of each person counts, as long as statement and source are the same; where people disagree, the program's verdict
stands and is marked as disputed. Opens no socket."""
_NEEDS = {"yes": "needs a source", "no": "needs no source"}
_SUBJECTS: Mapping[str, Subject] = {
    "statement": "statement",
    "line": "line",
    "design": "design",
    "resolution": "resolution",
    "need": "need of a source",
}


class Wish(NamedTuple):
    """What a person wants to say: of what, and which value; empty to take back what they said."""

    subject: Subject
    value: str


@click.command("review", help=_HELP, short_help="A person's word on a statement or source.")
@click.argument("place", metavar="ARTICLE[:LINE]")
@click.argument("value", required=False)
@click.option("--reason", metavar="TEXT", default="", help="Why: one line. Needed for every word but a withdrawal.")
@click.option("--source", metavar="REFERENCE", default="", help="Id, number in the list, DOI or PMID of a reference.")
@click.option("--certainty", type=click.Choice(get_args(Certainty)), help="Beside a verdict: how certain it is.")
@click.option("--design", metavar="DESIGN", help="The study design of the source.")
@click.option("--resolution", metavar="STATUS", help="Whether the reference leads to the work that is meant.")
@click.option("--needs-source", type=click.Choice(list(_NEEDS)), help="Whether the statement needs a source.")
@click.option("--withdraw", is_flag=True, help="Take back what you said.")
@click.option("--subject", type=click.Choice(list(_SUBJECTS)), help="Which of your words to take back.")
@click.option("--person", metavar="NAME", help="Who says so. [default: the setting 'reviewer', or git's user.name]")
@kb_option
@bibliography_option
@as_of_option
@frozen_option
def command(
    place: str,
    value: str | None,
    reason: str,
    source: str,
    certainty: str | None,
    design: str | None,
    resolution: str | None,
    needs_source: str | None,
    withdraw: bool,
    subject: str | None,
    person: str | None,
    database: str | None,
    bibliography: Sequence[str],
    as_of: str | None,
    frozen: bool,
) -> None:
    """Take a person's word, or list what there is to say."""
    from ingest.commands.auditing import audited, keep
    from ingest.commands.reviewable import place_of, review_of, source_named, target_of, withdrawals
    from ingest.commands.reviewing import listing, outcome
    from kb.reviews import FILE, merge, put

    project, base = find_project(Path.cwd()), knowledge_base(database)
    settings = read_settings(project, as_of=as_of)
    own, kept = read_reviews(project), kept_reviews(base)
    article, where = place_of(place)
    _refuse_page(article)

    def audit(reviews: Sequence[Review]) -> Audit:
        audits, failed = audited(
            [article],
            bibliography,
            offline=True,
            as_of=as_of,
            frozen=frozen,
            remember=not frozen,
            reviews=merge(reviews, kept),
        )
        leave(failed)
        return audits[0]

    given = {"design": design, "resolution": resolution, "need": _NEEDS.get(needs_source or ""), "statement": value}
    wish = _wish(given, subject, of_line=bool(source), certainty=certainty, withdraw=withdraw)
    before = audit(own)
    if wish is None:
        _print(listing(before))
        return
    target = target_of(before, wish.subject, where, source_named(source))
    said = {"person": _person(person, settings), "date": settings.as_of, "reason": _reason(reason, withdraw=withdraw)}
    if withdraw:
        words = withdrawals(target, before, merge(own, kept), **said)
    else:
        words = (review_of(target, before, value=wish.value, **said),)
    new = reduce(put, words, own)
    after = audit(new)
    write_reviews(project, own, new)
    _print(outcome(before, after, target, words[-1]))
    click.echo(f"kept in {FILE}")
    keep([after], base)


def _wish(
    given: Mapping[str, str | None], subject: str | None, *, of_line: bool, certainty: str | None, withdraw: bool
) -> Wish | None:
    """What the options ask for; None where nothing is said."""
    from kb.strength.people import VALUES, nearest, with_certainty

    told = [(name, value) for name, value in given.items() if value is not None]
    if not told and not withdraw:
        if certainty or subject:
            raise UsageError("nothing is said", remedy="give a VALUE, such as supported")
        return None
    if len(told) > 1 or (told and withdraw):
        raise UsageError(
            "one word at a time", remedy="give one VALUE, --design, --resolution, --needs-source or --withdraw"
        )
    name, value = told[0] if told else ("statement", "")
    chosen = _SUBJECTS[subject or ("line" if name == "statement" and of_line else name)]
    value = " ".join(value.casefold().split())
    if withdraw:
        return Wish(chosen, "")
    if certainty:
        value = with_certainty(value, certainty)
    if value not in VALUES[chosen]:
        raise UsageError(
            f"'{one_line(value)[:60]}' is nothing to say of a {chosen}", remedy=nearest(value, VALUES[chosen])
        )
    return Wish(chosen, value)


def _refuse_page(article: str) -> None:
    from ingest.http.addresses import is_address

    if is_address(article):
        raise UsageError("is a page, and only files are reviewed", place=article, remedy="save it and give the file")


def _person(given: str | None, settings: Settings) -> str:
    """Who speaks: the option, the setting, or the user of git."""
    from kb.strength.people import LONGEST_NAME

    name = one_line(given if given is not None else settings.reviewer or _user_of_git())
    if not name:
        raise UsageError("who says so?", remedy="give --person NAME, set 'reviewer', or `git config user.name`")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"the name has more than {LONGEST_NAME} characters", remedy="give a shorter one")
    return name


def _user_of_git() -> str:
    """The name that git would write into a commit; empty where there is no git or no name. Reading it runs no hook."""
    git = shutil.which("git")
    if git is None:
        return ""
    with suppress(OSError, subprocess.SubprocessError):
        asked = subprocess.run(
            [git, "config", "--get", "user.name"], capture_output=True, stdin=subprocess.DEVNULL, timeout=5, check=False
        )
        return asked.stdout.decode("utf-8", "replace")
    return ""


def _reason(given: str, *, withdraw: bool) -> str:
    from kb.strength.people import LONGEST_REASON

    reason = one_line(given)
    if not reason and not withdraw:
        raise UsageError("why?", remedy='give a reason: --reason "…"')
    if len(reason) > LONGEST_REASON:
        raise UsageError(f"the reason has more than {LONGEST_REASON:,} characters", remedy="say it in one line")
    return reason


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))

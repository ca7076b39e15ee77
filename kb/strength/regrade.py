"""Graded again as if some sources had just been retracted, by the same steps that grade them when they are.

What a statement rests on is what it cites itself; where it cites nothing and goes no further, it is what it leans on
(`kb.strength.verdict`). Only statements that rest on a fallen source in this way are graded again, so that all others
keep what was found of them, by whatever version of the program.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

import msgspec

from kb.graph import retraction
from kb.model import Assessment, Audit, Notice, Source, Statement
from kb.strength.overruled import ids, verdicts
from kb.strength.people import Said
from kb.strength.standing import is_notice
from kb.strength.verdict import assess

_AFTER_ALL_WORDS = "9999-12-31"
"""The day of a retraction that nobody who spoke can have known of."""
_RETRACTED = "Retracted Publication"
"""The publication type that PubMed gives to retracted works."""


def regraded(audit: Audit, fallen: Collection[str]) -> tuple[Assessment, ...]:
    """The assessments as an audit would give them if sources were retracted now, in the order of those that are there.

    Everything else is as it is, people's words included: on sources, references and lines they hold. A word on the
    verdict of a statement that cites a fallen source was given before that and does not hold; one on a statement that
    only leans on such a one does, as it does after a real retraction.

    Time is linear in the audit, and in the squares of the sources that one statement cites.

    Parameters
    ----------
    audit
        Whole, or a part of one with all that its statements lean on, as `kb.store.store.Store.parts` gives it.
    fallen
        Ids of sources. One that is retracted already keeps its own notices, and words given since then hold.

    Returns
    -------
    tuple
        Reasons name a retraction without a date. Words that were given for a statement that is no longer in the
        article are not looked for; they never decide.
    """
    resting = resting_on(audit, fallen)
    if not resting:
        return audit.assessments
    statements = [statement for statement in audit.statements if statement.id in resting]
    again = {one.statement: one for one in _assessed(audit, statements, frozenset(fallen))}
    return tuple(again.get(one.statement, one) for one in audit.assessments)


def resting_on(audit: Audit, fallen: Collection[str]) -> dict[str, str | None]:
    """The ids of the statements that rest on these sources, each with that of the one through which it does.

    That is None for a statement with an evidence line on one of them. The others come after those that they lean on.
    """
    named = frozenset(fallen)
    direct = {line.statement for line in audit.evidence if line.source in named}
    citing = {line.statement for line in audit.evidence}
    citing.update(statement for citation in audit.citations for statement in citation.statements)
    leaning: defaultdict[str, list[str]] = defaultdict(list)
    for one in audit.statements:
        if one.leans_on and one.needs_source and not one.goes_beyond and one.id not in citing:
            leaning[one.leans_on].append(one.id)
    found: dict[str, str | None] = {one.id: None for one in audit.statements if one.id in direct}
    ahead = list(found)
    for base in ahead:
        for name in leaning.pop(base, ()):
            found[name] = base
            ahead.append(name)
    return found


def has_fallen(source: Source) -> bool:
    """Whether a source is retracted or withdrawn as it is; a notice of another work's retraction is not."""
    return retraction(source) is not None and not is_notice(source)


def _assessed(audit: Audit, statements: list[Statement], fallen: frozenset[str]) -> tuple[Assessment, ...]:
    fingerprints = {statement.fingerprint for statement in statements}
    said = Said((one for one in audit.reviews if one.fingerprint in fingerprints), audit.article.id, statements)
    known = ids(audit.references, audit.resolutions, audit.sources)
    word = verdicts(statements, audit.evidence, _without(audit.sources, fallen, _AFTER_ALL_WORDS), known, said)
    sources = _without(audit.sources, fallen)
    return assess(
        statements, audit.evidence, audit.citations, audit.resolutions, sources, audit.article.date, reviewed=word
    )


def _without(sources: Collection[Source], fallen: frozenset[str], day: str | None = None) -> tuple[Source, ...]:
    return tuple(_fallen(source, day) if source.id in fallen else source for source in sources)


def _fallen(source: Source, day: str | None) -> Source:
    """The source with its retraction, as registries tell of it: by a notice, and by a publication type.

    Other notices say nothing any more of a source that cannot stand, and a reinstatement would undo the retraction.
    """
    if has_fallen(source):
        return source
    notice = Notice(kind="retraction", said_by=(), date=day)
    return msgspec.structs.replace(source, notices=(notice,), publication_types=(_RETRACTED,))

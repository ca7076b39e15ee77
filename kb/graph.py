"""Records become one graph: articles, statements, references and the sources that articles share.

Every attribute is a string, a number, a truth value, None, or a list of strings, so a graph can be written as JSON.

========= ========================================= =========================================================
node      id                                        attributes beside ``type``
========= ========================================= =========================================================
article   ``article:<article id>``                  ``title``, ``date``, ``language``, ``as_of``
statement ``statement:<article id>#<statement id>`` ``article``, ``text``, ``kind``, ``question``, ``section``,
                                                    ``line``, ``needs_source``, ``signals``, ``verdict``,
                                                    ``level``, ``certainty``, ``lines``, ``fingerprint``,
                                                    ``reviewed``
reference ``reference:<article id>#<reference id>`` ``article``, ``text``, ``position``, ``title``, ``year``,
                                                    ``doi``, ``pmid``, ``cited``
source    the source's own id, ``doi:…`` or other   ``known``, and where it is: ``title``, ``year``,
                                                    ``container``, ``doi``, ``pmid``, ``design``, ``notices``,
                                                    ``retracted``, ``reviewed``
========= ========================================= =========================================================

``reviewed`` is what became of people's word (`kb.model.Reviewed`) on a verdict or a design; None where nobody spoke.

A source that another one cites and that no article does has ``known`` False and no other attribute. One that is cited
by its PubMed id and known by its DOI is one node.

======================= ====================== ==============================================================
edge (its key)          from → to              attributes
======================= ====================== ==============================================================
``contains``            article → statement
``lists``               article → reference
``leansOn``             statement → statement  ``goes_beyond``
``cites``               statement → reference
``identifies``          reference → source     ``status``
``cites``               source → source
``obtainsSupportFrom``  statement → source     ``direction``, ``extent``, ``level``, ``certainty``
``disputes``            statement → source     the same
``citesForInformation`` statement → source     the same
``citesAsEvidence``     statement → source     the same
======================= ====================== ==============================================================

The last four are properties of CiTO, the Citation Typing Ontology (Peroni and Shotton, 2012).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kb.model import Audit, Direction, Notice, NoticeKind, Reviewed, Source

if TYPE_CHECKING:
    import networkx

CITO: Mapping[Direction, str] = MappingProxyType(
    {
        # Not cito:supports, which says that the citing work supports the cited one.
        "supports": "obtainsSupportFrom",
        "disputes": "disputes",
        "neutral": "citesForInformation",
        "not checked": "citesAsEvidence",
    }
)
"""What a direction is called as a typed citation from a statement to a source."""


def article_node(article: str) -> str:
    """The node of an article, by its id."""
    return f"article:{article}"


def statement_node(article: str, statement: str) -> str:
    """The node of a statement; its id is only unique within its article."""
    return f"statement:{article}#{statement}"


def reference_node(article: str, reference: str) -> str:
    """The node of a reference; its id is only unique within its article."""
    return f"reference:{article}#{reference}"


def retraction(source: Source) -> Notice | None:
    """The retraction or withdrawal that stands, the latest where there are several; None where there is none.

    A correction, an expression of concern and a partial retraction are no retraction.
    """
    return standing_notice(source, "retraction", "withdrawal")


def standing_notice(source: Source, *kinds: NoticeKind) -> Notice | None:
    """The latest notice of these kinds that stands; None where there is none.

    A reinstatement undoes every one that is not known to be later; dates are compared as far as both go.
    """
    if not source.notices:
        return None
    undone_by = [notice for notice in source.notices if notice.kind == "reinstatement"]
    standing = [
        notice
        for notice in source.notices
        if notice.kind in kinds and all(is_later(notice.date, undone.date) for undone in undone_by)
    ]
    return max(standing, key=lambda notice: notice.date or "", default=None)


def is_later(date: str | None, other: str | None) -> bool:
    """Whether a date is known to be later than another, both ISO 8601 as far as they are known.

    >>> is_later("2021-06", "2019-03-04"), is_later("2019", "2019-03-04"), is_later(None, "2019")
    (True, False, False)
    """
    if not date or not other:
        return False
    shared = min(len(date), len(other))
    return date[:shared] > other[:shared]


def newer_source(known: Source, told: Source) -> Source:
    """Which of two records of one source to keep: the one that a registry was asked about last.

    ``told`` is kept where both are as new, so that a repeated audit can correct what is known; ``known`` is kept where
    only it was asked about, or where ``told`` lacks more, so that what comes out of a lock, or out of an export without
    texts, takes nothing away.
    """
    return known if (_asked(known), _lacking(told)) > (_asked(told), _lacking(known)) else told


def _lacking(source: Source) -> int:
    """How many facts a record lacks although it names who said them, as one out of a lock does."""
    return len({name for said in source.said for name in said.fields if not getattr(source, name, True)})


def _asked(source: Source) -> str:
    return max((said.asked or "" for said in source.said), default="")


def build_graph(audits: Iterable[Audit], sources: Iterable[Source] = ()) -> networkx.MultiDiGraph[str]:
    """Build the graph of these audits; the tables above say what is in it.

    Nodes and edges come in the order of article ids and, within an article, of its records, so the same records give
    the same graph. A source that several articles cite is one node, described by its newest record (`newer_source`).
    Time and memory are linear in the number of records and of citations among sources.

    Parameters
    ----------
    audits
        At most one of each article; an audit may be a part of one, as `kb.store.store.Store.parts` gives it.
    sources
        Works that no article needs to name, such as those that its sources cite.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    ordered = sorted(audits, key=lambda audit: audit.article.id)
    for audit in ordered:
        _add_article(graph, audit)
        _add_statements(graph, audit)
        _add_references(graph, audit)
    _add_sources(graph, [*(source for audit in ordered for source in audit.sources), *sources])
    for audit in ordered:
        _add_links(graph, audit)
    return graph


def _add_article(graph: networkx.MultiDiGraph[str], audit: Audit) -> None:
    article = audit.article
    graph.add_node(
        article_node(article.id),
        type="article",
        title=article.title,
        date=article.date,
        language=article.language,
        as_of=audit.as_of,
    )


def _add_statements(graph: networkx.MultiDiGraph[str], audit: Audit) -> None:
    article = audit.article.id
    assessed = {assessment.statement: assessment for assessment in audit.assessments}
    for statement in audit.statements:
        assessment = assessed.get(statement.id)
        node = statement_node(article, statement.id)
        graph.add_node(
            node,
            type="statement",
            article=article,
            text=statement.text,
            kind=statement.kind,
            question=statement.question,
            section=statement.section,
            line=statement.line,
            place=statement.place,
            needs_source=statement.needs_source,
            signals=list(statement.signals),
            verdict=assessment.verdict if assessment else None,
            level=assessment.level if assessment else None,
            certainty=assessment.certainty if assessment else None,
            lines=assessment.lines if assessment else 0,
            fingerprint=statement.fingerprint,
            reviewed=_state(assessment.reviewed if assessment else None),
        )
        graph.add_edge(article_node(article), node, key="contains")


def _add_references(graph: networkx.MultiDiGraph[str], audit: Audit) -> None:
    article = audit.article.id
    cited = Counter(reference for citation in audit.citations for reference in citation.references)
    for reference in audit.references:
        node = reference_node(article, reference.id)
        graph.add_node(
            node,
            type="reference",
            article=article,
            text=reference.text,
            position=reference.position,
            title=reference.title,
            year=reference.year,
            doi=reference.doi,
            pmid=reference.pmid,
            cited=cited[reference.id],
        )
        graph.add_edge(article_node(article), node, key="lists")


def _add_sources(graph: networkx.MultiDiGraph[str], sources: Iterable[Source]) -> None:
    newest: dict[str, Source] = {}
    for source in sources:
        newest[source.id] = newer_source(newest.get(source.id, source), source)
    for source in newest.values():
        graph.add_node(
            source.id,
            type="source",
            known=True,
            title=source.title,
            authors=list(source.authors),
            year=source.year,
            container=source.container,
            doi=source.doi,
            pmid=source.pmid,
            design=source.design,
            notices=[notice.kind for notice in source.notices],
            retracted=retraction(source) is not None,
            reviewed=_state(source.design_reviewed),
        )
    by_pmid = {f"pmid:{source.pmid}": source.id for source in newest.values() if source.pmid}
    for source in newest.values():
        for named in source.cites:
            cited = named if named in newest else by_pmid.get(named, named)
            if cited not in graph:
                graph.add_node(cited, type="source", known=False)
            graph.add_edge(source.id, cited, key="cites")


def _add_links(graph: networkx.MultiDiGraph[str], audit: Audit) -> None:
    """Add what leads from statements and references to other nodes, which are all there by now."""
    article = audit.article.id
    for statement in audit.statements:
        if statement.leans_on is not None:
            leant_on = statement_node(article, statement.leans_on)
            own = statement_node(article, statement.id)
            graph.add_edge(own, leant_on, key="leansOn", goes_beyond=statement.goes_beyond)
    for citation in audit.citations:
        for citing in citation.statements:
            for cited in citation.references:
                graph.add_edge(statement_node(article, citing), reference_node(article, cited), key="cites")
    status = {resolution.reference: resolution.status for resolution in audit.resolutions}
    for reference in audit.references:
        node = reference_node(article, reference.id)
        graph.add_edge(node, reference.source, key="identifies", status=status.get(reference.id, "not attempted"))
    for line in audit.evidence:
        graph.add_edge(
            statement_node(article, line.statement),
            line.source,
            key=CITO[line.direction],
            direction=line.direction,
            extent=line.extent,
            level=line.level,
            certainty=line.certainty,
        )


def _state(reviewed: Reviewed | None) -> str | None:
    return reviewed.state if reviewed else None

"""The knowledge base as one object: store → records → graph and tables.

In a notebook::

    from kb import KnowledgeBase

    with KnowledgeBase.open(".kb/knowledge.db") as base:
        bare = base.statements().query("verdict == 'unsupported'")[["article", "line", "text"]]
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Unpack

import msgspec

from kb.errors import StoreError
from kb.graph import build_graph
from kb.model import Audit, Review, Source
from kb.questions.advice import Advice, advise
from kb.questions.offers import Told, in_words, sound, told
from kb.questions.overall import MOST_ARTICLES
from kb.questions.shown import MOST
from kb.report import columns, tables
from kb.reviews import merge

if TYPE_CHECKING:
    import networkx
    import pandas

    from kb.questions.contested import Contested
    from kb.questions.elsewhere import Others
    from kb.questions.impact import Impact
    from kb.questions.independence import Independence
    from kb.questions.listing import Card, Listing, Wish
    from kb.questions.load_bearing import LoadBearing
    from kb.questions.overall import Overall
    from kb.questions.search import Fits, Found
    from kb.questions.stale import Stale
    from kb.questions.stated import Stated
    from kb.questions.states import State
    from kb.questions.traced import Trace
    from kb.report.exchange.bringing import Brought
    from kb.report.exchange.incoming import Export
    from kb.store.address import Place
    from kb.store.sql import ArticleSummary
    from kb.store.store import Store


class Around(NamedTuple):
    """What sources are tied to.

    Attributes
    ----------
    parts
        Of the articles that rest on them, the statements that do.
    sources
        They themselves, what they cite and who cites them, as far as these are known.
    resting
        How many statements rest on them, where that is more than are told.
    """

    parts: tuple[Audit, ...]
    sources: tuple[Source, ...]
    resting: int


class KnowledgeBase:
    """What is known of all articles that were audited into one place; get one from `open`, best in a ``with``.

    Every method raises `kb.errors.StoreError` where it cannot be read or written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, where: Place | str, *, new: bool = True) -> KnowledgeBase:
        """Open the knowledge base at a path or an address (`kb.store.address`).

        Parameters
        ----------
        new
            Whether one is made where there is none.

        Raises
        ------
        StoreError
            It cannot be made or reached, is no knowledge base, a newer version wrote it, or there is none.
        """
        from kb.store.address import place
        from kb.store.store import Store

        if not new and not place(where).exists():
            problem, remedy = "there is no knowledge base (any more)", "audit an article, which makes one"
            raise StoreError(problem, place=str(where), remedy=remedy)
        return cls(Store.open(where))

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file or the connection back."""
        self._store.close()

    def add(self, audit: Audit) -> None:
        """Keep an audit in place of what was known of its article; reviews stay (`kb.store.Store.save`)."""
        self._store.save(audit)

    def add_all(self, audits: Iterable[Audit]) -> None:
        """Keep many audits, which is faster than one at a time (`kb.store.store.Store.save_all`)."""
        self._store.save_all(audits)

    def say(self, article: str, words: Sequence[Review]) -> tuple[Audit, Audit]:
        """Keep people's words and apply them to the audit of an article (`kb.rules.spoken.with_words`).

        Nobody else writes meanwhile, so that of two who speak at once both are heard.

        Parameters
        ----------
        words
            New ones, and those that are known beside them; of two of one person and day the later counts, and of one
            that the knowledge base holds and one of these, this one.

        Returns
        -------
        tuple
            The audit before and after.

        Raises
        ------
        UsageError
            There is no such article.
        """
        from kb.rules.spoken import with_words

        def spoken(audit: Audit) -> Audit:
            after = with_words(audit, merge(words, audit.reviews))
            elsewhere = tuple(one for one in audit.reviews if one not in after.reviews and one not in words)
            return msgspec.structs.replace(after, reviews=(*elsewhere, *after.reviews))

        return self._store.amend(article, spoken)

    def keep(self, sources: Iterable[Source]) -> None:
        """Keep works that no article names, such as those that sources cite."""
        self._store.keep(sources)

    def reviews(self) -> tuple[Review, ...]:
        """What people said of any article, in the order of article ids and then as it was added.

        Hand them to an audit, and they hold again wherever statement and source are the same (`kb.strength.overruled`).
        """
        return self._store.reviews()

    def articles(self) -> tuple[ArticleSummary, ...]:
        """A summary of every article, in the order of their ids, without loading them."""
        return self._store.articles()

    def titles(self, words: str = "", most: int = 500) -> Mapping[str, str]:
        """The titles of the first articles by id, of those that have these words in a row in their id or title."""
        return self._store.titles(words, most)

    def statements_of(self, article: str, most: int = 500) -> tuple[Stated, ...]:
        """The first statements of an article, in its order; none where there is no such article."""
        return self._store.statements(article, most)

    def most_used(self, most: int = 200) -> tuple[tuple[Source, int], ...]:
        """The sources with most evidence lines, without texts and citations, and how many each has."""
        return self._store.most_used(most)

    def overall(self, most: int = MOST_ARTICLES) -> Overall:
        """All articles together, in counts (`kb.questions.overall`); ``most`` articles are counted by themselves."""
        return self._store.overall(most)

    def naming(self, *sources: str) -> Mapping[str, tuple[str, ...]]:
        """By source the articles that cite it; sources that none does are left out."""
        return self._store.naming(sources)

    def put(self, before: Audit, after: Audit) -> bool:
        """Keep what was made of an audit in its place, unless somebody has changed it meanwhile; whether it was kept.

        Raises
        ------
        UsageError
            The article is gone.
        """
        elsewhere = tuple(one for one in before.reviews if one not in after.reviews)
        made = msgspec.structs.replace(after, reviews=(*elsewhere, *after.reviews))
        found, _ = self._store.amend(before.article.id, lambda now: made if now == before else now)
        return found == before

    def listing(self, wish: Wish) -> Listing:
        """The sources as a table (`kb.questions.listing`)."""
        return self._store.listing(wish)

    def card(self, source: str) -> Card | None:
        """What is known of a source by its id, and of its use; None where there is no such one."""
        return self._store.card(source)

    def revision(self) -> str:
        """A text that is another one after every write: an answer to the same question stays while it is the same."""
        return self._store.revision()

    def audit(self, article: str) -> Audit:
        """All that is known of an article.

        Raises
        ------
        UsageError
            There is no such article.
        """
        return self._store.load(article)

    def graph(self) -> networkx.MultiDiGraph[str]:
        """The graph of all articles (`kb.graph.build_graph`)."""
        return build_graph(self._store.audits())

    def advice(self, about: str) -> tuple[Advice, ...]:
        """What all articles together say to an article, to a statement, or to words (`kb.questions.advice.advise`).

        Parameters
        ----------
        about
            The id of an article, the id of a statement, or, with a space in it, a statement in words.

        Raises
        ------
        UsageError
            There is no such article or statement.
        """
        statements: list[Told] = []
        sources: dict[str, Source] = {}
        for audit in self._store.audits():
            statements += told(audit)
            sources |= {source.id: source for source in sound(audit)}
        if any(about in (one.article, one.statement.id) for one in statements):
            return advise(statements, sources.values(), lambda one: about in (one.article, one.statement.id))
        if " " not in about.strip():
            self._store.load(about)  # an article without statements gets no advice; one that is not there, an error
            return ()
        return advise([*statements, in_words(about)], sources.values(), lambda one: not one.article)

    def trace(self, statement: str, depth: int | None = None) -> Trace:
        """Follow a statement through its sources to primary studies (`kb.questions.trace`).

        Parameters
        ----------
        statement
            As `kb.store.store.Store.statement` takes it: ``ARTICLE:LINE``, ``ARTICLE:ID``, or an id alone.
        depth
            Citations in a row that are followed, 0 or more; as many as the question itself takes where None.

        Raises
        ------
        UsageError
            There is no such statement, or there are several.
        """
        from kb.questions.trace import trace
        from kb.questions.walk import MOST_DEPTH, STUDIES, around

        most = MOST_DEPTH if depth is None else depth
        with self._store.moment() as store:
            key = store.statement(statement)
            audits = store.parts([key])
            met = around(audits, key, lambda names: store.known(names, STUDIES), most)
        return trace(build_graph(audits, met), key, most)

    def impact(self, *sources: str) -> Impact:
        """What falls if these sources fall (`kb.questions.impact`).

        Parameters
        ----------
        sources
            Ids, DOIs or PubMed ids.

        Raises
        ------
        UsageError
            One of them is not in the knowledge base.
        """
        from kb.questions.impact import SECOND_HAND, impact

        with self._store.moment() as store:
            fallen = [store.source(name) for name in sources]
            citing = store.citing(fallen)
            known = store.known({*fallen, *(one for those in citing.values() for one in those)})
            reviews = [one.id for one in known.values() if one.design in SECOND_HAND]
            parts = store.parts(store.resting_on([*fallen, *reviews]), leaning=True)
            naming = store.naming(fallen)
        return impact(parts, fallen, known.values(), naming)

    def around(self, *sources: str, most: int = 200) -> Around:
        """What sources are tied to: parts of the articles that rest on them, and what they cite and who cites them.

        Parameters
        ----------
        sources
            Ids, DOIs or PubMed ids.
        most
            How many statements, and how many citing works, are told at most; the first by article and by id.

        Raises
        ------
        UsageError
            One of them is not in the knowledge base.
        """
        with self._store.moment() as store:
            named = [store.source(name) for name in sources]
            resting = store.resting_on(named)
            citing = [one for those in store.citing(named).values() for one in those[:most]]
            known = store.known([*named, *citing])
            known = {**store.known([one for name in named if name in known for one in known[name].cites]), **known}
            return Around(store.parts(resting[:most]), tuple(known.values()), len(resting))

    def independence(self, statement: str) -> Independence:
        """The independent lines of evidence behind a statement (`kb.questions.independence`); as for `trace`."""
        from kb.questions.independence import independence

        with self._store.moment() as store:
            key = store.statement(statement)
            (audit,) = store.parts([key])
        return independence(audit, key)

    def load_bearing(self, most: int = MOST) -> LoadBearing:
        """What most hangs on, over all articles (`kb.questions.load_bearing`); ``most`` of each kind are shown."""
        from kb.questions.load_bearing import load_bearing

        with self._store.moment() as store:
            return load_bearing(store.standing(), most, store.told)

    def contested(self, most: int = MOST) -> Contested:
        """Where sources and articles disagree, and who cites one side alone (`kb.questions.contested`).

        Parameters
        ----------
        most
            How many of each kind are named; all are counted.
        """
        from kb.questions.contested import contested

        with _collecting_later(), self._store.moment() as store:
            return contested(store.asserted(), most, store.told)

    def others(self) -> Others:
        """All statements, ready to be asked whether any contradicts one at hand (`kb.questions.elsewhere`)."""
        from kb.questions.elsewhere import Others

        with _collecting_later(), self._store.moment() as store:
            return Others(store.asserted().statements)

    def search(self, words: str = "", **fits: Unpack[Fits]) -> Found:
        """Statements and sources by words and by what is thought of them (`kb.questions.search`).

        Raises
        ------
        UsageError
            As `kb.questions.search.search_for` does.
        """
        from kb.questions.search import search_for

        return self._store.search(search_for(words, fits))

    def stale(self, as_of: str, older_than: int | None = None, most: int = MOST) -> Stale:
        """Statements whose evidence was retracted, corrected or superseded, or is old (`kb.questions.stale`).

        Parameters
        ----------
        as_of
            The day that is spoken of, ISO 8601.
        older_than
            Years; None asks for nothing old.
        """
        from kb.questions.stale import stale

        before = None if older_than is None else int(as_of[:4]) - older_than
        with self._store.moment() as store:
            return stale(store.ground(before), as_of, older_than, most, store.told, store.known)

    def state(self) -> State:
        """How every statement stands, to be compared with another time (`kb.questions.diff.diff`)."""
        from kb.questions.states import state_of

        return state_of(self._store.audits())

    def statements(self) -> pandas.DataFrame:
        """One row a statement, by article and place, with its assessment (`kb.report.columns.STATEMENT_COLUMNS`)."""
        with self._store.snapshot() as moment:
            rows = chain.from_iterable(map(tables.statement_rows, moment.audits("statements", "assessments")))
            return tables.frame(rows, columns.STATEMENT_COLUMNS)

    def evidence(self) -> pandas.DataFrame:
        """One row an evidence line, by article and place of its statement (`kb.report.columns.EVIDENCE_COLUMNS`)."""
        with self._store.snapshot() as moment:
            rows = chain.from_iterable(map(tables.evidence_rows, moment.audits("statements", "evidence")))
            return tables.frame(rows, columns.EVIDENCE_COLUMNS)

    def sources(self) -> pandas.DataFrame:
        """One row a source, by id (`kb.report.columns.SOURCE_COLUMNS`)."""
        uses = tables.Uses()
        with self._store.snapshot() as moment:
            for audit in moment.audits("references", "evidence"):
                uses.add(audit)
            return tables.frame(map(uses.row, moment.sources()), columns.SOURCE_COLUMNS)

    def tables(self, *articles: str) -> Iterator[tuple[str, pandas.DataFrame]]:
        """All tables piece by piece (`kb.report.exchange.outgoing.tabled`), of these articles or of all."""
        from kb.report.exchange.outgoing import tabled

        with self._store.snapshot() as moment:
            yield from tabled(moment, articles)

    def export(self, form: str, *articles: str, full: bool = False) -> Iterator[bytes]:
        """These articles with their sources, or everything, as one file (`kb.report.exchange.outgoing.exported`).

        Parameters
        ----------
        form
            ``graphml``, ``gexf``, ``json``, ``csl-json``, ``bibtex``, ``ris``, or ``records``, which `bring_in` reads.
        full
            With the texts of sources, for another knowledge base of the same owner; only as ``records``.
        """
        from kb.report.exchange.outgoing import exported

        with self._store.snapshot() as moment:
            yield from exported(moment, form, articles, full=full)

    def bring_in(self, export: Export) -> Brought:
        """Store what another knowledge base held (`kb.report.exchange.incoming.opened`); what is newer stays."""
        from kb.report.exchange.bringing import bring_in

        return bring_in(export, self._store)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Keep the garbage collector from looking through a million records, which all stay, again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()

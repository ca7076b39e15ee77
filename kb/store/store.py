"""Save, load, list and delete audits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from kb.errors import UsageError
from kb.model import Audit, Design, Review, Source, StatementKey
from kb.questions.stated import Stated
from kb.store import around, choices, meant, moving, revision, sql
from kb.store.address import Place
from kb.store.batches import at_once
from kb.store.coding import is_text, storable, whole
from kb.store.engine import Database, open_database
from kb.store.moving import Snapshot, Taken
from kb.store.sql import ArticleSummary

if TYPE_CHECKING:
    import networkx

    from kb.questions.asserted import Asserted
    from kb.questions.listing import Card, Listing, Wish
    from kb.questions.overall import Overall
    from kb.questions.search import Found, Search
    from kb.questions.stale import Ground


class Store:
    """The knowledge base in a file or on a server; get one from `open`.

    Every method raises `kb.errors.StoreError` where it cannot be read or written; it is then as it was before the call.
    Threads and processes may share it: a writer waits up to 30 s for another one.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, where: Place | str) -> Store:
        """Open the knowledge base at a path or an address (`kb.store.address`), and make it where there is none.

        A file is made readable by its owner alone.
        """
        return cls(open_database(where))

    def close(self) -> None:
        """Give the file or the connection back. A closed store opens it again when it is used."""
        self._database.engine.dispose()

    @contextmanager
    def moment(self) -> Iterator[Store]:
        """The store as it is at one moment: several answers that hang together, for reading alone."""
        with self._database.moment() as database:
            yield Store(database)

    def save(self, audit: Audit) -> None:
        """Keep an audit in place of what was known of its article, all of it or, where that fails, nothing.

        Reviews stay: those of the audit are added to those that are kept, and kept ones that it was not told of, since
        they were given while it was made, are applied to it (`kb.rules.spoken.heard`). A source that another article
        names too is replaced for both, unless what is known of it is newer (`kb.graph.newer_source`); one that no
        article names any longer is removed. Otherwise ``load(audit.article.id)`` equals what was saved, except that
        what is no text becomes a replacement character (`kb.store.coding.storable`).

        Raises
        ------
        UsageError
            The id of the article is no text.
        """
        self.save_all([audit])

    def save_all(self, audits: Iterable[Audit]) -> None:
        """Keep many audits as `save` does each, faster, some articles in one transaction.

        Where one of them fails, the articles of the transactions before it stay kept, and nothing of its own does.
        """
        for number, some in enumerate(at_once(audits), 1):
            with self._database.writing() as connection:
                sql.save(connection, *some)
                if len(some) > 1 and number.bit_count() == 1:  # whenever there is about twice as much as before
                    sql.count_anew(connection)

    def amend(self, article: str, change: Callable[[Audit], Audit]) -> tuple[Audit, Audit]:
        """Put an audit in the place of the one that it is made from; nobody else writes meanwhile. Both audits.

        Parameters
        ----------
        change
            What is made of the audit, its reviews too; the id of the article stays.

        Raises
        ------
        UsageError
            The knowledge base holds no such article.
        """
        with self._database.writing() as connection:
            before = sql.load(connection, self._known(connection, article))
            after = change(before)
            sql.amend(connection, storable(after))
        return before, after

    def load(self, article: str) -> Audit:
        """The audit of an article.

        Raises
        ------
        UsageError
            The knowledge base holds no such article.
        """
        with self._database.reading() as connection:
            return sql.load(connection, self._known(connection, article))

    def audits(self) -> Iterator[Audit]:
        """Every audit, in the order of article ids, one in memory at a time and all as of one moment."""
        with self._database.reading() as connection:
            for article in sql.article_ids(connection):
                yield sql.load(connection, article)

    def articles(self) -> tuple[ArticleSummary, ...]:
        """A summary of every article, in the order of their ids."""
        with self._database.reading() as connection:
            return sql.summaries(connection)

    def sources(self) -> tuple[Source, ...]:
        """Every source that an article names, in the order of their ids."""
        with self._database.reading() as connection:
            return sql.sources(connection)

    def reviews(self) -> tuple[Review, ...]:
        """What people said of any article, in the order of article ids and then as it was added."""
        with self._database.reading() as connection:
            return sql.reviews(connection)

    def statement(self, name: str) -> StatementKey:
        """The statement that is meant by ``ARTICLE:LINE``, ``ARTICLE:LINE.WHICH``, ``ARTICLE:ID``, or its id alone.

        Raises
        ------
        UsageError
            There is none, or there are several: the line then offers those that could be meant.
        """
        with self._database.reading() as connection:
            return meant.statement(connection, name)

    def source(self, name: str) -> str:
        """The id of the source that is meant by an id, a DOI in any form or a PubMed id.

        A work that only sources cite, and that is otherwise unknown, counts.

        Raises
        ------
        UsageError
            The knowledge base holds no such work.
        """
        with self._database.reading() as connection:
            return meant.source(connection, name)

    def parts(self, statements: Collection[StatementKey], *, leaning: bool = False) -> tuple[Audit, ...]:
        """The audits of these statements' articles without everything that says nothing of them.

        Kept are: the statements and all that they lean on; the citations that cover these; the references of these
        citations and their resolutions; the evidence lines, assessments and sources (without texts) of these; and the
        reviews of the article. The article comes without its text.

        Parameters
        ----------
        statements
            Those that are not there are left out.
        leaning
            Also what leans on them, however far.
        """
        with self._database.reading() as connection:
            return around.parts(connection, statements, leaning=leaning)

    def resting_on(self, sources: Collection[str]) -> tuple[StatementKey, ...]:
        """The statements with an evidence line on one of these sources, in order."""
        with self._database.reading() as connection:
            return around.resting_on(connection, sources)

    def citing(self, works: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """By work the stored sources that cite it, in order; works that none cites are left out."""
        with self._database.reading() as connection:
            return around.citing(connection, works)

    def naming(self, sources: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """By source the articles that name it, in order; sources that none names are left out."""
        with self._database.reading() as connection:
            return around.naming(connection, set(map(whole, sources)))

    def known(self, sources: Collection[str], uncited: Collection[Design] = frozenset()) -> Mapping[str, Source]:
        """Those of these sources that are stored, by the id that was asked for, without texts, with what they cite.

        Parameters
        ----------
        sources
            Ids; ``pmid:…`` also finds a source that is stored by its DOI.
        uncited
            Designs of which what they cite is left out.
        """
        with self._database.reading() as connection:
            return around.known(connection, sources, uncited)

    def standing(self) -> networkx.DiGraph[Any]:
        """From each statement to the sources that it stands on (`kb.questions.load_bearing.support_graph`)."""
        from kb.store import footing

        with self._database.reading() as connection:
            return footing.standing(connection)

    def asserted(self) -> Asserted:
        """What all articles assert and what sources say of it, for `kb.questions.contested.contested`."""
        from kb.store import asserted

        with self._database.reading() as connection:
            return asserted.asserted(connection)

    def ground(self, before: int | None = None) -> Ground:
        """What statements rest on that may be stale or, where all that supports them is from before a year, old."""
        from kb.store import footing

        with self._database.reading() as connection:
            return footing.ground(connection, before)

    def told(self, statements: Collection[StatementKey]) -> Mapping[StatementKey, Stated]:
        """Those of these statements that are there, with their words and verdicts."""
        from kb.store import footing

        with self._database.reading() as connection:
            return footing.told(connection, statements)

    def search(self, wish: Search) -> Found:
        """The statements and sources that fit, the best first (`kb.questions.search`)."""
        from kb.store import searching

        with self._database.reading() as connection:
            return searching.search(connection, wish)

    def titles(self, words: str = "", most: int = 500) -> Mapping[str, str]:
        """The titles of the first articles, of those that have these words in a row in their id or title."""
        with self._database.reading() as connection:
            return choices.titles(connection, whole(words), most)

    def statements(self, article: str, most: int = 500) -> tuple[Stated, ...]:
        """The first statements of an article, in its order; none where there is no such article."""
        with self._database.reading() as connection:
            return choices.statements(connection, whole(article), most)

    def most_used(self, most: int = 200) -> tuple[tuple[Source, int], ...]:
        """The sources with most evidence lines, without texts and citations, and how many each has."""
        with self._database.reading() as connection:
            return choices.most_used(connection, most)

    def overall(self, most: int) -> Overall:
        """All articles together, in counts (`kb.questions.overall`); ``most`` articles are counted by themselves."""
        from kb.store import overall

        with self._database.reading() as connection:
            return overall.overall(connection, most)

    def listing(self, wish: Wish) -> Listing:
        """The sources as a table (`kb.questions.listing`)."""
        from kb.store import listing

        with self._database.reading() as connection:
            return listing.listing(connection, storable(wish))

    def card(self, source: str) -> Card | None:
        """What is known of a source by its id, and of its use; None where there is no such one."""
        from kb.store import listing

        with self._database.reading() as connection:
            return listing.card(connection, whole(source))

    def revision(self) -> str:
        """A text that is another one after every write (`kb.store.revision`)."""
        with self._database.reading() as connection:
            return revision.revision(connection)

    def keep(self, sources: Iterable[Source]) -> None:
        """Store works that no article names, such as those that sources cite; what is known and newer stays."""
        told = tuple(map(storable, sources))
        with self._database.writing() as connection:
            sql.keep(connection, told)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Everything as it is at one moment, to be read part by part (`kb.store.moving.Snapshot`)."""
        with self._database.reading() as connection:
            yield Snapshot(connection)

    def take(self, sources: Iterable[Source], audits: Iterable[Audit], *, full: bool) -> list[Taken]:
        """Store what another knowledge base held, all or nothing; what became of each audit.

        A source is kept in place of an older one (`kb.store.moving.keep`), and so is an audit
        (`kb.store.moving.take`). The sources of an audit must be among those that are stored.

        Parameters
        ----------
        full
            Whether sources came with their texts.
        """
        with self._database.writing() as connection:
            moving.keep(connection, map(storable, sources), full=full)
            return [moving.take(connection, storable(audit), full=full) for audit in audits]

    def delete(self, article: str) -> None:
        """Remove an article with all that is known of it, its reviews too, and the sources that no other one names.

        Raises
        ------
        UsageError
            The knowledge base holds no such article.
        """
        with self._database.writing() as connection:
            sql.remove(connection, self._known(connection, article))

    def _known(self, connection: Connection, article: str) -> str:
        if is_text(article) and sql.has_article(connection, article):
            return article
        raise UsageError(
            f"the knowledge base {self._database.name} holds no such article",
            place=article,
            remedy="audit it first, or see which articles it holds",
        )

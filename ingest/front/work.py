"""What the app does in the background: the audits that ``kb audit`` makes, of what people give in the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from ingest.commands.articles import Named
from ingest.commands.auditing import audit_each, configured, example, keep
from ingest.commands.options import answers
from ingest.commands.reviews import reviews_for
from ingest.config import read_settings
from ingest.front.given import Given, pasted_name
from ingest.front.jobs import Jobs, Tell
from ingest.front.kept import Kept, bibliographies_beside
from ingest.front.leaving import leaving
from ingest.front.names import numbered
from ingest.front.steps import Steps
from ingest.naming import FORMATS, relative_id
from kb.errors import ArticleError, KnowledgeBaseError, UsageError
from kb.language.counting import count
from kb.store.address import Place
from kb.view.work import Job, Leaving, Upload

_PUBLIC = "pages of the public web alone are fetched here, so save the page and give the file"


class FrontWork:
    """`kb.view.work.Work`, on the knowledge base of a project.

    Parameters
    ----------
    where
        The knowledge base.
    project
        The folder of the project; its settings and bibliographies count, and what people say in its file of reviews.
    offline
        Whether no registry is asked and no page fetched.
    """

    def __init__(self, where: Place, project: Path, *, offline: bool = False) -> None:
        self._where, self._project, self._offline = where, project, offline
        self._jobs = Jobs()
        self._kept = Kept(project)

    def leaving(self) -> Leaving:
        """What leaves the machine when an article is audited."""
        return leaving(read_settings(self._project, offline=self._offline))

    def upload(self, files: Sequence[Upload]) -> str:
        """Audit the article among these files; the others are its bibliographies.

        They are written to the disk at once, so that nothing of them stays in memory while the job waits.
        """
        given = Given(files)
        return self._given(given.name, given.article.content, given.bibliographies)

    def paste(self, text: str, name: str) -> str:
        """Audit pasted text under a name; without one it is numbered among the texts that were pasted without."""
        called, content = pasted_name(text, name), text.encode("utf-8", "replace")
        if not name.strip():
            called = numbered(called, lambda one: self._kept.holds_other(one, content))
        return self._given(called, content, ())

    def page(self, address: str) -> str:
        """Audit a page of the public web; addresses inside a network are refused."""
        from ingest.http.addresses import is_address, web_address

        written = address.strip()
        if not written:
            raise UsageError("no address was given", remedy="write the address of the page, such as https://…")
        url = web_address(written if is_address(written) else f"https://{written}")
        return self._start(url, lambda tell: self._audited(Named(url, None), tell))

    def again(self, article: str) -> str:
        """Audit an article again: its page, its file in the project, what was given of it, or the bundled example."""
        from ingest.http.addresses import is_address

        if is_address(article):
            return self.page(article)
        if (file := self._file(article)) is not None:
            return self._start(article, lambda tell: self._audited(Named(article, file), tell))
        if (kept := self._kept.file(article)) is not None:
            return self._start(
                article, lambda tell: self._audited(Named(article, kept), tell, bibliographies_beside(kept))
            )
        if article == example()[0].id:
            return self.example()
        raise UsageError(
            "where it came from is not known here", place=article, remedy="give the file, the text or the link again"
        )

    def example(self) -> str:
        """Audit the bundled example."""
        one, bibliographies = example()
        return self._start(one.id, lambda tell: self._audited(one, tell, bibliographies, own=False))

    def ask_again(self, sources: Sequence[str]) -> str:
        """Ask the registries again about these sources, and grade anew what rests on them."""
        names = tuple(dict.fromkeys(sources))

        def task(tell: Tell) -> tuple[None, tuple[str, ...]]:
            from ingest.front.again import ask_again

            return None, ask_again(self._where, self._project, names, tell, offline=self._offline)

        return self._jobs.start(
            f"asking again about {count(len(names), 'source')}", task, f"registries: {' '.join(names)}", join=True
        )

    def job(self, name: str) -> Job | None:
        """How far a job is."""
        return self._jobs.job(name)

    def _start(self, article: str, task: Callable[[Tell], tuple[str, tuple[str, ...]]]) -> str:
        """Audit what is there already; who asks for it while it is done gets the same."""
        return self._jobs.start(article, task, article, join=True)

    def _given(self, name: str, content: bytes, bibliographies: Sequence[Upload]) -> str:
        """Audit an article that was given, under its name or, where the project has another such file, beside it."""
        article = f"given/{name}" if self._is_other_file(name, content) else name
        staged = self._kept.stage(article, content, bibliographies)

        def task(tell: Tell) -> tuple[str, tuple[str, ...]]:
            try:
                done = self._audited(Named(article, staged), tell, bibliographies_beside(staged))
            except BaseException:
                self._kept.drop(staged)
                raise
            return done[0], (*done[1], *self._kept.keep(article, staged))

        try:
            return self._jobs.start(article, task, article)
        except UsageError:
            self._kept.drop(staged)
            raise

    def _audited(
        self, one: Named, tell: Tell, bibliographies: Sequence[Path] = (), *, own: bool = True
    ) -> tuple[str, tuple[str, ...]]:
        """Audit an article and keep the audit: its id, and what could not be checked.

        Parameters
        ----------
        own
            Whether the bibliographies of the project count as well.
        """
        steps, told = Steps(tell), list[str]()
        settings = read_settings(self._project, offline=self._offline)
        with answers(settings, told.append) or nullcontext() as cache:
            audits, failed = audit_each(
                [one],
                settings,
                cache,
                bibliographies=[*bibliographies, *(configured(self._project, settings) if own else ())],
                reviews=reviews_for(self._project, self._where),
                progress=steps,
            )
        for error in failed:
            raise _in_the_app(error)
        steps.keeping()
        (audit,) = audits
        keep(audits, self._where)
        return audit.article.id, (*told, *audit.notes)

    def _file(self, article: str) -> Path | None:
        """The file of the project whose id this is; None where there is none, or it leads out of the project."""
        file = self._project / article
        try:
            if not file.is_file() or file.suffix.lower() not in FORMATS or relative_id(file, self._project) != article:
                return None
        except (OSError, ValueError):  # what can be no name of a file, such as one too long
            return None
        return None if article.startswith("../") else file

    def _is_other_file(self, name: str, content: bytes) -> bool:
        """Whether the project has a file of that name that holds something else."""
        file = self._file(name)
        return file is not None and (file.stat().st_size != len(content) or file.read_bytes() != content)


def _in_the_app(error: KnowledgeBaseError) -> KnowledgeBaseError:
    """An error of the command line, with what to do about it in the app."""
    from ingest.http.page import ALLOW

    return ArticleError(error.problem, place=error.place, remedy=_PUBLIC) if error.remedy == ALLOW else error

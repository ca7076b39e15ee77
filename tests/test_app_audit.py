"""The page of audits without a browser: each of its states, with work that is scripted."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from streamlit.testing.v1 import AppTest

from kb.base import KnowledgeBase
from kb.errors import UsageError
from kb.view.auditing import FORGOTTEN, audited_words, leaving_words, step_words, told_words
from kb.view.work import Job, JobState, Leaving, Upload
from tests.desks import desk_at
from tests.samples import ARTICLE_ID, TITLE, sample_audit

HOSTILE = "<script>alert(1)</script> **bold** :red[x] $y$ [a](javascript:alert(1))"
ASKED = Leaving(registries=("Crossref", "PubMed"))


class Scripted:
    """`kb.view.work.Work` that does nothing, and remembers what it was asked for."""

    def __init__(self, *jobs: Job, leaving: Leaving = ASKED, refuses: str = "") -> None:
        self.jobs = {job.id: job for job in jobs}
        self.asked: list[tuple[object, ...]] = []
        self._leaving, self._refuses = leaving, refuses

    def leaving(self) -> Leaving:
        return self._leaving

    def upload(self, files: Sequence[Upload]) -> str:
        return self._begin("upload", *((file.name, file.content) for file in files))

    def paste(self, text: str, name: str) -> str:
        return self._begin("paste", text, name)

    def page(self, address: str) -> str:
        return self._begin("page", address)

    def again(self, article: str) -> str:
        return self._begin("again", article)

    def example(self) -> str:
        return self._begin("example")

    def ask_again(self, sources: Sequence[str]) -> str:
        return self._begin("ask again", *sources)

    def job(self, name: str) -> Job | None:
        return self.jobs.get(name)

    def _begin(self, *asked: object) -> str:
        if self._refuses:
            raise UsageError(self._refuses)
        self.asked.append(asked)
        self.jobs["begun"] = job("running", name="knees.md", step="reading the article", share=0.05, id="begun")
        return "begun"


def job(state: JobState, *, id: str = "one", name: str = "knees.md", **more: object) -> Job:
    return msgspec.structs.replace(Job(id=id, name=name, state=state), **more)


def shown(folder: Path, work: Scripted, followed: str | None = None, **query: str) -> AppTest:
    """The page on the knowledge base of a folder; ``followed`` is the job that the session began."""

    def script(desk: object) -> None:
        from kb.view.pages import audit

        audit.show(desk)  # type: ignore[arg-type]  # the script stands alone, where no record is known

    desk = dataclasses.replace(desk_at(folder / "knowledge.db"), work=work)
    test = AppTest.from_function(script, default_timeout=120, kwargs={"desk": desk})
    if followed:
        test.session_state["job"] = followed
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def keep(folder: Path, *names: str) -> None:
    """A knowledge base with the sample under each of these names."""
    audit = sample_audit()
    with KnowledgeBase.open(folder / "knowledge.db") as base:
        for name in names:
            base.add(msgspec.structs.replace(audit, article=msgspec.structs.replace(audit.article, id=name)))


def buttons(test: AppTest) -> dict[str, bool]:
    """The labels of the buttons, and whether each can be pressed."""
    return {button.label: not button.disabled for button in test.button}


def press(test: AppTest, label: str) -> AppTest:
    (button,) = (one for one in test.button if one.label == label)
    button.click().run()
    assert not test.exception
    return test


def texts(test: AppTest) -> str:
    """All that is shown as plain text or as code."""
    return "\n".join(element.value for element in (*test.text, *test.code))


def test_where_nothing_was_audited_three_ways_and_the_example_are_offered(tmp_path: Path) -> None:
    test = shown(tmp_path, Scripted())
    assert [tab.label for tab in test.tabs] == ["Drop a file", "Paste text", "Give a link"]
    assert buttons(test) == {
        "Audit this article": False,
        "Audit this text": True,
        "Audit this page": True,
        "Audit the bundled example": True,
    }
    assert leaving_words(ASKED) in texts(test)
    assert not (tmp_path / "knowledge.db").exists(), "looking must not make a knowledge base"


def test_offline_it_says_that_nothing_leaves_the_machine(tmp_path: Path) -> None:
    assert "Nothing leaves this machine" in texts(shown(tmp_path, Scripted(leaving=Leaving(registries=()))))


def test_files_are_handed_over_and_forgotten(tmp_path: Path) -> None:
    work = Scripted()
    test = shown(tmp_path, work)
    files = [("knees.md", b"# Knees", "text/markdown"), ("refs.bib", b"@misc{a}", "text/plain")]
    test.file_uploader[0].set_value(files).run()
    assert buttons(test)["Audit this article"]
    press(test, "Audit this article")
    assert work.asked == [("upload", ("knees.md", b"# Knees"), ("refs.bib", b"@misc{a}"))]
    assert "Reading the article …" in texts(test)
    work.jobs["begun"] = job("failed", id="begun", told=("knees.md: is empty",))
    test.run()
    assert not test.file_uploader[0].value
    assert not buttons(test)["Audit this article"]


def test_a_name_that_was_audited_before_is_told(tmp_path: Path) -> None:
    keep(tmp_path, "knees.md")
    test = shown(tmp_path, Scripted())
    test.file_uploader[0].set_value([("knees.md", b"# Knees", "text/markdown")]).run()
    assert "was audited before" in test.info[0].value
    test.file_uploader[0].set_value([("hands.md", b"# Hands", "text/markdown")]).run()
    assert not test.info


def test_text_is_handed_over_and_stays_where_its_audit_fails(tmp_path: Path) -> None:
    work = Scripted()
    test = shown(tmp_path, work)
    test.text_area[0].set_value("Heat helps.")
    test.text_input(key="name given").set_value("Knees")
    press(test, "Audit this text")
    assert work.asked == [("paste", "Heat helps.", "Knees")]
    assert not test.text_area
    work.jobs["begun"] = job("failed", id="begun", told=("Knees.md: holds no paragraph of text",))
    test.run()
    assert test.error[0].value == "This could not be done:"
    assert (test.text_area[0].value, test.text_input(key="name given").value) == ("Heat helps.", "Knees")


def test_a_link_is_handed_over(tmp_path: Path) -> None:
    work = Scripted()
    test = shown(tmp_path, work)
    test.text_input(key="address given").set_value("https://pages.example/knees")
    press(test, "Audit this page")
    assert work.asked == [("page", "https://pages.example/knees")]
    assert "begun" in test.query_params["job"]


@pytest.mark.parametrize("label", ["Audit this text", "Audit this page", "Audit the bundled example"])
def test_what_is_refused_at_once_is_told_in_words(tmp_path: Path, label: str) -> None:
    test = press(shown(tmp_path, Scripted(refuses=HOSTILE)), label)
    assert test.error[0].value == "This could not be done:"
    assert HOSTILE in texts(test)
    assert "job" not in test.session_state


@pytest.mark.parametrize(
    ("running", "words"),
    [
        (job("waiting", step="waiting for another one to end"), "Waiting for another one to end …"),
        (job("running"), "Beginning …"),
        (job("running", step="asking Crossref about 3 works (1 of 3)", share=0.4), "(1 of 3) …"),
    ],
)
@pytest.mark.parametrize("reloaded", [False, True])
def test_a_job_under_way_shows_how_far_it_is(tmp_path: Path, running: Job, words: str, reloaded: bool) -> None:
    work = Scripted(running)
    test = shown(tmp_path, work, job="one") if reloaded else shown(tmp_path, work, "one")
    assert test.get("progress")[0].proto.value == round(running.share * 100)
    assert words in texts(test)
    assert "knees.md" in texts(test)
    assert "one" in test.query_params["job"]
    assert not test.tabs
    press(test, "Audit another one meanwhile")
    assert test.tabs
    assert "job" not in test.query_params


@pytest.mark.parametrize("reloaded", [False, True])
def test_a_job_that_is_done_tells_what_could_not_be_checked(tmp_path: Path, reloaded: bool) -> None:
    work = Scripted(job("done", article="knees.md", told=("Offline: 3 references were not checked.",)))
    test = shown(tmp_path, work, job="one") if reloaded else shown(tmp_path, work, "one")
    assert test.success[0].value == "Done."
    assert "3 references were not checked" in texts(test)
    assert test.tabs
    assert "job" not in test.session_state


def test_a_job_that_failed_says_why_and_another_can_be_begun(tmp_path: Path) -> None:
    work = Scripted(job("failed", told=(HOSTILE,)))
    test = shown(tmp_path, work, "one")
    assert HOSTILE in texts(test)
    press(test, "Audit the bundled example")
    assert work.asked == [("example",)]
    assert not test.error
    assert "Reading the article …" in texts(test)


def test_a_job_that_is_not_known_any_more_is_told(tmp_path: Path) -> None:
    for test in (shown(tmp_path, Scripted(), "gone"), shown(tmp_path, Scripted(), job=HOSTILE)):
        assert test.warning[0].value == FORGOTTEN
        assert test.tabs


def test_an_article_that_was_audited_before_is_audited_again(tmp_path: Path) -> None:
    keep(tmp_path, "a.md", "b.md")
    work = Scripted()
    test = shown(tmp_path, work, article="b.md")
    assert test.subheader[0].value == "Audited before"
    assert test.selectbox[0].value == "b.md"
    assert audited_words(sample_audit()) in texts(test)
    test.selectbox[0].select("a.md").run()
    press(test, "Audit again")
    assert work.asked == [("again", "a.md")]


def test_the_only_article_is_named(tmp_path: Path) -> None:
    keep(tmp_path, ARTICLE_ID)
    test = shown(tmp_path, Scripted())
    assert TITLE in texts(test)
    press(test, "Open")  # where there is no other page, nothing happens


def test_outside_text_never_reaches_markdown(tmp_path: Path) -> None:
    keep(tmp_path, HOSTILE.replace("/", "_"))
    for state in ("running", "failed", "done"):
        one = job(state, name=HOSTILE, step=HOSTILE, told=(HOSTILE,))
        test = shown(tmp_path, Scripted(one, leaving=Leaving(registries=("Crossref",), judge=HOSTILE)), "one")
        assert HOSTILE in texts(test)
        shown_as_markdown = (*test.markdown, *test.caption, *test.header, *test.error, *test.success, *test.warning)
        assert not [element.value for element in shown_as_markdown if "alert" in element.value]


def test_a_file_that_is_no_knowledge_base_is_an_error_in_words(tmp_path: Path) -> None:
    (tmp_path / "knowledge.db").write_text("not a database", encoding="utf-8")
    assert "knowledge.db" in texts(shown(tmp_path, Scripted()))


@pytest.mark.parametrize(
    ("leaving", "words"),
    [
        (Leaving(registries=("Crossref",)), "are sent to Crossref."),
        (Leaving(registries=("Crossref", "doi.org", "PubMed")), "are sent to Crossref, doi.org and PubMed."),
        (
            Leaving(registries=("Crossref",), judge="models.example"),
            "Its statements, with the abstracts of their sources, are sent to models.example, as was allowed.",
        ),
    ],
)
def test_what_leaves_the_machine_in_words(leaving: Leaving, words: str) -> None:
    assert leaving_words(leaving).endswith(words)


def test_of_many_notes_the_first_are_told() -> None:
    assert told_words(["a"] * 8) == ["a"] * 8
    assert told_words(["a"] * 10) == [*["a"] * 8, "… and 2 more notes with the article."]
    assert step_words(job("running")) == "Beginning …"

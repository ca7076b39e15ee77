"""An article audited: a file, pasted text or a page of the web, with its progress; or one that was audited before."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from kb.view.auditing import (
    FORGOTTEN,
    KINDS,
    MOST_MEGABYTES,
    audited_words,
    leaving_words,
    step_words,
    told_words,
)
from kb.view.pages.desk import Desk
from kb.view.pages.frame import audit_of, choose_article, errors_in_words, titles
from kb.view.work import Job, Upload

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

_LOOK_SECONDS = 0.4
"""How often it is looked how far a job is."""
_FILE, _TEXT, _LINK = _WAYS = ("Drop a file", "Paste text", "Give a link")
_WRITTEN = ("text given", "name given", "address given")
"""What people wrote: Streamlit forgets it with the fields, which are not shown while a job runs."""


def show(desk: Desk) -> None:
    """The page."""
    with errors_in_words():
        st.header("Audit an article", anchor=False)
        if not _followed(desk):
            _give(desk)
            _audited_before(desk)


def _followed(desk: Desk) -> bool:
    """Show how far the job is that is followed, or what came of it; whether it is still under way.

    It is the one that this session began, or the one in the address, as after the page was loaded anew.
    """
    name = st.session_state.get("job") or st.query_params.get("job")
    if not name:
        return False
    st.query_params["job"] = name
    job = desk.work.job(name)
    if job is not None and job.state in ("waiting", "running"):
        st.session_state["job"] = name
        _under_way(desk, job)
        return True
    seen = st.session_state.pop("job", None) is not None
    if job is not None and job.state == "done":
        st.session_state.pop("written", None)
    if job is None:
        st.warning(FORGOTTEN)
    elif job.state == "failed":
        st.error("This could not be done:")
        _tell(job)
    elif not (seen and _open(desk, job.article)):
        _done(desk, job)
    return False


def _under_way(desk: Desk, job: Job) -> None:
    st.text(job.name)
    _progress(desk, job.id)
    st.caption("You can leave this page meanwhile: the audit goes on, and its article will be among the others.")
    if st.button("Audit another one meanwhile"):
        _leave()


@st.fragment(run_every=_LOOK_SECONDS)
def _progress(desk: Desk, name: str) -> None:
    job = desk.work.job(name)
    if job is None or job.state in ("done", "failed"):
        st.rerun()
    st.progress(job.share)
    st.text(step_words(job))


def _done(desk: Desk, job: Job) -> None:
    st.success("Done.")
    st.text(job.name)
    if job.article is not None and "article" in desk.pages and st.button("Open the article", type="primary"):
        _open(desk, job.article)
    if job.article is None and "sources" in desk.pages:
        st.page_link(desk.pages["sources"], label="Back to the sources")
    _tell(job)


def _tell(job: Job) -> None:
    for line in told_words(job.told):
        st.code(line, language=None, wrap_lines=True)


def _open(desk: Desk, article: str | None) -> bool:
    """Go to an article; False where there is none, or no page for it."""
    if article is not None and "article" in desk.pages:
        st.session_state["article"], st.session_state["statement"] = article, None
        st.switch_page(desk.pages["article"], query_params={"article": article})
    return False


def _leave() -> None:
    st.session_state.pop("job", None)
    _forget()
    st.rerun()


def _forget() -> None:
    """What came of the job before is not told beside what is begun now."""
    st.query_params.pop("job", None)


def _begin(start: Callable[[], str], way: str | None = None) -> None:
    """Start a job and follow it; what is refused at once is told where the button is.

    Parameters
    ----------
    way
        How the article was given, which is offered first the next time.
    """
    with errors_in_words():
        st.session_state["job"] = start()
        st.session_state["way given"] = way
        st.session_state["written"] = {one: st.session_state[one] for one in _WRITTEN if one in st.session_state}
        st.rerun()


def _give(desk: Desk) -> None:
    """Three ways to give an article; what was written of one that failed need not be written again."""
    for field, words in st.session_state.pop("written", {}).items():
        st.session_state[field] = words
    file, text, link = st.tabs(_WAYS, default=st.session_state.get("way given"))
    with file:
        _give_file(desk)
    with text, st.form("pasted", border=False):
        pasted = st.text_area("Text of the article", height=300, placeholder="Plain text or Markdown", key="text given")
        name = st.text_input("Name", placeholder="such as: Knee pain, second draft", max_chars=120, key="name given")
        if st.form_submit_button("Audit this text", type="primary", on_click=_forget):
            _begin(lambda: desk.work.paste(pasted, name), _TEXT)
    with link, st.form("page", border=False):
        address = st.text_input("Address of the page", placeholder="https://…", max_chars=2000, key="address given")
        st.caption("Of the public web alone: a page of your own network is saved in the browser and dropped as a file.")
        if st.form_submit_button("Audit this page", type="primary", on_click=_forget):
            _begin(lambda: desk.work.page(address), _LINK)
    st.text(leaving_words(desk.work.leaving()))


def _give_file(desk: Desk) -> None:
    number = st.session_state.setdefault("files given", 0)
    files = st.file_uploader(
        "Article, with its bibliographies if they are files of their own",
        accept_multiple_files=True,
        max_upload_size=MOST_MEGABYTES,
        key=f"files {number}",
    )
    st.caption(KINDS)
    if any(file.name in titles(desk, file.name) for file in files):
        st.info("An article of this name was audited before. What people said of its statements stays with them.")
    if st.button("Audit this article", type="primary", disabled=not files, on_click=_forget):
        uploads = [Upload(name=file.name, content=file.getvalue()) for file in files]
        _begin(lambda: _taken(desk, uploads, files), _FILE)


def _taken(desk: Desk, uploads: list[Upload], files: list[UploadedFile]) -> str:
    """Start the audit of files, and have Streamlit forget them: it holds them as long as the session lasts."""
    job = desk.work.upload(uploads)
    st.session_state["files given"] += 1
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        for file in files:
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
    return job


def _audited_before(desk: Desk) -> None:
    names = titles(desk)
    if not names:
        if st.button("Audit the bundled example"):
            _begin(desk.work.example)
        return
    st.subheader("Audited before")
    chosen = choose_article(desk, names)
    if len(names) == 1:
        st.text(names[chosen])
    st.text(audited_words(audit_of(desk, chosen)))
    left, right, _ = st.columns([1, 1, 4])
    if left.button("Open", width="stretch"):
        _open(desk, chosen)
    if right.button("Audit again", width="stretch"):
        _begin(lambda: desk.work.again(chosen))

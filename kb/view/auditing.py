"""What the page of audits tells: what can be given, what leaves the machine, how far a job is, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from kb.language.counting import count
from kb.model import Audit
from kb.view.summary import in_words, summarise
from kb.view.work import Job, Leaving

MOST_MEGABYTES = 20
"""Of one file; articles may have 12, bibliographies 20."""
KINDS = (
    "An article is a Word file (.docx), a saved web page (.html), Markdown (.md), plain text (.txt) or JATS (.xml) of "
    "up to 12 MB; a bibliography, of up to 20 MB, is BibTeX (.bib), RIS, PubMed (.nbib), CSL (.json, .yaml) or EndNote "
    "(.xml). A file that is marked with ! is too large: split it into chapters, or leave its pictures out."
)
FORGOTTEN = (
    "This audit is not known any more: the app was started again since, or many audits came after it. If it was done, "
    "its article is among those below; otherwise start it again."
)
_MOST_NOTES = 8


def leaving_words(leaving: Leaving) -> str:
    """What leaves the machine when an article is audited, in one paragraph.

    >>> leaving_words(Leaving(registries=()))
    'Nothing leaves this machine: the app is offline, and references are looked up in what is remembered.'
    """
    if not leaving.registries:
        return "Nothing leaves this machine: the app is offline, and references are looked up in what is remembered."
    *others, last = leaving.registries
    asked = f"{', '.join(others)} and {last}" if others else last
    words = (
        f"The article stays on this machine. To check its references, their identifiers, and the words of those that "
        f"have none, are sent to {asked}."
    )
    if leaving.judge:
        words += f" Its statements, with the abstracts of their sources, are sent to {leaving.judge}, as was allowed."
    return words


def step_words(job: Job) -> str:
    """What is done for a job just now.

    >>> step_words(Job(id="a", name="knees.md", state="running", step="asking Crossref about 3 works"))
    'Asking Crossref about 3 works …'
    """
    step = job.step or "beginning"
    return f"{step[:1].upper()}{step[1:]} …"


def told_words(told: Sequence[str]) -> list[str]:
    """What is to be known beside a result, a line each; of many, the first ones and how many more there are."""
    more = len(told) - _MOST_NOTES
    return [*told[:_MOST_NOTES], *([f"… and {count(more, 'more note')} with the article."] if more > 0 else [])]


def audited_words(audit: Audit) -> str:
    """When an article was audited, and what was found, in one or two sentences."""
    return f"Audited on {audit.as_of}. {in_words(summarise(audit))}"

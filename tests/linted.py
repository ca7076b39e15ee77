"""A hand-made run of the linter on invented articles, for tests of everything that prints one.

``sample`` has every severity, state and kind of note once; ``hostile`` puts one text wherever text comes from outside.
"""

from __future__ import annotations

from kb.linting.outcome import Checked, Moved, Outcome, Run
from kb.model import Finding

LINE = "Studies show that brindleweed tea eases stiff knees in 40% of adults."

VAGUE = Outcome(
    finding=Finding(
        rule="ST003",
        severity="warning",
        message="studies or experts without a name: “Studies show”",
        remedy="name the study or the guideline that says so",
        line=3,
        column=1,
        fingerprint="00000000000000a1",
        statement="s1",
    ),
    name="vague-attribution",
    end_line=3,
    end_column=13,
    shown=LINE,
    caret=0,
    width=12,
    words="studies show that brindleweed tea eases stiff knees in 40% of adults",
)
NUMBER = Outcome(
    finding=Finding(
        rule="ST002",
        severity="error",
        message="“40%” shows no source",
        remedy="cite the source of the number",
        line=3,
        column=56,
        fingerprint="00000000000000a2",
        statement="s1",
    ),
    name="number-without-source",
    end_line=3,
    end_column=59,
    shown=LINE,
    caret=55,
    width=3,
)
FORM = Outcome(
    finding=Finding(
        rule="RE007",
        severity="info",
        message="the DOI of entry 2 is written as an address of a library's proxy",
        remedy="write it as https://doi.org/10.5555/brindle.2019",
        line=1,
        column=1,
        fingerprint="00000000000000a3",
        reference="hartwell2019",
        place="paragraph 12",
    ),
    name="doi-form",
    end_line=1,
    end_column=1,
)
WAIVED = Outcome(
    finding=Finding(
        rule="EV008",
        severity="info",
        message="rests on a review alone",
        remedy="cite the study itself",
        line=7,
        column=1,
        fingerprint="00000000000000a4",
        statement="s4",
    ),
    name="secondary-source-only",
    state="waived",
    why="the trial is out of print",
    end_line=8,
    end_column=4,
)
KNOWN = Outcome(
    finding=Finding(
        rule="ST001",
        severity="warning",
        message="shows no source",
        remedy="cite one, or say that it is the author's own view",
        line=9,
        column=1,
        fingerprint="00000000000000a5",
        statement="s5",
    ),
    name="unsupported-statement",
    state="known",
    end_line=9,
    end_column=30,
)


def sample() -> Run:
    """Three articles: one with a finding of each severity, one with nothing open, one clean; and a file that failed."""
    return Run(
        articles=(
            Checked(
                article="articles/brindleweed tea.md", outcomes=(VAGUE, NUMBER), statements=9, asking=4, unsupported=2
            ),
            Checked(
                article="leaflet.docx",
                outcomes=(FORM, WAIVED, KNOWN),
                notes=("a table could not be read",),
                statements=3,
            ),
            Checked(article="plain.txt", statements=1),
        ),
        as_of="2026-11-23",
        version="0.1.0",
        failed=("gone.md: disappeared during the run; check again",),
        since="main",
        changes=(
            Moved(article="articles/brindleweed tea.md", line=12, way="down", words="statement: moderate → low"),
            Moved(article="plain.txt", line=1, way="up", words="statement: now supported"),
            Moved(article="", way="other", words="one source has left the lock"),
        ),
    )


def clean() -> Run:
    """A run without anything to tell."""
    return Run(articles=(Checked(article="plain.txt", statements=1),), as_of="2026-11-23", version="0.1.0")


def hostile(text: str) -> Run:
    """A run in which this text stands wherever text comes from outside; the file's name is one of those places."""
    finding = Finding(
        rule="ST001",
        severity="error",
        message=f"shows no source: “{text}”",
        remedy=f"cite {text}",
        line=3,
        column=2,
        place=text,
        fingerprint="00000000000000b1",
        statement=text,
        reference=text,
    )
    outcome = Outcome(
        finding=finding,
        name="unsupported-statement",
        end_line=3,
        end_column=9,
        shown=text,
        caret=min(2, len(text)),
        width=3,
        words=text,
    )
    bare = Outcome(
        finding=Finding(rule="RE001", severity="info", message=text, remedy="", line=1, column=1, fingerprint="b2"),
        name="reference-never-cited",
        end_line=1,
        end_column=1,
        shown=f"{text} {text}",
        caret=len(text) + 1,
        width=len(text),
    )
    waived = Outcome(
        finding=finding, name="unsupported-statement", state="waived", why=text, end_line=3, end_column=9, words=text
    )
    known = Outcome(finding=finding, name="unsupported-statement", state="known", end_line=3, end_column=9, words=text)
    return Run(
        articles=(
            Checked(article=text, outcomes=(outcome, bare, waived, known), notes=(text, f"not read: {text}")),
            Checked(article=f"docs/{text}.md", outcomes=(bare,), notes=(text,)),
        ),
        as_of="2026-11-23",
        version="0.1.0",
        failed=(text, f"{text}: could not be read"),
        since=text,
        changes=(
            Moved(article=text, line=2, way="down", words=text),
            Moved(article="", way="other", words=text),
        ),
    )

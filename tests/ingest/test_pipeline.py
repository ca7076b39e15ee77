"""The main job: the bundled example, the article that the project was started for, and its variants."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from ingest.naming import relative_id
from ingest.pipeline import audit_file
from kb.model import Assessment, Audit, Statement
from kb.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]
OFFLINE = Settings(offline=True, as_of="2026-01-01")
HIJAMA = "doi:10.4236/pp.2016.78040"


def audited(path: Path, *bibliographies: Path) -> Audit:
    return audit_file(path, path.name, OFFLINE, bibliographies=bibliographies)


def verdicts(audit: Audit) -> list[tuple[Statement, Assessment]]:
    return list(zip(audit.statements, audit.assessments, strict=True))


def straight(text: str) -> str:
    return text.replace("’", "'").strip()


@pytest.fixture(scope="module")
def labels(shared: Path) -> list[dict[str, str]]:
    with (shared / "articles" / "sciatica-knee-pain.labels.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_markdown(text: str) -> str:
    """The article with its headings marked: short lines between empty ones that end in no full stop."""
    blocks = [block.strip() for block in re.split(r"\n\s*\n", text)]
    marked = [
        f"## {block}" if "\n" not in block and len(block) < 110 and not re.search(r"[.!?:]$", block) else block
        for block in blocks
    ]
    return "\n\n".join(marked) + "\n"


def as_numbered(text: str) -> str:
    """The article with numbers instead of names: its one citation becomes [3], its list is numbered."""
    head, _, tail = text.partition("\nReferences\n")
    lines = [line for line in tail.splitlines() if line.strip()]
    numbered = [f"{number}. {line}" for number, line in enumerate(lines[:3], 1)]
    head = re.sub(r"\([^()]* & [^()]*, 2016\)", "[3]", head)
    return "\n".join([head, "", "References", "", *numbered, "", *lines[3:]]) + "\n"


@pytest.fixture(params=["as it is", "Markdown", "numbered"])
def real(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Audit:
    text = (shared / "articles" / "sciatica-knee-pain.txt").read_text("utf-8")
    made = {
        "as it is": ("article.txt", text),
        "Markdown": ("article.md", as_markdown(text)),
        "numbered": ("article.txt", as_numbered(text)),
    }
    name, content = made[request.param]
    path = tmp_path / name
    path.write_text(content, "utf-8")
    return audited(path)


def test_every_label_of_the_real_article_holds(real: Audit, labels: list[dict[str, str]]) -> None:
    for row in labels:
        found = [pair for pair in verdicts(real) if straight(pair[0].text).startswith(straight(row["starts_with"]))]
        if row["class"] == "outside":
            assert not [s for s, _ in found if s.needs_source], row
        elif row["class"] == "context" and row["needs"] == "no":
            assert [s.needs_source for s, _ in found] == [False], row
        elif row["needs"] == "must":
            assert [(s.needs_source, a.verdict) for s, a in found] == [(True, "unsupported")], row


def test_signals_of_the_real_article(real: Audit, labels: list[dict[str, str]]) -> None:
    for row in labels:
        for note, signal in [("vague", "vague attribution"), ("number", "number"), ("guideline", "guideline")]:
            if note in row["note"].split():
                (found,) = [s for s in real.statements if straight(s.text).startswith(straight(row["starts_with"]))]
                assert signal in found.signals, row


def test_the_one_citation_and_the_two_idle_references_of_the_real_article(real: Audit) -> None:
    (citation,) = real.citations
    (statement_id,) = citation.statements
    statement = next(s for s in real.statements if s.id == statement_id)
    assert "hijama" in statement.text
    (line,) = real.evidence
    assert (line.statement, line.source, line.direction) == (statement.id, HIJAMA, "not checked")
    idle = [finding.reference for finding in real.findings if finding.rule == "RE001"]
    assert len(idle) == 2
    assert set(idle) | set(citation.references) == {reference.id for reference in real.references}


def test_the_overreach_of_the_real_article_leans_and_goes_beyond(real: Audit) -> None:
    index = next(i for i, s in enumerate(real.statements) if s.text.startswith("This suggests"))
    statement, assessment = verdicts(real)[index]
    assert statement.leans_on == real.statements[index - 1].id
    assert assessment.verdict == "unsupported"
    assert any("goes beyond" in reason for reason in assessment.reasons)


def test_the_bundled_example_has_the_same_faults() -> None:
    audit = audited(PROJECT / "examples" / "sciatica-and-knee-pain.md", PROJECT / "references.bib")
    assert [reference.id for reference in audit.references] == ["sharp2016", "alkutobi2003", "bilal2016"]
    assert [finding.reference for finding in audit.findings if finding.rule == "RE001"] == ["sharp2016", "alkutobi2003"]
    cited = {s.text[:20]: a.verdict for s, a in verdicts(audit) if a.verdict not in ("unsupported", "needs no source")}
    assert cited == {"In one study, hijama": "not checked"}
    assert sum(a.verdict == "unsupported" for _, a in verdicts(audit)) == 25
    vague = [s for s in audit.statements if "vague attribution" in s.signals]
    numbers = [s for s, a in verdicts(audit) if "number" in s.signals and a.verdict == "unsupported"]
    assert (len(vague), len(numbers)) == (6, 2)
    beyond = next(s for s in audit.statements if s.text.startswith("This suggests"))
    assert beyond.goes_beyond
    assert not any("team" in s.text for s in audit.statements)


MARKDOWN = """# Heat for stiff knees

Heat eased pain in 40% of adults [@roe2010]. It may also help at night (Poe & Doe, 2012).
Cold [slowed healing](https://doi.org/10.5555/cold). Rest cures most patients [@nobody1999].
"""
BIB = """@article{roe2010, author={Roe, Jane}, title={Heat for knees}, year=2010, journal={Knee J}, doi={10.5555/heat}}
@article{poe2012, author={Poe, E. and Doe, F.}, title={Night heat}, year=2012, journal={Knee J}}
@article{idle2001, author={Idle, E.}, title={Idle works}, year=2001, journal={Knee J}}
@article{broken, author={Nobody
"""


def test_markdown_with_a_bibliography_beside_it(tmp_path: Path) -> None:
    (tmp_path / "knees.md").write_text(MARKDOWN)
    (tmp_path / "knees.bib").write_text(BIB)
    audit = audited(tmp_path / "knees.md")
    cited = {citation.text: citation.references for citation in audit.citations}
    assert cited == {
        "[@roe2010]": ("roe2010",),
        "(Poe & Doe, 2012)": ("poe2012",),
        "[slowed healing](https://doi.org/10.5555/cold)": ("10.5555/cold",),
        "[@nobody1999]": (),
    }
    rules = [(finding.rule, finding.reference) for finding in audit.findings if finding.rule in ("RE001", "CI001")]
    assert sorted(rules, key=str) == [("CI001", None), ("RE001", "idle2001")]
    assert any("knees.bib" in note and "broken" in note for note in audit.notes)


def test_a_bibliography_that_several_articles_share_lends_only_what_is_cited(tmp_path: Path) -> None:
    (tmp_path / "knees.md").write_text(MARKDOWN)
    (tmp_path / "hands.md").write_text("# Hands\n\nHeat eases stiff hands too [@roe2010].\n")
    (tmp_path / "works.bib").write_text(BIB)
    audit = audited(tmp_path / "hands.md", tmp_path / "works.bib")
    assert [reference.id for reference in audit.references] == ["roe2010"]


def test_a_bibliography_outside_the_articles_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.bib").write_text(BIB)
    (tmp_path / "in").mkdir()
    article = tmp_path / "in" / "a.md"
    article.write_text("---\nbibliography: ../secret.bib\n---\n\nHeat helps stiff knees [@roe2010].\n")
    audit = audited(article)
    assert audit.references == ()
    assert any("outside the article's folder" in note for note in audit.notes)


def test_ids_are_relative_to_the_project(tmp_path: Path) -> None:
    assert relative_id(tmp_path / "a" / "b.md", tmp_path) == "a/b.md"
    assert relative_id(tmp_path / "b.md", tmp_path / "a") == "../b.md"

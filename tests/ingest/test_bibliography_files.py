"""Which files are an article's bibliographies, and what becomes of works that several of them hold. All made up."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ingest.bibliography import Gathered, gather_references
from ingest.cli import main
from ingest.read import read_file
from ingest.references.united import united
from kb.errors import BibliographyError
from kb.model import Reference

BIB = "@article{okafor2014, author={Okafor, Nia}, title={Warm packs for stiff knees}, year=2014, journal={Knees}}"
CSL = json.dumps(
    [
        {
            "id": "okafor2014",
            "type": "article-journal",
            "title": "Warm packs for stiff knees",
            "author": [{"family": "Okafor"}],
            "issued": {"date-parts": [[2014]]},
            "DOI": "10.5555/knee",
        }
    ]
)
RIS = (
    "TY  - JOUR\nAU  - Okafor, Nia\nTI  - Warm packs for stiff knees\nPY  - 2014\nAB  - Pain fell by a third.\nER  - \n"
)
XML = (
    '<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
    "<author>Okafor, Nia</author></authors></contributors><titles><title>Warm packs for stiff knees</title></titles>"
    "<dates><year>2014</year></dates><label>okafor2014</label></record></records></xml>"
)
NBIB = "PMID- 90000001\nFAU - Okafor, Nia\nTI  - Warm packs for stiff knees.\nDP  - 2014\n"
YAML = "references:\n- id: okafor2014\n  type: article-journal\n  title: Warm packs for stiff knees\n  issued: 2014\n"
ARTICLE = "# Knees\n\nWarm packs help stiff knees [@okafor2014].\n"


def gathered(folder: Path, named: tuple[Path, ...] = (), article: str = "knees.md") -> Gathered:
    if not (folder / article).exists():
        (folder / article).write_text(ARTICLE)
    return gather_references(read_file(folder / article, article), folder / article, named)


@pytest.mark.parametrize("stem", ["knees", "library"])
@pytest.mark.parametrize(
    ("suffix", "text"),
    [(".bib", BIB), (".json", CSL), (".ris", RIS), (".xml", XML), (".nbib", NBIB), (".yaml", YAML), (".JSON", CSL)],
)
def test_a_bibliography_of_any_format_beside_the_article_is_found(
    tmp_path: Path, suffix: str, text: str, stem: str
) -> None:
    (tmp_path / f"{stem}{suffix}").write_text(text)
    found = gathered(tmp_path)
    assert [one.title for one in found.references] == ["Warm packs for stiff knees"]
    assert [one.origin for one in found.references] == [f"{stem}{suffix}"]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"name": "knees", "type": "module", "author": "Okafor", "title": "Knees"}'),
        ("knees.json", '{"type": "FeatureCollection", "features": [{"type": "Feature", "title": "Knee"}]}'),
        ("data.json", '[{"type": "report", "title": "Figures"}]'),
        ("broken.json", '[{"type": "book", "title": '),
        ("_quarto.yml", "project:\n  type: book\nbook:\n  title: Knees\n  author: Okafor\n"),
        ("knees.xml", "<article><front><article-meta><title>Knees</title></article-meta></front></article>"),
        ("knees.json", "\0\1\2"),
    ],
)
def test_files_that_are_no_bibliography_are_passed_over(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    found = gathered(tmp_path)
    assert (found.references, found.problems) == ((), ())


def test_a_broken_bibliography_beside_the_article_is_told_and_the_article_is_read(tmp_path: Path) -> None:
    (tmp_path / "knees.bib").write_text("Dear reader")
    (tmp_path / "knees.ris").write_text(RIS)
    found = gathered(tmp_path)
    assert [one.title for one in found.references] == ["Warm packs for stiff knees"]
    (problem,) = found.problems
    assert problem.startswith("knees.bib: holds no BibTeX entry; ")


def test_what_the_user_names_must_be_a_bibliography(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "knees"}')
    found = gathered(tmp_path, (tmp_path / "package.json",))
    assert found.problems == ("package.json:1: an item names no work; give it a title, or remove it",)
    (tmp_path / "letter.ris").write_text("Dear reader")
    with pytest.raises(BibliographyError, match=r"^letter\.ris: holds no RIS entry"):
        gathered(tmp_path, (tmp_path / "letter.ris",))


def test_of_several_articles_only_the_one_of_its_name_has_the_bibliography(tmp_path: Path) -> None:
    (tmp_path / "hands.md").write_text("# Hands\n\nHands are fine.\n")
    (tmp_path / "hands.json").write_text(CSL)
    assert gathered(tmp_path).references == ()
    assert len(gathered(tmp_path, article="hands.md").references) == 1


def test_readmes_and_other_formats_of_the_article_are_no_further_articles(tmp_path: Path) -> None:
    for name in ("README.md", "LICENSE.txt", "knees.html"):
        (tmp_path / name).write_text("<p>Knees are joints.</p>")
    (tmp_path / "library.json").write_text(CSL)
    assert len(gathered(tmp_path).references) == 1


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text(CSL)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "knees.json").symlink_to(tmp_path / "secret.json")
    (folder / "other.bib").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.ris")
    assert gathered(folder).references == ()
    (folder / "knees.md").write_text(f"---\nbibliography: knees.json\n---\n{ARTICLE}")
    found = gathered(folder)
    assert found.references == ()
    assert "outside the article's folder" in found.problems[0]


def test_the_same_library_in_several_formats_is_one(tmp_path: Path) -> None:
    for suffix, text in {".bib": BIB, ".json": CSL, ".ris": RIS, ".xml": XML}.items():
        (tmp_path / f"knees{suffix}").write_text(text)
    found = gathered(tmp_path)
    (one,) = found.references
    assert (one.id, one.doi, one.abstract) == ("okafor2014", "10.5555/knee", "Pain fell by a third.")


def test_a_shared_bibliography_lends_what_is_cited_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "one.bib").write_text(BIB + "@book{idle, title={Idle works of many years}, year=2001}")
    idle = {"id": "still", "type": "book", "title": "Idle works of many years", "issued": "2001"}
    (tmp_path / "two.json").write_text(json.dumps([{**json.loads(CSL)[0], "id": "okafor"}, idle]))
    (tmp_path / "in" / "knees.md").write_text("# Knees\n\nWarm packs help stiff knees [@okafor].\n")
    found = gathered(tmp_path / "in", (tmp_path / "one.bib", tmp_path / "two.json"))
    assert [(one.id, one.doi) for one in found.references] == [("okafor2014", "10.5555/knee")]
    assert found.aliases["okafor"] == "okafor2014"


@pytest.mark.parametrize("option", ["--write", "--dry-run"])
def test_only_bibtex_is_mended_and_others_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kb.toml").write_text('cache = "none"')
    (tmp_path / "works.ris").write_text(RIS)
    with pytest.raises(SystemExit) as caught:
        main.main(["resolve", "--offline", option, "works.ris"])
    out = " ".join(capsys.readouterr().out.split())
    assert not caught.value.code
    assert "1 entry: 1 not attempted" in out
    assert "works.ris: only .bib files are mended; change it in the program that keeps it" in out
    assert (tmp_path / "works.ris").read_text() == RIS


def reference(id: str, title: str, origin: str, *, label: bool = True) -> Reference:
    return Reference(
        id=id, position=1, text=title, source=title, origin=origin, label=id if label else "", title=title, year="2001",
        authors=("Poe",),
    )  # fmt: skip


def test_one_key_for_two_works() -> None:
    first = [reference("poe", "Stairs and how to climb them", "a.bib")]
    second = [reference("poe", "Ladders and how to carry them", "b.json")]
    both = united([first, second])
    assert [one.origin for one in both.references] == ["a.bib"]
    assert both.problems == (
        "b.json: entry 'poe' was left out, since that key is another work in a.bib; rename one of the two",
    )


def test_a_made_name_gives_way() -> None:
    first = [reference("poe2001", "Stairs and how to climb them", "a.bib")]
    second = [reference("poe2001", "Ladders and how to carry them", "b.ris", label=False)]
    both = united([first, second])
    assert [one.id for one in both.references] == ["poe2001", "poe2001a"]
    assert both.problems == ()

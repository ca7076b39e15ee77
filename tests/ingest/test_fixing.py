"""``kb check --fix``: what it changes, what it leaves and why, and that nothing else changes. All works are made up."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.linting.fixing import mending
from ingest.linting.fixing.bytes import edited
from ingest.linting.fixing.planning import plan
from ingest.linting.fixing.records import Edit, Plan
from ingest.pipeline import audit_file
from ingest.reading import Reading
from ingest.resolve import Resolved, source_from_reference
from kb import reviews
from kb.language.digests import digest_of_reference
from kb.lock import FILE, lock_of, to_json
from kb.model import Attribution, Audit, Notice, Reference, Resolution, Review, Source
from kb.settings import Settings
from tests.checks import Kb

ARTICLE = """# Heat and cold for stiff knees

Heat eased the knee pain in 40% of adults [1]. Cold packs slowed the healing of knees [2,3].
In a trial, heat eased the stiffness of the knees [3–5]. Ice harms the skin [4, 5].

## References

1. Roe J, Poe E. Heat for knees: a randomized trial. Knee Journal 2010;3:1-9. https://doi.org/10.5555/heat
2. Poe E. Cold for knees. Knee Journal 2012;5:1-9. https://doi.org/10.5555/cold
3. Loe K. Ice for knees. Knee Journal 2013;5:11-19. https://doi.org/10.5555/ice
4. Poe E. Cold for knees. Knee J. 2012;5:1-9. https://doi.org/10.5555/COLD
5. Noe K. Skin and ice. Skin Journal 2014;5:11-19. https://doi.org/10.5555/skin
"""
MERGED = (
    ARTICLE.replace("[3–5]", "[2–4]")
    .replace("[4, 5]", "[2, 4]")
    .replace("4. Poe E. Cold for knees. Knee J. 2012;5:1-9. https://doi.org/10.5555/COLD\n", "")
    .replace("5. Noe", "4. Noe")
)
BY_NAME = """# Heat and cold for stiff knees

Heat eased the knee pain in 40% of adults (Roe, 2010). Cold packs slowed the healing of knees (Poe, 2012).

## References

Poe, E. (2012). Cold for knees. Knee Journal, 5, 1-9. https://doi.org/10.5555/cold

Poe, E. (2012). Cold for knees. Knee J. 5, 1-9. https://doi.org/10.5555/cold

Roe, J. (2010). Heat for knees. Knee Journal, 3, 1-9. https://doi.org/10.5555/heat
"""
KEYED = """---
bibliography: refs.bib
---
# Heat and cold for stiff knees

Heat eased the knee pain in 40% of adults [@roe]. Cold packs slowed the healing of knees [@poe; @poe2].
In a trial, heat eased the stiffness of the knees [@poe2, p. 3].
"""
LIBRARY = """@article{roe, title = {Heat for knees}, author = {Roe, J}, year = 2010, journal = {Knee Journal}}

@article{poe, title = {Cold für knees}, author = {Poe, E}, year = 2012, doi = {10.5555/cold(1)}}

@article{poe2, title = {Cold für {K}nees}, author = {Poe, E}, year = 2012, doi = {https://doi.org/10.5555/COLD(1)}}
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "kb.toml").write_text('ignore = ["SO001"]\n')
    return folder


def write(file: Path, text: str, codec: str = "utf-8", line_end: str = "\n") -> bytes:
    file.write_bytes(text.replace("\n", line_end).encode(codec))
    return file.read_bytes()


def works(**dois: str) -> Mapping[str, Source]:
    """What a registry knows, by words of the title."""
    return {
        word: Source(
            id=f"doi:{doi}",
            doi=doi,
            title=word,
            said=(Attribution(by="Crossref", fields=("title",), asked="2026-05-01"),),
        )
        for word, doi in dois.items()
    }


def lock(article: Path, known: Mapping[str, Source]) -> None:
    """Write the lock of an article, in which a registry confirmed the works whose titles hold the words given."""

    def resolver(references: Sequence[Reference], settings: Settings, progress: object) -> Resolved:
        found = {
            one.id: next((work for word, work in known.items() if word in one.text and not one.doi), None)
            for one in references
        }
        return Resolved(
            sources=tuple(
                {s.id: s for one in references for s in [found[one.id] or source_from_reference(one)]}.values()
            ),
            resolutions=tuple(
                Resolution(reference=one.id, source=work.id, status="verified", said_by="Crossref", asked="2026-05-01")
                if (work := found[one.id])
                else Resolution(reference=one.id, source=one.source, status="verified", said_by="Crossref")
                for one in references
            ),
        )

    settings = Settings(offline=True, as_of="2026-05-01")
    audit = audit_file(article, article.name, settings, resolver=resolver)
    Path(FILE).write_text(to_json(lock_of([audit])), "utf-8")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["knees.md", "knees.txt"])
def test_a_duplicate_is_merged_and_all_markers_follow(
    folder: Path, kb: Kb, codec: str, line_end: str, name: str
) -> None:
    before = write(folder / name, ARTICLE, codec, line_end)
    (folder / name).chmod(0o640)
    code, out, _ = kb("--fix", "--diff", name)
    assert code == 1
    assert "-4. Poe E." in out and "[2–4]" in out
    assert (folder / name).read_bytes() == before
    code, out, _ = kb("--fix", name)
    assert code == 0
    assert out.startswith(f"{name}:11: RE002 took out entry 4, the same work as entry 2\n1 change in 1 file made\n")
    assert (folder / name).read_bytes() == MERGED.replace("\n", line_end).encode(codec)
    assert (folder / name).stat().st_mode & 0o777 == 0o640
    assert kb("--fix", "--diff", name)[:2] == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[4, 5].", "[4, 5] [9].", "names what the list does not hold"),
        ("[4, 5].", "[4, 5, p. 8].", "line 4"),
        ("[4, 5].", "[4, 5].\n\n| a | b |\n|---|---|\n| x | [5] |\n", "may be a marker"),
        ("[4, 5].", "[4, 5] (95% CI [3, 5]).", "may be a marker"),
        ("[4, 5].", "[4, 5]. See [Table 5](#t5).", "may be a marker"),
        ("[4, 5].", "[4, 5] [1.5–5 mg] [5].\n\n## Table 5 [5]\n", "line 6 holds a number that may be a marker"),
        ("5. Noe", "7. Noe", "is not numbered from 1 on without a gap"),
        ("4. Poe E.", "4. Boe E.", "another author"),
        ("Cold for knees. Knee J. 2012", "Cold for knees. Knee J. 2011", "another year"),
        ("Cold for knees. Knee J. 2012", "Cold for knees and hips. Knee J. 2012", "its title says something else"),
        ("/COLD", "/COLD <!-- kb: allow SO001 reason='x' -->", "a comment to this program stands in it"),
    ],
)
def test_what_is_not_sure_is_left_and_told(folder: Path, kb: Kb, old: str, new: str, why: str) -> None:
    assert ARTICLE.count(old) == 1
    before = write(folder / "knees.md", ARTICLE.replace(old, new))
    _, out, _ = kb("--fix", "knees.md")
    assert (folder / "knees.md").read_bytes() == before
    left = [line for line in out.splitlines() if "RE002 entry" in line]
    assert len(left) == 1
    assert why in left[0]


def test_the_last_entry_goes_with_what_parted_it_from_the_one_before(folder: Path, kb: Kb) -> None:
    double = "6. Noe K. Skin and ice. Skin J 2014;5:11-19. https://doi.org/10.5555/skin"
    text = MERGED.replace("[2, 4]", "[2, 5]").rstrip("\n") + f"\n\n{double.replace('6.', '5.')}"
    write(folder / "knees.md", text)
    assert kb("--fix", "knees.md")[0] == 0
    assert (folder / "knees.md").read_text("utf-8") == MERGED.rstrip("\n")


def test_a_list_by_name_loses_the_entry_that_the_same_marker_cites(folder: Path, kb: Kb) -> None:
    write(folder / "knees.md", BY_NAME)
    assert kb("--fix", "knees.md")[0] == 0
    gone = "Poe, E. (2012). Cold for knees. Knee J. 5, 1-9. https://doi.org/10.5555/cold\n\n"
    assert (folder / "knees.md").read_text("utf-8") == BY_NAME.replace(gone, "")


def test_a_list_by_name_keeps_entries_that_letters_tell_apart(folder: Path, kb: Kb) -> None:
    lettered = BY_NAME.replace("knees (Poe, 2012)", "knees (Poe, 2012a, 2012b)").replace(
        "(2012). Cold", "(2012a). Cold", 1
    )
    before = write(folder / "knees.md", lettered.replace("(2012). Cold", "(2012b). Cold"))
    _, out, _ = kb("--fix", "knees.md")
    assert (folder / "knees.md").read_bytes() == before
    assert "RE002 entry" in out


@pytest.mark.parametrize(
    ("entry", "others", "expected"),
    [
        ("Noe K. Skin and ice. Skin J 2014;5:1-9.", "https://doi.org/", " https://doi.org/10.5555/a%281%29"),
        ("Noe K. Skin and ice. Skin J 2014;5:1-9.", "doi:", " doi:10.5555/a(1)"),
        ("Noe K. Skin and ice. Skin J 2014;5:1-9", "doi: ", ". doi: 10.5555/a(1)"),
        ("Noe K. Skin and ice (.*)+[^x]$. Skin J 2014;5:1-9.", "doi:", " doi:10.5555/a(1)"),
    ],
)
def test_a_doi_that_a_registry_confirmed_is_added_in_the_lists_own_form(
    folder: Path, kb: Kb, entry: str, others: str, expected: str
) -> None:
    text = MERGED.replace("https://doi.org/", others)
    text = f"{text[: text.index('4. Noe')]}4. {entry}\n"
    write(folder / "knees.md", text, "utf-8-sig", "\r\n")
    lock(folder / "knees.md", works(Skin="10.5555/a(1)"))
    _, out, err = kb("--fix", "knees.md")
    after = text.replace(entry, entry + expected).replace("\n", "\r\n").encode("utf-8-sig")
    assert (folder / "knees.md").read_bytes() == after
    assert f"knees.md:11: RE006 added {expected.lstrip('. ')}" in out
    assert "write it anew with `kb lock`" in err
    assert kb("--fix", "--diff", "knees.md")[1] == ""


def test_a_doi_that_another_reference_gives_is_not_added(folder: Path, kb: Kb) -> None:
    before = write(folder / "knees.md", MERGED.replace(" https://doi.org/10.5555/skin", ""))
    lock(folder / "knees.md", works(Skin="10.5555/heat"))
    _, out, _ = kb("--fix", "knees.md")
    assert (folder / "knees.md").read_bytes() == before
    assert "RE006 entry 4 was left as it is: another reference of the article gives https://doi.org/10.5555/heat" in out


def test_what_people_spoke_of_keeps_its_words(folder: Path, kb: Kb) -> None:
    text = MERGED.replace(" https://doi.org/10.5555/skin", "")
    before = write(folder / "knees.md", text)
    lock(folder / "knees.md", works(Skin="10.5555/skin"))
    audit = audit_file(folder / "knees.md", "knees.md", Settings(offline=True, as_of="2026-05-01"))
    review = Review(
        subject="resolution",
        statement=None,
        source="doi:10.5555/skin",
        value="verified",
        person="Ana",
        date="2026-05-02",
        reason="read it",
        fingerprint=digest_of_reference(audit.references[3]),
    )
    (folder / reviews.FILE).write_text(reviews.to_json([review]), "utf-8")
    _, out, _ = kb("--fix", "knees.md")
    assert (folder / "knees.md").read_bytes() == before
    assert "RE006 entry 4 was left as it is" in out


def test_doi_forms_follow_the_list(folder: Path, kb: Kb) -> None:
    odd = MERGED.replace("https://doi.org/10.5555/ice", "doi: http://DX.doi.org/10.5555/Ice.")
    write(folder / "knees.md", odd.replace("https://doi.org/10.5555/skin", "10.5555/skin"))
    code, out, _ = kb("--fix", "--select", "RE007", "knees.md")
    assert code == 0
    assert "knees.md:10: RE007 wrote https://doi.org/10.5555/Ice for doi: http://DX.doi.org/10.5555/Ice" in out
    assert (folder / "knees.md").read_text("utf-8") == MERGED.replace("/ice", "/Ice.")


@pytest.mark.parametrize("arguments", [["--ignore", "RE002"], ["--select", "RE007"]])
def test_what_does_not_count_is_not_mended(folder: Path, kb: Kb, arguments: list[str]) -> None:
    before = write(folder / "knees.md", ARTICLE)
    kb("--fix", *arguments, "knees.md")
    assert (folder / "knees.md").read_bytes() == before


def test_what_is_waived_is_not_mended_and_what_is_known_of_old_is(folder: Path, kb: Kb) -> None:
    waiver = '\n[[waivers]]\nrules = ["RE002"]\narticles = ["knees.md"]\nreason = "two prints"\n'
    (folder / "kb.toml").write_text(waiver)
    before = write(folder / "knees.md", ARTICLE)
    kb("--fix", "knees.md")
    assert (folder / "knees.md").read_bytes() == before
    (folder / "kb.toml").write_text('baseline = "old.json"\n')
    assert kb("--write-baseline")[0] == 0
    assert kb("knees.md")[0] == 0
    kb("--fix", "knees.md")
    assert (folder / "knees.md").read_text("utf-8") == MERGED


@pytest.mark.parametrize("codec", ["utf-8", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_bibtex_entry_goes_and_its_key_in_every_article(folder: Path, kb: Kb, codec: str, line_end: str) -> None:
    write(folder / "a.md", KEYED)
    write(folder / "b.md", KEYED.replace("[@poe; @poe2]", "@poe2"))
    write(folder / "refs.bib", LIBRARY, codec, line_end)
    kb("--fix", "--jobs", "1")
    gone = LIBRARY[: LIBRARY.index("\n@article{poe2")]
    assert (folder / "refs.bib").read_bytes() == gone.replace("\n", line_end).encode(codec)
    for name in ("a.md", "b.md"):
        assert "poe2" not in (folder / name).read_text()
    assert "[@poe]" in (folder / "a.md").read_text()
    assert kb("--fix", "--diff")[1] == ""


@pytest.mark.parametrize(
    ("article", "library", "why"),
    [
        (KEYED.replace("[@poe; @poe2]", "[@poe; @poe2, p. 9]"), LIBRARY, "with words of its own"),
        (KEYED + "\n    @poe2\n", LIBRARY, "where it is not read as a citation"),
        (KEYED, LIBRARY.replace("{poe2,", "{poe2, note = {read},"), "it says more: note"),
    ],
)
def test_a_bibtex_entry_that_is_needed_is_left(folder: Path, kb: Kb, article: str, library: str, why: str) -> None:
    files = {folder / "a.md": write(folder / "a.md", article), folder / "refs.bib": write(folder / "refs.bib", library)}
    _, out, _ = kb("--fix")
    assert {file: file.read_bytes() for file in files} == files
    assert any("refs.bib:5: RE002 entry 'poe2' was left as it is" in line and why in line for line in out.splitlines())


def test_an_entry_stays_that_an_article_outside_of_the_run_cites(folder: Path, kb: Kb) -> None:
    write(folder / "a.md", KEYED)
    write(folder / "b.md", KEYED)
    before = write(folder / "refs.bib", LIBRARY)
    _, out, _ = kb("--fix", "a.md")
    assert (folder / "refs.bib").read_bytes() == before
    assert "b.md cites it, and is not among the articles that are checked" in out


def test_a_doi_is_added_to_a_bibtex_entry(folder: Path, kb: Kb) -> None:
    write(folder / "a.md", KEYED.replace("[@poe; @poe2]", "[@poe]").replace("[@poe2, p. 3]", "[@poe]"))
    library = LIBRARY[: LIBRARY.index("\n@article{poe2")]
    write(folder / "refs.bib", library, "cp1252", "\r\n")
    lock(folder / "a.md", works(Heat="10.5555/heat"))
    _, out, _ = kb("--fix")
    expected = library.replace("{Knee Journal}}", "{Knee Journal},doi = {10.5555/heat}}")
    assert "refs.bib:1: RE006 added https://doi.org/10.5555/heat" in out
    assert (folder / "refs.bib").read_bytes().replace(b", doi = {10.5555/heat}", b",doi = {10.5555/heat}") == (
        expected.replace("\n", "\r\n").encode("cp1252")
    )


def test_a_bibtex_entry_with_a_doi_of_several_pieces_is_left(folder: Path, kb: Kb) -> None:
    write(folder / "a.md", KEYED.replace("[@poe; @poe2]", "[@poe]").replace("[@poe2, p. 3]", "[@poe]"))
    library = '@string{d = ""}\n' + LIBRARY[: LIBRARY.index("\n@article{poe2")].replace("2010,", "2010, doi = d,")
    before = write(folder / "refs.bib", library)
    lock(folder / "a.md", works(Heat="10.5555/heat"))
    _, out, _ = kb("--fix")
    assert "refs.bib:2: RE006 entry 'roe' was left as it is: “d” is not written out in one piece" in out
    assert (folder / "refs.bib").read_bytes() == before


def test_other_bibliographies_are_left_and_told(folder: Path, kb: Kb) -> None:
    write(folder / "a.md", KEYED.replace("refs.bib", "refs.ris").replace("[@poe; @poe2]", "[@poe]"))
    before = write(folder / "refs.ris", "TY  - JOUR\nID  - roe\nTI  - Heat for knees\nAU  - Roe, J\nER  - \n")
    lock(folder / "a.md", works(Heat="10.5555/heat"))
    _, out, _ = kb("--fix")
    assert "RE006 entry 'roe' was left as it is: only Markdown, plain text and .bib files are mended" in out
    assert (folder / "refs.ris").read_bytes() == before


def test_other_formats_are_left_and_told(folder: Path, kb: Kb) -> None:
    page = (
        "<html><body><h1>Heat</h1><p>Heat eased the knee pain in 40% of adults [1].</p><h2>References</h2><ol>"
        '<li>Roe J. Heat for knees. Knee Journal 2010;3:1-9. <a href="http://dx.doi.org/10.5555/heat">'
        "http://dx.doi.org/10.5555/heat</a></li></ol></body></html>"
    )
    before = write(folder / "heat.html", page)
    _, out, _ = kb("--fix", "heat.html")
    assert "RE007 was not mended: only Markdown, plain text and .bib files are mended" in out
    assert (folder / "heat.html").read_bytes() == before


def test_a_published_version_is_only_suggested(folder: Path, kb: Kb) -> None:
    before = write(folder / "knees.md", MERGED.replace(" https://doi.org/10.5555/skin", "") + "\n")
    notice = Notice(kind="published version", said_by=("Crossref",), doi="10.5555/final")
    preprint = works(Skin="10.5555/pre")["Skin"]
    known = Source(**{name: getattr(preprint, name) for name in preprint.__struct_fields__} | {"notices": (notice,)})
    lock(folder / "knees.md", {"Skin": known})
    _, out, _ = kb("--fix", "--diff", "--select", "SO006", "knees.md")
    assert out == ""
    _, out, _ = kb("--fix", "--select", "SO006", "knees.md")
    assert "SO006 suggestion: " in out and "10.5555/final" in out
    assert (folder / "knees.md").read_bytes() == before


def test_nothing_is_written_where_the_article_would_be_read_otherwise(
    folder: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write(folder / "knees.md", ARTICLE)

    def careless(reading: Reading, audit: Audit, flagged: AbstractSet[tuple[str, str]]) -> Plan:
        made = plan(reading, audit, flagged)
        return made._replace(edits=tuple(edit for edit in made.edits if edit.old != "[3–5]"))

    monkeypatch.setattr(mending, "plan", careless)
    _, out, _ = kb("--fix", "knees.md")
    assert (folder / "knees.md").read_bytes() == before
    assert "RE002 was not mended: its citations would lead elsewhere" in out


def test_a_file_that_changes_meanwhile_or_is_read_only_is_left(
    folder: Path, kb: Kb, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = write(folder / "knees.md", ARTICLE)
    (folder / "knees.md").chmod(0o444)
    _, out, err = kb("--fix", "knees.md")
    assert "is read-only, so nothing was written" in err
    assert "took out" not in out
    assert (folder / "knees.md").read_bytes() == before
    (folder / "knees.md").chmod(0o644)

    def touching(data: bytes, edits: Iterable[Edit], name: str) -> bytes:
        write(folder / "knees.md", MERGED)
        return edited(data, edits, name)

    monkeypatch.setattr(mending, "edited", touching)
    assert "was changed meanwhile" in kb("--fix", "knees.md")[2]
    assert (folder / "knees.md").read_text("utf-8") == MERGED


def test_a_link_out_of_the_project_is_not_written_through(folder: Path, kb: Kb) -> None:
    outside = folder.parent / "knees.md"
    before = write(outside, ARTICLE)
    (folder / "knees.md").symlink_to(outside)
    assert "is a link out of the project" in kb("--fix", "knees.md")[2]
    assert outside.read_bytes() == before


def test_with_fix_what_stands_behind_diff_is_an_article(folder: Path, kb: Kb) -> None:
    write(folder / "knees.md", ARTICLE)
    write(folder / "calm.md", MERGED)
    for arguments in (["--fix", "--diff", "knees.md"], ["--diff", "calm.md", "knees.md", "--fix"], ["--fix", "--diff"]):
        code, out, _ = kb(*arguments)
        assert code == 1
        assert out.startswith("--- knees.md\n+++ knees.md\n")


def test_a_document_has_stdout_for_itself(folder: Path, kb: Kb) -> None:
    write(folder / "knees.md", ARTICLE)
    _, out, err = kb("--fix", "--format", "json", "knees.md")
    assert out.startswith("{")
    assert "RE002 took out entry 4" in err


def test_a_diff_is_no_command_of_a_ci_service(folder: Path, kb: Kb) -> None:
    write(folder / "knees.md", ARTICLE.replace("[4, 5].\n", "[4, 5].\n\n::error ::x ##[add-mask]y \x1b[31m\n"))
    _, out, _ = kb("--fix", "--diff", "knees.md")
    assert ": :error ::x # #[add-mask]y" in out
    assert not any(line.lstrip().startswith("::") or "##[" in line or "\x1b" in line for line in out.splitlines())


def seconds(folder: Path, kb: Kb, count: int) -> float:
    """How long it takes to mend a list in which every second entry is a duplicate."""
    names = [f"{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(count)]
    cited = [f"Heat eased the {name} pain in {n % 90}% of adults [{n}]." for n, name in enumerate(names, 1)]
    works = [names[number - number % 2] for number in range(count)]
    listed = [f"{n}. Roe{one} J. Heat for {one}. J Knees 2012;5:1-9. 10.5555/{one}" for n, one in enumerate(works, 1)]
    write(folder / "knees.md", "\n".join(["# Heat", "", *cited, "", "## References", "", *listed, ""]))
    start = time.process_time()
    _, out, _ = kb("--fix", "--no-cache", "knees.md")
    assert out.count("RE002 took out") == count // 2
    return time.process_time() - start


def test_a_long_list_takes_time_in_its_length(folder: Path, kb: Kb) -> None:
    seconds(folder, kb, 10)
    assert seconds(folder, kb, 400) < 9 * seconds(folder, kb, 100)


FORMS = st.sampled_from(["https://doi.org/", "doi:", "http://dx.doi.org/", ""])
ENTRIES = st.lists(st.tuples(st.integers(0, 4), FORMS), min_size=2, max_size=7)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=ENTRIES, marks=st.lists(st.lists(st.integers(1, 7), min_size=1, max_size=3, unique=True), max_size=4))
def test_a_second_run_changes_nothing_more(
    folder: Path, kb: Kb, entries: list[tuple[int, str]], marks: list[list[int]]
) -> None:
    names = [
        "Roe J. Heat for knees",
        "Poe E. Cold for backs",
        "Loe K. Ice for hips",
        "Noe K. Skin burns",
        "Zoe A. Rest",
    ]
    cited = [[mark for mark in one if mark <= len(entries)] for one in marks]
    cited = [one for one in cited if one] + [[number] for number in range(1, len(entries) + 1)]
    sentences = [f"Heat eased the pain of group {n} a lot {one}.".replace("'", "") for n, one in enumerate(cited)]
    listed = [f"{n}. {names[w]}. J 201{w};3:1-9. {form}10.5555/{w}" for n, (w, form) in enumerate(entries, 1)]
    text = "\n".join(["# Heat", "", " ".join(sentences), "", "## References", "", *listed, ""])
    write(folder / "knees.md", text)
    kb("--fix", "--no-cache", "knees.md")
    once = (folder / "knees.md").read_bytes()
    assert kb("--fix", "--diff", "--no-cache", "knees.md")[1] == ""
    kb("--fix", "--no-cache", "knees.md")
    assert (folder / "knees.md").read_bytes() == once
    works = len({work for work, _ in entries})
    assert once.count(b"10.5555/") in (works, len(entries))


def test_a_list_that_is_numbered_by_its_reader_keeps_its_marks(folder: Path, kb: Kb) -> None:
    ones, merged = (re.sub(r"(?m)^\d\. ", "1. ", text) for text in (ARTICLE, MERGED))
    write(folder / "knees.md", ones)
    assert kb("--fix", "knees.md")[0] == 0
    assert (folder / "knees.md").read_text("utf-8") == merged

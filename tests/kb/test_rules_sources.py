"""Rules about sources and what was published on them later: what each must flag and pass, and what it says."""

from __future__ import annotations

from typing import Any

import msgspec

from kb.model import Audit, Candidate, Notice, NoticeKind, Reference, Resolution, ResolutionStatus, Source
from kb.rules import check
from kb.rules.context import Context
from kb.rules.rule import Case
from tests.ruled import POE, ROE, Rows, case, entry

CLOSE = Candidate(doi="10.5555/9", pmid=None, title="Heat", authors=("Roe",), year="2010", container="", why="")


def notice(kind: NoticeKind, date: str | None = None, doi: str | None = None) -> Notice:
    return Notice(kind=kind, said_by=("a registry",), date=date, doi=doi)


def known(
    *notices: Notice,
    written: str | None = None,
    cited: bool = True,
    status: ResolutionStatus = "verified",
    beside: tuple[Reference, ...] = (),
    **facts: Any,
) -> Audit:
    """An article that cites one work, and what is known of that."""
    audit = case(references=(ROE, *beside), cited=("roe",) if cited else (), status=status)
    source = Source(**{"id": ROE.source, "doi": ROE.doi, "title": ROE.title, "notices": notices, **facts})
    article = msgspec.structs.replace(audit.article, date=written)
    return msgspec.structs.replace(audit, article=article, sources=(source,))


def aged(bound: int, year: str | None = None, cited: bool = True) -> Case:
    """A check in 2026 with a bound in years; the entry gives 2010, and the work ``year``."""
    return Case(known(year=year, cited=cited), Context(max_age=bound))


RETRACTED, WITHDRAWN = notice("retraction", "2021-06-30"), notice("withdrawal", "2016")
CONCERN, UNDONE = notice("expression of concern", "2020-01"), notice("reinstatement", "2022-03")
PUBLISHED, NEWER = notice("published version", "2024", "10.5555/2"), notice("new version", "2025-04")
CORRECTED = notice("correction", "2019-02-11")

ROWS: Rows = {
    "SO001": (
        [
            case(references=(ROE,), cited=("roe",), status="unreachable"),
            case(references=(ROE,), cited=("roe",), status="not attempted"),
            case(references=(ROE,), cited=("roe",), status="ambiguous"),
        ],
        [
            case(references=(ROE,), cited=("roe",), status="verified"),
            case(references=(ROE,), cited=("roe",), status="metadata differs"),
            case(references=(ROE,), cited=("roe",), status="not found"),
            case(references=(ROE,), cited=("roe",), status="another work"),
            case(references=(ROE,), status="unreachable"),
        ],
    ),
    "SO002": (
        [
            known(RETRACTED),
            known(WITHDRAWN, written="2019-05-01"),
            known(notice("partial retraction", "2020")),
            known(RETRACTED, written="2021"),
            known(RETRACTED, cited=False),
            known(notice("retraction", "2023-01"), UNDONE),
            known(title="RETRACTED: Heat for stiff knees"),
            known(CORRECTED, title="[Retracted] Heat for stiff knees"),
            known(publication_types=("Journal Article", "Retracted Publication")),
        ],
        [
            known(RETRACTED, UNDONE),
            known(notice("retraction"), UNDONE),
            known(RETRACTED, UNDONE, publication_types=("Retracted Publication",)),
            known(RETRACTED, written="2019-05-01"),
            known(RETRACTED, title="Retraction: Heat for stiff knees"),
            known(RETRACTED, status="another work"),
            known(CORRECTED, CONCERN, title="Withdrawn people: a cohort study"),
            known(),
        ],
    ),
    "SO003": (
        [
            known(RETRACTED, written="2019-05-01"),
            known(WITHDRAWN, written="3 May 2015"),
            known(notice("partial retraction", "2020"), written="2019-12-31"),
        ],
        [
            known(RETRACTED),
            known(RETRACTED, written="2021"),
            known(RETRACTED, written="2026-01-01"),
            known(notice("retraction"), written="2019"),
            known(RETRACTED, UNDONE, written="2019"),
        ],
    ),
    "SO004": (
        [known(CONCERN), known(CONCERN, CORRECTED), known(CONCERN, notice("reinstatement", "2019"), cited=False)],
        [known(CONCERN, RETRACTED), known(CONCERN, UNDONE), known(CONCERN, notice("partial retraction")), known()],
    ),
    "SO005": (
        [known(CORRECTED), known(CORRECTED, CONCERN), known(notice("correction"), written="2018")],
        [
            known(CORRECTED, RETRACTED),
            known(CORRECTED, cited=False),
            known(CORRECTED, title="Correction: Heat for stiff knees"),
            known(CONCERN),
        ],
    ),
    "SO006": (
        [known(PUBLISHED), known(notice("published version")), known(PUBLISHED, NEWER)],
        [known(notice("preprint", "2019", "10.5555/2")), known(PUBLISHED, cited=False), known(PUBLISHED, RETRACTED)],
    ),
    "SO007": (
        [known(NEWER), known(NEWER, CORRECTED), known(notice("new version"))],
        [known(NEWER, cited=False), known(NEWER, PUBLISHED), known(NEWER, WITHDRAWN), known(CORRECTED)],
    ),
    "SO008": (
        [aged(10), aged(15, "2010"), aged(5, "2020")],
        [aged(0), aged(16), aged(10, "2020"), aged(6, "2020"), aged(10, cited=False), Case(known())],
    ),
}


def told(audit: Audit, rule: str) -> tuple[str, str]:
    (finding,) = [one for one in check(audit) if one.rule == rule]
    return finding.message, finding.remedy


def test_a_retraction_says_when_who_told_and_where_the_work_is_cited() -> None:
    assert told(known(RETRACTED), "SO002") == (
        "“Heat for stiff knees” (reference 1) was retracted on 2021-06-30 (said by a registry)",
        "rest what you cite it for on another source, or take it out; it is cited in line 2",
    )


def test_what_was_retracted_later_says_so_and_only_there() -> None:
    audit = known(RETRACTED, written="2019-05-01")
    assert told(audit, "SO003")[0].endswith("(said by a registry), after this article was written (2019-05-01)")
    assert not [one for one in check(audit) if one.rule == "SO002"]


def test_a_part_that_was_retracted_is_to_be_compared_with_what_is_cited() -> None:
    audit = known(notice("partial retraction", "2020", "10.5555/n(1)"))
    assert told(audit, "SO002") == (
        "a part of “Heat for stiff knees” (reference 1) was retracted in 2020 (said by a registry)",
        "read the notice, https://doi.org/10.5555/n%281%29, and see whether it is the part that you cite;"
        " it is cited in line 2",
    )


def test_a_published_version_on_the_list_is_named() -> None:
    assert told(known(PUBLISHED, beside=(POE,)), "SO006")[1] == (
        "read the published version, https://doi.org/10.5555/2, and cite that in its place;"
        " it is “Cold for swollen hands” (reference 2) on your list"
    )


def test_the_latest_of_several_versions_is_the_one_to_read() -> None:
    newest = notice("new version", "2026-02", "10.5555/v3")
    assert told(known(newest, NEWER), "SO007")[1].startswith("read it, https://doi.org/10.5555/v3, and see")


def test_what_was_looked_up_under_another_id_is_found_by_its_resolution() -> None:
    audit = known(RETRACTED)
    bare = entry("roe")
    found = Resolution(reference="roe", source=audit.sources[0].id, status="verified")
    led = msgspec.structs.replace(audit, references=(bare,), resolutions=(found,))
    assert told(led, "SO002")[0].startswith("“Heat for stiff knees” (reference 1) was retracted")


def test_an_old_source_says_how_old() -> None:
    (finding,) = [finding for rule in _rules("SO008") for finding in rule.findings(aged(10, "2008"))]
    assert (
        finding.message == "“Heat for stiff knees” (reference 1) is of 2008, 18 years back; the bound that is set is 10"
    )
    assert finding.severity == "info"


def test_works_that_come_close_are_no_matter_of_looking_up() -> None:
    audit = case(references=(entry("roe"),), cited=("roe",), status="ambiguous")
    offered = msgspec.structs.replace(audit.resolutions[0], candidates=(CLOSE,))
    assert "SO001" not in {one.rule for one in check(msgspec.structs.replace(audit, resolutions=(offered,)))}


def _rules(name: str) -> list[Any]:
    from kb.rules import RULES

    return [rule for rule in RULES if rule.id == name]


def test_references_that_were_not_looked_up_are_told_together() -> None:
    audit = case(references=(ROE, POE), cited=("roe", "poe"), status="not attempted")
    (told,) = (one for one in check(audit) if one.rule == "SO001")
    assert told.reference == "roe"
    assert told.message.startswith("the sources of 2 references were not looked up: ")
    assert "“Cold for swollen hands” (reference 2)" in told.message
    down = case(references=(ROE, POE), cited=("roe", "poe"), status="unreachable")
    assert [one.reference for one in check(down) if one.rule == "SO001"] == ["roe", "poe"]

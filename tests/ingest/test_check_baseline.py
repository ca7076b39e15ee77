"""``kb check --baseline``: what is known of old fails no run."""

from __future__ import annotations

from pathlib import Path

from kb.linting import baseline
from tests.checks import BARE, CALM, Kb, add_to, found


def test_what_the_baseline_holds_fails_no_run(tour: Path, kb: Kb) -> None:
    before = len(found(kb("--format", "json")[1]))
    code, out, _ = kb("--write-baseline")
    assert code == 0
    assert out.startswith(f"kb-baseline.json: {before} findings in 3 articles are known from now on; say so")
    with (tour / "kb.toml").open("a") as file:
        file.write('baseline = "kb-baseline.json"\n')
    code, out, _ = kb()
    assert code == 0
    assert f"{before} known" in out
    add_to(tour / "leaflet.md")
    code, out, _ = kb("--format", "github")
    assert code == 1
    assert [line.partition(",")[0] for line in out.splitlines() if "file=" in line] == ["::error file=leaflet.md"]


def test_the_same_baseline_is_written_again_as_it_was(tour: Path, kb: Kb) -> None:
    kb("--write-baseline", "--baseline", "old.json")
    first = (tour / "old.json").read_bytes()
    kb("--write-baseline", "--baseline", "old.json", "leaflet.md")
    assert (tour / "old.json").read_bytes() == first


def test_of_rules_that_are_not_asked_for_the_baseline_holds_what_it_held(tour: Path, kb: Kb) -> None:
    kb("--write-baseline", "--baseline", "old.json")
    first = (tour / "old.json").read_bytes()
    kb("--write-baseline", "--baseline", "old.json", "--select", "RE")
    kb("--write-baseline", "--baseline", "old.json", "--ignore", "statements")
    assert (tour / "old.json").read_bytes() == first


def test_what_the_baseline_holds_and_is_no_more_is_told(tour: Path, kb: Kb) -> None:
    kb("--write-baseline", "--baseline", "old.json")
    (tour / "newsletter.md").write_text(CALM)
    code, _, err = kb("--baseline", "old.json")
    assert code == 0
    assert "old.json: 4 findings in it are no more; write it again with `kb check --write-baseline`" in err


def test_a_name_in_the_baseline_that_no_file_can_have_is_of_an_article_that_is_gone(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    kb("--write-baseline")
    file = folder / baseline.FILE
    file.write_text(file.read_text().replace("heat.md", f"{'heat' * 200}.md"))
    code, _, err = kb("--baseline", file.name)
    assert (code, err) == (0, "")


def test_a_baseline_that_is_not_there(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    told = (2, "", "kb: old.json: there is no such file; write it with `kb check --write-baseline`\n")
    assert kb("--baseline", "old.json") == told


def test_no_baseline_is_written_where_an_article_cannot_be_read(folder: Path, kb: Kb) -> None:
    (folder / "heat.md").write_text(BARE)
    assert kb("--write-baseline", "heat.md", "nowhere.md")[0] == 2
    assert not (folder / "kb-baseline.json").exists()

"""The baseline: what is known of old, through moves and small edits, and what is not."""

from __future__ import annotations

import json
from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import ConfigurationError
from kb.language.folding import fold
from kb.linting.baseline import EMPTY, LARGEST, Baseline, baseline_of, laid, read, to_json
from kb.linting.lint import lint
from kb.linting.outcome import Checked, Outcome, State
from kb.model import Audit, Finding, Span
from kb.rules import check
from kb.settings import Linting
from tests.costs import assert_within
from tests.samples import CURES, DAILY, VAGUE, sample_audit

LONG = "brindleweed tea taken before breakfast eases the morning stiffness of most adults who have sore knees"


def outcome(words: str, rule: str = "ST001", *, fixed: Sequence[str] = (), line: int = 1, at: str = "") -> Outcome:
    finding = Finding(
        rule=rule, severity="warning", message="m", remedy="r", line=line, column=1, fingerprint=at or fold(words)
    )
    return Outcome(finding=finding, name="n", end_line=line, end_column=1, words=fold(words), fixed=tuple(fixed))


def article(*outcomes: Outcome, name: str = "a.md") -> Checked:
    return Checked(article=name, outcomes=outcomes)


def states(then: Checked, now: Checked, gone: frozenset[str] = frozenset()) -> tuple[list[State], int]:
    """The states of the findings of ``now`` after a baseline of ``then``, and how many entries are needless."""
    over, needless = laid([now], baseline_of([then]), gone)
    return [one.state for one in over[0].outcomes], needless


@pytest.mark.parametrize(
    ("then", "now", "expected"),
    [
        ([outcome(LONG)], [outcome(LONG, line=90)], (["known"], 0)),
        ([outcome(LONG)], [outcome(LONG), outcome(LONG)], (["known", "open"], 0)),
        ([outcome(LONG), outcome(LONG)], [outcome(LONG)], (["known"], 1)),
        ([outcome(LONG)], [outcome(LONG, "ST002")], (["open"], 1)),
        ([outcome(LONG)], [outcome(LONG.replace("sore", "aching"))], (["known"], 0)),
        ([outcome(LONG)], [outcome(LONG.replace("before breakfast", "with honey late at night"))], (["open"], 1)),
        ([outcome(LONG, fixed=["84"])], [outcome(f"{LONG} too", fixed=["84"])], (["known"], 0)),
        ([outcome(LONG, fixed=["84"])], [outcome(f"{LONG} too", fixed=["85"])], (["open"], 1)),
        ([outcome(LONG, fixed=["doi:10.5555/1"])], [outcome(f"{LONG} too", fixed=["doi:10.5555/2"])], (["open"], 1)),
        ([outcome("", at="f1")], [outcome("", at="f1")], (["known"], 0)),
        ([outcome("", at="f1")], [outcome("", at="f2")], (["open"], 1)),
        ([], [outcome(LONG)], (["open"], 0)),
        ([outcome(LONG)], [], ([], 1)),
    ],
)
def test_what_is_known(then: list[Outcome], now: list[Outcome], expected: tuple[list[State], int]) -> None:
    assert states(article(*then), article(*now)) == expected


@pytest.mark.parametrize("words", [LONG, f"{LONG} too"])
def test_a_renamed_article_keeps_what_is_known_and_a_copy_does_not(words: str) -> None:
    then, now = article(outcome(LONG), name="old.md"), article(outcome(words), name="new.md")
    assert states(then, now, gone=frozenset({"old.md"})) == (["known"], 0)
    assert states(then, now) == (["open"], 0)


def test_the_most_alike_is_taken_first_and_the_own_article_before_one_that_is_gone() -> None:
    then = [article(outcome(LONG), name="gone.md"), article(outcome(LONG, line=2), name="a.md")]
    now = article(outcome(f"{LONG} and hips too"), outcome(f"{LONG} too", line=2))
    over, needless = laid([now], baseline_of(then[1:]))
    assert [one.state for one in over[0].outcomes] == ["open", "known"]
    over, needless = laid([now], baseline_of(then), frozenset({"gone.md"}))
    assert ([one.state for one in over[0].outcomes], needless) == (["known", "known"], 0)


def test_what_is_waived_stands_in_no_baseline_and_uses_none() -> None:
    waived = msgspec.structs.replace(outcome(LONG), state="waived", why="because")
    assert baseline_of([article(waived)]) == EMPTY
    over, needless = laid([article(waived)], baseline_of([article(outcome(LONG))]))
    assert ([one.state for one in over[0].outcomes], needless) == (["waived"], 1)


def test_a_baseline_written_again_keeps_what_is_known_and_other_articles_but_not_those_gone() -> None:
    first = baseline_of(
        [article(outcome(LONG)), article(outcome("x"), name="b.md"), article(outcome("y"), name="c.md")]
    )
    (over,), _ = laid([article(outcome(LONG), outcome("new"))], first)
    again = baseline_of([over], first, frozenset({"c.md"}))
    assert {name: [one.words for one in entries] for name, entries in again.findings.items()} == {
        "a.md": [fold(LONG), "new"],
        "b.md": ["x"],
    }


def sample(audit: Audit) -> Checked:
    return lint(msgspec.structs.replace(audit, findings=check(audit)), Linting())


def edited(audit: Audit, *edits: tuple[str, str]) -> Audit:
    """The audit of a text in which words of statements are others; offsets follow, and fingerprints where they must."""
    text = audit.article.text
    for old, new in edits:
        text = text.replace(old, new)
    statements = []
    for one in audit.statements:
        words = one.text
        for old, new in edits:
            words = words.replace(old, new)
        start = text.index(words)
        span = Span(start=start, end=start + len(words))
        statements.append(
            msgspec.structs.replace(
                one,
                text=words,
                fingerprint=one.fingerprint if fold(words) == fold(one.text) else f"other-{one.fingerprint}",
                start=span.start,
                end=span.end,
                sentence=span,
                line=text.count("\n", 0, start) + 1,
            )
        )
    return msgspec.structs.replace(
        audit, article=msgspec.structs.replace(audit.article, text=text), statements=tuple(statements)
    )


@pytest.mark.parametrize(
    ("edits", "new"),
    [
        ((), []),
        (((DAILY, f"\n\n{DAILY}"),), []),
        (((CURES, "It therefore cures all arthritis at every age."),), []),
        (((VAGUE, "Studies show that it never protects the heart."),), ["ST003"]),
        (((DAILY, "About 45% of adults drink it every day."),), ["ST002"]),
        (((DAILY, "About 40% of adults drink it each day."),), []),
        ((("lowers blood", "raises blood"),), ["ST001"]),
    ],
)
def test_small_edits_of_an_article_and_others(edits: tuple[tuple[str, str], ...], new: list[str]) -> None:
    known = baseline_of([sample(sample_audit())])
    ((now,), _) = laid([sample(edited(sample_audit(), *edits))], known)
    assert [one.finding.rule for one in now.outcomes if one.state == "open"] == new


WORDS = st.lists(st.sampled_from([*LONG.split(), "40", "not", "é", "'"]), max_size=12).map(" ".join)
FINDINGS = st.builds(
    lambda words, rule, line: outcome(words, rule, fixed=[word for word in words.split() if word.isdigit()], line=line),
    WORDS,
    st.sampled_from(["ST001", "ST002"]),
    st.integers(1, 9),
)
ARTICLES = st.lists(st.lists(FINDINGS, max_size=6), max_size=3).map(
    lambda every: [article(*outcomes, name=f"{at}.md") for at, outcomes in enumerate(every)]
)


@given(ARTICLES)
def test_a_baseline_of_a_run_leaves_nothing_of_it_open_and_is_read_as_it_was_written(run: list[Checked]) -> None:
    made = baseline_of(run)
    assert read(to_json(made), "kb-baseline.json") == made
    over, needless = laid(run, made)
    assert needless == 0
    assert {one.state for each in over for one in each.outcomes} <= {"known"}
    assert baseline_of(over, made) == made


@given(ARTICLES, st.integers(1, 50))
def test_moved_lines_change_nothing(run: list[Checked], by: int) -> None:
    moved = [
        msgspec.structs.replace(
            each,
            outcomes=tuple(
                msgspec.structs.replace(one, finding=msgspec.structs.replace(one.finding, line=one.finding.line + by))
                for one in reversed(each.outcomes)
            ),
        )
        for each in reversed(run)
    ]
    over, needless = laid(moved, baseline_of(run))
    assert needless == 0
    assert {one.state for each in over for one in each.outcomes} <= {"known"}
    assert to_json(baseline_of(moved)) == to_json(baseline_of(run))


@given(WORDS, st.integers(0, 999), st.integers(0, 999))
def test_a_changed_number_is_a_new_finding(words: str, then: int, now: int) -> None:
    before, after = (outcome(f"{LONG} {words} {number}", fixed=[str(number)]) for number in (then, now))
    assert states(article(before), article(after))[0] == (["known"] if then == now else ["open"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is no JSON"),
        ("[" * 100_000, "is no"),
        ("{}", "is no baseline"),
        ('{"schema_version": 2, "findings": {}}', "was written by a newer version (schema 2, known is 1)"),
        ('{"schema_version": 1, "findings": {"a.md": [{"rule": "ST001"}]}}', "is no baseline"),
        ('{"schema_version": 1, "findings": {"a.md": [{"rule": 1, "fingerprint": "f"}]}}', "is no baseline"),
        ("<<<<<<< ours\n", "holds a merge conflict"),
        (" " * (LARGEST + 1), "is larger than 20 MB"),
    ],
    ids=range(8),
)
def test_a_file_that_is_no_baseline_is_refused_in_one_line(text: str, problem: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(text, "kb-baseline.json")
    assert str(caught.value).startswith(f"kb-baseline.json: {problem}")
    assert "\n" not in str(caught.value)


def test_a_baseline_is_fit_for_version_control() -> None:
    text = to_json(baseline_of([article(outcome("Tea helps\u202e.", at="f1", line=7))]))
    assert json.loads(text) == {
        "schema_version": 1,
        "findings": {"a.md": [{"rule": "ST001", "fingerprint": "f1", "words": "tea helps"}]},
    }
    assert text.endswith("}\n")


def test_two_thousand_findings_that_are_all_reworded_are_known_again_in_a_moment() -> None:
    def run(tail: str) -> Checked:
        return article(
            *(outcome(f"{LONG} of kind {chr(97 + n % 26)}{n}x and{tail}", at=f"{n}{tail}") for n in range(2000))
        )

    then = baseline_of([run("")])
    ((now,), needless) = laid([run(" so")], then)
    assert needless == 0
    assert all(one.state == "known" for one in now.outcomes)
    assert_within(1.0, lambda: laid([run(" so")], then))


def test_the_baseline_of_a_future_program_is_not_guessed_at() -> None:
    newer = msgspec.structs.replace(EMPTY, schema_version=9)
    with pytest.raises(ConfigurationError, match="update evidence-kb"):
        read(to_json(newer), "kb-baseline.json")
    assert read(to_json(EMPTY), "kb-baseline.json") == Baseline(schema_version=1, findings={})

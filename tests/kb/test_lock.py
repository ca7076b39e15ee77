"""The evidence lock: its text by hand, what it keeps through outages, and an audit out of it alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import ConfigurationError
from kb.graph import newer_source
from kb.lock import EMPTY, NOT_LOCKED, Frozen, Lock, changes, complete, lock_of, misfits, read, to_json
from kb.lock.records import LockedSource
from kb.model import Attribution, Audit, EvidenceLine, Notice, Source, Study, Trait
from kb.strength.independence import lines_of
from tests import samples
from tests.samples import HARTWELL_SOURCE as HARTWELL
from tests.samples import TERN_SOURCE as TERN

replace = msgspec.structs.replace
ABSTRACT = (
    "In all, 84 adults drank brindleweed tea or hot water every morning for eight weeks. "
    "The tea eased morning stiffness."
)
RETRACTED = (Notice(kind="retraction", said_by=("Crossref", "PubMed"), date="2026-12-01"),)
QUOTE = "The tea eased morning stiffness."


def told(audit: Audit, name: str, **facts: Any) -> Audit:
    """The audit with other facts of one source."""
    sources = tuple(replace(one, **facts) if one.id == name else one for one in audit.sources)
    return replace(audit, sources=sources)


def resolved(audit: Audit, name: str, **facts: Any) -> Audit:
    """The audit with another resolution of one reference."""
    return replace(
        audit,
        resolutions=tuple(replace(one, **facts) if one.reference == name else one for one in audit.resolutions),
    )


def judged(audit: Audit, statement: str, **facts: Any) -> Audit:
    """The audit with another line of one statement."""
    lines = tuple(replace(one, **facts) if one.statement == statement else one for one in audit.evidence)
    return replace(audit, evidence=lines)


def worded(audit: Audit, statement: str, text: str) -> Audit:
    """The audit with other words of one statement, under the same fingerprint."""
    return replace(
        audit, statements=tuple(replace(one, text=text) if one.id == statement else one for one in audit.statements)
    )


def renamed(audit: Audit, article: str) -> Audit:
    return replace(audit, article=replace(audit.article, id=article))


@pytest.fixture
def audit() -> Audit:
    """The hand-made audit with an abstract that is long enough to be one, and a judge."""
    made = judged(told(samples.sample_audit(), HARTWELL, abstract=ABSTRACT), "s2", judge="built-in 1")
    return judged(made, "s6", reasons=("gives no evidence: was retracted on 2016-05-01 (said by Crossref)",))


@pytest.fixture
def outage(audit: Audit) -> Audit:
    """The same article when Crossref could not be reached: only the author's own words are known of its works."""
    words = Attribution(by="reference list", fields=("title", "authors", "year", "container"))
    unknown = {"type": "", "abstract": "", "notices": (), "said": (words,), "design": "unknown", "design_basis": ""}
    for name, reference, statement in ((HARTWELL, "hartwell-2019", "s2"), (TERN, "tern-2014", "s6")):
        audit = told(audit, name, **unknown)
        audit = resolved(audit, reference, status="unreachable", said_by="", asked=None, note="could not be reached")
        audit = judged(audit, statement, direction="not checked", extent=None, quote=None, level=None, numbers=())
    return audit


GOLDEN = """{
  "evidence": {
    "articles/brindleweed.txt": {
      "0000000000000002": {
        "doi:10.5555/brindle.2019": {
          "certainty": "moderate",
          "direction": "supports",
          "extent": "whole",
          "judge": "built-in 1",
          "level": 2,
          "numbers": [
            {
              "found": "84",
              "outcome": "agrees",
              "stated": "84"
            }
          ],
          "reasons": [
            "The abstract says the same."
          ],
          "sentence": {
            "end": 116,
            "start": 84
          },
          "source_text": "SOURCE-TEXT",
          "statement_text": "STATEMENT-TEXT"
        }
      }
    }
  },
  "schema_version": 2,
  "sources": {
    "doi:10.5555/brindle.2019": {
      "authors": [
        "Hartwell",
        "Osei"
      ],
      "container": "Journal of Invented Remedies",
      "design": "randomized trial",
      "design_basis": "the title says 'randomized trial'",
      "doi": "10.5555/brindle.2019",
      "references": {
        "articles/brindleweed.txt": {
          "hartwell-2019": {
            "asked": "2026-11-22",
            "digest": "REFERENCE",
            "said_by": "Crossref",
            "status": "verified"
          }
        }
      },
      "said": [
        {
          "asked": "2026-11-22",
          "by": "Crossref",
          "fields": [
            "title",
            "authors",
            "year",
            "container"
          ]
        }
      ],
      "text": "SOURCE-TEXT",
      "title": "Brindleweed tea for knee stiffness: a randomized trial",
      "type": "journal-article",
      "year": "2019"
    }
  }
}
"""
REFERENCE = f"""text={samples.HARTWELL}
authors=Hartwell|Osei
year=2019
title=Brindleweed tea for knee stiffness: a randomized trial
container=Journal of Invented Remedies
doi=10.5555/brindle.2019
url=https://doi.org/10.5555/brindle.2019"""


def golden() -> str:
    text = GOLDEN
    for name, words in (("SOURCE-TEXT", ABSTRACT), ("STATEMENT-TEXT", samples.EASES), ("REFERENCE", REFERENCE)):
        text = text.replace(name, hashlib.sha256(words.encode()).hexdigest()[:16])
    return text


def test_the_text_of_a_lock(audit: Audit) -> None:
    one = replace(audit, references=audit.references[1:2], evidence=audit.evidence[1:2])
    assert to_json(lock_of([one])) == golden()
    assert ABSTRACT[84:116] == QUOTE
    assert read(golden(), "evidence.lock.json") == lock_of([one])


def test_no_words_of_an_abstract_are_in_it(audit: Audit) -> None:
    text = to_json(lock_of([audit]))
    words = ABSTRACT.split()
    assert not any(" ".join(words[start : start + 3]) in text for start in range(len(words) - 2))


def test_neither_the_order_of_articles_nor_the_day_moves_a_byte(audit: Audit) -> None:
    other = renamed(audit, "articles/another.txt")
    first = to_json(lock_of([audit, other]))
    later = [told(one, HARTWELL, said=asked_on("2027-01-01", one)) for one in (other, audit)]
    later = [resolved(one, "hartwell-2019", asked="2027-01-01") for one in later]
    assert to_json(lock_of(later, read(first, "lock"))) == first


def asked_on(day: str, audit: Audit) -> tuple[Attribution, ...]:
    (source,) = (one for one in audit.sources if one.id == HARTWELL)
    return tuple(replace(one, asked=day) for one in source.said)


@pytest.mark.parametrize(
    ("facts", "moves"),
    [
        ({}, False),
        ({"keywords": ("tea",)}, False),
        ({"type": "book"}, False),
        ({"year": "2020"}, True),
        ({"title": "RETRACTED: Brindleweed tea"}, True),
        ({"authors": ("Hartwell",)}, True),
    ],
)
def test_the_date_of_asking_moves_with_what_was_said(audit: Audit, facts: dict[str, Any], moves: bool) -> None:
    former = lock_of([audit])
    later = told(audit, HARTWELL, said=asked_on("2027-01-01", audit), **facts)
    (said,) = lock_of([later], former).sources[HARTWELL].said
    assert said.asked == ("2027-01-01" if moves else "2026-11-22")


def test_another_abstract_moves_the_date_of_who_said_it(audit: Audit) -> None:
    by = Attribution(by="PubMed", fields=("abstract",), asked="2026-11-22")
    former = lock_of([told(audit, HARTWELL, said=(by,))])
    later = told(audit, HARTWELL, said=(replace(by, asked="2027-01-01"),), abstract=f"{ABSTRACT} Three fell asleep.")
    assert lock_of([later], former).sources[HARTWELL].said[0].asked == "2027-01-01"


def test_an_outage_changes_nothing(audit: Audit, outage: Audit) -> None:
    former = lock_of([audit])
    assert lock_of([outage], former) == former
    assert lock_of([outage]) != former


def test_a_text_that_is_not_told_this_time_leaves_its_lines(audit: Audit) -> None:
    former = lock_of([audit])
    silent = judged(told(audit, HARTWELL, abstract=""), "s2", direction="not checked", quote=None, extent=None)
    assert lock_of([silent], former) == former


def test_a_retraction_takes_the_support_away_also_where_no_text_is_told(audit: Audit) -> None:
    former = lock_of([audit])
    fault = {"direction": "not checked", "judge": "", "quote": None, "reasons": ("gives no evidence: was retracted",)}
    now = judged(told(audit, HARTWELL, abstract="", notices=RETRACTED), "s2", **fault)
    (line,) = changes(former, lock_of([now], former), [now])
    assert line.endswith("loses its support")


def test_a_notice_goes_away_only_when_its_teller_answers(audit: Audit) -> None:
    former = lock_of([told(audit, TERN, notices=(Notice(kind="retraction", said_by=("Retraction Watch",)),))])
    silent = told(audit, TERN, notices=())
    assert [one.kind for one in lock_of([silent], former).sources[TERN].notices] == ["retraction"]
    speaking = (Attribution(by="Retraction Watch", fields=("title",)),)
    assert lock_of([told(silent, TERN, said=speaking)], former).sources[TERN].notices == ()


def test_other_articles_stay_and_what_an_article_dropped_goes(audit: Audit) -> None:
    other = renamed(audit, "other.txt")
    both = lock_of([audit, other])
    shorter = replace(audit, references=audit.references[2:], evidence=audit.evidence[2:])
    after = lock_of([shorter], both)
    assert after.evidence["other.txt"] == both.evidence["other.txt"]
    assert after.sources[HARTWELL].references.keys() == {"other.txt"}
    assert lock_of([replace(audit, references=(), evidence=())], lock_of([audit])) == EMPTY


def test_a_source_that_is_kept_stays_whatever_is_said_now(audit: Audit) -> None:
    former = lock_of([audit])
    assert lock_of([told(audit, HARTWELL, year="2020")], former, frozenset({HARTWELL})) == former


# --- an audit out of the lock alone


def refrozen(audit: Audit, lock: Lock) -> Audit:
    """The audit as the lock alone tells it."""
    frozen = Frozen(lock)
    sources = {one.id: frozen.source(one.id) or Source(id=one.id) for one in audit.sources}
    resolutions = tuple(frozen.resolution(one) for one in audit.references)
    by_id = {one.id: one for one in audit.references}
    lines: list[EvidenceLine] = []
    for line in audit.evidence:
        statement = next(one for one in audit.statements if one.id == line.statement)
        references = [by_id[name] for name in line.references]
        lines.extend(frozen.weigh(statement, references, audit.citations, resolutions, sources))
    return replace(audit, sources=tuple(sources.values()), resolutions=resolutions, evidence=tuple(lines))


def test_what_is_locked_comes_back(audit: Audit) -> None:
    back = refrozen(audit, read(to_json(lock_of([audit])), "lock"))
    assert back.resolutions == audit.resolutions
    marlow, hartwell, tern = back.evidence
    assert (marlow, hartwell) == (
        replace(audit.evidence[0], locked=True),
        replace(audit.evidence[1], locked=True, quote=None),
    )
    assert (tern.locked, tern.direction) == (None, "not checked")
    assert tern.reasons == audit.evidence[2].reasons
    assert [replace(one, abstract="", url=None, cites=()) for one in audit.sources] == list(back.sources)


def test_a_frozen_audit_makes_the_lock_that_it_is_of(audit: Audit) -> None:
    lock = lock_of([audit])
    assert lock_of([refrozen(audit, lock)], lock) == lock


def other_text(lock: Lock) -> Lock:
    source = replace(lock.sources[HARTWELL], text="0" * 16)
    return replace(lock, sources=lock.sources | {HARTWELL: source})


@pytest.mark.parametrize(
    ("now", "locked"),
    [
        (lambda audit, lock: (audit, lock), True),
        (lambda audit, lock: (renamed(audit, "moved.txt"), lock), True),
        (lambda audit, lock: (worded(audit, "s2", samples.EASES.replace(" ", "\n", 1)), lock), True),
        (lambda audit, lock: (worded(audit, "s2", samples.EASES.replace("eased", "cured")), lock), False),
        (lambda audit, lock: (audit, other_text(lock)), False),
        (lambda audit, lock: (audit, EMPTY), False),
    ],
    ids=["same", "renamed article", "broken elsewhere", "other words", "other text of the source", "empty lock"],
)
def test_a_line_is_reused_where_both_texts_are_the_same(
    audit: Audit, now: Callable[[Audit, Lock], tuple[Audit, Lock]], locked: bool
) -> None:
    (line,) = (one for one in refrozen(*now(audit, lock_of([audit]))).evidence if one.statement == "s2")
    assert line.locked is locked
    assert line.direction == ("supports" if locked else "not checked")
    assert (NOT_LOCKED in line.reasons) is not locked


def test_a_reference_that_was_reworded_is_not_locked(audit: Audit) -> None:
    lock = lock_of([audit])
    now = replace(audit.references[1], title="Brindleweed tea for stiff elbows")
    resolution = Frozen(lock).resolution(now)
    assert (resolution.status, resolution.note) == ("not attempted", NOT_LOCKED)


def test_a_review_stays_one_of_trials_without_its_abstract(audit: Audit) -> None:
    abstract = "We searched five databases for randomised trials of the tea in adults and found nine of them in all."
    study = Study(traits=(Trait(kind="randomized trials", words="randomised trials"),))
    reviewed = told(audit, HARTWELL, design="systematic review", abstract=abstract, study=study)
    source = Frozen(lock_of([reviewed])).source(HARTWELL)
    assert source is not None
    assert (source.study, source.abstract) == (study, "")


TELLS_OF_HARTWELL: list[tuple[str, dict[str, Any]]] = [
    ("a systematic review", {"design": "systematic review"}),
    ("a narrative review", {"design": "narrative review"}),
    ("a guideline", {"design": "guideline"}),
    ("a comment", {"publication_types": ("Comment",)}),
    ("a notice", {"title": "Retraction: teas in the morning"}),
]


@pytest.mark.parametrize("facts", [row[1] for row in TELLS_OF_HARTWELL], ids=[row[0] for row in TELLS_OF_HARTWELL])
def test_what_only_tells_of_a_study_is_no_other_line_out_of_the_lock_either(
    audit: Audit, facts: dict[str, Any]
) -> None:
    telling = told(audit, TERN, cites=(HARTWELL, "doi:10.5555/elsewhere"), notices=(), **facts)
    lock = lock_of([telling])
    kept = [source for name in (HARTWELL, TERN) if (source := Frozen(lock).source(name))]
    known = [one for one in telling.sources if one.id in (HARTWELL, TERN)]
    assert lines_of(kept) == lines_of(known)
    assert len(lines_of(kept)) == 1


def test_what_a_study_cites_is_not_locked(audit: Audit) -> None:
    assert lock_of([audit]).sources[HARTWELL].cites == ()


def test_a_lock_of_schema_1_is_read_on(audit: Audit) -> None:
    first = (
        golden()
        .replace('"schema_version": 2', '"schema_version": 1')
        .replace('"doi": "10', '"of_trials": true, "doi": "10')
    )
    source = read(first, "evidence.lock.json").sources[HARTWELL]
    assert [trait.kind for trait in source.study.traits] == ["randomized trials"]
    assert read(first.replace('"of_trials": true, ', ""), "evidence.lock.json") == read(golden(), "evidence.lock.json")


def test_what_comes_out_of_a_lock_takes_no_text_away(audit: Audit) -> None:
    said = (Attribution(by="PubMed", fields=("title", "abstract"), asked="2026-11-22"),)
    audit = told(audit, HARTWELL, said=said)
    (known,) = (one for one in audit.sources if one.id == HARTWELL)
    locked = Frozen(lock_of([audit])).source(HARTWELL)
    assert locked is not None
    assert newer_source(known, locked) == known
    assert newer_source(locked, known) == known
    assert newer_source(replace(known, said=()), locked) == locked
    hostile = replace(known, said=(Attribution(by="x", fields=("no such field",), asked="2027-01-01"),))
    assert newer_source(known, hostile) == hostile


def test_complete_names_the_sources_that_need_no_asking(audit: Audit, outage: Audit) -> None:
    lock = lock_of([audit])
    everything = frozenset(one.id for one in audit.sources)
    assert complete(lock, [refrozen(audit, lock)]) == everything
    reworded = worded(audit, "s2", "Brindleweed tea cures.")
    assert complete(lock, [refrozen(reworded, lock)]) == everything - {HARTWELL}
    unheard = lock_of([outage])
    assert complete(unheard, [refrozen(audit, unheard)]) == everything - {HARTWELL, TERN}


# --- in words

CHANGES: list[tuple[str, Callable[[Audit], Audit], list[str]]] = [
    ("nothing", lambda audit: audit, []),
    (
        "a retraction",
        lambda audit: judged(told(audit, HARTWELL, notices=RETRACTED), "s2", direction="not checked"),
        [
            "Hartwell & Osei 2019 (doi:10.5555/brindle.2019) is now retracted (said by Crossref, PubMed): "
            "the statement in line 3 of articles/brindleweed.txt loses its support"
        ],
    ),
    (
        "a year",
        lambda audit: told(audit, TERN, year="2015"),
        [
            "Tern 2015 (doi:10.5555/tern.2014) has another year (“2015”, was “2014”): "
            "the statement in line 5 of articles/brindleweed.txt is touched"
        ],
    ),
    (
        "another work",
        lambda audit: resolved(audit, "quill-2008", status="another work"),
        [
            "Quill 2008 (ref:7175696c6c08) was not attempted as quill-2008 of articles/brindleweed.txt "
            "and is another work"
        ],
    ),
    (
        "a reference taken out",
        lambda audit: replace(audit, references=audit.references[:3]),
        ["Quill 2008 (ref:7175696c6c08) is no longer in the lock"],
    ),
    (
        "another judgement",
        lambda audit: judged(audit, "s1", direction="supports"),
        [
            "Marlow 2011 (ref:6d61726c6f77) is judged otherwise: "
            "the statement in line 3 of articles/brindleweed.txt gains support"
        ],
    ),
]


@pytest.mark.parametrize(("change", "lines"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_changes_in_words(audit: Audit, change: Callable[[Audit], Audit], lines: list[str]) -> None:
    former, now = lock_of([audit]), change(audit)
    assert list(changes(former, lock_of([now], former), [now])) == lines


def test_several_statements_lose_their_support_together(audit: Audit) -> None:
    second = replace(audit.evidence[1], statement="s6")
    supported = replace(audit, evidence=(audit.evidence[1], second))
    lost = told(supported, HARTWELL, notices=RETRACTED)
    lost = judged(judged(lost, "s2", direction="not checked"), "s6", direction="not checked")
    former = lock_of([supported])
    (line,) = changes(former, lock_of([lost], former), [lost])
    assert line.endswith(": the statements in lines 3 and 5 of articles/brindleweed.txt lose their support")


def test_misfits_name_their_place(audit: Audit) -> None:
    lock = lock_of([audit])
    assert misfits(lock, [refrozen(audit, lock)]) == ()
    now = worded(audit, "s2", "Brindleweed tea cures.")
    now = replace(now, references=(*audit.references[:3], replace(audit.references[3], title="A tale")))
    assert misfits(lock, [refrozen(now, lock)]) == (
        "articles/brindleweed.txt: the reference quill-2008 is not in the lock as it stands now",
        "articles/brindleweed.txt:3: what hartwell-2019 says of this statement is not in the lock",
    )
    gone = replace(audit, references=audit.references[:3], statements=audit.statements[1:], evidence=())
    assert misfits(lock, [gone]) == (
        "articles/brindleweed.txt: the lock holds the reference quill-2008, which the article no longer has",
        "articles/brindleweed.txt: the lock holds a statement (0000000000000001), which the article no longer has",
    )


# --- its text, read from anywhere

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(WORDS, WORDS, st.lists(WORDS, max_size=3), st.dictionaries(WORDS, WORDS, max_size=2))
def test_what_is_written_is_read_again(title: str, year: str, authors: list[str], hostile: dict[str, str]) -> None:
    named = {f"doi:10.{key}": value for key, value in hostile.items()}
    sources = {
        key: LockedSource(references={}, title=title, year=year, authors=tuple(authors), design_basis=value)
        for key, value in named.items()
    }
    lock = replace(EMPTY, sources=sources)
    text = to_json(lock)
    assert read(text, "lock") == lock
    assert all(ch.isprintable() or ch == "\n" for ch in text)
    assert text.endswith("}\n")
    assert to_json(read(text.encode(), "lock")) == text


def test_half_a_character_is_replaced() -> None:
    source = LockedSource(references={}, title="broken \ud83d escape")
    lock = read(to_json(replace(EMPTY, sources={"doi:10.5555/1": source})), "lock")
    assert lock.sources["doi:10.5555/1"].title == "broken � escape"


def broken(old: str, new: str) -> str:
    assert old in golden()
    return golden().replace(old, new)


NO_LOCK = [
    ("empty", "", "is no JSON"),
    ("truncated", GOLDEN[:400], "is no JSON"),
    ("not UTF-8", b'{"schema_version": 1, "sources": {}, "evidence": {"\xff": {}}}', "is no JSON"),
    ("a list", "[]", "is no evidence lock (Expected `object`"),
    ("another JSON", '{"lockfileVersion": 3}', "required field `schema_version`"),
    ("merge conflict", f"<<<<<<< mine\n{GOLDEN}=======\n{{}}\n>>>>>>> theirs\n", "holds a merge conflict; solve it"),
    ("newer", '{"schema_version": 3, "new": []}', "newer version (schema 3, known is 2); update evidence-kb"),
    ("older than any", '{"schema_version": 0, "sources": {}, "evidence": {}}', "a schema that is none (0)"),
    ("no sources", '{"schema_version": 1, "evidence": {}}', "required field `sources`"),
    ("no evidence", '{"schema_version": 1, "sources": {}}', "required field `evidence`"),
    ("deep", '{"schema_version": 1, "sources": ' + "[" * 100_000, "is no "),
    ("deep and unknown", '{"schema_version": 1, "x": ' + "[" * 100_000, "nested too deeply"),
    ("absolute path", broken('"articles/brindle', '"/articles/brindle'), "matching regex"),
    ("drive", broken('"articles/brindle', '"C:\\\\brindle'), "matching regex"),
    ("no source id", broken('"doi:10', '"javascript:10'), "matching regex"),
    ("no digest", broken('"statement_text": "', '"statement_text": "x'), "matching regex"),
    ("no direction", broken('"supports"', '"proves"'), "Invalid enum value 'proves'"),
    ("no status", broken('"verified"', '"fine"'), "Invalid enum value 'fine'"),
    ("no level", broken('"level": 2', '"level": 9'), "<= 5"),
    ("negative place", broken('"start": 84', '"start": -1'), ">= 0"),
    ("unknown part", broken('"judge"', '"abstract"'), "unknown field `abstract`"),
    ("terminal escape", broken('"supports"', '"\\u001b]0;x\\u0007"'), "Invalid enum value"),
]


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in NO_LOCK], ids=[row[0] for row in NO_LOCK])
def test_what_is_no_lock_is_told_in_one_line(text: str | bytes, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(text, "evidence.lock.json")
    line = str(caught.value)
    assert line.startswith("evidence.lock.json: ")
    assert message in line
    assert "; " in line
    assert line.isprintable()
    assert len(line) < 400


def test_a_lock_of_fifty_megabytes_is_not_read() -> None:
    with pytest.raises(ConfigurationError, match="larger than 50 MB"):
        read(b" " * 50_000_001, "evidence.lock.json")

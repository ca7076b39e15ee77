"""How much asks for a source: strictness, the model in research articles, clauses, languages, and hostile text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.citations import find_citations
from ingest.pipeline import audit_file
from ingest.read import read_bytes
from ingest.statements import find_statements
from kb.model import Article, Block, Reference, Statement
from kb.settings import Settings, Strictness
from tests.costs import assert_within

ROE = Reference(id="roe2010", position=1, text="", source="ref:roe", authors=("Roe",), year="2010")
POE = Reference(id="poe2012", position=2, text="", source="ref:poe", authors=("Poe",), year="2012")
RESEARCH = "# T\n\n## Introduction\n\n{}\n\n## Methods\n\nWe asked.\n\n## Results\n\nWe saw.\n"

STRICTNESS = [
    # Plainly asks.
    ("About 7% of adults have it.", (True, True, True)),
    ("Studies show that tea calms.", (True, True, True)),
    ("Guidelines recommend rest.", (True, True, True)),
    ("Walking improves sleep.", (True, True, True)),
    ("Nausea is a side effect.", (True, True, True)),
    ("Most patients recover.", (True, True, True)),
    # Asks as a rule.
    ("The pain is caused by swelling.", (False, True, True)),
    ("Heat works better than cold.", (False, True, True)),
    ("The pain can persist for years.", (False, True, True)),
    ("Surgery is reserved for severe cases.", (False, True, True)),
    ("Clearly, this is so.", (False, True, True)),
    # Might ask.
    ("The muscle controls the joint.", (False, False, True)),
    ("Good shoes are important for runners.", (False, False, True)),
    ("The swelling eventually moves down.", (False, False, True)),
    # Never asks.
    ("The clinic opened in the spring.", (False, False, False)),
    ("What helps against pain?", (False, False, False)),
    ("Talk to your doctor about it.", (False, False, False)),
    ("A meniscus is a disc of cartilage in the knee.", (False, False, False)),
]


def statements(text: str, strictness: Strictness = "normal") -> list[Statement]:
    reading = read_bytes(text.encode(), "a.md")
    return find_statements(reading.article, find_citations(reading, [ROE, POE]), strictness)


def paragraph(text: str) -> Statement:
    block = Block(kind="paragraph", start=0, end=len(text), line=1)
    return find_statements(Article(id="a", title="", text=text, blocks=(block,), format="text"), [])[0]


@pytest.mark.parametrize(("sentence", "asks"), STRICTNESS)
def test_strictness(sentence: str, asks: tuple[bool, bool, bool]) -> None:
    levels: tuple[Strictness, ...] = ("lenient", "normal", "strict")
    found = [statements(f"# Title\n\n{sentence}\n", level)[0] for level in levels]
    assert tuple(one.needs_source for one in found) == asks


def test_strictness_comes_from_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# T\n\nThe muscle controls the joint.\n")
    levels: tuple[tuple[Strictness, bool], ...] = (("normal", False), ("strict", True))
    for level, asks in levels:
        settings = Settings(offline=True, as_of="2026-01-01", strictness=level)
        (found,) = audit_file(tmp_path / "a.md", "a.md", settings).statements
        assert found.needs_source is asks


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Previous studies have shown that pain is associated with poor sleep in adults.", True),
        ("It has been reported that the enzyme is highly expressed in several tumours.", True),
        ("The scale may be useful, but this remains to be seen in larger groups.", False),
        ("We therefore asked whether heat would ease the pain.", False),
    ],
)
def test_in_a_research_article_the_model_decides_too(sentence: str, asks: bool) -> None:
    found = statements(RESEARCH.format(sentence))[0]
    assert found.needs_source is asks
    assert found.reasons


def test_how_likely_a_citation_is_stands_where_it_was_asked() -> None:
    in_research = statements(RESEARCH.format("Previous studies have shown that pain leads to poor sleep."))[0]
    assert in_research.worth is not None
    assert 0.5 < in_research.worth <= 1
    elsewhere = statements("# T\n\nPrevious studies have shown that pain leads to poor sleep.\n")[0]
    assert (elsewhere.needs_source, elsewhere.worth) == (True, None)


def test_what_the_model_adds_says_which_words_decided() -> None:
    sentence = "This is in agreement with the results of previous authors."
    found = statements(RESEARCH.format(sentence))[0]
    assert (found.needs_source, found.signals) == (True, ())
    assert "is worded like sentences that cite" in found.reasons[0]


def test_clauses_with_citations_of_their_own_are_statements_of_their_own() -> None:
    text = "# T\n\nHeat eases the pain of most adults (Roe, 2010), but cold worsens the stiffness (Poe, 2012).\n"
    first, second = statements(text)
    assert (first.text, second.text) == (
        "Heat eases the pain of most adults (Roe, 2010),",
        "but cold worsens the stiffness (Poe, 2012).",
    )
    assert all(text[one.start : one.end] == one.text for one in (first, second))
    assert first.sentence == second.sentence
    assert (first.sentence.start, first.sentence.end) == (first.start, second.end)
    assert first.id != second.id
    assert text[second.cues[0].start : second.cues[0].end] == second.cues[0].text


def test_a_clause_is_known_by_its_own_words() -> None:
    joined = statements("# T\n\nHeat eases all pain (Roe, 2010), but cold makes it much worse (Poe, 2012).\n")
    alone = statements("# T\n\nBut cold makes it much worse (Poe, 2012).\n")
    assert joined[1].fingerprint == alone[0].fingerprint


GERMAN = (
    "Rückenschmerzen sind bei Erwachsenen sehr häufig, und sie dauern oft mehrere Wochen. Etwa 70 % der Menschen haben "
    "sie im Laufe ihres Lebens (Roe, 2010). Die meisten von ihnen werden auch ohne Behandlung wieder gesund.\n"
)


@pytest.mark.parametrize("head", ["", "---\nlang: de\n---\n\n", "---\nlang: en\n---\n\n"])
def test_another_language_is_linked_and_not_judged(head: str) -> None:
    found = statements(f"{head}# Titel\n\n{GERMAN}")
    assert len(found) == 3
    assert {(one.kind, one.needs_source, one.signals, one.reasons) for one in found} == {
        ("fact", False, (), ("not judged: the text is in German, and only English is",))
    }


def test_a_short_text_is_in_the_language_that_it_says() -> None:
    (found,) = statements("---\nlang: fr-CA\n---\n\n# T\n\nUne note.\n")
    assert found.reasons == ("not judged: the text is in French, and only English is",)


def test_an_audit_says_once_that_the_language_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Titel\n\n{GERMAN}\n## Literatur\n\nRoe J (2010). Schmerzen. Verlag.\n")
    audit = audit_file(tmp_path / "a.md", "a.md", Settings(offline=True, as_of="2026-01-01"))
    assert audit.article.language == "de"
    assert sum("German" in note for note in audit.notes) == 1
    assert [citation.statements for citation in audit.citations] == [(audit.statements[1].id,)]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 4_000,
        "pain may lead to " * 1_200,
        "(" * 20_000,
        "studies of " * 2_000,
        "a" * 20_000,
        " \u200b" * 10_000 + "pain",
        "1 2 3 " * 3_400,
        "which is why " * 1_600,
    ],
    ids=lambda text: text[:12],
)
def test_a_statement_of_20000_characters_takes_no_longer_than_its_length(text: str) -> None:
    def job() -> None:
        assert paragraph(f"Heat helps {text} end").text

    assert_within(3, job)


def test_capitals_ask_as_small_letters_do() -> None:
    found = paragraph("STUDIES SHOW THAT 40% OF PATIENTS RECOVER WITHIN SIX WEEKS.")
    assert {"number", "vague attribution"} <= set(found.signals)
    assert found.needs_source


def test_nothing_invisible_hides_what_asks() -> None:
    text = "\u2067Stud\u200bies show that\u202e exercise re\u00adduces pain.\u2069"
    found = paragraph(text)
    assert found.needs_source
    assert found.text == text
    assert {"vague attribution", "benefit"} <= set(found.signals)
    assert found.fingerprint == paragraph("Studies show that exercise reduces pain.").fingerprint


def test_a_table_pasted_as_text_is_no_statement() -> None:
    found = paragraph(
        "Group\tn\tAge\tBMI\tPain before\tPain after\nA\t20\t54.1\t27.2\t6.1\t3.2\nB\t21\t53.8\t26.9\t6\t5"
    )
    assert not found.needs_source
    assert "table" in found.reasons[0]

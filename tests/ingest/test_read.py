"""Readers: what each block of an article is, where it stands, and which files are refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.read import LARGEST, decode, read_bytes, read_file
from kb.errors import ArticleError
from kb.model import Article

PAGE = """Why Knees Creak

Why Knees Creak

Jane Roe

Written by Jane Roe

5 min read

Knees creak for many reasons, and most of them are harmless to the joint itself.

What Makes Them Creak

Gas bubbles can form in the joint. They burst when the leg is bent.

How Can You Help?

- Walk every day.
- Keep a healthy weight.

References

Roe, J. (2010). Bubbles in joints. Knee Journal, 3, 1-9.
Poe, E. (2012). Creaking. Joint Letters, 4(2), 10-12. https://doi.org/10.5555/creak

Our team is here for you. Get in touch today.

Better Knees for All

At Kneeland Clinic, we treat every knee.
"""
MARKDOWN = """---
title: Why Knees Creak
date: 2024-05-01
bibliography: knees.bib
---

# Why Knees Creak

Gas **bubbles** can form in the joint [@roe2010].

> They burst when the leg is bent.

* Walk every day.

| a | b |
|---|---|
| 1 | 2 |

## Sources

1. Roe J. Bubbles in joints. Knee Journal 2010;3:1-9.
2. Poe E. Creaking. Joint Letters 2012;4:10-12.

## Join us

Book a visit today.
"""


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end].split("\n")[0][:24]) for block in article.blocks]


def test_a_page_copied_from_the_web() -> None:
    article = read_bytes(PAGE.encode(), "page.txt").article
    assert article.title == "Why Knees Creak"
    assert kinds(article) == [
        ("title", "Why Knees Creak"),
        ("title", "Why Knees Creak"),
        ("byline", "Jane Roe"),
        ("byline", "Written by Jane Roe"),
        ("byline", "5 min read"),
        ("paragraph", "Knees creak for many rea"),
        ("heading", "What Makes Them Creak"),
        ("paragraph", "Gas bubbles can form in "),
        ("heading", "How Can You Help?"),
        ("list item", "Walk every day."),
        ("list item", "Keep a healthy weight."),
        ("heading", "References"),
        ("reference list", "Roe, J. (2010). Bubbles "),
        ("reference list", "Poe, E. (2012). Creaking"),
        ("promotion", "Our team is here for you"),
        ("promotion", "Better Knees for All"),
        ("promotion", "At Kneeland Clinic, we t"),
    ]
    assert [block.section for block in article.blocks if block.kind == "list item"] == ["How Can You Help?"] * 2
    assert all(
        block.why for block in article.blocks if block.kind in ("title", "byline", "reference list", "promotion")
    )


def test_markdown() -> None:
    article = read_bytes(MARKDOWN.encode(), "knees.md").article
    assert (article.title, article.date, article.bibliographies) == ("Why Knees Creak", "2024-05-01", ("knees.bib",))
    assert kinds(article) == [
        ("front matter", "---"),
        ("title", "Why Knees Creak"),
        ("paragraph", "Gas **bubbles** can form"),
        ("quotation", "They burst when the leg "),
        ("list item", "Walk every day."),
        ("table", "| a | b |"),
        ("heading", "Sources"),
        ("reference list", "1. Roe J. Bubbles in joi"),
        ("reference list", "2. Poe E. Creaking. Join"),
        ("promotion", "Join us"),
        ("promotion", "Book a visit today."),
    ]


def test_footnote_definitions_are_references_wherever_they_stand() -> None:
    text = "Heat helps.[^a]\n\n[^a]: Roe J. Heat. Knee Journal 2010;3:1-9.\n\nRest helps too, most people find.\n"
    assert [kind for kind, _ in kinds(read_bytes(text.encode(), "a.md").article)] == [
        "paragraph",
        "reference list",
        "paragraph",
    ]


def test_an_advertisement_takes_nothing_of_the_article_with_it() -> None:
    text = "Why Some Knees Creak\n\nAdvertisement\n\nGet 20% off today. Shop now.\n\n"
    text += "Knees creak for many reasons, says everyone.\n"
    blocks = read_bytes(text.encode(), "a.txt").article.blocks
    assert [block.kind for block in blocks] == ["title", "promotion", "promotion", "paragraph"]


def test_lines_of_a_byline_are_no_paragraph() -> None:
    page = "HealthyBeat\n\nHow to Sleep Well at Night\nBy Dr. Anna Roe, MD | Reviewed by John Poe, RN\n"
    page += "Updated 14 March 2024\n\n"
    article = read_bytes((page + "Sleep is a state of rest in which the body heals.\n").encode(), "a.txt").article
    assert article.title == "How to Sleep Well at Night"
    assert [block.kind for block in article.blocks] == ["heading", "title", "byline", "byline", "paragraph"]


def test_hyphens_and_short_lines_inside_a_hard_wrapped_paragraph() -> None:
    text = "Research has shown that spacers work as well as the other kind,\ncf. Roe (2013: 12), who says so. Breast-\n"
    text += "feeding protects against it, says the same author in the same\nwork. That is all.\n"
    assert len(read_bytes(text.encode(), "a.txt").article.blocks) == 1


def test_markdown_headings_underlined_and_images_and_remarks() -> None:
    text = "Why Knees Creak\n===============\n\n![A knee](knee.jpg)\n\nKnees creak.[^1]\n\n"
    text += "[^1]: Mostly.\n[^r]: Roe J. Knees. 2010.\n"
    article = read_bytes(text.encode(), "a.md").article
    assert article.title == "Why Knees Creak"
    assert [block.kind for block in article.blocks] == ["title", "comment", "paragraph", "comment", "reference list"]


def test_lines_of_a_leaflet_are_a_list_and_claims_are_no_headings() -> None:
    text = "Garlic And Your Heart\n\nBenefits\nLowers blood pressure by 10%\nCures most headaches\n"
    text += "Used by 2 million people\n\nGarlic cures 9 out of 10 patients\n"
    found = read_bytes(text.encode(), "a.txt").article
    assert [(block.kind, found.text[block.start : block.end]) for block in found.blocks] == [
        ("title", "Garlic And Your Heart"),
        ("heading", "Benefits"),
        ("list item", "Lowers blood pressure by 10%"),
        ("list item", "Cures most headaches"),
        ("list item", "Used by 2 million people"),
        ("paragraph", "Garlic cures 9 out of 10 patients"),
    ]


def test_one_sentence_of_promotion_does_not_hide_its_paragraph() -> None:
    text = (
        "A Title Of Some Kind\n\nBack pain affects 80% of adults. Surgery cures most of them. Call us today to book.\n"
    )
    assert read_bytes(text.encode(), "a.txt").article.blocks[-1].kind == "paragraph"


@pytest.mark.parametrize(
    "paragraph",
    ["Tel: 020 7946 0018 (Mon to Fri)", "Email: knees@clinic.example", "Please call 020 7946 0018 to book."],
)
def test_how_to_reach_the_publisher_is_no_article(paragraph: str) -> None:
    text = f"A Title Of Some Kind\n\nKnees creak for many reasons, and most of them are harmless.\n\n{paragraph}\n"
    assert read_bytes(text.encode(), "a.txt").article.blocks[-1].kind == "promotion"


@pytest.mark.parametrize(
    ("paragraph", "kind"),
    [
        ("Get in touch with us if your knee hurts.", "promotion"),
        ("Contact your doctor if the knee swells or the pain lasts for longer than six weeks.", "paragraph"),
        ("Subscribe to our newsletter for more.", "promotion"),
        ("We use cookies to improve your experience on this page.", "promotion"),
        ("In a trial, patients were asked to call the nurses of the ward when pain set in at night.", "paragraph"),
    ],
)
def test_promotion_inside_the_article(paragraph: str, kind: str) -> None:
    text = f"A Title Of Some Kind\n\nKnees creak for many reasons, and most of them are harmless.\n\n{paragraph}\n"
    assert read_bytes(text.encode(), "a.txt").article.blocks[-1].kind == kind


def test_an_entry_without_a_year_does_not_end_the_list() -> None:
    text = "Knees creak for many reasons, and most of them are harmless.\n\nReferences\n\n" + "\n\n".join(
        ["Roe J (2010). Bubbles. Knee J 3: 1.", "Agency product information.", "Poe E (2012). Creaking. Knee J 4: 2."]
    )
    assert [block.kind for block in read_bytes(text.encode(), "a.txt").article.blocks][-3:] == ["reference list"] * 3


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "Knees creak for many reasons, and most of them\nare harmless to the joint itself, as far as\nanyone knows.\n"
    )
    assert len(read_bytes(text.encode(), "a.txt").article.blocks) == 1


def test_lines_count_from_one_and_offsets_are_exact() -> None:
    article = read_bytes(
        b"\xef\xbb\xbfTitle Of It\r\n\r\nKnees creak for many reasons, most of them harmless.\r\n", "a.txt"
    ).article
    block = article.blocks[-1]
    assert (block.line, article.text[block.start : block.end]) == (
        3,
        "Knees creak for many reasons, most of them harmless.",
    )


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.txt", "a.txt: is empty; check that the right file was saved"),
        (b" \n\n ", "a.md", "a.md: is empty; check that the right file was saved"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.txt", "a.txt: is a binary file, not text; save the article as"),
        (b"fine\nna\xefve\n", "a.txt", "a.txt:2: is not valid UTF-8; save it again with the encoding UTF-8"),
        (b"text", "a.pdf", "a.pdf: files of the kind '.pdf' are not read; save it as Word"),
        (b"text", "a.doc", "a.doc: files of the kind '.doc' are not read; save it as .docx"),
        (b"text", "a", "a: files of the kind 'without a suffix' are not read; give one of"),
        (b"# Only a heading\n", "a.md", "a.md: holds no paragraph of text; check that it is the right file"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(data: bytes, name: str, message: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_bytes(data, name)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_files_that_are_not_there_or_too_large(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"a" * (LARGEST + 1))
    for name, message in [("no.txt", "no such file"), ("", "is a folder"), ("big.txt", "more than the 12 MB")]:
        with pytest.raises(ArticleError, match=message):
            read_file(tmp_path / name, name or "folder")


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_gives_blocks_in_order_or_one_clear_refusal(text: str, name: str) -> None:
    try:
        article = read_bytes(text.encode(), name).article
    except ArticleError:
        return
    ends = 0
    for block in article.blocks:
        assert ends <= block.start < block.end <= len(article.text)
        assert block.line == article.text.count("\n", 0, block.start) + 1
        ends = block.end


def test_utf_16_is_read() -> None:
    assert decode("Knie".encode("utf-16"), "a.txt") == "Knie"


def test_sections_about_authors_funding_and_interests_are_left_out_and_end() -> None:
    parts = [
        "# Warm knees",
        "## Authors",
        "A. Roe, 40 Long Road.",
        "## Heat",
        "Heat helps 40% of all the knees there are.",
    ]
    parts += [
        "## Competing interests",
        "A. Roe was paid 500 pounds.",
        "## Cold",
        "So does cold.",
    ]
    text = "\n\n".join(parts)
    article = read_bytes(text.encode(), "a.md").article
    assert article.title == "Warm knees"
    assert [block.kind for block in article.blocks if block.kind not in ("heading", "title")] == [
        "byline",
        "paragraph",
        "byline",
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("heading", "under", "kind"),
    [
        ("References (12)", "Roe J. Heat for knees. Pain 2010;3:4-9.", "reference list"),
        ("VII. Quellenangaben", "Roe J. Heat for knees. Pain 2010;3:4-9.", "reference list"),
        ("Sources and further reading", "Roe J. Heat for knees. Pain 2010;3:4-9.", "reference list"),
        ("Evidence", "Roe J. Heat for knees. Pain 2010;3:4-9.", "reference list"),
        ("Evidence", "Heat was tried in many people, and it has helped most of those who were in pain.", "paragraph"),
        ("Notes", "Heat is best in the morning.", "paragraph"),
        (
            "Sources",
            "Sources of heat are many, and they are not always what they have been said to be.",
            "paragraph",
        ),
    ],
)
def test_what_stands_under_a_heading_that_may_be_that_of_a_list(heading: str, under: str, kind: str) -> None:
    text = f"# Warm knees\n\nHeat helps most knees.\n\n## {heading}\n\n{under}\n"
    assert read_bytes(text.encode(), "a.md").article.blocks[-1].kind == kind


def test_a_list_without_a_heading_is_found_at_the_end() -> None:
    entries = ["Roe J, Poe A. Heat for knees. Pain 2010;3:4-9.", "Moe B. Cold for knees. Pain 2011;4:1-2."]
    text = "\n\n".join(["Warm knees", "Heat helps most of the knees that hurt (Roe and Poe, 2010).", *entries])
    blocks = read_bytes(text.encode(), "a.txt").article.blocks
    assert [block.kind for block in blocks][-2:] == ["reference list"] * 2
    assert blocks[-1].why == "reads like a list of references at the end of the article"


def test_marks_of_quarto_and_obsidian_are_no_text() -> None:
    text = """::: {.callout-note}
Heat helps 40% of people with sore knees.
:::

![A warm knee.](knee.png){#fig-knee width=50%}

: Knees by warmth {#tbl-knees}

$$
a = b
$$ {#eq-one}

> [!warning] Mind the heat
> Burns happen in 3% of people.

%% a remark %%

#knees #heat
"""
    article = read_bytes(text.encode(), "a.qmd").article
    said = [
        (block.line, block.kind, article.text[block.start : block.end]) for block in article.blocks if not block.why
    ]
    assert said == [
        (2, "paragraph", "Heat helps 40% of people with sore knees."),
        (7, "caption", "Knees by warmth"),
        (14, "quotation", "Burns happen in 3% of people."),
    ]
    assert [block.why for block in article.blocks if block.why] == [
        "is a picture",
        "is an equation",
        "is a remark that readers do not see",
        "is tags of the page",
    ]

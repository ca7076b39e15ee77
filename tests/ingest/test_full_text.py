"""Open full texts: how Europe PMC is asked for one, and what of the article is read."""

from __future__ import annotations

import pytest

from ingest.http import Answer
from ingest.resolve import full_text
from kb.settings import Settings

HEAT = "Heat eased the stiffness of the knee in all of them."
ARTICLE = f"""<!DOCTYPE article SYSTEM "JATS.dtd">
<article><front><article-meta>
<article-id pub-id-type="pmc">77</article-id><article-id pub-id-type="doi">10.5555/Heat</article-id>
</article-meta><abstract><p>An abstract stands elsewhere and is not read here.</p></abstract></front>
<body>
<sec><title>Results</title>
<p>{HEAT}</p>
<p>After a week, 10<sup>6</sup> cells &amp; more were left<xref ref-type="bibr" rid="r1">1</xref>, as before.</p>
<p>Short.</p>
<table-wrap><p>A paragraph within a table is a cell of it and no sentence of the text.</p></table-wrap>
</sec>
</body>
<back><p>Thanks are due to many people, who are named in this paragraph here.</p></back></article>"""


def answered(text: str) -> Answer:
    return Answer(outcome="ok", text=text)


def test_one_question_an_id_and_only_its_404_says_that_there_is_none() -> None:
    first, second = full_text.questions(["PMC77", "PMC78", "PMC77"], Settings(europepmc="https://epmc.example/rest/"))
    assert (first.url, first.authoritative) == ("https://epmc.example/rest/PMC77/fullTextXML", True)
    assert second.ids == ("PMC78",)


def test_the_paragraphs_of_the_body_without_markers_tables_and_labels() -> None:
    works = full_text.parse(answered(ARTICLE), "2026-05-01")
    assert works is not None
    (work,) = works
    assert (work.id, work.pmcid) == ("doi:10.5555/heat", "PMC77")
    assert work.full_text.split("\n") == [HEAT, "After a week, 10⁶ cells & more were left, as before."]
    assert (work.said[0].by, work.said[0].fields) == ("Europe PMC (full text)", ("doi", "pmcid", "full_text"))


def test_a_text_is_cut_at_a_paragraph() -> None:
    paragraphs = f"<p>{'Heat helped once more, and again. ' * 60}</p>" * 100
    works = full_text.parse(answered(ARTICLE.replace("<body>", f"<body>{paragraphs}")))
    assert works is not None
    assert full_text.LONGEST - 2_000 < len(works[0].full_text) <= full_text.LONGEST
    assert all(line.endswith("again.") for line in works[0].full_text.split("\n")[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no XML",
        "<html><body><p>Please try again later, the service is busy now.</p></body></html>",
        "<article><body>",
        '<!DOCTYPE article [<!ENTITY a "aaaa">]><article><body><p>&a;</p></body></article>',
        "<article>" + "<sec>" * 200 + "</sec>" * 200 + "</article>",
        "<article><front/><body><p>An article that names neither DOI nor PubMed id at all.</p></body></article>",
    ],
)
def test_what_is_no_article_is_none(text: str) -> None:
    assert full_text.parse(answered(text)) is None
    assert full_text.parse(Answer(outcome="unreachable")) is None

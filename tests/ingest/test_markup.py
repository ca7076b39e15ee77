"""Plain text out of the markup of registries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.markup import LONGEST, abstract_text, plain


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("plain  words\n here", "plain words here"),
        ("p &lt; 0.05 &amp; q&gt;1", "p < 0.05 & q>1"),
        ("H<sub>2</sub>O, 10<jats:sup>−6</jats:sup> mol", "H2O, 10⁻⁶ mol"),
        ("A &lt;scp&gt;DC&lt;/scp&gt; boost", "A DC boost"),
        ("A &amp;lt;i&amp;gt;B&amp;lt;/i&amp;gt; C", "A B C"),
        ("Anaemia in an infant&lt;subtitle&gt;Its treatment&lt;/subtitle&gt;", "Anaemia in an infant Its treatment"),
        ("<script>alert(1)</script>x", "alert(1)x"),
        ("open <i and no end", "open <i and no end"),
    ],
)
def test_plain(markup: str, text: str) -> None:
    assert plain(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "<jats:sec>\n <jats:title>Aims:</jats:title>\n <jats:p>To see whether\n <jats:italic>heat</jats:italic>\n"
            " helps.</jats:p></jats:sec><jats:sec><jats:title>Results</jats:title><jats:p>It did.</jats:p>"
            "<jats:p>It lasted.</jats:p></jats:sec>",
            "Aims: To see whether heat helps.\nResults: It did.\nIt lasted.",
        ),
        ("<title>Abstract</title><p>We treated forty people.</p>", "We treated forty people."),
        ("We treated forty people.", "We treated forty people."),
        ("&lt;p&gt;We treated forty people.&lt;/p&gt;", "We treated forty people."),
        (
            "<jats:p>Cost <jats:tex-math>\\frac{1}{2}</jats:tex-math> of the usual care</jats:p>",
            "Cost of the usual care",
        ),
        ("<jats:p/>", ""),
        ("-", ""),
    ],
)
def test_abstracts(markup: str, text: str) -> None:
    assert abstract_text(markup) == text


@settings(deadline=None)
@given(st.text(alphabet='<>/&;lt"gtpsu2 \x01\x02ti', max_size=200))
def test_any_markup_becomes_text_of_one_line_or_a_line_a_paragraph(markup: str) -> None:
    assert "\n" not in plain(markup)
    assert "\x01" not in abstract_text(markup)


@pytest.mark.parametrize("piece", ["<title>", "&lt;a ", "<", "<sup>", "&lt;a &quot;", "1 ", "&amp;amp;"])
def test_hostile_markup_is_read_no_further_than_its_bound(piece: str) -> None:
    text = piece * (LONGEST // len(piece))
    assert abstract_text(text + "<p>too far to be read, whatever it says</p>").find("too far") == -1

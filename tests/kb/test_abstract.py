"""The abstract as it is read: without markup, without words that stand for a missing one, in one language."""

from __future__ import annotations

import pytest

from kb.language.abstract import abstract_of
from kb.model import Source

ENGLISH = "We gave amberleaf ointment to the adults who had asked for it, and their pain was less than before."
GERMAN = "Wir gaben den Erwachsenen, die darum gebeten hatten, eine Salbe, und der Schmerz wurde bei ihnen geringer."
SPANISH = "Dimos la pomada a los adultos que la habían pedido, y el dolor de todos ellos fue menor que el de antes."


@pytest.mark.parametrize(
    ("abstract", "read"),
    [
        (f"<p>{ENGLISH}</p>", ENGLISH),
        (f"<jats:sec><jats:title>Aim</jats:title><jats:p>{ENGLISH}</jats:p></jats:sec>", f"Aim {ENGLISH}"),
        (ENGLISH.replace("less", "<b>less</b>"), ENGLISH),
        (f"{ENGLISH} P &lt; 0.05.", f"{ENGLISH} P < 0.05."),
        (f"{ENGLISH}\n{GERMAN}", ENGLISH),
        (f"{GERMAN}\n{SPANISH}\n{ENGLISH}", ENGLISH),
        (f"Results: yes.\n{ENGLISH}\n{SPANISH}", f"Results: yes. {ENGLISH}"),
        (f"{GERMAN}\n{GERMAN}", f"{GERMAN} {GERMAN}"),
        ("[Abstract not available]", ""),
        ("No abstract available for this article; please see the full text, which is open to all readers.", ""),
        ("Background and aims", ""),
        ("<p> </p>", ""),
        ("", ""),
    ],
)
def test_what_is_read_of_an_abstract(abstract: str, read: str) -> None:
    assert abstract_of(Source(id="ref:1", abstract=abstract)) == read


def test_the_markup_of_formulas_leaves_its_numbers() -> None:
    formula = "<mml:math><mml:mi>P</mml:mi><mml:mo>=</mml:mo><mml:mn>0.03</mml:mn></mml:math>"
    text = abstract_of(Source(id="ref:1", abstract=f"{ENGLISH} It was so ({formula})."))
    assert text.endswith("It was so ( P = 0.03 ).")

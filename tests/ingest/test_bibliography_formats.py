"""The same works in every format of bibliography are the same references. All works here are made up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.references.formats import FORMATS, read_bibliography
from kb.errors import BibliographyError
from kb.model import Reference
from tests.costs import assert_within

ABSTRACT = "Warm packs were laid on for 20 minutes. Pain fell by 30% against rest (p < 0.05)."

BIBTEX = rf"""
@article{{okafor2014, author = {{Okafor, Nia and van der Lind, Piet and {{Knee Study Group}}}},
  title = {{Warm packs for stiff knees: a randomized trial}}, journal = {{Journal of Made-up Knees}}, year = 2014,
  doi = {{10.5555/KNEE.14}}, pmid = {{90000001}}, keywords = {{knee; heat}},
  abstract = {{{ABSTRACT.replace("%", chr(92) + "%")}}}}}
@incollection{{brandt2009, author = {{Brandt, Ute}}, title = {{Ladders and hips}},
  booktitle = {{Handbook of Stairs}}, year = 2009}}
@online{{rest2020, author = {{{{Institute of Rest}}}}, title = {{How to rest}}, year = 2020,
  url = {{https://rest.example/how}}}}
"""
CSL_JSON = json.dumps(
    [
        {
            "id": "okafor2014",
            "type": "article-journal",
            "title": "Warm packs for stiff knees: a randomized trial",
            "author": [
                {"family": "Okafor", "given": "Nia"},
                {"family": "Lind", "given": "Piet", "non-dropping-particle": "van der"},
                {"literal": "Knee Study Group"},
            ],
            "container-title": "Journal of Made-up Knees",
            "issued": {"date-parts": [[2014, 3, 2]]},
            "DOI": "10.5555/KNEE.14",
            "PMID": "90000001",
            "abstract": f"<jats:p>{ABSTRACT.replace('<', '&lt;')}</jats:p>",
            "keyword": "knee, heat",
        },
        {
            "id": "brandt2009",
            "type": "chapter",
            "title": "Ladders and hips",
            "author": [{"family": "Brandt", "given": "Ute"}],
            "container-title": "Handbook of Stairs",
            "issued": {"raw": "2009-05"},
        },
        {
            "id": "rest2020",
            "type": "webpage",
            "title": "How to rest",
            "author": [{"literal": "Institute of Rest"}],
            "issued": {"literal": "spring 2020"},
            "URL": "https://rest.example/how",
        },
    ],
    indent=1,
)
CSL_YAML = f"""---
references:
- id: okafor2014
  type: article-journal
  title: "Warm packs for stiff knees: a randomized trial"
  author:
  - {{family: Okafor, given: Nia}}
  - {{family: Lind, given: Piet, non-dropping-particle: van der}}
  - literal: Knee Study Group
  container-title: Journal of Made-up Knees
  issued: 2014-03-02
  DOI: 10.5555/KNEE.14
  PMID: 90000001
  abstract: "{ABSTRACT}"
  keyword: knee, heat
- id: brandt2009
  type: chapter
  title: Ladders and hips
  author: [{{family: Brandt, given: Ute}}]
  container-title: Handbook of Stairs
  issued: [{{year: 2009, month: 5}}]
- id: rest2020
  type: webpage
  title: How to rest
  author: {{literal: Institute of Rest}}
  issued: 2020
  URL: https://rest.example/how
...
"""
RIS = f"""TY  - JOUR
ID  - okafor2014
AU  - Okafor, Nia
AU  - van der Lind, Piet
AU  - Knee Study Group
TI  - Warm packs for stiff knees: a randomized trial
T2  - Journal of Made-up Knees
PY  - 2014/03/02/
DO  - 10.5555/KNEE.14
N1  - PMID: 90000001
AB  - {ABSTRACT[:40]}
{ABSTRACT[40:]}
KW  - knee
heat
ER  -

TY  - CHAP
ID  - brandt2009
A1  - Brandt, Ute
T1  - Ladders and hips
BT  - Handbook of Stairs
Y1  - 2009
ER  -
TY  - ELEC
ID  - rest2020
AU  - Institute of Rest
TI  - How to rest
DA  - spring 2020
UR  - https://rest.example/how
ER  -
"""
NBIB = f"""
PMID- 90000001
OWN - NLM
LID - 10.5555/KNEE.14 [doi]
DP  - 2014 Mar 2
TI  - Warm packs for stiff
      knees: a randomized trial.
AB  - {ABSTRACT[:39]}
      {ABSTRACT[40:]}
FAU - Okafor, Nia
AU  - Okafor N
FAU - van der Lind, Piet
AU  - van der Lind P
CN  - Knee Study Group
PT  - Journal Article
PT  - Randomized Controlled Trial
TA  - J Madeup Knees
JT  - Journal of Made-up Knees
MH  - Knee Joint/*drug effects
OT  - *heat

PMID- 90000002
DP  - 2009
TI  - Ladders and hips.
BTI - Handbook of Stairs
AU  - Brandt U

PMID- 90000003
DP  - 2020 Spring
TI  - [How to rest].
CN  - Institute of Rest
"""


def _record(kind: str, authors: str, titles: str, rest: str) -> str:
    people = "".join(f"<author><style>{one}</style></author>" for one in authors.split("|"))
    return (
        f'<record><rec-number>7</rec-number><ref-type name="{kind}">0</ref-type><contributors><authors>{people}'
        f"</authors></contributors><titles>{titles}</titles>{rest}</record>\n"
    )


ENDNOTE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    + _record(
        "Journal Article",
        "Okafor, Nia|van der Lind, Piet|Knee Study Group,",
        "<title><style face='bold'>Warm packs</style><style> for stiff knees: a randomized trial</style></title>"
        "<secondary-title><style>Journal of Made-up Knees</style></secondary-title>",
        "<dates><year><style>2014</style></year></dates><label><style>okafor2014</style></label>"
        "<keywords><keyword><style>knee</style></keyword><keyword><style>heat</style></keyword></keywords>"
        f"<abstract><style>{ABSTRACT.replace('<', '&lt;')}</style></abstract>"
        "<work-type>Journal Article; Randomized Controlled Trial</work-type>"
        "<electronic-resource-num><style>10.5555/KNEE.14</style></electronic-resource-num>"
        "<accession-num>90000001</accession-num><remote-database-name>PubMed</remote-database-name>",
    )
    + _record(
        "Book Section",
        "Brandt, Ute",
        "<title>Ladders and hips</title><secondary-title>Handbook of Stairs</secondary-title>",
        "<dates><year>2009</year></dates><label>brandt2009</label>",
    )
    + _record(
        "Web Page",
        "Institute of Rest,",
        "<title>How to rest</title>",
        "<dates><year>2020</year></dates><label>rest2020</label>"
        "<urls><related-urls><url>https://rest.example/how</url></related-urls></urls>",
    )
    + "</records></xml>"
)
FILES = {
    "works.bib": BIBTEX,
    "works.json": CSL_JSON,
    "works.yaml": CSL_YAML,
    "works.ris": RIS,
    "works.nbib": NBIB,
    "works.xml": ENDNOTE,
}


def _facts(one: Reference) -> tuple[object, ...]:
    return one.authors, one.year, one.title, one.container


@pytest.mark.parametrize("name", FILES)
def test_the_same_works_in_every_format(name: str) -> None:
    references, messages = read_bibliography(FILES[name].encode(), name)
    assert messages == []
    article, chapter, page = references
    assert _facts(article) == (
        ("Okafor", "van der Lind", "Knee Study Group"),
        "2014",
        "Warm packs for stiff knees: a randomized trial",
        "Journal of Made-up Knees",
    )
    assert (article.doi, article.pmid, article.abstract) == ("10.5555/knee.14", "90000001", ABSTRACT)
    assert (article.source, article.type, article.origin) == ("doi:10.5555/knee.14", "article", name)
    assert _facts(chapter) == (("Brandt",), "2009", "Ladders and hips", "Handbook of Stairs")
    assert chapter.type == "incollection"
    assert _facts(page) == (("Institute of Rest",), "2020", "How to rest", "")
    assert [one.position for one in references] == [1, 2, 3]
    if name != "works.nbib":
        assert [one.id for one in references] == ["okafor2014", "brandt2009", "rest2020"]
        assert article.keywords == ("knee", "heat")
        assert (page.url, page.type) == ("https://rest.example/how", "online")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(name: str, codec: str) -> None:
    text = FILES[name].replace("Ladders", "Échelles").replace(' encoding="UTF-8"', "")
    text = text.replace(r"\u00c9", "É")
    references, messages = read_bibliography(text.encode(codec), name)
    assert references[1].title == "Échelles and hips"
    assert len(messages) == (codec == "cp1252")
    assert all("not UTF-8" in message for message in messages)


@pytest.mark.parametrize("name", [name for name in FILES if name != "works.bib"])
@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_every_line_end_is_read(name: str, end: str) -> None:
    references, _ = read_bibliography(FILES[name].replace("\n", end).encode(), name)
    assert len(references) == 3


@pytest.mark.parametrize("name", [name for name in FILES if name != "works.yaml"])
def test_a_file_with_another_suffix_is_told_by_its_content(name: str) -> None:
    references, _ = read_bibliography(FILES[name].encode(), "export.txt")
    assert len(references) == 3


@pytest.mark.parametrize("suffix", [*FORMATS, ".txt", ""])
@pytest.mark.parametrize("data", [b"Dear reader,\n\nthis is a letter.", b"\x89PNG\0\0\1", b"<html><p>Hi</p></html>"])
def test_a_file_that_is_no_bibliography_is_one_line(suffix: str, data: bytes) -> None:
    with pytest.raises(BibliographyError, match=r"^x\S*: .+; .+") as caught:
        read_bibliography(data, f"x{suffix}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_empty_file_is_told(suffix: str) -> None:
    assert read_bibliography(b" \n", f"x{suffix}") == (
        [],
        [f"x{suffix}: the file is empty; add entries, or leave it out"],
    )


HOSTILE = {
    "deep.json": b"[" * 1_000_000,
    "deep-objects.json": b'[\n{"id":' * 200_000,
    "quotes.json": b"[" + b'\\"' * 500_000,
    "open-items.json": b'[\n{"title":"a"\n' * 100_000,
    "numbers.json": b'[{"id":"a","title":"b","issued":{"date-parts":[[' + b"9" * 1_000_000 + b"]]}}]",
    "open-records.xml": b"<record>" * 300_000,
    "one-end.xml": b"<record>" * 300_000 + b"</record>",
    "deep.xml": b"<record>" + b"<a>" * 300_000 + b"</a>" * 300_000 + b"</record>",
    "deep.yaml": b"references: " + b"[" * 500_000,
    "aliases.yaml": b"a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nreferences: [*b,*b]",
    "long.yaml": b"references: [" + b"a," * 500_000 + b"]",
    "fields.ris": b"TY  - JOUR\n" + b"AU  - A\n" * 200_000,
    "lines.nbib": b"PMID- 1\nAB  - \n" + b"      a\n" * 200_000,
    "blank.yaml": b"\n" * 1_000_000 + b"x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_little_time(name: str) -> None:
    def job() -> None:
        try:
            _, messages = read_bibliography(HOSTILE[name], name)
        except BibliographyError as error:
            messages = [str(error)]
        assert all("\n" not in message for message in messages)

    assert_within(4, job)


def test_faults_without_end_are_summed_up() -> None:
    references, messages = read_bibliography(b'[{"title":"Knees"},' + b"[]," * 5_000 + b"[]]", "x.json")
    assert [one.title for one in references] == ["Knees"]
    assert len(messages) == 101
    assert messages[-1] == "x.json: 4901 more faults; mend those above first"


SEEDS = st.sampled_from([text.encode() for text in FILES.values()])


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([*FORMATS, ".txt"]), st.binary(max_size=200) | SEEDS, st.data())
def test_any_bytes_give_references_or_one_plain_error(suffix: str, seed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, len(seed)))
    mutated = seed[:start] + data.draw(st.binary(max_size=8)) + seed[end:]
    try:
        references, messages = read_bibliography(mutated, f"x{suffix}")
    except BibliographyError as error:
        messages, references = [str(error)], []
    assert len({reference.id for reference in references}) == len(references)
    assert all(message.startswith("x") and "\n" not in message for message in messages)
    for reference in references:
        reference.text.encode()  # no halves of characters


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "literal", "date-parts", "raw", "PMID"]), inner, max_size=3)
    ),
    max_leaves=6,
)
_ITEM = st.dictionaries(
    st.sampled_from(
        "id type title author issued DOI PMID URL note custom keyword genre abstract container-title".split()
    ),
    _JSON,
)


@settings(deadline=None, max_examples=50)
@given(st.lists(_ITEM, max_size=3))
def test_items_of_any_shape_never_cost_the_sound_one(items: list[dict[str, object]]) -> None:
    sound = {"id": "sound-one", "title": "Warm packs", "type": "book"}
    references, _ = read_bibliography(json.dumps([*items, sound]).encode(), "x.json")
    assert references[-1].title == "Warm packs"

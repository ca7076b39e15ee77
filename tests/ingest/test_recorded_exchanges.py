"""Every recorded exchange, whoever answered, given to every reader: no crash, and never a record out of an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.http import Answer, judge
from ingest.resolve import crossref, datacite, doi_org, europepmc, openalex, pubmed
from tests.registry_samples import recorded

READERS = (crossref, datacite, europepmc, openalex, pubmed)
OUTCOMES = {200: ("ok", "malformed"), 404: ("not found",), 500: ("server error",), 504: ("server error",)}
"""What may come of a status; of any other that is recorded, a refusal or a redirect that was not followed."""


def read_by_all(answer: Answer) -> int:
    """How many readers find works in an answer."""
    doi_org.agencies(answer)
    doi_org.exists(answer, "10.1000/abc")
    pubmed.pmids(answer)
    pubmed.identifiers(answer)
    return sum(bool(reader.parse(answer, "2026-05-01")) for reader in READERS)


def test_every_exchange_is_read_or_refused(shared: Path) -> None:
    read = 0
    for path, status, _ in recorded(shared, ""):
        answer = judge(status, None, path.read_bytes())
        assert answer.outcome in OUTCOMES.get(status, ("refused", "malformed"))
        found = read_by_all(answer)
        assert found == 0 or status == 200
        read += found
    assert read > 200


def test_other_xml_is_no_record_of_pubmed(shared: Path) -> None:
    paths = sorted((shared / "data/retraction/jats-notices").glob("*.nxml"))
    if not paths:
        pytest.skip("no JATS notices in the shared data")
    for path in paths:
        assert read_by_all(judge(200, None, path.read_bytes())) == 0


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 503])
@pytest.mark.parametrize(
    "body",
    [
        b'{"message": {"DOI": "10.1000/abc"}}',
        b'{"data": {"attributes": {"doi": "10.1000/abc"}}}',
        b'{"doi": "https://doi.org/10.1000/abc"}',
        b'{"resultList": {"result": [{"doi": "10.1000/abc"}]}}',
        b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>5</PMID></MedlineCitation></PubmedArticle>"
        b"</PubmedArticleSet>",
    ],
    ids=["Crossref", "DataCite", "OpenAlex", "Europe PMC", "PubMed"],
)
def test_a_body_that_would_be_a_record_is_none_under_another_status(body: bytes, status: int) -> None:
    assert read_by_all(judge(200, None, body)) >= 1
    assert read_by_all(judge(status, None, body)) == 0

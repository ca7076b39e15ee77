"""What can be configured, as one record. Found and read by ``ingest.config``; nothing here reads a file."""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import msgspec

from kb.model import Record, Severity

Strictness: TypeAlias = Literal["lenient", "normal", "strict"]
"""How much asks for a source: what plainly does, what does as a rule, also what might."""


JudgeKind: TypeAlias = Literal["built-in", "embedding", "nli", "chat"]
"""Who says whether sources bear statements out. All but the first need a model, and the last one sends text away."""


FailOn: TypeAlias = Literal["error", "warning", "info", "never"]
"""From which severity on an open finding makes ``kb check`` end with 1."""


def is_day(text: str) -> bool:
    """Whether a text is a date of the form that is compared as text.

    >>> [is_day(text) for text in ("2027-01-31", "2027-02-31", "20270131", "")]
    [True, False, False, False]
    """
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class Allowed(Record, frozen=True, kw_only=True):
    """A waiver in the configuration: findings that a person took on themselves, and why.

    ``rules`` are ids, names or families; ``articles`` are globs, and ``containing`` are words that the statement or
    entry holds, for one that is meant alone (empty: all of the article). ``until`` is an ISO date after which it no
    longer holds.
    """

    rules: tuple[str, ...]
    articles: tuple[str, ...]
    reason: str = ""
    containing: str = ""
    until: str = ""


class Linting(Record, frozen=True, kw_only=True):
    """What of the linter can be configured; rules go by id (``ST001``), name (``unsupported-statement``), family
    (``ST``, ``statements``) or ``all``.

    Attributes
    ----------
    select, ignore
        Rules that count, and of these the ones that do not; what is named more narrowly wins.
    per_file_ignores
        Rules that do not count in articles whose id matches a glob.
    severities
        Severity of a rule, family or all in place of the default one; the narrower name wins.
    fail_on
        From which severity on an open finding fails a run.
    articles, exclude
        Globs of the articles that ``kb check`` reads where none is named, and of what it never reads in a folder.
    baseline
        File of findings that are known of old, relative to the folder of the configuration; empty for none.
    max_age
        Years after which a source counts as old (`SO` rules), 0 for never.
    knowledge_base
        The knowledge base in which statements of other articles are looked up, a file relative to the folder of the
        configuration; empty for none, because a linter's answer should depend on nothing unseen.
    waivers
        Those of the configuration; others stand in the articles.
    origin
        The file that configures this, for messages; empty where none does.
    """

    select: tuple[str, ...] = ("all",)
    ignore: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    severities: dict[str, Severity] = msgspec.field(default_factory=dict)
    fail_on: FailOn = "info"
    articles: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    baseline: str = ""
    max_age: int = 0
    knowledge_base: str = ""
    waivers: tuple[Allowed, ...] = ()
    origin: str = ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of one run.

    Attributes
    ----------
    bibliography
        Bibliography files of the project, relative to the folder of the configuration file.
    mailto
        Address given to registries so that they can reach the user (their "polite" pools); never stored or logged.
    crossref, datacite, doi_org, ncbi, pmc, europepmc, openalex
        Base addresses of the registries.
    ncbi_key, openalex_key
        Keys of the user for these registries; never stored or logged. OpenAlex is asked only with a key.
    offline
        Never open a socket.
    patience
        Seconds after which a run gives up on all registries where none has answered yet, 0 < patience.
    deadline
        Seconds that all questions to registries may take together, 0 < deadline.
    searches
        How many references without an identifier are looked up by their words in one run, at most.
    full_texts
        How many open full texts are fetched in one run, at most.
    works
        About how many works, that no article cites and an answer lacks, registries are asked in one run, at most.
    cache
        File in which the answers of registries are remembered; empty for none.
    anew
        Ask also about what is remembered; the memory then serves only where a registry does not answer.
    strictness
        How much asks for a source: ``lenient`` (what plainly does), ``normal``, ``strict`` (what might).
    judge
        Who says whether sources bear statements out.
    judge_model
        The model's folder, or of a chat model its name.
    judge_address
        Base address of the chat model's server (``…/chat/completions`` follows it).
    judge_key
        Key of the user for that server; never stored or logged.
    judge_deadline
        Seconds that all questions to the chat model may take together, 0 < judge_deadline.
    send_text
        Host, with its port, to which statements and abstracts may be sent; without it nothing is sent. Only the
        command line and the environment say so, and a project's file, which may come from anywhere, does not.
    reviewer
        Who speaks where `kb review` is given no person; empty for the user of git.
    as_of
        The date that the report speaks of, ISO 8601.
    linting
        What of the linter is configured.
    """

    bibliography: tuple[str, ...] = ()
    mailto: str = ""
    crossref: str = "https://api.crossref.org"
    datacite: str = "https://api.datacite.org"
    doi_org: str = "https://doi.org"
    ncbi: str = "https://eutils.ncbi.nlm.nih.gov"
    pmc: str = "https://pmc.ncbi.nlm.nih.gov"
    europepmc: str = "https://www.ebi.ac.uk/europepmc/webservices/rest"
    openalex: str = "https://api.openalex.org"
    ncbi_key: str = ""
    openalex_key: str = ""
    offline: bool = False
    patience: float = 6.0
    deadline: float = 300.0
    searches: int = 20
    full_texts: int = 20
    works: int = 50
    cache: str = ""
    anew: bool = False
    strictness: Strictness = "normal"
    judge: JudgeKind = "built-in"
    judge_model: str = ""
    judge_address: str = ""
    judge_key: str = ""
    judge_deadline: float = 300.0
    send_text: str = ""
    reviewer: str = ""
    as_of: str = ""
    linting: Linting = Linting()

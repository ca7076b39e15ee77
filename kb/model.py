"""The records: what an audit finds out, frozen, and in the field's own terms.

Offsets are code points, half-open: ``article.text[start:end]`` is the passage, exactly. Lines and columns count
from 1. A record never holds another record by object, only by id, so each can be stored and replaced alone.

An *evidence line* ties one statement to one source with a direction and, apart from it, a strength; both are terms
of GA4GH VA-Spec / SEPIO. The levels are those of the OCEBM 2011 table, the certainty is GRADE's, and both are
provisional: a program that read an abstract has not appraised a study.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

StatementKey: TypeAlias = tuple[str, str]
"""The id of an article and of a statement in it: the latter derives from its words, so two articles can share it."""

BlockKind: TypeAlias = Literal[
    "title",
    "byline",
    "heading",
    "paragraph",
    "list item",
    "quotation",
    "caption",
    "table",
    "code",
    "front matter",
    "comment",
    "reference list",
    "promotion",
]
"""What a block of the article is. Only ``AUDITED`` kinds are searched for statements."""

LISTED = "reference list"
"""The origin of a reference that stands on the article's own list."""

OWN_BIBLIOGRAPHY = "the author's bibliography"
"""Who says a fact that only the bibliography of the article says; the file's name follows."""

AUDITED: frozenset[BlockKind] = frozenset({"paragraph", "list item", "quotation", "caption"})

CITING: frozenset[BlockKind] = AUDITED | {"table", "heading"}
"""What may cite, where the format itself says that it does; only statements rest on what is cited, but a reference that
a table cites is not cited by nothing."""

Kind: TypeAlias = Literal[
    "fact",
    "quantity",
    "mechanism",
    "benefit",
    "harm",
    "diagnosis",
    "prognosis",
    "prevalence",
    "recommendation",
    "definition",
    "opinion",
    "framing",
    "own work",
]
"""What a statement asserts. ``own work`` is the aim, method or result that a research article reports as its own."""

Question: TypeAlias = Literal[
    "prevalence", "diagnosis", "prognosis", "benefit", "common harm", "rare harm", "screening"
]
"""The questions of the OCEBM 2011 table (OCEBM Levels of Evidence Working Group, 2011)."""

Signal: TypeAlias = Literal[
    "number",
    "vague attribution",
    "guideline",
    "cause",
    "benefit",
    "harm",
    "frequency",
    "comparison",
    "course",
    "practice",
    "conclusion",
]
"""Why a sentence asks for a source; a closed list, explained in ``kb.language.cues.MEANING``."""

Direction: TypeAlias = Literal["supports", "neutral", "disputes", "not checked"]
Extent: TypeAlias = Literal["whole", "part"]
Certainty: TypeAlias = Literal["high", "moderate", "low", "very low"]
Verdict: TypeAlias = Literal[
    "needs no source",
    "supported",
    "partly supported",
    "contested",
    "not substantiated",
    "not checked",
    "unsupported",
]
ResolutionStatus: TypeAlias = Literal[
    "verified",
    "metadata differs",
    "another work",
    "not found",
    "ambiguous",
    "unreachable",
    "not attempted",
]
"""How a reference and its source relate. These never collapse into one another: an outage is not "not found"."""

NoticeKind: TypeAlias = Literal[
    "retraction",
    "partial retraction",
    "withdrawal",
    "expression of concern",
    "correction",
    "reinstatement",
    "new version",
    "published version",
    "preprint",
]
"""What a notice says of the work that it is about. ``published version`` stands on a preprint, ``preprint`` on the
published article; their ``doi`` is that of the other one."""
Design: TypeAlias = Literal[
    "systematic review",
    "guideline",
    "randomized trial",
    "non-randomized trial",
    "cohort",
    "case-control",
    "cross-sectional",
    "case series",
    "case report",
    "diagnostic accuracy",
    "animal",
    "in vitro",
    "narrative review",
    "protocol",
    "editorial",
    "book",
    "preprint",
    "web page",
    "unknown",
]
Severity: TypeAlias = Literal["error", "warning", "info"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all records share: immutable, compared by value, named fields only."""


class Span(Record, frozen=True, kw_only=True):
    """A passage of the article's text, in code points, half-open."""

    start: int
    end: int


class Block(Record, frozen=True, kw_only=True):
    """One piece of the article with one role; ``line`` is that of its first character in the author's file.

    A Word file has no lines: there it is the number of the paragraph.
    """

    kind: BlockKind
    start: int
    end: int
    line: int
    section: str = ""
    why: str = ""
    """For a block that is left out of the audit: how it was recognised, in plain words."""
    place: str = ""
    """Where the text is not the author's file itself: the element of a page or of XML, the paragraph of a Word file."""


class Article(Record, frozen=True, kw_only=True):
    """One document under audit.

    ``id`` is its path relative to the project in POSIX form, its URL, or the name of the upload: never absolute.
    """

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    format: str
    date: str | None = None
    language: str | None = None
    bibliographies: tuple[str, ...] = ()
    """Bibliography files that the article itself names, as it writes them."""


class Cue(Record, frozen=True, kw_only=True):
    """The words of a statement that led to a signal."""

    signal: Signal
    text: str
    start: int
    end: int


MarkKind: TypeAlias = Literal[
    "population",
    "intervention",
    "comparator",
    "outcome",
    "certain",
    "hedged",
    "negated",
    "general",
    "superlative",
    "causal",
    "comparative",
]
"""What words of a statement show: of whom it speaks, what is done, compared with what, to which end (PICO), and how
sure, how general and of what make it is ("proven to", "may", "not", "most patients", "best", "causes", "more than")."""


class Mark(Record, frozen=True, kw_only=True):
    """Words of a statement that show something of it, in code points of the article."""

    kind: MarkKind
    text: str
    start: int
    end: int


ReviewState: TypeAlias = Literal["overruled", "confirmed", "disputed", "earlier words"]
"""What became of people's word. ``overruled``: their value stands, and no longer the program's. In every other state
the program's value stands: they agree with it (``confirmed``), disagree with each other (``disputed``), or spoke of
words or sources that have changed since (``earlier words``)."""


class Reviewed(Record, frozen=True, kw_only=True):
    """What people said of something, beside what the program says of it, which is ``program``."""

    state: ReviewState
    program: str
    words: tuple[str, ...]
    """One a person: who, when, which value, why."""


class Statement(Record, frozen=True, kw_only=True):
    """A sentence, or a clause of one, with what it asserts and whether that asks for a source."""

    id: str
    fingerprint: str
    text: str
    start: int
    end: int
    sentence: Span
    line: int
    place: str = ""
    """As of its block."""
    section: str
    kind: Kind
    question: Question | None
    needs_source: bool
    signals: tuple[Signal, ...] = ()
    cues: tuple[Cue, ...] = ()
    marks: tuple[Mark, ...] = ()
    worth: float | None = None
    """How often sentences of such words cite in research articles, 0 to 1; None where that was not asked."""
    leans_on: str | None = None
    goes_beyond: str | None = None
    """Where it leans on another statement and claims more: in plain words, what more."""
    reasons: tuple[str, ...] = ()
    """Why it does, or does not, ask for a source."""
    reviewed: Reviewed | None = None


class Citation(Record, frozen=True, kw_only=True):
    """An in-text marker: the references that it names and the statements that it covers."""

    text: str
    start: int
    end: int
    line: int
    references: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """What the marker names and the reference list does not hold, as the author wrote it."""
    statements: tuple[str, ...] = ()


class Reference(Record, frozen=True, kw_only=True):
    """An entry of the bibliography, as the author wrote it; fields are what could be read out of it."""

    id: str
    position: int
    text: str
    source: str
    line: int | None = None
    """The line in the article; none where the entry stands in a bibliography file."""
    start: int | None = None
    end: int | None = None
    origin: str = LISTED
    """``reference list``, ``link in the text``, or the name of the bibliography file."""
    label: str = ""
    """The number or key that the author gave it, as printed."""
    authors: tuple[str, ...] = ()
    """Family names, in order."""
    year: str | None = None
    title: str = ""
    container: str = ""
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None
    type: str = ""
    abstract: str = ""
    publication_types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    """What is wrong with the entry itself, such as a DOI that is none."""
    lent: tuple[str, ...] = ()
    """The fields that it lacked and has from a bibliography beside the list, and …"""
    lender: str = ""
    """… the name of that bibliography."""


DESCRIBING = tuple("authors year title container doi pmid url type abstract publication_types keywords".split())
"""The fields of a reference that describe the work which it leads to."""


class Attribution(Record, frozen=True, kw_only=True):
    """Who said which facts of a source, and when they were asked."""

    by: str
    fields: tuple[str, ...]
    asked: str | None = None


class Notice(Record, frozen=True, kw_only=True):
    """A notice about a source, such as its retraction, and all registries that told of it."""

    kind: NoticeKind
    said_by: tuple[str, ...]
    date: str | None = None
    """As far as it is known: a year, a year and month, or a day, ISO 8601."""
    doi: str | None = None
    """The notice itself, or the other version."""
    reasons: tuple[str, ...] = ()


class Disagreement(Record, frozen=True, kw_only=True):
    """A fact on which registries differ: who says what. An empty value is one who knows the work and says nothing."""

    field: str
    says: tuple[tuple[str, str], ...]


TraitKind: TypeAlias = Literal[
    "randomized trials",
    "observational studies",
    "large effect",
    "small effect",
    "dose-response",
    "not significant",
    "wide interval",
    "few people",
    "heterogeneity",
    "risk of bias",
    "publication bias",
    "not blinded",
    "no control group",
    "losses",
    "surrogate outcome",
    "inception cohort",
    "random sample",
    "reference standard",
    "consecutive",
]
"""What a study's title and abstract show that can move its level or certainty; the first two are of a review: of which
studies it is."""


class Trait(Record, frozen=True, kw_only=True):
    """Something that moves a level or a certainty, and the few words of title or abstract that show it."""

    kind: TraitKind
    words: str


class Study(Record, frozen=True, kw_only=True):
    """What title, abstract, headings and types tell of a study beside its design; empty is "not told"."""

    allocation: Literal["", "parallel", "cross-over", "cluster"] = ""
    """How a trial assigns; only of trials."""
    participants: int | None = None
    studies: int | None = None
    """How many a review pools or includes."""
    registrations: tuple[str, ...] = ()
    """Of trials and reviews, in the form of their register: ``NCT01234567``, ``ISRCTN…``, ``CRD…``."""
    cohorts: tuple[str, ...] = ()
    """Named cohorts, surveys and databases that the data come from."""
    species: Literal["", "people", "animals", "cells"] = ""
    ages: tuple[str, ...] = ()
    """Of ``infants``, ``children``, ``adolescents``, ``adults``, ``older people``."""
    conditions: tuple[str, ...] = ()
    funding: str = ""
    """Who paid, in the few words that say so."""
    conflicts: str = ""
    """Interests declared, or that none were, in the few words that say so."""
    traits: tuple[Trait, ...] = ()


UNTOLD = Study()
"""The study of a source that tells nothing of one."""


class Source(Record, frozen=True, kw_only=True):
    """The work behind a reference. ``id`` is ``doi:…``, else ``pmid:…``, else ``ref:<hash>``."""

    id: str
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    title: str = ""
    authors: tuple[str, ...] = ()
    year: str | None = None
    container: str = ""
    type: str = ""
    abstract: str = ""
    publication_types: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    mesh: tuple[str, ...] = ()
    """Medical Subject Headings, as PubMed gives them."""
    url: str | None = None
    cites: tuple[str, ...] = ()
    """Ids of the works that it cites itself, ``doi:…`` or ``pmid:…``."""
    notices: tuple[Notice, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    said: tuple[Attribution, ...] = ()
    design: Design = "unknown"
    design_basis: str = ""
    """How the design is known, in plain words."""
    design_reviewed: Reviewed | None = None
    study: Study = UNTOLD
    full_text: str = ""
    """The open full text without headings and references, paragraphs as lines; empty where none was given."""


class Difference(Record, frozen=True, kw_only=True):
    """A field in which the reference and the registered work disagree, with both values."""

    field: str
    cited: str
    registered: str


class Candidate(Record, frozen=True, kw_only=True):
    """A work that a reference without an identifier may mean: offered, never taken for it."""

    doi: str | None
    pmid: str | None
    title: str
    authors: tuple[str, ...]
    year: str | None
    container: str
    why: str
    """What agrees and what does not, in words."""


class Resolution(Record, frozen=True, kw_only=True):
    """How a reference and its source relate, who said so and when."""

    reference: str
    source: str
    status: ResolutionStatus
    said_by: str = ""
    asked: str | None = None
    differences: tuple[Difference, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    note: str = ""
    reviewed: Reviewed | None = None


class NumberCheck(Record, frozen=True, kw_only=True):
    """A number of the statement against the source's text."""

    stated: str
    found: str | None
    outcome: Literal["agrees", "differs", "not found"]
    why: str = ""
    """How the two were compared, where that is not plain: rounded, the complement, another unit."""


ConcernKind: TypeAlias = Literal[
    "number differs",
    "direction",
    "negation",
    "hedging",
    "significance",
    "cause",
    "animals",
    "no guideline",
    "population",
    "intervention",
    "outcome",
]
"""What keeps a source's text from saying what the statement says. ``cause``: a causal verb on a study that cannot show
causes; ``animals``: people in the statement, animals or cells in the study; ``no guideline``: "recommended" where none
recommends."""


class Concern(Record, frozen=True, kw_only=True):
    """One way in which a source's text does not bear out a statement, in plain words."""

    kind: ConcernKind
    words: str


class EvidenceLine(Record, frozen=True, kw_only=True):
    """One statement on one source: direction, and apart from it strength, each with its reasons."""

    statement: str
    source: str
    references: tuple[str, ...]
    direction: Direction
    extent: Extent | None = None
    level: int | None = None
    certainty: Certainty | None = None
    quote: str | None = None
    numbers: tuple[NumberCheck, ...] = ()
    reasons: tuple[str, ...] = ()
    read: Literal["", "abstract", "full text"] = ""
    """What of the source was read; nothing where no text was to be had."""
    concerns: tuple[Concern, ...] = ()
    missing: tuple[str, ...] = ()
    """Telling words of the statement that the text which was read does not hold."""
    doubt: float | None = None
    """How early it should be checked, 0 to 1: of citations that look like this, the share that readers found
    inaccurate. It ranks; it is no verdict."""
    not_higher: tuple[str, ...] = ()
    """Why the level is not higher, in plain words."""
    not_lower: tuple[str, ...] = ()
    reviewed: Reviewed | None = None
    judge: str = ""
    """Who judged it, with version; empty where nobody did."""
    locked: bool | None = None
    """In a run that uses the lock alone: whether the lock holds this line; None in any other run, and where the
    source cannot stand as evidence whatever it says."""


class Assessment(Record, frozen=True, kw_only=True):
    """A statement as a whole."""

    statement: str
    verdict: Verdict
    level: int | None = None
    certainty: Certainty | None = None
    lines: int = 0
    """Independent lines of evidence."""
    reasons: tuple[str, ...] = ()
    not_higher: tuple[str, ...] = ()
    """Why the certainty is not higher, in plain words."""
    not_lower: tuple[str, ...] = ()
    reviewed: Reviewed | None = None


Subject: TypeAlias = Literal["statement", "line", "design", "resolution", "need of a source"]
"""What a person can speak of: the verdict on a statement, what a source says of it, a source's design, whether a
reference leads to the work that is meant, and whether a statement asks for a source."""


class Review(Record, frozen=True, kw_only=True):
    """A person's word on something, kept beside the program's; ``kb.strength.overruled`` says when it holds."""

    subject: Subject
    statement: str | None
    source: str | None
    value: str
    person: str
    date: str
    reason: str
    fingerprint: str
    """Of the statement; of a design the id of the source, of a resolution the digest of the reference's words."""
    article: str = ""
    """The id of the article that it was given in. It holds wherever its fingerprint does; this tells whose earlier
    words it was given for."""
    text: str = ""
    """The beginning of what it was given for, as it read then: the statement, or the entry of the reference list."""
    cited: tuple[str, ...] | None = None
    """Of a verdict: the sources that the statement cited then, sorted; None where the verdict is of the words alone."""


class Finding(Record, frozen=True, kw_only=True):
    """A rule's word about one place of the article."""

    rule: str
    severity: Severity
    message: str
    remedy: str
    line: int
    column: int
    fingerprint: str
    statement: str | None = None
    reference: str | None = None
    place: str = ""
    """The element or paragraph, in formats where the line alone does not tell."""


class Audit(Record, frozen=True, kw_only=True):
    """Everything that one audit found out about one article: the unit that the store replaces at once."""

    article: Article
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    references: tuple[Reference, ...]
    sources: tuple[Source, ...]
    resolutions: tuple[Resolution, ...]
    evidence: tuple[EvidenceLine, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    as_of: str
    notes: tuple[str, ...] = ()
    """What could not be checked or read, in plain words."""
    reviews: tuple[Review, ...] = ()

"""A hand-made audit of an invented article, for tests of everything that shows, stores or asks about one.

The remedy, the authors and the works are made up (10.5555 is the registrants' test prefix). Offsets are looked up in
the text, so they hold when a sentence is reworded.
"""

from __future__ import annotations

from kb.model import (
    Article,
    Assessment,
    Attribution,
    Audit,
    Block,
    Citation,
    Cue,
    EvidenceLine,
    Finding,
    Notice,
    NumberCheck,
    Reference,
    Resolution,
    Signal,
    Source,
    Span,
    Statement,
)

ARTICLE_ID = "articles/brindleweed.txt"

TITLE = "Brindleweed tea for stiff knees"
DREAMS = "Brindleweed is a cause of vivid dreams (Marlow, 2011)."
EASES = "Brindleweed tea eased morning stiffness in 84 adults with knee pain (Hartwell & Osei, 2019)."
DAILY = "About 40% of adults drink it every day."
VAGUE = "Studies show that it protects the heart."
CURES = "It therefore cures arthritis at every age."
PRESSURE = "The tea lowers blood pressure (Tern, 2014)."
LIKING = "We like it best with honey."

MARLOW = "Marlow, P. (2011). Herbs and sleep. Sallow Press."
HARTWELL = (
    "Hartwell, J., & Osei, K. (2019). Brindleweed tea for knee stiffness: a randomized trial. "
    "Journal of Invented Remedies, 4(2), 11-19. https://doi.org/10.5555/brindle.2019"
)
TERN = "Tern, A. (2014). Brindleweed and blood pressure. Annals of Teas, 9, 1-7. doi:10.5555/tern.2014"
QUILL = "Quill, R. (2008). A history of brindleweed. Journal of Invented Remedies, 1(1), 2-5."

TEXT = f"""{TITLE}

{DREAMS} {EASES} {DAILY} {VAGUE} {CURES}

{PRESSURE} {LIKING}

References
{MARLOW}
{HARTWELL}
{TERN}
{QUILL}
"""

MARLOW_SOURCE = "ref:6d61726c6f77"
HARTWELL_SOURCE = "doi:10.5555/brindle.2019"
TERN_SOURCE = "doi:10.5555/tern.2014"
QUILL_SOURCE = "ref:7175696c6c08"


def sample_audit() -> Audit:
    """An audit with every kind of outcome that the first version knows.

    ======== ==================================================================================================
    ``s1``   cited (Marlow), not checked
    ``s2``   cited (Hartwell & Osei), supported, level 2, certainty moderate
    ``s3``   unsupported, a number without a source
    ``s4``   unsupported, a vague attribution
    ``s5``   unsupported, leans on ``s2`` and goes beyond it
    ``s6``   unsupported, because its only source (Tern) is retracted
    ``s7``   needs no source
    ======== ==================================================================================================

    Quill is in the reference list and never cited. The work of Hartwell & Osei cites that of Tern and a work that the
    audit knows nothing about (``doi:10.5555/elsewhere``).
    """
    return Audit(
        article=_article(),
        statements=_statements(),
        citations=_citations(),
        references=_references(),
        sources=_sources(),
        resolutions=_resolutions(),
        evidence=_evidence(),
        assessments=_assessments(),
        findings=_findings(),
        as_of="2026-11-22",
        notes=("Crossref was not asked about 2 references that show no DOI.",),
    )


def _place(passage: str) -> tuple[int, int]:
    start = TEXT.index(passage)
    return start, start + len(passage)


def _line(passage: str) -> int:
    return TEXT.count("\n", 0, TEXT.index(passage)) + 1


def _article() -> Article:
    first, last = _place(DREAMS)[0], _place(CURES)[1]
    second, third = _place(PRESSURE)[0], _place(LIKING)[1]
    listed = _place("References\n")[0], _place(QUILL)[1]
    return Article(
        id=ARTICLE_ID,
        title=TITLE,
        text=TEXT,
        blocks=(
            Block(kind="title", start=0, end=len(TITLE), line=1),
            Block(kind="paragraph", start=first, end=last, line=_line(DREAMS)),
            Block(kind="paragraph", start=second, end=third, line=_line(PRESSURE)),
            Block(
                kind="reference list",
                start=listed[0],
                end=listed[1],
                line=_line("References\n"),
                section="References",
                why="entries with authors and years under a heading 'References'",
            ),
        ),
        format="text",
        date="2026-10-01",
        language="en",
    )


def _cue(sentence: str, signal: Signal, words: str) -> Cue:
    start = _place(sentence)[0] + sentence.index(words)
    return Cue(signal=signal, text=words, start=start, end=start + len(words))


def _statement(number: int, text: str, **fields: object) -> Statement:
    start, end = _place(text)
    known = {"section": "", "question": None, "needs_source": True} | fields
    return Statement(
        id=f"s{number}",
        fingerprint=f"{number:016x}",
        text=text,
        start=start,
        end=end,
        sentence=Span(start=start, end=end),
        line=_line(text),
        **known,  # type: ignore[arg-type]
    )


def _statements() -> tuple[Statement, ...]:
    return (
        _statement(
            1,
            DREAMS,
            kind="harm",
            question="common harm",
            signals=("cause",),
            cues=(_cue(DREAMS, "cause", "cause"),),
            reasons=("It says that one thing causes another.",),
        ),
        _statement(
            2,
            EASES,
            kind="benefit",
            question="benefit",
            signals=("number", "benefit"),
            cues=(_cue(EASES, "number", "84"), _cue(EASES, "benefit", "eased")),
            reasons=("It claims a benefit.",),
        ),
        _statement(
            3,
            DAILY,
            kind="quantity",
            question="prevalence",
            signals=("number", "frequency"),
            cues=(_cue(DAILY, "number", "40%"), _cue(DAILY, "frequency", "every day")),
            reasons=("It gives a number.",),
        ),
        _statement(
            4,
            VAGUE,
            kind="benefit",
            question="benefit",
            signals=("vague attribution", "benefit"),
            cues=(_cue(VAGUE, "vague attribution", "Studies show"), _cue(VAGUE, "benefit", "protects")),
            reasons=("It speaks of studies and names none.",),
        ),
        _statement(
            5,
            CURES,
            kind="benefit",
            question="benefit",
            signals=("benefit",),
            cues=(_cue(CURES, "benefit", "cures"),),
            leans_on="s2",
            goes_beyond="'cures' and 'at every age' are more than 'eased'",
            reasons=("It draws a conclusion from the sentence before.",),
        ),
        _statement(
            6,
            PRESSURE,
            kind="benefit",
            question="benefit",
            signals=("benefit",),
            cues=(_cue(PRESSURE, "benefit", "lowers"),),
            reasons=("It claims a benefit.",),
        ),
        _statement(7, LIKING, kind="opinion", needs_source=False, reasons=("It tells a liking.",)),
    )


def _citation(text: str, reference: str, statement: str) -> Citation:
    start, end = _place(text)
    return Citation(text=text, start=start, end=end, line=_line(text), references=(reference,), statements=(statement,))


def _citations() -> tuple[Citation, ...]:
    return (
        _citation("(Marlow, 2011)", "marlow-2011", "s1"),
        _citation("(Hartwell & Osei, 2019)", "hartwell-2019", "s2"),
        _citation("(Tern, 2014)", "tern-2014", "s6"),
    )


def _reference(position: int, identifier: str, text: str, source: str, **fields: object) -> Reference:
    start, end = _place(text)
    return Reference(
        id=identifier,
        position=position,
        text=text,
        source=source,
        line=_line(text),
        start=start,
        end=end,
        **fields,  # type: ignore[arg-type]
    )


def _references() -> tuple[Reference, ...]:
    return (
        _reference(
            1,
            "marlow-2011",
            MARLOW,
            MARLOW_SOURCE,
            authors=("Marlow",),
            year="2011",
            title="Herbs and sleep",
            type="book",
        ),
        _reference(
            2,
            "hartwell-2019",
            HARTWELL,
            HARTWELL_SOURCE,
            authors=("Hartwell", "Osei"),
            year="2019",
            title="Brindleweed tea for knee stiffness: a randomized trial",
            container="Journal of Invented Remedies",
            doi="10.5555/brindle.2019",
            url="https://doi.org/10.5555/brindle.2019",
        ),
        _reference(
            3,
            "tern-2014",
            TERN,
            TERN_SOURCE,
            authors=("Tern",),
            year="2014",
            title="Brindleweed and blood pressure",
            container="Annals of Teas",
            doi="10.5555/tern.2014",
        ),
        _reference(
            4,
            "quill-2008",
            QUILL,
            QUILL_SOURCE,
            authors=("Quill",),
            year="2008",
            title="A history of brindleweed",
            container="Journal of Invented Remedies",
        ),
    )


def _sources() -> tuple[Source, ...]:
    as_written = Attribution(by="reference list", fields=("title", "authors", "year"))
    registered = Attribution(by="Crossref", fields=("title", "authors", "year", "container"), asked="2026-11-22")
    return (
        Source(
            id=MARLOW_SOURCE,
            title="Herbs and sleep",
            authors=("Marlow",),
            year="2011",
            said=(as_written,),
            design="book",
            design_basis="the entry names a publisher",
        ),
        Source(
            id=HARTWELL_SOURCE,
            doi="10.5555/brindle.2019",
            title="Brindleweed tea for knee stiffness: a randomized trial",
            authors=("Hartwell", "Osei"),
            year="2019",
            container="Journal of Invented Remedies",
            type="journal-article",
            abstract="84 adults drank brindleweed tea or hot water. The tea eased morning stiffness.",
            cites=(TERN_SOURCE, "doi:10.5555/elsewhere"),
            said=(registered,),
            design="randomized trial",
            design_basis="the title says 'randomized trial'",
        ),
        Source(
            id=TERN_SOURCE,
            doi="10.5555/tern.2014",
            title="Brindleweed and blood pressure",
            authors=("Tern",),
            year="2014",
            container="Annals of Teas",
            notices=(Notice(kind="retraction", said_by=("Crossref",), date="2016-05-01", doi="10.5555/tern.2016"),),
            said=(registered,),
        ),
        Source(id=QUILL_SOURCE, title="A history of brindleweed", authors=("Quill",), year="2008", said=(as_written,)),
    )


def _resolutions() -> tuple[Resolution, ...]:
    asked = "2026-11-22"
    return (
        Resolution(reference="marlow-2011", source=MARLOW_SOURCE, status="not attempted", note="shows no DOI"),
        Resolution(
            reference="hartwell-2019", source=HARTWELL_SOURCE, status="verified", said_by="Crossref", asked=asked
        ),
        Resolution(reference="tern-2014", source=TERN_SOURCE, status="verified", said_by="Crossref", asked=asked),
        Resolution(reference="quill-2008", source=QUILL_SOURCE, status="not attempted", note="shows no DOI"),
    )


def _evidence() -> tuple[EvidenceLine, ...]:
    return (
        EvidenceLine(
            statement="s1",
            source=MARLOW_SOURCE,
            references=("marlow-2011",),
            direction="not checked",
            reasons=("No text of this source was to be had.",),
        ),
        EvidenceLine(
            statement="s2",
            source=HARTWELL_SOURCE,
            references=("hartwell-2019",),
            direction="supports",
            extent="whole",
            level=2,
            certainty="moderate",
            quote="The tea eased morning stiffness.",
            numbers=(NumberCheck(stated="84", found="84", outcome="agrees"),),
            reasons=("The abstract says the same.",),
        ),
        EvidenceLine(
            statement="s6",
            source=TERN_SOURCE,
            references=("tern-2014",),
            direction="not checked",
            reasons=("This source is retracted.",),
        ),
    )


def _assessments() -> tuple[Assessment, ...]:
    return (
        Assessment(statement="s1", verdict="not checked", reasons=("No text of the source was to be had.",)),
        Assessment(
            statement="s2",
            verdict="supported",
            level=2,
            certainty="moderate",
            lines=1,
            reasons=("One randomized trial supports it.",),
        ),
        Assessment(statement="s3", verdict="unsupported", reasons=("It gives a number and shows no source.",)),
        Assessment(statement="s4", verdict="unsupported", reasons=("It speaks of studies and names none.",)),
        Assessment(statement="s5", verdict="unsupported", reasons=("It goes beyond the statement it leans on.",)),
        Assessment(statement="s6", verdict="unsupported", reasons=("Its only source is retracted.",)),
        Assessment(statement="s7", verdict="needs no source", reasons=("It tells a liking.",)),
    )


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(
            rule="unsupported-statement",
            severity="warning",
            message="This statement asks for a source and shows none.",
            remedy="Cite a source, or say less.",
            line=_line(DAILY),
            column=_place(DAILY)[0] - _place(DREAMS)[0] + 1,
            fingerprint="f-daily",
            statement="s3",
        ),
        Finding(
            rule="reference-never-cited",
            severity="info",
            message="Nothing in the text cites this reference.",
            remedy="Cite it where it is used, or take it out.",
            line=_line(QUILL),
            column=1,
            fingerprint="f-quill",
            reference="quill-2008",
        ),
    )

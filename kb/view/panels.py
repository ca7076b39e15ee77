"""The records of this room drawn as trees of ``kb.view.markup``: the app and the HTML report show these same trees."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Assessment, Audit, Finding, Reference, Severity
from kb.questions.offers import Offer
from kb.view.colours import LOOKS
from kb.view.evidence import Shelf, StatementEvidence, notices_in_words, resolution_in_words, source_url
from kb.view.first import TITLE as FIRST
from kb.view.first import check_first
from kb.view.markup import Element, Node, element
from kb.view.parts import Link, asks, listing, place_of, section, sentences, verdict_badge, what_falls
from kb.view.people import people_said
from kb.view.source_card import source_card, titled, without
from kb.view.summary import Summary, in_words
from kb.view.ways import to_question
from kb.view.wording import CAVEAT, QUESTIONS, mark_of, marked, strength_in_words

_SEVERITIES: dict[Severity, str] = {"error": "Error", "warning": "Warning", "info": "Note"}
_UNCHECKED = "What could not be checked"
_BEGIN = "Choose a statement to see what it rests on, and why it is judged as it is."
_NOTHING = (
    "In what was read, nothing reads as a statement. The article beside this shows what was left out, and why. If its "
    "text is missing there, audit it again from another file: Word, Markdown, HTML or plain text."
)


def summary_panel(audit: Audit, summary: Summary) -> Element:
    """The one sentence, what could not be checked, the date that the audit speaks of, and what grades are worth."""
    notes = listing(sentences(audit.notes), class_="notes", label=_UNCHECKED)
    return element("header", sentence(summary), _worth(audit), notes)


def sentence(summary: Summary) -> Element:
    """What there is to know first."""
    return element("p", in_words(summary), class_="summary")


def small_print(audit: Audit) -> Element:
    """What else `summary_panel` tells, for the foot of a screen: what could not be checked is only counted at first."""
    notes = listing(sentences(audit.notes), class_="notes")
    counted = element("summary", f"{_UNCHECKED} ({len(audit.notes):,})")
    return element("footer", _worth(audit), element("details", counted, notes) if notes else None)


def _worth(audit: Audit) -> Element:
    return element("p", f"{audit.article.id}, as of {audit.as_of}. {CAVEAT}", class_="faint")


def legend_panel(summary: Summary, *, filters: bool) -> Element:
    """The verdicts of an article with their counts; as buttons where a click can filter by them."""
    items = []
    for verdict, count in summary.verdicts.items():
        look = LOOKS[verdict]
        label: tuple[Node, ...] = (verdict, " ", element("b", str(count)))
        chip = f"chip badge verdict-{look.slug}"
        if filters:
            item = element(
                "button", *label, class_=chip, title=look.meaning, data_filter=look.slug, aria_pressed="false"
            )
        else:
            item = element("span", *label, class_=chip, title=look.meaning)
        items.append(element("li", item))
    return element("ul", *items, class_="legend", aria_label="Verdicts and how many statements have each")


def evidence_panel(
    evidence: StatementEvidence, link: Link, *, questions: bool = False, references: Link | None = None
) -> Element:
    """The evidence of one statement: verdict, why, what to do, sources, how strong, what asked for a source, people.

    Parameters
    ----------
    questions
        Whether links lead on to what the graph can be asked of it, which only the app can answer.
    references
        As of `article_panel`.
    """
    statement, assessment, where = evidence.statement, evidence.assessment, where_in_words(evidence)
    cards = (source_card(line, references=references, questions=questions) for line in evidence.lines)
    return element(
        "section",
        element(
            "p",
            verdict_badge(assessment.verdict),
            element("span", " · ".join(filter(None, (mark_of(assessment.reviewed), where))), class_="faint where"),
        ),
        element("blockquote", statement.text, class_=f"quoted verdict-{LOOKS[assessment.verdict].slug}"),
        _ways_on(evidence) if questions else None,
        section("Why this verdict", _unread(assessment), listing(sentences(_own_reasons(evidence)))),
        section("What to do", *(_finding(finding) for finding in evidence.findings)),
        section("Sources", *cards),
        section("Cited, but not in the reference list", listing(evidence.missing)),
        section("How strong (provisional)", *_strength(assessment)),
        section("Leans on", *_leaning(evidence, link)),
        section("What it asks for", _need(evidence)),
        section("Offered, not counted", *(_offer(offer, link) for offer in evidence.offers)),
        section("What people said", *people_said(evidence)),
        class_="evidence",
    )


def where_in_words(evidence: StatementEvidence) -> str:
    """Where a statement stands: its line and the heading above it."""
    statement = evidence.statement
    return place_of(statement.line, statement.place) + (f", {statement.section}" if statement.section else "")


def _ways_on(evidence: StatementEvidence) -> Element:
    """The person's own word, which is asked for below, and questions where the graph has an answer."""
    given = {"article": evidence.article, "statement": evidence.statement.id}
    asked = asks(
        ("Trace to its studies", to_question("trace", **given)),
        ("Lines of evidence", to_question("independence", **given)),
    )
    say = element("button", "Say what you think ↓", data_does="say", title="The form is below")
    return element("p", say, " ", asked if evidence.lines or evidence.leans_on else None)


def _unread(assessment: Assessment) -> Element | None:
    """What the reasons beside each source come to, where none of them could be read."""
    unread = assessment.verdict == "not checked"
    return element("p", LOOKS["not checked"].meaning) if unread else None


def _own_reasons(evidence: StatementEvidence) -> list[str]:
    """The reasons of the verdict without those that are told beside their source."""
    beside = {told for line in evidence.lines for one in line.reasons for told in (one, f"{line.by}: {one}")}
    return [reason for reason in evidence.assessment.reasons if reason not in beside]


def _leaning(evidence: StatementEvidence, link: Link) -> Iterator[Element]:
    other, beyond = evidence.leans_on, evidence.statement.goes_beyond
    if other:
        yield element("p", element("a", other.text, href=link(other.id), data_statement=other.id))
        if beyond:
            yield element("p", f"and goes beyond it: {beyond}")


def _offer(offer: Offer, link: Link) -> Element:
    said = offer.words[:1].upper() + offer.words[1:]
    words = element("a", said, href=link(offer.said_in), data_statement=offer.said_in) if offer.said_in else said
    quote = element("blockquote", offer.quote, class_="quote") if offer.quote else None
    return element("div", element("p", words), quote, class_="source")


def _finding(finding: Finding) -> Element:
    return element("p", element("b", f"{_SEVERITIES[finding.severity]}: "), _advice(finding))


def _advice(finding: Finding) -> str:
    """What a rule says and advises."""
    return " ".join(sentences([finding.message, finding.remedy]))


def _first(shelf: Shelf, link: Link) -> Iterator[Element]:
    for one in check_first(shelf):
        words = f"{place_of(one.line, one.place)}: {one.words}"
        yield element("p", element("a", words, href=link(one.statement), data_statement=one.statement))


def overview_panel(
    shelf: Shelf, summary: Summary, link: Link, *, questions: bool = False, references: Link | None = None
) -> Element:
    """What is shown before a statement is chosen: how to go on, where to begin, the references, how the signs read.

    Parameters
    ----------
    questions, references
        As of `evidence_panel`. Where references are shown at a place of their own, they are only named here.
    """
    beside = [
        f"{place_of(finding.line, finding.place)}: {_advice(finding)}" for finding in shelf.findings.get(None, [])
    ]
    return element(
        "section",
        element("p", _BEGIN if summary.statements else _NOTHING),
        section(FIRST, *_first(shelf, link)),
        section("What to do beside the statements", listing(beside)),
        section(
            "How the signs read",
            *(element("p", verdict_badge(verdict), " ", LOOKS[verdict].meaning) for verdict in summary.verdicts),
        ),
        section(
            "References",
            *(_reference(shelf, one, questions=questions, references=references) for one in shelf.audit.references),
        ),
        class_="evidence",
    )


def _reference(shelf: Shelf, reference: Reference, *, questions: bool, references: Link | None) -> Element:
    source = shelf.sources.get(reference.source)
    notices = [element("p", notice, class_="notice") for notice in (notices_in_words(source) if source else ())]
    if references:
        words = element("a", reference.text, href=references(reference.id), data_reference=reference.id)
        return element("div", element("p", f"{reference.position}. ", words), *notices, class_="listed")
    url = source_url(source) if source else None
    resolution = shelf.resolutions.get(reference.id)
    return element(
        "div",
        element("p", element("a", reference.text, href=url, rel="noreferrer") if url else reference.text),
        *notices,
        element("p", resolution_in_words(resolution), class_="faint") if resolution else None,
        listing(reference.problems),
        what_falls(reference.source) if questions else None,
        class_="source",
    )


def _strength(assessment: Assessment) -> Iterator[Element | None]:
    words = strength_in_words(assessment)
    if words:
        yield element("p", words)
        yield titled("Why not higher", without(assessment.not_higher, "not higher"))
        yield titled("Why not lower", without(assessment.not_lower, "not lower"))


def _need(evidence: StatementEvidence) -> Element:
    statement = evidence.statement
    untold = [cue for cue in evidence.cues if not any(f"“{cue.words}”" in reason for reason in statement.reasons)]
    asks = f"Read as: {statement.kind}"
    if statement.question:
        asks += f", asking {QUESTIONS[statement.question]}"
    asks += (
        ". "
        + marked("It asks for a source" if statement.needs_source else "It asks for no source", statement.reviewed)
        + "."
    )
    return element(
        "div",
        element("p", asks),
        listing(sentences(statement.reasons)),
        listing([element("span", element("b", f"“{cue.words}”"), f" {cue.meaning}") for cue in untold]),
    )

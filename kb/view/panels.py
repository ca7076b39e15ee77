"""The records of this room drawn as trees of ``kb.view.markup``: the app and the HTML report show these same trees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from kb.model import Assessment, Audit, Finding, NumberCheck, Reference, Review, Reviewed
from kb.questions.offers import Offer
from kb.view.annotated import Passage, Segment
from kb.view.colours import CERTAINTY_SIGNS, LOOKS
from kb.view.evidence import Shelf, SourceLine, StatementEvidence, notices_in_words, resolution_in_words, source_url
from kb.view.first import TITLE as FIRST
from kb.view.first import check_first
from kb.view.markup import Element, Node, element
from kb.view.parts import asks, listing, place_of, section, sentences, verdict_badge, what_falls
from kb.view.summary import Summary, in_words
from kb.view.ways import to_question
from kb.view.wording import CAVEAT, DIRECTIONS, EXTENTS, QUESTIONS, mark_of, marked, strength_in_words

Link = Callable[[str], str]
"""From the id of a statement to an address at which its evidence is shown."""

_TAGS = {"title": "h1", "heading": "h2", "quotation": "blockquote", "list item": "li", "code": "pre", "table": "pre"}


def summary_panel(audit: Audit, summary: Summary) -> Element:
    """The one sentence, what could not be checked, the date that the audit speaks of, and what grades are worth."""
    return element(
        "header",
        element("p", in_words(summary), class_="summary"),
        element("p", f"{audit.article.id}, as of {audit.as_of}. {CAVEAT}", class_="faint"),
        listing(audit.notes, class_="notes", label="What could not be checked"),
    )


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


def article_panel(passages: Iterable[Passage], link: Link, *, language: str | None) -> Element:
    """The article as it reads: statements are links to their evidence, what was left out is dimmed and says why."""
    blocks: list[Node] = []
    for is_item, group in groupby(passages, key=lambda passage: passage.kind == "list item" and not passage.left_out):
        drawn = [_passage(passage, link) for passage in group]
        blocks.extend([element("ul", *drawn)] if is_item else drawn)
    return element("article", *blocks, class_="article", lang=language)


def _passage(passage: Passage, link: Link) -> Element:
    content = [
        _statement(identifier, list(run), link) if identifier is not None else _run(run)
        for identifier, run in groupby(passage.segments, key=lambda segment: segment.statement)
    ]
    slug = passage.kind.replace(" ", "-")
    if not passage.left_out:
        return element(_TAGS.get(passage.kind, "p"), *content, class_=slug)
    return element(
        "div",
        element("p", f"Not audited ({passage.kind}): {passage.left_out}", class_="why"),
        element("div", *content, class_=slug),
        class_="left-out",
    )


def _statement(identifier: str, run: Sequence[Segment], link: Link) -> Element:
    verdict = run[0].verdict or "not checked"
    slug = LOOKS[verdict].slug
    return element(
        "a",
        *_pieces(run),
        class_=f"statement verdict-{slug}",
        href=link(identifier),
        title=marked(verdict, run[0].reviewed),
        data_statement=identifier,
        data_verdict=slug,
    )


def _run(run: Iterable[Segment]) -> Element:
    return element("span", *_pieces(run))


def _pieces(run: Iterable[Segment]) -> Iterator[Node]:
    for segment in run:
        if segment.reference is not None:
            uncited = element("span", "cited by nothing", class_="uncited") if segment.uncited else None
            yield element("span", segment.text, " " if uncited else None, uncited, class_="entry")
        elif segment.cites is not None:
            yield element("span", segment.text, class_="cites")
        else:
            yield segment.text


def evidence_panel(evidence: StatementEvidence, link: Link, *, questions: bool = False) -> Element:
    """The evidence of one statement: verdict, why, sources, what asked for a source, findings, people's words.

    Parameters
    ----------
    questions
        Whether links lead on to what the graph can be asked of it, which only the app can answer.
    """
    statement, assessment = evidence.statement, evidence.assessment
    where = place_of(statement.line, statement.place) + (f", {statement.section}" if statement.section else "")
    return element(
        "section",
        element(
            "p",
            verdict_badge(assessment.verdict),
            _mark(assessment.reviewed),
            " ",
            element("span", where, class_="faint"),
        ),
        element("blockquote", statement.text, class_=f"quoted verdict-{LOOKS[assessment.verdict].slug}"),
        _questions(evidence) if questions and (evidence.lines or evidence.leans_on) else None,
        section("Why this verdict", listing(sentences(_own_reasons(evidence)))),
        section("How strong (provisional)", _strength(assessment)),
        section("Sources", *(_source(line, questions=questions) for line in evidence.lines)),
        section("Cited, but not in the reference list", listing(evidence.missing)),
        section("Leans on", *_leaning(evidence, link)),
        section("What it asks for", _need(evidence)),
        section("Offered, not counted", *(_offer(offer, link) for offer in evidence.offers)),
        section("What to do", *(_finding(finding) for finding in evidence.findings)),
        section("What people said", *(_review(review) for review in evidence.reviews)),
        class_="evidence",
    )


def _questions(evidence: StatementEvidence) -> Element:
    given = {"article": evidence.article, "statement": evidence.statement.id}
    return asks(
        ("Trace to its studies", to_question("trace", **given)),
        ("Lines of evidence", to_question("independence", **given)),
    )


def _own_reasons(evidence: StatementEvidence) -> list[str]:
    """The reasons of the verdict without those that are told beside their source."""
    beside = {reason for line in evidence.lines for reason in line.reasons}
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
    return element("p", _advice(finding), " ", element("code", finding.rule))


def _advice(finding: Finding) -> str:
    """What a rule says and advises."""
    return " ".join(sentences([finding.message, finding.remedy]))


def _review(review: Review) -> Element:
    return element("p", f"{review.person}, {review.date}, {review.subject}: “{review.value}”. {review.reason}")


def _mark(reviewed: Reviewed | None) -> Element | None:
    return element("span", f" {mark_of(reviewed)}", class_="faint") if reviewed else None


def _first(shelf: Shelf, link: Link) -> Iterator[Element]:
    for one in check_first(shelf):
        words = f"{place_of(one.line, one.place)}: {one.words}"
        yield element("p", element("a", words, href=link(one.statement), data_statement=one.statement))


def overview_panel(shelf: Shelf, summary: Summary, link: Link, *, questions: bool = False) -> Element:
    """What is shown before a statement is chosen: how to go on, the references, and how the signs read.

    Parameters
    ----------
    questions
        As of `evidence_panel`.
    """
    references = (_reference(shelf, reference, questions=questions) for reference in shelf.audit.references)
    return element(
        "section",
        element("p", "Choose a statement to see what it rests on, and why it is judged as it is."),
        section("References", *references),
        section(FIRST, *_first(shelf, link)),
        section(
            "What to do beside the statements",
            listing(
                [
                    f"{place_of(finding.line, finding.place)}: {_advice(finding)}"
                    for finding in shelf.findings.get(None, [])
                ]
            ),
        ),
        section(
            "How the signs read",
            *(element("p", verdict_badge(verdict), " ", LOOKS[verdict].meaning) for verdict in summary.verdicts),
        ),
        class_="evidence",
    )


def _reference(shelf: Shelf, reference: Reference, *, questions: bool) -> Element:
    source = shelf.sources.get(reference.source)
    url = source_url(source) if source else None
    resolution = shelf.resolutions.get(reference.id)
    return element(
        "div",
        element("p", element("a", reference.text, href=url, rel="noreferrer") if url else reference.text),
        *(element("p", notice, class_="notice") for notice in (notices_in_words(source) if source else ())),
        element("p", resolution_in_words(resolution), class_="faint") if resolution else None,
        listing(reference.problems),
        what_falls(reference.source) if questions else None,
        class_="source",
    )


def _strength(assessment: Assessment) -> Element | None:
    words = strength_in_words(assessment)
    why = listing(sentences((*assessment.not_higher, *assessment.not_lower)))
    return element("div", element("p", words), why) if words else None


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


def _source(line: SourceLine, *, questions: bool) -> Element:
    title = element("a", line.title, href=line.url, rel="noreferrer") if line.url else element("span", line.title)
    stance = DIRECTIONS[line.direction] + (f" ({EXTENTS[line.extent]})" if line.extent else "")
    design = line.design if line.design != "unknown" else "design unknown"
    facts = [
        ("What it says", marked(stance, line.reviewed)),
        ("Design", marked(design, line.design_reviewed) + (f": {line.design_basis}" if line.design_basis else "")),
        ("Study", line.study),
        ("Level", f"OCEBM {line.level}" if line.level is not None else ""),
        ("Certainty", f"{line.certainty} {CERTAINTY_SIGNS[line.certainty]}" if line.certainty else ""),
        ("Which work", line.resolved),
    ]
    return element(
        "div",
        element("p", title, class_="title"),
        element("p", " · ".join(part for part in (line.by, line.container) if part), class_="faint"),
        *(element("p", notice, class_="notice") for notice in line.notices),
        element(
            "dl", *(part for name, value in facts if value for part in (element("dt", name), element("dd", value)))
        ),
        element("blockquote", line.quote, class_="quote") if line.quote else None,
        listing([f"{check.stated}: {_number(check)}" for check in line.numbers]),
        listing(line.differences),
        listing(sentences((*line.reasons, *line.not_higher, *line.not_lower))),
        *(element("p", text, class_="as-cited") for text in line.as_cited),
        what_falls(line.source) if questions else None,
        class_="source",
    )


def _number(check: NumberCheck) -> str:
    if check.outcome == "agrees":
        return f"the source gives the same number{f' ({check.why})' if check.why else ''}"
    if check.outcome == "differs" and check.found:
        return check.why or f"the source gives {check.found}"
    return "not in the source's text"

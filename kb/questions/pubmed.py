"""A search of PubMed for what could show a statement: two or three of its subjects, and the designs that answer it.

A search that joins all words of a sentence with AND finds nothing. A librarian takes the few subjects that a paper must
be about, gives each the names that papers use, and leaves out what papers report in words of their own: how much, how
often, in which direction. What decides whether a design can answer is the question that the statement asks.

The search is text. Nothing of it comes from the article but words of letters, digits and hyphens, of which none is an
operator, so no bracket, quotation mark or "NOT" of an article can become one of the search.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import urlencode

from kb.language.folding import fold
from kb.language.stance import leans
from kb.language.stems import stem
from kb.model import MarkKind, Question, Statement
from kb.questions.pubmed_subjects import LONGEST, SHORT, Subject, known, singular, subjects
from kb.questions.pubmed_words import DESIGNS, GENERIC, NAMED, OF_GUIDELINES, OF_MECHANISMS, UNCHANGED

ADDRESS = "https://pubmed.ncbi.nlm.nih.gov/"
MOST = 3
"""Subjects of a search; each that is added finds about ten times less."""
_LONG = 8
"""Letters from which on a word is likely to be a name."""
_OWN: frozenset[MarkKind] = frozenset({"intervention", "comparator", "outcome", "population"})
_COMPARED: frozenset[MarkKind] = frozenset({"comparator", "comparative"})
_EFFECTS: frozenset[Question] = frozenset({"benefit", "common harm", "rare harm"})
_FOR = re.compile(r"\s(?:for|against)\s", re.IGNORECASE)
_POINTING = re.compile(r"\W*(?:it|they|this|these|that|those|such|he|she|both)\b", re.IGNORECASE)

Group: TypeAlias = tuple[Subject, ...]
"""Subjects of which a paper must be about one."""


def pubmed_query(statement: Statement, topic: str = "") -> str:
    """A search for studies that could show a statement; empty where its words name nothing that could be searched.

    Parameters
    ----------
    topic
        What the article is about, as its title says: lent to statements that say "it", or too little.

    Examples
    --------
    >>> from kb.model import Span, Statement
    >>> said = Statement(id="s", fingerprint="", text="Statins prevent strokes.", start=0, end=24, line=1, section="",
    ...     sentence=Span(start=0, end=24), kind="benefit", question="benefit", needs_source=True)
    >>> pubmed_query(said)
    'statin*[tiab] AND stroke*[tiab] AND (systematic[sb] OR randomized controlled trial[pt])'
    """
    lent = subjects(topic)
    groups = _with_topic(_best(subjects(statement.text), statement, lent), _about(topic, statement) or lent, statement)
    return " AND ".join([*map(_written, groups), f"({_designs(statement)})"]) if groups else ""


def pubmed_link(query: str) -> str:
    """Where PubMed shows what a search finds.

    >>> pubmed_link("gout[tiab]")
    'https://pubmed.ncbi.nlm.nih.gov/?term=gout%5Btiab%5D'
    """
    return f"{ADDRESS}?{urlencode({'term': query})}"


def _best(found: Sequence[Subject], statement: Statement, lent: Sequence[Subject]) -> list[Group]:
    """The groups that tell most, in the order of the text."""
    own = {stem(word) for mark in statement.marks if mark.kind in _OWN for word in fold(mark.text).split()}
    topics = {name for one in lent for name in one.stems}
    exact = [one for one in found if GENERIC.isdisjoint(one.words)]
    found = exact if len(exact) > 1 else found
    weighed = {one: _weight(one, own, topics) + (one is found[0]) for one in _distinct(found)}
    telling = [one for one, weight in weighed.items() if weight]
    groups = _grouped(telling if len(telling) > 1 else list(weighed), statement)
    ranked = sorted(groups, key=lambda group: (-max(map(weighed.__getitem__, group)), group[0].place))
    return sorted(ranked[:MOST], key=lambda group: group[0].place)


def _distinct(found: Sequence[Subject]) -> list[Subject]:
    """Without those that another one says more exactly, or in other words."""
    kept: list[Subject] = []
    for one in sorted(found, key=lambda one: (-len(one.words), one.place)):
        said = set(one.names)
        if not any(one.stems <= other.stems or not said.isdisjoint(other.names) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.place)


def _grouped(found: Sequence[Subject], statement: Statement) -> list[Group]:
    """Treatments in one group, unless they are compared with each other; everything else by itself."""
    compared = any(mark.kind in _COMPARED for mark in statement.marks)
    treating = () if compared else tuple(one for one in found if one.treats)
    rest: list[Group] = [(one,) for one in found if one not in treating]
    return [treating[:MOST], *rest] if treating else rest


def _weight(one: Subject, own: set[str], topics: set[str]) -> int:
    """How much a subject tells; what treats or ails counts before where it is and for whom."""
    weight = 2 * (not one.stems.isdisjoint(own)) + 2 * (not one.stems.isdisjoint(topics)) + (len(one.words) > 1)
    weight += 2 * bool(one.names) + (not NAMED.isdisjoint(one.words)) + 2 * one.tells
    return weight + (max(map(len, one.words)) >= _LONG or one.words[0].isupper())


def _with_topic(groups: list[Group], lent: Sequence[Subject], statement: Statement) -> list[Group]:
    """The groups, and before them what the article is about where they do not say it themselves."""
    if not lent:
        return groups
    topic = max(lent, key=lambda one: (_weight(one, set(), set()), -one.place))
    said = [one for group in groups for one in group]
    if any(not topic.stems.isdisjoint(one.stems) or not set(topic.names).isdisjoint(one.names) for one in said):
        return groups
    points = statement.leans_on is not None or leans(statement.text) or _POINTING.match(statement.text)
    if points or len(groups) < 2 or not any(one.tells and not one.treats for one in said):
        return [(topic,), *groups[: MOST - 1]]
    return groups


def _about(topic: str, statement: Statement) -> list[Subject]:
    """What "Turmeric for arthritis" lends to a statement about what something does: its first part."""
    before, found, _ = _FOR.sub("\n", topic[:LONGEST], count=1).partition("\n")
    return subjects(before) if found and statement.question in _EFFECTS else []


def _written(group: Group) -> str:
    """A group with all names of its subjects, each looked for in title and abstract."""
    names = dict.fromkeys(name for one in group for name in one.names or _forms(one.words))
    terms = [f'"{name}"[tiab]' if re.search("[ -]", name) else f"{name}[tiab]" for name in names]
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


def _forms(words: Sequence[str]) -> tuple[str, ...]:
    """Singular and plural, by PubMed's sign for any ending where the word is long enough for it."""
    before, last = words[:-1], singular(words[-1])
    names = [name for name in known([last]) if not set(name) & set(" -")]
    if before and names:
        forms = names
    elif last.isupper() or last.endswith(UNCHANGED) or not last.isalpha() or len(last) < 3:
        forms = [last]
    elif last.endswith("y") and len(last) > SHORT and last[-2] not in "aeiou":
        forms = [f"{last[:-1]}*"]
    elif len(last) > SHORT:
        forms = [f"{last}*"]
    else:
        forms = [last] if last in NAMED else [last, f"{last}s"]
    return tuple(" ".join([*before, form]) for form in forms)


def _designs(statement: Statement) -> str:
    if "guideline" in statement.signals or statement.kind == "recommendation":
        return OF_GUIDELINES
    return DESIGNS[statement.question] if statement.question else OF_MECHANISMS

"""What to mend first, with a search of PubMed for whatever lacks a source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from kb.base import KnowledgeBase
from kb.language.counting import count
from kb.questions.advice import advise
from kb.questions.offers import sound, told
from kb.view.markup import Element
from kb.view.pages.desk import Desk
from kb.view.pages.frame import audit_in, choose_article, errors_in_words, follow, invite, titles
from kb.view.pages.keeping import kept
from kb.view.pages.worklist_component import show_worklist
from kb.view.wording import CAVEAT
from kb.view.worklist import NAMES, SEVERITIES, Task, advised, counted, narrowed, rules_in, worklist
from kb.view.worklist_panel import LEAVES, SEVERITY_WORDS, first_panel, worklist_panel

TOGETHER = 25
"""Articles whose findings are shown in one list, at most."""
AT_ONCE = 50
"""Tasks that are shown before the reader asks for more."""
MOST_STATEMENTS = 6_000
"""A larger knowledge base is not looked through, as every statement is compared with those like it: 5 s for so many."""


def show(desk: Desk) -> None:
    """The page."""
    opened = None
    with errors_in_words():
        names = titles(desk)
        if not names:
            invite(desk)
            return
        opened = _show(desk, names)
    follow(desk, opened)


def _show(desk: Desk, names: dict[str, str]) -> str | None:
    """Choose, narrow down and draw; the address that the reader asks to open."""
    st.header("Worklist: what to mend first", anchor=False)
    left, right = st.columns([4, 1], vertical_alignment="center")
    with right:
        together = _together(names)
    with left:
        articles = list(names)[:TOGETHER] if together else [choose_article(desk, names)]
    with desk.open() as base, st.spinner("Looking for what to mend …"):
        tasks, first = kept(desk, base, "worklist", *articles, find=lambda: _found(base, articles))
    if together and len(names) > TOGETHER:
        st.info(f"Of {len(names):,} articles the first {TOGETHER} are shown here; choose one to see another.")
    if not tasks:
        st.success("Nothing to mend: no rule found anything. This says nothing of what no rule looks at.")
        return show_worklist(first) if not together else None
    shown = _narrowed(tasks)
    if not together:
        shown = _advised(desk, articles[0], shown)
        if "report" in desk.pages:
            st.page_link(desk.pages["report"], label="Word copy of the article, with a comment at each of these places")
    st.caption(f"{_told(tasks, shown)} {CAVEAT}")
    return _draw(shown, first, names if together else {})


def _found(base: KnowledgeBase, articles: Sequence[str]) -> tuple[tuple[Task, ...], Element | None]:
    """What is to be mended in these articles, and in a single one what is to be checked first."""
    if len(articles) > 1:
        return worklist(audit_in(base, article) for article in articles), None
    audit = audit_in(base, articles[0])
    return worklist([audit]), first_panel(audit)


def _together(names: Mapping[str, str]) -> bool:
    if len(names) < 2:
        return False
    return st.toggle("All articles", key="worklist of all", help="What to mend first in all articles together")


def _narrowed(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """What the reader's filters leave."""
    counts, rules = counted(tasks), rules_in(tasks)
    left, middle, right = st.columns([4, 4, 3], gap="medium", vertical_alignment="bottom")
    with left:
        severities = st.pills(
            "How severe",
            list(counts),
            selection_mode="multi",
            format_func=lambda one: f"{SEVERITY_WORDS[one]} {counts[one]:,}",
            key="worklist severities",
        )
    with middle:
        chosen = st.multiselect(
            "What was found",
            list(rules),
            format_func=lambda one: f"{NAMES.get(one, one)} ({rules[one]:,})",
            placeholder="anything",
            key="worklist rules",
        )
    with right:
        bare = st.toggle("Only what lacks a source", key="worklist bare")
    return narrowed(tasks, severities or SEVERITIES, chosen, bare=bare)


def _told(tasks: Sequence[Task], shown: Sequence[Task]) -> str:
    """How many there are, in a sentence or two."""
    lacking = sum(task.bare for task in shown)
    places = f"{count(len(shown), 'place')} to look at"
    of = f" of {len(tasks):,}" if len(shown) < len(tasks) else ""
    are = "is a statement that lacks" if lacking == 1 else "are statements that lack"
    return f"{places}{of}" + (f"; {lacking:,} of them {are} a source. {_SEARCHES}" if lacking else ".")


_SEARCHES = f"The searches of PubMed are made here and ask nobody. “Search PubMed”: {LEAVES[:1].lower()}{LEAVES[1:]}"


def _advised(desk: Desk, article: str, tasks: tuple[Task, ...]) -> tuple[Task, ...]:
    """The tasks with what the knowledge base says to them, once the reader asked for that."""
    asked = st.session_state.setdefault("advice asked for", set())
    if article not in asked:
        if not st.button("Look for sources in the knowledge base", help="Among all its articles and sources"):
            return tasks
        asked.add(article)
    with desk.open() as base, st.spinner("Looking through the knowledge base …"):
        if sum(one.statements for one in base.articles()) <= MOST_STATEMENTS:
            advice = kept(desk, base, "advice", article, find=lambda: base.advice(article))
        else:
            st.info("The knowledge base is too large to be looked through here; this article and its sources were.")
            audit = audit_in(base, article)
            advice = advise(told(audit), sound(audit), lambda _: True)
    if not any(one.offers or one.against for one in advice):
        st.info("There is nothing for the statements of this article.")
    return advised(tasks, advice)


def _draw(shown: Sequence[Task], first: Element | None, names: Mapping[str, str]) -> str | None:
    if not shown:
        st.info("Nothing of this kind is to be mended.")
        return None
    pages = st.session_state.get("worklist shown", AT_ONCE)
    opened = show_worklist(worklist_panel(shown[:pages], names), first)
    if len(shown) > pages and st.button(f"Show {min(AT_ONCE, len(shown) - pages)} more"):
        st.session_state["worklist shown"] = pages + AT_ONCE
        st.rerun()
    return opened

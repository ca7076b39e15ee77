"""The form beside a statement in which a person says what they think of it, with name and reason."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from kb.errors import KnowledgeBaseError, one_line
from kb.model import Audit, Certainty
from kb.strength.people import LONGEST_NAME, LONGEST_REASON, RATED, WITHDRAWN
from kb.view.evidence import Shelf
from kb.view.pages.desk import Desk
from kb.view.pages.frame import errors_in_words
from kb.view.saying import MEANINGS, Sayable, sayable, value_of
from kb.view.work import Reviewer, Word

_NAME, _ROUND, _TOLD, _OPEN = "reviewer", "words said", "word told", "own word"


@st.fragment
def draw(desk: Desk, audit: Audit, statement: str) -> None:
    """The form, and what became of the word that was given last; nothing where there is no such statement.

    Parameters
    ----------
    statement
        Its id.
    """
    with errors_in_words():
        _draw(desk, audit, statement)


def _draw(desk: Desk, audit: Audit, statement: str) -> None:
    things = sayable(Shelf(audit), statement)
    if not things:
        return
    own = st.expander("Say what you think of it", key=_OPEN, on_change="rerun")
    if not own.open:  # who only reads need not wait for the form
        return
    with own:
        who = desk.reviewer()
        if who.refused:
            st.text(f"No word can be given here: {one_line(who.refused)}.")
            return
        _tell(audit, statement)
        thing = things[
            st.selectbox(
                "I speak of",
                range(len(things)),
                format_func=lambda number: things[number].label,
                key=f"spoken of {statement}",
            )
        ]
        _form(desk, who, audit, statement, thing)


def _form(desk: Desk, who: Reviewer, audit: Audit, statement: str, thing: Sayable) -> None:
    which = f"{statement} {thing.subject} {thing.source} {st.session_state.get(_ROUND, 0)}"
    meanings = MEANINGS[thing.subject]
    with st.form(f"word {which}", border=False):
        value = st.radio(
            "I have read it; in my judgement",
            list(meanings),
            index=None,
            captions=list(meanings.values()),
            key=f"value {which}",
        )
        certainty: Certainty | None = None
        if thing.subject == "statement":
            certainty = st.selectbox(
                f"How certain is the evidence? (asked where it is {', '.join(RATED[:-1])} or {RATED[-1]})",
                get_args(Certainty),
                index=None,
                placeholder="As the program says",
                key=f"certainty {which}",
            )
        reason = st.text_input("Why? One line, such as the table or page", max_chars=LONGEST_REASON, key=f"why {which}")
        person = _person(who)
        refused = st.container()  # above the button, where whoever pressed it looks
        keep, take_back = st.columns(2)
        kept = keep.form_submit_button("Keep my word", type="primary")
        taken = thing.reviewed is not None and take_back.form_submit_button("Take mine back")
    if kept or taken:
        chosen = WITHDRAWN if taken else value_of(thing.subject, value or "", certainty)
        word = Word(
            article=audit.article.id,
            subject=thing.subject,
            value=chosen,
            person=person,
            reason=reason,
            statement=statement,
            source=thing.source,
        )
        with refused:
            _say(desk, word)


def _person(who: Reviewer) -> str:
    """Who speaks: whom a login names, or whoever the person says they are, remembered for the session."""
    if who.known:
        st.text(f"As {one_line(who.name)}")
        return who.name
    remembered = st.session_state.get(_NAME, who.name)
    return str(st.text_input("Your name", remembered, max_chars=LONGEST_NAME, autocomplete="name"))


def _say(desk: Desk, word: Word) -> None:
    """Keep a word and show everything anew; a word that could not be kept stays in the form."""
    try:
        lines = desk.say(word)
    except KnowledgeBaseError as error:
        st.error("Your word was not kept:")
        st.code(str(error), language=None, wrap_lines=True)
        return
    st.session_state[_NAME] = word.person
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.session_state[_TOLD] = (word.article, word.statement, lines)
    st.rerun()


def _tell(audit: Audit, statement: str) -> None:
    """Tell what became of the last word, as long as its statement is looked at."""
    article, which, lines = st.session_state.get(_TOLD, (None, None, ()))
    if (article, which) != (audit.article.id, statement):
        st.session_state.pop(_TOLD, None)
    else:
        st.success("Your word is kept.")
        for line in lines:
            st.text(line)

"""Rules about waivers: what authors let stand, with a reason, in an article or in the configuration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kb.rules.context import Used, Waiver
from kb.rules.rule import Case, Rule, Word
from kb.strength.wording import shortened


def waiver_without_reason(case: Case) -> Iterator[Word]:
    """A waiver says what it lets stand and not why.

    Why: whoever reads it later cannot tell a considered exception from an alarm that was clicked away; of the alerts on
    drug safety that clinicians get, a half to nearly all are overridden (van der Sijs et al., J Am Med Inform Assoc
    2006;13:138). A waiver without a reason waives nothing.

    What to do: say why in a few words, for somebody who was not there.

    Wrong: `<!-- kb: allow ST001 -->`

    Right: `<!-- kb: allow ST001 reason="our own view, said as such above" -->`
    """
    for used, about in _in_state(case, "without reason"):
        yield _word(used.waiver, about, "gives no reason, so it waives nothing", 'say why: reason="…"')


def waiver_out_of_date(case: Case) -> Iterator[Word]:
    """The last day of a waiver has passed.

    Why: it was meant to bridge a time, and that is over; what is called temporary tends to stay when nothing reminds
    anybody of it (Potdar & Shihab, ICSME 2014). From that day on it waives nothing.

    What to do: mend what it let stand, and take it out; or look at the matter again and set a new day.

    Wrong: `<!-- kb: allow SO001 reason="in press" until=2025-06-30 -->` in a check of 2026.

    Right: the entry with its DOI, and no waiver.
    """
    for used, about in _in_state(case, "out of date"):
        message = f"held until {used.waiver.until} and waives nothing since"
        yield _word(used.waiver, about, message, "mend what it let stand and take it out, or set a new day")


def waiver_not_needed(case: Case) -> Iterator[Word]:
    """A waiver holds, and there is nothing for it to waive.

    Why: what it let stand is mended, and the next matter in its place would pass unseen. Comments that outlive what
    they speak of are frequent, and mislead (Wen et al., ICPC 2019).

    How it is told: the passage that it covers has no finding of the rules that it names. One of the configuration is
    told of only where it is for one article alone.

    What to do: take it out.

    Wrong: `<!-- kb: allow ST002 reason="counted by us" -->` before a sentence that has got its source.

    Right: the sentence without it.
    """
    for used, about in _in_state(case, "holds"):
        if not used.needed:
            yield _word(used.waiver, about, "has nothing to waive", "take it out")


def waiver_unknown(case: Case) -> Iterator[Word]:
    """A waiver names a rule that does not exist, or cannot be read.

    Why: its author thinks that something is waived, and it is not. Settings that are wrong and silently passed over are
    a frequent cause of failures (Xu et al., SOSP 2013).

    What to do: correct it as the message says; `kb rules` lists the rules.

    Wrong: `<!-- kb: allow ST01 reason="our own view" -->`

    Right: `<!-- kb: allow ST001 reason="our own view" -->`
    """
    for state in ("unknown rule", "malformed"):
        for used, about in _in_state(case, state):
            problem = used.waiver.problem or "it is not written as a waiver is"
            yield _word(used.waiver, about, f"waives nothing: {problem}", "correct it, or take it out")


def _in_state(case: Case, state: str) -> Iterator[tuple[Used, str]]:
    """The waivers in a state, each with what its fingerprint is made of: what it says, and its number among equals."""
    equals = Counter[str]()
    for used in case.context.waivers:
        if used.state == state:
            waiver = used.waiver
            said = "|".join((waiver.origin, *waiver.rules, waiver.containing, waiver.reason, waiver.until))
            equals[said] += 1
            yield used, f"{said}|{equals[said]}"


def _word(waiver: Waiver, about: str, message: str, remedy: str) -> Word:
    rules = f" for {shortened(', '.join(waiver.rules))}" if waiver.rules else ""
    beside = f" in {waiver.origin}" if waiver.origin else ""
    return Word(message=f"the waiver{rules}{beside} {message}", remedy=remedy, start=waiver.place or 0, about=about)


RULES = (
    Rule(id="WA001", name="waiver-without-reason", severity="error", check=waiver_without_reason, contextual=True),
    Rule(id="WA002", name="waiver-out-of-date", severity="error", check=waiver_out_of_date, contextual=True),
    Rule(id="WA003", name="waiver-not-needed", severity="warning", check=waiver_not_needed, contextual=True),
    Rule(id="WA004", name="waiver-unknown", severity="error", check=waiver_unknown, contextual=True),
)

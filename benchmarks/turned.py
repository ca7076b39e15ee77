"""Does the built-in judge tell a claim from its opposite? Share of true and of turned claims that it calls supported.

``python -m benchmarks.turned [--data PATH] [--json]``; the data is ``effect-direction``. Of each question a sentence is
made that says what readers found in the abstract, and one that says the opposite (of no difference, that it increased).
The sentences are stilted, and the reading of direction was trained on the same questions: it is a check of the whole
judge on statements about treatments, and no figure for others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from benchmarks._front import Figure, command, data_folder, show
from kb.language.effect import Way
from kb.model import Source
from kb.strength.design import design_of
from kb.strength.study import study_of
from kb.strength.support import BuiltInJudge, Claim, Judge
from scripts._effect_data import DATA, LABELS, rows

SAYING: dict[Way, str] = {
    "increased": "significantly increased",
    "decreased": "significantly decreased",
    "no significant difference": "did not significantly change",
}
TURNED: dict[Way, Way] = {
    "increased": "decreased",
    "decreased": "increased",
    "no significant difference": "increased",
}


def sentence(row: Mapping[str, Any], way: Way) -> str:
    """What a writer might say of the question: that the outcome went this way."""
    treatment, comparator, outcome = (" ".join(row[name].split()) for name in ("intervention", "comparator", "outcome"))
    return f"{treatment} {SAYING[way]} {outcome} compared with {comparator}."


def called(row: Mapping[str, Any], way: Way, judge: Judge) -> str:
    """Direction and extent that a judge gives the sentence."""
    source = Source(id=f"ref:{row['prompt_id']}", abstract=row["abstract"])
    designed = msgspec.structs.replace(source, design=design_of(source)[0])
    studied = msgspec.structs.replace(designed, study=study_of(designed))
    judged = judge.judge(Claim(text=sentence(row, way), kind="benefit", question="benefit"), studied)
    return " ".join(filter(None, (judged.direction, judged.extent)))


def main(arguments: list[str] | None = None) -> None:
    """Print what the judge calls true and turned claims."""
    parser = command(__doc__)
    data_folder(parser, DATA)
    given = parser.parse_args(arguments)
    found = rows(given.data)
    judge = BuiltInJudge()
    true = Counter(called(row, LABELS[row["label"]], judge) for row in found)
    turned = Counter(called(row, TURNED[LABELS[row["label"]]], judge) for row in found)
    figures = [Figure(name="questions", value=len(found))]
    for name, counts in (("true", true), ("turned", turned)):
        figures += [Figure(name=f"{name}: {call}", value=counts[call] / len(found)) for call in sorted(true | turned)]
    show(figures, as_json=given.json)


if __name__ == "__main__":
    main()

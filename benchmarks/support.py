"""Does the cited source say what the claim says? The judges against citations that readers checked.

``python -m benchmarks.support [--data PATH] [--judge JUDGE] [--json]``; the data is ``citation-support`` (``KB_DATA``,
by default ``../shared``). Of a folder the development claims are scored, which nothing was chosen on; a file of claims
can be named too. ``--judge package.module:name`` takes another judge, ``--judge package.module:name=ARGUMENT`` one that
is made with an argument, such as its folder. The classes are those of the data: ``supports`` the whole is SUPPORT, a
part of it or ``disputes`` is REFUTE, ``neutral`` and an abstention are none. A citation is inaccurate where its label
is not SUPPORT.
"""

from __future__ import annotations

import importlib
import re
import time
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, cycle, islice
from pathlib import Path

from benchmarks._front import Figure, command, data_folder, show
from kb.strength.judging.model import loaded
from kb.strength.support import Judge, Judgement
from scripts._judge_data import LABELS, Label, Pair, read

BUILT_IN = "kb.strength.support:BuiltInJudge"
TARGETS = {
    "macro-F1": {
        "target": "≥ 0.49",
        "peer": "majority 0.259, TF-IDF 0.351, MultiVerS 0.44, DeBERTa 0.47, best published 0.52",
    },
    "precision of the tenth that looks worst": {"target": "≥ 0.62", "peer": "base rate 0.36"},
    "seconds per 1,000 lines": {"target": "≤ 2"},
}
WORST = 0.1
PRECISION = 0.9
LINES = 1_000
MISSES = 4
_QUOTED = re.compile(r"“[^”]*”|\d+(?:\.\d+)?")
_PREFERRED = ("claims_dev.jsonl", "claims_test.jsonl")
_TRAINING = "claims_train.jsonl"


def predicted(judgement: Judgement) -> Label:
    """The class of the data that a judgement amounts to."""
    if judgement.direction == "supports":
        return "SUPPORT" if judgement.extent == "whole" else "REFUTE"
    return "REFUTE" if judgement.direction == "disputes" else "none"


def scores(truth: Sequence[Label], said: Sequence[Label]) -> dict[str, float]:
    """F1 of each class, and their mean (0 for a class that is neither there nor said)."""
    found = Counter(zip(truth, said, strict=True))
    sizes, called = Counter(truth), Counter(said)
    each = {label: 2 * found[label, label] / max(1, sizes[label] + called[label]) for label in LABELS}
    return {"macro-F1": sum(each.values()) / len(each), **{f"F1 of {label}": value for label, value in each.items()}}


def ranking(inaccurate: Sequence[bool], doubts: Sequence[float]) -> dict[str, float]:
    """How well doubt tells the inaccurate citations from the others, thresholds aside.

    Returns
    -------
    dict
        Area under the curve (ties count a half), precision among the tenth with the most doubt, and the greatest
        recall of the inaccurate at a precision of 0.9.
    """
    ranked = sorted(range(len(doubts)), key=lambda index: (-doubts[index], index))
    wrong = sum(inaccurate)
    others = sorted(doubt for doubt, bad in zip(doubts, inaccurate, strict=True) if not bad)
    below = sum(
        (bisect_left(others, doubt) + bisect_right(others, doubt)) / 2
        for doubt, bad in zip(doubts, inaccurate, strict=True)
        if bad
    )
    hits = list(accumulate(inaccurate[index] for index in ranked))
    sure = [hit for count, hit in enumerate(hits, start=1) if hit >= PRECISION * count]
    worst = max(1, round(WORST * len(ranked)))
    return {
        "area under the curve": below / max(1, wrong * len(others)),
        "precision of the tenth that looks worst": hits[worst - 1] / worst,
        "recall of the inaccurate at 90 % precision": max(sure, default=0) / max(1, wrong),
    }


def seconds(judge: Judge, pairs: Sequence[Pair]) -> float:
    """Processor time for a thousand lines, the pairs repeated as often as that takes; the better of two passes."""
    repeated = list(islice(cycle(pairs), LINES))
    times = []
    for _ in range(2):
        begun = time.process_time()
        for pair in repeated:
            judge.judge(pair.claim, pair.source)
        times.append(time.process_time() - begun)
    return min(times)


def misses(pairs: Sequence[Pair], judgements: Sequence[Judgement]) -> list[str]:
    """The errors by kind: label and answer, and of each what the judge gave as its first reason."""
    kinds: dict[tuple[Label, Label], Counter[str]] = defaultdict(Counter)
    for pair, judgement in zip(pairs, judgements, strict=True):
        said = predicted(judgement)
        if said != pair.label:
            kinds[pair.label, said][_QUOTED.sub("…", judgement.reasons[0])] += 1
    lines = ["", "misses: label -> answer, pairs, with the first reasons given"]
    for (label, said), reasons in sorted(kinds.items(), key=lambda one: -one[1].total()):
        lines.append(f"{label:>8} -> {said:8} {reasons.total():>4}")
        lines += [f"{number:>24}  {reason}" for reason, number in reasons.most_common(MISSES)]
    return lines


def claims_file(data: Path) -> Path:
    """The file of claims that is scored: the one named, else of a folder the one that no judge was trained on."""
    if data.is_file():
        return data
    found = sorted(path for path in data.glob("claims_*.jsonl") if path.name != _TRAINING) or [data / _TRAINING]
    return next((path for name in _PREFERRED for path in found if path.name == name), found[0])


def judge_from(name: str) -> Judge:
    """The judge of ``package.module:name``, or of ``package.module:name=ARGUMENT``: what the name makes when called."""
    place, _, argument = name.partition("=")
    module, _, attribute = place.partition(":")
    make = getattr(importlib.import_module(module), attribute)
    judge: Judge = make(argument) if argument else make()
    return judge


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures beside those of the field, and the errors by kind."""
    parser = command(__doc__)
    data_folder(parser, "data/citation-support")
    parser.add_argument("--judge", default=BUILT_IN, metavar="JUDGE", help=f"by default {BUILT_IN}")
    given = parser.parse_args(arguments)
    pairs, judge = read(claims_file(given.data)), judge_from(given.judge)
    judgements = [judge.judge(pair.claim, pair.source) for pair in pairs]
    figures = scores([pair.label for pair in pairs], [predicted(one) for one in judgements])
    figures |= ranking([pair.label != "SUPPORT" for pair in pairs], [one.doubt or 0.0 for one in judgements])
    if given.judge == BUILT_IN:
        figures |= {f"cross-validated on the training part: {name}": value for name, value in loaded().scores.items()}
    figures |= {"seconds per 1,000 lines": seconds(judge, pairs), "pairs": len(pairs)}
    shown = [Figure(name=name, value=value, **TARGETS.get(name, {})) for name, value in figures.items()]
    show(shown, as_json=given.json, notes=misses(pairs, judgements))


if __name__ == "__main__":
    main()

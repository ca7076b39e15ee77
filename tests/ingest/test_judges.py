"""Judges beside the built-in one: which a run has, what is remembered of them, and who speaks where they do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from ingest.judges import Census, judge_for, receiver
from ingest.judges.model import Abstained, Answered, ModelJudge, digest_of, merged
from kb.errors import ConfigurationError
from kb.model import Concern, NumberCheck, Source
from kb.settings import Settings
from kb.store.cache import Cache
from kb.strength.support import BuiltInJudge, Claim, Judgement

CLAIM = Claim(text="Warm compresses ease pain of the knee in adults.")
SOURCE = Source(id="doi:10.5555/heat", abstract="Cold packs were applied to ankles of young athletes. " * 3)
BUILT_IN = BuiltInJudge().judge(CLAIM, SOURCE)
SAID = Judgement(direction="supports", extent="whole", quote="Cold packs.", reasons=("so it says",), judge="model m 1")
CHAT = Settings(judge="chat", judge_model="tiny", judge_address="http://127.0.0.1:9/v1", send_text="127.0.0.1:9")


@dataclass
class Model:
    """Says what it was made with, and counts how often it was asked."""

    answer: Answered
    identity: str = "m 1"
    name: str = "model m 1"
    asked: list[Claim] = field(default_factory=list)

    def read(self, claim: Claim, source: Source) -> Answered:
        self.asked.append(claim)
        return self.answer


def test_a_model_speaks_and_the_built_in_judge_stands_in_for_it() -> None:
    said = ModelJudge(Model(SAID), BuiltInJudge()).judge(CLAIM, SOURCE)
    assert (said.direction, said.extent, said.quote, said.judge) == ("supports", "whole", "Cold packs.", "model m 1")
    silent = ModelJudge(Model(Abstained(reason="offline")), BuiltInJudge()).judge(CLAIM, SOURCE)
    assert silent == msgspec.structs.replace(
        BUILT_IN, reasons=(*BUILT_IN.reasons, "model m 1 did not judge it: offline")
    )
    unsure = Judgement(direction="not checked", reasons=("the text is unclear",), judge="model m 1")
    told = ModelJudge(Model(unsure), BuiltInJudge()).judge(CLAIM, SOURCE)
    assert told.judge == BUILT_IN.judge
    assert told.reasons[-2:] == ("model m 1 could not tell", "the text is unclear")


def test_a_model_that_is_to_stand_alone_may_abstain() -> None:
    unsure = Judgement(direction="not checked", reasons=("the text is unclear",), judge="model m 1")
    assert ModelJudge(Model(unsure), None).judge(CLAIM, SOURCE) == unsure
    silent = ModelJudge(Model(Abstained(reason="offline")), None).judge(CLAIM, SOURCE)
    assert silent == Judgement(direction="not checked", reasons=("offline",))


def test_what_the_built_in_judge_found_stands_beside_a_models_word() -> None:
    base = Judgement(
        direction="neutral",
        numbers=(NumberCheck(stated="40", found="40", outcome="agrees"),),
        concerns=(Concern(kind="hedging", words="may"),),
        missing=("knee",),
        doubt=0.4,
        read="abstract",
    )
    together = merged(base, SAID)
    assert (together.direction, together.reasons, together.judge) == ("supports", ("so it says",), "model m 1")
    assert (together.numbers, together.concerns, together.missing) == (base.numbers, base.concerns, base.missing)
    assert (together.doubt, together.read) == (0.4, "abstract")


def test_a_number_that_differs_keeps_a_model_from_bearing_out_the_whole() -> None:
    base = Judgement(direction="neutral", numbers=(NumberCheck(stated="67 %", found="33 %", outcome="differs"),))
    together = merged(base, SAID)
    assert together.extent == "part"
    assert together.reasons[-1] == "the number 67 % differs, so the whole is not borne out"


def test_what_was_said_is_remembered_between_runs(tmp_path: Path) -> None:
    first, second = Model(SAID), Model(Abstained(reason="offline"))
    with Cache.open(tmp_path / "answers.db") as cache:
        one = ModelJudge(first, BuiltInJudge(), cache, "2026-11-22").judge(CLAIM, SOURCE)
    with Cache.open(tmp_path / "answers.db") as cache:
        other = ModelJudge(second, BuiltInJudge(), cache, "2026-11-23").judge(CLAIM, SOURCE)
    assert one == other
    assert (len(first.asked), len(second.asked)) == (1, 0)


def test_an_abstention_is_not_remembered(tmp_path: Path) -> None:
    with Cache.open(tmp_path / "answers.db") as cache:
        ModelJudge(Model(Abstained(reason="offline")), BuiltInJudge(), cache).judge(CLAIM, SOURCE)
        said = ModelJudge(Model(SAID), BuiltInJudge(), cache).judge(CLAIM, SOURCE)
    assert said.direction == "supports"


@pytest.mark.parametrize(
    ("identity", "claim", "source"),
    [
        ("m 2", CLAIM, SOURCE),
        ("m 1", msgspec.structs.replace(CLAIM, text="Warm compresses may ease pain of the knee in adults."), SOURCE),
        ("m 1", CLAIM, msgspec.structs.replace(SOURCE, abstract=f"{SOURCE.abstract} Erratum.")),
        ("m 1", CLAIM, msgspec.structs.replace(SOURCE, title="Cold")),
        ("m 1", CLAIM, msgspec.structs.replace(SOURCE, full_text="All of it.")),
        ("m 1", CLAIM, msgspec.structs.replace(SOURCE, design="animal")),
    ],
)
def test_a_remembered_word_holds_for_the_same_model_claim_and_text(identity: str, claim: Claim, source: Source) -> None:
    assert digest_of("m 1", CLAIM, SOURCE) != digest_of(identity, claim, source)


def test_where_a_work_was_found_changes_nothing_of_what_was_said_of_its_text() -> None:
    elsewhere = msgspec.structs.replace(SOURCE, id="pmid:1", year="2020")
    assert digest_of("m 1", CLAIM, SOURCE) == digest_of("m 1", CLAIM, elsewhere)


def test_without_a_setting_the_judge_is_the_built_in_one() -> None:
    assert isinstance(judge_for(Settings()), BuiltInJudge)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            Settings(judge="embedding"),
            "the judge 'embedding' needs a model; give the folder of its model as judge_model",
        ),
        (Settings(judge="nli"), "the judge 'nli' needs a model; give the folder of its model as judge_model"),
        (Settings(judge="chat"), "the judge 'chat' needs a model; give the name of the model as judge_model"),
        (
            Settings(judge="chat", judge_model="tiny"),
            "the judge 'chat' needs the address of a server; give it as judge_address, or as KB_JUDGE_ADDRESS",
        ),
        (
            msgspec.structs.replace(CHAT, send_text=""),
            "the judge 'chat' would send statements and abstracts to 127.0.0.1:9, which nobody has allowed; "
            "allow it with --send-text 127.0.0.1:9",
        ),
        (msgspec.structs.replace(CHAT, send_text="127.0.0.1"), "the judge 'chat' would send"),
        (Settings(judge="nli", judge_model="/no/such/folder"), "/no/such/folder/config.json: cannot be read"),
        (Settings(judge="embedding", judge_model="/no/such/folder"), "/no/such/folder/config.json: cannot be read"),
    ],
)
def test_a_judge_that_cannot_be_had_is_told_in_one_line(settings: Settings, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        judge_for(settings)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_chat_model_offline_needs_no_leave_because_nothing_is_sent() -> None:
    said = judge_for(msgspec.structs.replace(CHAT, send_text="", offline=True)).judge(CLAIM, SOURCE)
    assert said.judge == BUILT_IN.judge
    assert said.reasons[-1] == "chat tiny (prompt 1) did not judge it: it was not asked (offline)"


def test_only_a_chat_model_is_sent_text() -> None:
    assert receiver(CHAT) == "127.0.0.1:9"
    assert receiver(msgspec.structs.replace(CHAT, judge_address="https://Models.example/v1")) == "models.example"
    assert (receiver(Settings()), receiver(Settings(judge="nli", judge_model="folder"))) == (None, None)


def test_a_census_counts_each_text_once() -> None:
    census = Census()
    census.judge(CLAIM, SOURCE)
    census.judge(CLAIM, SOURCE)
    assert census.told() == "1 statement, with title and abstract of 1 source"
    census.judge(CLAIM, Source(id="ref:2"))
    assert census.told() == "1 statement, with title and abstract of 2 sources"

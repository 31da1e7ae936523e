"""What an answer is found to say does not depend on who says it, or how smoothly."""

import json
import random
from collections import Counter

import pytest

from copilot.events import FindingKind, FindingState
from tests.builders import ROOT
from tests.matching.conftest import Matchers
from tests.matching.disturbances import ALL, Disturbance
from tests.matching.parts import answer_of

ANSWERS = [
    json.loads(line)
    for line in (ROOT / "copilot" / "lab" / "suites" / "data" / "answers.jsonl")
    .read_text("utf-8")
    .splitlines()
]
CHOSEN = [
    *[a for a in ANSWERS if a["language"] == "en"][::5],
    *[a for a in ANSWERS if a["language"] == "fr"][::3],
]

SHOWN = {FindingState.EVIDENCED, FindingState.RAISED, FindingState.DENIED}

Shown = dict[tuple[FindingKind, str], FindingState | None]


def shown(matchers: Matchers, answer: dict[str, str], text: str) -> Shown:
    """What each target's mark says; none where nothing is claimed."""
    findings = matchers(answer["role"], answer["language"]).findings(
        answer["question"], answer_of(text)
    )
    return {
        (finding.kind, finding.id): finding.state if finding.state in SHOWN else None
        for finding in findings
    }


@pytest.fixture(scope="module")
def as_written(matchers: Matchers) -> dict[str, Shown]:
    return {answer["id"]: shown(matchers, answer, answer["answer"]) for answer in CHOSEN}


def flips(matchers: Matchers, as_written: dict[str, Shown], disturb: Disturbance) -> Counter[str]:
    counted: Counter[str] = Counter()
    for answer in CHOSEN:
        chance = random.Random(answer["id"])
        text = disturb(answer["answer"], answer["language"], chance)
        now = shown(matchers, answer, text)
        before = as_written[answer["id"]]
        counted["findings"] += len(before)
        counted["flips"] += sum(now[target] is not before[target] for target in before)
    return counted


#: How many findings of a hundred may change at most.
MOST = 1


@pytest.mark.parametrize("disturb", ALL, ids=lambda disturb: disturb.__name__)
def test_how_it_is_said_decides_little(
    matchers: Matchers, as_written: dict[str, Shown], disturb: Disturbance
) -> None:
    counted = flips(matchers, as_written, disturb)

    assert counted["flips"] <= MOST * counted["findings"] / 100

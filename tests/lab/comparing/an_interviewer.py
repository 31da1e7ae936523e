"""An endpoint that asks well or badly by what its prompt says, and suites whose cases it can do."""

import json
import random
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from copilot.paths import shipped_prompts
from tests.llm.scripted_server import Asked, Says, ScriptedServer, Turn

#: What the answers are about; one each.
THINGS = (
    *("mail server", "ticket queue", "backup robot", "phone switch", "print service"),
    *("badge system", "order portal", "test cluster", "build farm", "payroll export"),
    *("stock ledger", "video bridge", "file store", "patch window", "label printer"),
    *("night batch", "license pool", "fibre link", "guest network", "time clock"),
    *("search index", "travel portal", "disk array", "alarm panel"),
)
#: Questions of the guide the answers belong to.
QUESTIONS = (
    *("metrics", "service-consistency", "new-technology", "user-support"),
    *("process-improvement", "underperformance", "contract-negotiation", "staying-current"),
)
#: The word of the prompt that makes the difference.
WORD = "open"
_THING = re.compile(r"replaced the ([a-z ]+) in spring")
_TARGET = re.compile(r"^- id (\S+?):", re.MULTILINE)


@dataclass
class Interviewer(ScriptedServer):
    """Words a follow-up; how often a good one hangs on the prompt.

    Attributes:
        seed: Of its luck.
        told: How often it asks an open question where the prompt asks for one, 0 to 1.
        untold: The same where the prompt does not.
        luck: What it draws with.
    """

    seed: int = 0
    told: float = 1.0
    untold: float = 0.0
    luck: random.Random = field(init=False)
    _drawing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin from the seed."""
        self.luck = random.Random(self.seed)

    def turn(self, asked: Asked) -> Turn:
        """Word it."""
        system, user = asked.contents[0], asked.contents[-1]
        share = self.told if f"is {WORD}:" in system else self.untold
        with self._drawing:
            good = self.luck.random() < share
        thing = _THING.findall(user)[-1]
        question = (
            f"What made nobody trust the {thing} any more?"
            if good
            else f"Nobody trusted the {thing}, so replacing it was right, wasn't it?"
        )
        answer = {
            "target": _TARGET.findall(user)[0],
            "utterance_ids": ["u1"],
            "builds_on": f"nobody trusted the {thing}",
            "question": question,
            "reason": "why it was replaced",
        }
        return Says(json.dumps(answer))


def worse_prompt(folder: Path) -> Path:
    """The shipped prompt without the line that asks for an open question."""
    text = (shipped_prompts() / "follow_up.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if f"is {WORD}:" not in line]
    assert len(lines) == len(text.splitlines()) - 1
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "follow_up.md"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def suite_of(
    path: Path, *, prompt: str = "follow_up", questions: int = len(QUESTIONS), repeat: int = 1
) -> Path:
    """A suite of one answer to each of ``THINGS``, spread over so many questions."""
    tests: list[Mapping[str, object]] = [
        {
            "id": thing.replace(" ", "-"),
            "vars": {
                "role": "director-it-operations",
                "language": "en",
                "question": QUESTIONS[number % questions],
                "answer": f"We replaced the {thing} in spring because nobody trusted the {thing}.",
            },
            "assert": [{"type": "gate"}, {"type": "quote-stands"}],
        }
        for number, thing in enumerate(THINGS)
    ]
    suite = {
        "description": "Made for tests",
        "task": "follow_up",
        "guides": "shipped",
        "prompts": [prompt],
        "providers": ["profile:toy"],
        "tests": tests,
        "evaluateOptions": {"repeat": repeat},
    }
    path.write_text(yaml.safe_dump(suite, sort_keys=False), encoding="utf-8")
    return path

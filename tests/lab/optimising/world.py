"""A model whose answers depend on the prompt, one that proposes by a script, and a suite for both."""

import json
import re
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from copilot.settings import change_settings
from tests.llm.scripted_server import Asked, Says, ScriptedServer, Turn

#: What the model has to be told so that it asks an open question.
MAGIC = "Begin with the word How"
_ROLE = "director-it-operations"
PROPOSES = "You improve one part of a prompt"

START = """\
---
name: follow_up
description: A prompt that brings leading questions.
inputs: [question, targets, answer]
output: FollowUp
temperature: 0.3
max_tokens: 250
max_prompt_tokens: 1500
---
system:
Write one follow-up question as JSON.

user:
Question: {{ question }}
{% for target in targets %}
- id {{ target.id }}: {{ target.label }}
{% endfor %}
{{ answer }}
"""


@dataclass
class World(ScriptedServer):
    """Answers follow-ups by what the system part says, and proposes by a script.

    Attributes:
        proposals: Texts that are proposed, one after the other; the last one again and again.
        helps: Whether open questions are asked where the prompt asks for them.
    """

    proposals: deque[str] = field(default_factory=deque)
    helps: bool = True

    def turn(self, asked: Asked) -> Turn:
        if self.script:
            return self.script.popleft()
        system, told = asked.contents[0], asked.contents[-1]
        if system.startswith(PROPOSES):
            text = self.proposals.popleft() if len(self.proposals) > 1 else self.proposals[0]
            return Says(json.dumps({"diagnosis": "Leading questions.", "text": text}))
        number = re.search(r"ticket queue (\d+)", told)
        lines = dict(re.findall(r"^(\w+)\| (.*)$", told, re.MULTILINE))
        is_open = self.helps and MAGIC in system
        answer = {
            "target": re.findall(r"^- id ([\w-]+):", told, re.MULTILINE)[0],
            "utterance_ids": [list(lines)[-1]],
            "builds_on": f"ticket queue {number[1]}" if number else "",
            "question": "How did you look at that ticket queue?"
            if is_open
            else "Did you look at that ticket queue?",
            "reason": "it is open",
        }
        return Says(json.dumps(answer))

    @property
    def put(self) -> list[int]:
        """Numbers of the cases that were put to the model that answers, in order."""
        return [
            int(found[1])
            for asked in self.asked
            if not asked.contents[0].startswith(PROPOSES)
            and (found := re.search(r"ticket queue (\d+)", asked.contents[-1]))
        ]

    @property
    def reflections(self) -> list[Asked]:
        """What was asked of the model that proposes."""
        return [each for each in self.asked if each.contents[0].startswith(PROPOSES)]


#: Cases by their number: 0 to 5 to learn from, 10 to 14 to choose by, 20 to 27 held out.
TRAIN, DEV, TEST = range(6), range(10, 15), range(20, 28)


def write_suite(folder: Path, *, leave_out: range | None = None) -> Path:
    """A suite of follow-ups with every part, and a prompt beside it that is not good."""
    tests = [
        {
            "id": f"c{number}",
            "vars": {
                "role": _ROLE,
                "language": "en",
                "question": "metrics",
                "answer": f"Every Monday I look at the long ticket queue {number} with my whole "
                "team, and then we talk about each of them in turn.",
            },
            "assert": [{"type": "open"}, {"type": "quote-stands"}],
            "metadata": {"split": split, "group": f"g{number}"},
        }
        for split, numbers in (("train", TRAIN), ("dev", DEV), ("test", TEST))
        for number in numbers
        if leave_out is None or number not in leave_out
    ]
    (folder / "follow_up.md").write_text(START, encoding="utf-8")
    suite = {
        "task": "follow_up",
        "guides": "shipped",
        "prompts": "./follow_up.md",
        "providers": "profile:answers",
        "tests": tests,
    }
    path = folder / "queues.yaml"
    path.write_text(yaml.safe_dump(suite), encoding="utf-8")
    return path


def set_up(world: World, **prices: float) -> None:
    """Profiles of both models in the settings."""
    change_settings(
        llm_profiles={
            "answers": {"url": f"{world.url}/v1", "model": "toy", **prices},
            "thinks": {"url": f"{world.url}/v1", "model": "toy-thinker", **prices},
        }
    )

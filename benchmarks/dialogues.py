"""Interviews to be heard: the demo, and dialogues that are read aloud when first asked for.

A dialogue is a JSON file with ``role``, ``language`` and ``turns``; each turn has ``speaker``,
``kind`` (``chat``, ``planned``, ``follow-up``, ``answer``), ``text`` and, where it asks a planned
question, that question's id as ``question``. What was made of it lies in the user's cache folder.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from benchmarks.measuring import progress
from benchmarks.truth import Interview, read_interview
from benchmarks.voices import choices, readers
from copilot.audio.recording import RecordingSource
from copilot.demo.interview import PLAN
from copilot.demo.synthesis.files import describe, encode_ogg, write_interview
from copilot.demo.synthesis.placing import mix, place_turns
from copilot.demo.synthesis.script import Script, Turn
from copilot.engine.setup import Consent, SessionSetup
from copilot.errors import InputError
from copilot.events import Channel, ConsentDecision
from copilot.knowledge.guide import Language
from copilot.knowledge.loading import load_guide
from copilot.llm.profile import Profile
from copilot.paths import cache_folder, demo_folder

#: Part of the name under which a recording is kept; to be raised when it would sound otherwise.
_VERSION = 1
_SEED = 7
#: Silence after a turn, in seconds. After an answer the interviewer looks at the screen: a
#: suggestion that is to stand within two seconds can only be seen where nobody speaks for so long.
_AFTER_ANSWER_S = 2.6
_AFTER_QUESTION_S = 0.8
_AFTER_CHAT_S = 0.5
#: Who is cut short hardly leaves a gap.
_CUT_SHORT = "—"
_AFTER_CUT_SHORT_S = 0.1


@dataclass(frozen=True, slots=True)
class Recorded:
    """An interview that can be heard.

    Attributes:
        name: To tell it from others.
        path: The recording, two channels.
        truth: What is said in it.
        plan: The questions planned; all of the guide's where empty.
    """

    name: str
    path: Path
    truth: Interview
    plan: tuple[str, ...]

    def session(
        self, *, speed: float, model: str, llm: Profile | None = None
    ) -> tuple[SessionSetup, RecordingSource]:
        """What a session with it runs with, and the sound it hears; nothing is stored."""
        setup = SessionSetup(
            guide=load_guide(self.truth.role, self.truth.language),
            consent=Consent(ConsentDecision.NOT_NEEDED, "a benchmark", "Voices are synthetic."),
            plan=self.plan,
            model=model,
            llm=llm,
        )
        return setup, RecordingSource.from_file(self.path, speed=speed)


def demo() -> Recorded:
    """The demo interview."""
    truth = read_interview(demo_folder() / "interview.json")
    return Recorded("demo", demo_folder() / "interview.ogg", truth, PLAN)


def spoken(dialogue: Path) -> Recorded:
    """A dialogue as a recording, read aloud now if it was not before.

    Raises:
        InputError: The file is no dialogue.
        ModelError: The voices are missing.
        StorageError: The cache folder is full or not writable.
    """
    try:
        content = dialogue.read_bytes()
        script = _script(dialogue.stem, json.loads(content))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{dialogue} is no dialogue: {error}.", "See benchmarks/dialogues.py."
        ) from error
    key = hashlib.sha256(content + bytes([_VERSION])).hexdigest()[:16]
    folder = cache_folder() / "benchmarks" / "dialogues" / f"{dialogue.stem}-{key}"
    if not (folder / "interview.json").is_file():
        progress(f"reading {dialogue.name} aloud")
        placed = place_turns(script, readers(script.language))
        samples = mix(placed, script.seed)
        recording = encode_ogg(samples)
        write_interview(folder, recording, describe(script, placed, samples, recording))
    truth = read_interview(folder / "interview.json")
    return Recorded(dialogue.stem, folder / "interview.ogg", truth, ())


def _script(name: str, dialogue: dict[str, Any]) -> Script:
    language = dialogue["language"]
    if language not in get_args(Language):
        raise ValueError(f"the language is {language!r}")
    return Script(
        title=name,
        role=dialogue["role"],
        language=language,
        seed=_SEED,
        voices=choices(language),
        turns=tuple(_turns(dialogue["turns"])),
    )


def _turns(turns: list[dict[str, Any]]) -> Iterator[Turn]:
    under: str | None = None
    for turn in turns:
        kind, text = turn["kind"], turn["text"]
        under = turn["question"] or (None if kind == "chat" else under)
        yield Turn(
            speaker=Channel(turn["speaker"]),
            kind=kind,
            text=text.replace(_CUT_SHORT, ""),
            question=under,
            pause_after_s=_pause_s(kind, text),
        )


def _pause_s(kind: str, text: str) -> float:
    if text.endswith(_CUT_SHORT):
        return _AFTER_CUT_SHORT_S
    if kind == "answer":
        return _AFTER_ANSWER_S
    return _AFTER_CHAT_S if kind == "chat" else _AFTER_QUESTION_S

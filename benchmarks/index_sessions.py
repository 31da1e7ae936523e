"""Stored sessions in any number, for the benchmark of the index."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from copilot import __version__
from copilot.events import (
    Actor,
    Channel,
    ConsentDecision,
    ConsentRecorded,
    Event,
    Evidence,
    FindingKind,
    FindingMade,
    FindingState,
    QuestionAsked,
    QuestionRated,
    SessionEnded,
    Utterance,
    UtteranceHeard,
    event_to_json,
)
from copilot.events.values import Word
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.paths import demo_folder, shipped_knowledge
from copilot.store import GENESIS, SessionRecord, SessionStore, line_hash
from tests.builders import session_started

#: A word that only session number {0} has, and one that most have.
RARE = "kestrel{0}wood"
SHARED = "backups"
#: The flag that is raised in every tenth.
FLAG = "reactive"

_SEED = 20261122
_UTTERANCES = 60
_QUESTIONS = 6
_FIRST = datetime(2023, 11, 20, 9, tzinfo=UTC)
_DAYS = 3 * 365


@dataclass
class _Interview:
    """One interview being made up; ``tell`` numbers its events."""

    chance: random.Random
    guide: Guide
    sentences: Sequence[str]
    place: int
    events: list[Event] = field(default_factory=list)
    at_s: float = 0.0

    def tell(self, event: Callable[..., Event], /, **values: Any) -> None:
        self.events.append(event(seq=len(self.events) + 1, at_s=round(self.at_s, 3), **values))

    def hold(self, session_id: str, started: datetime) -> None:
        """From the start to the end."""
        first = session_started(
            self.guide, session_id=session_id, started_at=started.isoformat(timespec="seconds")
        )
        self.events.append(first)
        self.tell(ConsentRecorded, decision=ConsentDecision.GIVEN, by="bench", wording="May we?")
        questions = first.plan[:_QUESTIONS]
        for number in range(_UTTERANCES):
            question = questions[number * len(questions) // _UTTERANCES]
            if number % (_UTTERANCES // len(questions)) == 0:
                self.tell(QuestionAsked, question=question.id, since_s=self.at_s, by=Actor.MACHINE)
            said = self._say(number)
            if number % 4 == 1 and number // 4 < len(question.points):
                point = question.points[number // 4].id
                self._find(question.id, FindingKind.POINT, point, FindingState.EVIDENCED, said)
        if self.place % 10 == 0:
            self._find(questions[-1].id, FindingKind.FLAG, FLAG, FindingState.RAISED, said)
        for question in questions:  # what nobody has judged yet is found by no flag
            self.tell(QuestionRated, question=question.id, rating=self.chance.randint(1, 4))
        self.tell(SessionEnded, reason="finished", duration_s=self.at_s)

    def _say(self, number: int) -> Utterance:
        text = " ".join(self.chance.choices(self.sentences, k=self.chance.randint(1, 2)))
        if number == _UTTERANCES // 2 + 1:
            text += f" They called it {RARE.format(self.place)}."
        words = []
        for each in text.split():
            words.append(Word(text=each, start_s=self.at_s, end_s=self.at_s + 0.3, probability=0.9))
            self.at_s = round(self.at_s + 0.35, 3)
        said = Utterance(
            id=f"u{number + 1}",
            channel=Channel.CANDIDATE if number % 2 else Channel.INTERVIEWER,
            start_s=words[0].start_s,
            end_s=words[-1].end_s,
            text=text,
            words=tuple(words),
            confidence=0.9,
        )
        self.at_s = round(self.at_s + 0.5, 3)
        self.tell(UtteranceHeard, utterance=said)
        return said

    def _find(
        self, question: str, kind: FindingKind, name: str, state: FindingState, said: Utterance
    ) -> None:
        evidence = Evidence(
            utterance_ids=(said.id,), quote=said.text, start_s=said.start_s, end_s=said.end_s
        )
        self.tell(
            FindingMade,
            question=question,
            kind=kind,
            id=name,
            state=state,
            confidence=0.8,
            evidence=(evidence,),
        )


def write_sessions(store: SessionStore, count: int) -> int:
    """Store that many sessions; the size of their journals in bytes."""
    chance = random.Random(_SEED)
    guides = _guides()
    sentences = _sentences(guides)
    size = 0
    for place in range(count):
        started = _FIRST + timedelta(minutes=_DAYS * 24 * 60 * place // count)
        session_id = f"{started:%Y%m%d-%H%M%S}-{place % 65536:04x}"
        interview = _Interview(chance, chance.choice(guides), sentences, place)
        interview.hold(session_id, started)
        size += _write(store, interview, session_id, started)
    return size


def _write(store: SessionStore, interview: _Interview, session_id: str, started: datetime) -> int:
    head, lines = GENESIS, []
    for event in interview.events:
        line = b'{"prev":"%b","event":%b}' % (head.encode(), event_to_json(event))
        head = line_hash(line)
        lines.append(line + b"\n")
    record = SessionRecord(
        id=session_id,
        role=interview.guide.id,
        title=interview.guide.title,
        language=interview.guide.language,
        source="recording interview.wav",
        started_at=started.isoformat(timespec="seconds"),
        app_version=__version__,
        ended=SessionRecord.End(
            ended_at=(started + timedelta(seconds=interview.at_s)).isoformat(timespec="seconds"),
            duration_s=interview.at_s,
            events=len(lines),
            journal_head=head,
        ),
    )
    # Written plainly: forcing each file to disk would take longer than everything measured.
    folder = store.root / session_id
    folder.mkdir(parents=True)
    (folder / "session.json").write_text(record.model_dump_json(indent=2), encoding="utf-8")
    data = b"".join(lines)
    (folder / "journal.jsonl").write_bytes(data)
    return len(data)


def _guides() -> list[Guide]:
    names = sorted(path.stem for path in shipped_knowledge().glob("*.yaml") if "." not in path.stem)
    return [load_guide(name, "en", [shipped_knowledge()]) for name in names]


def _sentences(guides: Sequence[Guide]) -> list[str]:
    script = yaml.safe_load((demo_folder() / "script.yaml").read_text(encoding="utf-8"))
    texts = [turn["text"] for turn in script["turns"]]
    for guide in guides:
        for question in guide.questions:
            texts.append(question.text)
            for point in guide.points_for(question.id):
                texts += point.says
    return [part for text in texts for part in re.split(r"(?<=[.?!])\s+", " ".join(text.split()))]

"""Labels of a whole interview beside what came out of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.engine.turns import MORE_THAN_LISTENING
from copilot.events import Channel, SuggestionFate
from copilot.lab.results import Decision
from copilot.lab.tasks.deciding import (
    ABSENT,
    LABELS,
    NO_QUESTION,
    of_flags,
    of_points,
    of_question,
)
from copilot.lab.tasks.interview_cases import AskedAt, InterviewExpected

#: A moment that was labelled by ear may lie so far outside the turn, in seconds.
_BESIDE_S = 1.0
#: The probability of being said follows from how sure these states are.
_SAID, _SILENT = ("evidenced", "raised"), ("not_heard", "not_raised")
#: What a suggestion is worth; of most nobody knows.
_WELCOME, _SAID_ALREADY, _UNWELCOME, _UNKNOWN = "welcome", "said already", "silence", "not known"


def decisions_of(known: InterviewExpected, output: Mapping[str, Any]) -> Iterator[Decision]:
    """All labels of an interview, and for each suggestion whether it came in time.

    Args:
        known: What is right.
        output: As ``copilot.lab.interviews.outcome`` makes it.
    """
    findings = output["findings"]
    said = " ".join(
        each["text"] for each in output["utterances"] if each["speaker"] == Channel.CANDIDATE
    )
    for question, points in known.points.items():
        yield from of_points(points, _shown(findings, question, "points"), said)
    for question, flags in known.flags.items():
        yield from of_flags(flags, _shown(findings, question, "flags"), said)
    if known.questions is not None:
        yield from _questions(known.questions, output)
    yield from _suggestions(known, output["suggestions"])


def _shown(
    findings: Mapping[str, Any], question: str, kind: str
) -> dict[str, Mapping[str, object]]:
    """What was found under a question, with the probability that it was said where that follows."""
    found: dict[str, Mapping[str, object]] = {}
    for target, finding in findings.get(question, {}).get(kind, {}).items():
        says, confidence = None, finding["confidence"]
        if confidence is not None and finding["state"] in _SAID:
            says = confidence
        elif confidence is not None and finding["state"] in _SILENT:
            says = 1.0 - confidence
        found[target] = {**finding, "says": says}
    return found


# -- questions ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Turn:
    """What the interviewer says without the candidate taking the floor.

    Attributes:
        numbers: Of its utterances among all.
        start_s: When it begins.
        end_s: When it ends.
    """

    numbers: tuple[int, ...]
    start_s: float
    end_s: float

    def holds(self, label: AskedAt) -> bool:
        """Whether a label is about it."""
        if label.utterance is not None:
            return label.utterance in self.numbers
        at_s = 0.0 if label.at_s is None else label.at_s
        return self.start_s - _BESIDE_S <= at_s <= self.end_s + _BESIDE_S


def _questions(labels: Sequence[AskedAt], output: Mapping[str, Any]) -> Iterator[Decision]:
    """A decision for each turn; where sound was cut into utterances is not what is judged."""
    changes = {each["utterance"]: each for each in output["questions"]}
    missing = list(labels)
    for turn in _turns(output["utterances"]):
        label = next((label for label in missing if turn.holds(label)), None)
        if label is not None:
            missing.remove(label)
        made = [changes[f"u{n}"] for n in turn.numbers if f"u{n}" in changes]
        recognised = made[-1]["question"] if made else None
        confidence = made[-1]["confidence"] if made else None
        yield from of_question(None if label is None else label.question, recognised, confidence)
    for label in missing:
        # Nobody was heard to ask it.
        yield from of_question(label.question, None, None)


def _turns(utterances: Sequence[Mapping[str, Any]]) -> Iterator[_Turn]:
    numbers: list[int] = []
    start_s = end_s = 0.0
    for number, said in enumerate(utterances, 1):
        if said["speaker"] == Channel.INTERVIEWER:
            start_s = said["start_s"] if not numbers else min(start_s, said["start_s"])
            end_s = max(end_s, said["end_s"])
            numbers.append(number)
        elif numbers and len(said["text"].split()) >= MORE_THAN_LISTENING:
            yield _Turn(tuple(numbers), start_s, end_s)
            numbers = []
    if numbers:
        yield _Turn(tuple(numbers), start_s, end_s)


# -- suggestions ----------------------------------------------------------------------------------


def _suggestions(
    known: InterviewExpected, offered: Sequence[Mapping[str, Any]]
) -> Iterator[Decision]:
    wanted = known.suggestions
    for each in offered:
        label = _worth(known, each)
        yield Decision(
            kind="suggestion",
            target=each["under"] or NO_QUESTION,
            label=label,
            state=each["fate"] or "open",
            # What nobody knows the worth of counts neither way, only whether it came in time.
            shown=label != _UNKNOWN,
            right=label == _WELCOME,
            late_s=each["late_s"],
        )
    for question in wanted.none_under:
        if all(each["under"] != question for each in offered):
            yield _kept_silent(question)
    if wanted.most is not None and len(offered) > wanted.most:
        yield Decision(
            kind="suggestion",
            label=f"at most {wanted.most}",
            state=str(len(offered)),
            shown=True,
            right=False,
        )


def _worth(known: InterviewExpected, offered: Mapping[str, Any]) -> str:
    """Whether a suggestion is welcome: one that asks for what the answer leaves out."""
    under, target = offered["under"], offered["target"]
    if under in known.suggestions.none_under:
        return _UNWELCOME
    label = known.points.get(under, {}).get(target)
    if label is None:
        return _UNKNOWN
    if LABELS[label.state] == ABSENT:
        return _WELCOME
    # What the candidate came to afterwards was still missing when it was offered.
    return _UNKNOWN if offered["fate"] == SuggestionFate.ANSWERED else _SAID_ALREADY


def _kept_silent(question: str) -> Decision:
    return Decision(
        kind="suggestion",
        target=question,
        label=_UNWELCOME,
        state=_UNWELCOME,
        shown=False,
        right=False,
    )

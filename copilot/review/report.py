"""Everything a report can tell of a session: what all forms of reports are made from.

The summary, the transcript as reviewers corrected it, and the recap where a language model wrote
one. What the candidate told unasked about protected matters is left out of the transcript as it is
out of quotes, because a report may be handed on.
"""

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter

from copilot.coach.unsolicited import Unsolicited, load_unsolicited
from copilot.events import Channel, RecapWritten, Utterance
from copilot.events.values import Value
from copilot.review.recap.standing import standing_recap
from copilot.review.reviewed import Reviewed
from copilot.review.summarising import summarise
from copilot.review.summary import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine(Value):
    """An utterance as reports show it.

    Attributes:
        utterance_id: Its id.
        speaker: Who said it, as corrected.
        start_s: Session time at which it begins, in seconds.
        end_s: Session time at which it ends, in seconds.
        text: What was said, as corrected; ``[…]`` stands for what was told unasked about a
            protected matter.
        corrected: Whether a reviewer corrected the text or the speaker.
        uncertain: Whether the text is doubtful.
        question: The planned question that was being answered, or None.
    """

    utterance_id: str
    speaker: Channel
    start_s: float
    end_s: float
    text: str
    corrected: bool
    uncertain: bool
    question: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Value):
    """A session as a report tells it.

    Attributes:
        format: Version of this form.
        language: The report's language, ``en`` or ``fr``.
        summary: What was heard and what became of it.
        transcript: Everything said, in the order of time.
        recap: The answers in a language model's prose, in the report's language, as far as it
            stands after later corrections; None where none was written.
    """

    type: Literal["report"] = "report"
    format: Literal[1] = 1
    language: str
    summary: Summary
    transcript: tuple[ReportLine, ...]
    recap: RecapWritten | None


_adapter: TypeAdapter[Report] = TypeAdapter(Report)


def report_to_json(report: Report) -> bytes:
    """The report as indented UTF-8 JSON with a newline at its end."""
    return _adapter.dump_json(report, indent=2) + b"\n"


def report_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a report."""
    return _adapter.json_schema(mode="serialization")


def report_of(
    state: Reviewed, language: str | None = None, unsolicited: Unsolicited | None = None
) -> Report:
    """What there is to report of a session.

    Args:
        state: The session with its reviews.
        language: The report's language; that of the interview unless given.
        unsolicited: Finds what is left out; by default by all packs there are.

    Raises:
        ValueError: The session has not even started.
        GuideError: A pack of the user's own is broken.
    """
    hidden = unsolicited or load_unsolicited()
    summary = summarise(state, hidden)
    language = language or summary.language
    return Report(
        language=language,
        summary=summary,
        transcript=tuple(_line(state, said, hidden) for said in _in_order(state)),
        recap=standing_recap(state, language),
    )


def _in_order(state: Reviewed) -> list[Utterance]:
    return sorted(state.interview.utterances.values(), key=lambda said: (said.start_s, said.end_s))


def _line(state: Reviewed, said: Utterance, hidden: Unsolicited) -> ReportLine:
    shown = state.utterance(said.id)
    return ReportLine(
        utterance_id=said.id,
        speaker=shown.channel,
        start_s=said.start_s,
        end_s=said.end_s,
        text=hidden.text(shown),
        corrected=said.id in state.corrections or said.id in state.speakers,
        uncertain=said.uncertain,
        question=state.interview.question_at(said.start_s),
    )

"""What cases about whole interviews look like: what they give and know."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from copilot.events import Channel
from copilot.knowledge.guide import Language
from copilot.lab.cases import LabModel
from copilot.lab.tasks.local_cases import PointLabel, Seconds, Text


class SpokenTurn(LabModel):
    """One utterance of a transcript.

    Attributes:
        speaker: Who speaks.
        text: The words.
        start_s: When it begins, in session seconds; made at the pace of speech where None.
        end_s: When it ends; the same.
    """

    speaker: Channel
    text: Text
    start_s: Seconds | None = None
    end_s: Seconds | None = None


class InterviewVars(LabModel):
    """A whole interview; exactly one of transcript, recording and session.

    Attributes:
        role: The guide's id; of a session empty for its own.
        language: ``en`` or ``fr``; of a session empty for its own.
        plan: Ids of the planned questions, in order; empty for the session's, or all of the guide.
        transcript: What is said.
        recording: Path of a recording, interviewer left and candidate right.
        session: Id of a stored session.
        hear: Of a session, its text as it was transcribed, or its sound anew.
    """

    role: str = ""
    language: Language | Literal[""] = ""
    plan: tuple[str, ...] = ()
    transcript: tuple[SpokenTurn, ...] = ()
    recording: Path | None = None
    session: str = ""
    hear: Literal["transcript", "sound"] = "transcript"

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if sum(map(bool, (self.transcript, self.recording, self.session))) != 1:
            raise ValueError("give exactly one of transcript, recording and session")
        if not self.session and not (self.role and self.language):
            raise ValueError("give role and language")
        return self


class AskedAt(LabModel):
    """When a planned question is asked; either by number or by time.

    Attributes:
        utterance: Number of the interviewer's utterance among all, in the order in which they are
            heard, 1 for the first.
        at_s: A moment within that turn of the interviewer's, in session seconds.
        question: The planned question; None for none.
    """

    utterance: Annotated[int, Field(ge=1)] | None = None
    at_s: Seconds | None = None
    question: str | None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.utterance is None) == (self.at_s is None):
            raise ValueError("give either utterance or at_s")
        return self


class SuggestionsExpected(LabModel):
    """What is right about suggestions.

    Attributes:
        most: So many at most; None for any number.
        none_under: Questions under which it must stay silent.
    """

    most: Annotated[int, Field(ge=0)] | None = None
    none_under: tuple[str, ...] = ()


class InterviewExpected(LabModel):
    """What is right about a whole interview; what is not named is not judged.

    Attributes:
        points: By question, then by point.
        flags: By question, then by flag, the words that raise it; None where it must not be raised.
        questions: When which planned question is asked. Where it is given, every other turn of the
            interviewer's asks none.
        suggestions: How many, and where not.
    """

    points: Mapping[str, Mapping[str, PointLabel]] = Field(default_factory=dict)
    flags: Mapping[str, Mapping[str, str | None]] = Field(default_factory=dict)
    questions: tuple[AskedAt, ...] | None = None
    suggestions: SuggestionsExpected = SuggestionsExpected()

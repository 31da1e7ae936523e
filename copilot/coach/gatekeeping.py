"""The gate as the coach has it: what a suggestion is checked against, taken from the interview."""

import dataclasses
from collections.abc import Iterator

from copilot.coach.gate import Expected, Gate, GateContext, Verdict
from copilot.events import Channel, Suggestion, SuggestionKind
from copilot.interview import Interview
from copilot.knowledge.guide import Guide, Listened


class Gatekeeper:
    """Holds every local suggestion to the gate."""

    def __init__(self, guide: Guide, gate: Gate) -> None:
        """Prepare for an interview.

        Args:
            guide: In the language of the interview.
            gate: The rules.
        """
        self._guide = guide
        self._gate = gate
        # In a pause the coach looks ten times a second, and nothing changes between events.
        self._seq = 0
        self._verdicts: dict[str, bool] = {}

    def __call__(self, suggestion: Suggestion, interview: Interview, /) -> bool:
        """Whether it may be shown."""
        if interview.seq != self._seq:
            self._seq = interview.seq
            self._verdicts.clear()
        if suggestion.text not in self._verdicts:
            verdict = self._gate.check(suggestion.text, self._context(suggestion, interview))
            self._verdicts[suggestion.text] = verdict.passed
        return self._verdicts[suggestion.text]

    def other_wording(
        self, text: str, suggestion: Suggestion, interview: Interview, language: str
    ) -> Verdict:
        """What the gate makes of another wording of a suggestion that is on the screen.

        Args:
            text: The wording, written by a language model, so that it needs a tie to the answer.
            suggestion: As it stands on the screen; that it says the same is no fault.
            interview: What is known.
            language: ``en`` or ``fr``, the one being spoken.
        """
        return self._gate.check(text, self.wording_context(suggestion, interview, language))

    def wording_context(
        self, suggestion: Suggestion, interview: Interview, language: str
    ) -> GateContext:
        """What another wording is checked against; arguments as ``other_wording`` has them."""
        context = self._context(suggestion, interview)
        asked = tuple(one for one in context.asked if one != suggestion.text)
        return dataclasses.replace(context, language=language, asked=asked, local=False)

    def _context(self, suggestion: Suggestion, interview: Interview) -> GateContext:
        question = suggestion.question
        listened = self._listened(suggestion)
        return GateContext(
            language=self._guide.language,
            question=self._guide.question(question).text,
            answer=" ".join(said.text for said in interview.answer(question)),
            asked=tuple(_asked(interview, question)),
            expected=None
            if listened is None
            else Expected(listened.label, listened.description, listened.says),
            local=True,
        )

    def _listened(self, suggestion: Suggestion) -> Listened | None:
        """The point or flag it is after, if it is after one."""
        match suggestion.kind:
            case SuggestionKind.PROBE:
                points = self._guide.points_for(suggestion.question)
                return next((point for point in points if point.id == suggestion.target), None)
            case SuggestionKind.CLARIFY if suggestion.target is not None:
                return self._guide.flag(suggestion.target)
            case _:
                return None


def _asked(interview: Interview, question: str) -> Iterator[str]:
    """The planned questions asked, what was suggested, and what was said under this question."""
    for planned in interview.plan:
        if interview.was_asked(planned.id):
            yield planned.text
    for record in interview.suggestions.values():
        yield record.suggestion.text
    for said in interview.utterances.values():
        if said.channel is Channel.INTERVIEWER and interview.question_at(said.start_s) == question:
            yield said.text

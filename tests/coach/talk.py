"""An interview with a coach listening."""

from typing import Any

from copilot.coach import Close, Coach, CoachPolicy, Moment, Offer
from copilot.coach.coach import closed_by
from copilot.events import FindingState, Suggestion, SuggestionFate
from copilot.knowledge.guide import Guide
from tests.builders import GUIDE
from tests.story import Story

#: Long enough for an answer to have begun.
ANSWER = "Well, we first look at what the old oven can do and then decide together."


class Talk(Story):
    """An interview with a coach listening."""

    def __init__(self, guide: Guide = GUIDE, policy: CoachPolicy | None = None) -> None:
        super().__init__(guide)
        self.guide = guide
        self.coach = Coach(guide, policy)

    def advise(self, **moment: Any) -> Offer | Close | None:
        """What the coach says, by default after a pause of the candidate's."""
        values = {
            "now_s": self.interview.now_s + 1.0,
            "candidate_silent_s": 1.0,
            "interviewer_speaking": False,
            "text_pending": False,
        }
        return self.coach.advise(self.interview, Moment(**{**values, **moment}))

    def suggested(self, **moment: Any) -> Suggestion:
        """What the coach offers."""
        advice = self.advise(**moment)
        assert isinstance(advice, Offer)
        return advice.suggestion

    def follow(self, **moment: Any) -> Suggestion:
        """Show what the coach offers."""
        return self.offer(self.suggested(**moment))

    def finish(self, fate: SuggestionFate) -> Suggestion:
        """Show what the coach offers and let it come to that end."""
        offered = self.follow()
        self.close(offered.id, fate, by=closed_by(fate))
        return offered

    def settle(self, *points: str, question: str = "rollout") -> None:
        """Let points be heard."""
        said = self.say("So we did that too.")
        for point in points:
            self.find(point, FindingState.EVIDENCED, said=said, question=question)

"""What each person thinks who judged one session, apart from what the others think.

A session keeps one judgement that stands. Where several people reviewed it, the last of them would
hide the others, so that here each keeps their own. What was judged during the interview is of
whoever held it: they are known by the name under which consent was recorded.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from copilot.events import CompetencyRated, QuestionRated, Recommendation, Recommended, Unrated
from copilot.events.values import Value
from copilot.review.plain_line import plain_line
from copilot.review.reviewed import Reviewed


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Value):
    """One person's judgement of a question, of a competency or on the whole.

    Attributes:
        by: Who; empty for whoever held the interview and gave no name.
        rating: 1 to 4; None where there is none.
        unrated: Why there is none.
        recommendation: What they recommend, where that was judged.
        reason: In their words; may be empty.
        at_s: When, in seconds since the session's start.
        in_review: Whether it was given after the interview.
    """

    by: str
    rating: int | None = None
    unrated: Unrated | None = None
    recommendation: Recommendation | None = None
    reason: str = ""
    at_s: float
    in_review: bool

    @property
    def is_given(self) -> bool:
        """Whether it judges, and does not take a judgement back."""
        return not (self.rating is None and self.unrated is None and self.recommendation is None)


class Opinions:
    """The judgements of a session by who gave them."""

    def __init__(self, state: Reviewed) -> None:
        self._state = state
        consent = state.interview.consent
        self._interviewer = "" if consent is None else plain_line(consent.by)

    def of_question(self, question: str) -> dict[str, tuple[Opinion, ...]]:
        """Everyone's judgements of an answer in order, by their name; the last one stands."""
        return self._by_person(self._state.interview.ratings.get(question, ()))

    def of_competency(self, competency: str) -> dict[str, tuple[Opinion, ...]]:
        """The same of a competency."""
        return self._by_person(self._state.interview.competency_ratings.get(competency, ()))

    def on_the_whole(self) -> dict[str, tuple[Opinion, ...]]:
        """The same of what they recommend."""
        return self._by_person(self._state.interview.recommendations)

    def people(self) -> tuple[str, ...]:
        """Everyone who judged anything, in the order in which they began."""
        interview = self._state.interview
        events: list[QuestionRated | CompetencyRated | Recommended] = [
            *(event for given in interview.ratings.values() for event in given),
            *(event for given in interview.competency_ratings.values() for event in given),
            *interview.recommendations,
        ]
        names = {event.seq: self._name(event) for event in events}
        return tuple(dict.fromkeys(name for _seq, name in sorted(names.items())))

    @property
    def interviewer(self) -> str:
        """The name under which the interview was held; empty where none was given."""
        return self._interviewer

    def _name(self, event: QuestionRated | CompetencyRated | Recommended) -> str:
        return plain_line(self._state.by_of(event)) or self._interviewer

    def _by_person(
        self, events: Iterable[QuestionRated | CompetencyRated | Recommended]
    ) -> dict[str, tuple[Opinion, ...]]:
        found: dict[str, list[Opinion]] = {}
        for event in events:
            by = self._name(event)
            found.setdefault(by, []).append(self._opinion(event, by))
        return {by: tuple(given) for by, given in found.items()}

    def _opinion(self, event: QuestionRated | CompetencyRated | Recommended, by: str) -> Opinion:
        in_review = self._state.was_made_in_review(event)
        if isinstance(event, Recommended):
            return Opinion(
                by=by,
                recommendation=event.recommendation,
                reason=event.reason,
                at_s=event.at_s,
                in_review=in_review,
            )
        return Opinion(
            by=by,
            rating=event.rating,
            unrated=event.unrated,
            reason=event.reason,
            at_s=event.at_s,
            in_review=in_review,
        )


def standing(given: dict[str, tuple[Opinion, ...]]) -> tuple[Opinion, ...]:
    """Each person's last judgement, by name, without those who took theirs back."""
    last = [opinions[-1] for _by, opinions in sorted(given.items())]
    return tuple(opinion for opinion in last if opinion.is_given)


def whose(opinions: Opinions, name: str | None, login: str) -> Callable[[str], bool]:
    """Whether a judgement under a name is the reader's own.

    Args:
        opinions: The session's.
        name: Under which the reader says they judged; None for whoever is logged in.
        login: The name under which they are logged in.
    """
    if name is not None:
        return lambda by: by.casefold() == name.casefold()
    # Whoever is logged in held the sessions of this data folder, whatever name they gave then.
    mine = {"", login, opinions.interviewer}
    return lambda by: by in mine

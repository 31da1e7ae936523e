"""What a human judged, in words and as one character."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from copilot.events import CompetencyRated, QuestionRated, Recommendation, Unrated
from copilot.i18n import N_, _

#: Looked up with ``_`` where they are shown.
UNRATED: dict[Unrated, str] = {
    Unrated.NOT_ENOUGH: N_("not enough to tell"),
    Unrated.NOT_ASKED: N_("not asked"),
}
UNRATED_SIGNS: dict[Unrated, str] = {Unrated.NOT_ENOUGH: "?", Unrated.NOT_ASKED: "/"}
NO_JUDGEMENT = "-"
#: In the order in which they are offered.
RECOMMENDATIONS: dict[Recommendation, str] = {
    Recommendation.STRONG_NO: N_("strong no"),
    Recommendation.NO: N_("no"),
    Recommendation.UNDECIDED: N_("undecided"),
    Recommendation.YES: N_("yes"),
    Recommendation.STRONG_YES: N_("strong yes"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a human judges of an answer or a competency.

    Attributes:
        rating: 1 to 4; None for none.
        unrated: Why there is none; None takes back what stands.
        reason: In the human's words; may be empty.
    """

    rating: int | None
    unrated: Unrated | None = None
    reason: str = ""

    @classmethod
    def of(cls, event: QuestionRated | CompetencyRated | None) -> "Judgement":
        """What an event says; nothing where there is none."""
        return cls(None) if event is None else cls(event.rating, event.unrated, event.reason)

    @property
    def is_given(self) -> bool:
        """Whether it judges at all."""
        return self.rating is not None or self.unrated is not None

    @property
    def sign(self) -> str:
        """One character for lists."""
        if self.rating is not None:
            return str(self.rating)
        return NO_JUDGEMENT if self.unrated is None else UNRATED_SIGNS[self.unrated]

    @property
    def words(self) -> str:
        """A few words for it."""
        if self.rating is not None:
            return _("{rating} of 4", rating=self.rating)
        return _("taken back") if self.unrated is None else _(UNRATED[self.unrated])


def with_reason(words: str, reason: str) -> str:
    """A judgement's words with the reason behind them, where there is one."""
    return _("{words}: {reason}", words=words, reason=reason) if reason else words


Given = TypeVar("Given", QuestionRated, CompetencyRated)


def earlier_of(given: Sequence[Given]) -> list[Given]:
    """The judgements before the one that stands, the latest first."""
    stands = bool(given) and Judgement.of(given[-1]).is_given
    return list(reversed(given[:-1] if stands else given))

"""Everything worth asking about an answer, the most valuable first.

Value comes from the guide: a point's weight, and whether the question is about it. What no guide
says is placed among the weights: the teller's own part and a story's beginning weigh more than an
expected point, because nothing else can be rated without them. Among equals comes first what the
candidate has just spoken of, then what is unclear, then the guide's order.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from copilot.coach.advice import ClaimReader, CoachPolicy, MayQuote, all_quotable
from copilot.coach.history import (
    is_done_with,
    latest_turn,
    was_clarified,
    was_put,
    was_shown,
)
from copilot.coach.story import StoryPart, asks_for_story, is_about_team, told, word_count
from copilot.coach.terms import Terms
from copilot.coach.wording import own_questions, reason
from copilot.events import (
    Evidence,
    FindingKind,
    FindingMade,
    FindingState,
    Suggestion,
    SuggestionKind,
    Utterance,
)
from copilot.interview import Interview
from copilot.knowledge.guide import Guide, Point

#: What was said of such a point needs no probe.
SETTLED = frozenset({FindingState.EVIDENCED, FindingState.DENIED})

#: How valuable the parts of a story are, beside points of weight 1 to 3, in the order in which
#: they are asked for: without an occasion there is no part in it.
_STORY_VALUES = {
    StoryPart.SITUATION: 2.75,
    StoryPart.ACTION: 2.5,
    StoryPart.RESULT: 2.25,
    StoryPart.TASK: 0.75,
}
#: Of a competency that the question was not written to show: less than of all else.
_BESIDE_VALUE = 0.5
#: Of its weight, what a point is worth that the guide has no probe for: less than all the guide and
#: the story ask for, since the coach can only ask to hear more.
_UNPROBED = 0.2
_NEW_CLAIM_VALUE = 2.25
_OLD_CLAIM_VALUE = 1.5


@dataclass(frozen=True, slots=True)
class _Want:
    """Something worth asking about.

    Attributes:
        kind: What the suggestion is after.
        target: Its target.
        questions: Ways of asking, the best first.
        reason: Why.
        value: How much it is worth, as points weigh.
        near: Whether the candidate has just spoken of it.
        doubtful: Whether it was said, but unclear.
        said: The words that the question is about, if any.
    """

    kind: SuggestionKind
    target: str | None
    questions: tuple[str, ...]
    reason: str
    value: float
    near: bool = False
    doubtful: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the rules find in an answer."""

    told: frozenset[StoryPart]
    claim: Evidence | None


class FollowUps:
    """Finds what to ask about an answer by the guide and by light rules."""

    def __init__(
        self,
        guide: Guide,
        policy: CoachPolicy,
        claims: ClaimReader,
        may_quote: MayQuote = all_quotable,
    ) -> None:
        self._guide = guide
        self._may_quote = may_quote
        self._policy = policy
        self._claims = claims
        self._terms = Terms(guide.terms, guide.language)
        # The coach looks ten times a second, an answer changes every few seconds.
        self._read: tuple[tuple[Utterance, ...], _Reading] | None = None

    def about(self, interview: Interview, question: str) -> Iterator[Suggestion]:
        """Suggestions for the answer to ``question`` that were not made yet, the best first."""
        yield from self._clarifications(interview, question)
        wants = [
            *self._points(interview, question),
            *self._story(interview, question),
            *self._figure(interview, question),
        ]
        # The sort is stable, so that equals stay in the guide's order.
        for want in sorted(wants, key=lambda w: (-w.value, not w.near, not w.doubtful)):
            for text in want.questions:
                if not was_shown(interview, text):
                    yield from self._worded(interview, question, want, text)

    def is_answered(self, interview: Interview, suggestion: Suggestion) -> bool:
        """Whether what a suggestion is after was heard meanwhile."""
        question, target = suggestion.question, suggestion.target
        match suggestion.kind:
            case SuggestionKind.PROBE if target is not None:
                return interview.state_of(question, FindingKind.POINT, target) in SETTLED
            case SuggestionKind.STAR:
                return target in self._reading(interview.answer(question)).told
            case SuggestionKind.FIGURE:
                return self._reading(interview.answer(question)).claim is None
            case _:
                return False

    # -- what is wanted -------------------------------------------------------------------------

    def _clarifications(self, interview: Interview, question: str) -> Iterator[Suggestion]:
        for finding in interview.raised_flags():
            if finding.question == question and not was_clarified(interview, finding.id):
                flag = self._guide.flag(finding.id)
                if not flag.probe:
                    continue  # the guide does not say how to ask
                why = reason(self._guide.language, "flag", label=flag.label)
                want = _Want(SuggestionKind.CLARIFY, flag.id, (flag.probe,), why, 0)
                yield _suggestion(interview, question, want, flag.probe)

    def _points(self, interview: Interview, question: str) -> Iterator[_Want]:
        turn = latest_turn(interview)
        for point in self._guide.points_for(question):
            finding = interview.findings.get((question, FindingKind.POINT, point.id))
            if finding is not None and finding.state in SETTLED:
                continue
            if not is_done_with(interview, SuggestionKind.PROBE, question, point.id):
                value = self._value(question, point)
                yield self._point(interview, point, finding, turn, value)

    def _value(self, question: str, point: Point) -> float:
        """A point's weight; little where it stands in for one that the question has not.

        A question without points is matched against every competency, also those it is not about.
        What the guide would have asked of these sounds out of place there.
        """
        asked = self._guide.question(question)
        if asked.points or not asked.competencies or point.id in asked.competencies:
            return point.weight
        return _BESIDE_VALUE

    def _point(
        self,
        interview: Interview,
        point: Point,
        finding: FindingMade | None,
        turn: frozenset[str],
        value: float,
    ) -> _Want:
        unclear = finding is not None and finding.state is FindingState.UNCLEAR
        evidence = finding.evidence if finding is not None and unclear else ()
        near = any(turn.intersection(quoted.utterance_ids) for quoted in evidence)
        key = "near" if near else "unclear" if unclear else "not_heard"
        return _Want(
            SuggestionKind.PROBE,
            point.id,
            point.probes or own_questions(self._guide.language, "open"),
            reason(self._guide.language, key, label=point.label),
            value if point.probes else value * _UNPROBED,
            near,
            unclear,
            " ".join(self._quotable(interview, quoted) for quoted in evidence),
        )

    def _story(self, interview: Interview, question: str) -> Iterator[_Want]:
        """The first part of a story that is missing; the others are asked for in their turn."""
        language = self._guide.language
        if not asks_for_story(self._guide.question(question), language):
            return
        answer = interview.answer(question)
        if word_count(answer) < self._policy.story_words:
            return
        heard = self._reading(answer).told
        for part, value in _STORY_VALUES.items():
            if part in heard:
                continue
            if was_put(interview, SuggestionKind.STAR, question, part):
                continue
            we = part is StoryPart.ACTION and is_about_team(answer, language)
            yield _Want(
                SuggestionKind.STAR,
                part.value,
                own_questions(language, part),
                reason(language, "we" if we else part),
                value,
                # A story's beginning and its task are not about the last thing said.
                said=answer[-1].text
                if part in (StoryPart.ACTION, StoryPart.RESULT) and self._may_quote(answer[-1])
                else "",
            )
            return

    def _figure(self, interview: Interview, question: str) -> Iterator[_Want]:
        if was_put(interview, SuggestionKind.FIGURE, question, None):
            return
        claim = self._reading(interview.answer(question)).claim
        if claim is None:
            return
        near = bool(latest_turn(interview).intersection(claim.utterance_ids))
        language = self._guide.language
        yield _Want(
            SuggestionKind.FIGURE,
            None,
            own_questions(language, "figure"),
            reason(language, "figure"),
            _NEW_CLAIM_VALUE if near else _OLD_CLAIM_VALUE,
            near,
            said=self._quotable(interview, claim),
        )

    def _quotable(self, interview: Interview, evidence: Evidence) -> str:
        """A quote whose words may be taken up; nothing where a part of it may not."""
        said = (interview.utterances[utterance_id] for utterance_id in evidence.utterance_ids)
        return evidence.quote if all(map(self._may_quote, said)) else ""

    def _reading(self, answer: tuple[Utterance, ...]) -> _Reading:
        if self._read is None or self._read[0] != answer:
            language = self._guide.language
            self._read = answer, _Reading(told(answer, language), self._claims(answer, language))
        return self._read[1]

    # -- how it is put --------------------------------------------------------------------------

    def _worded(
        self, interview: Interview, question: str, want: _Want, text: str
    ) -> Iterator[Suggestion]:
        """The question behind a term of the candidate's, where it can be, and by itself."""
        taken_up = self._terms.taken_up(text, want.said)
        if taken_up is not None:
            yield _suggestion(interview, question, want, taken_up)
        yield _suggestion(interview, question, want, text)


def _suggestion(interview: Interview, question: str, want: _Want, text: str) -> Suggestion:
    return Suggestion(
        id=f"s{len(interview.suggestions) + 1}",
        kind=want.kind,
        text=text,
        reason=want.reason,
        question=question,
        target=want.target,
    )

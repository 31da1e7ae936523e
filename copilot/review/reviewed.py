"""A session as it stands after what its reviewers changed: events in, state out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from copilot.errors import EventError
from copilot.events import (
    QUOTED_STATES,
    Actor,
    BlindingLifted,
    Channel,
    CompetencyRated,
    Event,
    Evidence,
    FindingMade,
    FindingState,
    QuestionRated,
    RecapWritten,
    Recommended,
    ReviewOpened,
    ReviewSubmitted,
    SpeakerCorrected,
    TextCorrected,
    Utterance,
)
from copilot.interview import Interview
from copilot.interview.views import FindingKey


@dataclass
class Reviewed:
    """An interview and the changes made to it after its last event.

    The interview's own utterances stay as they were heard, because every quote was checked against
    them. ``apply`` is the only way to change what is here.

    Attributes:
        interview: With ratings, notes, marks and findings as reviewers left them.
        sittings: Who reviewed, and when.
        corrections: The corrected text of each utterance that has one.
        speakers: The corrected speaker of each utterance that has one.
        changed_at: Number of the last change to each utterance's text or speaker, be it that a
            correction was taken back.
        lifted: When the machine's findings were shown before they were rated.
        rated_after_findings: The questions and competencies first rated after that, by id.
        recaps: The recap that stands, by its language.
        submitted: When ratings were handed in to a panel.
        seq: Number of the last change.
        at_s: Its time, in seconds since the session's start.
        session_seq: Number of the session's own last event.
    """

    interview: Interview
    sittings: list[ReviewOpened] = field(default_factory=list)
    corrections: dict[str, TextCorrected] = field(default_factory=dict)
    speakers: dict[str, SpeakerCorrected] = field(default_factory=dict)
    changed_at: dict[str, int] = field(default_factory=dict)
    lifted: list[BlindingLifted] = field(default_factory=list)
    rated_after_findings: set[str] = field(default_factory=set)
    recaps: dict[str, RecapWritten] = field(default_factory=dict)
    submitted: list[ReviewSubmitted] = field(default_factory=list)
    seq: int = 0
    at_s: float = 0.0
    session_seq: int = field(init=False)
    #: Who made each change, by its number in the interview.
    _by: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session_seq = self.interview.seq

    def apply(self, event: Event) -> None:
        """Take one change in.

        Raises:
            EventError: It is out of order or breaks a rule; the state is then unchanged.
        """
        if event.seq != self.seq + 1:
            raise EventError(f"event {event.seq} came after event {self.seq}.")
        if not self.sittings and not isinstance(event, ReviewOpened):
            raise EventError(f"event {event.seq}: a review begins with who reviews.")
        match event:
            case ReviewOpened():
                self.sittings.append(event)
            case TextCorrected():
                self._correct(event)
            case SpeakerCorrected():
                self._correct_speaker(event)
            case BlindingLifted():
                if event.question is not None:
                    self.interview.planned(event.question)
                self.lifted.append(event)
            case RecapWritten():
                self._keep_recap(event)
            case ReviewSubmitted():
                self.submitted.append(event)
            case QuestionRated():
                answers = self.interview.ratings.get(event.question, [])
                self._rate(event, event.question, answers, led=self.may_see(event.question))
            case CompetencyRated():
                earlier = self.interview.competency_ratings.get(event.competency, [])
                led = self.may_see_competency(event.competency)
                self._rate(event, event.competency, earlier, led=led)
            case _:
                self._amend(event)
        self.seq, self.at_s = event.seq, event.at_s

    def _correct(self, event: TextCorrected) -> None:
        if event.utterance_id not in self.interview.utterances:
            raise EventError(f"no utterance {event.utterance_id} was heard.")
        if event.text is None:
            self.corrections.pop(event.utterance_id, None)
        elif not event.text.strip():
            raise EventError(f"the corrected text of {event.utterance_id} is empty.")
        else:
            self.corrections[event.utterance_id] = event
        self.changed_at[event.utterance_id] = event.seq

    def _correct_speaker(self, event: SpeakerCorrected) -> None:
        heard = self.interview.utterances.get(event.utterance_id)
        if heard is None:
            raise EventError(f"no utterance {event.utterance_id} was heard.")
        if event.channel in (None, heard.channel):
            self.speakers.pop(event.utterance_id, None)
        else:
            self.speakers[event.utterance_id] = event
        self.changed_at[event.utterance_id] = event.seq

    def _keep_recap(self, event: RecapWritten) -> None:
        for part in event.parts:
            self.interview.planned(part.question)
            for sentence in part.sentences:
                unknown = set(sentence.utterance_ids).difference(self.interview.utterances)
                if unknown or not sentence.utterance_ids:
                    raise EventError(f"event {event.seq}: a sentence rests on nothing heard.")
        self.recaps[event.language] = event

    def _rate(
        self,
        event: QuestionRated | CompetencyRated,
        rated: str,
        earlier: Iterable[QuestionRated | CompetencyRated],
        *,
        led: bool,
    ) -> None:
        first = is_given(event) and not any(map(is_given, earlier))
        self._amend(event)
        if first and led:
            self.rated_after_findings.add(rated)

    def _amend(self, event: Event) -> None:
        # Numbered on from the session's own, so that later ones count as later.
        numbered = replace(event, seq=self.interview.seq + 1)
        self.interview.amend(numbered)
        self._by[numbered.seq] = self.sittings[-1].by

    # -- reading --------------------------------------------------------------------------------

    def text_of(self, utterance_id: str) -> str:
        """What an utterance says, as corrected."""
        corrected = self.corrections.get(utterance_id)
        if corrected is not None and corrected.text is not None:
            return corrected.text
        return self.interview.utterances[utterance_id].text

    def corrected_in(self, evidence: Evidence) -> tuple[str, ...]:
        """Which utterances under a quote were corrected after it was found there."""
        return tuple(uid for uid in evidence.utterance_ids if uid in self.corrections)

    def speaker_of(self, utterance_id: str) -> Channel:
        """Who said an utterance, as corrected."""
        corrected = self.speakers.get(utterance_id)
        if corrected is not None and corrected.channel is not None:
            return corrected.channel
        return self.interview.utterances[utterance_id].channel

    def utterance(self, utterance_id: str) -> Utterance:
        """An utterance with text and speaker as corrected; its words stay those that were heard."""
        return replace(
            self.interview.utterances[utterance_id],
            text=self.text_of(utterance_id),
            channel=self.speaker_of(utterance_id),
        )

    def finding(self, key: FindingKey) -> FindingMade | None:
        """A finding as it stands, without quotes that turned out not to be the candidate's.

        What the machine found in such words alone is unclear; the human's word stands without them.
        """
        made = self.interview.findings.get(key)
        if made is None or not self.speakers:
            return made
        evidence = tuple(item for item in made.evidence if not self._is_anothers(item))
        if len(evidence) == len(made.evidence):
            return made
        rests_on_nothing = made.by is Actor.MACHINE and not evidence and made.state in QUOTED_STATES
        state = FindingState.UNCLEAR if rests_on_nothing else made.state
        return replace(made, state=state, evidence=evidence)

    def findings(self) -> Iterator[FindingMade]:
        """Every finding as it stands."""
        for key in self.interview.findings:
            found = self.finding(key)
            if found is not None:
                yield found

    def is_misattributed(self, key: FindingKey) -> bool:
        """Whether a quote of a finding turned out not to be the candidate's words."""
        made = self.interview.findings.get(key)
        return made is not None and any(map(self._is_anothers, made.evidence))

    def raised_flags(self) -> tuple[FindingMade, ...]:
        """Every flag that stands as raised, in the order in which they were raised."""
        raised = (found for found in self.findings() if found.state is FindingState.RAISED)
        return tuple(sorted(raised, key=lambda finding: finding.seq))

    def _is_anothers(self, evidence: Evidence) -> bool:
        return any(self.speaker_of(uid) is Channel.INTERVIEWER for uid in evidence.utterance_ids)

    def was_made_in_review(self, event: QuestionRated | CompetencyRated | Recommended) -> bool:
        """Whether one of the human's judgements was given after the session."""
        return event.seq > self.session_seq

    def by_of(self, event: Event) -> str:
        """Who made a change; empty for what happened during the session."""
        return self._by.get(event.seq, "")

    def may_see(self, question: str) -> bool:
        """Whether the machine's findings under a question may be shown by now.

        They may once a human has rated it, be it during the call, or has chosen to see them
        before. What was seen cannot be unseen, so a rating taken back hides nothing.
        """
        rated = any(map(is_given, self.interview.ratings.get(question, ())))
        return rated or any(event.question in (None, question) for event in self.lifted)

    def is_open(self, finding: FindingMade) -> bool:
        """Whether a finding may be shown by now; the human's own always may."""
        return finding.by is Actor.HUMAN or self.may_see(finding.question)

    def may_see_competency(self, competency: str) -> bool:
        """Whether what was found for a competency, over all questions, may be shown by now."""
        rated = any(map(is_given, self.interview.competency_ratings.get(competency, ())))
        return rated or any(event.question is None for event in self.lifted)

    def hidden(self) -> tuple[str, ...]:
        """The planned questions whose findings may not be shown yet."""
        return tuple(q.id for q in self.interview.plan if not self.may_see(q.id))


def is_given(event: QuestionRated | CompetencyRated) -> bool:
    """Whether it judges, be it that nothing can be told, and does not take a judgement back."""
    return event.rating is not None or event.unrated is not None


def reviewed(interview: Interview, changes: Iterable[Event]) -> Reviewed:
    """The interview with ``changes`` made to it.

    Raises:
        EventError: One of them breaks a rule.
    """
    state = Reviewed(interview)
    for event in changes:
        state.apply(event)
    return state

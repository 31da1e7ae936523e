"""What candidates said in held interviews, where a human said what it is: sentences for the guide.

A finding that a human confirmed, or set with a quote, becomes a sentence that counts; what they
said was denied, a denial; what the machine had found and they rejected, a near miss. What the
machine thought alone is never one. Every quote is made anonymous first, in the terms of the whole
session, and nothing is kept anywhere until a human takes it over.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from copilot.coach.off_limits import LEFT_OUT
from copilot.coach.unsolicited import Unsolicited, load_unsolicited
from copilot.errors import SessionError
from copilot.events import (
    QUOTED_STATES,
    Actor,
    Channel,
    Evidence,
    FindingKind,
    FindingMade,
    FindingState,
)
from copilot.guides.editing.edits import Action, Edit, Place, Proposal
from copilot.guides.enriching.doubts import Doubter
from copilot.guides.enriching.gaps import GapKind
from copilot.guides.enriching.places import at
from copilot.guides.enriching.waiting import Waiting
from copilot.i18n import _
from copilot.interview import replay
from copilot.interview.views import FindingKey
from copilot.review.anonymising import anonymise
from copilot.review.leaving_out import evidence_without
from copilot.review.reading import read_reviewed
from copilot.review.reviewed import reviewed
from copilot.store import SessionFolder

_LONGEST = 600

#: What a human's word makes of a quote.
_SAYS = frozenset({FindingState.EVIDENCED, FindingState.RAISED})
_REJECTED = frozenset({FindingState.NOT_HEARD, FindingState.NOT_RAISED})

#: Where a quote stands: its utterances, begin and end.
_Moment = tuple[tuple[str, ...], float, float]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence of a candidate, ready to be taken over.

    Attributes:
        proposal: With the anonymous text.
        session: The session's id; it stands nowhere in the proposal.
        said: As it was said, for whoever decides.
    """

    proposal: Proposal
    session: str
    said: str


@dataclass(slots=True)
class Quotes:
    """What one session or several hold.

    Attributes:
        quotes: Each once.
        left_out: Why others are not among them, and how many.
    """

    quotes: list[Quoted] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def leave_out(self, why: str) -> None:
        """Count one that is not taken."""
        self.left_out[why] = self.left_out.get(why, 0) + 1


def quotes_of(folder: SessionFolder, waiting: Waiting, names: Iterable[str] = ()) -> Quotes:
    """The sentences of one session that a human has judged.

    Args:
        folder: The session's, opened where it is encrypted.
        waiting: The guide, or the overlay, they are for: of today, whatever version it was then.
        names: Names to replace beside those that are found.

    Raises:
        SessionError: It is running, was held for another role, or a journal is broken.
        EventError: An event breaks a rule.
        GuideError: The list of refused proposals cannot be read.
    """
    return _Collector(folder, waiting, names).collect()


class _Collector:
    """Goes through one session."""

    def __init__(self, folder: SessionFolder, waiting: Waiting, names: Iterable[str]) -> None:
        self._folder = folder
        self._waiting = waiting
        made = anonymise(folder, names)
        self._state = read_reviewed(folder)
        self._anonymous = reviewed(replay(made.events), made.changes)
        self._hidden: Unsolicited = load_unsolicited()
        self._doubter = Doubter(waiting.guide, waiting.overlay)
        self._found = Quotes()

    def collect(self) -> Quotes:
        started = self._state.interview.started
        if started is None or started.guide.role != self._waiting.role:
            raise SessionError(
                _(
                    "session {session} was not held for {role!r}.",
                    session=self._folder.id,
                    role=self._waiting.role,
                ),
                _("Name one that was: interview-copilot sessions list"),
            )
        if self._language() != self._wanted_language():
            self._found.leave_out(_("session in another language"))
            return self._found
        self._origin = f"interview:{started.started_at[:7]}"
        for key in self._state.interview.findings:
            self._judged(key)
        return self._found

    def _language(self) -> str:
        started = self._state.interview.started
        said = self._state.interview.capture.language
        return said or (started.language if started is not None else "")

    def _wanted_language(self) -> str:
        overlay = self._waiting.overlay
        return self._waiting.guide.language if overlay is None else overlay.language

    def _judged(self, key: FindingKey) -> None:
        finding = self._state.finding(key)
        if finding is None or finding.by is not Actor.HUMAN:
            return
        source, kind = finding, GapKind.SAYS
        if finding.state is FindingState.DENIED:
            kind = GapKind.DENIALS
        elif finding.state in _REJECTED:
            machine = self._state.interview.overruled.get(key)
            if machine is None or machine.state not in QUOTED_STATES:
                return  # what nobody ever heard there has no words
            # Rejected as said, it only sounds like it; rejected as denied, it says nothing of it.
            source, kind = machine, GapKind.NEAR_MISSES
        elif finding.state not in _SAYS:
            return
        place = self._place(finding)
        if place is None:
            self._found.leave_out(_("the guide has no such point or flag any more"))
        elif not source.evidence:
            self._found.leave_out(_("judged without a quote"))
        else:
            self._quotes(key, source, kind, place)

    def _place(self, finding: FindingMade) -> Place | None:
        """Where the point or flag is in the guide of today."""
        guide = self._waiting.guide
        if finding.kind is FindingKind.FLAG:
            places: list[Place] = [("red_flags", finding.id)]
        else:
            places = [
                ("questions", finding.question, "points", finding.id),
                ("competencies", finding.id),
            ]
        for place in places:
            try:
                at(guide, place)
            except KeyError:
                continue
            return place
        return None

    def _quotes(self, key: FindingKey, source: FindingMade, kind: GapKind, place: Place) -> None:
        anonymous = self._anonymous_quotes(key)
        shown = evidence_without(self._state, source, self._hidden)
        for heard, told in zip(source.evidence, shown, strict=True):
            clean = anonymous.get(_moment(heard))
            if LEFT_OUT in told.quote:
                self._found.leave_out(_("a protected fact is told in it"))
            elif clean is not None and (texts := self._texts(heard, clean)) is not None:
                self._propose(place, kind, *texts)

    def _anonymous_quotes(self, key: FindingKey) -> dict[_Moment, Evidence]:
        """What a finding rests on in the anonymous copy, which has the same times."""
        interview = self._anonymous.interview
        findings = (interview.findings.get(key), interview.overruled.get(key))
        evidence = [item for found in findings if found is not None for item in found.evidence]
        return {_moment(item): item for item in evidence}

    def _texts(self, heard: Evidence, clean: Evidence) -> tuple[str, str] | None:
        """A quote as it was said and as it is anonymous; None where it cannot be taken."""
        state, ids = self._state, heard.utterance_ids
        said = state.interview.utterances
        if any(state.speaker_of(uid) is not Channel.CANDIDATE for uid in ids):
            self._found.leave_out(_("somebody else said it"))
            return None
        if any(said[uid].uncertain and uid not in state.corrections for uid in ids):
            self._found.leave_out(_("heard badly, and not corrected"))
            return None
        if not any(uid in state.corrections for uid in ids):
            return heard.quote, clean.quote
        if heard.quote in " ".join(map(state.text_of, ids)):
            return heard.quote, clean.quote
        whole = " ".join(said[uid].text for uid in ids)
        if heard.quote.strip() == whole.strip():
            corrected = " ".join(map(state.text_of, ids))
            return corrected, " ".join(map(self._anonymous.text_of, ids))
        self._found.leave_out(_("corrected since"))
        return None

    def _propose(self, place: Place, kind: GapKind, said: str, text: str) -> None:
        line = " ".join(text.split())
        if len(line) > _LONGEST:
            self._found.leave_out(_("longer than {longest} characters", longest=_LONGEST))
            return
        keys: Place = ("says",) if kind is GapKind.SAYS else ("not_says", kind.replace(" ", "_"))
        whys = {
            GapKind.SAYS: _("said in an interview, and confirmed by a human"),
            GapKind.DENIALS: _("said in an interview, and denied by a human's word"),
            GapKind.NEAR_MISSES: _("heard as this in an interview, and rejected by a human"),
        }
        edit = Edit(Action.ADD, (*place, *keys), line)
        doubt = self._doubter.doubts(kind, edit.place, line)
        proposal = Proposal(edit, self._origin, whys[kind], doubt)
        if self._waiting.is_useful(proposal):
            self._found.quotes.append(Quoted(proposal, self._folder.id, " ".join(said.split())))
        else:
            self._found.leave_out(_("in the guide already, or refused before"))


def joined_quotes(found: Iterable[Quotes]) -> Quotes:
    """Those of several sessions, each sentence once."""
    together = Quotes()
    seen: set[tuple[Place, str]] = set()
    for each in found:
        for why, count in each.left_out.items():
            together.left_out[why] = together.left_out.get(why, 0) + count
        for quoted in each.quotes:
            known = (quoted.proposal.edit.place, str(quoted.proposal.edit.value))
            if known not in seen:
                seen.add(known)
                together.quotes.append(quoted)
    return together


def _moment(item: Evidence) -> _Moment:
    return item.utterance_ids, item.start_s, item.end_s

"""Notes, marked moments and ratings: what the interviewer keeps of an answer."""

from copilot.engine.commands import MarkMoment, RateQuestion, TakeNote
from copilot.events import QuestionRated
from copilot.i18n import _
from copilot.timecode import timecode
from copilot.tui.dialogs.note import NoteDialog
from copilot.tui.dialogs.rate import RateDialog
from copilot.tui.judgements import Judgement, earlier_of, with_reason
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.controls import LiveControls

_ANCHOR_S = 6.0  # how long the anchor of a rating stays


class KeepingControls(LiveControls):
    """The keys with which the interviewer writes, marks and rates."""

    def action_note(self) -> None:
        """Write a line about this moment, also while the session is getting ready."""
        began_s = self._now_s

        def written(text: str | None) -> None:
            if text is not None:
                self._send(TakeNote(text, at_s=began_s))

        self.app.push_screen(NoteDialog(began_s), written)

    def action_mark(self) -> None:
        """Mark this moment."""
        self._send(MarkMoment(self._now_s))

    def action_rate(self, rating: int) -> None:
        """Rate the answer to the question that was shown; 0 takes the rating back."""
        question = self._question.meant()
        if question is None:
            self._say_nothing_asked()
            return
        self._send(RateQuestion(question, rating or None))
        planned = self.interview.planned(question)
        if rating and len(planned.anchors) >= rating:
            title = _("{question}: {rating} of 4", question=planned.label, rating=rating)
            anchor = planned.anchors[rating - 1]
            self.notify(anchor, title=title, timeout=_ANCHOR_S, markup=False)

    def action_anchors(self) -> None:
        """Show what each rating of the question looks like, and rate there."""
        question = self._question.meant()
        if question is None:
            self._say_nothing_asked()
            return

        def rated(judged: Judgement | None) -> None:
            if judged is not None:
                command = RateQuestion(question, judged.rating, judged.unrated, judged.reason)
                self._send(command)

        planned, given = self.interview.planned(question), self.interview.ratings.get(question, [])
        dialog = RateDialog(
            planned.label,
            planned.anchors,
            Judgement.of(self.interview.judgement_of(question)),
            earlier=[_earlier(event) for event in earlier_of(given)],
            at_once=True,
        )
        self.app.push_screen(dialog, rated)

    def _say_nothing_asked(self) -> None:
        text = _(
            "No question is being answered. Press {key} to choose one.",
            key=key_of("question.choose"),
        )
        self._hint(text)


def _earlier(event: QuestionRated) -> str:
    words = with_reason(Judgement.of(event).words, event.reason)
    return _("{time}  {words}", time=timecode(event.at_s), words=words)

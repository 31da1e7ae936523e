"""What the user types during a session becomes commands, or is answered at once."""

from collections.abc import Callable

from copilot.engine.commands import (
    ChooseLanguage,
    ChooseSpeaker,
    Command,
    DismissSuggestion,
    EndSession,
    MarkMoment,
    PauseCapture,
    RateQuestion,
    SetQuestion,
    SkipSuggestion,
    SwapChannels,
    TakeNote,
    TakeSuggestion,
)
from copilot.errors import UsageError, nearest
from copilot.events import CaptureKind, Channel
from copilot.i18n import _
from copilot.plain import deciding, reading
from copilot.plain.line import VERBOSITY_WORDS, Verbosity
from copilot.plain.reading import Running
from copilot.plain.telling import Teller
from copilot.plain.vocabulary import UNRATED_TYPED, WORDS, help_lines, is_yes, understood

#: Where nothing is captured, there is nothing to be off the record.
_NEVER_PAUSED = (CaptureKind.RECORDING, CaptureKind.NONE)
_ON_SUGGESTION: dict[str, Callable[[str], Command]] = {
    "suggestion.take": TakeSuggestion,
    "suggestion.skip": SkipSuggestion,
    "suggestion.dismiss": DismissSuggestion,
}


class Obeying:
    """Understands lines; what a session makes of commands comes back as events.

    Attributes:
        running: What is known of the session beside its events; kept up by whoever hears it.
        ending: Whether the user has ended the session.
    """

    def __init__(
        self, teller: Teller, say: Callable[[str], None], send: Callable[[Command], None]
    ) -> None:
        """Prepare to obey.

        Args:
            teller: Knows the interview, and decides how much is spoken.
            say: Speaks a line.
            send: Hands a command to the session.
        """
        self._teller = teller
        self._say = say
        self._send = send
        self._confirmed: Callable[[], None] | None = None
        self._confirms_end = False
        self._last = ""
        self._pause_wanted: bool | None = None
        self._language_wanted = ""
        self.running = Running()
        self.ending = False

    def obey(self, text: str, last: str) -> None:
        """Do what was typed, or say why not.

        Args:
            text: The line.
            last: What was spoken before it.
        """
        self._last = last
        if self.ending and text.strip():
            self._say(_("The session is being ended."))
            return
        if self._confirmed is not None and self._answers(text):
            return
        if not text.strip():
            self._enter_alone()
            return
        known = understood(text)
        if known is None:
            first = text.split(maxsplit=1)[0]
            names = [_(phrase) for word in WORDS for phrase in word.words]
            near = nearest(first, names) if len(first) > 1 else ""
            near = near if near.startswith("Did") else _("Type help for the commands.")
            self._say(_("There is no command {name!r}. {hint}", name=first, hint=near))
            return
        try:
            self._do(known[0].id, known[1])
        except UsageError as error:
            self._say(" ".join(part for part in (error.message, error.remedy) if part))

    def ask_to_end(self) -> None:
        """End the session, asking once; asked again, it is ended."""
        if self.ending:
            self._say(_("The session is being ended."))
        elif self._confirms_end:
            self.end()
        else:
            self._confirm(_("End the session? Type yes, or anything else to go on."), self.end)
            self._confirms_end = True

    def end(self) -> None:
        """End the session."""
        self._confirmed, self._confirms_end = None, False
        self.ending = True
        self._send(EndSession())
        self._say(_("Ending. What was heard is being worked off."))

    # -- asking back ------------------------------------------------------------------------------

    def _confirm(self, question: str, confirmed: Callable[[], None]) -> None:
        self._confirmed = confirmed
        self._say(question)

    def _answers(self, text: str) -> bool:
        """Take ``text`` as the answer to what was asked back; False where it is a command."""
        confirmed, ends = self._confirmed, self._confirms_end
        self._confirmed, self._confirms_end = None, False
        known = understood(text)
        if confirmed is not None and (is_yes(text) or (ends and known and known[0].id == "quit")):
            confirmed()
            return True
        self._say(_("Not done."))
        return known is None or not text.strip()

    # -- commands ---------------------------------------------------------------------------------

    def _do(self, what: str, more: str) -> None:  # noqa: PLR0912 - one branch a command
        match what:
            case "status" | "where" | "points" | "plan" | "repeat" | "suggestion" | "help":
                self._answer(what)
            case "suggestion.take" | "suggestion.skip" | "suggestion.dismiss":
                self._on_suggestion(what)
            case "all" | "findings" | "alarms" | "transcript" | "suggestion.calm":
                self._speak_more_or_less(what)
            case "question.next":
                self._step(1, moving_on=True)
            case "question.previous":
                self._step(-1)
            case "question.choose":
                self._choose_question(more)
            case "note":
                self._note(more)
            case "mark":
                self._send(MarkMoment())
            case "rate":
                self._rate(more)
            case "point":
                self._send(deciding.decided_point(self._teller.interview, more))
            case "flag":
                self._send(deciding.decided_flag(self._teller.interview, more))
            case "capture.pause" | "capture.off" | "capture.on":
                self._pause(what)
            case "capture.swap" | "language.switch" | "speaker.switch":
                self._on_hearing(what)
            case "quit":
                self.ask_to_end()

    def _answer(self, what: str) -> None:
        interview, now_s = self._teller.interview, self._now_s
        match what:
            case "status":
                lines = [reading.status(interview, self.running)]
            case "where":
                lines = [reading.where(interview, now_s)]
            case "points":
                lines = reading.points(interview)
            case "plan":
                lines = reading.plan(interview, now_s)
            case "repeat":
                lines = [self._last]
            case "suggestion":
                lines = [self._teller.open_suggestion() or _("No suggestion now.")]
            case _:
                lines = help_lines()
        for line in lines:
            self._say(line)

    @property
    def _now_s(self) -> float:
        vitals = self.running.vitals
        now_s = self._teller.interview.now_s
        return now_s if vitals is None else max(now_s, vitals.now_s)

    def _on_suggestion(self, what: str) -> None:
        meant = self._teller.meant()
        if meant is None:
            self._say(_("No suggestion was spoken that is still open."))
            return
        still = self._teller.interview.open_suggestion
        if still is None or still.suggestion.id != meant.id:
            self._say(_("That suggestion is gone."))
            return
        self._send(_ON_SUGGESTION[what](meant.id))

    def _speak_more_or_less(self, what: str) -> None:
        teller = self._teller
        if what == "transcript":
            teller.transcript = not teller.transcript
            told = _("What is said is spoken.") if teller.transcript else _("It is left out.")
        elif what == "suggestion.calm":
            teller.calm = not teller.calm
            held = _("Suggestions are held back.")
            told = held if teller.calm else _("Suggestions are spoken again.")
        else:
            teller.verbosity = Verbosity(what)
            told = _(VERBOSITY_WORDS[teller.verbosity])
        self._say(told)

    def _step(self, by: int, *, moving_on: bool = False) -> None:
        interview = self._teller.interview
        ids = [question.id for question in interview.plan] if interview.started else []
        current = interview.current_question
        index = (ids.index(current) + by) if current else 0
        if 0 <= index < len(ids):
            self._send(SetQuestion(ids[index], moving_on=moving_on))
        else:
            self._say(_("There is no other question that way."))

    def _choose_question(self, more: str) -> None:
        interview = self._teller.interview
        plan = interview.plan if interview.started else ()
        if more.isdecimal() and int(more) <= len(plan):
            number = int(more)
            self._send(SetQuestion(plan[number - 1].id if number else None))
            return
        found = [
            q for q in plan if more and (more == q.id or more.casefold() in q.label.casefold())
        ]
        if len(found) == 1:
            self._send(SetQuestion(found[0].id))
            return
        self._say(_("Which question? Type its number; plan reads them out."))

    def _note(self, text: str) -> None:
        if not text:
            self._say(_("Type note and then the line to keep."))
            return
        self._send(TakeNote(text))

    def _rate(self, more: str) -> None:
        question = self._teller.interview.current_question
        if question is None:
            self._say(_("No question is being answered. Type question and its number."))
            return
        unrated = {_(words).casefold(): why for why, words in UNRATED_TYPED.items()}
        unrated |= {words.casefold(): why for why, words in UNRATED_TYPED.items()}
        rating, _space, reason = more.partition(" ")
        if more.casefold() in unrated:
            self._send(RateQuestion(question, None, unrated[more.casefold()]))
        elif rating in ("0", "1", "2", "3", "4"):
            self._send(RateQuestion(question, int(rating) or None, reason=reason or None))
        else:
            self._say(
                _(
                    "Rate with 1, 2, 3 or 4 and, if you like, a reason; or with not enough or not"
                    " asked. 0 takes the rating back."
                )
            )

    # -- what is heard ----------------------------------------------------------------------------

    @property
    def _kind(self) -> CaptureKind | None:
        started = self._teller.interview.started
        return None if started is None else started.capture

    def _pause(self, what: str) -> None:
        if self._kind in _NEVER_PAUSED:
            self._say(_("Nothing is being recorded that could go off the record."))
            return
        is_paused = self._teller.interview.capture.paused_at_s is not None
        # Asked for last: the session may take a moment to do it, and the command may come again.
        was = is_paused if self._pause_wanted is None else self._pause_wanted
        wanted = not was if what == "capture.pause" else what == "capture.off"
        if wanted == was == is_paused:
            self._say(_("Off the record already.") if wanted else _("On the record already."))
            return
        self._pause_wanted = wanted
        self._send(PauseCapture(wanted))

    def _on_hearing(self, what: str) -> None:
        kind = self._kind
        if kind in (None, CaptureKind.NONE):
            self._say(_("Nothing is being heard."))
        elif what == "capture.swap":
            ask = _("Exchange you and the candidate? All is read anew. Type yes to do it.")
            self._confirm(ask, lambda: self._send(SwapChannels()))
        elif what == "language.switch":
            self._switch_language()
        elif kind is CaptureKind.ROOM:
            self._switch_speaker()
        else:
            self._say(_("Each side has its own device; who speaks is known."))

    def _switch_language(self) -> None:
        interview = self._teller.interview
        begun_in = interview.started.language if interview.started else "en"
        spoken = self._language_wanted or interview.capture.language or begun_in
        language = "fr" if spoken == "en" else "en"
        self._send(ChooseLanguage(language))
        self._language_wanted = language

    def _switch_speaker(self) -> None:
        speaker = self._teller.interview.capture.speaker or Channel.INTERVIEWER
        self._send(ChooseSpeaker(speaker.other))

    def _enter_alone(self) -> None:
        if self._kind is CaptureKind.ROOM:
            self._switch_speaker()

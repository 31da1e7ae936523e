"""What the user does on the live screen: keys become commands."""

from typing import ClassVar

from textual.screen import Screen

from copilot.engine.commands import (
    ChooseLanguage,
    ChooseSpeaker,
    Command,
    DismissSuggestion,
    EndSession,
    PauseCapture,
    RateQuestion,
    SetQuestion,
    SkipSuggestion,
    SwapChannels,
    TakeNote,
    TakeSuggestion,
)
from copilot.errors import UsageError
from copilot.events import CaptureKind, Channel
from copilot.interview import Interview
from copilot.tui.dialogs.choose_question import ChooseQuestion
from copilot.tui.dialogs.confirm_end import ConfirmEnd
from copilot.tui.dialogs.confirm_swap import ConfirmSwap
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.dialogs.note import NoteDialog
from copilot.tui.keys.action import bindings
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.link import Link
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.topic_pane import TopicPane
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.names import LANGUAGES

#: Where nothing is captured, there is nothing to be off the record.
_NEVER_PAUSED = (CaptureKind.RECORDING, CaptureKind.NONE)


class LiveControls(Screen[None]):
    """The actions of the live screen; what the session makes of them comes back as events."""

    BINDINGS: ClassVar = bindings(LIVE_ACTIONS)

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self.interview = Interview()
        self._over = False
        self._leaving = False
        self._now_s = 0.0
        # What was asked for last: the answer may take a moment, and keys come quickly.
        self._pause_wanted = False
        self._speaker_wanted: Channel | None = None
        self._language_wanted = ""

    @property
    def _capture_kind(self) -> CaptureKind | None:
        """How the session hears; None until it has started."""
        return None if self.interview.started is None else self.interview.started.capture

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what makes sense in this session can be pressed."""
        kind = self._capture_kind
        match action:
            case "switch_speaker":
                return kind is CaptureKind.ROOM and not self._over
            case "swap" | "switch_language":
                return kind not in (None, CaptureKind.NONE) and not self._over
            case "pause":
                return kind not in _NEVER_PAUSED and not self._over
            case "note" | "rate":
                return not self._over
            case _:
                return True

    # -- suggestions and questions --------------------------------------------------------------

    def action_take_suggestion(self) -> None:
        """Take the suggestion."""
        self._on_suggestion(TakeSuggestion)

    def action_skip_suggestion(self) -> None:
        """Show the next suggestion."""
        self._on_suggestion(SkipSuggestion)

    def action_dismiss_suggestions(self) -> None:
        """No more suggestions for this question."""
        self._on_suggestion(DismissSuggestion)

    def _on_suggestion(
        self, make: type[TakeSuggestion] | type[SkipSuggestion] | type[DismissSuggestion]
    ) -> None:
        meant = self.query_one(SuggestionPane).meant()
        if meant is not None:
            self._send(make(meant.id))

    def action_next_question(self) -> None:
        """Move on in the plan."""
        self._step(1, moving_on=True)

    def action_previous_question(self) -> None:
        """Move back in the plan."""
        self._step(-1)

    def _step(self, by: int, *, moving_on: bool = False) -> None:
        if self.interview.started is None:
            return
        ids = [question.id for question in self.interview.plan]
        current = self.interview.current_question
        index = (ids.index(current) + by) if current else 0
        if 0 <= index < len(ids):
            self._send(SetQuestion(ids[index], moving_on=moving_on))

    def action_choose_question(self) -> None:
        """Choose from the plan."""
        if self.interview.started is None:
            return

        def chosen(answer: tuple[str | None] | None) -> None:
            if answer is not None:
                self._send(SetQuestion(answer[0]))

        chooser = ChooseQuestion(self.interview.plan, self.interview.current_question)
        self.app.push_screen(chooser, chosen)

    def action_dismiss_topic(self) -> None:
        """Put the warning about an off-limits topic away."""
        self.query_one(TopicPane).dismiss()
        self._draw_topics()

    def _draw_topics(self) -> None:
        """Draw the warning about an off-limits topic, if there is one."""
        raise NotImplementedError

    # -- notes and ratings ----------------------------------------------------------------------

    def action_note(self) -> None:
        """Write a line about this moment, also while the session is getting ready."""
        began_s = self._now_s

        def written(text: str | None) -> None:
            if text is not None:
                self._send(TakeNote(text, at_s=began_s))

        self.app.push_screen(NoteDialog(began_s), written)

    def action_rate(self, rating: int) -> None:
        """Rate the answer to the current question; 0 takes the rating back."""
        question = self.interview.current_question
        if question is None:
            self.notify("No question is being answered. Press g to choose one.", timeout=4)
            return
        self._send(RateQuestion(question, rating or None))

    # -- what is heard --------------------------------------------------------------------------

    def action_pause(self) -> None:
        """Off the record, or on it again."""
        self._pause_wanted = not self._pause_wanted
        self._send(PauseCapture(self._pause_wanted))
        self._draw_capture()

    def action_swap(self) -> None:
        """Exchange the sides, asking once, because everything is read anew."""

        def decided(swap: bool | None) -> None:
            if swap:
                self._send(SwapChannels())

        self.app.push_screen(ConfirmSwap(), decided)

    def action_switch_speaker(self) -> None:
        """With one microphone, the other one speaks now."""
        self._speaker_wanted = (self._speaker_wanted or Channel.INTERVIEWER).other
        self._send(ChooseSpeaker(self._speaker_wanted))

    def action_switch_language(self) -> None:
        """The other language is spoken from now on."""
        if self.interview.started is None:
            return
        begun_in = self.interview.capture.language or self.interview.started.language
        spoken = self._language_wanted or begun_in
        language = next(code for code in LANGUAGES if code != spoken)
        try:
            self._send(ChooseLanguage(language))
        except UsageError as error:
            self.notify(f"{error.message} {error.remedy}".strip(), severity="error", timeout=8)
            return
        self._language_wanted = language
        self.notify(f"{LANGUAGES[language]} is spoken from now on.", timeout=4)

    def _draw_capture(self) -> None:
        """Draw how well the session is heard."""
        raise NotImplementedError

    # -- the screen itself ----------------------------------------------------------------------

    def action_older(self) -> None:
        """Scroll the transcript back."""
        self.query_one(TranscriptPane).scroll_page_up(animate=False)

    def action_newer(self) -> None:
        """Scroll the transcript on."""
        self.query_one(TranscriptPane).scroll_page_down(animate=False)

    def action_help(self) -> None:
        """Show keys and signs."""
        self.app.push_screen(HelpDialog(LIVE_ACTIONS))

    def action_leave(self) -> None:
        """End the session, asking once; a second time leaves the screen before it has ended."""
        if self._over or self._leaving:
            self.app.exit()
            return
        if isinstance(self.app.screen, ConfirmEnd):
            return

        def decided(end: bool | None) -> None:
            if end:
                self._leaving = True
                self._send(EndSession())

        self.app.push_screen(ConfirmEnd(), decided)

    def _send(self, command: Command) -> None:
        self._link.send(command)

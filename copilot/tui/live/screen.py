"""The live screen: from the top, is all well, where are we, what to ask."""

import gc
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Footer

from copilot.engine.commands import (
    Command,
    DismissSuggestion,
    EndSession,
    SetQuestion,
    SkipSuggestion,
    TakeSuggestion,
)
from copilot.events import (
    Event,
    FindingMade,
    FindingState,
    SessionStarted,
    UtteranceHeard,
)
from copilot.interview import Interview
from copilot.tui.dialogs.choose_question import ChooseQuestion
from copilot.tui.dialogs.confirm_end import ConfirmEnd
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.dialogs.message import MessageDialog
from copilot.tui.keys import LIVE_ACTIONS, bindings
from copilot.tui.link import (
    Link,
    SessionFailed,
    SessionOver,
    SessionReady,
    VitalsArrived,
)
from copilot.tui.live.newest_pane import NewestPane
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.question_pane import QuestionPane
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.trust_bar import TrustBar

#: What the newest-finding line shows; that something is no longer heard is no news to read.
_NOTICED = frozenset(
    {
        FindingState.EVIDENCED,
        FindingState.UNCLEAR,
        FindingState.DENIED,
        FindingState.RAISED,
    }
)


class LiveScreen(Screen[None]):
    """Follows one session.

    It keeps its own ``Interview`` and applies every event to it, so nothing is shared with the
    session's threads.
    """

    CSS_PATH = "live.tcss"
    BINDINGS: ClassVar = bindings(LIVE_ACTIONS)
    HORIZONTAL_BREAKPOINTS = [(0, "-strip"), (76, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012

    def __init__(self, link: Link) -> None:
        super().__init__()
        self._link = link
        self.interview = Interview()
        self._over = False
        self._leaving = False
        self._now_s = 0.0
        self._drawn_second = -1

    def compose(self) -> ComposeResult:
        """Top to bottom, most urgent first."""
        yield TrustBar()
        with Container(id="middle"):
            yield PlanPane()
            yield QuestionPane()
        yield NewestPane()
        yield SuggestionPane()
        yield TranscriptPane()
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Start listening once the first screen stands."""
        self._draw_question()
        self.query_one(SuggestionPane).show(self.interview)
        self.call_after_refresh(self._link.start, self)

    def on_resize(self) -> None:
        """Rows are cut to the width, so draw them again."""
        self.call_after_refresh(self._draw_question)

    # -- what happens ---------------------------------------------------------------------------

    def on_session_ready(self, message: SessionReady) -> None:
        """The session is set up."""
        self.query_one(TrustBar).session_ready(message.duration_s, kept=message.kept)

    def on_events_arrived(self) -> None:
        """Apply everything that waits, then draw once."""
        events = self._link.drain()
        for event in events:
            self.interview.apply(event)
            self._show_event(event)
        if events:
            self._now_s = max(self._now_s, self.interview.now_s)
            self._draw_question()
            self.query_one(SuggestionPane).show(self.interview)

    def _show_event(self, event: Event) -> None:
        match event:
            case SessionStarted():
                self.query_one(TrustBar).text_goes_to(event.text_goes_to)
                _spare_what_is_loaded()
            case UtteranceHeard():
                self.query_one(TranscriptPane).add(event.utterance)
            case FindingMade() if event.state in _NOTICED:
                self.query_one(NewestPane).show(self.interview, event)
            case _:
                pass  # drawn with the panes

    def on_vitals_arrived(self, message: VitalsArrived) -> None:
        """Levels ten times a second, times once a second."""
        self.query_one(TrustBar).show_vitals(message.vitals)
        self._now_s = max(self._now_s, message.vitals.now_s)
        if int(self._now_s) != self._drawn_second:
            self._drawn_second = int(self._now_s)
            self._draw_question()

    def on_session_over(self, message: SessionOver) -> None:
        """Say where it is stored, or leave if that is what the user wants."""
        self._over = True
        if self._leaving:
            self.app.exit()
            return
        where = "Nothing was stored."
        if message.stored_as is not None:
            where = f"It is stored as {message.stored_as[0]}."
        self.query_one(SuggestionPane).say(f"The session has ended. {where}\nPress q to leave.")

    def on_session_failed(self, message: SessionFailed) -> None:
        """Say what went wrong; leaving returns its exit code."""
        self._over = True
        error = message.error

        def leave(_: object) -> None:
            self.app.exit(return_code=error.exit_code)

        self.app.push_screen(MessageDialog(error.title, error.message, error.remedy), leave)

    def _draw_question(self) -> None:
        self.query_one(PlanPane).show(self.interview, self._now_s)
        self.query_one(QuestionPane).show(self.interview, self._now_s)

    # -- what the user does ---------------------------------------------------------------------

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


def _spare_what_is_loaded() -> None:
    """Keep the garbage collector from what lasts as long as the program: guides, models, modules.

    Going through it takes up to a tenth of a second, in which no key is answered.
    """
    gc.collect()
    gc.freeze()

"""The live screen: from the top, is all well, where are we, what to ask."""

import gc

from textual.app import ComposeResult
from textual.containers import Container

from copilot.events import (
    AudioGap,
    CaptureContinued,
    CaptureKind,
    CapturePaused,
    ChannelsSwapped,
    Event,
    FindingMade,
    FindingState,
    LanguageChosen,
    NoteTaken,
    SessionResumed,
    SessionStarted,
    SpeakerChosen,
    TopicTouched,
    TranscriberChanged,
    UtteranceHeard,
)
from copilot.tui.dialogs.message import MessageDialog
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.link import (
    PartialsArrived,
    SessionFailed,
    SessionOver,
    SessionReady,
    VitalsArrived,
)
from copilot.tui.live.alarm_line import AlarmLine
from copilot.tui.live.controls import LiveControls
from copilot.tui.live.newest_pane import NewestPane
from copilot.tui.live.off_record_pane import OffRecordPane
from copilot.tui.live.partial_pane import PartialPane
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.question_pane import QuestionPane
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.topic_pane import TopicPane
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


class LiveScreen(LiveControls):
    """Follows one session.

    It keeps its own ``Interview`` and applies every event to it, so nothing is shared with the
    session's threads.
    """

    CSS_PATH = "live.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-strip"), (76, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (34, "-tall")]  # noqa: RUF012
    _drawn_second = -1
    _told_of_llm = ""

    def compose(self) -> ComposeResult:
        """Top to bottom, most urgent first."""
        yield TrustBar()
        yield AlarmLine()
        yield OffRecordPane()
        with Container(id="middle"):
            yield PlanPane()
            yield QuestionPane()
        yield NewestPane()
        yield TopicPane()
        yield SuggestionPane()
        yield TranscriptPane()
        yield PartialPane()
        yield KeyFooter(LIVE_ACTIONS)

    def on_mount(self) -> None:
        """Start listening once the first screen stands."""
        self._draw_question()
        self.query_one(SuggestionPane).show(self.interview)
        self.call_after_refresh(self._link.start, self)

    def on_resize(self) -> None:
        """Rows are cut to the width, so draw them again."""
        self.call_after_refresh(self._draw_question)

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
            self._draw_capture()
            self._draw_topics()
            self.query_one(SuggestionPane).show(self.interview)

    def _show_event(self, event: Event) -> None:
        transcript = self.query_one(TranscriptPane)
        self.query_one(AlarmLine).follow(event)
        match event:
            case SessionStarted():
                self._show_start(event)
            case UtteranceHeard():
                transcript.add(event.utterance)
            case NoteTaken():
                transcript.add_note(event)
            case FindingMade() if event.state in _NOTICED:
                self.query_one(NewestPane).show(self.interview, event)
            case CapturePaused() | CaptureContinued():
                self._pause_wanted = isinstance(event, CapturePaused)
                transcript.add_capture(event)
            case SessionResumed():
                self._pause_wanted = self.interview.capture.paused_at_s is not None
                self.query_one(TopicPane).clear()
                transcript.add_capture(event)
            case AudioGap() | LanguageChosen() | TranscriberChanged():
                transcript.add_capture(event)
            case TopicTouched():
                self.query_one(TopicPane).add(event, self.interview)
            case SpeakerChosen():
                self._speaker_wanted = event.channel
            case ChannelsSwapped():
                transcript.swap(self.interview.utterances)
                transcript.add_capture(event)
                self.query_one(NewestPane).clear()
                self.query_one(TopicPane).clear()
            case _:
                pass  # drawn with the panes

    def _show_start(self, event: SessionStarted) -> None:
        # Not before the first screen stands: it reads the packs, unless the session has.
        from copilot.coach.unsolicited import load_unsolicited  # noqa: PLC0415

        self.query_one(TranscriptPane).mark_by(load_unsolicited().mark)
        self.query_one(TrustBar).goes_to(event.text_goes_to, event.sound_goes_to, event.llm_goes_to)
        if event.capture is CaptureKind.NONE:
            self.query_one(TranscriptPane).say_not_recording()
        # The key may have been pressed before it was known that it means nothing here.
        self._pause_wanted = self._pause_wanted and self.check_action("pause", ()) is True
        self.refresh_bindings()
        _spare_what_is_loaded()

    def on_vitals_arrived(self, message: VitalsArrived) -> None:
        """Levels ten times a second, times once a second."""
        self.query_one(TrustBar).show_vitals(message.vitals)
        alarms = self.query_one(AlarmLine)
        alarms.show_no_text(message.vitals.trouble)
        alarms.show_server_trouble(message.vitals.server_trouble)
        alarms.show_llm_trouble(message.vitals.llm_trouble)
        self._tell_of_llm(message.vitals.llm_notice)
        self._now_s = max(self._now_s, message.vitals.now_s)
        if int(self._now_s) != self._drawn_second:
            self._drawn_second = int(self._now_s)
            self._draw_question()
            self._draw_topics()
            self.query_one(AlarmLine).show(self.interview, self._now_s)

    def _tell_of_llm(self, notice: str) -> None:
        """Say what is to be said once of the language model, once."""
        if notice and notice != self._told_of_llm:
            self.notify(notice, timeout=8, markup=False)
        self._told_of_llm = notice or self._told_of_llm

    def on_partials_arrived(self, message: PartialsArrived) -> None:
        """What is being said."""
        self.query_one(PartialPane).show(message.partials)

    def on_session_over(self, message: SessionOver) -> None:
        """Say where it is stored, or leave if that is what the user wants."""
        self._over = True
        self.query_one(PartialPane).show(())
        if self._leaving:
            self.app.exit()
            return
        self.refresh_bindings()
        where = "Nothing was stored."
        if message.stored_as is not None:
            where = f"It is stored as {message.stored_as[0]}."
        self.query_one(SuggestionPane).say(f"The session has ended. {where}\nPress q to leave.")

    def on_session_failed(self, message: SessionFailed) -> None:
        """Say what went wrong; leaving returns its exit code."""
        self._over = True
        self.query_one(PartialPane).show(())
        error = message.error

        def leave(_: object) -> None:
            self.app.exit(return_code=error.exit_code)

        self.app.push_screen(MessageDialog(error.title, error.message, error.remedy), leave)

    def _draw_question(self) -> None:
        self.query_one(PlanPane).show(self.interview, self._now_s)
        self.query_one(QuestionPane).show(self.interview, self._now_s)

    def _draw_topics(self) -> None:
        pane = self.query_one(TopicPane)
        pane.show(self._now_s)
        self.set_class(pane.is_open, "-touched")

    def _draw_capture(self) -> None:
        capture = self.interview.capture
        off_record = capture.paused_at_s is not None and self.interview.ended is None
        pausing = self._pause_wanted and not off_record
        self.query_one(TrustBar).show_capture(self._capture_kind, capture, pausing=pausing)
        self.query_one(AlarmLine).show(self.interview, self._now_s)
        self.query_one(OffRecordPane).show(capture.paused_at_s if off_record else None)
        self.set_class(off_record, "-off-record")


def _spare_what_is_loaded() -> None:
    """Keep the garbage collector from what lasts as long as the program: guides, models, modules.

    Going through it takes up to a tenth of a second, in which no key is answered.
    """
    gc.collect()
    gc.freeze()

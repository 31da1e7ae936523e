"""The live screen: from the top, is all well, where are we, what to ask."""

import gc

from copilot.events import (
    Actor,
    AudioGap,
    CaptureContinued,
    CaptureKind,
    CapturePaused,
    ChannelsSwapped,
    Event,
    FindingMade,
    FindingState,
    LanguageChosen,
    MomentMarked,
    NoteTaken,
    QuestionAsked,
    SessionResumed,
    SessionStarted,
    SpeakerChosen,
    TopicTouched,
    TranscriberChanged,
    UtteranceHeard,
)
from copilot.i18n import N_, _
from copilot.tui.dialogs.message import MessageDialog
from copilot.tui.keys.in_force import key_of
from copilot.tui.link import (
    PartialsArrived,
    SessionFailed,
    SessionLeft,
    SessionOver,
    SessionReady,
    VitalsArrived,
)
from copilot.tui.live.alarm_line import AlarmLine
from copilot.tui.live.asking_controls import AskingControls
from copilot.tui.live.hearing_controls import HearingControls
from copilot.tui.live.keeping_controls import KeepingControls
from copilot.tui.live.newest_pane import NewestPane
from copilot.tui.live.partial_pane import PartialPane
from copilot.tui.live.search_controls import SearchControls
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.topic_pane import TopicPane
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.troubles import Told
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


class LiveScreen(AskingControls, KeepingControls, HearingControls, SearchControls):
    """Follows one session: what it tells becomes what is seen.

    The panes need 50 columns and 20 rows; a strip, a normal and a wide layout differ in style
    alone.
    """

    CSS_PATH = "live.tcss"
    HELP = N_(
        "From the top: is all well, what is wrong or new, the question with its points, what was"
        " noticed last, and what to ask. Below is one pane at a time, the transcript at first; on a"
        " wide screen all are there. Behind each point stands the quote it rests on. ✎ says that a"
        " state is your word, ▸ which point is selected."
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrowest"), (50, "-strip"), (76, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-lowest"), (20, "-short"), (34, "-tall")]  # noqa: RUF012
    _drawn_second = -1
    _told_once: frozenset[str] = frozenset()

    def on_mount(self) -> None:
        """Start listening once the first screen stands."""
        self._place_lower()
        with self.pane(TrustBar) as bar:
            bar.show_calm(self._calm)
        self._draw_all()
        self.call_after_refresh(self._link.start, self)

    def on_resize(self) -> None:
        """Rows are cut to the width, so draw them again."""
        self._place_lower()
        self.call_after_refresh(self._draw_question)

    def on_session_ready(self, message: SessionReady) -> None:
        """The session is set up."""
        self._stored = message.kept
        with self.pane(TrustBar) as bar:
            bar.session_ready(message.duration_s, kept=message.kept)

    def on_events_arrived(self) -> None:
        """Apply everything that waits, then draw once."""
        events = self._link.drain()
        for event in events:
            self.interview.apply(event)
            self._follow(event)
        if events:
            self._now_s = max(self._now_s, self.interview.now_s)
            self._draw_all()

    def _follow(self, event: Event) -> None:
        """What an event means for this screen, and for the panes that show it one by one."""
        match event:
            case SessionStarted():
                self._show_start(event)
            case QuestionAsked() if event.by is Actor.HUMAN:
                self._question.take(event.question)
            case CapturePaused() | CaptureContinued():
                self._pause_wanted = isinstance(event, CapturePaused)
            case SessionResumed():
                self._pause_wanted = self.interview.capture.paused_at_s is not None
            case SpeakerChosen():
                self._speaker_wanted = event.channel
            case _:
                pass
        with self.pane(AlarmLine, event.type) as line:
            line.follow(event)
        with self.pane(TranscriptPane, event.type) as transcript:
            self._write(transcript, event)
        self._notice(event)

    def _write(self, transcript: TranscriptPane, event: Event) -> None:
        match event:
            case UtteranceHeard():
                transcript.add(event.utterance)
            case NoteTaken():
                transcript.add_note(event)
            case MomentMarked():
                transcript.add_mark(event)
            case QuestionAsked():
                asked = event.question
                label = "" if asked is None else self.interview.planned(asked).label
                transcript.add_question(label, event.since_s)
            case ChannelsSwapped():
                transcript.swap(self.interview.utterances)
                transcript.add_capture(event)
            case (
                CapturePaused()
                | CaptureContinued()
                | SessionResumed()
                | AudioGap()
                | LanguageChosen()
                | TranscriberChanged()
            ):
                transcript.add_capture(event)
            case _:
                pass

    def _notice(self, event: Event) -> None:
        with self.pane(NewestPane, event.type) as newest:
            if isinstance(event, FindingMade) and event.state in _NOTICED:
                newest.show(self.interview, event)
            elif isinstance(event, ChannelsSwapped):
                newest.clear()
        with self.pane(TopicPane, event.type) as topics:
            if isinstance(event, TopicTouched):
                topics.add(event, self.interview)
            elif isinstance(event, ChannelsSwapped | SessionResumed):
                topics.clear()

    def _show_start(self, event: SessionStarted) -> None:
        # Not before the first screen stands: it reads the packs, unless the session has.
        from copilot.coach.unsolicited import load_unsolicited  # noqa: PLC0415

        with self.pane(TranscriptPane) as transcript:
            transcript.mark_by(load_unsolicited().mark)
            if event.capture is CaptureKind.NONE:
                transcript.say_not_recording()
        with self.pane(TrustBar) as bar:
            bar.goes_to(event.text_goes_to, event.sound_goes_to, event.llm_goes_to)
        # The key may have been pressed before it was known that it means nothing here.
        self._pause_wanted = self._pause_wanted and self.check_action("pause", ()) is True
        self.refresh_bindings()
        _spare_what_is_loaded()

    def on_vitals_arrived(self, message: VitalsArrived) -> None:
        """Levels ten times a second, times once a second."""
        vitals = message.vitals
        with self.pane(TrustBar) as bar:
            bar.show_vitals(vitals)
        told = Told(vitals.trouble, vitals.server_trouble, vitals.llm_trouble, vitals.lag_s)
        with self.pane(AlarmLine) as line:
            line.show_told(told)
        self._tell_once(vitals.llm_notice, vitals.matching_notice, vitals.guide_notice)
        self._now_s = max(self._now_s, vitals.now_s)
        if int(self._now_s) != self._drawn_second:
            self._drawn_second = int(self._now_s)
            self._draw_question()
            self._draw_topics()
            with self.pane(AlarmLine) as line:
                line.show(self.interview, self._now_s)

    def _tell_once(self, *notices: str) -> None:
        """Say what is to be said once, once."""
        for notice in notices:
            if notice and notice not in self._told_once:
                self.notify(notice, timeout=8, markup=False)
                self._told_once |= {notice}

    def on_partials_arrived(self, message: PartialsArrived) -> None:
        """What is being said."""
        with self.pane(PartialPane) as partials:
            partials.show(message.partials)

    def on_session_over(self, message: SessionOver) -> None:
        """Say where it is stored, or leave if that is what the user wants."""
        self._end()
        if self._leaving:
            self.post_message(SessionLeft())
            return
        where = _("Nothing was stored.")
        if message.stored_as is not None:
            where = _("It is stored as {session}.", session=message.stored_as[0])
        told = _("The session has ended. {where}", where=where)
        with self.pane(SuggestionPane) as suggestion:
            suggestion.say(told + "\n" + _("Press {key} to leave.", key=key_of("quit")))

    def on_session_failed(self, message: SessionFailed) -> None:
        """Say what went wrong; leaving returns its exit code."""
        self._end()
        error = message.error

        def leave(_: object) -> None:
            self.post_message(SessionLeft(error.exit_code))

        self.app.push_screen(MessageDialog(error.title, error.message, error.remedy), leave)

    def _end(self) -> None:
        self._over = True
        with self.pane(PartialPane) as partials:
            partials.show(())
        self.refresh_bindings()


def _spare_what_is_loaded() -> None:
    """Keep the garbage collector from what lasts as long as the program: guides, models, modules.

    Going through it takes up to a tenth of a second, in which no key is answered.
    """
    gc.collect()
    gc.freeze()

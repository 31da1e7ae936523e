"""What the live screen knows and how it is drawn: each pane by itself, from the interview."""

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.screen import Screen
from textual.widget import Widget

from copilot.errors import InputError
from copilot.events import CaptureKind, Channel
from copilot.interview import Interview
from copilot.interview.views import FindingKey
from copilot.settings import load_settings
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.live import LIVE_ACTIONS
from copilot.tui.link import Link
from copilot.tui.live.alarm_line import AlarmLine
from copilot.tui.live.flags_pane import FlagsPane
from copilot.tui.live.grace import Grace
from copilot.tui.live.items import Item, items_of
from copilot.tui.live.left_out import LeftOut
from copilot.tui.live.newest_pane import NewestPane
from copilot.tui.live.notes_pane import NotesPane
from copilot.tui.live.off_record_pane import OffRecordPane
from copilot.tui.live.pane import PaneFailed, PaneMended
from copilot.tui.live.pane_tabs import Lower, PaneTabs
from copilot.tui.live.partial_pane import PartialPane
from copilot.tui.live.plan_pane import PlanPane
from copilot.tui.live.question_pane import QuestionPane
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.too_small_pane import TooSmallPane
from copilot.tui.live.topic_pane import TopicPane
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.trust_bar import TrustBar

P = TypeVar("P", bound=Widget)


class LiveDrawing(Screen[None]):
    """The state of the live screen and its panes.

    It keeps its own ``Interview`` and applies every event to it, so nothing is shared with the
    session's threads. Panes are only ever touched within ``pane``, so that one that fails is left
    out and the others go on.
    """

    def __init__(
        self, link: Link, *, calm: bool | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Prepare to follow a session.

        Args:
            link: Carries events here and commands there.
            calm: Whether to begin with suggestions hidden; what the settings say by default.
            clock: Seconds, from any beginning; what tells how long something has been shown.
        """
        super().__init__()
        self._link = link
        self._clock = clock
        self.interview = Interview()
        self._over = False
        self._leaving = False
        self._stored = True  # until the session says otherwise
        self._now_s = 0.0
        self._calm = _calm_by_settings() if calm is None else calm
        self._lower = Lower.TRANSCRIPT
        self._items: tuple[Item, ...] = ()
        self._chosen: Grace[Item | None] = Grace(None, clock)
        self._question: Grace[str | None] = Grace(None, clock)
        self._left_out = LeftOut(self._draw_left_out)
        # What was asked for last: the answer may take a moment, and keys come quickly.
        self._pause_wanted = False
        self._speaker_wanted: Channel | None = None
        self._language_wanted = ""

    def compose(self) -> ComposeResult:
        """Top to bottom, most urgent first."""
        yield TooSmallPane()
        yield TrustBar()
        yield AlarmLine()
        yield OffRecordPane()
        with Container(id="noticed"):
            yield QuestionPane()
            yield NewestPane()
            yield TopicPane()
        yield SuggestionPane(self._clock)
        yield PaneTabs()
        with Container(id="lower"):
            yield TranscriptPane()
            with Vertical(id="side"):
                yield PlanPane()
                yield FlagsPane()
                yield NotesPane()
        yield PartialPane()
        yield KeyFooter(LIVE_ACTIONS)

    @property
    def _capture_kind(self) -> CaptureKind | None:
        """How the session hears; None until it has started."""
        return None if self.interview.started is None else self.interview.started.capture

    @contextlib.contextmanager
    def pane(self, kind: type[P], doing: str = "showing") -> Iterator[P]:
        """A pane, to draw on or to ask; what goes wrong there ends neither screen nor session.

        Args:
            kind: Which pane.
            doing: What is asked of it; a pane that fails is well again once it does the same.
        """
        part = f"{kind.__name__} {doing}"
        try:
            yield self.query_one(kind)
        except Exception as error:  # noqa: BLE001 - whatever it is, the recording goes on
            self._left_out.failed(part, error)
        else:
            self._left_out.worked(part)

    def on_pane_failed(self, message: PaneFailed) -> None:
        """A pane failed while it drew itself."""
        self._left_out.failed(message.part, message.error)

    def on_pane_mended(self, message: PaneMended) -> None:
        """It draws itself again."""
        self._left_out.worked(message.part)

    # -- drawing --------------------------------------------------------------------------------

    def _draw_all(self) -> None:
        self._draw_question()
        self._draw_lower()
        self._draw_capture()
        self._draw_topics()
        self._draw_suggestion()

    def _draw_question(self) -> None:
        """The question and its points; what was selected under another question no longer is."""
        self._items = items_of(self.interview)
        self._question.show(self.interview.current_question if self.interview.started else None)
        chosen = self._chosen.shown
        self._chosen.show(None if chosen is None else self._item(chosen.key))
        chosen = self._chosen.shown
        key = None if chosen is None else chosen.key
        with self.pane(QuestionPane) as question:
            question.show(self.interview, self._items, key, self._now_s)
        with self.pane(PlanPane) as plan:
            plan.show(self.interview, self._now_s)

    def _item(self, key: FindingKey) -> Item | None:
        return next((item for item in self._items if item.key == key), None)

    def _draw_lower(self) -> None:
        with self.pane(FlagsPane) as flags:
            flags.show(self.interview)
        with self.pane(NotesPane) as notes:
            notes.show(self.interview)
        raised = len(self.interview.raised_flags())
        kept = len(self.interview.notes) + len(self.interview.marks)
        with self.pane(PaneTabs) as tabs:
            tabs.show(self._lower, flags=raised, notes=kept)

    def _draw_suggestion(self) -> None:
        with self.pane(SuggestionPane) as suggestion:
            suggestion.show(self.interview, calm=self._calm)

    def _draw_topics(self) -> None:
        with self.pane(TopicPane) as topics:
            topics.show(self._now_s)

    def _draw_capture(self) -> None:
        capture = self.interview.capture
        off_record = capture.paused_at_s is not None and self.interview.ended is None
        pausing = self._pause_wanted and not off_record
        with self.pane(TrustBar) as bar:
            bar.show_capture(self._capture_kind, capture, pausing=pausing)
        with self.pane(AlarmLine) as line:
            line.show(self.interview, self._now_s)
        with self.pane(OffRecordPane) as banner:
            banner.show(capture.paused_at_s if off_record else None)
        self.set_class(off_record, "-off-record")

    def _draw_left_out(self, left_out: bool) -> None:
        with self.pane(AlarmLine) as line:
            line.show_left_out(left_out)


def _calm_by_settings() -> bool:
    try:
        return load_settings().calm == "on"
    except InputError:
        return False  # whoever reads them for the whole app has said so

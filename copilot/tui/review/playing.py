"""Hearing what was said: from any line on, or a quote alone."""

from typing import TYPE_CHECKING

from textual.timer import Timer

from copilot.errors import CopilotError
from copilot.events import Channel, Evidence
from copilot.i18n import _
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.review.status_pane import StatusPane
from copilot.tui.review.timeline_pane import TimelinePane
from copilot.tui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from copilot.audio.playback import Player

_LEAD_S = 0.4  # heard before the words begin, so that the first one is whole
_LOOK_S = 0.2  # how often it is looked where the player is


class PlayingControls(ReviewBase):
    """The key that plays, and what shows that something does."""

    _player: "Player | None" = None
    _looking: Timer | None = None

    def action_play(self) -> None:
        """Play from where the cursor is, or stop."""
        if self._player is not None and self._player.playing:
            self.be_silent()
            return
        item = self.query_one(PointsPane).current
        if self.query_one(PointsPane).has_focus and item is not None and item.evidence:
            self.play_quote(item.evidence[0])
            return
        self.play_from(self.moment_s())

    def play_quote(self, evidence: Evidence) -> None:
        """Play a quote alone."""
        self._play(evidence.start_s, evidence.end_s + _LEAD_S)

    def play_from(self, at_s: float) -> None:
        """Play from a moment to the end."""
        self._play(at_s, None)

    def _play(self, at_s: float, end_s: float | None) -> None:
        from copilot.audio.playback import Player  # noqa: PLC0415 - loads a lot

        self._player = self._player or Player()
        try:
            found = [self._folder.recording(channel) for channel in Channel]
            paths = [path for path in found if path is not None]
            if not paths:
                self.tell(_("No sound is stored in this session."))
                return
            self._player.play(paths, max(0.0, at_s - _LEAD_S), end_s)
        except CopilotError as error:
            self.tell_of(error)
            return
        if self._looking is None:
            self._looking = self.set_interval(_LOOK_S, self._look)
        self._look()

    def be_silent(self) -> None:
        """Stop what plays."""
        if self._player is not None:
            self._player.stop()
            self._look()

    def _look(self) -> None:
        """Show where the player is, and what went wrong."""
        player = self._player
        if player is None:
            return
        at_s = player.position_s if player.playing else None
        self.query_one(StatusPane).show_playing(at_s)
        self.query_one(TimelinePane).point_at(self.moment_s() if at_s is None else at_s)
        if at_s is None and self._looking is not None:
            self._looking.stop()
            self._looking = None
            if player.failure is not None:
                self.tell_of(player.failure)

    def on_transcript_view_selected(self, message: TranscriptView.Selected) -> None:
        """Enter or a click on a line plays from there."""
        message.stop()
        if message.at_s is not None:
            self.play_from(message.at_s)

    def on_points_pane_point_chosen(self, message: PointsPane.PointChosen) -> None:
        """Enter or a click on a point plays its quote."""
        message.stop()
        if message.item.evidence:
            self.play_quote(message.item.evidence[0])

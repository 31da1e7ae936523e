"""Evidence: where it stands in the transcript, and how it sounded."""

from pathlib import Path
from typing import TYPE_CHECKING

from copilot.errors import CopilotError
from copilot.events import CaptureKind, Channel, Evidence
from copilot.i18n import _
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.finding_controls import FindingControls
from copilot.tui.live.pane_tabs import Lower
from copilot.tui.live.transcript_pane import TranscriptPane
from copilot.tui.live.view_controls import ViewControls

if TYPE_CHECKING:
    from copilot.audio.playback import Player

_LEAD_S = 0.5  # heard before the quote begins, so that its first word is whole
_FAILED_AFTER_S = 1.0  # by then a device that cannot be opened has been told of


class EvidenceControls(FindingControls, ViewControls):
    """The keys that show and play what a finding rests on."""

    _player: "Player | None" = None

    def action_evidence(self) -> None:
        """Show the selected finding's quote in the transcript."""
        evidence = self._meant_evidence()
        if evidence is None:
            return
        self._show_lower(Lower.TRANSCRIPT)
        # Not before it has its size: it may have been hidden until now.
        self.call_after_refresh(self._reveal, evidence)

    def _reveal(self, evidence: Evidence) -> None:
        with self.pane(TranscriptPane, "revealing") as transcript:
            transcript.reveal(evidence)

    def action_play(self) -> None:
        """Play the selected finding's quote, or be silent where something plays."""
        if self._player is not None and self._player.playing:
            self._player.stop()
            return
        evidence = self._meant_evidence()
        if evidence is None:
            return
        if self._would_be_heard():
            text = _(
                "What is played now would be heard as the candidate. {pause} goes off the record;"
                " then {play} plays it.",
                pause=key_of("capture.pause"),
                play=key_of("finding.play"),
            )
            self._hint(text)
            return
        self._play(evidence)

    def _would_be_heard(self) -> bool:
        """Whether sound that comes out of this machine gets into the session."""
        live = self._capture_kind in (CaptureKind.CALL, CaptureKind.ROOM)
        return live and not self._over and self.interview.capture.paused_at_s is None

    def _play(self, evidence: Evidence) -> None:
        from copilot.audio.playback import Player  # noqa: PLC0415 - loads a lot

        path = self._recording()
        if path is None:
            self._hint(_("No sound is stored in this session."))
            return
        self._player = self._player or Player()
        try:
            self._player.play(path, max(0.0, evidence.start_s - _LEAD_S), evidence.end_s)
        except CopilotError as error:
            self._tell_of(error)
            return
        self.set_timer(_FAILED_AFTER_S, self._tell_if_it_failed)

    def _recording(self) -> Path | None:
        # Until a session ends its files keep the names that its devices had at first.
        exchanged = self.interview.capture.swapped and not self._over
        channel = Channel.INTERVIEWER if exchanged else Channel.CANDIDATE
        try:
            return self._link.recording(channel)
        except CopilotError as error:
            self._tell_of(error)
            return None

    def _tell_if_it_failed(self) -> None:
        if self._player is not None and self._player.failure is not None:
            self._tell_of(self._player.failure)

    def _tell_of(self, error: CopilotError) -> None:
        text = f"{error.message} {error.remedy}".strip()
        self.notify(text, title=error.title, severity="warning", timeout=8, markup=False)

    def _be_silent(self) -> None:
        """Stop what plays: it must not be heard as the candidate."""
        if self._player is not None:
            self._player.stop()

    def on_unmount(self) -> None:
        """Nothing goes on playing."""
        self._be_silent()

    def _meant_evidence(self) -> Evidence | None:
        item = self._meant()
        if item is None:
            return None
        now = self._chosen.shown
        if not item.evidence and now is not None and now.key == item.key:
            item = now  # to look at what has just come does no harm
        if not item.evidence:
            self._hint(_("Nothing was said for this: {label}.", label=item.label))
            return None
        return item.evidence[0]

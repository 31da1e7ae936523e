"""What is heard: off the record, who is who, which language."""

from copilot.engine.commands import ChooseLanguage, ChooseSpeaker, PauseCapture, SwapChannels
from copilot.errors import UsageError
from copilot.events import Channel
from copilot.i18n import _
from copilot.tui.dialogs.confirm_swap import ConfirmSwap
from copilot.tui.live.evidence_controls import EvidenceControls
from copilot.tui.names import LANGUAGES


class HearingControls(EvidenceControls):
    """The keys that steer the capture."""

    def action_pause(self) -> None:
        """Off the record, or on it again."""
        self._be_silent()
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
            text = f"{error.message} {error.remedy}".strip()
            self.notify(text, severity="error", timeout=8, markup=False)
            return
        self._language_wanted = language
        text = _("{language} is spoken from now on.", language=_(LANGUAGES[language]))
        self.notify(text, timeout=4, markup=False)

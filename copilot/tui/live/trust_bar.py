"""The trust bar: is all well, in one line."""

from textual.content import Content

from copilot.engine.vitals import Vitals
from copilot.events import CaptureKind, Channel
from copilot.i18n import N_, _
from copilot.interview.capture import Capture
from copilot.timecode import timecode
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.pane import Pane
from copilot.tui.live.steady import Steady
from copilot.tui.names import NAMES, SHORT_NAMES
from copilot.tui.signs import level_bar

_LAGGING_S = 3.0
_SPEAKS = {Channel.INTERVIEWER: N_("you speak"), Channel.CANDIDATE: N_("candidate speaks")}
#: How much is spelt out: everything, short words, only what must be there.
_FULL, _SHORT, _LEAST = 0, 1, 2


class TrustBar(Steady, Pane):
    """Recording, time, both levels, lag, and where sound and text go.

    The dot is filled while the session is stored. Levels are one bar a side; the side that speaks
    is underlined. Lag is how far the text is behind the sound. With one microphone for both, a
    second line says who is taken to speak.
    """

    def __init__(self) -> None:
        super().__init__()
        self._vitals: Vitals | None = None
        self._duration_s: float | None = None
        self._kept = False
        self._text_to: tuple[str, ...] | None = None  # not known before the session has started
        self._sound_to: tuple[str, ...] = ()
        self._levels: dict[Channel, float] = {}
        self._kind: CaptureKind | None = None
        self._speaker: Channel | None = None
        self._paused = False
        self._pausing = False
        self._calm = False
        self._brevity = _FULL

    def on_mount(self) -> None:
        """Show at once that something is coming."""
        self._draw()

    def on_resize(self) -> None:
        """Long words or short ones, as the width allows."""
        self._redraw()

    def session_ready(self, duration_s: float | None, *, kept: bool) -> None:
        """The session is set up."""
        self._duration_s, self._kept = duration_s, kept
        self._redraw()

    def goes_to(
        self, text: tuple[str, ...], sound: tuple[str, ...], llm: tuple[str, ...] = ()
    ) -> None:
        """Where text and sound are sent.

        Args:
            text: Hosts that are sent either.
            sound: Those of them that are sent sound.
            llm: Those of them that are sent text for a language model, perhaps beside sound.
        """
        self._text_to = tuple(host for host in text if host in llm or host not in sound)
        self._sound_to = sound
        self._redraw()

    def show_vitals(self, vitals: Vitals) -> None:
        """How the session is doing."""
        self._vitals = vitals
        self._levels.update(vitals.levels_dbfs)
        self._draw()

    def show_calm(self, calm: bool) -> None:
        """Whether suggestions are hidden."""
        self._calm = calm
        self._redraw()

    def show_capture(self, kind: CaptureKind | None, capture: Capture, *, pausing: bool) -> None:
        """How it hears.

        Args:
            kind: The kind of capture; None before the session has started.
            capture: How it stands.
            pausing: Whether going off the record was asked for and has not happened yet.
        """
        before = (self._kind, self._speaker, self._pausing, self._paused)
        self._kind, self._speaker, self._pausing = kind, capture.speaker, pausing
        self._paused = capture.paused_at_s is not None
        if before != (self._kind, self._speaker, self._pausing, self._paused):
            self.set_class(self._paused, "-off-record")
            self._redraw()

    @property
    def _hears(self) -> bool:
        return self._kind is not CaptureKind.NONE

    def _redraw(self) -> None:
        """Draw, with long words again where there is room for them by now."""
        self._brevity = _FULL
        self._draw()

    def _draw(self) -> None:
        room = self.size.width or self.app.size.width
        # Once words had to be short they stay so: a longer number must not make them jump.
        while self._brevity < _LEAST and self._line(self._brevity).cell_length > room:
            self._brevity += 1
        line = self._line(self._brevity)
        if self._paused:
            line = Content(line.plain)  # the bar has a loud colour of its own, on which none stands
        if self._kind is CaptureKind.ROOM:
            line = Content("\n").join([line, self._speaker_line()])
        self.update(line)

    def _line(self, brevity: int) -> Content:
        parts = [self._state(), self._calm_part(brevity), self._time(brevity)]
        if self._hears:
            if not self._paused:
                parts += self._sides(brevity)
            parts += [self._lag(brevity), self._privacy(brevity)]
        else:
            parts.append(Content(_("notes stored") if self._kept else _("notes not stored")))
        gap = "  " if brevity == _FULL else " "
        return Content(gap).join([part for part in parts if part.plain])

    def _state(self) -> Content:
        state = "starting" if self._vitals is None else self._vitals.state
        known = (
            (state == "ended", "■", _("ended"), "bold"),
            (self._paused, "‖", _("OFF THE RECORD"), "bold"),
            (self._pausing, "‖", _("pausing"), "bold $text-warning"),
            (state == "starting", "◌", _("getting ready"), "$text-warning"),
            (state == "finishing", "◌", _("finishing"), "$text-warning"),
            (not self._hears, "○", _("not recording: declined"), "bold"),
            (self._kept, "●", _("stored"), "bold $text-error"),
            (True, "○", _("not stored"), "$text-muted"),
        )
        return next(
            Content.styled(f"{shape} {text}", style) for holds, shape, text, style in known if holds
        )

    def _calm_part(self, brevity: int) -> Content:
        if not self._calm:
            return Content("")
        word = _("calm: suggestions hidden") if brevity == _FULL else _("calm")
        return Content.styled(f"~ {word}", "bold")

    def _time(self, brevity: int) -> Content:
        if self._vitals is None:
            return Content("")
        now = timecode(self._vitals.now_s)
        if self._duration_s is None or brevity == _LEAST:
            return Content(now)
        return Content(f"{now}/{timecode(self._duration_s)}")

    def _sides(self, brevity: int) -> list[Content]:
        if self._kind is CaptureKind.ROOM:
            loudest = max(self._levels.values(), default=-96.0)
            speaking = self._vitals is not None and bool(self._vitals.speaking)
            return [_side(_("microphone"), loudest, speaking=speaking)]
        heard = frozenset() if self._vitals is None else self._vitals.speaking
        names = NAMES if brevity == _FULL else SHORT_NAMES
        return [
            _side(_(name), self._levels.get(channel, -96.0), speaking=channel in heard)
            for channel, name in names.items()
        ]

    def _speaker_line(self) -> Content:
        if self._speaker is None:
            who = _("press {key}", key=key_of("speaker.switch"))
        else:
            who = _(_SPEAKS[self._speaker])
        short = self._brevity > _FULL
        apart = _("not separated") if short else _("the speakers are not separated")
        return Content.assemble(_("one microphone:"), " ", (who, "bold underline"), f" · {apart}")

    def _lag(self, brevity: int) -> Content:
        if self._vitals is None:
            return Content("")
        lag_s = self._vitals.lag_s
        style = "bold $text-warning" if lag_s > _LAGGING_S else "$text-muted"
        seconds = f"{lag_s:.1f}"
        words = {
            _FULL: _("{seconds} s behind", seconds=seconds),
            _SHORT: _("lag {seconds}s", seconds=seconds),
        }
        word = words.get(brevity, f"{seconds}s")
        return Content.styled(f"{word}!" if lag_s > _LAGGING_S else word, style)

    def _privacy(self, brevity: int) -> Content:
        if self._text_to is None:
            return Content("")
        ways = {_("sound"): self._sound_to, _("text"): self._text_to}
        told = [f"{what} → {', '.join(hosts)}" for what, hosts in ways.items() if hosts]
        if told:
            return Content.styled("  ".join(told), "bold $text-warning")
        stays = _("text stays here") if brevity == _FULL else _("local")
        return Content.styled(stays, "$text-success")


def _side(name: str, level_dbfs: float, *, speaking: bool) -> Content:
    style = "underline $text-success" if speaking else "$text-muted"
    return Content.assemble((name, style), " ", (level_bar(level_dbfs), "$text-success"))

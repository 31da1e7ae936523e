"""The trust bar: is all well, in one line."""

from textual.content import Content
from textual.widgets import Static

from copilot.engine.vitals import Vitals
from copilot.events import CaptureKind, Channel
from copilot.interview.capture import Capture
from copilot.timecode import timecode
from copilot.tui.names import NAMES, SHORT_NAMES
from copilot.tui.signs import level_bar

_NARROW = 72
_LAGGING_S = 3.0
_SPEAKS = {Channel.INTERVIEWER: "you speak", Channel.CANDIDATE: "candidate speaks"}


class TrustBar(Static):
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

    def on_mount(self) -> None:
        """Show at once that something is coming."""
        self._draw()

    def on_resize(self) -> None:
        """Long words or short ones, as the width allows."""
        self._draw()

    def session_ready(self, duration_s: float | None, *, kept: bool) -> None:
        """The session is set up."""
        self._duration_s, self._kept = duration_s, kept
        self._draw()

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
        self._draw()

    def show_vitals(self, vitals: Vitals) -> None:
        """How the session is doing."""
        self._vitals = vitals
        self._levels.update(vitals.levels_dbfs)
        self._draw()

    def show_capture(self, kind: CaptureKind | None, capture: Capture, *, pausing: bool) -> None:
        """How it hears.

        Args:
            kind: The kind of capture; None before the session has started.
            capture: How it stands.
            pausing: Whether going off the record was asked for and has not happened yet.
        """
        self._kind, self._speaker, self._pausing = kind, capture.speaker, pausing
        self._paused = capture.paused_at_s is not None
        self.set_class(self._paused, "-off-record")
        self._draw()

    @property
    def _hears(self) -> bool:
        return self._kind is not CaptureKind.NONE

    def _draw(self) -> None:
        narrow = self.size.width < _NARROW
        parts = [self._state(), self._time()]
        if self._hears:
            if not self._paused:
                parts += self._sides(narrow=narrow)
            parts += [self._lag(narrow=narrow), self._privacy(narrow=narrow)]
        else:
            parts.append(Content("notes stored" if self._kept else "notes not stored"))
        gap = " " if narrow else "  "
        line = Content(gap).join([part for part in parts if part.plain])
        if self._kind is CaptureKind.ROOM:
            line = Content("\n").join([line, self._speaker_line()])
        self.update(line)

    def _state(self) -> Content:
        state = "starting" if self._vitals is None else self._vitals.state
        known = (
            (state == "ended", "■ ended", "bold"),
            (self._paused, "‖ OFF THE RECORD", "bold"),
            (self._pausing, "‖ pausing", "bold $text-warning"),
            (state == "starting", "◌ getting ready", "$text-warning"),
            (state == "finishing", "◌ finishing", "$text-warning"),
            (not self._hears, "○ not recording: declined", "bold"),
            (self._kept, "● stored", "bold $text-error"),
            (True, "○ not stored", "$text-muted"),
        )
        return next(Content.styled(text, style) for holds, text, style in known if holds)

    def _time(self) -> Content:
        if self._vitals is None:
            return Content("")
        now = timecode(self._vitals.now_s)
        return Content(now if self._duration_s is None else f"{now}/{timecode(self._duration_s)}")

    def _sides(self, *, narrow: bool) -> list[Content]:
        if self._kind is CaptureKind.ROOM:
            loudest = max(self._levels.values(), default=-96.0)
            speaking = self._vitals is not None and bool(self._vitals.speaking)
            return [_side("microphone", loudest, speaking=speaking)]
        heard = frozenset() if self._vitals is None else self._vitals.speaking
        return [
            _side(name, self._levels.get(channel, -96.0), speaking=channel in heard)
            for channel, name in (SHORT_NAMES if narrow else NAMES).items()
        ]

    def _speaker_line(self) -> Content:
        who = "press Space" if self._speaker is None else _SPEAKS[self._speaker]
        apart = "not separated" if self.size.width < _NARROW else "the speakers are not separated"
        return Content.assemble("one microphone: ", (who, "bold underline"), f" · {apart}")

    def _lag(self, *, narrow: bool) -> Content:
        if self._vitals is None:
            return Content("")
        lag_s = self._vitals.lag_s
        style = "bold $text-warning" if lag_s > _LAGGING_S else "$text-muted"
        unit = "s" if narrow else " s behind"
        word = f"lag {lag_s:.1f}{unit}" if narrow else f"{lag_s:.1f}{unit}"
        return Content.styled(word, style)

    def _privacy(self, *, narrow: bool) -> Content:
        if self._text_to is None:
            return Content("")
        ways = {"sound": self._sound_to, "text": self._text_to}
        told = [f"{what} → {', '.join(hosts)}" for what, hosts in ways.items() if hosts]
        if told:
            return Content.styled("  ".join(told), "bold $text-warning")
        return Content.styled("local" if narrow else "text stays here", "$text-success")


def _side(name: str, level_dbfs: float, *, speaking: bool) -> Content:
    style = "underline $text-success" if speaking else "$text-muted"
    return Content.assemble((name, style), " ", (level_bar(level_dbfs), "$text-success"))

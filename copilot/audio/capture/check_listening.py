"""What a check has heard until now."""

from dataclasses import dataclass, field

import numpy as np

from copilot.audio.blocks import SAMPLE_RATE_HZ, Block, Waveform
from copilot.audio.capture.check_findings import Findings, Presence, SideFindings, ToneFindings
from copilot.audio.capture.check_hearing import Devices, Heard
from copilot.audio.capture.check_pair import RateWatch, same_sound
from copilot.audio.capture.check_players import Player
from copilot.audio.capture.check_side import (
    CLIPPED_RUNS,
    SPOKEN_S,
    Stretches,
    clipped_runs,
    listen,
    peak_dbfs,
)
from copilot.audio.capture.check_tone import LASTING, NEEDED, HeardTone, find_tone
from copilot.audio.capture.devices import Input
from copilot.audio.capture.lane import LaneStats
from copilot.audio.capture.report import SideReport, SideState
from copilot.audio.capture.tone import TonePlayer
from copilot.audio.levels import SILENCE_DBFS, level_dbfs
from copilot.audio.notices import Attached, Gap, Lost, Notice
from copilot.events import Channel
from copilot.i18n import N_, _

_LIVELY = 5 * SAMPLE_RATE_HZ  # how far back it is looked for speech while the check goes on
_LEVEL = SAMPLE_RATE_HZ // 5  # samples that make the level shown
_SETTLED = SAMPLE_RATE_HZ  # samples until a device's place on the clock is steady
_BEFORE = SAMPLE_RATE_HZ // 5  # a tone is found a little late where it begins softly
_EMPTY: Waveform = np.zeros(0, np.float32)


@dataclass
class Side:
    """One channel of a check."""

    channel: Channel
    device: Input
    presence: Presence = Presence.NEVER
    reason: str = N_("it did not open in time")
    tone: HeardTone | None = None
    spoke: bool = False
    dropped_s: float = 0.0
    _lost: bool = False
    _parts: list[Waveform] = field(default_factory=list)
    _joined: Waveform = field(default_factory=lambda: _EMPTY)
    _scanned: int = 0
    _live: int = 0
    _clipped: int = 0
    _peak: float = SILENCE_DBFS
    _attached_at: int | None = None
    _rate: RateWatch = field(default_factory=RateWatch)

    @property
    def samples(self) -> Waveform:
        """All that came, shape (n,)."""
        if self._parts:
            self._joined = np.concatenate([self._joined, *self._parts])
            self._parts = []
        return self._joined

    @property
    def is_there(self) -> bool:
        """Whether its device delivers now."""
        return self.presence is not Presence.NEVER and not self._lost

    def notice(self, notice: Notice, arrived: int) -> None:
        """Take note of what the source tells, at sample ``arrived``."""
        match notice:
            case Attached(channel=self.channel):
                self._lost = False
                if self.presence is Presence.NEVER:
                    self.presence = Presence.ALWAYS
                    self._attached_at = arrived
            case Lost(channel=self.channel):
                self._lost = True
                self.reason = notice.reason
                if self.presence is Presence.ALWAYS:
                    self.presence = Presence.LOST
            case Gap(channel=self.channel | None):
                self._live = 0
            case _:
                pass

    def add(self, block: Block, stats: LaneStats) -> None:
        """Take in what it heard."""
        samples = block.samples[self.channel]
        self._parts.append(samples)
        self._peak = max(self._peak, peak_dbfs(samples))
        self._clipped += clipped_runs(samples)
        self.dropped_s = stats.dropped_s
        self._live = self._live + len(samples) if samples.any() else 0
        self._rate.add(block.end_s, stats.off_s + stats.corrected_s, live=self._live > _SETTLED)

    def look(self, *, tone: bool) -> None:
        """Look for speech, and for the tone if it was played."""
        samples = self.samples
        if tone and self.tone is None and len(samples) - self._scanned >= _LEVEL:
            start = max(0, self._scanned - NEEDED)
            self.tone = find_tone(samples[start:], start)
            self._scanned = len(samples)
        if not self.spoke:
            self.spoke = listen(samples[-_LIVELY:]).spoken_s >= SPOKEN_S

    def report(self, *, tone_proves: bool) -> SideReport:
        """How it stands."""
        if self._lost:
            state = SideState.FAILED
        elif not self.is_there:
            state = SideState.OPENING
        elif self._clipped >= CLIPPED_RUNS:
            state = SideState.CLIPPING
        else:
            heard = self.spoke or (tone_proves and self.tone is not None)
            state = SideState.HEARD if heard else SideState.SILENT
        level = level_dbfs(self.samples[-_LEVEL:])
        return SideReport(self.device.name, state, level, max(self._peak, SILENCE_DBFS))

    def findings(self, tone: HeardTone | None, without: Stretches) -> SideFindings:
        """What was measured."""
        began = self._attached_at
        sound = listen(self.samples, without)
        return SideFindings(
            self.device,
            self.presence,
            "" if self.presence is Presence.ALWAYS else self.reason,
            0.0 if began is None else (len(self.samples) - began) / SAMPLE_RATE_HZ,
            self.spoke or sound.spoken_s >= SPOKEN_S,
            sound,
            tone,
            self._rate.error,
            self.dropped_s,
        )


class Listening:
    """Both channels of a check, and the tone between them."""

    def __init__(self, devices: Devices) -> None:
        self.devices = devices
        self.opened_s: float | None = None
        self._sides = {c: Side(c, device) for c, device in devices.chosen.items()}
        self._tone: ToneFindings | None = None
        self._player: TonePlayer | None = None

    def expect_tone(self, tone: ToneFindings, player: TonePlayer) -> None:
        """Look for the tone from now on."""
        self._tone, self._player = tone, player

    def add(self, heard: Heard, now_s: float) -> None:
        """Take in a block that came at ``now_s`` on the clock."""
        first = self.opened_s is None
        if self.opened_s is None:
            self.opened_s = now_s
        for channel, side in self._sides.items():
            for notice in heard.block.notices:
                # The first block holds all that came while the other device was still opening.
                side.notice(notice, 0 if first else heard.block.start)
            side.add(heard.block, heard.stats.get(channel, LaneStats()))

    def look(self) -> None:
        """Judge what has come."""
        tone = self._player is not None
        for side in self._sides.values():
            side.look(tone=tone)

    @property
    def all_there(self) -> bool:
        """Whether every device delivers now."""
        return all(side.is_there for side in self._sides.values())

    @property
    def tone_heard(self) -> bool:
        """Whether the call's side has heard the tone."""
        call = self._sides.get(Channel.CANDIDATE)
        return call is not None and call.tone is not None

    @property
    def proven(self) -> bool:
        """Whether nothing is left to find out."""
        mine, call = self._sides[Channel.INTERVIEWER], self._sides.get(Channel.CANDIDATE)
        if not mine.spoke or not self.all_there:
            return False
        if call is None:
            return True
        if self._tone is None:
            return call.spoke
        # Its echo may still be on the way to the microphone.
        return call.tone is not None and len(call.samples) >= call.tone.at + LASTING + NEEDED

    @property
    def step(self) -> str:
        """What the user is asked to do now."""
        mine, call = self._sides[Channel.INTERVIEWER], self._sides.get(Channel.CANDIDATE)
        if not mine.spoke:
            return _("Say a few words")
        if call is None or call.spoke or call.tone is not None:
            return _("Both sides are heard") if call is not None else _("You are heard")
        if self._tone is not None:
            return _("Listening for the tone on {output}", output=self._tone.output)
        return _("Let the other person say something")

    def sides(self) -> dict[Channel, SideReport]:
        """How each channel stands."""
        return {
            channel: side.report(tone_proves=channel is Channel.CANDIDATE)
            for channel, side in self._sides.items()
        }

    def findings(self, players: tuple[Player, ...] = ()) -> Findings:
        """All that was measured.

        Args:
            players: Programs that play something now.
        """
        mine, call = self._sides[Channel.INTERVIEWER], self._sides.get(Channel.CANDIDATE)
        if call is None:
            return Findings({mine.channel: mine.findings(None, ())})
        in_call = _found(call, call.tone)
        # Where the call heard it, the microphone's echo of it can only be at the same time.
        in_mine = _found(mine, in_call or mine.tone)
        heard = in_call or in_mine
        without = () if heard is None else ((heard.at - _BEFORE, heard.at + LASTING),)
        return Findings(
            {
                mine.channel: mine.findings(in_mine, without),
                call.channel: call.findings(in_call, without),
            },
            self._tone_findings(),
            same_sound(mine.samples, call.samples),
            self.devices.players + players,
        )

    def _tone_findings(self) -> ToneFindings | None:
        player, tone = self._player, self._tone
        if player is None or tone is None:
            return None
        return ToneFindings(
            tone.output, tone.output_id, player.played > 0, player.failure, tone.by_default
        )


def _found(side: Side, near: HeardTone | None) -> HeardTone | None:
    """The tone on a side, now that all of it has come."""
    if near is None:
        return None
    start = max(0, near.at - _BEFORE)
    return find_tone(side.samples[start : near.at + LASTING + NEEDED], start)

"""The sound that lies beside a report: which file plays what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from copilot.events import Channel
from copilot.review.summary import Summary

#: Heard before and after what is played, so that no word is cut, in seconds.
_AROUND_S = 0.2


@dataclass(frozen=True, slots=True)
class Sound:
    """The files beside the report.

    Attributes:
        files: Their addresses, relative to the report, each once, with the sides heard in it.
    """

    files: Mapping[str, tuple[Channel, ...]] = field(default_factory=dict)
    _of_side: Mapping[Channel, str] = field(default_factory=dict)
    _heard_as: Mapping[str, Channel] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.files)

    def address(
        self, speaker: Channel, utterance_id: str, start_s: float, end_s: float
    ) -> str | None:
        """Where a stretch can be heard: the file with a media fragment (W3C Media Fragments 1.0).

        Args:
            speaker: Who said it, as corrected; the file is that of the side on which it was heard.
            utterance_id: The line.
            start_s: Session time at which it begins, in seconds.
            end_s: Session time at which it ends, in seconds.
        """
        file = self._of_side.get(self._heard_as.get(utterance_id, speaker))
        if file is None:
            return None
        return f"{file}#t={max(start_s - _AROUND_S, 0.0):.1f},{end_s + _AROUND_S:.1f}"


def sound_of(summary: Summary, audio: Mapping[Channel, str] | None) -> Sound:
    """The sound of a report.

    Args:
        summary: Knows which lines have another speaker than was heard.
        audio: The file of each side, by its name relative to the report. Whatever is in a name,
            it stays a name: it can become no address elsewhere.
    """
    of_side = {side: quote(name, safe="/") for side, name in (audio or {}).items()}
    files: dict[str, tuple[Channel, ...]] = {}
    for side, file in of_side.items():
        files[file] = (*files.get(file, ()), side)
    heard_as = {each.utterance_id: each.channel for each in summary.corrections}
    return Sound(files, of_side, heard_as)

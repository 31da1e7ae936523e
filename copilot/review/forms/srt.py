"""The transcript as SubRip subtitles (SRT), which nearly every player reads."""

from copilot.review.forms.cues import Cue, cues_of
from copilot.review.forms.timing import WordTimes
from copilot.review.report import Report
from copilot.review.words import WORDS

#: A sign of no width that keeps players from reading what follows as markup.
_JOINER = "\u2060"


def to_srt(report: Report, word_times: WordTimes) -> str:
    """Everything said as numbered cues, each beginning with who speaks."""
    words = WORDS[report.language]
    prefixes = {
        side: f"{name.capitalize()}{words.signs.colon}"
        for side, name in words.hearing.sides.items()
        if side is not None
    }
    cues = cues_of(report, word_times, prefixes)
    return "\n".join(_cue(number, cue) for number, cue in enumerate(cues, 1))


def _cue(number: int, cue: Cue) -> str:
    text = "\n".join(map(_plain, cue.lines))
    return f"{number}\n{_time(cue.start_ms)} --> {_time(cue.end_ms)}\n{text}\n"


def _plain(line: str) -> str:
    """A line in which nothing reads as a tag or as a time; the form has no way to escape."""
    for sign in ("<", "{", "--"):
        line = line.replace(sign, sign[0] + _JOINER + sign[1:])
    return line


def _time(at_ms: int) -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{ms:03}"

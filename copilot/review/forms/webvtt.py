"""The transcript as WebVTT, the subtitles of browsers (https://www.w3.org/TR/webvtt1/)."""

import itertools

from copilot.review.forms.cues import Cue, cues_of
from copilot.review.forms.timing import WordTimes
from copilot.review.plain_line import plain_line
from copilot.review.report import Report
from copilot.review.summary_parts import GapSummary
from copilot.review.words import WORDS, ReportWords
from copilot.timecode import timecode


def to_webvtt(report: Report, word_times: WordTimes) -> str:
    """Everything said as cues with voice tags; what was not heard stands between them as notes.

    A cue's name is its utterance, with a number where the utterance has several. The voice of a
    line that was corrected has the class ``corrected``, that of a doubtful one ``doubtful``.
    """
    words = WORDS[report.language]
    cues = cues_of(report, word_times)
    blocks: list[tuple[int, int, str]] = [
        (round(gap.start_s * 1000), 0, _gap(words, gap)) for gap in report.summary.gaps
    ]
    counts = {
        uid: len(list(group))
        for uid, group in itertools.groupby(sorted(cue.utterance_id for cue in cues))
    }
    numbers: dict[str, int] = {}
    for cue in cues:
        uid = cue.utterance_id
        numbers[uid] = numbers.get(uid, 0) + 1
        name = uid if counts[uid] == 1 else f"{uid}-{numbers[uid]}"
        side = words.hearing.sides[cue.speaker].capitalize()
        blocks.append((cue.start_ms, 1, _cue(name, side, cue)))
    blocks.sort(key=lambda block: block[:2])
    title = f"{words.session.transcript}{words.signs.colon}{report.summary.guide.title}"
    return "\n".join(["WEBVTT\n", _note(title), *(text for _, _, text in blocks)])


def _gap(words: ReportWords, gap: GapSummary) -> str:
    span = f"{timecode(gap.start_s)}-{timecode(gap.end_s)}"
    side, cause = words.hearing.sides[gap.channel], words.hearing.causes[gap.cause]
    return _note(f"{span} {words.gaps}{words.signs.colon}{side} ({cause})")


def _note(text: str) -> str:
    return f"NOTE {_escaped(text)}\n"


def _cue(name: str, side: str, cue: Cue) -> str:
    classes = (".corrected" if cue.corrected else "") + (".doubtful" if cue.uncertain else "")
    text = "\n".join(map(_escaped, cue.lines))
    return (
        f"{name}\n{_time(cue.start_ms)} --> {_time(cue.end_ms)}\n"
        f"<v{classes} {_escaped(side)}>{text}</v>\n"
    )


def _escaped(text: str) -> str:
    """Text as WebVTT wants it; with no ``>`` left, no arrow can stand in it either."""
    return plain_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _time(at_ms: int) -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"

"""``search``: find a stored session by what was said in it."""

import argparse
import shutil
import sys
import textwrap
from typing import Any

from copilot.cli.filters import add_filters, filters_from
from copilot.cli.json_output import print_json
from copilot.cli.parsing import positive
from copilot.errors import ExitCode, UsageError
from copilot.review.indexing import content_of
from copilot.store import SessionStore
from copilot.store.index import Answer, FoundSession, Hit, Query, Speaker, search
from copilot.timecode import timecode

_WIDTH = 80
_NARROWEST = 40
_INDENT = " " * 10
#: Lines of a session that people are shown, and how much of each.
_LINES = 5
_AROUND = 150
_SPEAKERS = {Speaker.CANDIDATE: "cand", Speaker.INTERVIEWER: "you", Speaker.NOTE: "note"}
#: Progress is told from so many sessions on; fewer are read in a moment.
_MANY = 200


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "words",
        metavar="WORDS",
        nargs="*",
        help='words that were said, "a phrase", or the beginning of a word with a star (migrat*)',
    )
    parser.add_argument("--question", metavar="Q", help="only under this question: id or label")
    parser.add_argument(
        "--flag", metavar="F", help="only sessions in which this red flag was raised: id or label"
    )
    parser.add_argument(
        "--point", metavar="P", help="only sessions in which this point was evidenced: id or label"
    )
    parser.add_argument(
        "--speaker", choices=[speaker.value for speaker in Speaker], help="only lines of theirs"
    )
    add_filters(parser)
    parser.add_argument(
        "--limit", type=positive, default=20, metavar="N", help="sessions shown (default 20)"
    )
    parser.add_argument("--all-lines", action="store_true", help="every line, not the first 5")
    parser.add_argument("--json", action="store_true", help="for machines: one object a hit")


def run(options: argparse.Namespace) -> int:
    """Search, and print what was found."""
    query = Query(
        words=tuple(options.words),
        filters=filters_from(options),
        question=options.question,
        flag=options.flag,
        point=options.point,
        speaker=None if options.speaker is None else Speaker(options.speaker),
        limit=options.limit,
    )
    if not query.words and query == Query(speaker=query.speaker, limit=query.limit):
        raise UsageError("there is nothing to search for.", "Give words, or one of the filters.")
    store = SessionStore()
    answer = search(query, content_of, store=store, progress=tell_progress)
    for word in answer.words:
        sys.stderr.write(f"{word}\n")
    if options.json:
        for session in answer.sessions:
            for hit in session.hits or (None,):
                print_json(_as_json(session, hit, answer))
    else:
        most = sys.maxsize if options.all_lines else _LINES
        sys.stdout.write(_for_people(answer, store, most=most))
    _tell_limits(answer)
    return ExitCode.OK


def tell_progress(done: int, total: int) -> None:
    """Say on a terminal how many sessions were read into the index."""
    if total >= _MANY and sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\rReading {total} new or changed sessions … {done}{end}")
        sys.stderr.flush()


def _as_json(session: FoundSession, hit: Hit | None, answer: Answer) -> dict[str, Any]:
    return {
        "session": session.id,
        "alias": session.alias or None,
        "role": session.role,
        "title": session.title,
        "language": session.language,
        "started_at": session.started_at,
        "duration_s": session.duration_s,
        "all_words_in_line": not answer.is_apart,
        "line": hit and hit.line,
        "speaker": hit and hit.speaker,
        "at_s": hit and hit.at_s,
        "question": hit and hit.question,
        "question_label": (hit and hit.question_label) or None,
        "text": hit and hit.text,
        "matches": hit and hit.matches,
    }


def _for_people(answer: Answer, store: SessionStore, *, most: int) -> str:
    if not answer.sessions:
        if not answer.searched:
            return f"Nothing that can be searched is stored in {store.root}.\n"
        return f"Nothing found in {_counted(answer.searched)}.\n"
    parts: list[str] = []
    if answer.is_apart:
        parts.append("No line has all of it; these sessions have the words in different lines.\n")
    parts += [_session(session, most) for session in answer.sessions]
    left = answer.total - len(answer.sessions)
    if left:
        older = "older one" if left == 1 else "older ones"
        parts.append(f"and {left} {older}: --limit {answer.total} shows all\n")
    return "\n".join(parts)


def _session(session: FoundSession, most: int) -> str:
    length = "-" if session.duration_s is None else timecode(session.duration_s)
    told = [session.alias, session.title, session.language, length]
    lines = [f"{session.id}  {'  '.join(filter(None, map(printable, told)))}"]
    for hit in session.hits[:most]:
        about = f"{timecode(hit.at_s):>8}  {_SPEAKERS[hit.speaker]:<4}  {hit.question_label}"
        lines.append(printable(about).rstrip())
        lines += textwrap.wrap(
            printable(_excerpt(hit)),
            _width() - 2,
            initial_indent=_INDENT,
            subsequent_indent=_INDENT,
            break_on_hyphens=False,
        )
    left = len(session.hits) - most
    if left > 0:
        lines.append(f"{_INDENT}and {left} more {'line' if left == 1 else 'lines'}")
    return "\n".join(lines) + "\n"


def _width() -> int:
    """Columns of the terminal, where it is narrower than what reads well."""
    if not sys.stdout.isatty():
        return _WIDTH
    return max(_NARROWEST, min(_WIDTH, shutil.get_terminal_size().columns))


def _excerpt(hit: Hit) -> str:
    """The words around the first match, with every match between stars."""
    start, end = 0, len(hit.text)
    if end > 2 * _AROUND:
        first = hit.matches[0][0] if hit.matches else 0
        start, end = max(0, first - _AROUND // 2), min(end, first + 2 * _AROUND - _AROUND // 2)
        # Whole words only.
        start = hit.text.find(" ", start, first) + 1 if 0 < start < first else start
        end = hit.text.rfind(" ", start, end) if end < len(hit.text) else end
    shown, place = "…" if start else "", start
    for begin, stop in hit.matches:
        if begin >= start and stop <= end:
            shown += f"{hit.text[place:begin]}*{hit.text[begin:stop]}*"
            place = stop
    return shown + hit.text[place:end] + ("…" if end < len(hit.text) else "")


def printable(text: str) -> str:
    """``text`` on one line and without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _counted(sessions: int) -> str:
    return f"{sessions} session{'' if sessions == 1 else 's'}"


def _tell_limits(answer: Answer) -> None:
    """Say which sessions could not be searched, or not all of them."""
    if answer.damaged:
        named = ", ".join(answer.damaged[:3]) + (", …" if len(answer.damaged) > 3 else "")
        sys.stderr.write(
            f"{_counted(len(answer.damaged))} damaged, searched as far as can be read: {named}\n"
            f"→ interview-copilot sessions verify {answer.damaged[0]}\n"
        )
    if answer.encrypted:
        sys.stderr.write(f"{_counted(answer.encrypted)} encrypted, not searched.\n")

"""A few phrases of a session's text by which a forgotten copy of it would be recognised."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: So many phrases of what was said and of what was written, each of at most so many characters:
#: enough to find a copy, quick to look for.
MOST_SAID = 4
MOST_WRITTEN = 2
LENGTH = 60

#: Shorter ones are said in any conversation.
_LEAST = 20

#: What Markdown, HTML, JSON or a table may write differently, so that a phrase ends there.
_CHANGED = re.compile(
    r"[\\`*_{}\[\]<>#|~&@\"'“”«»\s\u2019]*[\\`*_{}\[\]<>#|~&@\"'“”«»\u2019]\s*|\n"
)


def telling_phrases(folder: Path) -> tuple[str, ...]:
    """Phrases of what was said and written in a session, those of the longest texts.

    What the candidate said comes first, what others wrote of them after it. Journals are read line
    by line as they are, so that broken ones serve as well; an encrypted session has none to read.
    """
    said: list[str] = []
    written: list[str] = []
    for name in ("journal.jsonl", "review.jsonl"):
        for event in _events(folder / name):
            utterance = event.get("utterance")
            if isinstance(utterance, dict):
                if utterance.get("channel") == "candidate":
                    said.append(str(utterance.get("text", "")))
            elif event.get("type") in ("note_taken", "text_corrected"):
                written.append(str(event.get("text") or ""))
    chosen = [*_longest(said)[:MOST_SAID], *_longest(written)[:MOST_WRITTEN]]
    return tuple(dict.fromkeys(chosen))


def _events(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            event = json.loads(line)["event"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if isinstance(event, dict):
            yield event


def _longest(texts: list[str]) -> list[str]:
    phrases = {phrase for text in texts if (phrase := _phrase(text))}
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def _phrase(text: str) -> str:
    """The beginning of a text's longest stretch that every file would write in the same way."""
    stretch = max(_CHANGED.split(text), key=len).strip()
    if len(stretch) > LENGTH:
        stretch = stretch[:LENGTH].rpartition(" ")[0] or stretch[:LENGTH]
    return stretch if len(stretch) >= _LEAST else ""

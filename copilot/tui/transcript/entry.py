"""What stands in a transcript: things said, and lines that nobody said."""

import enum
from dataclasses import dataclass, replace

from copilot.events import Channel, Utterance
from copilot.i18n import _
from copilot.tui.names import SHORT_NAMES
from copilot.tui.transcript.wrapping import Range

#: Words that are less probable than this are marked as doubtful.
_DOUBTFUL = 0.4
#: Control characters: a text may come from a server, and must not speak to the terminal.
_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], " ")


class EntryKind(enum.StrEnum):
    """How an entry looks; each has a style of its own name in the view."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    UNCERTAIN = "uncertain"
    HEADING = "heading"  # a question of the plan
    NOTE = "note"
    MARK = "mark"
    TOLD = "told"  # what happened to the hearing


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, of one or more lines.

    Attributes:
        kind: How it looks.
        at_s: Session time in seconds; None for none.
        name: Whose it is, four characters at most.
        text: What it says; offsets of highlights and searches count from its begin.
        lead: A sign before the text, with the space behind it.
        tail: A remark behind the text.
        utterance: What was said, for entries that somebody said; its text may since have been
            corrected in ``text``.
        doubtful: The words of the text that may be wrong.
    """

    kind: EntryKind
    at_s: float | None
    text: str
    name: str = ""
    lead: str = ""
    tail: str = ""
    utterance: Utterance | None = None
    doubtful: tuple[Range, ...] = ()

    @property
    def id(self) -> str:
        """The utterance's id; empty for lines that nobody said."""
        return "" if self.utterance is None else self.utterance.id

    @property
    def full(self) -> str:
        """Everything it says, signs and remarks included."""
        return self.lead + self.text + self.tail

    def time_at(self, offset: int) -> float | None:
        """Session time of the character of ``text`` at ``offset``, in seconds, where it is known.

        Within an utterance it is the time of the word that stands there.
        """
        if self.utterance is None or self.text != self.utterance.text:
            return self.at_s
        position = 0
        for word in self.utterance.words:
            position += len(word.text) + 1
            if offset < position:
                return word.start_s
        return self.at_s


def said(utterance: Utterance, *, remark: str = "", corrected: str | None = None) -> Entry:
    """An utterance as an entry.

    Args:
        utterance: What was heard.
        remark: What stands behind it in brackets.
        corrected: What a human wrote instead of its text.
    """
    entry = Entry(
        kind=_kind(utterance),
        at_s=utterance.start_s,
        name=_(SHORT_NAMES[utterance.channel])[:4],
        text=clean(utterance.text),
        lead="? " if utterance.uncertain else "",
        tail=f" [{remark}]" if remark else "",
        utterance=utterance,
        doubtful=() if utterance.uncertain else _doubtful(utterance),
    )
    if corrected is None:
        return entry
    spoken = EntryKind.INTERVIEWER
    if utterance.channel is Channel.CANDIDATE:
        spoken = EntryKind.CANDIDATE
    return replace(entry, kind=spoken, text=clean(corrected), lead="✎ ", doubtful=())


def clean(text: str) -> str:
    """``text`` without what would speak to the terminal; as long as before."""
    return text.translate(_CONTROLS)


def _kind(utterance: Utterance) -> EntryKind:
    if utterance.uncertain:
        return EntryKind.UNCERTAIN
    interviewer = utterance.channel is Channel.INTERVIEWER
    return EntryKind.INTERVIEWER if interviewer else EntryKind.CANDIDATE


def _doubtful(utterance: Utterance) -> tuple[Range, ...]:
    """The words that may be wrong; none where words and text do not go together."""
    found: list[Range] = []
    position = 0
    for word in utterance.words:
        end = position + len(word.text)
        if utterance.text[position:end] != word.text:
            return ()
        if word.probability < _DOUBTFUL:
            found.append((position, end))
        position = end + 1
    return tuple(found)

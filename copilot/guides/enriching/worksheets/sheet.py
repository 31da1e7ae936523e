"""A worksheet: what a guide lacks, as Markdown for people who write sentences without the app.

Every heading ends with the id of what it is about, in brackets; by these ``worksheet_reading`` puts
each sentence back into its place, in whatever order they come.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.guides.enriching.gaps import Gap, GapKind
from copilot.guides.enriching.places import at
from copilot.guides.enriching.worksheets.words import WORKSHEET_WORDS, WorksheetWords
from copilot.knowledge.guide import Guide, Listened
from copilot.knowledge.overlay import Overlay

#: What stands in brackets behind the heading of the guide's own texts.
WHOLE = "guide"
#: So many lines for a list of texts to translate, and for what is there already.
_MOST_SHOWN = 12
_KEPT_APART = 6


def worksheet(guide: Guide, gaps: Sequence[Gap], overlay: Overlay | None = None) -> str:
    """The worksheet that asks for what fills ``gaps``.

    Args:
        guide: In its own language.
        gaps: In the order in which they are to be asked for.
        overlay: Where they are its gaps; the sheet is then in its language.
    """
    return _Sheet(guide, overlay).text(gaps)


def name_of(place: Place) -> str:
    """What stands in brackets behind an item's heading: ``questions.waste.points.measured``."""
    return ".".join(map(str, place)) or WHOLE


def key_of(place: Place) -> str:
    """What stands in brackets behind the heading of a kind of text: ``near-misses``."""
    return str(place[-1]).replace("_", "-")


def heading_of(gap: Gap, words: WorksheetWords) -> str:
    """The heading of what a gap asks for."""
    if gap.kind is GapKind.TRANSLATION:
        return words.texts[str(gap.place[-1])]
    return words.asking[gap.kind].title


def sheet_name(guide: Guide, overlay: Overlay | None) -> str:
    """What stands in brackets behind the title: the role, and the language of an overlay."""
    return guide.id if overlay is None else f"{guide.id}.{overlay.language}"


def title_of(guide: Guide, item: Place, overlay: Overlay | None = None) -> str:
    """The heading of an item: its label, after that of its question."""
    return _Sheet(guide, overlay).title(item)


class _Sheet:
    """Writes one worksheet."""

    def __init__(self, guide: Guide, overlay: Overlay | None) -> None:
        self._guide = guide
        self._overlay = overlay
        language = guide.language if overlay is None else overlay.language
        self._words = WORKSHEET_WORDS[language]

    def text(self, gaps: Sequence[Gap]) -> str:
        words = self._words
        title = words.title.format(title=_line(self._guide.title))
        lines = [f"# {title} [{sheet_name(self._guide, self._overlay)}]", ""]
        for paragraph in words.intro:
            lines += [f"> {paragraph.format(role=self._guide.id)}", ">"]
        lines[-1] = ""
        for item, asked in groupby(gaps, key=lambda gap: gap.item):
            lines += self._item(item, list(asked))
        return "\n".join(lines).rstrip("\n") + "\n"

    def _item(self, item: Place, gaps: list[Gap]) -> Iterator[str]:
        yield f"## {self.title(item)} [{name_of(item)}]"
        yield ""
        about = list(self._about(item))
        for line in about:
            yield f"> {line}"
            yield ">" if line is not about[-1] else ""
        for gap in gaps:
            yield from self._gap(gap)

    def _gap(self, gap: Gap) -> Iterator[str]:
        yield f"### {heading_of(gap, self._words)} [{key_of(gap.place)}]"
        yield ""
        asking = self._words.asking[gap.kind]
        yield f"> {asking.why} {asking.how}"
        told = self._already(gap)
        if gap.kind is GapKind.TRANSLATION or (gap.kind is GapKind.ANCHORS and self._overlay):
            told = self._original(gap)
        if told:
            yield ">"
            yield f"> {told}"
        yield ""
        if gap.kind is GapKind.ANCHORS:
            yield from (f"- {number}: " for number in range(1, 5))
        else:
            yield from ["- "] * gap.wanted
        yield ""

    def title(self, item: Place) -> str:
        if not item:
            return self._words.whole
        label = _line(self._text(item, "label"))
        if len(item) == 4:
            return f"{_line(self._text(item[:2], 'label'))}: {label}"
        return label

    def _about(self, item: Place) -> Iterator[str]:
        """What whoever writes must know of an item."""
        if not item:
            return
        found = at(self._guide, item)
        if isinstance(found, Listened):
            yield _line(self._text(item, "description"))
        if item[0] == "questions":
            yield self._words.question.format(text=self._quoted(self._text(item[:2], "text")))
        rivals = list(self._rivals(item))
        if rivals:
            yield self._words.rivals.format(rivals="; ".join(rivals[:_KEPT_APART]))

    def _rivals(self, item: Place) -> Iterator[str]:
        if item[0] == "competencies" or (item[0] == "questions" and len(item) == 4):
            beside: tuple[Listened, ...] = at(self._guide, item[:-1])
            for rival in beside:
                if rival.id != item[-1]:
                    yield _line(self._text((*item[:-1], rival.id), "label"))

    def _text(self, item: Place, key: str) -> str:
        """A text in the sheet's language, or in the original's where there is none."""
        if self._overlay is not None and (own := at(self._overlay, (*item, key))):
            return str(own)
        return str(at(self._guide, (*item, key)))

    def _already(self, gap: Gap) -> str:
        there: Any = at(self._guide if self._overlay is None else self._overlay, gap.place)
        if not there or not isinstance(there, tuple):
            return ""
        texts = " ".join(map(self._quoted, there[:_MOST_SHOWN]))
        return self._words.already.format(texts=texts)

    def _original(self, gap: Gap) -> str:
        found = at(self._guide, gap.place)
        if isinstance(found, dict):
            text = " ".join(f"{number}: {self._quoted(each)}" for number, each in found.items())
        elif isinstance(found, tuple):
            text = " ".join(map(self._quoted, found))
        else:
            text = self._quoted(str(found))
        return self._words.original.format(text=text)

    def _quoted(self, text: str) -> str:
        return self._words.quoted.format(text=_line(text))


def _line(text: str) -> str:
    """Brackets would be taken for an id's, and a line's end for a paragraph's."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")

"""What there is to know of a part of a guide: its text, where it is from, where it stands."""

from typing import TYPE_CHECKING

from textual.content import Content

from copilot.guides.editing.fields import Form
from copilot.guides.editing.parts import Part
from copilot.i18n import N_, _
from copilot.tui.guides.text_dialog import remarks
from copilot.tui.guides.tree import Line
from copilot.tui.lists.base import one_line
from copilot.tui.names import LANGUAGES

if TYPE_CHECKING:
    from copilot.guides.editing.open_guide import OpenGuide

#: What lists of texts are for, to be looked up with ``_``.
_WHAT_FOR: dict[object, str] = {
    "says": N_("How candidates really put it, ten sentences or more; the point is heard by them."),
    "denials": N_("How it sounds when it was not done, was stopped, or is rejected."),
    "near_misses": N_("What sounds like it and is not: wishes, credit to others, general talk."),
    "probes": N_("What to ask when it was not heard: open, and giving nothing away."),
    "phrasings": N_("Other ways in which the question is asked aloud."),
    "tips": N_("For whoever holds the interview."),
    "terms": N_("Names and acronyms that the transcriber should expect."),
    "off_limits": N_("What an interviewer must not ask about."),
}


def part_content(guide: "OpenGuide", language: str, line: Line) -> Content:
    """All there is to know of a part.

    Args:
        guide: What it is part of.
        language: The one that is shown.
        line: Its row.
    """
    part = line.part
    lines = [Content.styled(" · ".join(map(_named, line.way)), "bold")]
    if part.form is Form.ITEM:
        lines += _of_item(part)
    elif part.form is Form.TEXTS:
        lines.append(Content(_(_WHAT_FOR.get(part.place[-1], ""))))
    elif part.form is not Form.ITEMS:
        lines += _of_value(part, language, label_of(line))
    lines += _elsewhere(guide, language, part)
    lines.append(Content.styled(" · ".join(_place(guide, language, part)), "$text-muted"))
    return Content("\n").join(each for each in lines if each.plain)


def in_language(language: str, text: str) -> str:
    """A text with the name of its language before it."""
    return _("{language}: {text}", language=_(LANGUAGES[language]), text=text)


def label_of(line: Line) -> str:
    """The label of the point or flag a part belongs to; empty outside of one."""
    found = (p.title for p in reversed(line.way) if p.item in ("point", "flag", "competency"))
    return next((title for title in found), "")


def _named(part: Part) -> str:
    """What a part is called; a listed text by its number."""
    is_listed = part.field is None and part.form is not Form.ITEM
    return str(int(part.place[-1]) + 1) if is_listed else one_line(part.title)


def _of_item(part: Part) -> list[Content]:
    said = {each.key.rpartition("/")[2]: each.text for each in part.children}
    text = said.get("text") or said.get("description") or ""
    return [Content(one_line(text))]


def _of_value(part: Part, language: str, label: str) -> list[Content]:
    lines = [Content(one_line(part.text) or _("nothing stands here"))]
    if part.is_text:
        found = remarks(part.text, part.form, part.longest, language, label)
        lines += [Content.styled(f"▲ {each}", "$text-warning") for each in found]
    return lines


def _elsewhere(guide: "OpenGuide", language: str, part: Part) -> list[Content]:
    """The same text in the other languages; listed texts have no counterpart."""
    if part.field is None or not part.is_text:
        return []
    lines = []
    for other in guide.languages:
        if other == language:
            continue
        try:
            found = guide.file(other).get(part.place)
        except KeyError:
            found = None
        said = found.get("text") if isinstance(found, dict) else found
        shown = one_line(str(said)) if said else _("▲ not translated")
        lines.append(Content.styled(in_language(other, shown), "$text-muted"))
    return lines


def _place(guide: "OpenGuide", language: str, part: Part) -> list[str]:
    file = guide.file(language)
    found = [_("{file}, line {line}", file=file.path.name, line=file.line_of(part.place))]
    if part.origin:
        found.append(_("from {origin}", origin=one_line(part.origin)))
    if part.is_text and part.text:
        count = _("{count} of {longest} characters", count=len(part.text), longest=part.longest)
        found.append(count)
    return found

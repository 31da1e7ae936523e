"""A document in another language than its guide's: its texts by the ids that the guide has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.guides.importing.outline import GROUPS, NOT_IN_OVERLAYS, Outline
from copilot.i18n import N_, _
from copilot.knowledge.sentence import Sentence

_NAMES = {
    "competencies": N_("competencies"),
    "skills": N_("skills"),
    "stages": N_("stages"),
    "questions": N_("questions"),
    "red_flags": N_("red flags"),
}


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A document's texts under the ids of a guide.

    Attributes:
        outline: What the overlay is to say.
        pairs: Which of the guide's items is taken for which of the document's: place, the guide's
            label, the document's.
        faults: Why they cannot be laid over each other, a line each; empty where they can.
    """

    outline: Outline
    pairs: tuple[tuple[str, str, str], ...]
    faults: tuple[str, ...]


def overlaid(guide: Outline, document: Outline, imported: Outline) -> Overlaid:
    """A document's texts under the ids of a guide: by id, else in the order of both.

    Args:
        guide: What the guide says.
        document: What the document says, in the other language.
        imported: What the guide's own last import made; empty where there was none. Where the
            author has added items since, it says which ones the document knows.
    """
    return _Overlaying(guide, document, imported).overlaid()


class _Overlaying:
    def __init__(self, guide: Outline, document: Outline, imported: Outline) -> None:
        self._guide = guide
        self._document = document
        self._imported = imported
        self._pairs: list[tuple[str, str, str]] = []
        self._faults: list[str] = []

    def overlaid(self) -> Overlaid:
        document = self._document
        made: Outline = {
            "guide": self._guide["id"],
            "language": document["language"],
            "title": document["title"],
            "summary": document.get("summary", ""),
            "terms": [
                term
                for term in document.get("terms", [])
                if term not in self._guide.get("terms", [])
            ],
        }
        for group in GROUPS:
            lists = (each.get(group, []) for each in (self._guide, document, self._imported))
            made[group] = list(self._group(_(_NAMES[group]), group, *lists))
        made["tips"] = document.get("tips", [])
        held = {key: value for key, value in made.items() if value not in ([], "")}
        return Overlaid(held, tuple(self._pairs), tuple(self._faults))

    def _group(
        self,
        name: str,
        place: str,
        guide: Sequence[Outline],
        document: Sequence[Outline],
        imported: Sequence[Outline],
    ) -> Iterator[Outline]:
        if not document:
            return
        matched = self._matched(name, guide, document, imported)
        known = {item["id"]: item for item in imported}
        for item, texts in matched:
            self._pairs.append((f"{place}.{item['id']}", item["label"], texts["label"]))
            made = {"id": item["id"], **self._texts(texts)}
            if "points" in texts:
                of_it = _("expected points of {question}", question=item["id"])
                points = (item.get("points", []), texts["points"])
                before = known.get(item["id"], {}).get("points", [])
                here = f"{place}.{item['id']}.points"
                made["points"] = list(self._group(of_it, here, *points, before))
            yield made

    def _matched(
        self,
        name: str,
        guide: Sequence[Outline],
        document: Sequence[Outline],
        imported: Sequence[Outline],
    ) -> list[tuple[Outline, Outline]]:
        by_id = {item["id"]: item for item in guide}
        if all(texts["id"] in by_id for texts in document):
            return [(by_id[texts["id"]], texts) for texts in document]
        of_import = [by_id[item["id"]] for item in imported if item["id"] in by_id]
        for items in (list(guide), of_import):
            if len(items) == len(document):
                return list(zip(items, document, strict=True))
        self._faults.append(
            _(
                "{what}: {guide} in the guide, {document} in the document.",
                what=name,
                guide=len(guide),
                document=len(document),
            )
        )
        return []

    @staticmethod
    def _texts(item: Outline) -> Outline:
        """What of an item an overlay holds; its text says where it comes from."""
        made: Outline = {}
        for key, value in item.items():
            if key in (*NOT_IN_OVERLAYS, "id", "points"):
                continue
            own = key in ("text", "description") and "origin" in item
            made[key] = Sentence(value, item["origin"]) if own else _copied(value)
        return made


def _copied(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value

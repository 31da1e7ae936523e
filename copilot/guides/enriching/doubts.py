"""What plain rules say against a proposed text; a human decides all the same."""

import re
from collections.abc import Iterator

from copilot.coach.off_limits import touches
from copilot.guides.editing.edits import Place
from copilot.guides.enriching.gaps import GapKind
from copilot.guides.enriching.refused import folded
from copilot.i18n import _
from copilot.knowledge.guide import Guide, Listened
from copilot.knowledge.off_limits import Pack, joined, load_packs
from copilot.knowledge.overlay import Overlay
from copilot.knowledge.wording import faults
from copilot.review.anonymising.names import NameFinder
from copilot.review.anonymising.patterns import contacts_in

#: A sentence of fewer words carries too little to be told from others.
_FEWEST_WORDS = 4
_HEARD = frozenset({GapKind.SAYS, GapKind.DENIALS, GapKind.NEAR_MISSES, GapKind.PROPOSITIONS})
_PLACEHOLDER = re.compile(
    r"\[(?:person|name|e-mail|phone|link|handle|address|account|number)-\d+\]"
)
_LEFT_OPEN = re.compile(r"…|\.\.\.")


class Doubter:
    """Looks at texts proposed for one guide, in one language."""

    def __init__(self, guide: Guide, overlay: Overlay | None = None) -> None:
        """What is there already is read once.

        Args:
            guide: In its own language.
            overlay: Where the texts are for it.
        """
        self._guide = guide if overlay is None else overlay.laid_over(guide)
        self._pack: Pack | None = None
        self._heard = {
            folded(text): label for label, texts in _all_says(self._guide) for text in texts
        }

    def doubts(self, kind: GapKind, place: Place, text: str) -> str:
        """What is against a text at a place, in a few words; empty where nothing is."""
        return "; ".join(self._doubts(kind, place, text))

    def _doubts(self, kind: GapKind, place: Place, text: str) -> Iterator[str]:
        if kind in _HEARD:
            yield from self._of_heard(text)
        is_probe = kind in (GapKind.PROBE, GapKind.PROBES) or place[-1] == "probe"
        if is_probe:
            label = self._label(place) if kind is GapKind.PROBES else ""
            for fault in faults(text, self._guide.language, gives_away=label):
                yield _("the question {fault}", fault=fault)
        if is_probe or kind is GapKind.PHRASINGS or place[-1] == "text":
            if self._pack is None:
                self._pack = joined(load_packs())
            if touches(text, self._guide.language, self._pack):
                yield _("it touches an off-limits topic")

    def _of_heard(self, text: str) -> Iterator[str]:
        if _PLACEHOLDER.search(text):
            yield _("it holds a placeholder: say it in general words")
        elif len(text.split()) < _FEWEST_WORDS:
            yield _("it is very short")
        if _LEFT_OPEN.search(text):
            yield _("something is left open in it")
        if (label := self._heard.get(folded(text))) is not None:
            yield _("the same sentence counts for {label!r}", label=label)
        finder = NameFinder([text], self._terms())
        names = [name.text for name in finder.find()]
        if names:
            yield _("it seems to name somebody or something: {names}", names=", ".join(names))
        if next(contacts_in(text), None) is not None:
            yield _("it holds contact data or a long number")

    def _label(self, place: Place) -> str:
        for question in self._guide.questions:
            if place[:2] == ("questions", question.id):
                return next((p.label for p in question.points if p.id == place[3]), "")
        return next((c.label for c in self._guide.competencies if c.id == place[1]), "")

    def _terms(self) -> Iterator[str]:
        yield from self._guide.terms
        yield self._guide.title


def _all_says(guide: Guide) -> Iterator[tuple[str, tuple[str, ...]]]:
    listened: list[Listened] = [*guide.competencies, *guide.red_flags]
    listened += [point for question in guide.questions for point in question.points]
    for item in listened:
        yield item.label, item.says

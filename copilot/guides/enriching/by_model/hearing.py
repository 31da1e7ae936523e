"""What speaks against a proposed text: how the matcher would hear it, and what it is most like.

A guide without sentences can hardly be heard by, so the proposals for one item are tried with each
other in it: each as if a candidate said it, beside all the others. Its rivals get no more sentences
than it has then, or whatever is said would be theirs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from copilot.events import Channel, FindingState, Utterance
from copilot.guides.editing.edits import Place
from copilot.guides.enriching.places import at
from copilot.guides.listening import Listener
from copilot.i18n import _
from copilot.knowledge.guide import Competency, Guide, Listened, NotSays, Point, Question, RedFlag
from copilot.matching.matcher import Judged

_COUNTS = (FindingState.EVIDENCED, FindingState.RAISED)
#: Probabilities of being said: from which on a rival is heard, and below which an item is not. Of
#: sentences that shipped guides give to another point these doubt 34 of 36, and 23 of 54 of those
#: that they give to the point itself, with eight others to hear it by.
_LEAST_OF_A_RIVAL, _LEAST = 0.3, 0.1
_FEWEST_OF_RIVALS = 3
#: Two questions on the same matter are at least so much alike, by the sentence encoder.
_SAME_QUESTION = {"en": 0.8, "fr": 0.83}
#: A text and its translation, too.
_SAME_TEXT = 0.84
_Item = TypeVar("_Item", Point, Competency, RedFlag)


@dataclass(frozen=True, slots=True)
class Sentences:
    """What an item would be heard by.

    Attributes:
        says: Sentences that count.
        denials: Sentences that deny it.
        near_misses: Sentences that come close.
    """

    says: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """Tries sentences in a guide.

    Attributes:
        guide: In the language of the sentences.
        listener: The models.
    """

    guide: Guide
    listener: Listener = field(repr=False)

    def doubts_on_says(self, item: Place, text: str, others: Sentences) -> str:
        """What is against a sentence that should count for an item; empty where nothing is.

        Args:
            item: The item's place.
            text: The sentence.
            others: All else that is proposed for the item.
        """
        mine, rivals = self._heard(item, text, others)
        best = max(rivals, key=lambda rival: rival.says, default=None)
        if best is not None and best.says >= max(mine.says, _LEAST_OF_A_RIVAL):
            return _("heard as {rival} rather", rival=self._label(item, best.finding.id))
        if mine.finding.state is FindingState.DENIED:
            return _("heard as a denial")
        # What is hard to hear by the others is what it helps to add; what is not heard at all is
        # on something else.
        return _("not heard as it") if mine.says < _LEAST else ""

    def doubts_on_not_says(self, item: Place, text: str, others: Sentences) -> str:
        """What is against a denial or near miss of an item; empty where nothing is."""
        mine, _rivals = self._heard(item, text, others)
        return _("heard as saying it") if mine.finding.state in _COUNTS else ""

    def doubts_on_phrasing(self, question: Question, text: str) -> str:
        """What is against another way of asking a question; empty where nothing is."""
        others = [other for other in self.guide.questions if other.id != question.id]
        texts = [text, question.text, *(other.text for other in others)]
        vectors = self.listener.guide_embedder.embed(texts)
        alike = vectors[1:] @ vectors[0]
        nearest = int(np.argmax(alike))
        if nearest > 0:
            return _("more like the question {other!r}", other=others[nearest - 1].label)
        if alike[0] < _SAME_QUESTION[self.guide.language]:
            return _("asks for something else, it seems")
        return ""

    def doubts_on_translation(self, text: str, original: str) -> str:
        """What is against a translation; empty where nothing is."""
        one, other = self.listener.guide_embedder.embed([text, original])
        return _("means something else, it seems") if float(one @ other) < _SAME_TEXT else ""

    # -- the guide with the proposals -------------------------------------------------------------

    def _heard(self, item: Place, text: str, others: Sentences) -> tuple[Judged, list[Judged]]:
        guide, question = self._with(item, others)
        said = Utterance(id="u1", channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=text)
        judged = self.listener.matcher(guide).judged(question, [said])
        flags = {flag.id for flag in guide.red_flags}
        ids = flags if item[0] == "red_flags" else {p.id for p in guide.points_for(question)}
        # Points come first, then flags; an id may stand in both.
        points = len(judged) - len(guide.red_flags)
        mine = judged[points:] if item[0] == "red_flags" else judged[:points]
        among = [each for each in mine if each.finding.id in ids]
        own = next(each for each in among if each.finding.id == item[-1])
        return own, [each for each in among if each is not own]

    def _with(self, item: Place, others: Sentences) -> tuple[Guide, str]:
        """The guide with the sentences in an item, and a question it is listened for under."""

        def adding(one: _Item) -> _Item:
            if one.id != item[-1]:
                return one.model_copy(update={"says": one.says[:most]})
            says = tuple(dict.fromkeys((*one.says, *others.says)))
            not_says = NotSays(
                denials=(*one.not_says.denials, *others.denials),
                near_misses=(*one.not_says.near_misses, *others.near_misses),
            )
            return one.model_copy(update={"says": says, "not_says": not_says})

        most = max(len(others.says) + len(at(self.guide, item).says), _FEWEST_OF_RIVALS)
        first = self.guide.questions[0]
        if item[0] == "red_flags":
            flags = tuple(map(adding, self.guide.red_flags))
            return self.guide.model_copy(update={"red_flags": flags}), first.id
        if item[0] == "competencies":
            rated = tuple(map(adding, self.guide.competencies))
            open_ended = first.model_copy(update={"points": ()})
            update = {"competencies": rated, "questions": (open_ended,)}
            return self.guide.model_copy(update=update), first.id
        question = self.guide.question(str(item[1]))
        points = tuple(map(adding, question.points))
        changed = question.model_copy(update={"points": points})
        return self.guide.model_copy(update={"questions": (changed,)}), question.id

    def _label(self, item: Place, rival: str) -> str:
        among: Sequence[Listened] = self.guide.red_flags
        if item[0] == "competencies":
            among = self.guide.competencies
        elif item[0] == "questions":
            among = self.guide.question(str(item[1])).points
        return next(each.label for each in among if each.id == rival)

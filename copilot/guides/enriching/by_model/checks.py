"""What is wrong with a text that a model proposes for a guide, by rules that can be read.

These are the faults for which a text is not even shown to a human; what is only doubtful is said
beside it, see ``by_model_hearing``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from copilot.coach.gate import Expected, Gate, GateContext
from copilot.coach.gate_words import instructs, is_not_plain, leads, typed
from copilot.coach.openness import sentences
from copilot.coach.words import gist, is_in
from copilot.guides.enriching.by_model.told import Fault
from copilot.guides.importing.by_model.checks import touches_off_limits
from copilot.guides.importing.rules.asking import asks
from copilot.knowledge.off_limits import Pack
from copilot.knowledge.phrases import plain
from copilot.knowledge.wording import faults
from copilot.matching.embedding import Embedder
from copilot.review.recap.cue_words import DENIES, FIRST_PERSON
from copilot.review.recap.judging_words import VERDICT
from copilot.review.recap.names import unsaid_names
from copilot.review.recap.numbers import figures_in

_LONGEST_LABEL = 30
_LONGEST = 600
#: Fewest and most words of what candidates say, of phrasings, and of texts for raters.
_SAID = (4, 45)
_ASKED = (3, 60)
_TOLD = (4, 45)
#: From this share of words in common on, two sentences are the same.
_SAME_WORDS = 0.75
#: From this likeness on too, by the sentence encoder: of the shipped guides' sentences for one
#: point none is as like its nearest as this.
_SAME_MEANING = {"en": 0.945, "fr": 0.955}
#: A translation has so much of the original's length, at least and at most.
_LENGTHS = (0.5, 2.2)
_SHORT = 25  # characters; of so few, lengths say nothing
_OTHER = {"en": "fr", "fr": "en"}


@dataclass(frozen=True, slots=True)
class TextChecks:
    """The rules for texts in one language.

    Attributes:
        language: ``en`` or ``fr``.
        pack: Every off-limits topic.
        embedder: Compares meanings.
    """

    language: str
    pack: Pack = field(repr=False)
    embedder: Embedder = field(repr=False)

    def said(self, text: str, *, of_oneself: bool) -> Fault | None:
        """Of a sentence that a candidate says.

        Args:
            text: The sentence.
            of_oneself: Whether it has to be in the first person.
        """
        fault = self._of_any(text, _SAID)
        if fault is None and of_oneself:
            spoken = FIRST_PERSON[self.language].search(typed(text))
            return None if spoken else Fault.FIRST_PERSON
        return fault

    def told(self, text: str) -> Fault | None:
        """Of a text for whoever interviews: why a flag matters, what a rating looks like."""
        fault = self._of_any(text, _TOLD)
        if fault is None and text.rstrip().endswith("?"):
            return Fault.FORM
        return fault or (Fault.JUDGEMENT if VERDICT[self.language].search(typed(text)) else None)

    def probe(self, text: str, question: str, expected: Expected | None) -> Fault | None:
        """Of a follow-up: the rules of guides' probes, and those of the coach's gate."""
        fault = self._of_any(text, _ASKED)
        if fault is not None:
            return fault
        label = expected.label if expected is not None else ""
        context = GateContext(
            language=self.language, question=question, expected=expected, local=True
        )
        refused = not Gate(self.pack).check(text, context).passed
        return Fault.QUESTION if refused or faults(text, self.language, label) else None

    def phrasing(self, text: str) -> Fault | None:
        """Of another way of asking a question."""
        fault = self._of_any(text, _ASKED)
        if fault is not None:
            return fault
        plainly = typed(text)
        fit = asks(plainly) and not leads(sentences(plainly), self.language)
        return None if fit else Fault.QUESTION

    def anchors(self, texts: Sequence[str]) -> Fault | None:
        """Of the four texts of a competency's ratings."""
        fault = next((fault for text in texts if (fault := self.told(text)) is not None), None)
        if fault is not None:
            return fault
        lacking = [len(DENIES[self.language].findall(typed(text))) for text in texts]
        alike = any(self.is_double(text, texts[:at]) for at, text in enumerate(texts))
        # The lowest rating tells what is missing; a higher one that lacks more is out of order.
        return Fault.ORDER if alike or lacking[-1] > lacking[0] else None

    def translation(self, text: str, original: str, *, label: bool) -> Fault | None:
        """Of a text in this language, against what it translates."""
        longest = _LONGEST_LABEL if label else _LONGEST
        rules: dict[Fault, Callable[[], bool]] = {
            Fault.FORM: lambda: not plain(text).words() or is_not_plain(typed(text)),
            Fault.LENGTH: lambda: len(text) > longest or _is_unlike_in_length(text, original),
            Fault.INSTRUCTION: lambda: instructs(text) and not instructs(original),
            Fault.LANGUAGE: lambda: self._is_foreign(text, original),
            Fault.KEPT: lambda: self._changes(text, original),
        }
        return next((fault for fault, is_broken in rules.items() if is_broken()), None)

    def is_double(self, text: str, there: Iterable[str], *, by_meaning: bool = True) -> bool:
        """Whether a text says in nearly the same words what another says already.

        Args:
            text: The text.
            there: The others.
            by_meaning: Whether it is a double also where it means nearly the same. Phrasings of a
                question are meant to.
        """
        mine, known = gist(text, self.language), list(there)
        for other in known:
            theirs = gist(other, self.language)
            together = mine | theirs
            if not together or len(mine & theirs) / len(together) >= _SAME_WORDS:
                return True
        if not known or not by_meaning:
            return False
        vectors = self.embedder.embed([text, *known])
        return float(np.max(vectors[1:] @ vectors[0])) >= _SAME_MEANING[self.language]

    # -- rules ------------------------------------------------------------------------------------

    def _of_any(self, text: str, words: tuple[int, int]) -> Fault | None:
        fewest, most = words
        count = len(text.split())
        rules: dict[Fault, Callable[[], bool]] = {
            Fault.FORM: lambda: not plain(text).words() or is_not_plain(typed(text)),
            Fault.LENGTH: lambda: not fewest <= count <= most or len(text) > _LONGEST,
            Fault.INSTRUCTION: lambda: instructs(text),
            Fault.OFF_LIMITS: lambda: touches_off_limits(text, self.language, self.pack),
            Fault.LANGUAGE: lambda: not is_in(text, self.language),
        }
        return next((fault for fault, is_broken in rules.items() if is_broken()), None)

    def _is_foreign(self, text: str, original: str) -> bool:
        other = _OTHER[self.language]
        if len(gist(original, other)) > 2 and plain(text).words() == plain(original).words():
            return True
        return is_in(text, other) and not is_in(text, self.language)

    def _changes(self, text: str, original: str) -> bool:
        other = _OTHER[self.language]
        mine, theirs = figures_in(text, self.language), figures_in(original, other)
        if {n.value for n in mine.numbers} - {1} != {n.value for n in theirs.numbers} - {1}:
            return True
        if text.rstrip().endswith("?") != original.rstrip().endswith("?"):
            return True
        # Acronyms and product names; what only begins with a capital may be a word of the language.
        names = [*unsaid_names(text, original), *unsaid_names(original, text)]
        return any(any(letter.isupper() for letter in name[1:]) for name in names)


def _is_unlike_in_length(text: str, original: str) -> bool:
    if len(original) < _SHORT:
        return False
    least, most = _LENGTHS
    return not least * len(original) <= len(text) <= most * len(original)

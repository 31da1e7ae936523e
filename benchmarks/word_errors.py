"""Word errors of recognised text against what was really said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import jiwer
import numpy as np
from whisper_normalizer.basic import BasicTextNormalizer
from whisper_normalizer.english import EnglishTextNormalizer

from benchmarks.reporting import percent
from copilot.lab.measuring.bootstrap import Counts, Estimate, estimate, ratio


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Errors of one piece of text after normalisation, and how many words it should have."""

    words: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    @property
    def errors(self) -> int:
        """All errors together."""
        return self.substitutions + self.deletions + self.insertions

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            self.words + other.words,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


@cache
def normaliser(language: str) -> Callable[[str], str]:
    """Whisper's own normaliser: the English one for English, the basic one for all else.

    Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision" (2022), appendix C.
    """
    chosen = EnglishTextNormalizer() if language == "en" else BasicTextNormalizer()
    return lambda text: str(chosen(text))


def word_errors(references: Sequence[str], heard: str, language: str) -> list[WordErrors]:
    """The errors in ``heard``, told apart by the reference they fall into.

    Args:
        references: What was said, in order: one piece, or the pieces of a longer recording.
        heard: What was recognised of all of them, in a row.
        language: ISO 639-1 code.

    Returns:
        One for each reference. A word too many counts for the piece it stands before; their sum
        is the usual count over the whole text.
    """
    normal = normaliser(language)
    pieces = [normal(reference).split() for reference in references]
    owners = [index for index, words in enumerate(pieces) for _ in words]
    said, recognised = [word for words in pieces for word in words], normal(heard).split()
    table = np.zeros((len(pieces), 3), int)
    for kind, start, end, extra in _chunks(said, recognised):
        if kind == "insert":
            table[owners[min(start, len(owners) - 1)], 2] += extra
        else:
            for word in range(start, end):
                table[owners[word], 0 if kind == "substitute" else 1] += 1
    return [
        WordErrors(len(words), *(int(count) for count in row))
        for words, row in zip(pieces, table, strict=True)
    ]


def _chunks(said: list[str], recognised: list[str]) -> list[tuple[str, int, int, int]]:
    """Kind, first and last word of each stretch of errors, and how many words were inserted."""
    if not recognised:
        return [("delete", 0, len(said), 0)]
    aligned = jiwer.process_words(" ".join(said), " ".join(recognised)).alignments[0]
    return [
        (c.type, c.ref_start_idx, c.ref_end_idx, c.hyp_end_idx - c.hyp_start_idx)
        for c in aligned
        if c.type != "equal"
    ]


def error_rate(pieces: Sequence[WordErrors]) -> Estimate:
    """Errors over all words, with an interval from drawing the pieces again."""
    counts = np.array([(piece.errors, piece.words) for piece in pieces], float)
    return estimate(counts, lambda sums: ratio(sums[..., 0], sums[..., 1]))


def rate_difference(ours: Sequence[WordErrors], theirs: Sequence[WordErrors]) -> Estimate:
    """Our error rate less theirs on the same pieces; both are drawn together."""
    counts: Counts = np.array(
        [(a.errors, b.errors, a.words) for a, b in zip(ours, theirs, strict=True)], float
    )
    return estimate(counts, lambda sums: ratio(sums[..., 0] - sums[..., 1], sums[..., 2]))


ERROR_COLUMNS = ("of", "words", "sub", "del", "ins", "WER %")


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """The word errors of one speaker.

    Attributes:
        who: The speaker.
        errors: Words and errors, summed.
        wer: Word error rate, 0 to 1.
    """

    who: str
    errors: WordErrors
    wer: Estimate

    @classmethod
    def of(cls, who: str, pieces: Sequence[WordErrors]) -> "ErrorRow":
        """The row of ``pieces`` together."""
        return cls(who, sum(pieces, WordErrors()), error_rate(pieces))

    def cells(self) -> Sequence[str]:
        """As ``ERROR_COLUMNS``."""
        kinds = (self.errors.substitutions, self.errors.deletions, self.errors.insertions)
        return self.who, str(self.errors.words), *map(str, kinds), percent(self.wer, 1)

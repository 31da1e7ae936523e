"""Which placeholder stands for what, the same one for the same thing through a whole session."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from copilot.review.anonymising.patterns import Kind


@dataclass(frozen=True, slots=True)
class Replacement:
    """One placeholder.

    Attributes:
        placeholder: Such as ``[person-1]``; without a space, so that it is one word.
        kind: What it stands for.
        originals: The texts it replaced, each as it was written.
        count: How often.
    """

    placeholder: str
    kind: Kind
    originals: tuple[str, ...]
    count: int


class Table:
    """Gives placeholders out, in the order in which things turn up."""

    def __init__(self) -> None:
        self._numbers: Counter[Kind] = Counter()
        self._placeholders: dict[tuple[Kind, str], str] = {}
        self._kinds: dict[str, Kind] = {}
        self._used: dict[str, Counter[str]] = {}

    def placeholder(self, kind: Kind, original: str) -> str:
        """What stands for ``original``; a new one where it turned up for the first time."""
        key = (kind, folded(original))
        if key not in self._placeholders:
            self._numbers[kind] += 1
            made = f"[{kind.value}-{self._numbers[kind]}]"
            self._placeholders[key] = made
            self._kinds[made] = kind
        return self._placeholders[key]

    def same(self, kind: Kind, first: str, others: Iterable[str]) -> None:
        """Let ``others`` be the same thing as ``first``, where they are not known as another."""
        made = self.placeholder(kind, first)
        for other in others:
            self._placeholders.setdefault((kind, folded(other)), made)

    def use(self, kind: Kind, original: str) -> str:
        """The placeholder, counted as used once more."""
        made = self.placeholder(kind, original)
        self._used.setdefault(made, Counter())[original] += 1
        return made

    def used(self) -> list[Replacement]:
        """Everything that was replaced, in the order in which it turned up."""
        return [
            Replacement(made, kind, tuple(self._used[made]), sum(self._used[made].values()))
            for made, kind in self._kinds.items()
            if made in self._used
        ]


def folded(text: str) -> str:
    """Without accents, capitals and doubled spaces, as one name is written in several ways."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())

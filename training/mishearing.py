"""Words that a recogniser took for others, put into passages that nobody has read aloud."""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from training.heard_labels import HeardWords, Row, letters

#: For a word, in small letters alone, what was written for it, as often as it was.
Mishearings = Mapping[str, Sequence[str]]

_MOST = 3  # words of a passage


def mishearings(written: Iterable[Row], recognised: Iterable[Row]) -> Mishearings:
    """What was heard in place of words.

    Args:
        written: Answers, as ``data/answers`` has them.
        recognised: What became of some of them, their ids followed by ``~`` and a model's name.
    """
    texts = {row["id"]: row["answer"] for row in written}
    found: dict[str, list[str]] = defaultdict(list)
    for row in recognised:
        beside = HeardWords(texts[row["id"].partition("~")[0]], row["answer"])
        for said, heard in beside.replaced():
            found[letters(said)].append(heard)
    return found


def misheard(passage: str, known: Mishearings, chance: random.Random) -> str:
    """``passage`` with up to three words heard as others, of those that are known to be."""
    words = passage.split()
    places = [place for place, word in enumerate(words) if letters(word) in known]
    for place in chance.sample(places, min(len(places), chance.randint(1, _MOST))):
        words[place] = chance.choice(known[letters(words[place])])
    return " ".join(words)

"""Words that turn a sentence: negation, wishes and duties, credit to somebody else."""

import re

import numpy as np
import numpy.typing as npt

from copilot.matching.plain import plain

_NEGATION = {
    "en": r"never|not|no|none|nobody|nothing|without|hardly|barely|rarely|\w+n'?t|cannot|"
    r"stopped|dropped|gave up|given up|used to|skipped|instead of|neither|nor",
    "fr": r"jamais|pas|aucune?|rien|personne|sans|ni|plus de|arrêté|abandonné|laissé tomber|"
    r"renoncé|refusé",
}
_WISH = {
    "en": r"should|would|could|ideally|in theory|in (?:a )?perfect world|i'd love|keep meaning|"
    r"wish|supposed to|might|one day|planned to|meant to|people say|they say|some people",
    "fr": r"devrai[st]|devraient|aurai[st]|faudrait|pourrai[st]|idéalement|en théorie|"
    r"dans l'idéal|un jour|il paraît|on dit|j'aimerais|aurait fallu|prévu de|serait",
}
_OTHERS = {
    "en": r"vendor|they|he|she|my boss|predecessor|somebody|someone|procurement|consultants?|"
    r"sits? with|reports? to|their job|not mine|wasn't me",
    "fr": r"l'éditeur|prestataire|ils|elles?|il|mon chef|prédécesseur|quelqu'un|achats|"
    r"drh|consultants|c'est eux|c'est pas moi",
}


def _compiled(words: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {language: re.compile(rf"\b(?:{p})\b", re.I) for language, p in words.items()}


_CUES = tuple(_compiled(words) for words in (_NEGATION, _WISH, _OTHERS))

#: More cues than this in one passage say no more than this many.
_ENOUGH = 2


def cue_counts(texts: list[str], language: str) -> npt.NDArray[np.float32]:
    """How often each kind of cue stands in each text, at most twice.

    Returns:
        float32, shape ``(len(texts), 3)``: negation, wishes and duties, others.
    """
    counts = [
        [min(_ENOUGH, len(kind[language].findall(text))) for kind in _CUES]
        for text in map(plain, texts)
    ]
    return np.asarray(counts, np.float32).reshape(-1, len(_CUES))

"""Is a follow-up question well put? Plain rules, English and French."""

import re

#: Longer follow-ups are not taken in.
MOST_WORDS = 30

_CLOSED = {
    "en": re.compile(
        r"^(?:and |so |but )?(?:(?:did|do|does|have|has|had|is|are|was|were|can|could|would|will|"
        r"should|shall|may|might|am)(?:n't)?|can't|won't)\b",
        re.I,
    ),
    "fr": re.compile(
        r"^(?:et |mais |alors )?(?:y |vous |l'|n'|s')?(?:est-ce qu|\w+-(?:t-)?"
        r"(?:vous|tu|il|elle|ils|elles|on|ce)\b)",
        re.I,
    ),
}
_OPEN_WITHIN_CLOSED = {
    # "Could you tell me how …" asks openly whatever it begins with.
    "en": re.compile(r"\b(?:tell|walk|take|talk|describe|explain|give me an example)\b", re.I),
    "fr": re.compile(r"\b(?:raconter|décrire|expliquer|donner un exemple|me dire)\b", re.I),
}
_LEADING = {
    "en": re.compile(
        r"\b(?:don't you|didn't you|wouldn't you|isn't it|aren't you|surely|of course|obviously|"
        r"i assume|i suppose you|presumably|right\?|correct\?|you must have|clearly)",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:n'est-ce pas|évidemment|bien sûr|j'imagine que|je suppose que|forcément|"
        r"non \?|hein)",
        re.I,
    ),
}
_DOUBLE = {
    "en": re.compile(
        r"[,;]? and (?:how|what|why|who|when|where|which|did|do|does|was|were|is|are)\b", re.I
    ),
    "fr": re.compile(
        r"[,;]? et (?:comment|pourquoi|qui|quand|où|quels?|quelles?|combien|"
        r"qu'est-ce|est-ce|que)\b",
        re.I,
    ),
}
#: Apostrophes and spaces as word processors write them, and as the rules do.
_PLAIN = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " "})
_WORD = re.compile(r"\w+", re.UNICODE)
_SHORT = 3  # letters; words as short as this give nothing away


def faults(probe: str, language: str, gives_away: str = "") -> list[str]:
    """What is wrong with a follow-up question; empty where nothing is.

    Args:
        probe: The question.
        language: ``en`` or ``fr``.
        gives_away: Words that would hand the candidate the answer, such as a point's label.

    Returns:
        Short phrases such as ``leading`` or ``asks two things``.
    """
    text = probe.strip().translate(_PLAIN)
    found: list[str] = []
    if not text.endswith("?"):
        found.append("is no question")
    if text.count("?") > 1 or _DOUBLE[language].search(text):
        found.append("asks two things")
    if _CLOSED[language].match(text) and not _OPEN_WITHIN_CLOSED[language].search(text):
        found.append("can be answered by yes or no")
    if _LEADING[language].search(text):
        found.append("is leading")
    if len(text.split()) > MOST_WORDS:
        found.append(f"is longer than {MOST_WORDS} words")
    answer = _content_words(gives_away)
    if answer and answer <= _content_words(text):
        found.append(f"gives the answer away ({', '.join(sorted(answer))})")
    return found


def _content_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if len(word) > _SHORT}

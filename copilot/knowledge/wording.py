"""Is a question well put? Plain rules for questions and follow-ups, English and French."""

import re

#: Longer follow-ups are not taken in.
MOST_WORDS = 30
#: A question may set a scene first.
MOST_WORDS_OF_A_QUESTION = 45

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
# A second question of its own, with its own verb; "and what you did" goes on with the first.
_SECOND_QUESTION = {
    "en": re.compile(
        r"[,;]? and (?:how|what|why|who|when|where|which)(?: [\w-]+){0,3}? "
        r"(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should)(?:n't)? "
        r"(?:you|i|we|they|he|she|it|the|your|a|an|that|this|people|others)\b|"
        r"[,;] and (?:do|does|did|is|are|was|were|have|would|could|can) you\b",
        re.I,
    ),
    "fr": re.compile(
        r"[,;]? et (?:comment|pourquoi|qui|quand|où|quels?|quelles?|combien|qu'est-ce|est-ce|que "
        r"\w+-(?:vous|tu|il|elle|on|ils|elles)\b)",
        re.I,
    ),
}
_TELLING = {
    "en": re.compile(
        r"\b(?:tell|walk|talk|take|give|show|describe|explain|name|pick|imagine|think of|"
        r"(?:like|love) to (?:hear|know))\b",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:racontez|parlez|décrivez|expliquez|donnez|dites|citez|imaginez|prenez|montrez|"
        r"raconter|décrire|expliquer|donner|dire|aimerais (?:savoir|entendre))\b",
        re.I,
    ),
}
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
# "…, right?" leads; "and stays right?" does not.
_LEADING_IN_A_QUESTION = {
    "en": re.compile(
        r"\b(?:don't you think|didn't you|wouldn't you (?:say|agree)|isn't it|aren't you|surely|"
        r"of course|obviously|i assume|i suppose you|presumably|you must have|as we all know)\b|"
        r", (?:right|correct)\?",
        re.I,
    ),
    "fr": re.compile(
        r"\b(?:n'est-ce pas|évidemment|bien sûr que|j'imagine que|je suppose que|forcément)\b|"
        r", (?:non|hein) ?\?",
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


def question_faults(question: str, language: str) -> list[str]:
    """What is wrong with how a question of the guide is put; empty where nothing is.

    Unlike a follow-up it may be a request ("Tell me about …") and set a scene first.

    Args:
        question: Its text, or another phrasing of it.
        language: ``en`` or ``fr``.

    Returns:
        Short phrases such as ``is leading`` or ``asks two things``.
    """
    text = " ".join(question.strip().translate(_PLAIN).split())
    found: list[str] = []
    if text.count("?") > 1 or _SECOND_QUESTION[language].search(text):
        found.append("asks two things")
    asked = [part.strip() for part in _SENTENCE.findall(text) if part.rstrip().endswith("?")]
    closed = [
        part
        for part in asked
        if _CLOSED[language].match(part) and not _SECOND_QUESTION[language].search(part)
    ]
    if asked and len(closed) == len(asked) and not _TELLING[language].search(text):
        found.append("can be answered by yes or no")
    if _LEADING_IN_A_QUESTION[language].search(text):
        found.append("is leading")
    if len(text.split()) > MOST_WORDS_OF_A_QUESTION:
        found.append(f"is longer than {MOST_WORDS_OF_A_QUESTION} words")
    return found


def _content_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if len(word) > _SHORT}

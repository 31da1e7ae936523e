"""Is it one question, and is it open? English and French, by how questions begin.

A question is open where a question word governs it ("what", "in what way", "qu'est-ce qui"), or
where it asks for an account whatever it begins with ("could you walk me through"). All else can be
answered by yes, no or a choice: inversions, "est-ce que", statements with a question mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from copilot.coach.words import word_set, words

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_CLAUSE = re.compile(r"[,;:()]\s|\s[-\u2013\u2014]\s")
#: In "3.5" and "node.js" the full stop ends nothing.
_INNER_STOP = re.compile(r"(?<=\w)\.(?=\w)")

_LEADS = {
    "en": word_set("and so but ok okay well now then also right hm uh um just more"),
    "fr": word_set("et mais alors donc ok bon bah eh ben ensuite puis or du coup euh"),
}
_PREPOSITIONS = {
    "en": word_set(
        "in at on to for from by with of about under through during over after before within "
        "into since until beyond besides across"
    ),
    "fr": word_set(
        "a au aux de d du des dans en par pour sur sous avec sans chez vers depuis pendant apres "
        "avant lors jusqu jusque entre contre selon face"
    ),
}
_QUESTION_WORDS = {
    "en": word_set("what how why who whom whose which where when"),
    "fr": word_set(
        "que qu qui quoi comment pourquoi combien quand ou quel quelle quels quelles lequel "
        "laquelle lesquels lesquelles auquel duquel desquels"
    ),
}
#: These govern a question wherever they stand early in it; the others may be relative pronouns.
_STRONG = {
    "en": word_set("what how why which who"),
    "fr": word_set(
        "comment pourquoi combien quel quelle quels quelles lequel laquelle lesquels lesquelles "
        "quoi"
    ),
}
#: "When the freeze came, …": these begin a subordinate clause just as well.
_SUBORDINATING = frozenset(("when", "where", "quand"))
_AUXILIARIES = word_set(
    "do does did don doesn didn have has had haven hasn hadn is are was were am isn aren wasn "
    "weren can could will would shall should may might must couldn wouldn shouldn won ain"
)
#: Words after a preposition among which the question word must come: "on what kind of evidence".
_NEAR = 6
#: A last clause as short as this asks by its question word: "…, when exactly?".
_BRIEF = 2

_INVERSION_FR = re.compile(
    r"\best-ce (?:que?\b|qu')|\w+-(?:t-)?(?:vous|tu|ils?|elles?|on|ce|nous|je)\b(?!-)", re.I
)

_ASKING_EN = r"(?:please )?(?:can|could|would|will|might) (?:you|we|i) (?:\w+ ){0,2}?"
_ACCOUNT = {
    "en": re.compile(
        rf"^(?:{_ASKING_EN}(?:(?:tell|walk|take|talk|run|guide) (?:me|us)|describe|explain|expand|"
        r"elaborate|outline|recall|illustrate|clarify|share|talk (?:about|through)|"
        r"go (?:into|through|back)|say (?:more|a bit|a little|a few)|provide|"
        r"give (?:me|us|an?|some|any|more|one)|help (?:me|us) understand|"
        r"ask (?:you )?(?:what|how|why|which|who))\b|"
        r"(?:would|do) you mind (?:\w+ )?(?:tell|walk|tak|talk|describ|explain|shar|giv|say)ing\b|"
        r"(?:i d|i would|i am|i m) (?:\w+ )?(?:like|love|curious|interested) (?:to|in) "
        r"(?:hear|know|understand|learn|hearing|knowing|see)\b)"
    ),
    "fr": re.compile(
        r"^(?:est ce que )?(?:s il vous plait )?"
        r"(?:(?:pouvez|pourriez|voulez|voudriez|peux|pourrais) (?:vous|tu)|puis je|"
        r"vous (?:pouvez|pourriez|voulez bien|voudriez)|j aimerais|je voudrais|auriez vous|"
        r"accepteriez vous)\b.*?\b(?:raconter|decrire|expliquer|detailler|preciser|retracer|"
        r"illustrer|developper|donner (?:un|une|des|l|quelques|plus)|(?:me|nous|m en|en) dire|"
        r"parler (?:de|d|du|des)|revenir sur|(?:me|nous) (?:montrer|presenter|parler)|partager|"
        r"comprendre (?:comment|pourquoi|ce)|savoir (?:comment|pourquoi|ce)|"
        r"(?:un|des) exemples?|entendre (?:comment|ce))\b"
    ),
}
#: "Could you tell me whether …" asks for a yes or a no after all.
_WHETHER = {
    "en": re.compile(r"\b(?:whether|(?:tell|say|explain|know|hear|clarify) (?:me |us )?if)\b"),
    "fr": re.compile(r"\b(?:dire|preciser|expliquer|savoir|comprendre) (?:si|s)\b"),
}
#: "Which was it: the plan or the budget?": a choice of our making.
_CHOICE = {
    "en": re.compile(
        r"(?:[,:]|\s[-\u2013\u2014])\s*(?:was it |is it |were they |the |an? |more |rather )"
        r"[^,:?]{1,50}\bor\b[^,:?]+\?$",
        re.I,
    ),
    "fr": re.compile(
        r"(?:[,:]|\s[-\u2013\u2014])\s*"
        r"(?:plutôt |c'est |c'était |était-ce |est-ce |les? |la |une? |l')"
        r"[^,:?]{1,50}\bou\b[^,:?]+\?$",
        re.I,
    ),
}
_DOUBLE = {
    "en": re.compile(
        r"\w[,;]? (?:and|or) (?:also |then )?(?:how|what|why|who|where|when|which|"
        r"(?:did|do|does|was|were|is|are|have|has|had|would|could|can|will|should) "
        r"(?:you|it|they|he|she|we|that|this|there|the|your|i|anyone|anybody))\b",
        re.I,
    ),
    "fr": re.compile(
        r"\w[,;]? (?:et|ou) (?:aussi |ensuite |puis )?(?:comment|pourquoi|qui|quand|où|quels?|"
        r"quelles?|combien|qu'|que|est-ce|(?:en |à |de |par |sur |avec )(?:quoi|quel\w*)|"
        r"\w+-(?:t-)?(?:vous|tu|ils?|elles?|on|ce)\b)",
        re.I,
    ),
}
#: "between the day you … and when you …" is one question.
_SPAN = {
    "en": re.compile(r"\bbetween\b.*\band (?:when|what|where|how)\b", re.I),
    "fr": re.compile(r"\bentre\b.*\bet (?:quand|ce qu)\b", re.I),
}
#: "If the plan fails how will you …", without a comma.
_LATER = {
    "en": re.compile(
        rf"\b(?:what|how|why|which|who)\b (?:\w+ ){{0,2}}?(?:{'|'.join(sorted(_AUXILIARIES))})\b"
    ),
    "fr": re.compile(
        r"\b(?:comment|pourquoi|combien|quel\w*|qu'est-ce|que|qu')\b[^?]{0,40}?"
        r"(?:\w-(?:t-)?(?:vous|tu|ils?|elles?|on|ce)\b|est-ce)",
        re.I,
    ),
}
_REQUEST = re.compile(
    r"^(?:and |so |please |et |alors )?(?:tell|walk|talk|describe|explain|give|share|take|"
    r"racontez|décrivez|expliquez|donnez|parlez|dites|précisez|détaillez)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a question between commas.

    Attributes:
        text: As written.
        said: Its words, folded, without "and", "so" and the like at the front.
    """

    text: str
    said: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """The sentences of ``text``, each with the marks that end it."""
    found = _SENTENCE.findall(_INNER_STOP.sub("·", text))
    return [sentence.strip() for sentence in found if sentence.strip()]


def asks_once(text: str, language: str) -> bool:
    """Whether ``text`` ends with a question and asks for nothing else."""
    if text.count("?") != 1:
        return False
    *before, last = sentences(text) or [""]
    if not last.endswith("?") or any(_REQUEST.match(sentence) for sentence in before):
        return False
    asking = [c for c in _clauses(last, language) if _is_interrogative(c, language)]
    return len(asking) < 2 and not _DOUBLE[language].search(_SPAN[language].sub("between", last))


def is_open(text: str, language: str) -> bool:
    """Whether the question that ``text`` ends with calls for more than yes, no or a choice."""
    question = (sentences(text) or [""])[-1]
    if not question.endswith("?") or _CHOICE[language].search(question):
        return False
    clauses = _clauses(question, language)
    if len(clauses) > 1 and _asks_first(clauses[0], language):
        return True
    for clause in reversed(clauses):
        settled = _calls_for_account(clause, language, alone=len(clauses) == 1)
        if settled is not None:
            return settled
    return False


def _asks_first(clause: _Clause, language: str) -> bool:
    """Whether a question word stands apart: "Where, outside your team, did people notice?"."""
    return len(clause.said) <= _BRIEF and _is_governed(clause.said, language)


def _calls_for_account(clause: _Clause, language: str, *, alone: bool) -> bool | None:
    """Whether a clause asks openly; None where it asks nothing."""
    if _asks_for_account(clause, language):
        return True
    if _is_closed(clause, language):
        return False
    governed = _is_governed(clause.said, language) and (
        alone or not _is_subordinate(clause, language)
    )
    return True if governed or _is_governed_later(clause, language) else None


def _clauses(question: str, language: str) -> list[_Clause]:
    found = []
    for text in _CLAUSE.split(question):
        said = words(text)
        while said and said[0] in _LEADS[language]:
            said = said[1:]
        if said:
            found.append(_Clause(text, tuple(said)))
    return found


def _asks_for_account(clause: _Clause, language: str) -> bool:
    text = " ".join(clause.said)
    return bool(_ACCOUNT[language].search(text)) and not _WHETHER[language].search(text)


def _is_governed(said: Sequence[str], language: str) -> bool:
    """Whether a question word governs the clause: first, after a preposition, or last."""
    if said[0] in _QUESTION_WORDS[language] or said[-1] in _STRONG[language]:
        return True
    if said[0] not in _PREPOSITIONS[language]:
        return False
    near = said[1 : 1 + _NEAR]
    return near[:1] != () and (
        near[0] in _QUESTION_WORDS[language] or not _STRONG[language].isdisjoint(near)
    )


def _is_governed_later(clause: _Clause, language: str) -> bool:
    """Whether a condition comes first in the same breath: "if it fails how will you …"."""
    text = " ".join(clause.said) if language == "en" else clause.text
    return bool(_LATER[language].search(text))


def _is_subordinate(clause: _Clause, language: str) -> bool:
    """Whether "when the freeze came" is only the time of what is asked."""
    return (
        clause.said[0] in _SUBORDINATING
        and len(clause.said) > _BRIEF
        and not _has_inversion(clause, language)
    )


def _is_interrogative(clause: _Clause, language: str) -> bool:
    """Whether the clause asks by itself: "who knew", but not "when nobody is at the desk"."""
    first = clause.said[0]
    if first not in _QUESTION_WORDS[language] or len(clause.said) == 1:
        return False
    if first in _SUBORDINATING and language == "en":
        return clause.said[1] in _AUXILIARIES
    return first in _STRONG[language] or first == "qui" or _has_inversion(clause, language)


def _is_closed(clause: _Clause, language: str) -> bool:
    """Whether the clause asks for yes or no."""
    if language == "en":
        return clause.said[0] in _AUXILIARIES and len(clause.said) > 1
    if _is_governed(clause.said, language) or "quoi" in clause.said:
        return False
    inversion = _INVERSION_FR.search(clause.text)
    later = _LATER["fr"].search(clause.text)
    return inversion is not None and (later is None or inversion.start() < later.start())


def _has_inversion(clause: _Clause, language: str) -> bool:
    if language == "en":
        return not _AUXILIARIES.isdisjoint(clause.said[1:4])
    return bool(_INVERSION_FR.search(clause.text))

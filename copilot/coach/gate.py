"""The gate: every suggestion passes it or is refused by name, whoever wrote it.

A guide's probe, a rule's question and a language model's are held to the same rules: one open
question in the session's language, short, neither leading nor handing over the expected answer,
lawful, tied to what was said, not asked before, and nothing but a question. No model is asked.
"""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from copilot.coach.gate_words import instructs, is_not_plain, leads, speaks_past, typed
from copilot.coach.off_limits import touches
from copilot.coach.openness import asks_once, is_open, sentences
from copilot.coach.words import content, gist, is_in, stem, words
from copilot.knowledge.off_limits import Pack

#: Longer questions are not taken in.
MOST_WORDS = 30
#: Far beyond any question; longer texts are refused unread, so that nothing can make the gate slow.
_MOST_CHARACTERS = 600

#: So many words of the expected answer, not said yet, hand it over; a word that stands only here
#: and there in its sentences counts for less than one of its label or description.
_GIVEN_AWAY = 3
_AROUND = 0.5
#: Words of a label as short as this say nothing of the answer.
_SHORT = 3
#: Of a target's sentences, a word must stand in this share of them to belong to the answer.
_CORE_SHARE = 0.3
#: From this share of words in common on, two questions ask the same.
_SAME = 0.75
#: "What happened next?" is nearly all function words: fewer than this and all words are compared.
_ENOUGH_TO_COMPARE = 2


class Refusal(enum.StrEnum):
    """Why a suggestion is not shown."""

    EMPTY = "empty"
    NOT_PLAIN = "not plain"
    INSTRUCTS = "instructs"
    NOT_TO_CANDIDATE = "not to the candidate"
    NOT_ONE_QUESTION = "not one question"
    CLOSED = "closed"
    WRONG_LANGUAGE = "wrong language"
    TOO_LONG = "too long"
    LEADING = "leading"
    GIVES_AWAY = "gives the answer away"
    OFF_LIMITS = "off limits"
    UNGROUNDED = "ungrounded"
    ASKED_BEFORE = "asked before"

    def reason(self, language: str) -> str:
        """The reason for a reader, in a few words."""
        return _REASONS[language][self]


_REASONS: Mapping[str, Mapping[Refusal, str]] = {
    "en": {
        Refusal.EMPTY: "it is empty",
        Refusal.NOT_PLAIN: "it holds markup, a link or odd characters",
        Refusal.INSTRUCTS: "it gives instructions",
        Refusal.NOT_TO_CANDIDATE: "it does not speak to the candidate",
        Refusal.NOT_ONE_QUESTION: "it is not exactly one question",
        Refusal.CLOSED: "it can be answered by yes, no or a choice",
        Refusal.WRONG_LANGUAGE: "it is not in the language of the interview",
        Refusal.TOO_LONG: f"it is longer than {MOST_WORDS} words",
        Refusal.LEADING: "it leads or praises",
        Refusal.GIVES_AWAY: "it gives the expected answer away",
        Refusal.OFF_LIMITS: "it touches an off-limits topic",
        Refusal.UNGROUNDED: "it has no tie to the answer",
        Refusal.ASKED_BEFORE: "it was asked before",
    },
    "fr": {
        Refusal.EMPTY: "elle est vide",
        Refusal.NOT_PLAIN: "elle contient du balisage, un lien ou des caractères inattendus",
        Refusal.INSTRUCTS: "elle donne des instructions",
        Refusal.NOT_TO_CANDIDATE: "elle ne s'adresse pas au candidat",
        Refusal.NOT_ONE_QUESTION: "ce n'est pas exactement une question",
        Refusal.CLOSED: "on peut y répondre par oui, par non ou par un choix",
        Refusal.WRONG_LANGUAGE: "elle n'est pas dans la langue de l'entretien",
        Refusal.TOO_LONG: f"elle dépasse {MOST_WORDS} mots",
        Refusal.LEADING: "elle oriente ou complimente",
        Refusal.GIVES_AWAY: "elle livre la réponse attendue",
        Refusal.OFF_LIMITS: "elle touche un sujet interdit",
        Refusal.UNGROUNDED: "elle n'a pas de lien avec la réponse",
        Refusal.ASKED_BEFORE: "elle a déjà été posée",
    },
}


@dataclass(frozen=True, slots=True)
class Expected:
    """The answer that a suggestion must not give away.

    Attributes:
        label: The point's or flag's label.
        description: Its description.
        says: Sentences as candidates put it.
    """

    label: str
    description: str = ""
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateContext:
    """What a suggestion is checked against.

    Attributes:
        language: The session's, ``en`` or ``fr``.
        question: The question that the answer is to.
        answer: What the candidate has said under it so far.
        asked: Questions already asked and suggestions already made, in any order.
        expected: What the suggestion is after, where it is after something.
        local: Whether it is the guide's own or a rule's; those need no tie to the answer.
    """

    language: str
    question: str = ""
    answer: str = ""
    asked: tuple[str, ...] = ()
    expected: Expected | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate makes of a suggestion.

    Attributes:
        refusals: Every rule it breaks; none where it may be shown.
    """

    refusals: tuple[Refusal, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it may be shown."""
        return not self.refusals


class Gate:
    """Checks suggestions. It keeps no state, so the same suggestion always fares the same."""

    def __init__(self, pack: Pack) -> None:
        """Make a gate.

        Args:
            pack: The off-limits topics; all packs joined, whatever law the session is under.
        """
        self._pack = pack

    def check(self, question: str, context: GateContext) -> Verdict:
        """Which rules a suggestion breaks; a text that is no question at all is told only that.

        Args:
            question: The suggestion's text.
            context: What it is checked against.
        """
        if not question.strip():
            return Verdict((Refusal.EMPTY,))
        if len(question) > _MOST_CHARACTERS:
            return Verdict((Refusal.TOO_LONG,))
        rules: dict[Refusal, Callable[[str, GateContext], bool]] = {
            Refusal.NOT_PLAIN: lambda text, _: is_not_plain(text),
            Refusal.INSTRUCTS: lambda text, _: instructs(text),
            Refusal.NOT_TO_CANDIDATE: lambda text, at: speaks_past(text, at.language),
            Refusal.NOT_ONE_QUESTION: lambda text, at: not asks_once(text, at.language),
            Refusal.CLOSED: _is_closed,
            Refusal.WRONG_LANGUAGE: lambda text, at: not is_in(text, at.language),
            Refusal.TOO_LONG: lambda text, _: len(_spoken(text)) > MOST_WORDS,
            Refusal.LEADING: lambda text, at: leads(sentences(text), at.language),
            Refusal.GIVES_AWAY: _gives_away,
            Refusal.OFF_LIMITS: lambda text, at: bool(touches(text, at.language, self._pack)),
            Refusal.UNGROUNDED: _is_ungrounded,
            Refusal.ASKED_BEFORE: _was_asked,
        }
        text = typed(question.strip())
        return Verdict(tuple(refusal for refusal, broken in rules.items() if broken(text, context)))


def _spoken(text: str) -> list[str]:
    """The words as people count them: "don't" is one, a mark that stands alone is none."""
    return [word for word in text.split() if any(sign.isalnum() for sign in word)]


def _is_closed(text: str, context: GateContext) -> bool:
    """Left open for what asks nothing, or several things: another rule says so."""
    return "?" in text and not is_open(text, context.language)


def _gives_away(text: str, context: GateContext) -> bool:
    expected, language = context.expected, context.language
    if expected is None:
        return False
    known = content(context.answer, language) | content(context.question, language)
    asked = content(text, language) - known
    label = content(expected.label, language) - known
    # The smaller words of a label count here: "after the signature" is more than "signature".
    if label and label <= asked and _longer(expected.label, language) <= _longer(text, language):
        return True
    core = label | _core(expected, language)
    around = frozenset().union(*(content(says, language) for says in expected.says)) - core
    return len(asked & core) + _AROUND * len(asked & around) >= _GIVEN_AWAY


def _longer(text: str, language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text) if len(word) > _SHORT)


def _core(expected: Expected, language: str) -> frozenset[str]:
    """The stems that belong to the answer: those described, and those many put it with."""
    said = [content(sentence, language) for sentence in expected.says]
    common = {
        word
        for word in frozenset().union(*said)
        if sum(word in sentence for sentence in said) >= max(2, _CORE_SHARE * len(said))
    }
    return content(expected.description, language) | common


def _is_ungrounded(text: str, context: GateContext) -> bool:
    if context.local:
        return False
    language = context.language
    said = content(context.answer, language) | content(context.question, language)
    return content(text, language).isdisjoint(said)


def _was_asked(text: str, context: GateContext) -> bool:
    return any(_are_alike(text, other, context.language) for other in context.asked)


def _are_alike(one: str, other: str, language: str) -> bool:
    mine, theirs = gist(one, language), gist(other, language)
    if min(len(mine), len(theirs)) < _ENOUGH_TO_COMPARE:
        mine, theirs = frozenset(words(one)), frozenset(words(other))
    together = mine | theirs
    return bool(together) and len(mine & theirs) / len(together) >= _SAME

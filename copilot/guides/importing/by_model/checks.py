"""Whether what a model says of a document stands there, by rules that can be read.

A rule that is too strict costs somebody a look at the list of what has no place; one that is too
lenient puts into a guide what no document says. So they are strict.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from copilot.coach.gate_words import instructs, is_not_plain, typed
from copilot.coach.off_limits import touches, volunteered
from copilot.coach.words import gist, is_in, stem, words
from copilot.guides.importing.by_model.told import Check
from copilot.guides.importing.fitting import LONGEST_LABEL, LONGEST_TEXT
from copilot.guides.importing.rules.asking import asks
from copilot.guides.importing.rules.sentences import sentences_of
from copilot.knowledge.off_limits import Pack
from copilot.knowledge.phrases import plain
from copilot.review.recap.contrasts import tells_more_than_said, tells_the_opposite
from copilot.review.recap.cue_words import DENIES
from copilot.review.recap.judging_words import JUDGES, VERDICT
from copilot.review.recap.names import unsaid_names
from copilot.review.recap.numbers import figures_in, unsaid_figures

#: Of a question's words this share stands in a row on its lines, with so many others at most among
#: them; then it is told in the document's own words.
_NEARLY_ALL = 0.9
_ROOM = 1.2
#: Of a longer description so many words need not stand on its lines.
_FREE_WORDS, _FREE_FROM = 1, 7
_FEWEST_WORDS = 2
_FEWEST_OF_A_QUESTION = 3
_OTHER = {"en": "fr", "fr": "en"}
#: What may stand behind a question that was found in a text.
_ITS_END = re.compile(r"[ \u00a0\u202f]?[?!.…]+")
#: Where what is denied may end.
_PART_END = re.compile(
    r"[.;!?:,]+\s|\s[-\u2013\u2014]\s|\b(?:and|but|or|et|mais|ou)\b", re.IGNORECASE
)
#: A document that warns says so, or says what is not there.
_WARNS = {
    "en": re.compile(
        r"\b(?:red flags?|warn\w*|beware|watch (?:out|for)|concern\w*|worr\w+|alarm\w*|caution\w*|"
        r"careful|avoid\w*|bad signs?|think twice|sceptical|skeptical|suspicious|dangers?|"
        r"pitfalls?|only|blam\w+|rather than)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:signa(?:l|ux)|alerte\w*|vigilance|méfi\w+|attention|inquiét\w+|évit\w+|prudence|"
        r"mauvais signe|danger\w*|drapeaux? rouges?|pièges?|seulement|uniquement|doute\w*|"
        r"reproch\w+|accus\w+)\b",
        re.IGNORECASE,
    ),
}
#: "Says that they …" asks of others what must not be asked of oneself either.
_AS_ONESELF = {
    "en": (
        (re.compile(r"\b(?:they|he|she|the candidate|candidates?) (?:is|are)\b", re.I), "I am"),
        (re.compile(r"\b(?:they|he|she|the candidate|candidates?) has\b", re.I), "I have"),
        (re.compile(r"\b(?:they|he|she|the candidate|candidates?)\b", re.I), "I"),
        (re.compile(r"\b(?:their|his|her|the candidate's)\b", re.I), "my"),
        (re.compile(r"^(?:has|have)\b", re.I), "I have"),
        (re.compile(r"^(?:is|are)\b", re.I), "I am"),
    ),
    "fr": (
        (re.compile(r"\b(?:ils?|elles?|le candidat|la candidate) (?:est|sont)\b", re.I), "je suis"),
        (re.compile(r"\b(?:ils?|elles?|le candidat|la candidate) (?:a|ont)\b", re.I), "j'ai"),
        (re.compile(r"\b(?:ils?|elles?|le candidat|la candidate)\b", re.I), "je"),
        (re.compile(r"\bsa\b", re.I), "ma"),
        (re.compile(r"\bson\b", re.I), "mon"),
        (re.compile(r"\b(?:ses|leurs?)\b", re.I), "mes"),
        (re.compile(r"^(?:a|ont)\b", re.I), "j'ai"),
    ),
}
_TO_YOU = {
    "en": (
        (re.compile(r"\b(?:does (?:he|she|the candidate)|do they)\b", re.I), "do you"),
        (re.compile(r"\b(?:is (?:he|she|the candidate)|are they)\b", re.I), "are you"),
        (re.compile(r"\b(?:has (?:he|she|the candidate)|have they)\b", re.I), "have you"),
        (re.compile(r"\b(?:they|he|she|the candidate)\b", re.I), "you"),
        (re.compile(r"\b(?:their|his|her|the candidate's)\b", re.I), "your"),
    ),
    "fr": (
        (re.compile(r"\b(?:a|ont)-t-(?:ils?|elles?)\b", re.I), "avez-vous"),
        (re.compile(r"\b(?:est|sont)-(?:ils?|elles?)\b", re.I), "êtes-vous"),
        (re.compile(r"\b(?:ils?|elles?|le candidat|la candidate)\b", re.I), "vous"),
        (re.compile(r"\b(?:son|sa|leur)\b", re.I), "votre"),
        (re.compile(r"\b(?:ses|leurs)\b", re.I), "vos"),
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The lines that an item says it was taken from.

    Attributes:
        text: What they say, unchanged, in order.
        above: The heading they stand under; empty without one.
        language: What they are in, ``en`` or ``fr``.
    """

    text: str
    above: str
    language: str


def source_of(texts: Sequence[str], above: str, language: str) -> Source:
    """The lines of these texts, in a document that is mostly in ``language``."""
    whole = " ".join(texts)
    other = _OTHER[language]
    is_other = is_in(whole, other) and not is_in(whole, language)
    return Source(whole, above, other if is_other else language)


def touches_off_limits(text: str, language: str, pack: Pack) -> bool:
    """Whether a text asks, tells or wants to hear what may not be asked, of "you" or of "them"."""
    mine, yours = typed(text), typed(text)
    for pattern, own in _AS_ONESELF[language]:
        mine = pattern.sub(own, mine)
    for pattern, own in _TO_YOU[language]:
        yours = pattern.sub(own, yours)
    return bool(
        touches(text, language, pack)
        or touches(yours, language, pack)
        or volunteered(mine, language, pack)
    )


@dataclass(frozen=True, slots=True)
class SourceChecks:
    """The rules.

    Attributes:
        pack: Every off-limits topic.
    """

    pack: Pack = field(repr=False)

    def question(self, text: str, source: Source) -> tuple[str, Check | None]:
        """The question as the document puts it, and the first rule it breaks.

        One that is only told of there is in the model's words, put together of the document's.
        """
        broken = self._any_text(text, source, fewest=_FEWEST_OF_A_QUESTION)
        if broken is not None:
            return text, broken
        found = verbatim(text, source.text)
        asked = found or text
        if not asks(asked):
            return text, Check.QUESTION
        return asked, None if found else self._against(text, source, free=0)

    def description(self, text: str, source: Source) -> Check | None:
        """The first rule that a description, or advice, breaks."""
        return self._any_text(text, source, fewest=_FEWEST_WORDS) or self._against(
            text, source, free=_FREE_WORDS, judges=True
        )

    def is_label(self, label: str, source: Source) -> bool:
        """Whether a label is one: short, of the document's words, no sentence and no verdict."""
        if not 1 < len(label) <= LONGEST_LABEL or is_not_plain(label) or instructs(label):
            return False
        if label.rstrip().endswith((".", "?", "!", ":")) or not gist(label, source.language):
            return False
        whole = Source(f"{source.text} {source.above}", source.above, source.language)
        return not (
            touches_off_limits(label, source.language, self.pack)
            or VERDICT[source.language].search(label)
            or self._against(label, whole, free=0, judges=True)
        )

    def warns(self, text: str, source: Source) -> bool:
        """Whether the document warns of something where a flag was taken from."""
        language = source.language
        return any(
            pattern[language].search(typed(place))
            for place in (source.text, source.above, text)
            for pattern in (_WARNS, DENIES)
        )

    # -- rules ------------------------------------------------------------------------------------

    def _any_text(self, text: str, source: Source, *, fewest: int) -> Check | None:
        language = source.language
        said = words(text)
        rules: dict[Check, Callable[[], bool]] = {
            Check.FORM: lambda: (
                len(text) > LONGEST_TEXT or len(said) < fewest or is_not_plain(text)
            ),
            Check.INSTRUCTION: lambda: instructs(text),
            Check.OFF_LIMITS: lambda: touches_off_limits(text, language, self.pack),
            Check.LANGUAGE: lambda: is_in(text, _OTHER[language]) and not is_in(text, language),
        }
        return next((check for check, is_broken in rules.items() if is_broken()), None)

    def _against(
        self, text: str, source: Source, *, free: int, judges: bool = False
    ) -> Check | None:
        language, whole = source.language, typed(source.text)
        told = typed(text)
        rules: dict[Check, Callable[[], bool]] = {
            Check.JUDGEMENT: lambda: judges and _judges(told, whole, language),
            Check.FIGURES: lambda: unsaid_figures(
                figures_in(told, language), figures_in(whole, language), language
            ),
            Check.NAMES: lambda: bool(unsaid_names(told, whole)),
            Check.WORDS: lambda: (
                _are_other_words(told, whole, language, free)
                or tells_more_than_said(told, whole, language)
            ),
            Check.DENIAL: lambda: (
                tells_the_opposite(told, whole, language) or _turns(told, whole, language)
            ),
        }
        return next((check for check, is_broken in rules.items() if is_broken()), None)


def verbatim(text: str, source: str) -> str:
    """What of a source a text repeats nearly word for word, as it stands there; else nothing."""
    there, said = plain(source), words(text)
    stand = there.words()
    if not said:
        return ""
    matcher = SequenceMatcher(None, stand, said, autojunk=False)
    found = [block for block in matcher.get_matching_blocks() if block.size]
    whole = sum(block.size for block in found)
    while found and found[-1].a + found[-1].size - found[0].a > _ROOM * len(said):
        # A word here and there is no part of it: leave out the smaller end.
        found = found[1:] if found[0].size < found[-1].size else found[:-1]
        whole = sum(block.size for block in found)
    if not found or whole < _NEARLY_ALL * len(said):
        return ""
    first, last = found[0].a, found[-1].a + found[-1].size - 1
    between = [word for word in stand[first : last + 1] if word != "."]
    # A "not" less is a word or two, and another question.
    if _denials(" ".join(between)) != _denials(" ".join(said)):
        return ""
    start, end = there.spans[first][0], there.spans[last][1]
    closing = _ITS_END.match(source, end)
    return source[start : closing.end() if closing else end].strip()


def covered(sentence: str, told: str, language: str) -> float:
    """The share of a sentence's words that something told of it has, 0 to 1."""
    mine = gist(sentence, language)
    return len(mine & gist(told, language)) / len(mine) if mine else 0.0


def own_words(text: str, source: Source, least: float) -> str:
    """The one sentence of a source that a text tells nearly all of, as it stands; else nothing."""
    whole = [s for s in sentences_of(source.text) if covered(s, text, source.language) >= least]
    return whole[0] if len(whole) == 1 and len(whole[0]) <= LONGEST_TEXT else ""


def _judges(text: str, source: str, language: str) -> bool:
    there = source.casefold()
    if any(found.group().casefold() not in there for found in VERDICT[language].finditer(text)):
        return True
    known = {stem(word, language) for word in words(source)}
    return any(
        not {stem(word, language) for word in words(found.group())} <= known
        for found in JUDGES[language].finditer(text)
    )


def _are_other_words(text: str, source: str, language: str, free: int) -> bool:
    mine = gist(text, language)
    missing = mine - gist(source, language)
    return not mine or len(missing) > (free if len(mine) >= _FREE_FROM else 0)


def _turns(text: str, source: str, language: str) -> bool:
    """Whether a text denies what its source does not, or the other way round, part by part."""
    denies = DENIES[language].search
    heard = [(part, gist(part, language)) for part in _parts(source)]
    for told in _parts(text):
        mine = gist(told, language)
        shared = [len(mine & theirs) for _, theirs in heard]
        most = max(shared, default=0)
        if most == 0:
            continue
        nearest = [part for (part, _), count in zip(heard, shared, strict=True) if count == most]
        if not denies(told):
            if any(denies(part) for part in nearest):
                return True
        elif not any(denies(part) for (part, _), count in zip(heard, shared, strict=True) if count):
            return True
    return False


def _parts(text: str) -> list[str]:
    return [part for part in _PART_END.split(text) if part.strip()]


def _denials(said: str) -> int:
    return max(len(pattern.findall(said)) for pattern in DENIES.values())

"""Questions that a document tells in the third person, put to the candidate.

Only where plain rules leave no doubt, English mainly: "Ask how they keep tools sharp" is "How do
you keep tools sharp?". Whatever could mean something else is left as it is.
"""

import re

from copilot.guides.importing.rules.asking_words import NO_VERBS, PASTS
from copilot.guides.importing.rules.sentences import sentences_of

_FRONT = r"^(?:Also |Then |Always |Please )?(?:Ask|ask)(?: them| the candidate)?,? (?:about )?"
_THEY = r"(?:they|she|he|she/he|he/she|the candidate|candidates)"
_TOLD = re.compile(
    rf"{_FRONT}(?P<asked>(?:how|what|why|when|where|which|who)(?: [\w-]+){{0,4}}?)"
    rf" {_THEY}(?P<aux>['\u2019](?:ve|d|re|ll)| (?:have|would|could|can|will|should|are|were|"
    rf"did))?"
    r" (?P<rest>.+)$",
)
_AUXILIARIES = {"'ve": "have", "'d": "would", "'re": "are", "'ll": "will"}
_SINGULAR = re.compile(r"\b(?:she|he)\b|the candidate\b")
_THIRD = re.compile(
    r"^(?P<before>(?:How|What|Which|Why|When|Where|Who)(?: [\w/&'\u2019-]+){0,4}?|) ?"
    r"(?P<aux>[Ww]ould|[Cc]ould|[Cc]an|[Ww]ill|[Ss]hould|[Dd]o|[Dd]id|[Hh]ave|[Aa]re|"
    r"[Ww]ere) they "
    r"(?P<rest>.+\?)$"
)
_PRONOUN = re.compile(
    r"\b(they|them|their|theirs|themselves|he|him|his|she|her|hers)\b", re.IGNORECASE
)
_OWN = {"their": "your", "themselves": "yourself", "they": "you"}
#: Somebody else that "their" may stand for.
_PLURAL = re.compile(
    r"\b(?:(?!(?:this|its|is|was|has|does|as|us|process|business|access|across|less|always)\b)"
    r"[a-z'\u2019-]+[^\W\d_]s|people|children|staff|men|women|others|everyone|everybody|someone|"
    r"somebody|anyone|team|person|manager|colleague|customer|client|user)\b"
)
_FRENCH = re.compile(
    r"^Demandez(?:-lui|-leur)?,? (?P<asked>comment|pourquoi|quand|où|en quoi|combien) "
    r"(?P<who>(?:il|elle|il/elle|il ou elle|le candidat|la candidate|ils) (?:a|ont)) "
    r"(?P<rest>(?P<verb>\w+(?:é|i|u|is|it|ert)) .+)$"
)
_FRENCH_OTHER = re.compile(
    r"\b(?:son|sa|ses|leurs?|lui|se|s['\u2019]|il|elle|ils|elles)(?:\b|(?<=['\u2019]))"
)


def direct_speech(sentence: str) -> str | None:
    """The question that "Ask how they …" tells of, as it is asked; None where that is uncertain."""
    told = sentence.rstrip(" .?").strip()
    if re.search(r"[.?!;:]\s", told):
        return None
    french = _FRENCH.match(told)
    if french is not None:
        return _direct_french(french)
    match = _TOLD.match(told)
    rest = _own(match["rest"]) if match is not None else None
    if match is None or rest is None:
        return None
    auxiliary = _auxiliary(match["aux"] or "", rest, told)
    asked = match["asked"]
    return f"{asked[0].upper()}{asked[1:]} {auxiliary} you {rest}?" if auxiliary else None


def _auxiliary(told_with: str, rest: str, told: str) -> str:
    """The auxiliary a question is asked with; empty where that is uncertain."""
    auxiliary = told_with.strip().replace("\u2019", "'")
    if not auxiliary:
        present = not _SINGULAR.search(told) and _is_present(rest.split(maxsplit=1)[0])
        return "do" if present else ""
    asked_with = _AUXILIARIES.get(auxiliary, auxiliary)
    # "they'd used" is a pluperfect.
    return "" if asked_with == "would" and _is_participle(rest) else asked_with


def to_the_candidate(question: str) -> str | None:
    """Questions about "them" as some to "you"; None where one of them is uncertain."""
    asked = [_to_the_candidate(sentence) for sentence in sentences_of(question)]
    return " ".join(said for said in asked if said) if asked and all(asked) else None


def _to_the_candidate(question: str) -> str | None:
    match = _THIRD.match(question)
    if match is None:
        return None
    rest = _own(match["rest"])
    if rest is None:
        return None
    before = f"{match['before']} " if match["before"] else ""
    return f"{before}{match['aux']} you {rest}"


def _direct_french(match: re.Match[str]) -> str | None:
    if _FRENCH_OTHER.search(match["rest"]):
        return None
    asked = match["asked"]
    return f"{asked[0].upper()}{asked[1:]} avez-vous {match['rest']} ?"


def _own(rest: str) -> str | None:
    """``rest`` with what is theirs as yours; None where it may be somebody else's."""
    pieces: list[str] = []
    at = 0
    for pronoun in _PRONOUN.finditer(rest):
        yours = _OWN.get(pronoun.group().lower())
        if yours is None or _PLURAL.search(rest[: pronoun.start()]):
            return None
        pieces += [rest[at : pronoun.start()], yours]
        at = pronoun.end()
    return "".join([*pieces, rest[at:]])


def _is_participle(rest: str) -> bool:
    verb = rest.split(maxsplit=1)[0]
    return verb.endswith(("ed", "en")) or verb in PASTS


def _is_present(verb: str) -> bool:
    return (
        verb.isalpha()
        and verb.islower()
        and not verb.endswith(("ed", "s", "ly", "ing"))
        and verb not in PASTS
        and verb not in NO_VERBS
    )

"""Taking up a term of the candidate's, so that a question shows that one has listened.

Only technical names are taken up: the guide's terms, and words with a capital inside. Any other
name may be a person's, a town's or a union's, and a question that dwells on it says more than the
interviewer means. And only where the question is about the very words the term stands in.
"""

import re
from collections.abc import Iterable

from copilot.coach.wording import led_to
from copilot.knowledge.guide import Language

#: No suggestion is longer, in words.
LONGEST = 30
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?…]\s+)$")
#: PowerShell, GitLab, iPhone; not McDonald, DeShawn.
_TECHNICAL = re.compile(
    r"(?<![\w'\u2019-])(?!(?:Ma?c|D[aeiu]|L[aei]|Van|Von|Fitz|St)[A-Z])"
    r"(?:[A-Z][a-z]+(?:[A-Z][a-z]*)+|[a-z][A-Z][a-z]+)(?![\w'\u2019-])"
)
#: How questions begin whose first word can stand in lower case.
_BEGINS: dict[Language, re.Pattern[str]] = {
    "en": re.compile(r"(?:what|how|who|whom|whose|when|where|which|why)\b", re.IGNORECASE),
    "fr": re.compile(
        r"(?:qu['\u2019]|(?:comment|quel(?:le)?s?|que|qui|quand|où|pourquoi|combien|lesquel(?:le)?s|"
        r"en|à|de|sur|par|avec|dans)\b)",
        re.IGNORECASE,
    ),
}


class Terms:
    """The technical terms that may be taken up in one interview."""

    def __init__(self, known: Iterable[str], language: Language) -> None:
        """Prepare.

        Args:
            known: The guide's terms.
            language: That of the interview.
        """
        self._language = language
        self._known = [(term, _pattern(term)) for term in known]

    def newest(self, said: str) -> str | None:
        """The last technical term in what was said; None where there is none."""
        found = [
            (match.start(), len(term), term)
            for term, pattern in self._known
            for match in pattern.finditer(said)
            if not (term.istitle() and _SENTENCE_START.search(said[: match.start()]))
        ]
        found += [
            (match.start(), len(match.group()), match.group())
            for match in _TECHNICAL.finditer(said)
        ]
        return max(found)[2] if found else None

    def taken_up(self, question: str, said: str) -> str | None:
        """``question`` behind a term of ``said``, where that reads naturally; else None."""
        term = self.newest(said)
        if term is None or not _can_follow(question, self._language):
            return None
        if _pattern(term).search(question):
            return None
        text = led_to(self._language, term, question[0].lower() + question[1:])
        return text if count_words(text) <= LONGEST else None


def count_words(text: str) -> int:
    """How many words a suggestion has; signs that stand alone are none."""
    return len(_WORD.findall(text))


def _can_follow(question: str, language: Language) -> bool:
    """Whether it is one plain question that can stand behind a colon."""
    one = question.endswith("?") and not re.search(r"[.!?:;]\s*\S", question[:-1])
    return one and _BEGINS[language].match(question) is not None


def _pattern(term: str) -> re.Pattern[str]:
    """The term by itself; in the very case it has, so that "lean" is not "Lean"."""
    flags = re.IGNORECASE if term.islower() else re.NOFLAG
    return re.compile(rf"(?<![\w'\u2019-]){re.escape(term)}(?![\w-])", flags)

"""How hard a question is to follow: the known formulas, which were made for reading.

English: Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers & Chissom, "Derivation of new
readability formulas for Navy enlisted personnel", Naval Technical Training Command, 1975), the
school year in the United States in which a text is read without trouble.

French: Kandel and Moles' reading ease ("Application de l'indice de Flesch à la langue française",
Cahiers d'Études de Radio-Télévision, 1958), 0 to 100, high is easy; made for broadcasting.

Both count syllables, here by groups of vowels and silent endings; on whole texts such counts come
within some percent of a dictionary's. A listener cannot read a sentence again: so the longest
sentence in words is told as well.
"""

import re
from dataclasses import dataclass

#: From here on a question is hard to follow when it is heard once: university English, ...
HARD_GRADE = 14.0
#: ... or French that Flesch's table calls very difficult.
HARD_EASE = 20.0
#: A sentence of more words than this is lost by the time it ends.
LONGEST_SENTENCE = 32

_SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_VOWELS = {"en": re.compile(r"[aeiouy]+"), "fr": re.compile(r"[aeiouyàâäéèêëîïôöùûüÿœæ]+")}
_SILENT = {
    # "hoped", "places" but not "wanted", "houses"; "table" keeps its own.
    "en": re.compile(r"(?:(?<=[^aeiouytd])ed|(?<=[^aeiouylscxzgh])es|(?<=[^aeiouyl])e)$"),
    "fr": re.compile(r"(?:(?<=[^aeiouyéè])(?:es|e)|(?<=[^aeiouyém])ent)$"),
}


@dataclass(frozen=True, slots=True)
class ReadingLevel:
    """How hard a text is.

    Attributes:
        words: How many it has.
        longest_sentence: Words of its longest sentence.
        grade: English: Flesch-Kincaid grade; else None.
        ease: French: Kandel and Moles' reading ease; else None.
    """

    words: int
    longest_sentence: int
    grade: float | None = None
    ease: float | None = None

    @property
    def hard(self) -> bool:
        """Whether it is hard to follow for somebody who hears it once."""
        return (
            self.longest_sentence > LONGEST_SENTENCE
            or (self.grade is not None and self.grade >= HARD_GRADE)
            or (self.ease is not None and self.ease < HARD_EASE)
        )


def reading_level(text: str, language: str) -> ReadingLevel:
    """How hard ``text`` is, by the formula for ``en`` or ``fr``."""
    sentences = [_WORD.findall(part) for part in _SENTENCE_END.split(text)]
    sentences = [words for words in sentences if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return ReadingLevel(0, 0)
    longest = max(len(sentence) for sentence in sentences)
    length = len(words) / len(sentences)
    heard = sum(syllables(word, language) for word in words) / len(words)
    if language == "fr":
        ease = 207 - 1.015 * length - 73.6 * heard
        return ReadingLevel(len(words), longest, ease=round(ease, 1))
    grade = 0.39 * length + 11.8 * heard - 15.59
    return ReadingLevel(len(words), longest, grade=round(grade, 1))


def syllables(word: str, language: str) -> int:
    """How many syllables a word is spoken with, one at least."""
    text = word.casefold().replace("\u2019", "'")
    if language == "fr":
        # "qu'elle" is one syllable: the u of "qu" is silent, and so is what was elided.
        text = text.replace("qu", "k")
        parts = [part for part in re.split(r"[-']", text) if _VOWELS["fr"].search(part)]
    else:
        parts = text.replace("'", "").split("-")
    return sum(max(1, len(_VOWELS[language].findall(_silenced(p, language)))) for p in parts) or 1


def _silenced(part: str, language: str) -> str:
    return _SILENT[language].sub("", part)

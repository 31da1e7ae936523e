"""Labels and ids: a few words of a text, the same whenever the text is.

A label is a noun phrase in the text's own words, 30 characters at most: what is asked about, what
is expected, what is warned of. There is no grammar here, only word lists and the places in a
sentence where verbs stand; where these find no noun phrase the text is cut at a word.
"""

import re
from collections.abc import Collection

from copilot.guides.importing.rules.asking import asks
from copilot.guides.importing.rules.label_frames import without_frame
from copilot.guides.importing.rules.label_words import (
    BREAKS,
    DETERMINERS,
    EMPTY,
    JOINING,
    LINKS,
    NOUNS_TOO,
    PREPOSITIONS,
    VERBS_EN,
)
from copilot.guides.importing.rules.noun_phrases import bare, is_french_verb, noun_phrases
from copilot.knowledge.phrases import folded

LONGEST_LABEL = 30
LONGEST_ID = 48

_HEAD = re.compile(
    r"^(?P<head>[^:\u2013—?!.]{2,60}?)(?:\s*[:\uff1a](?=\s)|\s+[\u2013—]\s|"
    r"\s+--?\s)\s*(?P<rest>.+)$"
)
_ARTICLE = re.compile(r"^(?:an?|the|une?|le|la|les|des) (?=\w)", re.IGNORECASE)
#: "Dough do you find hardest": the question goes on, no name.
_TURNED = re.compile(r" (?:do|did|does|would|have|are|were) you\b|-vous\b")
_NO_ID = re.compile(r"[^a-z0-9]+")
_EDGES = " ,.;:\u2013—-/'\u2019\u2018\"“”«»*_"


def head_of(text: str) -> tuple[str, str] | None:
    """What stands before an item's colon or dash, and what behind; None where there is no such.

    A head is a name of a few words; "See page 3: the plan" has none, nor has a whole sentence.
    """
    match = _HEAD.match(text)
    if match is None or len(match["head"].split()) > 6:
        return None
    return match["head"].strip(_EDGES), match["rest"].strip()


def label_of(text: str, language: str) -> str:
    """A label for a text: a question, an expected point, a red flag, a stage.

    Args:
        text: As it stands in the document.
        language: ``en`` or ``fr``.

    Returns:
        1 to 30 characters; the text's first words where it holds no noun phrase.
    """
    head = head_of(text)
    if head is not None and len(head[0]) <= LONGEST_LABEL:
        return _capital(head[0])
    whole = text.strip(_EDGES + ".?!… ")
    if len(whole) <= LONGEST_LABEL and not _begins_a_clause(whole, language):
        return _capital(_ARTICLE.sub("", whole)) or "-"
    rest, verb = without_frame(head[0] if head else text, language)
    for phrase in noun_phrases(rest, language, verb_first=verb):
        cut = _cut(phrase, language) if _tells(phrase, language) else ""
        if cut:
            return _capital(_told_apart(cut, text, rest, language))
    cut = _cut(rest.strip(_EDGES + ".?!… ").split() or whole.split(), language)
    return _capital(_told_apart(cut, text, rest, language)) or "-"


def _told_apart(word: str, text: str, rest: str, language: str) -> str:
    """A label of one word with the words around it: of many texts "owner" would be the label.

    A question's from where it says something of its own; else from the text's beginning, as what is
    done to the owner tells one point from another.
    """
    if " " in word or "-" in word or (word.isupper() and len(word) > 1):
        return word
    if asks(text):
        return _clause(_without_turn(rest, language), word, language) or word
    for said in (text, rest):
        clause = _clause(_ARTICLE.sub("", said.strip(_EDGES)), word, language)
        if clause:
            return clause
    return word


def _without_turn(said: str, language: str) -> str:
    """A question's words without the preposition, article or "organisez-vous" they begin with."""
    words = said.strip(_EDGES).split()
    loose = PREPOSITIONS[language] | DETERMINERS[language]
    while len(words) > 1 and (bare(words[0]) in loose or words[0].lower().endswith("-vous")):
        words.pop(0)
    return " ".join(words)


def _clause(said: str, through: str, language: str) -> str:
    """A text's beginning as far as a clause or phrase ends, a certain word in it; else nothing."""
    words = said.rstrip(_EDGES + ".?!… ").split()
    ends = PREPOSITIONS[language] | JOINING[language] | BREAKS[language]
    best = ""
    for at in range(2, len(words) + 1):
        part = " ".join(words[:at]).strip(_EDGES)
        if len(part) > LONGEST_LABEL or words[at - 2][-1:] in ".?!…:;":
            break
        closed = at == len(words) or words[at - 1][-1:] in ",;:" or bare(words[at]) in ends
        inner = {bare(each) for each in words[:at]}
        if (
            closed
            and bare(through) in inner
            and (at == len(words) or not _hangs(words[at - 1], language))
        ):
            best = part
    return "" if _TURNED.search(folded(best)) else best


def id_of(label: str, text: str, taken: Collection[str]) -> str:
    """An id made of a label: lower-case words joined by hyphens, 48 characters at most.

    Args:
        label: What to make it of.
        text: The item's text, whose words tell it from one of the same label.
        taken: Ids it must not be.
    """
    made = _hyphened(label) or "item"
    if made not in taken:
        return made
    more = [word for word in _hyphened(text).split("-") if word and word not in made.split("-")]
    for word in more:
        if len(word) < 4:
            continue
        longer = f"{made}-{word}"
        if len(longer) > LONGEST_ID:
            break
        made = longer
        if made not in taken:
            return made
    number = 2
    while (numbered := f"{made[: LONGEST_ID - 3].rstrip('-')}-{number}") in taken:
        number += 1
    return numbered


def is_name(text: str, language: str) -> bool:
    """Whether a few words name something, and are no clause such as "What we need to know"."""
    return not _begins_a_clause(text, language)


def cut_label(text: str, language: str) -> str:
    """A text as a label: whole where it is short enough, else its first words."""
    return _capital(_cut(text.split(), language)) or "-"


def _hyphened(text: str) -> str:
    words = _NO_ID.sub("-", folded(text.replace("\u2019", "'").replace("'", " "))).strip("-")
    if len(words) <= LONGEST_ID:
        return words
    return words[: LONGEST_ID + 1].rsplit("-", 1)[0][:LONGEST_ID].strip("-")


def _capital(label: str) -> str:
    label = label.strip(_EDGES)
    first = label.split(" ", 1)[0]
    # iPhone and eBay stay.
    return label if first[1:].lower() != first[1:] else label[:1].upper() + label[1:]


def _cut(words: list[str], language: str) -> str:
    """As much as fits, whole parts between links where one does, without what would hang."""
    whole = " ".join(words)
    if len(whole) <= LONGEST_LABEL:
        return whole.strip(_EDGES)
    links = [index for index, word in enumerate(words) if index and bare(word) in LINKS[language]]
    for index in reversed(links):
        part = _unhung(words[:index], language)
        if part and len(" ".join(part)) <= LONGEST_LABEL:
            return " ".join(part).strip(_EDGES)
    first = words[: links[0]] if links else words
    if language == "en" and len(first) > 1 and len(first) <= 5:
        # The noun stands last: what goes before it can go.
        return _cut(first[1:], language)
    kept: list[str] = []
    for word in first:
        if len(" ".join([*kept, word])) > LONGEST_LABEL:
            break
        kept.append(word)
    if not kept and words:
        part_of_word = re.split(r"[/\u2019'-]", words[0])[0]
        kept = [part_of_word[:LONGEST_LABEL] or words[0][:LONGEST_LABEL]]
    return " ".join(_unhung(kept, language)).strip(_EDGES)


def _unhung(words: list[str], language: str) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and _hangs(kept[-1], language):
        kept.pop()
    return kept


def _hangs(word: str, language: str) -> bool:
    plain = bare(word)
    loose = JOINING[language] | PREPOSITIONS[language] | DETERMINERS[language] | BREAKS[language]
    return plain in loose or not plain


def _tells(phrase: list[str], language: str) -> bool:
    loose = EMPTY[language] | DETERMINERS[language] | LINKS[language] | PREPOSITIONS[language]
    content = [word for word in map(bare, phrase) if word not in loose and not word.isdigit()]
    return any(len(word) > 2 or word.isupper() for word in content)


def _begins_a_clause(text: str, language: str) -> bool:
    """Whether a short text is a sentence rather than a name: "Give feedback", "Who decides"."""
    first = bare(text.split(maxsplit=1)[0]) if text.strip() else ""
    if first in BREAKS[language]:
        return True
    if language == "fr":
        return is_french_verb(first)
    return first in VERBS_EN - NOUNS_TOO and len(text.split()) > 2

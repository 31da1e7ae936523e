"""Whether a quote that a language model returns stands where it says, and what it is verbatim.

The model saw what was said as prompts hold it, on one line and without the characters of tags
(``copilot.llm.material.as_sent``). So that is what its quote is compared with, letter by letter and
whatever the case; what becomes evidence are the candidate's own characters at that place.
"""

import functools
import re
from collections.abc import Mapping, Sequence

from copilot.events import Channel, Evidence, Utterance
from copilot.interview import Interview
from copilot.interview.quotes import spans
from copilot.llm.from_interview import TextOf
from copilot.llm.material import as_sent
from copilot.matching.reading import quote as verbatim

#: Fewer words than this say nothing: nearly every answer holds an "I" or a "the".
_FEWEST_WORDS = 3
#: Models put these around a quote.
_AROUND = " \"'“”«»…"
#: What ``as_sent`` changes by what stands around it.
_BY_CONTEXT = str.maketrans({"∶": ":", "：": ":", "♯": "#"})  # noqa: RUF001


class QuoteRefused(Exception):  # noqa: N818 - no error of the user's: the answer is dropped
    """A quote that proves nothing; the message says why and repeats nothing of it."""


def evidence_for(
    quote: str,
    utterance_ids: Sequence[str],
    *,
    interview: Interview,
    question: str,
    sent: frozenset[str],
    text_of: TextOf,
) -> Evidence:
    """The candidate's own words behind a quote.

    Args:
        quote: As the model returned it.
        utterance_ids: Where the model says it stands.
        interview: What is known.
        question: Under which it has to have been said.
        sent: Ids of the utterances that the model was shown.
        text_of: What of an utterance was shown.

    Raises:
        QuoteRefused: It does not stand there, or is too short to say anything.
    """
    named = _named(utterance_ids, interview, question, sent)
    wanted = _plain(quote.strip(_AROUND))
    if sum(any(map(str.isalnum, word)) for word in wanted.split()) < _FEWEST_WORDS:
        raise QuoteRefused("the quote is too short.")
    if wanted not in _plain(" ".join(text_of(utterance) for utterance in named)):
        raise QuoteRefused("the quote is not what was sent.")
    found = _standing(wanted, named)
    if found is None:
        raise QuoteRefused(f"the quote does not stand in {', '.join(u.id for u in named)}.")
    if interview.quote_problem(found):
        raise QuoteRefused(interview.quote_problem(found))
    return found


def share_within(quote: Evidence, other: Evidence, utterances: Mapping[str, Utterance]) -> float:
    """How much of a quote that stands lies within another one, 0 to 1."""
    theirs = spans(other, utterances)
    mine = spans(quote, utterances)
    shared = sum(
        max(0, min(end, theirs[utterance_id][1]) - max(start, theirs[utterance_id][0]))
        for utterance_id, (start, end) in mine.items()
        if utterance_id in theirs
    )
    return shared / max(1, sum(end - start for start, end in mine.values()))


def _named(
    utterance_ids: Sequence[str], interview: Interview, question: str, sent: frozenset[str]
) -> list[Utterance]:
    """The utterances named, in the order of the answer; neighbours there."""
    answer = interview.answer(question)
    places = [place for place, said in enumerate(answer) if said.id in utterance_ids]
    known = {answer[place].id for place in places}
    if not utterance_ids or not known.issuperset(utterance_ids) or not sent.issuperset(known):
        raise QuoteRefused("it names no utterance, or one that was not sent.")
    if any(answer[place].channel is not Channel.CANDIDATE for place in places):
        raise QuoteRefused("it names an utterance that is not the candidate's.")
    if places != list(range(places[0], places[-1] + 1)):
        raise QuoteRefused("it names utterances that do not follow each other.")
    return [answer[place] for place in places]


def _standing(wanted: str, utterances: Sequence[Utterance]) -> Evidence | None:
    """Where a quote as it is compared stands, in whole words; the first such place."""
    seen: list[str] = []
    places: list[tuple[int, int]] = []  # utterance and character, for each one seen
    for index, utterance in enumerate(utterances):
        for at, character in enumerate(f"{utterance.text} "):
            for one in _characters(character):
                if one != " " or (seen and seen[-1] != " "):
                    seen.append(one)
                    places.append((index, at))
    found = re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", "".join(seen))
    if found is None:
        return None
    (first, start), (last, end) = places[found.start()], places[found.end() - 1]
    parts = utterances[first : last + 1]
    return verbatim(
        [
            (
                utterance,
                start if index == 0 else 0,
                end + 1 if index == len(parts) - 1 else len(utterance.text),
            )
            for index, utterance in enumerate(parts)
        ]
    )


def _plain(text: str) -> str:
    """``text`` as it is compared."""
    return " ".join("".join(map(_characters, text)).split())


@functools.lru_cache(maxsize=4096)
def _characters(character: str) -> str:
    """What is seen of one character: a space, nothing, or one letter and more in small letters."""
    if character.isspace():
        return " "
    return as_sent(character).translate(_BY_CONTEXT).casefold()

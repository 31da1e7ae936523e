"""The four parts of a story: situation, task, the teller's own action, result.

An answer to "tell me about a time when…" can be weighed only where it has all four. They are
recognised by cue words, no model: who reads the reason of a suggestion can check it in the
transcript. What is in doubt counts as told, and text that was heard badly counts in favour too.
"""

import enum
import itertools
from collections.abc import Iterable, Iterator, Sequence

from copilot.coach.story_words import WORDS, StoryWords
from copilot.events import Utterance
from copilot.knowledge.guide import Language, Question, QuestionKind


class StoryPart(enum.StrEnum):
    """A part of a story, as interviewers know them (STAR)."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"  # the teller's own, not the team's
    RESULT = "result"


def asks_for_story(question: Question, language: Language) -> bool:
    """Whether a question wants to hear of something that happened.

    The guide says which questions are behavioural; among them are those on habits ("how do you
    keep up with…"), whose answer is no story. Those are told apart by the question's text.
    """
    if question.kind is not QuestionKind.BEHAVIOURAL:
        return False
    return WORDS[language].asks.search(question.text) is not None


def told(answer: Iterable[Utterance], language: Language) -> frozenset[StoryPart]:
    """The parts of a story that an answer holds."""
    words = WORDS[language]
    text = " ".join(utterance.text for utterance in answer).replace("\u2019", "'")
    cues = {
        StoryPart.SITUATION: words.situation,
        StoryPart.TASK: words.task,
        StoryPart.RESULT: words.result,
    }
    found = {part for part, cue in cues.items() if cue.search(text)}
    if _did_something(text, words):
        found.add(StoryPart.ACTION)
    return frozenset(found)


def is_about_team(answer: Iterable[Utterance], language: Language) -> bool:
    """Whether an answer speaks of what "we" did."""
    team = WORDS[language].team
    return any(team.search(utterance.text) for utterance in answer)


def _did_something(text: str, words: StoryWords) -> bool:
    """Whether the speaker tells a deed of their own."""
    if words.own.search(text):
        return True
    tokens = words.tokens.findall(text.lower())
    return any(
        _is_deed(tokens, place, words)
        for place, token in enumerate(tokens)
        if token in words.speaker
    )


def _is_deed(tokens: Sequence[str], place: int, words: StoryWords) -> bool:
    """Whether the verb after the speaker's word at ``place`` tells a deed."""
    after = _verbs(itertools.islice(tokens, place + 1, None), words)
    verb = next(after, "")
    if tokens[place] in words.have:
        return _is_done(verb, words)
    if verb in words.have:
        return _is_done(next(after, ""), words)
    return bool(verb) and verb not in words.no_deeds and not verb.isdigit()


def _verbs(tokens: Iterable[str], words: StoryWords) -> Iterator[str]:
    return (token for token in tokens if token not in words.skipped)


def _is_done(participle: str, words: StoryWords) -> bool:
    looks_like_one = words.participle.fullmatch(participle) is not None
    return looks_like_one and participle not in words.no_deeds


def word_count(answer: Iterable[Utterance]) -> int:
    """How many words of an answer were heard well."""
    return sum(len(u.text.split()) for u in answer if not u.uncertain)

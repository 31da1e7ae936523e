"""A small interview whose recap the tests write, and a server that plays what a model says."""

import json
from collections.abc import Sequence

from copilot.events import Channel
from copilot.review.reviewing import Review
from copilot.store import SessionFolder
from tests.llm.scripted_server import Says
from tests.review.stored import keep
from tests.story import Story

#: The candidate's utterances under the two questions, u2 to u4 and u6.
FLOUR = "We baked on both ovens for two weeks, six loaves an hour."
NIGHT = "I trained the night shift myself, three people at a time."
NO_WAY_BACK = "There was no way back, because we had sold the old oven."
WASTE = "I look at the waste every Friday."


def a_talk() -> Story:
    """Two questions with an answer each, and the interviewer in between."""
    story = Story()
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER)
    story.ask("rollout", since_s=0)
    story.say(FLOUR)
    story.say(NIGHT)
    story.say(NO_WAY_BACK)
    story.say("And what do you count, Anna?", channel=Channel.INTERVIEWER)
    story.ask("metrics")
    story.say(WASTE)
    story.end(at_s=100)
    return story


def rated(*questions: str) -> SessionFolder:
    """The talk on disk, with these questions rated."""
    folder = keep(a_talk().events)
    with Review(folder, by="ada") as review:
        for question in questions:
            review.rate(question, 3)
    return folder


def says(question: str, *sentences: tuple[str, Sequence[str]]) -> Says:
    """The answer of a model: sentences with the utterances they rest on."""
    told = [{"utterance_ids": list(ids), "text": text} for text, ids in sentences]
    return Says(json.dumps({"sections": [{"question": question, "sentences": told}]}))

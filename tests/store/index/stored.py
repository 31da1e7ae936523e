"""Stored sessions to be searched, and short ways to search them."""

import dataclasses
from typing import Any

from copilot.events import Channel, SessionEnded, SessionStarted
from copilot.review.indexing import content_of
from copilot.store import SessionFolder
from copilot.store.index import Answer, Query, index_path, search
from tests.review.stored import keep
from tests.story import Story

YOU = Channel.INTERVIEWER


def told(*lines: str, question: str | None = "rollout") -> Story:
    """A candidate says these lines, one after the other, under one question."""
    story = Story()
    if question is not None:
        story.ask(question)
    for line in lines:
        story.say(line)
    return story


def store(
    story: Story, day: str = "2026-03-02", *, ended: bool = True, tag: str = "abcd", **guide: str
) -> SessionFolder:
    """Store a story as held at nine on a day; ``guide`` changes the role and its title."""
    if ended and not isinstance(story.events[-1], SessionEnded):
        story.end()
    started = story.events[0]
    assert isinstance(started, SessionStarted)
    started = dataclasses.replace(
        started,
        started_at=f"{day}T09:00:00+00:00",
        guide=dataclasses.replace(started.guide, **guide),
    )
    return keep([started, *story.events[1:]], f"{day.replace('-', '')}-090000-{tag}")


def asked(*words: str, **query: Any) -> Answer:
    """The answer to a search of the user's sessions, with an index that works."""
    answer = search(Query(words=words, **query), content_of)
    assert not answer.words
    return answer


def found(*words: str, **query: Any) -> list[str]:
    """The lines that a search finds, all sessions together."""
    return [hit.text for session in asked(*words, **query).sessions for hit in session.hits]


def sessions(*words: str, **query: Any) -> list[str]:
    """The days of the sessions that a search finds."""
    return [session.started_at[:10] for session in asked(*words, **query).sessions]


def index_bytes() -> bytes:
    """Every byte of the index, and of what lies beside it."""
    path = index_path()
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))

"""The interview the coach's tests begin with."""

import pytest

from tests.coach.talk import ANSWER, Talk


@pytest.fixture
def talk() -> Talk:
    """A candidate who has begun to answer the first question."""
    story = Talk()
    story.ask("rollout", at_s=10)
    story.say(ANSWER, start_s=12)
    return story

"""Which answers a recap is written of, and which of their words may be sent."""

import dataclasses
import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from copilot.events import Channel, RecapWritten, Utterance
from copilot.llm.profile import Profile
from copilot.review.reviewed import Reviewed


def answer_of(state: Reviewed, question: str) -> tuple[Utterance, ...]:
    """The candidate's words under a question, as reviewers corrected text and speakers.

    Doubtful utterances that nobody corrected are left out: they are no evidence for anything.
    """
    interview = state.interview
    said = sorted(interview.utterances.values(), key=lambda said: (said.start_s, said.end_s))
    return tuple(
        dataclasses.replace(each, text=state.text_of(each.id), channel=Channel.CANDIDATE)
        for each in said
        if state.speaker_of(each.id) is Channel.CANDIDATE
        and _question_of(state, each) == question
        and (not each.uncertain or each.id in state.corrections)
    )


def _question_of(state: Reviewed, said: Utterance) -> str | None:
    if said.channel is Channel.CANDIDATE:
        return state.interview.question_of(said.id)
    return state.interview.question_at(said.start_s)


def to_recap(
    state: Reviewed, earlier: RecapWritten | None, hidden: Iterable[str]
) -> tuple[str, ...]:
    """The questions that a recap is still to be written of, in the order of the plan.

    Args:
        state: The session.
        earlier: The recap that stands; None to begin anew.
        hidden: Questions that nobody has judged yet; they are left for later.
    """
    told = {part.question for part in earlier.parts} if earlier is not None else set[str]()
    told -= set(earlier.unread) if earlier is not None else set()
    left = told.union(hidden)
    return tuple(
        planned.id
        for planned in state.interview.plan
        if planned.id not in left and answer_of(state, planned.id)
    )


def stays_here(profile: Profile) -> bool:
    """Whether what is sent to an endpoint does not leave this machine."""
    name = urlsplit(profile.url).hostname or ""
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def was_told(state: Reviewed, profile: Profile) -> bool:
    """Whether the candidate was told at the beginning that text goes to that host."""
    started = state.interview.started
    return started is not None and profile.host in started.llm_goes_to

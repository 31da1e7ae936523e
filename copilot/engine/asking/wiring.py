"""Puts together what asks a language model; loaded only where one is in use."""

from collections.abc import Callable

from copilot.coach.gate import Gate
from copilot.coach.gatekeeping import Gatekeeper
from copilot.coach.sendable import Sendable
from copilot.engine.asking.calls import Calls
from copilot.engine.asking.judging import Judging
from copilot.engine.asking.live import LiveAsking
from copilot.engine.asking.seam import Asking, Emit, MakeAsking, Reply
from copilot.engine.asking.sharpening import Sharpening
from copilot.errors import CopilotError
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.knowledge.off_limits import Pack
from copilot.llm.breaker import Breaker, BreakerState
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile
from copilot.llm.prompts import PromptLibrary
from copilot.llm.result import Usage


def used_before(earlier: Interview) -> Usage:
    """What an interrupted session that goes on had used already."""
    calls = earlier.model_calls
    return Usage(sum(call.tokens_in for call in calls), sum(call.tokens_out for call in calls))


def client_for(
    profile: Profile,
    earlier: Interview,
    patience: Patience | None,
    on_breaker: Callable[[BreakerState, str], None],
) -> LlmClient:
    """A client that begins to load; nothing is sent.

    Args:
        profile: Whom to ask.
        earlier: What is known of a session that goes on; else empty.
        patience: How long to wait.
        on_breaker: Told when the endpoint is left alone and when it is not; on any thread.
    """
    budget = Budget.of(profile, used_before(earlier))
    return LlmClient(profile, budget, patience=patience, breaker=Breaker(on_change=on_breaker))


def asking(
    client: LlmClient,
    guide: Guide,
    *,
    pack: Pack,
    pause_s: float,
    post: Callable[[Reply], None],
    on_failure: Callable[[CopilotError], None],
) -> MakeAsking:
    """Makes what asks about an interview.

    Args:
        client: Asks.
        guide: In the language of the interview.
        pack: Every off-limits topic: no wording touches one, no protected fact is sent.
        pause_s: What counts as a pause of the candidate's, in seconds.
        post: Carries a reply to the conducting thread; called on any.
        on_failure: Told why a call had no answer, and which prompt file cannot be used.
    """
    gate = Gatekeeper(guide, Gate(pack)).other_wording
    prompts = PromptLibrary(on_broken=on_failure)

    def make(interview: Interview, emit: Emit) -> Asking:
        text_of = Sendable(pack)
        calls = Calls(client, prompts, emit=emit, post=post, on_failure=on_failure)
        return LiveAsking(
            calls,
            Sharpening(interview, guide, calls, gate=gate, text_of=text_of, emit=emit),
            Judging(interview, guide, calls, pause_s=pause_s, text_of=text_of, emit=emit),
        )

    return make

"""What a model is told so that it words a follow-up, and whether its wording may be shown."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from copilot.coach.gate import Verdict
from copilot.engine.asking.quotes import QuoteRefused, evidence_for
from copilot.events import FindingKind, FindingState, Suggestion, SuggestionKind, Utterance
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.llm.from_interview import (
    TextOf,
    follow_up_inputs,
    language_of,
    state_word,
    target_of,
)
from copilot.llm.inputs import FollowUpInputs, Target
from copilot.llm.outputs import FollowUp


def wording_inputs(
    interview: Interview,
    guide: Guide,
    suggestion: Suggestion,
    *,
    terms: Sequence[str] = (),
    off_limits: Sequence[str] | None = None,
    text_of: TextOf,
) -> FollowUpInputs:
    """What the model is told so that it words a suggestion.

    Args:
        interview: As it stands now.
        guide: In the language of the interview.
        suggestion: What the coach is after; the model only words it.
        terms: Words of the candidate's worth taking up.
        off_limits: Topics no question may touch; the guide's own unless given.
        text_of: What of an utterance may be sent.

    Raises:
        EventError: The suggestion's question is not in the plan.
    """
    inputs = follow_up_inputs(
        interview,
        guide,
        suggestion.question,
        passages=_passages(interview, suggestion),
        terms=terms,
        off_limits=off_limits,
        reworded=suggestion,
        text_of=text_of,
    )
    return replace(inputs, targets=(_target(interview, guide, suggestion),))


def _target(interview: Interview, guide: Guide, suggestion: Suggestion) -> Target:
    """What the coach is after; for what no guide says, in the words of its reason."""
    kind = _kind(suggestion)
    if kind is not None and suggestion.target is not None:
        known = target_of(interview, guide, suggestion.question, kind, suggestion.target)
        if known is not None:
            return replace(known, probe=suggestion.text)
    return Target(
        id=suggestion.target or suggestion.kind.value,
        label=suggestion.reason,
        description="",
        state=state_word(FindingState.NOT_HEARD, language_of(interview)),
        probe=suggestion.text,
    )


def _passages(interview: Interview, suggestion: Suggestion) -> tuple[Utterance, ...]:
    """Where what it is after was nearly said, or said."""
    kind = _kind(suggestion) or FindingKind.POINT
    found = interview.findings.get((suggestion.question, kind, suggestion.target or ""))
    ids = {uid for quoted in (found.evidence if found else ()) for uid in quoted.utterance_ids}
    return tuple(u for u in interview.answer(suggestion.question) if u.id in ids)


def _kind(suggestion: Suggestion) -> FindingKind | None:
    match suggestion.kind:
        case SuggestionKind.PROBE:
            return FindingKind.POINT
        case SuggestionKind.CLARIFY:
            return FindingKind.FLAG
        case _:
            return None


def worded(output: FollowUp) -> str:
    """The question on one line."""
    return " ".join(output.question.split())


def broken_rules(
    output: FollowUp,
    inputs: FollowUpInputs,
    *,
    gate: Callable[[str], Verdict],
    interview: Interview,
    question: str,
    text_of: TextOf,
) -> str:
    """The rules that it breaks, in words; empty where it may be shown.

    Args:
        output: What the model answers.
        inputs: What it was told.
        gate: What the gate makes of a wording.
        interview: What is known.
        question: Id of the question being answered.
        text_of: What of an utterance may be sent.
    """
    if output.target not in {target.id for target in inputs.targets}:
        return "another target"
    verdict = gate(worded(output))
    if not verdict.passed:
        return ", ".join(refusal.value for refusal in verdict.refusals)
    try:
        evidence_for(
            output.builds_on,
            output.utterance_ids,
            interview=interview,
            question=question,
            sent=frozenset(line.id for line in inputs.answer.lines),
            text_of=text_of,
        )
    except QuoteRefused:
        return "quote"
    return ""

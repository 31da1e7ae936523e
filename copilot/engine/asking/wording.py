"""Whether a follow-up that a language model worded may be shown."""

from collections.abc import Callable

from copilot.coach.gate import Verdict
from copilot.engine.asking.quotes import QuoteRefused, evidence_for
from copilot.interview import Interview
from copilot.llm.from_interview import TextOf
from copilot.llm.inputs import FollowUpInputs
from copilot.llm.outputs import FollowUp


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

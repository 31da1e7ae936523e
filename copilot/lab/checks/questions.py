"""Checks of a follow-up: the rules of the gate, one by one or all together."""

from collections.abc import Mapping

from copilot.coach.gate import Refusal
from copilot.lab.cases import Assertion
from copilot.lab.checks.base import Check, Look, Seen, found
from copilot.lab.results import Checked

#: The task ``gate`` tries the gate itself: there ``right`` says whether it was right.
_TASKS = ("follow_up",)

#: Each check of one rule, what it looks for, and the refusals of the gate it stands for.
_RULES: Mapping[str, tuple[str, frozenset[Refusal]]] = {
    "one-question": ("asks exactly one question", frozenset({Refusal.NOT_ONE_QUESTION})),
    "open": ("cannot be answered by yes, no or a choice", frozenset({Refusal.CLOSED})),
    "not-leading": ("neither leads nor praises", frozenset({Refusal.LEADING})),
    "no-give-away": ("does not give the expected answer away", frozenset({Refusal.GIVES_AWAY})),
    "off-limits": ("touches no off-limits topic", frozenset({Refusal.OFF_LIMITS})),
    "grounded": ("has a tie to what was said", frozenset({Refusal.UNGROUNDED})),
    "not-asked-before": ("was not asked before", frozenset({Refusal.ASKED_BEFORE})),
    "plain": (
        "is spoken to the candidate, without markup or instructions",
        frozenset({Refusal.NOT_PLAIN, Refusal.INSTRUCTS, Refusal.NOT_TO_CANDIDATE}),
    ),
}


def _rule(broken: frozenset[Refusal] | None) -> Look:
    def look(seen: Seen, assertion: Assertion) -> Checked:
        context = seen.view.gate
        if context is None:
            return found(assertion, None, "this output is no follow-up")
        refusals = seen.bench.gate.check(seen.view.text, context).refusals
        told = [each for each in refusals if broken is None or each in broken]
        # Reports of the lab are in English, whatever the language of the case.
        reason = "; ".join(each.reason("en") for each in told)
        return found(assertion, not told, reason or "no rule is broken")

    return look


CHECKS = (
    Check("gate", "passes the gate: all its rules", _rule(None), tasks=_TASKS, of_text=True),
    *(
        Check(name, text, _rule(broken), tasks=_TASKS, of_text=True, negatable=name == "open")
        for name, (text, broken) in _RULES.items()
    ),
)

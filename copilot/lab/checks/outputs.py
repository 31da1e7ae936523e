"""Checks of an output beside what is known: its form, its quotes, whether it speaks, what is right.

``right`` and ``states`` both look at every label of a case. ``right`` asks what the figures ask:
is exactly that shown which should be? A point said and evidenced is right, and so is one not said
and not shown, be it as unclear. ``states`` asks for the very state of each label: a denial has to
be found as one, and unclear is never enough. With six labels to a case hardly any case has all of
them right, so that suites give a threshold; the score is the share of labels.
"""

import math
from collections.abc import Callable, Sequence

from pydantic import ValidationError

from copilot.lab.cases import Assertion
from copilot.lab.checks.base import Check, Seen, found
from copilot.lab.results import Checked, Decision
from copilot.lab.tasks.base import Quoted
from copilot.llm.inputs import KINDS
from copilot.llm.material import as_sent

#: Models put these around a quote; while an interview goes on they are passed over as well.
_AROUND = " \"'“”«»…"
#: What a model answers to these tasks.
_FORMS = {
    "follow_up": "FollowUp",
    "judge_points": "JudgedPoints",
    "judge_flags": "JudgedFlags",
    "recap": "Recap",
    "opinion": "Opinion",
}
#: The one state that a label means, where it means one.
_STATES = {
    ("point", "said"): "evidenced",
    ("point", "denied"): "denied",
    ("point", "absent"): "not_heard",
    ("flag", "said"): "raised",
    ("flag", "absent"): "not_raised",
}
#: Of these kinds the label is the state itself: the question, or the rule.
_NAMED = frozenset({"question", "refusal"})


def _schema(seen: Seen, assertion: Assertion) -> Checked:
    form = KINDS[_FORMS[seen.case.task]].output()
    output = seen.view.output
    # What a model answered may lie beside what the program made of it.
    answer = output.get("answer", output) if isinstance(output, dict) else output
    try:
        form.model_validate(answer)
    except ValidationError as error:
        return found(assertion, False, f"{error.error_count()} faults of form", 0.0)
    score = 0.5 if seen.produced.repaired else 1.0
    passed = score >= (assertion.threshold or 0)
    told = "only when it was asked again" if seen.produced.repaired else "at once"
    return found(assertion, passed, f"it fits, {told}", score)


# -- quotes ---------------------------------------------------------------------------------------


def _quotes(seen: Seen, assertion: Assertion) -> Checked:
    quotes = seen.view.quotes
    if not quotes:
        return found(assertion, True, "it rests on no quote")
    faults = [fault for quoted in quotes if (fault := _fault(quoted, seen))]
    score = 1 - len(faults) / len(quotes)
    reason = "; ".join(faults) or f"{len(quotes)} of {len(quotes)} stand"
    return found(assertion, not faults, reason, score)


def _fault(quoted: Quoted, seen: Seen) -> str:
    """What is wrong with a quote; it repeats nothing of it."""
    of = f" of {quoted.by}" if quoted.by else ""
    if not quoted.utterance_ids:
        return f"the quote{of} names no utterance"
    missing = [name for name in quoted.utterance_ids if name not in seen.view.said]
    if missing:
        return f"the quote{of} names {', '.join(missing)}, which was not said"
    if not quoted.text.strip():
        return ""
    said = " ".join(text for name, text in seen.view.said.items() if name in quoted.utterance_ids)
    if quoted.text in said or _plain(quoted.text.strip(_AROUND)) in _plain(said):
        return ""
    return f"the quote{of} does not stand in {', '.join(quoted.utterance_ids)}"


def _plain(text: str) -> str:
    return as_sent(text).casefold()


# -- speaking, and in time ------------------------------------------------------------------------


def _silent(seen: Seen, assertion: Assertion) -> Checked:
    silent = not seen.view.text.strip()
    return found(assertion, silent, "it stays silent" if silent else "it speaks")


def _speaks(seen: Seen, assertion: Assertion) -> Checked:
    speaks = bool(seen.view.text.strip())
    return found(assertion, speaks, "it speaks" if speaks else "it stays silent")


def _in_time(seen: Seen, assertion: Assertion) -> Checked:
    """``value`` is how late is still good, in seconds."""
    grace = assertion.value or 0
    view = seen.view
    if view.ready_s is not None and view.useful_until_s is not None:
        late = [view.ready_s - view.useful_until_s]
    else:
        late = [one.late_s for one in view.decisions if one.late_s is not None]
    if not late:
        return found(assertion, None, "nothing tells when it would have come or helped")
    in_time = sum(each <= grace for each in late)
    worst = max(late)
    told = f"{worst:.1f} s late" if worst > 0 else f"{-worst:.1f} s to spare"
    return found(
        assertion,
        in_time == len(late),
        f"{in_time} of {len(late)} in time; {told}",
        in_time / len(late),
    )


# -- what is right --------------------------------------------------------------------------------


def has_state(decision: Decision) -> bool:
    """Whether what is shown has the very state that its label means."""
    if decision.kind in _NAMED:
        return decision.state == decision.label
    wanted = _STATES.get((decision.kind, decision.label))
    return decision.agrees if wanted is None else decision.state == wanted


def _right(seen: Seen, assertion: Assertion) -> Checked:
    if seen.view.decisions:
        return _labels(seen.view.decisions, assertion, lambda one: one.agrees)
    expected = seen.case.expected
    silent, silence = expected.get("silent"), not seen.view.text.strip()
    if silent is True:
        return found(assertion, silence, "silence is right here")
    if expected.get("target"):
        return _target(seen, assertion)
    if silent is False:
        return found(assertion, not silence, "a follow-up is right here")
    told = "the case does not say what is right"
    # Beside other checks it is not missed; alone, a case that checks nothing must not pass.
    others = any(one.weight > 0 and one.type != assertion.type for one in seen.case.asserts)
    weight = 0.0 if others else assertion.weight
    return found(assertion.model_copy(update={"weight": weight}), None, told)


def _states(seen: Seen, assertion: Assertion) -> Checked:
    return _labels(seen.view.decisions, assertion, has_state)


def _labels(
    decisions: Sequence[Decision], assertion: Assertion, holds: Callable[[Decision], bool]
) -> Checked:
    if not decisions:
        return found(assertion, None, "the case has no labels")
    wrong = [one for one in decisions if not holds(one)]
    score = 1 - len(wrong) / len(decisions)
    told = ", ".join(
        f"{one.target or one.kind} is {one.label}, shown as {one.state}" for one in wrong
    )
    reason = f"{len(decisions) - len(wrong)} of {len(decisions)}{': ' if told else ''}{told}"
    least = 1.0 if assertion.threshold is None else assertion.threshold
    passed = score >= least or math.isclose(score, least)
    return found(assertion, passed, reason, score)


def _target(seen: Seen, assertion: Assertion) -> Checked:
    expected = seen.case.expected.get("target") or ()
    output = seen.view.output
    answer = output.get("answer", output) if isinstance(output, dict) else None
    target = answer.get("target", "") if isinstance(answer, dict) else ""
    if not expected:
        return found(assertion, True, "any target is right here")
    if not seen.view.text.strip():
        return found(assertion, False, "it stays silent")
    return found(assertion, target in expected, f"it is after {target or 'nothing'}")


_NUMBER = (int, float, type(None))
#: Tasks with labels.
_LABELLED = (
    *("judge_points", "judge_flags", "match", "recognise", "interview"),
    *("gate", "recap_checks", "recap", "opinion"),
)

CHECKS = (
    Check(
        "schema",
        "the model's answer has its form; with threshold 1, at the first asking",
        _schema,
        tasks=tuple(_FORMS),
        most=1.0,
    ),
    Check("quote-stands", "every quote stands in the utterances it names", _quotes),
    Check("silent", "stays silent", _silent),
    Check("speaks", "does not stay silent", _speaks),
    Check("in-time", "ready before it helps no more, or so many seconds later", _in_time, _NUMBER),
    Check(
        "right",
        "is what the case says is right, of at least threshold of the labels",
        _right,
        most=1.0,
    ),
    Check(
        "states",
        "at least threshold of the labels have their very state",
        _states,
        tasks=_LABELLED,
        most=1.0,
    ),
    Check("target", "is after one of the targets expected", _target, tasks=("follow_up",)),
)

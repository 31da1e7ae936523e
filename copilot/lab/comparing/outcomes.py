"""How cases went in one run, and what became of them in the other."""

from collections.abc import Mapping, Sequence

from copilot.lab.comparing.model import Cell, Change, CheckPair, Outcome
from copilot.lab.comparing.side import Digest
from copilot.lab.results import Checked, Result

_PLAIN = {
    (Outcome.FAILED, Outcome.PASSED): Change.FIXED,
    (Outcome.PASSED, Outcome.FAILED): Change.BROKEN,
    (Outcome.PASSED, Outcome.PASSED): Change.BOTH_PASS,
    (Outcome.FAILED, Outcome.FAILED): Change.BOTH_FAIL,
}


def cell_of(results: Sequence[Result], checks: frozenset[str] | None = None) -> Cell:
    """How a case went with a variant.

    An error in any repeat makes it an error: what did not happen neither passed nor failed.

    Args:
        results: The repeats.
        checks: Names of the checks that are looked at; None for all that count.
    """
    if not results:
        return Cell(outcome=Outcome.MISSING)
    errors = sum(each.produced.failed for each in results)
    answered = [each for each in results if not each.produced.failed]
    share = sum(_passed(each, checks) for each in answered) / len(answered) if answered else None
    if errors or share is None:
        outcome = Outcome.ERROR
    elif share in (0.0, 1.0):
        outcome = Outcome.PASSED if share else Outcome.FAILED
    else:
        outcome = Outcome.FLAKY
    return Cell(outcome=outcome, share=share, repeats=len(results), errors=errors)


def change_of(a: Outcome, b: Outcome) -> Change:
    """What became of a case, or of one of its checks.

    Raises:
        ValueError: It is in neither run.
    """
    if a is Outcome.MISSING and b is Outcome.MISSING:
        msg = "It is in neither run."
        raise ValueError(msg)
    if a is Outcome.MISSING:
        return Change.ONLY_B
    if b is Outcome.MISSING:
        return Change.ONLY_A
    if Outcome.ERROR in (a, b):
        return Change.ERROR
    return _PLAIN.get((a, b), Change.FLAKY)


def common_checks(a: Digest, b: Digest, made: frozenset[str]) -> frozenset[str]:
    """Names of the checks that want the same in both runs.

    Args:
        a: The case in A.
        b: The case in B.
        made: Names of all checks that were made of it in either run.
    """
    return frozenset(name for name in made if a.checks.get(name) == b.checks.get(name))


def checks_made(*several: Sequence[Result]) -> frozenset[str]:
    """Names of all checks that count among some results."""
    return frozenset(
        check.name
        for results in several
        for each in results
        for check in each.checks
        if check.counts
    )


def check_shares(results: Sequence[Result]) -> Mapping[str, float]:
    """By check, the share of the repeats with an output in which it holds."""
    held: dict[str, list[bool]] = {}
    for each in results:
        for name, found in _by_name(each.checks).items():
            held.setdefault(name, []).append(all(check.passed is True for check in found))
    return {name: sum(several) / len(several) for name, several in held.items()}


def check_pairs(
    a: Sequence[Result], b: Sequence[Result], left_out: frozenset[str] = frozenset()
) -> tuple[CheckPair, ...]:
    """Every check of a case in both runs, in the order in which they were made.

    Args:
        a: The repeats in A.
        b: The repeats in B.
        left_out: Checks that want something else in B.
    """
    first, second = check_shares(a), check_shares(b)
    return tuple(
        CheckPair(
            name=name,
            change=_check_change(first.get(name), second.get(name)),
            a=first.get(name),
            b=second.get(name),
        )
        for name in dict.fromkeys([*first, *second])
        if name not in left_out
    )


def _check_change(a: float | None, b: float | None) -> Change:
    return change_of(_outcome(a), _outcome(b))


def _outcome(share: float | None) -> Outcome:
    match share:
        case None:
            return Outcome.MISSING
        case 0.0:
            return Outcome.FAILED
        case 1.0:
            return Outcome.PASSED
        case _:
            return Outcome.FLAKY


def _passed(result: Result, checks: frozenset[str] | None) -> bool:
    return all(
        each.passed is True
        for each in result.checks
        if each.counts and (checks is None or each.name in checks)
    )


def _by_name(checks: Sequence[Checked]) -> Mapping[str, list[Checked]]:
    found: dict[str, list[Checked]] = {}
    for each in checks:
        found.setdefault(each.name, []).append(each)
    return found

"""Which variant of B stands beside which of A."""

from collections.abc import Sequence

from copilot.errors import UsageError, nearest
from copilot.lab.comparing.side import Side


def pair_variants(
    a: Side, b: Side, chosen: Sequence[str] | None = None
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Pairs of ids, and the variants that are left over.

    Those of the same id belong together; where each run has but one, these do whatever their ids.

    Args:
        a: What was before.
        b: What is compared with it.
        chosen: The id, its beginning or a unique part of it, of a variant of A and one of B.

    Raises:
        UsageError: There is no such variant, or none is to be paired with any.
    """
    if chosen is not None:
        return ((_named(a, chosen[0]), _named(b, chosen[1])),), ()
    first, second = list(a.variants), list(b.variants)
    if len(first) == len(second) == 1:
        return ((first[0], second[0]),), ()
    both = [(each, each) for each in first if each in b.variants]
    if not both:
        raise UsageError(
            f"no variant is in both {a.record.id} and {b.record.id}: A has {_list(first)}; "
            f"B has {_list(second)}.",
            "Say which belong together: --variants ID_IN_A ID_IN_B",
        )
    left = [f"A: {each}" for each in first if each not in b.variants]
    left += [f"B: {each}" for each in second if each not in a.variants]
    return tuple(both), tuple(left)


def _named(side: Side, name: str) -> str:
    ids = list(side.variants)
    if name in ids:
        return name
    found = [each for each in ids if each.startswith(name)] or [
        each for each in ids if name in each
    ]
    if len(found) == 1:
        return found[0]
    if found:
        told = f"{name!r} is part of several variants of {side.record.id}: {_list(found)}."
        raise UsageError(told, "Give the whole id.")
    raise UsageError(f"{side.record.id} has no variant {name!r}.", nearest(name, ids))


def _list(ids: Sequence[str]) -> str:
    return ", ".join(repr(each) for each in ids)

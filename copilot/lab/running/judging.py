"""Opinions of a model on the outputs of a run, asked for when all outputs are there.

A vote is an item as any other, through the same executor, cache and budget; what it brought stands
in a file beside the results, and the verdict among the checks of the result it is about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from copilot.lab.cases import Assertion
from copilot.lab.checks.opinions import opinion_items, verdict, wanted
from copilot.lab.grid import Item, Variant
from copilot.lab.results import Produced, Result
from copilot.lab.running.making import Maker


@dataclass(frozen=True, slots=True)
class Asked:
    """An opinion that is wanted.

    Attributes:
        result: Of which result.
        assertion: By which assertion of its case.
        votes: What is to be asked; empty where the output stays silent.
    """

    result: Result
    assertion: Assertion
    votes: tuple[Item, ...]


def opinions_wanted(
    items: Iterable[Item], results: Mapping[str, Result], maker: Maker, judge: Variant
) -> tuple[Asked, ...]:
    """The opinions that results still lack.

    Args:
        items: Of the run.
        results: By item id, what there is of them.
        maker: Of the run; its bench has the judge's prompts and profile.
        judge: The variant that gives opinions.

    Raises:
        CopilotError: An output cannot be put with the judge's prompt.
    """
    found = []
    for item in items:
        result = results.get(item.id)
        if result is None or result.produced.failed:
            continue
        has = {check.name for check in result.checks}
        for assertion in wanted(item.case):
            if assertion.name not in has:
                seen = maker.seen(item, result.produced)
                found.append(Asked(result, assertion, opinion_items(seen, assertion, judge)))
    return tuple(found)


def votes_of(asked: Iterable[Asked]) -> tuple[Item, ...]:
    """All votes, each once: equal outputs are one question."""
    return tuple({vote.id: vote for each in asked for vote in each.votes}.values())


def with_verdicts(asked: Sequence[Asked], produced: Mapping[str, Produced]) -> tuple[Result, ...]:
    """The results with the verdicts of which all votes are there.

    Args:
        asked: The opinions that were wanted.
        produced: By vote's item id, what came out.
    """
    changed: dict[str, Result] = {}
    for each in asked:
        if any(vote.id not in produced for vote in each.votes):
            continue
        result = changed.get(each.result.item, each.result)
        said = verdict(each.assertion, [produced[vote.id] for vote in each.votes])
        changed[result.item] = result.model_copy(update={"checks": (*result.checks, said)})
    return tuple(changed.values())

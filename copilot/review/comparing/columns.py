"""The columns of a comparison: which sessions, in which order, under which names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copilot.coach.unsolicited import Unsolicited
from copilot.review.comparing.hearing import heard_over, said_by_candidate
from copilot.review.comparing.model import Column, Order, Together
from copilot.review.opinions import Opinions
from copilot.review.plain_line import plain_line
from copilot.review.reviewed import Reviewed
from copilot.review.summarising import summarise
from copilot.review.summary import Summary


@dataclass(frozen=True, slots=True)
class Source:
    """A session to compare.

    Attributes:
        id: Its id, by its folder: a copied one has the same journal.
        state: With its reviews.
        summary: What it came to.
        opinions: Who thinks what of it.
        alias: What its candidate is called; None where nobody said.
    """

    id: str
    state: Reviewed
    summary: Summary
    opinions: Opinions
    alias: str | None


def source_of(
    session_id: str, state: Reviewed, alias: str | None, unsolicited: Unsolicited | None = None
) -> Source:
    """A session ready to be compared.

    Raises:
        ValueError: It has not even started.
        GuideError: A pack of the user's own is broken.
    """
    name = plain_line(alias or "")
    return Source(session_id, state, summarise(state, unsolicited), Opinions(state), name or None)


def in_order(sources: Iterable[Source], order: Order) -> list[Source]:
    """The sessions by date, or by alias and then date; those of one alias always together."""
    by_date = sorted(sources, key=lambda each: (each.summary.started_at, each.id))
    groups: dict[str, list[Source]] = {}
    for source in by_date:
        key = source.id if source.alias is None else f"={_folded(source.alias)}"
        groups.setdefault(key, []).append(source)
    grouped = list(groups.values())
    if order == "alias":
        # Those without an alias come last; sorting keeps them in the order of their dates.
        grouped.sort(key=lambda g: (g[0].alias is None, _folded(g[0].alias or "")))
    return [source for group in grouped for source in group]


def columns_of(sources: Sequence[Source]) -> tuple[Column, ...]:
    """The sessions as columns, every one with a name of its own."""
    return tuple(
        _column(source, name) for source, name in zip(sources, _names(sources), strict=True)
    )


def together(sources: Sequence[Source], values: Iterable[str]) -> tuple[Together, ...]:
    """Which sessions share a value, in the order in which the values come first."""
    found: dict[str, list[str]] = {}
    for source, value in zip(sources, values, strict=True):
        found.setdefault(value, []).append(source.id)
    return tuple(Together(value=value, sessions=tuple(ids)) for value, ids in found.items())


def _names(sources: Sequence[Source]) -> list[str]:
    days = [source.summary.started_at[:10] for source in sources]
    aliases = Counter(_folded(source.alias) for source in sources if source.alias is not None)
    names = []
    for source, day in zip(sources, days, strict=True):
        tail = source.id.rpartition("-")[2]
        if source.alias is None:
            names.append(f"{day} {tail}")
        elif aliases[_folded(source.alias)] == 1:
            names.append(source.alias)
        else:
            names.append(f"{source.alias} ({day})")
    # What is still the same, such as two talks on one day, is told apart by the ids.
    counted = Counter(map(_folded, names))
    return [
        name if counted[_folded(name)] == 1 else f"{name} {source.id}"
        for source, name in zip(sources, names, strict=True)
    ]


def _column(source: Source, name: str) -> Column:
    summary, state = source.summary, source.state
    whole = [(0.0, summary.duration_s)]
    return Column(
        name=name,
        session_id=source.id,
        alias=source.alias,
        started_at=summary.started_at,
        duration_s=summary.duration_s,
        ended=summary.ended,
        language=summary.language,
        guide=summary.guide,
        consent=summary.consent,
        heard=heard_over(state, whole, said_by_candidate(state)),
        candidate_s=summary.talk.candidate_s,
        interviewer_s=summary.talk.interviewer_s,
        people=source.opinions.people(),
    )


def _folded(alias: str) -> str:
    return alias.casefold()

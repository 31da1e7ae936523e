"""What the gate lets through: follow-ups that people asked, and ones that break a rule.

    python -m benchmarks.gate FOLLOWQG

FOLLOWQG is ``followMLdata.csv`` of the public repository poorao/followQG (MIT): questions, answers
and follow-ups of job interviews, in English.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from benchmarks.measuring import progress, spread, this_machine, timed
from benchmarks.reporting import DELAY_COLUMNS, Delay, Report, Table, arguments, percent, show
from copilot.coach.gate import Expected, Gate, GateContext, Refusal
from copilot.knowledge.off_limits import joined, load_packs
from copilot.lab.folders import shipped_suites
from copilot.lab.measuring.bootstrap import Estimate, estimate, ratio
from training.pairs import csv_rows

METHOD = """
People: each follow-up of followQG is checked as a language model's would be, after its own question
and answer. They were typed, loosely at times, by people who were not asked to keep our rules; some
are closed on purpose. A follow-up may break several rules, so that the shares add up to more than
what is refused.

Written to be bad: follow-ups written for this project, each to break one rule, after eight answers
in two languages. Refused: by any rule. By its rule: that rule is among those named.
Written to be good: after the same answers.

Intervals are 95% bootstrap intervals over follow-ups, for followQG over its questions, of which it
has 97. Some rules were mended after a look at what a first version made of followQG and of our own
sets, and the rules and these sets were written by the same hand: text of others will fare worse.
"""
DATA = shipped_suites() / "data"


@dataclass(frozen=True, slots=True)
class Case:
    """A follow-up in its place.

    Attributes:
        text: The follow-up.
        context: What it is checked against.
        group: What is drawn together for the interval.
        rule: The rule it was written to break; empty for none.
    """

    text: str
    context: GateContext
    group: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A follow-up and what the gate said."""

    case: Case
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of some follow-ups, 0 to 1.

    Attributes:
        language: Theirs.
        what: Which of them, or what happened to them.
        count: How many there are.
        share: The share.
    """

    language: str
    what: str
    count: int
    share: Estimate

    def cells(self) -> Sequence[str]:
        """Language, what, count, share in percent."""
        return self.language, self.what, str(self.count), percent(self.share, 1)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How follow-ups that break one rule fared, shares 0 to 1.

    Attributes:
        language: Theirs.
        rule: The rule.
        count: How many there are.
        refused: By any rule.
        by_it: By that rule, among others.
    """

    language: str
    rule: str
    count: int
    refused: Estimate
    by_it: Estimate

    def cells(self) -> Sequence[str]:
        """As ``RULE_COLUMNS``."""
        shares = percent(self.refused), percent(self.by_it)
        return self.language, self.rule, str(self.count), *shares


SHARE_COLUMNS = ("", "", "n", "% [95%]")
RULE_COLUMNS = ("", "written to be", "n", "refused %", "by its rule %")


def read_people(path: Path) -> list[Case]:
    """followQG's follow-ups, each after its question and answer."""
    return [
        Case(
            row["followUp"],
            GateContext("en", row["question"], row["answer"], asked=(row["question"],)),
            group=row["question"].strip(),
        )
        for row in csv_rows(path)
        if row["followUp"].strip()
    ]


def read_contexts(folder: Path = DATA) -> dict[str, GateContext]:
    """The answers that our own follow-ups are asked after, by their ids."""
    data = yaml.safe_load((folder / "follow_up_contexts.yaml").read_text(encoding="utf-8"))
    return {
        name: GateContext(
            language=each["language"],
            question=each["question"],
            answer=each["answer"],
            asked=(each["question"], *each["asked"]),
            expected=Expected(
                each["expected"]["label"],
                each["expected"]["description"],
                tuple(each["expected"]["says"]),
            ),
        )
        for name, each in data.items()
    }


def read_written(name: str, folder: Path = DATA) -> list[Case]:
    """Our own follow-ups: ``bad`` or ``good``."""
    contexts = read_contexts(folder)
    lines = (folder / f"{name}_follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [
        Case(row["text"], contexts[row["context"]], group=str(number), rule=row.get("rule", ""))
        for number, row in enumerate(rows)
    ]


def share(language: str, what: str, outcomes: Sequence[Outcome], hit: Sequence[bool]) -> Share:
    """The share of ``outcomes`` for which ``hit`` is true."""
    return Share(language, what, len(outcomes), _estimate(outcomes, hit))


def _estimate(outcomes: Sequence[Outcome], hit: Sequence[bool]) -> Estimate:
    groups = {name: i for i, name in enumerate(dict.fromkeys(o.case.group for o in outcomes))}
    counts = np.zeros((len(groups), 2))
    for outcome, each in zip(outcomes, hit, strict=True):
        counts[groups[outcome.case.group]] += [each, 1]
    return estimate(counts, lambda sums: ratio(sums[..., 0], sums[..., 1]))


def people_rows(outcomes: Sequence[Outcome]) -> Iterator[Share]:
    """What became of people's follow-ups, and which rule refuses the rest."""
    yield share("en", "passed", outcomes, [not o.refusals for o in outcomes])
    tied = [set(o.refusals) <= {Refusal.UNGROUNDED} for o in outcomes]
    yield share("en", "passed, but for the tie to the answer", outcomes, tied)
    for refusal in Refusal:
        hit = [refusal in o.refusals for o in outcomes]
        alone = [o.refusals == (refusal,) for o in outcomes]
        if any(hit):
            yield share("en", f"refused: {refusal}", outcomes, hit)
            yield share("en", f"… by that alone: {refusal}", outcomes, alone)


def rule_rows(outcomes: Sequence[Outcome]) -> Iterator[RuleRow]:
    """How bad follow-ups fared, by language and rule; all of a language first."""
    for language, of_language in _by_language(outcomes):
        by_rule: dict[str, list[Outcome]] = defaultdict(list)
        by_rule["bad (all)"] = list(of_language)
        for outcome in of_language:
            by_rule[outcome.case.rule].append(outcome)
        for rule, some in by_rule.items():
            refused = _estimate(some, [bool(o.refusals) for o in some])
            by_it = _estimate(some, [Refusal(o.case.rule) in o.refusals for o in some])
            yield RuleRow(language, rule, len(some), refused, by_it)


def good_rows(outcomes: Sequence[Outcome]) -> Iterator[Share]:
    """How many good follow-ups passed, by language."""
    for language, of_language in _by_language(outcomes):
        passed = [not o.refusals for o in of_language]
        yield share(language, "passed", of_language, passed)


def _by_language(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    for language in sorted({outcome.case.context.language for outcome in outcomes}):
        yield language, [o for o in outcomes if o.case.context.language == language]


def surprises(outcomes: Sequence[Outcome]) -> list[str]:
    """Bad follow-ups that passed and good ones that did not, for the notes."""
    found = []
    for outcome in outcomes:
        named = ", ".join(outcome.refusals) or "passed"
        if bool(outcome.case.rule) != bool(outcome.refusals):
            meant = outcome.case.rule or "good"
            found.append(f"Written to be {meant}: {outcome.case.text!r}; {named}.")
    return found


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("followqg", type=Path, help="followMLdata.csv")
    options = parser.parse_args()
    machine = this_machine()
    gate = Gate(joined(load_packs()))
    taken_ms: list[float] = []

    def check(cases: Sequence[Case]) -> list[Outcome]:
        outcomes = []
        for case in cases:
            verdict, spent = timed(gate.check, case.text, case.context)
            taken_ms.append(1000 * spent.processor_s)
            outcomes.append(Outcome(case, verdict.refusals))
        return outcomes

    for language in ("en", "fr"):
        gate.check("?", GateContext(language))  # compiles the phrases
    progress("people's")
    people = check(read_people(options.followqg))
    progress("our own")
    bad, good = check(read_written("bad")), check(read_written("good"))
    tables = [
        Table("People's follow-ups (followQG)", SHARE_COLUMNS, list(people_rows(people))),
        Table("Written to be bad", RULE_COLUMNS, list(rule_rows(bad))),
        Table("Written to be good", SHARE_COLUMNS, list(good_rows(good))),
        Table("Time", DELAY_COLUMNS, [Delay("suggestion → verdict", spread(taken_ms))]),
    ]
    notes = surprises([*bad, *good])
    show(Report("gate", METHOD, machine, tables, notes), options)


if __name__ == "__main__":
    main()

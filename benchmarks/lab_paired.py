"""How often the lab's paired test calls noise a difference, and how large one it can see.

python -m benchmarks.lab_paired [--rounds 400]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.measuring import progress, this_machine
from benchmarks.reporting import Report, Table, arguments, percent, show
from copilot.lab.comparing.chance import paired_ratio
from copilot.lab.measuring.bootstrap import Estimate, estimate, ratio

METHOD = """
Suites are made up: every group of cases (answers to one question, say) has its own difficulty, and
every case its own around it. Version A passes a case or not by that. Version B brings the same in
four of five cases and is drawn anew in the others, as a prompt does that was only worded otherwise;
where it is better, each case that then still fails passes with a certain probability.

False alarms: of pairs in which nothing is better, how many have p below 0.05. Power: of pairs in
which B passes so many more of the cases, how many have. Covered: of all pairs, in how many the 95 %
interval holds the true difference. "By case" is the same test with every case a group of its own,
for comparison: it is what one gets who forgets that answers to one question hang together. It does
best where B differs from A by cases drawn apart, as here under "anew by case"; where whole groups
are drawn anew together, as a prompt does that fails one question in all its answers, it takes noise
for progress.

The intervals behind the shares are bootstrapped by pair.
"""

_SAME = 0.8
_LEVEL = 0.05

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a suite looks like.

    Attributes:
        groups: How many groups.
        each: Cases in each.
        together: Whether B is drawn anew by whole groups.
    """

    groups: int
    each: int
    together: bool


SHAPES = (
    Shape(8, 1, False),
    Shape(40, 1, False),
    Shape(200, 1, False),
    Shape(16, 3, False),
    Shape(50, 4, False),
    Shape(16, 3, True),
    Shape(50, 4, True),
)
#: How much more of the failing cases B passes, 0 to 1.
EFFECTS = (0.0, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Row:
    """What the test makes of many pairs.

    Attributes:
        shape: Of the suites.
        effect: Of what A fails, how much B passes.
        difference: Of all cases, how many more B passes in the mean, 0 to 1.
        by_group: How many pairs have p below 0.05.
        by_case: The same with each case a group of its own.
        covered: In how many the interval holds the true difference.
    """

    shape: Shape
    effect: float
    difference: float
    by_group: Estimate
    by_case: Estimate
    covered: Estimate

    def cells(self) -> Sequence[str]:
        """As ``COLUMNS``."""
        anew = "group" if self.shape.together else "case"
        return (
            str(self.shape.groups),
            str(self.shape.groups * self.shape.each),
            anew,
            f"{100 * self.difference:+.0f}" if self.effect else "0",
            percent(self.by_group),
            percent(self.by_case),
            percent(self.covered),
        )


COLUMNS = ("groups", "cases", "anew by", "B better by", "p < 0.05", "…by case", "covered")


def pairs(
    shape: Shape, effect: float, rounds: int, seed: int
) -> Iterator[tuple[Floats, Floats, float]]:
    """Which cases A and B pass, shape (groups, each), and by how much B truly is better."""
    generator = np.random.default_rng(seed)
    size = shape.groups, shape.each
    for _ in range(rounds):
        own = generator.beta(2, 1, (shape.groups, 1))
        passes = np.clip(own + generator.normal(0, 0.1, size), 0.02, 0.98)
        a = generator.random(size) < passes
        anew = generator.random((shape.groups, 1 if shape.together else shape.each)) >= _SAME
        # Drawn together, the answers of a group all go one way.
        luck = generator.random((shape.groups, 1) if shape.together else size)
        first = luck < (own if shape.together else passes)
        again = generator.random((shape.groups, 1) if shape.together else size)
        second = again < (own if shape.together else passes)
        a = np.where(anew, first, a)
        b = np.where(anew, second, a)
        b = b | (generator.random(size) < effect)
        plain = own if shape.together else passes
        truth = np.where(anew, plain, passes)
        yield a.astype(float), b.astype(float), effect * float((1 - truth).mean())


def row(shape: Shape, effect: float, rounds: int) -> Row:
    """What the test makes of so many pairs."""
    found: list[tuple[float, float, float]] = []
    differences: list[float] = []
    for a, b, truth in pairs(shape, effect, rounds, seed=shape.groups + int(100 * effect)):
        ones = np.ones(a.size)
        groups = [str(n // shape.each) for n in range(a.size)]
        above, other = (np.column_stack([each.ravel(), ones]) for each in (a, b))
        by_group = paired_ratio(above, other, groups)
        by_case = paired_ratio(above, other, [str(n) for n in range(a.size)])
        assert by_group is not None
        assert by_case is not None
        held = by_group.low - 1e-9 <= truth <= by_group.high + 1e-9
        found.append((by_group.p < _LEVEL, by_case.p < _LEVEL, held))
        differences.append(by_group.difference)
    counts = np.array([(*each, 1.0) for each in found], dtype=np.float64)

    def share(at: int) -> Estimate:
        return estimate(counts, lambda sums: ratio(sums[..., at], sums[..., 3]))

    return Row(shape, effect, float(np.mean(differences)), share(0), share(1), share(2))


def main() -> None:
    """Simulate and print."""
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=400, help="pairs of runs a row")
    options = parser.parse_args()
    machine = this_machine()
    rows = []
    for shape in SHAPES:
        progress(f"{shape.groups} groups of {shape.each}")
        rows += [row(shape, effect, options.rounds) for effect in EFFECTS]
    show(Report("lab_paired", METHOD, machine, [Table("Pairs", COLUMNS, rows)]), options)


if __name__ == "__main__":
    main()

"""The parts of the cases: to learn from, to choose by, and to look at once in the end."""

from collections.abc import Iterable, Sequence

from copilot.errors import InputError
from copilot.lab.cases import Case

#: So few cases tell nothing of what goes wrong, or of what is better.
LEAST_TRAIN, LEAST_DEV = 4, 4
#: By fewer groups no paired test ever finds anything: of five, all better, one in sixteen is luck.
LEAST_TEST_GROUPS = 6


class SealedError(RuntimeError):
    """Cases held out were about to be looked at before the end; a defect of the program."""


class Splits:
    """The cases of one optimisation; those held out stay sealed until they are opened, once.

    Attributes:
        train: Whose failures are shown to whoever proposes.
        dev: By which the best proposal is chosen.
    """

    def __init__(self, cases: Iterable[Case]) -> None:
        """Part them.

        Args:
            cases: With their split.

        Raises:
            InputError: There are too few in a part, or a group is torn apart.
        """
        parts: dict[str, list[Case]] = {"train": [], "dev": [], "test": []}
        for case in cases:
            parts[case.split].append(case)
        self.train: tuple[Case, ...] = tuple(parts["train"])
        self.dev: tuple[Case, ...] = tuple(parts["dev"])
        self._test = tuple(parts["test"])
        self._ids = frozenset(case.id for case in self._test)
        self._opened = False
        self._check()

    @property
    def test_cases(self) -> int:
        """How many are held out."""
        return len(self._test)

    @property
    def seen(self) -> tuple[Case, ...]:
        """All that are not held out."""
        return (*self.train, *self.dev)

    def guard(self, cases: Sequence[Case]) -> None:
        """See that none of these is held out still.

        Raises:
            SealedError: One is.
        """
        if not self._opened and any(case.split == "test" or case.id in self._ids for case in cases):
            raise SealedError("a case that is held out was asked for before the end")

    def open(self) -> tuple[Case, ...]:
        """The cases held out; once.

        Raises:
            SealedError: They were opened before.
        """
        if self._opened:
            raise SealedError("cases held out are looked at once")
        self._opened = True
        return self._test

    def _check(self) -> None:
        needed = []
        groups = len({case.group for case in self._test})
        for name, count, least in (
            ("train", len(self.train), LEAST_TRAIN),
            ("dev", len(self.dev), LEAST_DEV),
            ("groups of test", groups, LEAST_TEST_GROUPS),
        ):
            if count < least:
                needed.append(f"{name}: {count}, {least} at least are needed")
        if needed:
            raise InputError(
                f"there are too few cases. {'; '.join(needed)}.",
                "Write or promote more, of more questions; metadata.split says where each belongs.",
                title="Too few cases",
            )
        torn = {case.group for case in self._test} & {case.group for case in self.seen}
        if torn:
            raise InputError(
                f"the group {min(torn)!r} has cases in test and elsewhere.",
                "Give all cases of a group the same metadata.split, or leave it out of all.",
                title="A group torn apart",
            )

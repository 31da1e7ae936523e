"""What is told while a language model reads a document, and a tally of it for the report."""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.guides.model_calls import Answering
from copilot.i18n import N_, _
from copilot.llm.errors import LlmError
from copilot.llm.result import Usage


class Check(enum.StrEnum):
    """What an item has to pass, in the order in which it is tried; the first failure counts."""

    LINES = "lines"  # it names lines that were sent, one of which has no place yet
    FORM = "form"  # plain words, as many as a guide takes
    INSTRUCTION = "instruction"  # no order to a machine
    OFF_LIMITS = "off_limits"  # nothing that may not be asked
    LANGUAGE = "language"  # the language of its lines
    QUESTION = "question"  # a question asks a candidate something
    JUDGEMENT = "judgement"  # no verdict that the document does not give
    FIGURES = "figures"  # every figure stands on its lines
    NAMES = "names"  # every name does
    WORDS = "words"  # its other words do
    DENIAL = "denial"  # it denies what is denied there, and nothing else
    WARNING = "warning"  # a flag is something that the document warns of
    BELONGS = "belongs"  # a point has its question before it, and no other in between
    DOUBLE = "double"  # it is not there already

    @property
    def reason(self) -> str:
        """Why an item that fails it is left out, in the interface's language."""
        return _(_REASONS[self])


_REASONS: Mapping[Check, str] = {
    Check.LINES: N_("names no line of those it was asked about"),
    Check.FORM: N_("is empty, too long or no plain text"),
    Check.INSTRUCTION: N_("gives orders to a machine"),
    Check.OFF_LIMITS: N_("touches what may not be asked"),
    Check.LANGUAGE: N_("is in another language than its lines"),
    Check.QUESTION: N_("asks a candidate nothing"),
    Check.JUDGEMENT: N_("judges where the document does not"),
    Check.FIGURES: N_("holds a figure that does not stand on its lines"),
    Check.NAMES: N_("holds a name that does not stand on its lines"),
    Check.WORDS: N_("holds words that do not stand on its lines"),
    Check.DENIAL: N_("turns what its lines say into the opposite"),
    Check.WARNING: N_("is no warning where it stands"),
    Check.BELONGS: N_("has no question that it stands under"),
    Check.DOUBLE: N_("is there already"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading has come.

    Attributes:
        done: Parts of the document that were read.
        total: Of how many; more where a part proves to be too long.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Taken:
    """An item is in the draft by the model.

    Attributes:
        kind: ``question``, ``point``, ``flag``, ``competency``, ``stage`` or ``tip``.
        id: Its id; empty for a tip.
        text: What the draft says.
        origin: Where it stands.
    """

    kind: str
    id: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that the model named is not in the draft.

    Attributes:
        kind: As for ``Taken``.
        text: What the model said.
        origin: Where it says that it stands; empty where it names no line that was sent.
        check: What it does not pass.
    """

    kind: str
    text: str
    origin: str
    check: Check


@dataclass(frozen=True, slots=True)
class Unread:
    """The model gave nothing usable for a part; what stands there stays unplaced.

    Attributes:
        first: Where the part begins.
        last: Where it ends.
        error: Why.
    """

    first: str
    last: str
    error: LlmError


@dataclass(frozen=True, slots=True)
class Stopped:
    """No more is asked; what was found so far stands, and what structure told anyway.

    Attributes:
        error: Why: the endpoint failed, or the budget is spent.
    """

    error: LlmError


Told = Answering | Progress | Taken | LeftOut | Unread | Stopped


@dataclass(slots=True)
class Tally:
    """Gathers what is told, for a report: ``with_model(…, tell=tally.note)``.

    Attributes:
        model: What the endpoint calls the model; empty before its first answer.
        usage: Tokens of its answers.
        taken: Items in the draft by the model.
        left_out: Items it named in vain.
        unread: Parts without an answer that can be used.
        stopped: Why no more was asked; None where all was.
    """

    model: str = ""
    usage: Usage = field(default_factory=Usage)
    taken: list[Taken] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    stopped: LlmError | None = None

    def note(self, told: Told) -> None:
        """Take in something that was told."""
        match told:
            case Answering():
                self.model = self.model or told.model
                self.usage += told.usage
            case Taken():
                self.taken.append(told)
            case LeftOut():
                self.left_out.append(told)
            case Unread():
                self.unread.append(told)
            case Stopped():
                self.stopped = told.error
            case Progress():
                pass

    @property
    def proposed(self) -> int:
        """How many items the model named."""
        return len(self.taken) + len(self.left_out)

    def taken_by_kind(self) -> dict[str, int]:
        """How many are in the draft by the model, by kind."""
        return dict(Counter(item.kind for item in self.taken))

    def left_out_by_check(self) -> dict[Check, int]:
        """How many it named in vain, by the check they fail, in the order of the checks."""
        counted = Counter(item.check for item in self.left_out)
        return {check: counted[check] for check in Check if check in counted}

"""What is told while a language model proposes texts for a guide, and a tally of it."""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from copilot.guides.editing.edits import Place, Proposal
from copilot.guides.enriching.gaps import GapKind
from copilot.guides.model_calls import Answering
from copilot.i18n import N_, _
from copilot.llm.errors import LlmError
from copilot.llm.result import Usage


class Fault(enum.StrEnum):
    """What keeps a text from being proposed at all, in the order in which it is looked for."""

    FORM = "form"  # plain words
    LENGTH = "length"  # neither too short nor too long for what it is to be
    INSTRUCTION = "instruction"  # no order to a machine
    OFF_LIMITS = "off_limits"  # nothing that may not be asked
    LANGUAGE = "language"  # the language that is wanted
    FIRST_PERSON = "first_person"  # what candidates say, they say of themselves
    JUDGEMENT = "judgement"  # no verdict on anybody
    QUESTION = "question"  # a question fit to be asked
    ORDER = "order"  # ratings of which each tells more than the one before
    KEPT = "kept"  # a translation with the figures, names and form of the original
    DOUBLE = "double"  # not there already, nor said in nearly the same words
    UNASKED = "unasked"  # no more than were wanted, and nothing else

    @property
    def reason(self) -> str:
        """Why such a text is left out, in the interface's language."""
        return _(_REASONS[self])


_REASONS: Mapping[Fault, str] = {
    Fault.FORM: N_("empty, or no plain text"),
    Fault.LENGTH: N_("too short or too long"),
    Fault.INSTRUCTION: N_("gives orders to a machine"),
    Fault.OFF_LIMITS: N_("touches what may not be asked"),
    Fault.LANGUAGE: N_("in another language"),
    Fault.FIRST_PERSON: N_("not said of oneself"),
    Fault.JUDGEMENT: N_("judges somebody"),
    Fault.QUESTION: N_("no question that may be asked like this"),
    Fault.ORDER: N_("ratings that are alike or out of order"),
    Fault.KEPT: N_("a translation that changes figures, names or form"),
    Fault.DOUBLE: N_("there already, or nearly"),
    Fault.UNASKED: N_("more than was asked for"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A proposal; who keeps it at once loses nothing when the program is ended.

    Attributes:
        kind: What it is for.
        proposal: The proposal.
    """

    kind: GapKind
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text that the model wrote and that is not proposed.

    Attributes:
        place: Where it would have stood.
        kind: What it was to be.
        text: What the model wrote.
        fault: What is wrong with it.
    """

    place: Place
    kind: GapKind
    text: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The model gave nothing usable for an item.

    Attributes:
        item: The item's place.
        error: Why.
    """

    item: Place
    error: LlmError


@dataclass(frozen=True, slots=True)
class Stopped:
    """No more is asked; what was proposed so far stands.

    Attributes:
        error: Why: the endpoint failed, or the budget is spent.
    """

    error: LlmError


Told = Answering | Made | Dropped | Unanswered | Stopped


@dataclass(slots=True)
class Tally:
    """Gathers what is told, for a report: ``propose_by_model(…, note=tally.note)``.

    Attributes:
        model: What the endpoint calls the model; empty before its first answer.
        usage: Tokens of its answers.
        made: The proposals.
        dropped: The texts that are not proposed.
        unanswered: Items without an answer that can be used.
        stopped: Why no more was asked; None where all was.
    """

    model: str = ""
    usage: Usage = field(default_factory=Usage)
    made: list[Made] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    unanswered: list[Unanswered] = field(default_factory=list)
    stopped: LlmError | None = None

    def note(self, told: Told) -> None:
        """Take in something that was told."""
        match told:
            case Answering():
                self.model = self.model or told.model
                self.usage += told.usage
            case Made():
                self.made.append(told)
            case Dropped():
                self.dropped.append(told)
            case Unanswered():
                self.unanswered.append(told)
            case Stopped():
                self.stopped = told.error

    def dropped_by_fault(self) -> dict[Fault, int]:
        """How many texts are not proposed, by what is wrong with them."""
        counted = Counter(each.fault for each in self.dropped)
        return {fault: counted[fault] for fault in Fault if fault in counted}

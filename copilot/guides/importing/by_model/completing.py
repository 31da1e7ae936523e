"""Reading free prose with a language model, of which only what code finds in the document is kept.

Structure comes first and costs nothing; the model is asked only about what has no place after it,
in parts with numbered lines. It may be wrong, or obey a sentence of the document's: every item is
held against the lines that it names, see ``by_model_checks``, and what fails is told with why.
Where the model gives nothing, the draft of the structure stands as it is.
"""

from collections.abc import Callable

from copilot.guides.documents.model import Document
from copilot.guides.importing.by_model.checks import SourceChecks, touches_off_limits
from copilot.guides.importing.by_model.taking import Taking
from copilot.guides.importing.by_model.told import Progress, Stopped, Told, Unread
from copilot.guides.importing.by_model.units import Unit, units_of
from copilot.guides.importing.draft import Draft
from copilot.guides.model_calls import Answering, answer, every_topic
from copilot.knowledge.off_limits import Pack
from copilot.llm.client import Asks
from copilot.llm.errors import (
    AnswerError,
    CancelledCallError,
    CutOffError,
    LlmError,
    TooLongError,
)
from copilot.llm.from_guide import document_pieces, import_guide_inputs
from copilot.llm.material import Material
from copilot.llm.prompts import PromptLibrary

PROMPT = "import_guide"
#: A part that is too much for the model is halved, but not into less than this.
_SHORTEST = 300  # characters


def is_worth_asking(document: Document, draft: Draft) -> bool:
    """Whether there is anything in a document that a model would be asked about."""
    return any(unit.open for unit in units_of(document, draft))


def with_model(
    document: Document,
    draft: Draft,
    client: Asks,
    tell: Callable[[Told], None] = lambda _told: None,
    *,
    library: PromptLibrary | None = None,
    pack: Pack | None = None,
) -> Draft:
    """The draft with what a model finds in what has no place in it.

    An endpoint that fails, or a spent budget, is told as ``Stopped`` and ends the asking; a part
    without a usable answer is told as ``Unread``, and the next one is asked about. Where the text
    goes is for the caller to say before: ``client.profile.host``.

    Args:
        document: What was read.
        draft: What structure found of it.
        client: Asks the model.
        tell: Told what becomes of each item, how far it has come, and what went wrong; called on
            this thread. ``by_model_told.Tally`` gathers it.
        library: Where the prompt is; by default the user's own and those that ship.
        pack: What may not be asked; by default every topic there is a pack for.

    Raises:
        CancelledCallError: Somebody closed the client meanwhile.
        PromptError: The user's own prompt file is broken.
    """
    pack = pack or every_topic()
    units = [unit for unit in units_of(document, draft) if not _is_off_limits(unit, document, pack)]
    if not any(unit.open for unit in units):
        return draft
    taking = Taking(document, draft, units, SourceChecks(pack), tell)
    _Reading(taking, client, library or PromptLibrary()).read()
    return taking.result()


class _Reading:
    """Asks about one part after the other."""

    def __init__(self, taking: Taking, client: Asks, library: PromptLibrary) -> None:
        self._language = taking.document.language
        self._units = {unit.number: unit for unit in taking.units}
        self._client = client
        self._library = library
        self._taking = taking
        self._tell = taking.tell

    def read(self) -> None:
        pieces = list(document_pieces(unit.line for unit in self._units.values()))
        done, cut_off = 0, False
        while pieces:
            self._tell(Progress(done, done + len(pieces)))
            piece = pieces.pop(0)
            try:
                self._ask(piece)
            except CancelledCallError:
                raise
            except (TooLongError, CutOffError) as error:
                # A model that writes without end does so of half a part as well.
                endless = cut_off and isinstance(error, CutOffError)
                cut_off = cut_off or isinstance(error, CutOffError)
                smaller = [] if endless else _halved(piece)
                if smaller:
                    pieces[:0] = smaller
                    continue
                self._leave(piece, error)
            except AnswerError as error:
                self._leave(piece, error)
            except LlmError as error:
                self._tell(Stopped(error))
                return
            done += 1
        self._tell(Progress(done, done))

    def _ask(self, piece: Material) -> None:
        numbers = [int(line.id) for line in piece.lines]
        if not any(self._units[number].open for number in numbers):
            return
        last = max(self._units[number].position for number in numbers)
        known = self._taking.known_before(last)
        inputs = import_guide_inputs(piece, self._language, known)
        answered = answer(self._client, self._library, PROMPT, inputs)
        self._tell(Answering(answered.model, answered.usage))
        self._taking.take(answered.output, numbers)

    def _leave(self, piece: Material, error: LlmError) -> None:
        first, last = (self._units[int(piece.lines[at].id)].origin for at in (0, -1))
        self._tell(Unread(first, last, error))


def _is_off_limits(unit: Unit, document: Document, pack: Pack) -> bool:
    """Whether a line is better not sent: nothing may be made of it in any case."""
    return touches_off_limits(unit.text, document.language, pack)


def _halved(piece: Material) -> list[Material]:
    size = sum(len(line.text) for line in piece.lines)
    if size < 2 * _SHORTEST:
        return []
    return list(piece.pieces(max(size // 2, _SHORTEST)))

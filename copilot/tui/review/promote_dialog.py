"""Which case is made of a moment: its kind, what stands in it, a note."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from copilot.errors import CopilotError, UsageError
from copilot.i18n import N_, _
from copilot.lab.moments import NO_QUESTION, Said, tasks_for
from copilot.lab.promoting import INTERVIEW, Promoted, Wish, promote
from copilot.review.reviewed import Reviewed
from copilot.store import SessionFolder
from copilot.tui.dialogs.key_line import KeyLine
from copilot.tui.keys.in_force import key_of
from copilot.tui.review.seeing import Seeing
from copilot.tui.transcript.entry import clean

_RECOGNISE, _FOLLOW_UP = "recognise", "follow_up"
#: Looked up with ``_`` where they are shown.
_TASKS = {
    "match": N_("Points and flags of the answer so far, found on this computer"),
    "judge_points": N_("Points of the answer so far, judged by a language model"),
    "judge_flags": N_("Flags of the answer so far, judged by a language model"),
    _FOLLOW_UP: N_("The follow-up question that helps here"),
    INTERVIEW: N_("The whole interview, heard again from its begin"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A case is kept.

    Attributes:
        told: Where, and what is missing of it, in words for people.
    """

    told: str


@dataclass(frozen=True, slots=True)
class _Choice:
    """A kind of case: what it is called, and what is to be asked for."""

    words: str
    wish: Wish

    def with_note(self, note: str) -> Wish:
        return Wish(task=self.wish.task, said=self.wish.said, note=note)

    @property
    def is_whole(self) -> bool:
        return self.wish.task == INTERVIEW


class PromoteDialog(ModalScreen[Kept | CopilotError | None]):
    """Shows what would be kept, and keeps it; what the machine found is not shown too early.

    Gives back what was kept, what went wrong, or None where it was left.
    """

    BINDINGS: ClassVar = [("escape", "cancel", "Cancel")]
    AUTO_FOCUS = "OptionList"

    class Shown(Message):
        """What a case would say.

        Attributes:
            choice: Number of the choice.
            found: It, or why there is none.
        """

        def __init__(self, choice: int, found: Promoted | CopilotError) -> None:
            self.choice, self.found = choice, found
            super().__init__()

    class Done(Message):
        """The case is kept, or cannot be.

        Attributes:
            found: It, or what went wrong.
        """

        def __init__(self, found: Promoted | CopilotError) -> None:
            self.found = found
            super().__init__()

    def __init__(self, folder: SessionFolder, seeing: Seeing, utterance_id: str) -> None:
        """Ask which case is to be made.

        Args:
            folder: The session's folder.
            seeing: The session as the reviewer may see it.
            utterance_id: The utterance that was over at that moment.
        """
        super().__init__()
        self._folder, self._utterance = folder, utterance_id
        self._question = _question(seeing.reviewed, utterance_id)
        self._is_hiding = _hides(seeing, utterance_id, self._question)
        self._choices = _choices(seeing.reviewed, utterance_id, hiding=self._is_hiding)
        self._is_keeping = False

    def compose(self) -> ComposeResult:
        """The kinds, what the one with the cursor would say, the note."""
        with Vertical(classes="dialog promote"):
            yield Label(_("Make a case of this for the lab"), classes="title")
            yield OptionList(
                *(Option(Content(clean(choice.words))) for choice in self._choices), compact=True
            )
            with VerticalScroll(can_focus=True):
                yield Static("…", id="stored", markup=False)
            for told in self._remarks():
                yield Label(told, classes="quiet", markup=False)
            yield Input(placeholder=_("A note, if you like"), compact=True)
            yield KeyLine(
                (_("Enter keeps it"), "keep"), (_("Tab goes on"), ""), (_("Esc leaves"), "cancel")
            )

    def _remarks(self) -> list[str]:
        remarks = []
        if self._is_hiding:
            remarks.append(
                _(
                    "A case of the follow-up can be made once the answer is rated: it shows what"
                    " the machine found."
                )
            )
        if self._folder.is_opened_copy:
            remarks.append(_("The interview is encrypted; the case is not."))
        return remarks

    def on_mount(self) -> None:
        """Begin at the kind most wanted; of questions, at the one that was being asked."""
        questions = [choice.wish.said.question for choice in self._choices]
        current = self._question or ""
        first = questions.index(current) if current in questions else 0
        self.query_one(OptionList).highlighted = first

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show what it would say."""
        event.stop()
        self._show(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Keep it."""
        event.stop()
        self.action_keep()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep it."""
        event.stop()
        self.action_keep()

    @work(thread=True, exclusive=True, group="shown")
    def _show(self, number: int) -> None:
        self.post_message(self.Shown(number, self._made(number, "", keep=False)))

    def on_promote_dialog_shown(self, message: Shown) -> None:
        """Show it, unless the cursor is elsewhere by now."""
        message.stop()
        if message.choice == self.query_one(OptionList).highlighted:
            self.query_one("#stored", Static).update(_told(message.found))
            self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_keep(self) -> None:
        """Keep the case with the cursor, once."""
        number = self.query_one(OptionList).highlighted
        if number is None or self._is_keeping:
            return
        self._is_keeping = True
        self._keep(number, self.query_one(Input).value)

    @work(thread=True)
    def _keep(self, number: int, note: str) -> None:
        self.post_message(self.Done(self._made(number, note, keep=True)))

    def on_promote_dialog_done(self, message: Done) -> None:
        """Say where it is; where it cannot be, another kind may be chosen."""
        message.stop()
        self._is_keeping = False
        if isinstance(message.found, UsageError):
            self.query_one("#stored", Static).update(_told(message.found))
        elif isinstance(message.found, CopilotError):
            self.dismiss(message.found)
        else:
            self.dismiss(Kept(_where(message.found)))

    def _made(self, number: int, note: str, *, keep: bool) -> Promoted | CopilotError:
        choice = self._choices[number]
        try:
            utterance = "" if choice.is_whole else self._utterance
            return promote(self._folder, utterance, choice.with_note(note), keep=keep)
        except CopilotError as error:
            return error

    def action_cancel(self) -> None:
        """Make none."""
        if not self._is_keeping:
            self.dismiss(None)


def _question(state: Reviewed, utterance_id: str) -> str | None:
    """The question an utterance belongs to."""
    interview = state.interview
    at_s = interview.utterances[utterance_id].start_s
    return interview.question_of(utterance_id) or interview.question_at(at_s)


def _hides(seeing: Seeing, utterance_id: str, question: str | None) -> bool:
    """Whether a follow-up's case would show what was found under a question not yet judged."""
    fitting = tasks_for(seeing.reviewed, utterance_id)
    return _FOLLOW_UP in fitting and question is not None and not seeing.may_see(question)


def _choices(state: Reviewed, utterance_id: str, *, hiding: bool) -> list[_Choice]:
    found: list[_Choice] = []
    for task in tasks_for(state, utterance_id):
        if task == _RECOGNISE:
            found += _questions(state)
        elif task != _FOLLOW_UP:
            found.append(_Choice(_(_TASKS[task]), Wish(task=task)))
        elif not hiding:
            silent = Wish(task=task, said=Said(silent=True))
            found.append(_Choice(_(_TASKS[task]), Wish(task=task)))
            found.append(_Choice(_("No follow-up question must be asked here"), silent))
    return [*found, _Choice(_(_TASKS[INTERVIEW]), Wish(task=INTERVIEW))]


def _questions(state: Reviewed) -> list[_Choice]:
    """That an utterance asks a question of the plan, or none of them."""
    asks = [
        _Choice(
            _("It asks: {question}", question=planned.label),
            Wish(task=_RECOGNISE, said=Said(question=planned.id)),
        )
        for planned in state.interview.plan
    ]
    none = Wish(task=_RECOGNISE, said=Said(question=NO_QUESTION))
    return [*asks, _Choice(_("It asks no question of the plan"), none)]


def _told(found: Promoted | CopilotError) -> Content:
    if isinstance(found, CopilotError):
        text = f"{found.message} {found.remedy}".strip()
        return Content.styled(clean(text), "$text-warning")
    lines = [clean(line) for line in found.text.splitlines()]
    notices = [Content.styled(clean(each), "$text-warning") for each in found.notices]
    if not found.has_label:
        notices.append(Content.styled(_missing(), "$text-warning"))
    return Content("\n").join([*notices, Content("\n".join(lines))])


def _missing() -> str:
    return _(
        "Nothing is known to be right in it yet: set findings by hand with {key} first.",
        key=key_of("finding.review_set"),
    )


def _where(made: Promoted) -> str:
    told = _("The case {id} is kept in {path}.", id=made.id, path=made.path)
    return told if made.has_label else f"{told} {_missing()}"

"""The consent screen: nothing is opened or stored before a decision was recorded here."""

import getpass
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Label, Static, TextArea

from copilot.engine.consent import notice_path, save_notice
from copilot.errors import CopilotError
from copilot.events import ConsentDecision
from copilot.i18n import N_, _
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.consent import CONSENT_ACTIONS, CONSENT_TYPING_ACTIONS
from copilot.tui.keys.in_force import key_of
from copilot.tui.names import LANGUAGES

#: What each answer means, by its action.
_MEANINGS = (
    (
        "consent.given",
        N_("agreed"),
        N_("the sound is opened; the conversation is recorded and transcribed."),
    ),
    (
        "consent.declined",
        N_("declined"),
        N_("no sound is opened; plan, timer, notes and ratings work."),
    ),
)


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    """What was decided on this screen.

    Attributes:
        decision: Given or declined.
        by: Who recorded it.
        wording: The notice as it stood on the screen.
    """

    decision: ConsentDecision
    by: str
    wording: str


class ConsentScreen(Screen[ConsentAnswer | None]):
    """Shows the notice to read out and gives back the answer; None where it was left without."""

    CSS_PATH = "consent.tcss"
    AUTO_FOCUS = "#notice-box"
    HELP: ClassVar[str | None] = N_(
        "Before anything is heard: read the notice to the candidate, then record the decision. No"
        " device has been opened, and whatever is decided, plan, timer, notes and ratings work."
    )
    BINDINGS: ClassVar = bindings(CONSENT_ACTIONS + CONSENT_TYPING_ACTIONS)

    def __init__(
        self,
        title: str,
        language: str,
        notice: str,
        sound_goes_to: str = "",
        llm_goes_to: str = "",
    ) -> None:
        """Prepare to ask.

        Args:
            title: The role, in words for people.
            language: Language of the notice, ``en`` or ``fr``.
            notice: What to read out.
            sound_goes_to: A host that is sent the sound; empty where it stays here.
            llm_goes_to: A host that is sent text, for a language model; empty likewise.
        """
        super().__init__()
        self._sent = tuple(
            f"{_(what)} → {host}"
            for what, host in ((N_("sound"), sound_goes_to), (N_("text"), llm_goes_to))
            if host
        )
        self._title = title
        self._language = language
        self._notice = notice
        self._editing = False

    def compose(self) -> ComposeResult:
        """What it is about, the notice, who asks, and what either answer means."""
        language = _(LANGUAGES.get(self._language, self._language))
        yield Label(_("May this interview be recorded?"), classes="title")
        yield Label(f"{self._title} · {language}", classes="quiet", markup=False)
        yield Label(_("Read this to the candidate. Nothing has been opened yet."), id="ask")
        with Container(id="notice-room"), VerticalScroll(id="notice-box", can_focus=True):
            yield Static(self._notice, id="notice", markup=False)
        with Horizontal(id="who"):
            yield Label(_("Recorded by:") + " ")
            yield Input(user_name(), id="by", compact=True, select_on_focus=False)
        for action, answer, meaning in _MEANINGS:
            key = f"{key_of(action)}  {_(answer)}"
            text = Content.assemble((key, "bold"), _(": "), _(meaning))
            yield Label(text, classes="meaning")
        if self._sent:
            yield Label(_("{sent}, if agreed", sent="  ".join(self._sent)), id="sent", markup=False)
        yield Label("", id="told", markup=False)
        yield KeyFooter(CONSENT_ACTIONS + CONSENT_TYPING_ACTIONS)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While someone types, letters are letters."""
        typing = self._editing or isinstance(self.focused, Input)
        match action:
            case "give" | "decline" | "edit" | "name" | "leave" | "help":
                return not typing
            case "keep":
                return self._editing
            case "back":
                return typing
            case _:
                return True

    # -- the answer -----------------------------------------------------------------------------

    def action_give(self) -> None:
        """The candidate agrees."""
        self._answer(ConsentDecision.GIVEN)

    def action_decline(self) -> None:
        """The candidate declines."""
        self._answer(ConsentDecision.DECLINED)

    def _answer(self, decision: ConsentDecision) -> None:
        by = self.query_one("#by", Input).value.strip()
        if not by:
            self._tell(_("Who records the decision? Write your name."))
            self.action_name()
            return
        self.dismiss(ConsentAnswer(decision, by, self._notice))

    def action_help(self) -> None:
        """Say what this is for, and show the keys."""
        self.app.push_screen(HelpDialog(CONSENT_ACTIONS + CONSENT_TYPING_ACTIONS))

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)

    # -- who, and the wording -------------------------------------------------------------------

    def action_name(self) -> None:
        """Change who records it."""
        self.query_one("#by", Input).focus()

    async def on_input_submitted(self) -> None:
        """The name is written."""
        await self.action_back()

    async def action_edit(self) -> None:
        """Change the wording in its place."""
        editor = TextArea(self._notice, id="editor", soft_wrap=True)
        await self.mount(editor, after="#notice-box")
        self._set_editing(True)
        editor.focus()

    async def action_back(self) -> None:
        """From writing back to reading; what was written counts."""
        if self._editing:
            editor = self.query_one("#editor", TextArea)
            if editor.text.strip():
                self._notice = editor.text.strip()
            else:
                self._tell(_("An empty notice cannot be read out; the one before is back."))
            self.query_one("#notice", Static).update(self._notice)
            await editor.remove()
            self._set_editing(False)
        self.query_one("#notice-box").focus()

    async def action_keep(self) -> None:
        """Use the wording from now on."""
        text = self.query_one("#editor", TextArea).text
        try:
            save_notice(self._language, text)
        except CopilotError as error:
            self._tell(f"{error.message} {error.remedy}")
            return
        await self.action_back()
        self._tell(_("Kept in {path}.", path=notice_path(self._language)))

    def _set_editing(self, editing: bool) -> None:
        self._editing = editing
        self.query_one("#notice-box").display = not editing
        if editing:
            self._tell("")
        self.refresh_bindings()

    def _tell(self, text: str) -> None:
        self.query_one("#told", Label).update(text)


def user_name() -> str:
    """The name under which someone is logged in; empty where the system does not tell."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""

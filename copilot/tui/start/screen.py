"""The start screen: what to do, one line each."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from copilot.errors import CopilotError
from copilot.i18n import N_, _, ngettext
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import START_ACTIONS
from copilot.tui.rows.rows import Row, Rows
from copilot.tui.rows.screen import RowsScreen, in_words
from copilot.tui.start.glance import Glance, glance
from copilot.tui.start.messages import (
    DeskReady,
    InterviewWanted,
    ResumeWanted,
    ReviewWanted,
)
from copilot.tui.start.watching import WatchesGuides

if TYPE_CHECKING:
    from copilot.tui.start.choices import Choices
    from copilot.tui.start.desk import Desk
    from copilot.tui.start.stored import StoredSession


class StartScreen(WatchesGuides, RowsScreen[None]):
    """Painted from a glance; what is read on a thread of its own fills the values in."""

    ACTIONS = START_ACTIONS
    BINDINGS: ClassVar = bindings(START_ACTIONS)
    HELP = N_("What can be done. Arrows walk, Enter chooses; each entry has a key of its own.")

    def __init__(self, seen: Glance) -> None:
        """Prepare.

        Args:
            seen: What a quick look found.
        """
        super().__init__()
        self._seen = seen
        self._desk: Desk | None = None
        self._just_held = ""
        self._waiting = ""
        self._told: CopilotError | None = None

    # -- what it shows --------------------------------------------------------------------------

    def heading(self) -> str:
        """Who we are."""
        return _("Interview Copilot")

    def rows(self) -> Sequence[Row]:
        """What can be done now."""
        return [
            *self._again(),
            *self._just_held_row(),
            Row("new", _("New interview"), _("role, plan, sound"), _("Prepare an interview.")),
            *self._resume(),
            self._review(),
            Row(
                "rehearse",
                _("Rehearse"),
                _("with a recording"),
                _("Hear a recording as if it were a call. No microphone is opened."),
            ),
            self._guides(),
            *self._lab(),
            Row("settings", _("Settings"), help=_("Colours, language, models, laws, folders.")),
            Row("quit", _("Quit"), help=_("Leave the app.")),
        ]

    def _again(self) -> list[Row]:
        if not self._seen.last_time:
            return []
        label = _("As last time")
        if self._desk is None:
            return [Row("again", label, "…")]
        choices = self._desk.again
        if choices is None:
            return [Row("again", label, _("cannot be repeated"), trouble=True)]
        entry = self._desk.guide(choices.role)
        title = choices.role if entry is None else entry.title
        return [Row("again", label, title, _again_in_words(title, choices))]

    def _just_held_row(self) -> list[Row]:
        if not self._just_held:
            return []
        held = self._find(self._just_held)
        value = "…" if held is None else held.named
        return [
            Row(
                "review-it",
                _("Review it"),
                value,
                _("The interview that has just ended: rate it while it is fresh."),
            )
        ]

    def _resume(self) -> list[Row]:
        if not self._seen.unended:
            return []
        label = _("Resume")
        if self._desk is None:
            return [Row("resume", label, "…")]
        waiting = self._interrupted()
        if not waiting:
            return [Row("resume", label, _("nothing to go on with"), enabled=False)]
        help_ = _("Go on in the same session; the sound until then is kept and read.")
        if len(waiting) == 1:
            return [Row("resume", label, waiting[0].named, help_)]
        value = ngettext("{count} interrupted", "{count} interrupted", len(waiting))
        return [Row("resume", label, value, help_)]

    def _review(self) -> Row:
        count = self._seen.stored if self._desk is None else len(self._desk.sessions)
        value = ngettext("{count} stored interview", "{count} stored interviews", count)
        if not count:
            value = _("nothing is stored yet")
        return Row("review", _("Review"), value, _("Open a stored interview."), enabled=count > 0)

    def _guides(self) -> Row:
        about = _("What interviews are held with: look at it, change it, try sentences against it.")
        return Row("guides", _("Guides"), _("questions, points, flags"), about)

    def _lab(self) -> list[Row]:
        if not self._seen.lab_used:
            return []  # who holds interviews need not know of it
        about = _("What prompts, models and guides came to on the cases they were tried on.")
        return [Row("lab", _("Lab"), _("runs and what they changed"), about)]

    def _interrupted(self) -> "list[StoredSession]":
        sessions = () if self._desk is None else self._desk.sessions
        return [each for each in sessions if each.resumable]

    def _find(self, session_id: str) -> "StoredSession | None":
        sessions = () if self._desk is None else self._desk.sessions
        return next((each for each in sessions if each.folder.id == session_id), None)

    # -- what happens ---------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read what there is once the first picture stands."""
        super().on_mount()
        self.call_after_refresh(self.look_again)

    def look_again(self) -> None:
        """Read everything anew, on a thread of its own."""
        self.run_worker(self._read, thread=True, exclusive=True, group="desk")

    def _read(self) -> None:
        from copilot.tui.start.desk import read_desk  # noqa: PLC0415 - loads a lot: paint first

        self.post_message(DeskReady(read_desk()))

    def on_desk_ready(self, message: DeskReady) -> None:
        """Fill the values in, and do what was asked for before they were there."""
        self._desk = message.desk
        self.watch_guides(self.look_again)
        self._seen = Glance(
            len(message.desk.sessions),
            tuple(s.folder.id for s in message.desk.sessions if s.resumable) or self._seen.unended,
            self._seen.last_time or message.desk.last is not None,
            self._seen.lab_used,
        )
        self.draw()
        self.refresh_bindings()
        self._say_troubles()
        wanted, self._waiting = self._waiting, ""
        if wanted and self.is_current:
            self.action_go(wanted)

    def _say_troubles(self) -> None:
        if self._told is not None:
            self.say(in_words(self._told))
        elif self._desk is not None and self._desk.troubles:
            self.say(in_words(self._desk.troubles[0]))
        elif self._desk is not None and self._desk.broken is not None:
            from copilot.tui.start.choices import broken_since  # noqa: PLC0415

            self.say(broken_since(self._desk.broken))
        elif self._desk is not None and not self._desk.usable:
            self.say(_no_guide(self._desk))
        else:
            self.say("")

    def tell(self, error: CopilotError | None) -> None:
        """Say what kept an interview from beginning; None takes it away."""
        self._told = error
        if self.is_mounted:
            self._say_troubles()

    def session_over(self, session_id: str) -> None:
        """A session of this app was left: offer its review and look again."""
        self._just_held = session_id
        self._seen = glance()  # what was interrupted may have gone on
        self.draw()
        if session_id:
            self.query_one(Rows).point_at("review-it")
        self.look_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be pressed."""
        if action != "go":
            return True
        if parameters == ("resume",):
            return bool(self._seen.unended)
        if parameters == ("lab",):
            return self._seen.lab_used
        return parameters != ("review",) or self._seen.stored > 0

    # -- what the user does ---------------------------------------------------------------------

    def chosen(self, row: Row) -> None:
        """Do it."""
        self.action_go(row.id)

    def action_go(self, where: str) -> None:
        """Go where a key or a row leads."""
        self._told = None
        if where == "quit":
            self.action_quit_app()
        elif where == "settings":
            self._go_settings()
        elif where == "lab":
            self._go_lab()
        elif where == "guides":
            self._go_guides()
        elif self._desk is None:
            self._waiting = where  # the keys of someone who knows the way are not lost
        else:
            self._go(where, self._desk)

    def _go(self, where: str, desk: "Desk") -> None:
        match where:
            case "again" if desk.again is not None:
                self.post_message(InterviewWanted(desk.again))
            case "again" | "new":
                self._go_new(desk)
            case "resume":
                self._go_resume(desk)
            case "review":
                self._go_review(desk)
            case "review-it":
                held = self._find(self._just_held)
                if held is not None:
                    self.post_message(ReviewWanted(held.folder))
            case "rehearse":
                self._go_rehearse(desk)
            case _:
                pass

    def _go_new(self, desk: "Desk") -> None:
        from copilot.tui.start.new import NewScreen  # noqa: PLC0415

        first = desk.first_choices()
        if first is None:
            self.say(_no_guide(desk))
            return
        self.app.push_screen(NewScreen(desk, first))

    def _go_resume(self, desk: "Desk") -> None:
        waiting = self._interrupted()
        if len(waiting) == 1:
            self.post_message(ResumeWanted(waiting[0].folder))
        elif waiting:
            self._list(desk, only_resumable=True)

    def _go_review(self, desk: "Desk") -> None:
        if desk.sessions:
            self._list(desk)

    def _list(self, desk: "Desk", *, only_resumable: bool = False) -> None:
        from copilot.tui.start.sessions import SessionsScreen  # noqa: PLC0415

        self.app.push_screen(SessionsScreen(desk.sessions, to_resume=only_resumable))

    def _go_rehearse(self, desk: "Desk") -> None:
        from copilot.tui.start.rehearse import RehearseScreen  # noqa: PLC0415

        self.app.push_screen(RehearseScreen(desk))

    def _go_lab(self) -> None:
        from copilot.tui.lab.runs_screen import RunsScreen  # noqa: PLC0415

        self.app.push_screen(RunsScreen())

    def _go_guides(self) -> None:
        from copilot.tui.guides.roles_screen import RolesScreen  # noqa: PLC0415

        # What was changed there is to be in the next plan.
        self.app.push_screen(RolesScreen(), lambda _: self.look_again())

    def _go_settings(self) -> None:
        from copilot.tui.settings.screen import SettingsScreen  # noqa: PLC0415

        def changed(_nothing: object) -> None:
            self.draw()  # maybe in another language
            self.refresh_bindings()
            self.look_again()

        self.app.push_screen(SettingsScreen(), changed)

    def action_quit_app(self) -> None:
        """Leave the app."""
        self.app.exit()


def _again_in_words(title: str, choices: "Choices") -> str:
    from copilot.tui.start.wording import language_name, plan_in_words, sound_in_words  # noqa: PLC0415

    parts = (title, language_name(choices.language), plan_in_words(choices.plan))
    first = " · ".join(parts)
    return f"{first}\n{sound_in_words(choices.devices)}"


def _no_guide(desk: "Desk") -> str:
    from copilot.knowledge.loading import knowledge_folders  # noqa: PLC0415

    broken = next((entry.problem for entry in desk.guides if entry.problem is not None), None)
    if broken is not None:
        return in_words(broken)
    own, shipped = knowledge_folders()
    return _(
        "There is no guide to interview with, neither in {shipped} nor in {own}.\n"
        "→ Put one there: interview-copilot knowledge check FILE tells whether it is sound.",
        own=own,
        shipped=shipped,
    )

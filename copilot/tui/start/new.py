"""Preparing an interview: a line for each choice, and one that goes on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from copilot.errors import CopilotError
from copilot.i18n import N_, _
from copilot.knowledge.guide import Guide
from copilot.tui.keys.action import bindings
from copilot.tui.keys.start import NEW_ACTIONS
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.rows.rows import Row, Rows
from copilot.tui.rows.screen import RowsScreen, in_words
from copilot.tui.start.choices import Choices, PlanChoice, broken_since, fitted
from copilot.tui.start.guides import GuideEntry, guide_of
from copilot.tui.start.messages import InterviewWanted
from copilot.tui.start.watching import WatchesGuides
from copilot.tui.start.wording import (
    language_name,
    plan_in_words,
    sound_in_words,
    thin_in_words,
)

if TYPE_CHECKING:
    from copilot.tui.start.desk import Desk


class NewScreen(WatchesGuides, RowsScreen[None]):
    """Nothing is opened, sent or stored here."""

    ACTIONS = NEW_ACTIONS
    BINDINGS: ClassVar = bindings(NEW_ACTIONS)
    HELP = N_("An interview being prepared. Left and right change a value, Enter opens the rest.")

    def __init__(self, desk: "Desk", choices: Choices) -> None:
        """Prepare.

        Args:
            desk: What there is to choose from.
            choices: What to begin with.
        """
        super().__init__()
        self._desk = desk
        self._choices = choices
        self._guide: Guide | None = None
        self._problem: CopilotError | None = None
        self._broken: CopilotError | None = None
        self._read_guide()

    @property
    def choices(self) -> Choices:
        """As they stand."""
        return self._choices

    # -- what it shows --------------------------------------------------------------------------

    def heading(self) -> str:
        """What it is for."""
        return _("New interview")

    def above(self) -> str:
        """What the guide lacks, where it lacks much; what is wrong with its file."""
        if self._broken is not None:
            return broken_since(self._broken)
        return "" if self._guide is None else thin_in_words(self._guide, self._choices.plan)

    def on_mount(self) -> None:
        """Begin where a returning user goes on, and a newcomer at the top."""
        super().on_mount()
        if self._desk.last is not None:
            self.query_one(Rows).point_at("begin")
        if self._problem is not None:
            self.say_error(self._problem)
        self.watch_guides(self._look_again)

    def _look_again(self) -> None:
        """A guide was edited meanwhile: take it as it is now, and say so."""
        from copilot.tui.start.guides import guide_entries  # noqa: PLC0415

        before = self._guide
        self._desk = replace(self._desk, guides=guide_entries())
        self._read_guide()
        self.draw()
        if self._problem is not None:
            self.say_error(self._problem)
        elif self._guide is before or self._guide is None or self._broken is not None:
            self.say("")
        else:
            self.say(_("The guide {title} was changed and read again.", title=self._guide.title))

    def rows(self) -> Sequence[Row]:
        """The choices."""
        return [
            self._role(),
            Row(
                "language",
                _("Language"),
                language_name(self._choices.language),
                _("What is spoken. It can be changed during the interview."),
                turns=True,
            ),
            Row(
                "plan",
                _("Plan"),
                plan_in_words(self._choices.plan),
                _("Which questions, in which order, and how long each may take."),
                trouble=self._guide is None,
            ),
            Row(
                "sound",
                _("Sound"),
                sound_in_words(self._choices.devices),
                _("What hears you and what hears the candidate, with their levels."),
            ),
            self._llm(),
            self._server(),
            self._yes_no(
                "keep_audio",
                _("Keep the sound"),
                _("Without it the text alone is kept, and nothing can be heard again."),
            ),
            self._yes_no(
                "check",
                _("Check the sound"),
                _("Five seconds before the interview, in which both sides are proven."),
            ),
            Row(
                "begin",
                _("Begin"),
                _("with the notice"),
                _("Read the notice to the candidate. Nothing is opened before they have agreed."),
            ),
        ]

    def _role(self) -> Row:
        entry = self._desk.guide(self._choices.role)
        title = self._choices.role if entry is None else entry.title
        help_ = _("The guide: what is asked, expected and watched for.")
        if self._problem is not None:
            return Row("role", _("Role"), title, in_words(self._problem), trouble=True)
        return Row("role", _("Role"), title, help_)

    def _llm(self) -> Row:
        known = dict(self._desk.llm_profiles)
        label = _("Language model")
        if not known:
            help_ = _("None is set up, and none is needed: interview-copilot llm add.")
            return Row("llm", label, _("off"), help_)
        profile = known.get(self._choices.llm)
        help_ = _("It is sent what is said, as text, and words the suggestions more sharply.")
        value = _("off") if profile is None else f"{profile.name}: {_('text')} → {profile.host}"
        return Row("llm", label, value, help_, turns=True)

    def _server(self) -> Row:
        label, host = _("Transcription"), self._desk.server_host
        here = _("on this machine")
        if not host:
            help_ = _("What is said becomes text here; no sound leaves this machine.")
            return Row("server", label, here, help_)
        help_ = _("The server is sent the sound; the notice says so.")
        value = f"{_('sound')} → {host}" if self._choices.server else here
        return Row("server", label, value, help_, turns=True)

    def _yes_no(self, field: str, label: str, help_: str) -> Row:
        value = _("yes") if getattr(self._choices, field) else _("no")
        return Row(field, label, value, help_, turns=True)

    # -- what the user does ---------------------------------------------------------------------

    def chosen(self, row: Row) -> None:
        """Change it where it is one of several; else open what it is about."""
        match row.id:
            case "begin":
                self.action_begin()
            case "role":
                self._pick_role()
            case "plan":
                self._edit_plan()
            case "sound":
                self._edit_sound()
            case _ if row.turns:
                self.turned(row, 1)
            case _:
                pass

    def turned(self, row: Row, by: int) -> None:
        """The next value, or the one before."""
        match row.id:
            case "language":
                self._turn_language(by)
            case "llm":
                names = ["", *dict(self._desk.llm_profiles)]
                at = names.index(self._choices.llm) if self._choices.llm in names else 0
                self._set(replace(self._choices, llm=names[(at + by) % len(names)]))
            case "server":
                self._set(replace(self._choices, server=not self._choices.server))
            case "keep_audio":
                self._set(replace(self._choices, keep_audio=not self._choices.keep_audio))
            case "check":
                self._set(replace(self._choices, check=not self._choices.check))
            case _:
                pass

    def action_begin(self) -> None:
        """Go on to the notice."""
        if self._guide is None and self._problem is not None:
            self.say_error(self._problem)
            return
        self.post_message(InterviewWanted(self._choices))

    def _turn_language(self, by: int) -> None:
        entry = self._desk.guide(self._choices.role)
        known = list(entry.languages) if entry is not None else []
        if len(known) < 2:
            self.say(_("The guide has texts in this language alone."))
            return
        at = known.index(self._choices.language) if self._choices.language in known else 0
        self._take(replace(self._choices, language=known[(at + by) % len(known)]))

    def _pick_role(self) -> None:
        rows = [_guide_row(entry) for entry in self._desk.guides]

        def picked(role: str | None) -> None:
            entry = None if role is None else self._desk.guide(role)
            if entry is None:
                return
            if entry.problem is not None:
                self.say_error(entry.problem)
                return
            self._take_role(entry)

        self.app.push_screen(PickDialog(_("Role"), rows, self._choices.role), picked)

    def _take_role(self, entry: GuideEntry) -> None:
        language = self._choices.language
        if language not in entry.languages:
            language = entry.languages[0]
        plan = PlanChoice(length_min=self._choices.plan.length_min)
        if entry.role == self._choices.role:
            plan = self._choices.plan
        elif self._desk.last is not None and entry.role in self._desk.last.plans:
            plan = self._desk.last.plan_of(entry.role)
        self._take(replace(self._choices, role=entry.role, language=language, plan=plan))

    def _take(self, choices: Choices) -> None:
        """Take choices whose guide has to be read."""
        self._choices = choices
        self._read_guide()
        self.draw()
        self.say("" if self._problem is None else in_words(self._problem))

    def _set(self, choices: Choices) -> None:
        self._choices = choices
        self.draw()

    def _read_guide(self) -> None:
        self._guide, self._problem, self._broken = None, None, None
        try:
            shelved = guide_of(self._choices.role, self._choices.language)
        except CopilotError as error:
            self._problem = error
            return
        self._guide, self._broken = shelved.guide, shelved.broken
        self._choices = replace(self._choices, plan=fitted(self._choices.plan, self._guide))

    def _edit_plan(self) -> None:
        from copilot.tui.plan.screen import PlanScreen  # noqa: PLC0415

        if self._guide is None:
            self.say("" if self._problem is None else in_words(self._problem))
            return

        def edited(plan: PlanChoice | None) -> None:
            if plan is not None:
                self._set(replace(self._choices, plan=plan))

        self.app.push_screen(PlanScreen(self._guide, self._choices.plan), edited)

    def _edit_sound(self) -> None:
        from copilot.engine.devices import Devices  # noqa: PLC0415
        from copilot.tui.sound.screen import SoundScreen  # noqa: PLC0415

        def edited(devices: Devices | None) -> None:
            if devices is not None:
                self._set(replace(self._choices, devices=devices))

        self.app.push_screen(SoundScreen(self._choices.devices), edited)


def _guide_row(entry: GuideEntry) -> Row:
    if entry.problem is not None:
        return Row(entry.role, entry.role, _("broken"), in_words(entry.problem), trouble=True)
    languages = ", ".join(language_name(language) for language in entry.languages)
    if entry.broken is not None:
        return Row(entry.role, entry.title, languages, broken_since(entry.broken), trouble=True)
    return Row(entry.role, entry.title, languages)

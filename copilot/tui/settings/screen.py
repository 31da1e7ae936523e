"""The settings screen: each change is kept at once and shows at once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.message import Message

from copilot.errors import CopilotError, InputError
from copilot.i18n import INTERFACE_LANGUAGES, N_, _, language_of_the_machine, speak
from copilot.paths import config_folder, data_folder
from copilot.settings import CHOICES, Settings, change_settings, load_settings, settings_path
from copilot.tui.keys.action import bindings
from copilot.tui.keys.settings import SETTINGS_ACTIONS
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.rows.rows import Row
from copilot.tui.rows.screen import RowsScreen

if TYPE_CHECKING:
    from copilot.tui.base import BaseApp

_WORDS = {
    "dark": N_("dark"),
    "light": N_("light"),
    "terminal": N_("the terminal's own"),
    "full": N_("as it is"),
    "reduced": N_("reduced"),
    "on": N_("on"),
    "off": N_("off"),
}
_BY_LANGUAGE = "by-language"
_LAW_SETS = (("fr", "eu"), ("eu", "us"))


class ModelsFound(Message):
    """Which speech models are on this machine."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__()


class SettingsScreen(RowsScreen[None]):
    """A broken file is never written over: what is wrong is said, and the defaults are shown."""

    ACTIONS = SETTINGS_ACTIONS
    BINDINGS: ClassVar = bindings(SETTINGS_ACTIONS)
    HELP = N_("Each change is kept at once.")

    def __init__(self) -> None:
        super().__init__()
        self._settings = Settings()
        self._broken: InputError | None = None
        self._models: tuple[str, ...] | None = None
        self._load()

    def _load(self) -> None:
        self._broken = None
        try:
            self._settings = load_settings()
        except InputError as error:
            self._settings, self._broken = Settings(), error

    # -- what it shows --------------------------------------------------------------------------

    def heading(self) -> str:
        """What it is."""
        return _("Settings")

    def on_mount(self) -> None:
        """Say at once where the file is broken."""
        super().on_mount()
        if self._broken is not None:
            self.say_error(self._broken)
        self.run_worker(self._look_for_models, thread=True)

    def rows(self) -> Sequence[Row]:
        """What can be chosen, then where things lie."""
        return [
            self._choice("theme", _("Colours"), _("Dark, light, or the terminal's own sixteen.")),
            self._choice("motion", _("Motion"), _("Reduced: nothing slides or fades.")),
            self._language(),
            self._choice(
                "calm", _("Calm mode"), _("On: interviews begin with suggestions hidden.")
            ),
            self._choice(
                "blind",
                _("Rate before seeing"),
                _("On: the machine's findings stay hidden until you have rated the answer."),
            ),
            self._model(),
            self._llm(),
            self._server(),
            self._law(),
            *self._folders(),
        ]

    def _choice(self, field: str, label: str, help_: str) -> Row:
        value = getattr(self._settings, field) or CHOICES[field][0]
        return Row(field, label, _(_WORDS[value]), help_, turns=True)

    def _language(self) -> Row:
        chosen = self._settings.lang
        value = _("as on this machine") if chosen is None else INTERFACE_LANGUAGES[chosen]
        help_ = _("Language of the interface; an interview's language is chosen with it.")
        return Row("lang", _("Language"), value, help_, turns=True)

    def _model(self) -> Row:
        from copilot.speech.models.catalogue import DEFAULT_MODEL  # noqa: PLC0415

        value = self._settings.model or DEFAULT_MODEL
        help_ = _("Writes down what is said. More: interview-copilot models list.")
        return Row("model", _("Speech model"), value, help_)

    def _llm(self) -> Row:
        known = self._settings.llm_profiles or {}
        value = self._settings.llm or _("off")
        help_ = _("Used where an interview is prepared for the first time.")
        if not known:
            help_ = _("None is set up, and none is needed: interview-copilot llm add.")
        return Row("llm", _("Language model"), value, help_, turns=bool(known))

    def _server(self) -> Row:
        value = self._settings.server or _("none: text is made on this machine")
        help_ = _("Set it up or take it away: interview-copilot models server.")
        return Row("server", _("Transcription server"), value, help_)

    def _law(self) -> Row:
        value = self._settings.law or _("by the interview's language")
        help_ = _("Whose off-limits topics you are warned of when your question touches one.")
        return Row("law", _("Laws"), value, help_)

    def _folders(self) -> list[Row]:
        def row(row_id: str, label: str, path: Path, variable: str) -> Row:
            help_ = _("{variable} in the environment names another place.", variable=variable)
            return Row(row_id, label, str(path), help_)

        config = "INTERVIEW_COPILOT_CONFIG"
        return [
            row("sessions", _("Interviews"), data_folder() / "sessions", "INTERVIEW_COPILOT_DATA"),
            row("guides", _("Your guides"), config_folder() / "knowledge", config),
            row("file", _("Settings file"), settings_path(), config),
        ]

    # -- what the user does ---------------------------------------------------------------------

    def chosen(self, row: Row) -> None:
        """The next value, or a list to choose from."""
        match row.id:
            case "model":
                self._pick_model()
            case "law":
                self._pick_law()
            case "sessions" | "guides" | "file":
                self.say(row.value)
            case _ if row.turns:
                self.turned(row, 1)
            case _:
                pass

    def turned(self, row: Row, by: int) -> None:
        """The next value, or the one before."""
        match row.id:
            case "lang":
                self._keep("lang", _next([None, *INTERFACE_LANGUAGES], self._settings.lang, by))
            case "llm":
                known = self._settings.llm_profiles or {}
                self._keep("llm", _next([None, *known], self._settings.llm, by))
            case field:
                values = CHOICES[field]
                now = getattr(self._settings, field) or values[0]
                self._keep(field, _next(list(values), now, by))

    def _keep(self, field: str, value: str | None) -> None:
        """Keep one setting; where that cannot be, say why and leave everything as it was."""
        try:
            self._settings = change_settings(**{field: value})
        except CopilotError as error:
            self.say_error(error)
            return
        if field == "lang":
            speak(self._settings.lang or language_of_the_machine())
        cast("BaseApp", self.app).dress()
        self.draw()
        self.refresh_bindings()

    def _pick_model(self) -> None:
        if self._models is None:
            return  # still being looked for
        if not self._models:
            self.say(
                _("No speech model is on this machine.\n→ interview-copilot models fetch base")
            )
            return
        rows = [Row(name, name) for name in self._models]

        def picked(name: str | None) -> None:
            if name is not None:
                self._keep("model", name)

        dialog = PickDialog(_("Speech model"), rows, self._settings.model or "")
        self.app.push_screen(dialog, picked)

    def _look_for_models(self) -> None:
        from copilot.speech.models import MODELS, is_whole  # noqa: PLC0415 - reads a lot

        here = [name for name, model in MODELS.items() if is_whole(model)]
        own = self._settings.model
        if own is not None and own not in MODELS:
            here.append(own)  # a folder of the user's own
        self.post_message(ModelsFound(tuple(here)))

    def on_models_found(self, message: ModelsFound) -> None:
        """Now one can be chosen."""
        self._models = message.names

    def _pick_law(self) -> None:
        from copilot.knowledge.laws import NO_LAW  # noqa: PLC0415 - reads YAML
        from copilot.knowledge.off_limits import pack_ids  # noqa: PLC0415

        known = pack_ids()
        sets = [",".join(ids) for ids in _LAW_SETS if set(ids) <= set(known)]
        own = self._settings.law
        values = list(dict.fromkeys([*([own] if own else []), *sets, *known]))
        rows = [Row(_BY_LANGUAGE, _("by the interview's language"))]
        rows += [Row(value, value.replace(",", ", ")) for value in values if value != NO_LAW]
        rows.append(Row(NO_LAW, _("none"), _("no warnings")))

        def picked(value: str | None) -> None:
            if value is not None:
                self._keep("law", None if value == _BY_LANGUAGE else value)

        self.app.push_screen(PickDialog(_("Laws"), rows, own or _BY_LANGUAGE), picked)


def _next(values: "list[str | None] | list[str]", now: str | None, by: int) -> str | None:
    at = values.index(now) if now in values else 0  # type: ignore[arg-type]
    return values[(at + by) % len(values)]

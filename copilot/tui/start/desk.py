"""Everything the start screen and those behind it go by, read together off the screen's thread."""

from dataclasses import dataclass

from copilot.errors import CopilotError, InputError
from copilot.llm.profile import Profile, profiles
from copilot.settings import Settings, load_settings
from copilot.tui.start.choices import Choices, fitted
from copilot.tui.start.guides import GuideEntry, guide_entries, guide_of
from copilot.tui.start.last_time import LastTime, load_last_time
from copilot.tui.start.stored import StoredSession, stored_sessions


@dataclass(frozen=True, slots=True)
class Desk:
    """What there is.

    Attributes:
        guides: All guides, the broken ones with their error.
        sessions: All stored sessions, newest first.
        settings: As they are; the defaults where they are broken.
        last: What was chosen last; None where nothing was.
        again: The same as an interview to begin; None where it cannot be.
        troubles: What is wrong, for people; the gravest first.
        llm_profiles: The language models that are set up, by name.
        server_host: The transcription server of the settings; empty for none.
    """

    guides: tuple[GuideEntry, ...] = ()
    sessions: tuple[StoredSession, ...] = ()
    settings: Settings = Settings()  # noqa: RUF009 - frozen
    last: LastTime | None = None
    again: Choices | None = None
    troubles: tuple[CopilotError, ...] = ()
    llm_profiles: tuple[tuple[str, Profile], ...] = ()
    server_host: str = ""

    def guide(self, role: str) -> GuideEntry | None:
        """The guide of that id."""
        return next((entry for entry in self.guides if entry.role == role), None)

    @property
    def usable(self) -> tuple[GuideEntry, ...]:
        """The guides an interview can be held with."""
        return tuple(entry for entry in self.guides if entry.problem is None)

    @property
    def broken(self) -> CopilotError | None:
        """What is wrong with the file of a guide that is used as it was before."""
        return next((entry.broken for entry in self.guides if entry.broken is not None), None)

    def first_choices(self) -> Choices | None:
        """What to begin preparing with: as last time, else the first guide; None without one."""
        if self.last is not None and self._is_usable(self.last.role, self.last.language):
            return self.last.choices()
        if not self.usable:
            return None
        entry = self.usable[0]
        in_use = self.settings.llm if self.settings.llm in dict(self.llm_profiles) else None
        return Choices(entry.role, entry.languages[0], llm=in_use or "")

    def _is_usable(self, role: str, language: str) -> bool:
        entry = self.guide(role)
        return entry is not None and entry.problem is None and language in entry.languages


def read_desk() -> Desk:
    """Read everything; what is broken is among the troubles, and the rest goes on."""
    troubles: list[CopilotError] = []
    settings, last = Settings(), None
    try:
        settings = load_settings()
    except InputError as error:
        troubles.append(error)
    try:
        last = load_last_time()
    except InputError as error:
        troubles.append(error)
    guides = guide_entries()
    known: dict[str, Profile] = {}
    try:
        known = profiles(settings.llm_profiles or {})
    except InputError as error:
        troubles.append(error)
    return Desk(
        guides=guides,
        sessions=stored_sessions(),
        settings=settings,
        last=last,
        again=_again(last, guides, troubles),
        troubles=tuple(troubles),
        llm_profiles=tuple(known.items()),
        server_host=_server_host(settings),
    )


def _again(
    last: LastTime | None, guides: tuple[GuideEntry, ...], troubles: list[CopilotError]
) -> Choices | None:
    """The last interview once more, with its plan as its guide allows today."""
    if last is None or last.role not in {entry.role for entry in guides}:
        return None
    choices = last.choices()
    try:
        guide = guide_of(choices.role, choices.language).guide
    except CopilotError as error:
        troubles.append(error)
        return None
    return Choices(
        choices.role,
        choices.language,
        fitted(choices.plan, guide),
        choices.devices,
        choices.llm,
        choices.server,
        choices.keep_audio,
        choices.check,
    )


def _server_host(settings: Settings) -> str:
    from copilot.engine.configured import configured_server  # noqa: PLC0415

    if settings.server is None:
        return ""
    try:
        server = configured_server()
    except CopilotError:
        return ""
    return "" if server is None else server.host

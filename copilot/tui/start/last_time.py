"""What was chosen for the last interview, kept for the next one."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.engine.devices import Devices
from copilot.errors import InputError, StorageError
from copilot.i18n import _
from copilot.knowledge.guide import Language
from copilot.knowledge.plan import DEFAULT_PROBES
from copilot.paths import config_folder
from copilot.private_file import make_private_folder, write_private
from copilot.tui.start.choices import (
    DEFAULT_LENGTH_MIN,
    LONGEST_MIN,
    SHORTEST_MIN,
    Choices,
    PlanChoice,
    Step,
)
from copilot.tui.start.glance import LAST_TIME


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Question(_Part):
    id: str
    minutes: float = Field(gt=0, le=120)
    taken: bool = True


class _Plan(_Part):
    questions: tuple[_Question, ...] = ()
    probes: int = Field(default=DEFAULT_PROBES, ge=0, le=9)
    length_min: int = Field(default=DEFAULT_LENGTH_MIN, ge=SHORTEST_MIN, le=LONGEST_MIN)


class LastTime(_Part):
    """The file ``last-interview.json`` of the config folder.

    Attributes:
        role: The guide's id.
        language: Language of the interview.
        plans: The plan last made for each role.
        microphone: The interviewer's input; None for the system's default.
        call: What hears the candidate; None for what the default output plays.
        room: Whether one microphone hears both.
        llm: Profile of the language model; empty for none, None where nobody ever chose.
        server: Whether the transcription server of the settings is used.
        keep_audio: Whether the sound is stored.
        check: Whether the sound is checked before.
    """

    role: str
    language: Language = "en"
    plans: dict[str, _Plan] = {}
    microphone: str | None = None
    call: str | None = None
    room: bool = False
    llm: str | None = None
    server: bool = True
    keep_audio: bool = True
    check: bool = True

    def plan_of(self, role: str) -> PlanChoice:
        """The plan last made for a role; an empty one where there is none."""
        plan = self.plans.get(role, _Plan())
        steps = tuple(Step(q.id, q.minutes, q.taken) for q in plan.questions)
        return PlanChoice(steps, plan.probes, plan.length_min)

    def choices(self) -> Choices:
        """The same as choices for the next interview."""
        return Choices(
            role=self.role,
            language=self.language,
            plan=self.plan_of(self.role),
            devices=Devices(self.microphone, self.call, self.room),
            llm=self.llm or "",
            server=self.server,
            keep_audio=self.keep_audio,
            check=self.check,
        )


def last_time_path() -> Path:
    """Where it is kept."""
    return config_folder() / LAST_TIME


def load_last_time() -> LastTime | None:
    """What was chosen last; None where nobody has chosen yet.

    Raises:
        InputError: The file cannot be understood.
    """
    path = last_time_path()
    try:
        return LastTime.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        raise InputError(
            _("{path}: it cannot be understood.", path=path),
            _("It only holds what was chosen last; the next interview writes it anew."),
            title=_("The last choices are lost"),
        ) from error


def keep_last_time(choices: Choices, before: LastTime | None) -> LastTime:
    """Keep what was chosen, and the plans of other roles as they were.

    Raises:
        StorageError: The config folder cannot be written.
    """
    plan = choices.plan
    questions = tuple(_Question(id=s.id, minutes=s.minutes, taken=s.taken) for s in plan.steps)
    plans = {} if before is None else dict(before.plans)
    plans[choices.role] = _Plan(questions=questions, probes=plan.probes, length_min=plan.length_min)
    kept = LastTime.model_validate(
        {
            "role": choices.role,
            "language": choices.language,
            "plans": plans,
            "microphone": choices.devices.microphone,
            "call": choices.devices.call,
            "room": choices.devices.room,
            "llm": choices.llm,
            "server": choices.server,
            "keep_audio": choices.keep_audio,
            "check": choices.check,
        }
    )
    path = last_time_path()
    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, path.parent) from error
    write_private(path, kept.model_dump_json(indent=2).encode() + b"\n")
    return kept

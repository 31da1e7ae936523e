"""What is run: each case with each variant, as often as the suite says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import Field

from copilot.lab.cases import Case, LabModel
from copilot.llm.profile import Profile

if TYPE_CHECKING:
    from copilot.lab.tasks.base import Estimate

#: The provider of tasks that need no language model.
LOCAL = "local"


class PromptText(LabModel):
    """A prompt file as it was when the run began.

    Attributes:
        label: Short name in tables, ``follow_up`` or ``follow_up.short``.
        path: Where it lay.
        language: What its text is written in.
        sha256: Hash of the file.
        text: The file.
    """

    label: str
    path: str
    language: str
    sha256: str
    text: str


class GuideText(LabModel):
    """A guide in one language as it was when the run began.

    Attributes:
        label: Short name in tables, ``installed`` or the folder's name.
        role: Its id; of the one a session ran with, as ``kept_name`` says.
        language: ``en`` or ``fr``.
        sha256: Hash of ``content``.
        content: The ``Guide`` as JSON, overlay applied.
    """

    label: str
    role: str
    language: str
    sha256: str
    content: str


def kept_name(role: str, session: str) -> str:
    """What a run calls the guide that a session ran with, apart from others of that role."""
    return f"{role}@{session}"


class Provider(LabModel):
    """Who answers: a language model, or the program itself.

    Attributes:
        id: ``local``, ``smollm2``, or ``profile:NAME`` of the settings.
        label: Short name in tables; by default ``id``.
        config: Settings of it, such as ``temperature``, ``max_tokens`` or ``thresholds``.
    """

    id: str
    label: str = ""
    config: Mapping[str, Any] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called in tables."""
        return self.label or self.id


class Variant(LabModel):
    """One column of the grid.

    Attributes:
        id: Unique in a run, stable from run to run: labels joined by `` · ``.
        prompt: Label of the prompt; empty for tasks without one.
        prompt_sha256: By language, hash of its file.
        provider: Who answers.
        guide: Label of the guides; empty where the task needs none.
    """

    id: str
    prompt: str = ""
    prompt_sha256: Mapping[str, str] = Field(default_factory=dict)
    provider: Provider = Provider(id=LOCAL)
    guide: str = ""


@dataclass(frozen=True, slots=True)
class Materials:
    """What items refer to by name or hash; it travels to workers once, so it is small and plain.

    Attributes:
        prompts: Prompt files by hash.
        guides: Guides by (label, role, language).
        profiles: Language models by the provider's id; keys are not in them, each worker reads its
            own from where the profile says.
    """

    prompts: Mapping[str, PromptText] = field(default_factory=dict)
    guides: Mapping[tuple[str, str, str], GuideText] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be done.

    Attributes:
        case: What is given.
        variant: By which prompt, model and guide.
        repeat: 0 for the first time.
        key: Hash of all that decides what comes out, the repeat and the version of the code
            included; what has the same key need not be done again.
        most: What it may use and not go beyond, where the run has limits; None: anything.
    """

    case: Case
    variant: Variant
    repeat: int
    key: str
    most: "Estimate | None" = None

    @property
    def id(self) -> str:
        """Unique in a run, stable from run to run."""
        return f"{self.case.id} @ {self.variant.id} #{self.repeat}"

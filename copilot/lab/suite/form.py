"""The form of a suite's file, in promptfoo's words where it has any."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from copilot.lab.cases import Assertion
from copilot.lab.suite.model import Limits

_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[int, Field(ge=1, strict=True)]
#: Ids of cases become parts of ids of results, so that they hold no spaces.
CaseId = Annotated[str, Field(pattern=r"^[a-z0-9]+([._-][a-z0-9]+)*$", max_length=100)]


def _as_list(data: Any) -> Any:
    """One thing as a list of one."""
    return [data] if isinstance(data, str | dict) else data


def _as_id(data: Any) -> Any:
    """A name alone as what has this id."""
    return {"id": data} if isinstance(data, str) else data


class Form(BaseModel):
    """Base of what stands in suites."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NamedForm(Form):
    """A prompt, some guides or a provider; the id alone may stand in its place."""

    id: _Text
    """A name, or a path relative to the file."""
    label: str = ""
    """What it is called in tables; by default made from the id."""


class ProviderForm(NamedForm):
    """Who answers."""

    id: _Text
    """``local`` for the program itself, ``smollm2``, or ``profile:NAME`` of the settings."""
    config: dict[str, Any] = Field(default_factory=dict)
    """Settings of it."""


_Named = Annotated[NamedForm, BeforeValidator(_as_id)]
_Provider = Annotated[ProviderForm, BeforeValidator(_as_id)]


class DefaultForm(Form):
    """What holds for every test of the suite; a test's own wins."""

    vars: dict[str, Any] = Field(default_factory=dict)
    """What the task is given."""
    expected: dict[str, Any] = Field(default_factory=dict)
    """What is known to be right."""
    asserts: tuple[Assertion, ...] = Field(default=(), alias="assert")
    """What is checked of every test, besides what the test says itself."""
    metadata: dict[str, Any] = Field(default_factory=dict)
    """For people and filters; group and split have a meaning."""


class OptionsForm(Form):
    """How one test is treated."""

    disable_default_asserts: bool = Field(default=False, alias="disableDefaultAsserts")
    """Whether it goes without the checks of defaultTest."""


class TestForm(DefaultForm):
    """One test."""

    __test__ = False  # no class of tests, whatever pytest makes of its name

    id: CaseId | None = None
    """By which comparisons pair it; by default made from its content."""
    description: str = ""
    """For people."""
    session: str = ""
    """The stored session it was taken from."""
    options: OptionsForm = OptionsForm()
    """How it is treated."""


class EvaluateForm(Form):
    """How the suite is run."""

    repeat: _Count = 1
    """How often each test is put to a model."""
    max_concurrency: _Count = Field(default=4, alias="maxConcurrency")
    """Most requests at once."""


class LimitsForm(Form):
    """What a run may use."""

    requests: Annotated[int, Field(ge=0, strict=True)] | None = None
    """Most requests to language models."""
    tokens: Annotated[int, Field(ge=0, strict=True)] | None = None
    """Most tokens, sent and answered together."""
    cost: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    """Most it may cost, in the currency of the profiles' prices."""

    def limits(self) -> Limits:
        """As the suite keeps them."""
        return Limits(self.requests, self.tokens, self.cost)


class SuiteForm(Form):
    """A suite: what is run, and what is checked."""

    description: str = ""
    """What it is for, in a line."""
    task: str
    """What is done with each test."""
    prompts: Annotated[tuple[_Named, ...], BeforeValidator(_as_list)] = ()
    """Names of installed prompts, or paths of prompt files; by default the task's own."""
    providers: Annotated[tuple[_Provider, ...], BeforeValidator(_as_list)] = ()
    """Who answers; by default the program itself, where the task asks no language model."""
    guides: Annotated[tuple[_Named, ...], BeforeValidator(_as_list)] = ()
    """Whose points and flags: installed, shipped, or paths of guides or folders of them."""
    tests: Annotated[list[Any], BeforeValidator(_as_list)]
    """Tests, paths of files of tests, patterns of such paths, or cases:promoted."""
    default_test: DefaultForm = Field(default=DefaultForm(), alias="defaultTest")
    """What holds for every test."""
    evaluate_options: EvaluateForm = Field(default=EvaluateForm(), alias="evaluateOptions")
    """How it is run."""
    limits: LimitsForm = LimitsForm()
    """What a run may use."""
    tolerance: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """How much worse, as a share, counts as noise in a comparison."""
    judge: _Provider | None = None
    """The model that gives opinions, where an assertion asks for one."""


#: Metadata with a meaning.
GROUP, SPLIT = "group", "split"
Split = Literal["train", "dev", "test"]

#: Keys that promptfoo knows and this does not, by where they stand, with what to do instead.
_NOT_HERE = "promptfoo's {key!r} is not supported here. {instead}"
_FOREIGN: Mapping[str, Mapping[str, str]] = {
    "suite": {
        "targets": "Write providers.",
        "scenarios": "Write the tests one by one, or in files of their own.",
        "derivedMetrics": "Precision, recall and F1 are in every run's report.",
        "outputPath": "Results lie in the run's folder: interview-copilot lab list.",
        "env": "Set it in the shell; keys stand in the profile: interview-copilot llm add.",
        "transform": "What a task puts out is checked as it is.",
        "nunjucksFilters": "Values are taken as they are written.",
        "extensions": "There are no hooks.",
        "sharing": "Nothing leaves this machine.",
        "redteam": "Write tests with expected.silent, or the task gate.",
        "tags": "Give tests metadata.",
        "commandLineOptions": "Give options to lab run.",
        "writeLatestResults": "Every run is kept.",
        "metadata": "Give it to tests, or to defaultTest.",
        "repeat": "Write it under evaluateOptions.",
        "maxConcurrency": "Write it under evaluateOptions.",
    },
    "evaluate": {
        "cache": "Leave the cache out with lab run --no-cache.",
        "delay": "Limit requests with maxConcurrency.",
        "timeoutMs": "Give the provider config: {limit_s: …}.",
        "maxEvalTimeMs": "A run can be stopped at any time and gone on with.",
        "showProgressBar": "Progress is always shown.",
        "generateSuggestions": "See interview-copilot lab optimise.",
        "eventSource": "",
    },
    "test": {
        "provider": "Every provider of the suite is asked; write another suite for others.",
        "providers": "Every provider of the suite is asked; write another suite for others.",
        "prompts": "Every prompt of the suite is tried; write another suite for others.",
        "providerOutput": "Outputs come from the task.",
        "threshold": "Give the assertion its own threshold.",
        "assertScoringFunction": "A test passes when all its assertions hold.",
        "transform": "What a task puts out is checked as it is.",
    },
    "options": {
        "transform": "What a task puts out is checked as it is.",
        "transformVars": "Write the vars as the task wants them.",
        "postprocess": "What a task puts out is checked as it is.",
        "provider": "Name the model that gives opinions with judge.",
        "prefix": "Change the prompt itself, or add a second one.",
        "suffix": "Change the prompt itself, or add a second one.",
        "rubricPrompt": "Opinions are asked with the prompt opinion.",
        "storeOutputAs": "Every test stands for itself.",
        "runSerially": "Tests do not depend on each other.",
        "repeat": "Write it under evaluateOptions.",
    },
    "assert": {
        "provider": "Name the model that gives opinions with judge.",
        "transform": "What a task puts out is checked as it is.",
        "rubricPrompt": "Opinions are asked with the prompt opinion.",
        "contextTransform": "What a task puts out is checked as it is.",
        "config": "Give the check its value.",
    },
    "provider": {
        "prompts": "Every prompt of the suite is tried; write another suite for others.",
        "transform": "What a task puts out is checked as it is.",
        "delay": "Limit requests with evaluateOptions.maxConcurrency.",
        "env": "Keys stand in the profile: interview-copilot llm add.",
        "inputs": "",
    },
    "prompt": {
        "raw": "Write the prompt into a file of its own, and name that.",
        "function": "Prompts are files.",
        "config": "Give it to the provider.",
    },
}


def foreign_keys(data: Any, where: str) -> dict[str, str]:
    """The keys of a mapping that only promptfoo knows, with what is said of each.

    Args:
        data: Anything; only mappings have keys.
        where: ``suite``, ``evaluate``, ``test``, ``options``, ``assert``, ``provider``, ``prompt``.
    """
    if not isinstance(data, dict):
        return {}
    known = _FOREIGN[where]
    return {
        key: _NOT_HERE.format(key=key, instead=known[key]).strip() for key in data if key in known
    }

"""What a prompt file says of itself, read so that every complaint names its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from copilot.errors import InputError, nearest
from copilot.knowledge.yaml_file import Problem, format_loc
from copilot.llm.inputs import KINDS

#: Seven short lines; what is far longer is something else.
_MAX_CHARACTERS = 4000

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class PromptError(InputError):
    """A prompt file cannot be used."""

    title = "Prompt with errors"


class FrontMatter(BaseModel):
    """What a prompt file says of itself.

    Attributes:
        name: The file's name without language and ending.
        description: What it is for, in a sentence.
        inputs: The inputs its text uses.
        output: The answer it asks for; this also decides which inputs there are.
        temperature: Of sampling, 0 to 2.
        max_tokens: The longest answer.
        max_prompt_tokens: The longest prompt, inputs and all, as ``copilot.llm.tokens`` counts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, strict=True)

    name: str
    description: Annotated[str, Field(min_length=1, max_length=300)]
    inputs: list[str]
    output: str
    temperature: Annotated[float, Field(ge=0, le=2)]
    max_tokens: Annotated[int, Field(ge=16, le=32_000)]
    max_prompt_tokens: Annotated[int, Field(ge=100, le=128_000)]


def prompt_error(problems: list[Problem]) -> PromptError:
    """One error that lists every problem, a line each."""
    listed = "\n".join(f"  {problem}" for problem in problems)
    count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    return PromptError(
        f"{count}:\n{listed}",
        "Mend the lines named above, then run: interview-copilot prompts check FILE",
    )


def front_matter(path: Path, head: str, stem: str) -> FrontMatter:
    """The front matter that ``head`` is.

    Args:
        path: The prompt file.
        head: What stands between its first two ``---`` lines; it begins on line 2.
        stem: The name the file goes by.

    Raises:
        PromptError: It has errors; every problem names its line.
    """
    root = _composed(path, head)
    lines = {key.value: key.start_mark.line + 2 for key, _ in root.value}
    problems = list(_doubled(path, root))
    front: FrontMatter | None = None
    try:
        front = FrontMatter.model_validate(_data(path, root))
    except ValidationError as error:
        problems += [_found(path, detail, lines) for detail in error.errors(include_url=False)]
    if front is not None:
        problems += _front_problems(path, front, stem, lines)
    if front is None or problems:
        raise prompt_error(sorted(problems, key=lambda problem: problem.line))
    return front


def _composed(path: Path, head: str) -> yaml.MappingNode:
    if len(head) > _MAX_CHARACTERS:
        raise prompt_error([Problem(path, 1, "", "the front matter is far too long.")])
    try:
        root = yaml.compose(head, Loader=_Loader)
    except yaml.YAMLError as error:
        raise prompt_error([_yaml_problem(path, error)]) from error
    except RecursionError as error:
        raise prompt_error([Problem(path, 2, "", "the front matter nests too deep.")]) from error
    if not isinstance(root, yaml.MappingNode) or not all(
        isinstance(key, yaml.ScalarNode) for key, _ in root.value
    ):
        raise prompt_error(
            [Problem(path, 2, "", "the front matter has to be YAML of the form key: value.")]
        )
    return root


def _data(path: Path, root: yaml.MappingNode) -> Any:
    try:
        return yaml.constructor.SafeConstructor().construct_document(root)
    except yaml.YAMLError as error:
        raise prompt_error([_yaml_problem(path, error)]) from error
    except (ValueError, RecursionError) as error:  # a date that is none, an alias of itself
        message = "a value cannot be read; quote it if it is text."
        raise prompt_error([Problem(path, 2, "", message)]) from error


def _yaml_problem(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "not YAML"
    return Problem(path, mark.line + 2 if mark else 2, "", f"{what}.")


def _doubled(path: Path, root: yaml.MappingNode) -> Iterator[Problem]:
    seen: set[str] = set()
    for key, _ in root.value:
        if key.value in seen:
            yield Problem(path, key.start_mark.line + 2, key.value, "this key stands twice.")
        seen.add(key.value)


def _found(path: Path, detail: Any, lines: dict[str, int]) -> Problem:
    loc = detail["loc"]
    key = str(loc[0]) if loc else ""
    kind, said = detail["type"], str(detail["msg"])
    if kind == "extra_forbidden":
        message = f"unknown key. {nearest(key, FrontMatter.model_fields)}"
    elif kind == "missing":
        message = "this key is missing."
    else:
        given = detail.get("input")
        shown = f" (found {given!r})" if isinstance(given, str | int | float | bool) else ""
        message = f"{said[:1].lower()}{said[1:]}{shown}."
    return Problem(path, lines.get(key, 1), format_loc(loc), message)


def _front_problems(
    path: Path, front: FrontMatter, stem: str, lines: dict[str, int]
) -> Iterator[Problem]:
    if front.name != stem:
        message = f"expected {stem!r}, the file's name (found {front.name!r})."
        yield Problem(path, lines["name"], "name", message)
    if front.output not in KINDS:
        message = f"no answer is called {front.output!r}. {nearest(front.output, KINDS)}"
        yield Problem(path, lines["output"], "output", message)
        return
    known = KINDS[front.output].names()
    for index, name in enumerate(front.inputs):
        if name not in known:
            message = f"a prompt for {front.output} has no input {name!r}. {nearest(name, known)}"
            yield Problem(path, lines["inputs"], f"inputs[{index}]", message)

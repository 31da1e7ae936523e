"""A prompt file: YAML front matter, then a ``system:`` and a ``user:`` part in Jinja.

Everything that can be wrong with one is found when it is read, with its line: the front matter,
the parts, names nobody gives it, and what only shows when it is rendered, on made-up inputs.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, cast

from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.yaml_file import Problem
from copilot.llm.inputs import KINDS, AnyInputs
from copilot.llm.material import data_rule
from copilot.llm.prompt_front import FrontMatter, PromptError, front_matter, prompt_error
from copilot.llm.prompt_template import PartTemplate, TemplateFault
from copilot.llm.request import Message
from copilot.llm.samples import samples

#: A name, a variant that nobody uses unless it is named, and a language, of which only the name has
#: to be there. Variants have three characters at least, so that none is taken for a language.
FILE_NAME = re.compile(
    r"(?P<name>[a-z][a-z0-9_]*)(?:\.(?P<variant>[a-z0-9-]{3,}))?(?:\.(?P<language>[a-z]{2}))?\.md"
)

#: A prompt is a page or two.
_MAX_BYTES = 100_000
_FENCE = "---"
_ROLE = re.compile(r"(system|user|assistant|developer|human)\s*:\s*", re.IGNORECASE)
_EXPECTED = ("system", "user")


class _Part(NamedTuple):
    role: Literal["system", "user"]
    line: int
    template: PartTemplate


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file that was read and found in order.

    Attributes:
        path: Where it lies.
        language: What its text is written in.
        front: What it says of itself.
        sha256: Hash of the file, hexadecimal.
        text: The file itself.
        variant: What tells it from the one in use; empty for that.
    """

    path: Path
    language: str
    front: FrontMatter
    sha256: str
    text: str
    _parts: tuple[_Part, ...]
    variant: str = ""

    @property
    def kind(self) -> type[AnyInputs]:
        """What it has to be told."""
        return KINDS[self.front.output]

    def unused_inputs(self) -> list[str]:
        """Inputs it names and does not use."""
        used = {name for part in self._parts for name in part.template.names()}
        return [name for name in self.front.inputs if name not in used]

    def used_in(self, role: Literal["system", "user"]) -> frozenset[str]:
        """The inputs that one of its parts uses."""
        return frozenset(
            name for part in self._parts if part.role == role for name in part.template.names()
        )

    def messages(self, inputs: AnyInputs) -> tuple[Message, ...]:
        """What would be sent, the rule about data included.

        Raises:
            PromptError: Its text asks for something these inputs do not have.
        """
        number = inputs.number()
        seen = inputs.for_template(number)
        values = {name: seen[name] for name in self.front.inputs}
        messages: list[Message] = []
        for part in self._parts:
            try:
                text = part.template.render(values)
            except TemplateFault as error:
                raise prompt_error([_in_part(self.path, part.line, error)]) from error
            messages.append(Message(part.role, text))
        system, user = messages
        if f"<data {number}>" in system.content:
            raise prompt_error(
                [
                    Problem(
                        self.path, self._parts[0].line, "system", "what people said goes to user."
                    )
                ]
            )
        if f"<data {number}>" in user.content:
            rule = data_rule(number, self.language)
            system = Message("system", f"{system.content}\n\n{rule}")
        return system, user


def read_prompt(path: Path) -> Prompt:
    """Read and check a prompt file.

    Raises:
        PromptError: It cannot be read, or has errors; every problem names its line.
    """
    return parse_prompt(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """A prompt file's content.

    Raises:
        PromptError: It cannot be read, or is far too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise PromptError(f"{path}: no such file.", "Check the path.") from error
    except OSError as error:
        raise PromptError(f"{path}: {error.strerror}.", "Check the file's permissions.") from error
    if len(content) > _MAX_BYTES:
        raise PromptError(
            f"{path}: the file is far too large.", f"A prompt has {_MAX_BYTES // 1000} kB at most."
        )
    return content


def parse_prompt(path: Path, content: bytes) -> Prompt:
    """The prompt that ``content`` is; ``path`` gives its name and language.

    Raises:
        PromptError: It has errors; every problem names its line.
    """
    named = FILE_NAME.fullmatch(path.name)
    language = (named["language"] or LANGUAGES[0]) if named else ""
    if named is None or language not in LANGUAGES:
        raise PromptError(
            f"{path}: this is no name for a prompt.",
            "Use lower case and underscores: follow_up.md, follow_up.fr.md for French, or "
            "follow_up.shorter.md for a variant to try.",
        )
    text = _decoded(path, content)
    head, body, body_line = _split(path, text)
    front = front_matter(path, head, named["name"])
    parts = tuple(_parts(path, body, body_line))
    _check_names(path, front, parts)
    digest, variant = hashlib.sha256(content).hexdigest(), named["variant"] or ""
    prompt = Prompt(path, language, front, digest, text, parts, variant)
    for sample in samples(prompt.kind, language):
        prompt.messages(sample)
    return prompt


def _decoded(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PromptError(
            f"{path}: byte {error.start} is not UTF-8.", "Save the file as UTF-8."
        ) from error


def _split(path: Path, text: str) -> tuple[str, list[str], int]:
    """The front matter, the lines after it, and the number of the first of these."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        raise prompt_error([Problem(path, 1, "", "the first line has to be ---.")])
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), lines[number + 1 :], number + 2
    raise prompt_error([Problem(path, 1, "", "no second --- ends the front matter.")])


def _parts(path: Path, body: list[str], first: int) -> Iterator[_Part]:
    heads = [(i, _ROLE.fullmatch(line)) for i, line in enumerate(body)]
    starts = [(index, found[0].strip()) for index, found in heads if found]
    roles = tuple(role.removesuffix(":") for _, role in starts)
    if roles != _EXPECTED:
        line = first + (starts[0][0] if starts else 0)
        message = "a line system: and then a line user: are expected, once each"
        found_roles = ", ".join(role for _, role in starts) or "neither"
        raise prompt_error([Problem(path, line, "", f"{message} (found {found_roles}).")])
    [(system, _), (user, _)] = starts
    if any(line.strip() for line in body[:system]):
        raise prompt_error([Problem(path, first, "", "nothing may stand before system:.")])
    yield _part(path, "system", body[system + 1 : user], first + system)
    yield _part(path, "user", body[user + 1 :], first + user)


def _part(path: Path, role: str, lines: list[str], line: int) -> _Part:
    """``line`` is that of its heading, so that the part's own line 1 is the one after it."""
    if not any(text.strip() for text in lines):
        raise prompt_error([Problem(path, line, role, "this part is empty.")])
    try:
        template = PartTemplate("\n".join(lines))
    except TemplateFault as error:
        raise prompt_error([_in_part(path, line, error)]) from error
    return _Part(cast("Literal['system', 'user']", role), line, template)


def _check_names(path: Path, front: FrontMatter, parts: tuple[_Part, ...]) -> None:
    problems = [
        Problem(path, part.line + fault.line, part.role, fault.message)
        for part in parts
        for fault in part.template.faults(front.inputs)
    ]
    if problems:
        raise prompt_error(problems)


def _in_part(path: Path, line: int, error: TemplateFault) -> Problem:
    return Problem(path, line + error.fault.line, "", error.fault.message)

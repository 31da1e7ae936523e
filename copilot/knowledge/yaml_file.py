"""Reading YAML so that every complaint can name the file, the line and the key."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from copilot.errors import GuideError, InputError, nearest

Loc = tuple[str | int, ...]

#: No guide nests deeper, or has more values, than this; with aliases a small file can.
_MAX_DEPTH = 32
_MAX_VALUES = 200_000

#: A guide is a text file of some hundred kilobytes; anything far beyond that is not one.
MAX_BYTES = 8_000_000

_TOO_DEEP = "the file nests far too deep, or refers to itself."

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, or worth a second look, at one place of a file.

    Attributes:
        path: The file.
        line: Counted from 1; 0 where no line can be named.
        key: The place in the file, as ``questions[2].points.rollback.says``.
        message: What is wrong and what was expected.
    """

    path: Path
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class FileKind:
    """How errors in one kind of file are told.

    Attributes:
        error: Their class.
        remedy: What to do about problems that name their lines.
        title: What is said first; None for what the class says.
    """

    error: type[InputError]
    remedy: str
    title: str | None = None

    def error_of(self, problems: list[Problem]) -> InputError:
        """One error that lists every problem, a line each."""
        listed = "\n".join(f"  {problem}" for problem in problems)
        count = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
        return self.error(f"{count}:\n{listed}", self.remedy, title=self.title)

    def unreadable(self, message: str, remedy: str) -> InputError:
        """The error that a file cannot be read at all."""
        return self.error(message, remedy, title=self.title)


GUIDE = FileKind(
    GuideError, "Mend the lines named above, then run: interview-copilot knowledge check FILE"
)


def guide_error(problems: list[Problem]) -> InputError:
    """One error that lists every problem of a guide, a line each."""
    return GUIDE.error_of(problems)


class YamlFile:
    """A YAML file's data, and the line on which each part of it stands."""

    def __init__(
        self,
        path: Path,
        kind: FileKind = GUIDE,
        *,
        form: type[dict[Any, Any] | list[Any]] = dict,
        text: str | None = None,
    ) -> None:
        """Read and parse ``path``.

        Args:
            path: The file.
            kind: How its errors are told.
            form: What the whole of it has to be; an empty file is an empty list.
            text: What the file would say; None for what it says on the disk.

        Raises:
            InputError: It cannot be read, is no YAML, or repeats a key; ``kind`` says which.
        """
        self.path = path
        if text is None:
            text = _read_text(path, kind)
        elif len(text) > MAX_BYTES:
            raise _too_large(path, kind)
        try:
            self._root = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise kind.error_of([_syntax_problem(path, error)]) from error
        except RecursionError as error:
            raise kind.error_of([Problem(path, 0, "", _TOO_DEEP)]) from error
        builder = _Builder(path, kind)
        empty: Any = [] if form is list else None
        self.data: Any = empty if self._root is None else builder.build(self._root, ())
        if builder.problems:
            raise kind.error_of(builder.problems)
        if not isinstance(self.data, form):
            what = "mapping" if form is dict else "list"
            raise kind.error_of([Problem(path, 1, "", f"a YAML {what} is expected; this is none.")])

    def line_of(self, loc: Loc) -> int:
        """The line of the deepest part of ``loc`` that exists in the file, counted from 1."""
        node, line = self._root, 1
        for part in loc:
            found = _child(node, part)
            if found is None:
                break
            line, node = found
        return line

    def problem(self, loc: Loc, message: str) -> Problem:
        """A problem at ``loc``."""
        return Problem(self.path, self.line_of(loc), format_loc(loc), message)

    def problems_of(
        self, error: ValidationError, model: type[BaseModel], at: Loc = ()
    ) -> list[Problem]:
        """Pydantic's complaints in plain words, each with its line and the nearest valid key.

        Args:
            error: The complaints.
            model: What was expected.
            at: Where in the file it was expected.
        """
        return plain_problems(error, model, lambda loc, said: self.problem((*at, *loc), said))


def plain_problems(
    error: ValidationError, model: type[BaseModel], problem: Callable[[Loc, str], Problem]
) -> list[Problem]:
    """Pydantic's complaints in plain words, by line.

    Args:
        error: The complaints.
        model: What was expected.
        problem: Makes a problem of a place and what is wrong there.
    """
    details = error.errors(include_url=False)
    problems: dict[Problem, None] = {}
    for detail in details:
        if detail["type"] in ("too_short", "string_type") and any(
            _within(detail, other) for other in details
        ):
            continue  # only because its parts are wrong, or it could have been a text as well
        loc = tuple(part for part in detail["loc"] if not _is_a_type(part))
        problems[problem(loc, _in_plain_words(detail, model))] = None
    return sorted(problems, key=lambda each: each.line)


class _Builder:
    """Turns YAML nodes into data, and notes what cannot be turned."""

    def __init__(self, path: Path, kind: FileKind) -> None:
        self.problems: list[Problem] = []
        self._path = path
        self._kind = kind
        self._values = 0
        # Turns "6" into 6 and "yes" into True by YAML's own rules.
        self._scalars = yaml.constructor.SafeConstructor()

    def build(self, node: yaml.Node, loc: Loc) -> Any:
        self._values += 1
        if len(loc) > _MAX_DEPTH or self._values > _MAX_VALUES:
            message = _TOO_DEEP if len(loc) > _MAX_DEPTH else "the file holds far too many values."
            raise self._kind.error_of([self._problem(node, loc[:3], message)])
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*loc, i)) for i, child in enumerate(node.value)]
        return self._scalar(node, loc)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._note(key_node, loc, "a key must be plain text; quote it to use brackets.")
                continue
            key = self._scalar(key_node, (*loc, key_node.value))
            if key in mapping:
                self._note(key_node, (*loc, key), "this key stands twice.")
            mapping[key] = self.build(value_node, (*loc, key))
        return mapping

    def _scalar(self, node: yaml.Node, loc: Loc) -> Any:
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError):
            kind = node.tag.removeprefix("tag:yaml.org,2002:")
            self._note(
                node, loc, f"{node.value!r} cannot be read as {kind}; quote it if it is text."
            )
            return None

    def _note(self, node: yaml.Node, loc: Loc, message: str) -> None:
        self.problems.append(self._problem(node, loc, message))

    def _problem(self, node: yaml.Node, loc: Loc, message: str) -> Problem:
        return Problem(self._path, node.start_mark.line + 1, format_loc(loc), message)


def format_loc(loc: Loc) -> str:
    """``("questions", 2, "text")`` as ``questions[2].text``."""
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else str(part))
    return text


def _read_text(path: Path, kind: FileKind) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large(path, kind)
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise kind.unreadable(f"{path}: no such file.", "Check the path.") from error
    except IsADirectoryError as error:
        raise kind.unreadable(f"{path}: this is a folder.", "Name the YAML file itself.") from error
    except UnicodeDecodeError as error:
        raise kind.unreadable(
            f"{path}: byte {error.start} is not UTF-8.", "Save the file as UTF-8."
        ) from error
    except OSError as error:
        raise kind.unreadable(
            f"{path}: {error.strerror}.", "Check the file's permissions."
        ) from error


def _too_large(path: Path, kind: FileKind) -> InputError:
    return kind.error_of([Problem(path, 0, "", "the file is far too large.")])


def _syntax_problem(path: Path, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "not YAML"
    return Problem(path, mark.line + 1 if mark else 0, "", f"{what}.")


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            if str(key_node.value) == str(part):
                return key_node.start_mark.line + 1, value_node
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        child = node.value[part]
        return child.start_mark.line + 1, child
    return None


def _is_a_type(part: str | int) -> bool:
    """Whether a part of a place is pydantic's name for one of several types, and no key."""
    return isinstance(part, str) and ("[" in part or part in ("str", "int", "float", "bool"))


def _within(outer: Any, inner: Any) -> bool:
    """Whether one complaint is about a part of what the other one is about."""
    around = [part for part in outer["loc"] if not _is_a_type(part)]
    part = [part for part in inner["loc"] if not _is_a_type(part)]
    return len(part) > len(around) and part[: len(around)] == around


#: What pydantic says less plainly, by its kind of complaint.
_PLAIN = {
    "missing": "this key is missing.",
    "tuple_type": "a list is expected: one item a line, each begun with '- '.",
    "model_type": "keys with values are expected, as in 'key: value'.",
}


def _in_plain_words(detail: Any, model: type[BaseModel]) -> str:
    kind, message = detail["type"], str(detail["msg"])
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind == "extra_forbidden":
        known = _keys_at(model, detail["loc"][:-1])
        return f"unknown key. {nearest(str(detail['loc'][-1]), known)}"
    given = detail.get("input")
    if kind in ("enum", "literal_error") and isinstance(given, str):
        known = re.findall(r"'([^']+)'", str(detail["ctx"]["expected"]))
        return f"{message[:1].lower()}{message[1:]} (found {given!r}). {nearest(given, known)}"
    if kind == "string_pattern_mismatch":
        return f"lower-case words joined by hyphens are expected (found {given!r})."
    said = message.removeprefix("Value error, ")
    shown = f" (found {given!r})" if isinstance(given, str | int | float | bool) else ""
    return f"{said[:1].lower()}{said[1:]}{shown}."


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys allowed at ``loc`` of a file that should be a ``model``."""
    current = model
    for part in loc:
        field = _fields(current).get(str(part))
        if field is None:
            continue  # an index, or an id of a mapping: the model stays the same
        within = _model_within(field.annotation)
        if within is None:
            return []
        current = within
    return list(_fields(current))


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        found = _model_within(argument)
        if found is not None:
            return found
    return None

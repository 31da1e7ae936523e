"""One part of a prompt file as a Jinja template, in the sandbox and with nothing else in reach.

A template sees its inputs and a few filters: no other file, no function, no attribute that begins
with an underscore. What it prints goes through ``printed``, so that a prompt of one's own cannot
let material out of its tags by mistake.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from copilot.errors import nearest
from copilot.llm.material import printed

#: Filters that only choose or count; those that take texts apart could undo what ``printed`` does.
_FILTERS = ("count", "default", "first", "join", "last", "length", "reverse", "sort")
_LOADS = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)
#: These keep a piece of text to print it again, when it is no longer known what stood in a block.
_KEEPS = (nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Block)
_HUGE = frozenset({"*", "**", "%"})
_SOURCE = "<template>"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a template.

    Attributes:
        line: Counted from 1 in the part.
        message: What is wrong.
    """

    line: int
    message: str


class TemplateFault(Exception):  # noqa: N818 - never shown; the prompt file says it with its path
    """A template that cannot be used or rendered, with where and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(line, message)


class PartTemplate:
    """The text of one part, compiled."""

    def __init__(self, source: str) -> None:
        """Compile it.

        Raises:
            TemplateFault: It is no Jinja, or uses a filter there is not.
        """
        self._source = source
        try:
            self._tree = _environment.parse(source)
            self._template: Template = _environment.from_string(source)
        except TemplateSyntaxError as error:
            raise TemplateFault(error.lineno, _sentence(error.message or "no Jinja")) from error
        except RecursionError as error:
            raise TemplateFault(1, "it nests far too deep.") from error

    def names(self) -> set[str]:
        """The inputs it uses."""
        return set(meta.find_undeclared_variables(self._tree))

    def faults(self, known: Collection[str]) -> Iterator[Fault]:
        """What can be told without rendering: names nobody gives it, files it wants to load."""
        for loading in self._tree.find_all(_LOADS):
            yield Fault(loading.lineno, "a prompt cannot load another file.")
        for keeping in self._tree.find_all(_KEEPS):
            yield Fault(keeping.lineno, "a prompt has no macros and no blocks of its own.")
        unknown = self.names() - set(known)
        for name in self._tree.find_all(nodes.Name):
            if name.name in unknown:
                unknown.remove(name.name)
                message = f"{name.name!r} is not among its inputs. {nearest(name.name, known)}"
                yield Fault(name.lineno, message)

    def render(self, values: Mapping[str, Any]) -> str:
        """The text of the part.

        Raises:
            TemplateFault: It asks for what is not there or not allowed.
        """
        try:
            return self._template.render(values).strip()
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise TemplateFault(_line_of(error.__traceback__), _sentence(str(error))) from error
        except (OverflowError, MemoryError, RecursionError) as error:
            raise TemplateFault(_line_of(error.__traceback__), "it never ends.") from error


class _Sandbox(ImmutableSandboxedEnvironment):
    """Refuses every call but those of a loop's own, and what makes much out of little."""

    intercepted_binops = _HUGE

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        raise SecurityError(f"a prompt does not use {operator}")


def _make_environment() -> ImmutableSandboxedEnvironment:
    # Autoescape is for HTML; here ``printed`` looks after every value.
    environment = _Sandbox(
        undefined=StrictUndefined,
        finalize=printed,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    return environment


_environment = _make_environment()


def _line_of(traceback: TracebackType | None) -> int:
    line = 1
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == _SOURCE:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _sentence(message: str) -> str:
    text = " ".join(message.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."

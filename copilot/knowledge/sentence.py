"""A text of a guide, which may say where it comes from.

In YAML it is a plain text, or a mapping of ``text`` and ``origin``::

    says:
      - We weighed every tray for two weeks.
      - {text: We counted what went into the bin each night., origin: "interview:2026-11"}

In memory both are texts; the second knows its origin.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, ValidatorFunctionWrapHandler, WithJsonSchema, WrapValidator

_LONGEST = 600
_LONGEST_ORIGIN = 250


class Sentence(str):
    """A text that knows where it comes from; else a text as any other."""

    __slots__ = ("origin",)

    origin: str

    def __new__(cls, text: str, origin: str) -> "Sentence":
        """A text of that origin; see ``copilot.knowledge.origins``."""
        made = super().__new__(cls, text)
        made.origin = origin
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # both are needed to copy it
        return str(self), self.origin


def origin_of(text: str) -> str:
    """Where a text says that it comes from; empty where it says nothing of its own."""
    return text.origin if isinstance(text, Sentence) else ""


def _read(value: Any, handler: ValidatorFunctionWrapHandler) -> str:
    if isinstance(value, Sentence):
        return Sentence(handler(str(value)), value.origin)
    if not isinstance(value, Mapping):
        checked: str = handler(value)
        return checked
    if set(value) != {"text", "origin"}:
        raise ValueError("a text, or its text and origin are expected")
    origin = value["origin"]
    if not isinstance(origin, str) or not 1 <= len(origin) <= _LONGEST_ORIGIN:
        raise ValueError(f"an origin is a text of 1 to {_LONGEST_ORIGIN} characters")
    return Sentence(handler(value["text"]), origin)


#: A text that is nobody's but the file's.
PlainText = Annotated[str, Field(min_length=1, max_length=_LONGEST)]

_PLAIN = {"type": "string", "minLength": 1, "maxLength": _LONGEST}

Text = Annotated[
    str,
    Field(min_length=1, max_length=_LONGEST),
    WrapValidator(_read),
    WithJsonSchema(
        {
            "anyOf": [
                _PLAIN,
                {
                    "type": "object",
                    "properties": {
                        "text": _PLAIN,
                        "origin": {"type": "string", "minLength": 1, "maxLength": _LONGEST_ORIGIN},
                    },
                    "required": ["text", "origin"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]

"""Events to and from JSON, and their JSON Schema."""

import json
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

from copilot.errors import SessionError
from copilot.events.model import Event

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> "TypeAdapter[Event]":
    # Made where it is first needed: the app's first screen needs the events and no JSON, and would
    # wait for pydantic.
    from pydantic import Field, TypeAdapter  # noqa: PLC0415

    return TypeAdapter(Annotated[Event, Field(discriminator="type")])


def event_to_json(event: Event) -> bytes:
    """One event as compact UTF-8 JSON, without a newline."""
    return _adapter().dump_json(event)


def event_from_json(data: bytes | str) -> Event:
    """Read one event back.

    Raises:
        SessionError: ``data`` is no event this version knows.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - as above

    try:
        return _adapter().validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SessionError(
            f"an event cannot be read ({where}: {first['msg']}).",
            "It was written by another version, or the journal was edited; "
            "update Interview Copilot and try again.",
        ) from error


def event_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of every event, as one discriminated union."""
    return _adapter().json_schema(mode="serialization")


def schema_text() -> str:
    """The schema as indented JSON text with a final newline."""
    return json.dumps(event_schema(), indent=2, ensure_ascii=False) + "\n"

"""A recap as JSON."""

from typing import Any

from pydantic import TypeAdapter

from copilot.review.recap.model import ExtractiveRecap

_adapter: TypeAdapter[ExtractiveRecap] = TypeAdapter(ExtractiveRecap)


def recap_to_json(recap: ExtractiveRecap) -> bytes:
    """The recap as indented UTF-8 JSON with a newline at its end."""
    return _adapter.dump_json(recap, indent=2) + b"\n"


def recap_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a recap."""
    return _adapter.json_schema(mode="serialization")

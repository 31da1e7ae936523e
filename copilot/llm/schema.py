"""The form of an answer as a JSON schema that every endpoint understands.

OpenAI's strict mode takes a part of JSON Schema, and grammars made from schemas grow without
bounds on lengths of texts. So only what is understood everywhere is kept: everything else of the
model is checked when the answer is here.
"""

import re
from typing import Any

from pydantic import BaseModel

_KEPT = frozenset(
    {
        "type",
        "description",
        "enum",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
        "$ref",
        "$defs",
    }
)
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_-]+")


def schema_name(output: type[BaseModel]) -> str:
    """What the schema is called on the wire: at most 64 letters, digits, ``_`` and ``-``."""
    return _NOT_IN_A_NAME.sub("_", output.__name__).strip("_")[:64] or "answer"


def json_schema(output: type[BaseModel]) -> dict[str, Any]:
    """The schema for OpenAI's strict mode: closed objects whose properties are all required."""
    strict: dict[str, Any] = _strict(output.model_json_schema(mode="validation"))
    return strict


def _strict(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        # Strict mode wants nothing beside it.
        return {key: _inner(key, node[key]) for key in ("$ref", "$defs") if key in node}
    if "const" in node:
        node = {**node, "enum": [node["const"]]}
    if "oneOf" in node:
        node = {**node, "anyOf": node["oneOf"]}
    kept = {key: _inner(key, value) for key, value in node.items() if key in _KEPT}
    if "properties" in kept:
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept


def _inner(key: str, value: Any) -> Any:
    if key in ("properties", "$defs"):
        return {name: _strict(node) for name, node in value.items()}
    if key == "anyOf":
        return [_strict(node) for node in value]
    if key in ("items", "additionalProperties"):
        return _strict(value)
    return value

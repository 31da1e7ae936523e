"""The JSON Schema of suites, for editors; made from the form, the tasks and the checks."""

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from copilot.lab.checks.registry import kinds
from copilot.lab.suite.entries import PROMOTED
from copilot.lab.suite.form import SuiteForm, TestForm
from copilot.lab.tasks import TASKS, task_named

#: Its name, in the folder of the suites that ship.
SCHEMA_NAME = "suite.schema.json"
_REF = "#/$defs/{model}"


def suite_schema() -> dict[str, Any]:
    """The schema (2020-12): of a suite, and by its task of vars and expected."""
    tasks = {name: task_named(name) for name in TASKS}
    models: list[type[BaseModel]] = [SuiteForm, TestForm]
    for task in tasks.values():
        models += [task.vars, task.expected]
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (model, "validation") for model in dict.fromkeys(models)
    ]
    refs, schema = models_json_schema(wanted, by_alias=True)
    definitions = schema["$defs"]
    suite = definitions.pop("SuiteForm")
    definitions["Assertion"]["properties"]["type"] = {
        "description": "Name of the check.",
        "enum": sorted(kinds()),
    }
    suite["properties"]["task"]["enum"] = sorted(tasks)
    suite["properties"]["tests"] = _tests(suite["properties"]["tests"])
    _let_ids_stand_alone(suite)
    for name, task in tasks.items():
        parts = {
            "vars": refs[(task.vars, "validation")]["$ref"].rpartition("/")[2],
            "expected": refs[(task.expected, "validation")]["$ref"].rpartition("/")[2],
        }
        suite.setdefault("allOf", []).append(_of_task(name, parts, definitions))
    suite["$defs"] = dict(sorted(definitions.items()))
    suite["title"] = "Suite"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **suite}


def schema_text() -> str:
    """The schema as its file holds it."""
    return json.dumps(suite_schema(), indent=2, ensure_ascii=False) + "\n"


def _tests(described: dict[str, Any]) -> dict[str, Any]:
    path = {
        "type": "string",
        "description": f"The path of a file of tests, a pattern of paths, or {PROMOTED}.",
        "examples": ["data/answers.jsonl", "tests/*.yaml", PROMOTED],
    }
    one = {"anyOf": [path, {"$ref": _REF.format(model="TestForm")}]}
    return {
        "title": "Tests",
        "description": described.get("description", "What is run."),
        "anyOf": [path, {"type": "array", "minItems": 1, "items": one}],
    }


def _let_ids_stand_alone(suite: dict[str, Any]) -> None:
    """Where a name will do, what has it as its id need not be written out."""
    for key in ("prompts", "providers", "guides"):
        listed = suite["properties"][key]
        one = {"anyOf": [{"type": "string"}, listed.pop("items")]}
        listed.pop("type", None)
        listed["anyOf"] = [one, {"type": "array", "items": one}]
    judge = suite["properties"]["judge"]
    judge["anyOf"] = [{"type": "string"}, *judge.get("anyOf", [])]


def _of_task(name: str, parts: dict[str, str], definitions: dict[str, Any]) -> dict[str, Any]:
    """What vars and expected are for a task.

    What a test leaves out may stand in defaultTest, so that nothing is required of either.
    """
    described: dict[str, Any] = {}
    for key, model in parts.items():
        partial = {k: v for k, v in definitions[model].items() if k != "required"}
        definitions[f"{name}.{key}"] = partial
        described[key] = {"$ref": _REF.format(model=f"{name}.{key}")}
    test = {"type": "object", "properties": described}
    one = {"anyOf": [{"type": "string"}, test]}
    return {
        "if": {"properties": {"task": {"const": name}}, "required": ["task"]},
        "then": {
            "properties": {
                "defaultTest": test,
                "tests": {"anyOf": [{"type": "string"}, {"type": "array", "items": one}]},
            }
        },
    }

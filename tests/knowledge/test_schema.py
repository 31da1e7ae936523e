"""The schemas that ship for editors are those of the code, and the shipped guides name them."""

import json
from pathlib import Path

import pytest

from copilot.knowledge.schema import SCHEMAS, schema_text, write_schemas
from copilot.paths import shipped_knowledge


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_shipped_schema_is_the_generated_one(name: str) -> None:
    shipped = (shipped_knowledge() / name).read_text("utf-8")

    assert shipped == schema_text(SCHEMAS[name])


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_says_its_version_and_allows_no_unknown_key(name: str) -> None:
    schema = json.loads(schema_text(SCHEMAS[name]))

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert all(
        definition["additionalProperties"] is False
        for definition in schema["$defs"].values()
        if definition["type"] == "object"
    )


def test_ratings_are_keys_from_one_to_four() -> None:
    anchors = json.loads(schema_text(SCHEMAS["guide.schema.json"]))["$defs"]["Anchors"]

    assert anchors["required"] == ["1", "2", "3", "4"]


def test_schemas_can_be_written_anew(tmp_path: Path) -> None:
    written = write_schemas(tmp_path)

    assert {path.name for path in written} == set(SCHEMAS)
    assert all(path.read_text("utf-8") == schema_text(SCHEMAS[path.name]) for path in written)


def test_every_shipped_guide_tells_editors_its_schema() -> None:
    for path in shipped_knowledge().glob("*.yaml"):
        kind = "overlay" if "." in path.stem else "guide"
        first = path.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema={kind}.schema.json"

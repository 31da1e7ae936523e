"""An answer is found in what a model writes, and a fault is named without quoting it."""

from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from copilot.llm.answer import Misfit, read_answer
from copilot.llm.schema import json_schema, schema_name
from tests.llm.asking import SAID, Word


class Verdict(BaseModel):
    """One judgement."""

    model_config = ConfigDict(extra="forbid")

    id: str
    state: Literal["evidenced", "not heard"]
    lines: tuple[str, ...] = Field(default=(), max_length=3)


class Verdicts(BaseModel):
    """All judgements."""

    model_config = ConfigDict(extra="forbid")

    verdicts: list[Verdict]
    first: Verdict | None = Field(default=None, description="The likeliest one.")


def test_a_mark_of_reasoning_inside_an_answer_is_part_of_it() -> None:
    assert read_answer('{"word": "</think>"}', Word).word == "</think>"


def test_a_fault_names_places_of_the_schema_and_nothing_of_the_answer() -> None:
    text = f'{{"verdicts": [{{"id": "a", "state": "{SAID}", "{SAID}": 1}}], "x": "{SAID}"}}'

    with pytest.raises(Misfit) as caught:
        read_answer(text, Verdicts)

    assert "verdicts.0.state: literal error" in caught.value.faults
    assert "verdicts.0.?: extra forbidden" in caught.value.faults
    assert SAID not in str(caught.value)


def test_faults_are_few_however_many_there_are() -> None:
    with pytest.raises(Misfit) as caught:
        read_answer('{"verdicts": [' + ", ".join(["{}"] * 500) + "]}", Verdicts)

    assert len(caught.value.faults) <= 12


@pytest.mark.parametrize("text", ["{" * 50_000, '{"word":' * 20_000, "}" * 9, "[[[" * 20_000, "{}"])
def test_no_text_brings_it_down(text: str) -> None:
    with pytest.raises(Misfit):
        read_answer(text, Word)


def test_a_schema_is_what_strict_mode_takes() -> None:
    schema = json_schema(Verdicts)

    assert schema["required"] == ["verdicts", "first"]
    assert schema["additionalProperties"] is False
    verdict = schema["$defs"]["Verdict"]
    assert verdict["required"] == ["id", "state", "lines"]
    assert verdict["additionalProperties"] is False
    assert verdict["properties"]["state"] == {
        "enum": ["evidenced", "not heard"],
        "type": "string",
    }
    assert verdict["properties"]["lines"]["maxItems"] == 3
    assert schema["properties"]["first"]["anyOf"] == [
        {"$ref": "#/$defs/Verdict"},
        {"type": "null"},
    ]


@pytest.mark.parametrize("word", ["default", "title", "maxLength", "pattern", "oneOf", "const"])
def test_what_some_endpoints_refuse_is_left_out(word: str) -> None:
    class Odd(BaseModel):
        text: str = Field(default="a", max_length=5, pattern="a+", title="Text")
        one: Literal["a"] = "a"

    assert f"'{word}'" not in str(json_schema(Odd))
    assert json_schema(Odd)["properties"]["one"]["enum"] == ["a"]


def test_a_name_that_looks_like_a_keyword_stays() -> None:
    class Titled(BaseModel):
        title: str
        pattern: str

    assert list(json_schema(Titled)["properties"]) == ["title", "pattern"]


def test_a_model_that_holds_itself_keeps_its_definitions() -> None:
    schema = json_schema(Nested)

    assert schema["$ref"] == "#/$defs/Nested"
    assert "Nested" in schema["$defs"]


class Nested(BaseModel):
    """A tree."""

    inner: list["Nested"]


def test_a_schema_has_a_name_the_interface_takes() -> None:
    assert schema_name(Verdicts) == "Verdicts"
    assert schema_name(type("Recap[int, str]" * 9, (BaseModel,), {})).isascii()
    assert len(schema_name(type("É" + "a" * 99, (BaseModel,), {}))) == 64

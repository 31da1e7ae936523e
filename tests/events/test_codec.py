"""Events survive the way to JSON and back, and nothing unknown is half understood."""

import dataclasses
import json
import re
import typing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import SessionError
from copilot.events import Event, Evidence, event_from_json, event_schema, event_to_json
from copilot.events.codec import schema_text
from tests.builders import session_started
from tests.events.strategies import BY_TYPE, events
from tests.story import Story

EVENT_TYPES: tuple[type[Event], ...] = typing.get_args(Event)


def _name(kind: type[Event]) -> str:
    """``session_started`` for ``SessionStarted``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _as_data(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(event_to_json(event))
    return data


def test_the_random_examples_cover_every_event_type() -> None:
    assert set(BY_TYPE) == set(EVENT_TYPES)


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=_name)
@given(data=st.data())
def test_an_event_read_back_equals_the_one_written(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(BY_TYPE[kind])

    back = event_from_json(event_to_json(event))

    assert back == event
    assert type(back) is kind


@given(event=events)
def test_an_event_is_one_line_of_utf8(event: Event) -> None:
    line = event_to_json(event)

    assert b"\n" not in line
    assert json.loads(line.decode("utf-8"))["type"] == event.type


@given(event=events)
def test_a_second_reader_who_knows_only_json_reads_the_same(event: Event) -> None:
    # The journal is read with the standard library first, then as events.
    assert event_from_json(json.dumps(json.loads(event_to_json(event)))) == event


def test_integers_given_for_seconds_read_back_as_the_same_event() -> None:
    event = session_started(at_s=0)

    assert event_from_json(event_to_json(event)) == event


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=_name)
def test_the_type_is_named_after_the_event(kind: type[Event]) -> None:
    defaults = {field.name: field.default for field in dataclasses.fields(kind)}

    assert defaults["type"] == _name(kind)


@given(event=events)
def test_an_unknown_key_is_refused_by_name(event: Event) -> None:
    data = {**_as_data(event), "mood": "good"}

    with pytest.raises(SessionError, match="mood") as caught:
        event_from_json(json.dumps(data))
    assert "another version" in caught.value.remedy


def test_an_unknown_key_deep_inside_is_refused_with_its_place() -> None:
    data = _as_data(session_started())
    data["plan"][0]["points"][0]["score"] = 4

    with pytest.raises(SessionError, match=r"plan\.0\.points\.0\.score"):
        event_from_json(json.dumps(data))


@given(event=events)
def test_a_missing_key_is_refused(event: Event) -> None:
    data = _as_data(event)
    del data["seq"]

    with pytest.raises(SessionError, match="seq"):
        event_from_json(json.dumps(data))


def test_an_unknown_type_is_refused_and_the_known_ones_are_named() -> None:
    data = {**_as_data(session_started()), "type": "candidate_scored"}

    with pytest.raises(SessionError, match="candidate_scored") as caught:
        event_from_json(json.dumps(data))
    assert all(_name(kind) in caught.value.message for kind in EVENT_TYPES)


@pytest.mark.parametrize("text", ["", "null", "[]", "3", "{}", "{", '{"type": null}', "\x00"])
def test_what_is_no_event_at_all_is_refused(text: str) -> None:
    with pytest.raises(SessionError):
        event_from_json(text)


@pytest.mark.parametrize(
    ("key", "value"),
    [("reason", "bored"), ("seq", "one"), ("seq", 1.5), ("at_s", None), ("duration_s", "long")],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_key(key: str, value: object) -> None:
    story = Story()
    story.end()
    data = {**_as_data(story.events[-1]), key: value}

    with pytest.raises(SessionError, match=key):
        event_from_json(json.dumps(data))


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=_name)
@given(data=st.data())
def test_events_cannot_be_changed(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(BY_TYPE[kind])

    with pytest.raises(dataclasses.FrozenInstanceError):
        event.seq = 99  # type: ignore[misc]
    assert hash(event) == hash(dataclasses.replace(event))


def test_the_schema_lists_every_event_type() -> None:
    schema = event_schema()

    assert set(schema["discriminator"]["mapping"]) == {_name(kind) for kind in EVENT_TYPES}
    assert {kind.__name__ for kind in EVENT_TYPES} <= set(schema["$defs"])


def test_the_schema_names_every_key_of_every_event_and_allows_no_others() -> None:
    definitions = event_schema()["$defs"]

    for kind in (*EVENT_TYPES, Evidence):
        definition = definitions[kind.__name__]
        assert set(definition["properties"]) == {field.name for field in dataclasses.fields(kind)}
        assert definition["additionalProperties"] is False


def test_the_schema_as_text_is_the_schema() -> None:
    text = schema_text()

    assert json.loads(text) == event_schema()
    assert text.endswith("}\n")

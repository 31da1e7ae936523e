"""The check says what works and what does not, and sends nothing of an interview."""

from collections.abc import Iterator

import pytest

from copilot.llm.check import check_profile, lines
from copilot.llm.dialect import Form
from tests.llm.asking import QUICK, toy
from tests.llm.scripted_server import Refuses, Says, ScriptedServer, playing


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=Says('{"word": "ready"}'))) as running:
        yield running


def _check(server: ScriptedServer) -> tuple[bool, str]:
    checked = check_profile(toy(server.url), patience=QUICK)
    return checked.works, "\n".join(lines(checked))


def test_one_that_works(server: ScriptedServer) -> None:
    checked = check_profile(toy(server.url), patience=QUICK)

    assert checked.works
    assert checked.models == ("toy",)
    assert checked.form is Form.SCHEMA
    assert len(server.asked) == 2
    said = "\n".join(lines(checked))
    assert said.startswith(
        f"text → {checked.profile.host}: toy, toy; the way there is not encrypted"
    )
    assert "keeps to a JSON schema" in said
    assert "not among" not in said


def test_one_that_lists_no_models_and_knows_no_schemas(server: ScriptedServer) -> None:
    server.models, server.forms = None, ("",)
    server.always = Says('{"word": "ready"}', usage=None)

    works, said = _check(server)

    assert works
    assert "knows neither schemas nor JSON mode" in said
    assert "counted high" in said


def test_one_without_the_model(server: ScriptedServer) -> None:
    server.models, server.always = ("toys",), Refuses(404)

    works, said = _check(server)

    assert not works
    assert "Did you mean 'toys'?" in said
    assert "not this model (404)" in said


def test_one_that_talks_at_random(server: ScriptedServer) -> None:
    server.always = Says('{"word": "steady"}')

    works, said = _check(server)

    assert not works
    assert "word: literal error" in said


def test_one_that_is_not_there() -> None:
    checked = check_profile(toy("http://127.0.0.1:1"), patience=QUICK)

    assert not checked.works
    assert "cannot be reached" in "\n".join(lines(checked))

"""What the catalogue does not know is taken as the hub declares it, once, and checked ever after."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.errors import ModelError
from copilot.speech.models import (
    SpeechModel,
    is_whole,
    model_folder,
    speech_model,
    verified_folder,
)
from copilot.speech.models.fetching import fetch
from tests.speech.hub_server import HubServer
from tests.speech.toys import CONFIG, HALF_KNOWN, UNKNOWN, WEIGHTS


@pytest.fixture(autouse=True)
def cache(models_cache: Path) -> Path:
    """A cache of the test's own."""
    return models_cache


@pytest.mark.parametrize("model", [HALF_KNOWN, UNKNOWN], ids=lambda model: model.name)
def test_what_the_catalogue_does_not_know_is_pinned_as_the_hub_declares_it(
    hub: HubServer, model: SpeechModel
) -> None:
    fetch(model)

    folder = verified_folder(model)
    pinned = json.loads((folder / "pinned.json").read_bytes())
    assert pinned["revision"] == model.revision
    assert {file["name"]: file["sha256"] for file in pinned["files"]} == {
        "model.bin": hashlib.sha256(WEIGHTS).hexdigest(),
        "config.json": hashlib.sha256(CONFIG).hexdigest(),
    }
    assert is_whole(model)
    assert fetch(model) == "already there"


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_pinned_file_that_changes_is_noticed(hub: HubServer, name: str) -> None:
    fetch(UNKNOWN)
    path = model_folder(UNKNOWN) / name
    path.write_bytes(path.read_bytes()[::-1])

    with pytest.raises(ModelError, match=rf"{re.escape(str(path))} is not the file"):
        verified_folder(UNKNOWN)


@pytest.mark.parametrize("path", ["ct2/model.bin", "ct2/config.json"])
def test_what_differs_from_what_the_hub_declares_is_refused(hub: HubServer, path: str) -> None:
    hub.declares[path] = "a" * (64 if path.endswith(".bin") else 40)

    with pytest.raises(ModelError, match="is not the file it should be"):
        fetch(UNKNOWN)
    assert not model_folder(UNKNOWN).exists()


def test_a_hub_that_declares_other_weights_than_the_known_ones_is_refused(hub: HubServer) -> None:
    hub.declares["ct2/model.bin"] = "a" * 64

    with pytest.raises(ModelError, match=r"declares another model\.bin"):
        fetch(HALF_KNOWN)
    assert hub.asked("/store/") == []


def test_a_commit_that_lacks_a_file_is_an_error(hub: HubServer) -> None:
    del hub.files["ct2/config.json"], hub.files["config.json"]

    with pytest.raises(ModelError, match=r"maker/toy holds no config\.json"):
        fetch(UNKNOWN)


@pytest.mark.parametrize("pins", [b"", b"[]", b'{"revision": "x", "files": [{"name": "a"}]}'])
def test_broken_pins_are_no_pins(hub: HubServer, pins: bytes) -> None:
    fetch(UNKNOWN)
    (model_folder(UNKNOWN) / "pinned.json").write_bytes(pins)

    with pytest.raises(ModelError, match=r"pinned\.json is damaged") as caught:
        verified_folder(UNKNOWN)
    assert "models fetch unknown" in caught.value.remedy
    assert fetch(UNKNOWN) == "hub"
    verified_folder(UNKNOWN)


def test_pins_of_another_commit_are_no_pins(hub: HubServer) -> None:
    fetch(UNKNOWN)

    with pytest.raises(ModelError, match="the hashes of other files"):
        verified_folder(replace(UNKNOWN, revision="e" * 40))


def test_hashes_are_not_taken_from_an_address_that_proves_nothing(monkeypatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.example")

    with pytest.raises(ModelError, match="no HTTPS address"):
        fetch(UNKNOWN)


def test_what_is_pinned_at_the_first_fetch_has_no_hash_before() -> None:
    model = speech_model("distil-french")

    assert not model.pinned
    with pytest.raises(ModelError, match="'distil-french' is not on this machine"):
        _ = model.sha256

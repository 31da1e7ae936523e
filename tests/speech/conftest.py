"""A model hub on loopback, and a cache for what comes from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.speech.hub_server import HubServer, running
from tests.speech.toys import CONFIG, WEIGHTS


@pytest.fixture
def models_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, and no proxy between it and loopback."""
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path / "cache"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path / "cache"


@pytest.fixture
def hub(models_cache: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubServer]:
    """A hub that holds the toy, twice."""
    files = {
        "model.bin": WEIGHTS,
        "config.json": CONFIG,
        "ct2/model.bin": WEIGHTS,
        "ct2/config.json": CONFIG,
    }
    with running(HubServer(files)) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server

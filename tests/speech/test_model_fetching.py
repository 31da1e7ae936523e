"""A model comes whole and genuine, whatever happens to the network, the disk or the process."""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from copilot.errors import ModelError, StorageError, UsageError
from copilot.speech.models import (
    MODELS,
    SpeechModel,
    model_folder,
    verified_folder,
)
from copilot.speech.models.fetching import Progress, fetch, partly_here
from tests.builders import ROOT
from tests.speech.hub_server import HubServer
from tests.speech.toys import CONFIG, HALF, TOY, WEIGHTS


@pytest.fixture(autouse=True)
def cache(models_cache: Path) -> Path:
    """A cache of the test's own."""
    return models_cache


class Waits(list[float]):
    """Waits that are over at once."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def _part(model: SpeechModel) -> Path:
    folder = model_folder(model)
    return folder.with_name(f".{folder.name}.draft") / "model.bin.part"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


# -- what comes -----------------------------------------------------------------------------------


def test_a_model_comes_from_the_hub_and_is_checked(hub: HubServer, cache: Path) -> None:
    seen: list[Progress] = []

    assert fetch(TOY, seen.append) == "hub"

    assert (verified_folder(TOY) / "model.bin").read_bytes() == WEIGHTS
    assert _names(model_folder(TOY)) == ["config.json", "model.bin"]
    assert _names(cache / "models") == ["whisper-toy"]
    total = len(WEIGHTS) + len(CONFIG)
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert (seen[-1].done, {progress.total for progress in seen}) == (total, {total})


def test_what_is_here_is_not_fetched_again(hub: HubServer) -> None:
    fetch(TOY)
    hub.requests.clear()

    assert fetch(TOY) == "already there"
    assert hub.requests == []


def test_of_a_damaged_model_only_the_damaged_file_is_fetched(hub: HubServer) -> None:
    fetch(TOY)
    (model_folder(TOY) / "config.json").write_bytes(CONFIG[::-1])
    hub.requests.clear()

    assert fetch(TOY) == "hub"
    assert [path.rsplit("/", 1)[-1] for path, _, _ in hub.requests] == ["config.json"]
    verified_folder(TOY)


# -- broken connections ---------------------------------------------------------------------------


@pytest.mark.parametrize("cuts", [[0], [1], [HALF], [HALF, 7, 0, HALF - 8]])
def test_a_connection_that_breaks_is_gone_on_with_where_it_broke(
    hub: HubServer, cuts: list[int | None]
) -> None:
    hub.cuts = list(cuts)
    waits = Waits()

    fetch(TOY, wait=waits)

    verified_folder(TOY)
    came = [sum(cut or 0 for cut in cuts[:count]) for count in range(len(cuts) + 1)]
    assert hub.asked("/store/") == [f"bytes={have}-" if have else None for have in came]
    assert len(waits) == len(cuts)


def test_a_hub_that_gives_nothing_any_more_is_an_error_and_what_came_is_kept(
    hub: HubServer,
) -> None:
    hub.cuts = [HALF, *[0] * 20]
    waits = Waits()
    with pytest.raises(ModelError, match=r"model\.bin could not be fetched from 127") as caught:
        fetch(TOY, wait=waits)
    assert "HTTPS_PROXY" in caught.value.remedy
    assert "it goes on where it stopped" in caught.value.remedy
    assert waits == [1, 2, 4, 8, 16]
    assert _part(TOY).stat().st_size == partly_here(TOY) == HALF
    assert not model_folder(TOY).exists()

    hub.cuts = []
    hub.requests.clear()
    fetch(TOY)

    assert hub.asked("/store/") == [f"bytes={HALF}-"]
    verified_folder(TOY)


def test_without_ranges_it_begins_anew_and_is_right_in_the_end(hub: HubServer) -> None:
    hub.cuts, hub.ranges = [HALF], False

    fetch(TOY, wait=Waits())

    verified_folder(TOY)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_hub_is_asked_again(hub: HubServer, status: int) -> None:
    hub.statuses = [status, status]
    waits = Waits()
    paused: list[str] = []

    fetch(TOY, lambda progress: paused.append(progress.pause), wait=waits)

    assert waits == [1, 2]
    assert f"answered {status}" in next(filter(None, paused))


@pytest.mark.parametrize(
    ("status", "says", "remedy"),
    [
        (404, "it is not there", "HF_ENDPOINT"),
        (403, "answered 403", "HF_ENDPOINT"),
        (407, "the proxy wants a name and a password", "http://name:password@host:port"),
    ],
)
def test_a_refusal_names_the_file_and_what_to_do(
    hub: HubServer, status: int, says: str, remedy: str
) -> None:
    hub.statuses = [status]

    with pytest.raises(ModelError, match=r"model\.bin could not be fetched") as caught:
        fetch(TOY)
    assert says in caught.value.message
    assert remedy in caught.value.remedy


def test_a_hub_that_the_proxy_is_not_for_is_asked_directly(hub, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    assert fetch(TOY) == "hub"


def test_without_a_hub_the_error_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")

    waits = Waits()

    with pytest.raises(ModelError, match="Connection refused"):
        fetch(TOY, wait=waits)
    assert waits == [1, 2]


@pytest.mark.parametrize("address", ["nonsense", "gopher://hub"])
def test_an_address_that_is_none_is_an_error(monkeypatch, address: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)

    with pytest.raises(ModelError):
        fetch(TOY, wait=Waits())


def test_a_page_that_wants_a_login_is_no_model(hub: HubServer) -> None:
    hub.files["model.bin"] = b"<html>Please log in</html>" * 400

    with pytest.raises(ModelError, match=r"sends something else than model\.bin") as caught:
        fetch(TOY)
    assert "log in" in caught.value.remedy
    assert not model_folder(TOY).exists()


def test_a_part_that_is_longer_than_the_file_is_dropped(hub: HubServer) -> None:
    _part(TOY).parent.mkdir(parents=True)
    _part(TOY).write_bytes(WEIGHTS + b"more")

    fetch(TOY)

    verified_folder(TOY)


# -- what is not genuine --------------------------------------------------------------------------


def test_a_part_that_was_damaged_is_fetched_once_more_from_its_start(hub: HubServer) -> None:
    _part(TOY).parent.mkdir(parents=True)
    _part(TOY).write_bytes(bytes(HALF))  # as a machine leaves it that lost its power

    fetch(TOY)

    assert hub.asked("/store/") == [f"bytes={HALF}-", None]
    verified_folder(TOY)


def test_a_file_that_is_never_genuine_is_never_a_model(hub: HubServer) -> None:
    hub.files["model.bin"] = WEIGHTS[::-1]

    with pytest.raises(ModelError, match=r"sends as model\.bin is not the file it should be"):
        fetch(TOY)
    assert not model_folder(TOY).exists()
    assert not list(_part(TOY).parent.glob("model.bin*"))


# -- proxies, disks, processes --------------------------------------------------------------------


def test_everything_goes_through_the_proxy(hub, monkeypatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://hub.example")
    monkeypatch.setenv("http_proxy", hub.endpoint)

    fetch(TOY)

    assert hub.requests
    assert all(through for _, _, through in hub.requests)
    verified_folder(TOY)


def test_the_room_on_the_disk_is_looked_at_before(hub: HubServer, monkeypatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=100_000_000))

    with pytest.raises(StorageError, match="100 MB free and 101 MB are needed") as caught:
        fetch(TOY)
    assert "INTERVIEW_COPILOT_CACHE" in caught.value.remedy
    assert hub.asked("/store/") == []


def test_what_is_here_already_needs_no_room(hub: HubServer, monkeypatch) -> None:
    hub.cuts = [HALF, *[0] * 20]
    with pytest.raises(ModelError):
        fetch(TOY, wait=Waits())
    hub.cuts = []
    free = 100_000_000 + HALF + len(CONFIG)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    assert fetch(TOY) == "hub"


def test_a_cache_that_cannot_be_written_is_named(hub: HubServer, cache: Path) -> None:
    cache.write_text("not a folder")

    with pytest.raises(StorageError, match=re.escape(str(cache))):
        fetch(TOY)


_FETCHING = """
from copilot.speech.models.fetching import fetch
from tests.speech.toys import TOY
def tell(progress):
    print(progress.file, progress.done, flush=True)
print(fetch(TOY, tell), flush=True)
"""


def _fetching() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _FETCHING],
        cwd=ROOT,
        env=os.environ.copy(),
        stdout=subprocess.PIPE,
        text=True,
    )


def _until(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdout is not None
    assert line in (said.strip() for said in process.stdout)


def test_a_killed_fetch_is_gone_on_with(hub: HubServer, cache: Path) -> None:
    hub.hold_at = HALF
    with _fetching() as process:
        _until(process, f"model.bin {HALF}")
        process.send_signal(signal.SIGKILL)
    hub.hold_at = None
    hub.requests.clear()

    assert partly_here(TOY) == HALF
    assert fetch(TOY) == "hub"

    assert hub.asked("/store/") == [f"bytes={HALF}-"]
    assert _names(cache / "models") == ["whisper-toy"]
    verified_folder(TOY)


def test_of_two_processes_one_fetches_and_the_other_waits(hub: HubServer) -> None:
    hub.hold_at = HALF
    with _fetching() as first:
        _until(first, f"model.bin {HALF}")
        with _fetching() as second:
            _until(second, "waiting 0")
            hub.released.set()
            _until(first, "hub")
            _until(second, "already there")
    assert (first.returncode, second.returncode) == (0, 0)
    assert hub.asked("/store/") == [None]
    verified_folder(TOY)


def test_a_folder_of_the_users_own_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder of your own"):
        fetch(replace(MODELS["base"], folder=tmp_path))

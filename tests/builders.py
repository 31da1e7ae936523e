"""Small builders of what tests need: a guide, a session's first event, sound, a fresh Python."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import yaml

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from copilot.engine.planning import known_competencies
from copilot.events import (
    GuideRef,
    KnownFlag,
    ModelRef,
    PlannedPoint,
    PlannedQuestion,
    SessionStarted,
)
from copilot.knowledge.guide import Guide

ROOT = Path(__file__).resolve().parent.parent
SPEECH = Path(__file__).resolve().parent / "data"

# -- a guide --------------------------------------------------------------------------------------


def _point(point_id: str, label: str, weight: int, *probes: str) -> dict[str, Any]:
    return {
        "id": point_id,
        "label": label,
        "description": f"Speaks of {label.lower()}.",
        "origin": "project",
        "weight": weight,
        "says": [f"We always take care of the {label.lower()}."],
        "probes": list(probes),
    }


def _flag(flag_id: str, label: str, probe: str) -> dict[str, Any]:
    return {
        "id": flag_id,
        "label": label,
        "description": f"Shows {label.lower()}.",
        "origin": "project",
        "why": "The work is shared.",
        "benign_reading": "It was that one project.",
        "probe": probe,
        "says": ["I did it all by myself."],
    }


def guide_data() -> dict[str, Any]:
    """A small valid guide as YAML reads it: three questions, five points, two flags."""
    return {
        "id": "baker",
        "language": "en",
        "title": "Head Baker",
        "summary": "Bakes bread and leads the bakery.",
        "sources": [{"id": "handbook", "title": "The bakery's handbook"}],
        "terms": ["proofing"],
        "competencies": [
            {
                **_point("craft", "Craft", 2, "What did your hands do?"),
                "anchors": {1: "None.", 2: "Some.", 3: "Much.", 4: "Masterly."},
            }
        ],
        "questions": [
            {
                "id": "rollout",
                "label": "New oven",
                "kind": "situational",
                "text": "How would you bring in a new oven?",
                "phrasings": ["A new oven comes in. What do you do?"],
                "minutes": 5,
                "competencies": ["craft"],
                "origin": "handbook",
                "points": [
                    _point("pilot", "Trial run", 1, "What came before the first real batch?"),
                    _point("rollback", "Way back", 3, "What if it fails?", "What was plan B?"),
                    _point("training", "Training", 2, "Who had to learn what?"),
                ],
            },
            {
                "id": "metrics",
                "label": "Figures",
                "kind": "knowledge",
                "text": "Which figures do you watch?",
                "minutes": 3,
                "origin": "project",
                "points": [_point("waste", "Waste", 2, "Where does bread end up?")],
            },
            {
                "id": "team",
                "label": "Team",
                "kind": "behavioural",
                "text": "Tell me about your team.",
                "minutes": 4,
                "origin": "project",
            },
        ],
        "red_flags": [
            _flag("alone", "Works alone", "Who else was part of it?"),
            _flag("blame", "Blames others", "What was your own part in it?"),
        ],
        "stages": [
            {
                "id": "first-talk",
                "label": "First talk",
                "description": "Half an hour by telephone.",
                "minutes": 30,
                "origin": "handbook",
                "questions": ["team"],
            }
        ],
        "off_limits": ["family plans"],
    }


def overlay_data() -> dict[str, Any]:
    """A French overlay of ``guide_data`` that leaves some texts untranslated."""
    return {
        "guide": "baker",
        "language": "fr",
        "title": "Chef boulanger",
        "terms": ["pétrissage"],
        "questions": {
            "rollout": {
                "text": "Comment installeriez-vous un nouveau four ?",
                "points": {"rollback": {"label": "Retour", "probes": ["Et si cela rate ?"]}},
            }
        },
        "red_flags": {"alone": {"label": "Travaille seul"}},
    }


def write_yaml(path: Path, data: Mapping[str, Any]) -> Path:
    """Write ``data`` as YAML, keys in their order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(dict(data), sort_keys=False, allow_unicode=True), "utf-8")
    return path


def write_guide(folder: Path) -> Path:
    """The small guide as ``baker.yaml`` in ``folder``."""
    return write_yaml(folder / "baker.yaml", guide_data())


GUIDE = Guide.model_validate(guide_data())


def planned(guide: Guide = GUIDE) -> tuple[PlannedQuestion, ...]:
    """Every question of a guide as a plan."""
    return tuple(
        PlannedQuestion(
            id=question.id,
            label=question.label,
            text=question.text,
            minutes=question.minutes,
            points=tuple(
                PlannedPoint(id=point.id, label=point.label, weight=point.weight)
                for point in guide.points_for(question.id)
            ),
            competencies=question.competencies,
        )
        for question in guide.questions
    )


def known_flags(guide: Guide = GUIDE) -> tuple[KnownFlag, ...]:
    """Every flag of a guide as a session knows it."""
    return tuple(
        KnownFlag(id=flag.id, label=flag.label, benign_reading=flag.benign_reading)
        for flag in guide.red_flags
    )


def session_started(guide: Guide = GUIDE, **changes: Any) -> SessionStarted:
    """The first event of a session with ``guide``."""
    values: dict[str, Any] = {
        "seq": 1,
        "at_s": 0.0,
        "session_id": "20260302-090000-abcd",
        "started_at": "2026-03-02T09:00:00+00:00",
        "app_version": "0.1.0",
        "language": guide.language,
        "guide": GuideRef(role=guide.id, title=guide.title, sha256=guide.content_hash()),
        "plan": planned(guide),
        "flags": known_flags(guide),
        "competencies": known_competencies(guide, planned(guide)),
        "source": "recording interview.wav",
        "models": (
            ModelRef(purpose="transcription", name="Whisper", version="1", sha256="0" * 64),
        ),
    }
    return SessionStarted(**{**values, **changes})


# -- sound ----------------------------------------------------------------------------------------


def tone(seconds: float, hz: float = 440.0, *, rate_hz: int = SAMPLE_RATE_HZ) -> Waveform:
    """A sine at a quarter of full scale."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    return (0.25 * np.sin(2 * np.pi * hz * times)).astype(np.float32)


def silence(seconds: float) -> Waveform:
    """Nothing, at 16 kHz."""
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)


def noise(seconds: float, *, seed: int = 1, loudness: float = 0.05) -> Waveform:
    """White noise at 16 kHz, the same for the same seed."""
    samples = np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE_HZ))
    return (loudness * samples).astype(np.float32)


def write_sound(path: Path, *channels: Waveform, rate_hz: int = SAMPLE_RATE_HZ) -> Path:
    """Write equally long channels in the format the name of ``path`` asks for."""
    soundfile.write(path, np.stack(channels, axis=1), rate_hz)
    return path


def spoken(name: str) -> Waveform:
    """A clip of real speech at 16 kHz: ``en-000``, ``en-004`` or ``fr-000``."""
    samples, rate_hz = soundfile.read(SPEECH / f"{name}.ogg", dtype="float32")
    assert rate_hz == SAMPLE_RATE_HZ
    return np.asarray(samples, np.float32)


# -- a fresh Python -------------------------------------------------------------------------------


def run_python(code: str, *arguments: object) -> str:
    """Run ``code`` in a fresh interpreter; what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start_python(code: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start ``code`` in a fresh interpreter that can be talked to line by line."""
    return subprocess.Popen(
        [sys.executable, "-u", "-c", code, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

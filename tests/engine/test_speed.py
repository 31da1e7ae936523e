"""What is measured is kept for this machine, and advice follows from it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from copilot.engine import speed as module
from copilot.engine.speed import FINAL_BUDGET_S, LOAD_BUDGET, Speed, advise, measure, speeds
from copilot.errors import ModelError
from copilot.speech.models import MODELS, SpeechModel, model_folder, verified_folder

BASE, TINY = MODELS["base"], MODELS["tiny.en"]


def _speed(name: str, decode_s: float, *, busy: bool = False) -> Speed:
    return Speed(name, MODELS[name].sha256, decode_s, 5.0, busy)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache in which tiny.en is."""
    verified_folder(TINY)
    genuine = model_folder(TINY)
    folder = tmp_path / "cache"
    (folder / "models").mkdir(parents=True)
    (folder / "models" / genuine.name).symlink_to(genuine)
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(folder))
    return folder


class Measuring:
    """Measures nothing, and says what it would have measured."""

    def __init__(self, *, busy: bool = False, fails: str = "") -> None:
        self.asked: list[str] = []
        self._busy = busy
        self._fails = fails

    def __call__(self, model: SpeechModel, name: str) -> Speed:
        self.asked.append(name)
        if name == self._fails:
            raise ModelError(f"{name} cannot be loaded.")
        return Speed(name, model.sha256, 0.5, 5.0, self._busy)


def _here(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(module, "is_whole", lambda model: model.name in names)


# -- measuring ------------------------------------------------------------------------------------


def test_a_real_model_is_measured_with_real_speech(cache: Path) -> None:
    ticks = iter(range(100))

    found = measure(TINY, "tiny.en", clock=lambda: 0.25 * next(ticks))

    assert (found.model, found.sha256, found.decode_s) == ("tiny.en", TINY.sha256, 0.25)
    assert found.spoken_s == pytest.approx(5.3)


def test_what_was_measured_is_not_measured_again(cache: Path) -> None:
    first, second, third = Measuring(), Measuring(), Measuring()

    before = speeds(TINY, "tiny.en", measuring=first)
    after = speeds(TINY, "tiny.en", measuring=second)
    speeds(TINY, "tiny.en", again=True, measuring=third)

    assert before == after
    assert (first.asked, second.asked, third.asked) == (["tiny.en"], [], ["tiny.en"])


@pytest.mark.parametrize("changed", ["cores", "processor", "ctranslate2"])
def test_another_machine_is_measured_anew(cache: Path, changed: str) -> None:
    speeds(TINY, "tiny.en", measuring=Measuring())
    kept = json.loads((cache / "speed.json").read_text())
    kept["machine"][changed] = "another"
    (cache / "speed.json").write_text(json.dumps(kept))
    again = Measuring()

    speeds(TINY, "tiny.en", measuring=again)

    assert again.asked == ["tiny.en"]


@pytest.mark.parametrize("text", ["", "[]", '{"machine": 1}', "{"])
def test_what_was_kept_and_cannot_be_read_is_measured_anew(cache: Path, text: str) -> None:
    (cache / "speed.json").write_text(text)
    again = Measuring()

    speeds(TINY, "tiny.en", measuring=again)

    assert again.asked == ["tiny.en"]


def test_what_was_measured_on_a_busy_machine_is_measured_again_once_it_is_quiet(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeds(TINY, "tiny.en", measuring=Measuring(busy=True))
    still, quiet = Measuring(busy=True), Measuring()

    monkeypatch.setattr(module, "_busy", lambda: True)
    speeds(TINY, "tiny.en", measuring=still)
    monkeypatch.setattr(module, "_busy", lambda: False)
    speeds(TINY, "tiny.en", measuring=quiet)

    assert (still.asked, quiet.asked) == ([], ["tiny.en"])


def test_other_weights_are_measured_again(cache: Path) -> None:
    speeds(TINY, "tiny.en", measuring=Measuring())
    other = Measuring()

    files = tuple(replace(file, sha256="a" * 64) for file in TINY.files)
    speeds(replace(TINY, files=files), "tiny.en", measuring=other)

    assert other.asked == ["tiny.en"]


def test_every_model_that_is_here_is_measured_the_one_in_question_first(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _here(monkeypatch, "tiny.en", "base", "base.en")
    measuring = Measuring(fails="base.en")

    found = speeds(BASE, "base", measuring=measuring)

    assert measuring.asked == ["base", "tiny.en", "base.en"]
    assert [speed.model for speed in found] == ["base", "tiny.en"]


def test_a_model_that_is_hopelessly_slow_is_not_waited_for(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _here(monkeypatch, "tiny.en", "large-v3")
    measuring = Measuring()

    speeds(TINY, "tiny.en", measuring=measuring)

    assert measuring.asked == ["tiny.en"]


def test_a_model_in_question_that_cannot_be_loaded_is_an_error(cache: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        speeds(TINY, "tiny.en", measuring=Measuring(fails="tiny.en"))


# -- advice ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decode_s", "spoken_s", "keeps_up"),
    [(0.65, 5.0, True), (0.66, 5.0, False), (0.35, 1.0, True), (0.36, 1.0, False)],
)
def test_a_model_keeps_up_that_keeps_both_budgets(
    decode_s: float, spoken_s: float, keeps_up: bool
) -> None:
    speed = Speed("base", "", decode_s, spoken_s)

    assert speed.keeps_up is keeps_up
    assert (FINAL_BUDGET_S, LOAD_BUDGET) == (1.2, 0.7)


@pytest.mark.parametrize(
    ("took_s", "language", "best", "expected"),
    [
        # A machine on which base takes so long for a sentence.
        (0.9, "fr", "tiny", True),
        (0.6, "fr", "base", False),
        (0.6, "en", "base", False),
        (0.15, "fr", "small", True),
        (0.15, "en", "small.en", True),
        (0.003, "fr", "large-v3", True),
        (3.0, "fr", None, False),
    ],
)
def test_the_largest_that_keeps_up_is_advised(
    took_s: float, language: str, best: str | None, expected: bool
) -> None:
    advice = advise([_speed("base", took_s)], language)

    assert (advice.best and advice.best.model, advice.expected) == (best, expected)


def test_what_was_measured_counts_more_than_what_is_expected() -> None:
    advice = advise([_speed("base", 0.15), _speed("small", 0.9)], "fr")

    assert advice.best is not None
    assert (advice.best.model, advice.expected) == ("base", False)


def test_the_nearest_measured_model_tells_most() -> None:
    medium = _speed("medium", 0.6)

    best = advise([_speed("tiny", 0.4), medium], "fr").best

    assert best == medium


def test_a_model_that_does_not_fit_into_memory_is_not_advised() -> None:
    advice = advise([_speed("base", 0.003)], "fr", free=2_000_000_000)

    assert advice.best is not None
    assert advice.best.model == "small"


def test_of_a_folder_of_the_users_own_only_what_was_measured_is_said() -> None:
    advice = advise([Speed("/models/mine", "", 0.3, 5.0)], "fr")

    assert advice.best is None

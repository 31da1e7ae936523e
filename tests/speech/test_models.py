"""No model is loaded whose files are not the ones we know, and half a model is never left behind."""

import dataclasses
import hashlib
import os
import re
import shutil
from pathlib import Path

import pytest

from copilot.errors import ModelError, StorageError, UsageError
from copilot.speech.models import (
    DEFAULT_MODEL,
    MODELS,
    ModelFile,
    SpeechModel,
    check_knows,
    install_from_packages,
    is_whole,
    model_folder,
    speech_model,
    verified_folder,
    verify,
)
from copilot.speech.models.fetching import fetch

WEIGHTS = bytes(range(256)) * 40
CONFIG = b'{"model_type": "toy"}'


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


#: A model of two files, its weights in two packages.
TOY = SpeechModel(
    name="toy",
    languages=("en",),
    repository=None,
    revision="toy 1.0",
    files=(
        ModelFile(
            "model.bin",
            _sha256(WEIGHTS),
            len(WEIGHTS),
            ("toy_weights_one/data/part1", "toy_weights_two/data/part2"),
        ),
        ModelFile(
            "config.json", _sha256(CONFIG), len(CONFIG), ("toy_weights_one/data/config.json",)
        ),
    ),
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy model as installed packages."""
    site = tmp_path / "site"
    parts = {
        "toy_weights_one": {"part1": WEIGHTS[:5000], "config.json": CONFIG},
        "toy_weights_two": {"part2": WEIGHTS[5000:]},
    }
    for package, files in parts.items():
        (site / package / "data").mkdir(parents=True)
        (site / package / "__init__.py").touch()
        for name, data in files.items():
            (site / package / "data" / name).write_bytes(data)
    monkeypatch.syspath_prepend(site)
    return site


def _flip(path: Path, index: int = 100) -> None:
    """Change one bit, as a bad disk would, at a time of its own."""
    data = bytearray(path.read_bytes())
    data[index % len(data)] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(1, 1))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# -- putting together -----------------------------------------------------------------------------


def test_a_model_is_put_together_from_its_packages_on_first_use(
    packages: Path, cache: Path
) -> None:
    folder = verified_folder(TOY)

    assert folder == model_folder(TOY) == cache / "models" / "whisper-toy"
    assert _names(folder) == ["config.json", "model.bin"]
    assert (folder / "model.bin").read_bytes() == WEIGHTS
    assert (folder / "config.json").read_bytes() == CONFIG
    assert _names(cache / "models") == ["whisper-toy"]


def test_a_model_once_put_together_needs_its_packages_no_more(packages: Path) -> None:
    folder = verified_folder(TOY)
    shutil.rmtree(packages)

    assert verified_folder(TOY) == folder


def test_a_model_that_is_nowhere_is_an_error_with_the_command_that_fetches_it(
    cache: Path,
) -> None:
    with pytest.raises(ModelError, match="'toy' is not on this machine") as caught:
        verified_folder(TOY)
    assert caught.value.remedy == "Fetch it once: interview-copilot models fetch toy"
    assert not cache.exists()


def test_a_model_of_which_one_package_is_missing_is_not_on_this_machine(packages: Path) -> None:
    shutil.rmtree(packages / "toy_weights_two")

    with pytest.raises(ModelError, match="not on this machine"):
        verified_folder(TOY)


def test_a_package_that_lacks_its_file_is_named_and_nothing_is_left(
    packages: Path, cache: Path
) -> None:
    (packages / "toy_weights_two" / "data" / "part2").unlink()

    with pytest.raises(ModelError, match="toy_weights_two/data/part2 is missing") as caught:
        verified_folder(TOY)
    assert "offline packages" in caught.value.remedy
    assert _names(cache / "models") == []


def test_a_damaged_package_is_noticed_and_nothing_is_left(packages: Path, cache: Path) -> None:
    _flip(packages / "toy_weights_two" / "data" / "part2")

    with pytest.raises(ModelError, match=r"model\.bin is not the file it should be"):
        verified_folder(TOY)
    assert _names(cache / "models") == []


def test_the_remedy_for_a_damaged_package_can_be_followed(packages: Path, cache: Path) -> None:
    _flip(packages / "toy_weights_two" / "data" / "part2")

    with pytest.raises(ModelError) as caught:
        verified_folder(TOY)
    named = re.findall(re.escape(str(cache)) + r"\S+", caught.value.remedy)
    assert all(Path(path).exists() for path in named)


def test_a_model_another_program_put_together_meanwhile_is_as_good(packages: Path) -> None:
    install_from_packages(TOY)

    install_from_packages(TOY)

    verify(TOY, model_folder(TOY))


def test_a_cache_that_cannot_be_written_is_an_error_that_names_it(
    packages: Path, cache: Path
) -> None:
    cache.write_text("not a folder")

    with pytest.raises(StorageError, match=re.escape(str(cache))):
        verified_folder(TOY)


# -- verifying ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
@pytest.mark.parametrize("index", [0, 17, -1])
def test_one_flipped_bit_in_a_copied_model_is_noticed_and_the_file_named(
    packages: Path, name: str, index: int
) -> None:
    folder = verified_folder(TOY)
    _flip(folder / name, index)

    with pytest.raises(ModelError, match="is not the file it should be") as caught:
        verified_folder(TOY)
    assert str(folder / name) in caught.value.message
    assert f"Remove {folder} and run: interview-copilot models fetch toy" == caught.value.remedy


def test_a_missing_or_cut_off_file_is_noticed_and_named(packages: Path) -> None:
    folder = verified_folder(TOY)
    (folder / "model.bin").write_bytes(WEIGHTS[:-1])
    with pytest.raises(ModelError, match=r"model\.bin is not the file"):
        verified_folder(TOY)

    (folder / "model.bin").unlink()
    with pytest.raises(ModelError, match=r"model\.bin: No such file"):
        verified_folder(TOY)


def test_a_folder_is_no_model_file(packages: Path) -> None:
    folder = verified_folder(TOY)
    (folder / "config.json").unlink()
    (folder / "config.json").mkdir()

    with pytest.raises(ModelError, match=r"config\.json"):
        verify(TOY, folder)


# -- fetching -------------------------------------------------------------------------------------


def test_fetching_takes_the_packages_once(packages: Path) -> None:
    assert fetch(TOY) == "packages"
    assert fetch(TOY) == "already there"


def test_fetching_replaces_a_damaged_model(packages: Path) -> None:
    fetch(TOY)
    _flip(model_folder(TOY) / "model.bin")

    assert fetch(TOY) == "packages"
    assert (model_folder(TOY) / "model.bin").read_bytes() == WEIGHTS


def test_a_model_that_only_comes_in_packages_says_so() -> None:
    with pytest.raises(ModelError, match="comes with the offline packages only") as caught:
        fetch(TOY)
    assert "interview-copilot[offline]" in caught.value.remedy


def test_a_look_tells_a_model_that_was_cut_off(packages: Path) -> None:
    assert not is_whole(TOY)
    folder = verified_folder(TOY)
    assert is_whole(TOY)

    (folder / "model.bin").write_bytes(WEIGHTS[:-1])
    assert not is_whole(TOY)


# -- the models we know ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("bsae", "Did you mean 'base'?"),
        ("turbo", "Known: large-v3-turbo."),
        ("small.fr", "Did you mean 'small'?"),
        ("x", "Known: base, base.en, "),
    ],
)
def test_an_unknown_model_is_refused_and_the_nearest_is_named(name: str, hint: str) -> None:
    with pytest.raises(UsageError, match=f"no speech model '{name}'") as caught:
        speech_model(name)
    assert caught.value.remedy.startswith(hint)


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_every_model_is_pinned_to_a_commit_and_to_the_bytes(model: SpeechModel) -> None:
    assert speech_model(model.name).name == model.name
    assert {"model.bin", "config.json", "tokenizer.json"} <= {file.name for file in model.files}
    assert model.repository
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision)
    assert model.licence == "MIT"
    for file in model.files:
        assert file.sha256 is None or re.fullmatch(r"[0-9a-f]{64}", file.sha256)
        assert file.sha256 is None or file.size
    hashes = [file.sha256 for file in model.files if file.sha256]
    assert len(set(hashes)) == len(hashes)


def test_what_is_pinned_at_the_first_fetch_only_is_no_surprise() -> None:
    late = [model.name for model in MODELS.values() if not model.pinned]

    assert late == ["distil-medium.en", "distil-french"]


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_the_layers_account_for_the_weights(model: SpeechModel) -> None:
    assert model.shape is not None
    weights = next(file for file in model.files if file.name == "model.bin")
    if weights.size:
        # Two bytes each, as they are stored.
        assert 2 * model.shape.parameters == pytest.approx(weights.size, rel=0.01)
    assert ("fr" in model.languages) is (not model.name.endswith((".en", "distil-large-v3")))


def test_larger_models_cost_more_and_distilled_ones_less_than_theirs() -> None:
    costs = {model.name: model.shape.cost for model in MODELS.values() if model.shape}

    assert costs["tiny"] < costs["base"] < costs["small"] < costs["medium"] < costs["large-v3"]
    assert costs["distil-small.en"] < costs["small.en"]
    assert costs["distil-large-v3"] < costs["large-v3-turbo"] < costs["distil-french"]


def test_the_default_model_speaks_both_languages() -> None:
    assert {"en", "fr"} <= set(speech_model(DEFAULT_MODEL).languages)


@pytest.mark.parametrize(
    ("name", "language", "able"),
    [("tiny.en", "fr", "tiny, base, small"), ("distil-french", "en", "tiny, tiny.en, base")],
)
def test_a_model_that_does_not_know_the_language_is_refused_and_those_that_do_are_named(
    name: str, language: str, able: str
) -> None:
    with pytest.raises(UsageError, match=f"'{name}' does not know '{language}'") as caught:
        check_knows(MODELS[name], language)
    assert f"One of these does: {able}" in caught.value.remedy


def test_a_model_is_known_by_the_hash_of_its_weights() -> None:
    assert TOY.sha256 == _sha256(WEIGHTS)
    other = dataclasses.replace(TOY, files=TOY.files[::-1])
    assert other.sha256 == TOY.sha256

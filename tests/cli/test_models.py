"""``models``: what is known is listed, what is here is checked, and one is in use."""

import io
import os
import shutil
from pathlib import Path

import pytest

from copilot.cli.fetching import FetchLines
from copilot.cli.main import command_parser
from copilot.settings import load_settings
from copilot.speech.models import MODELS, model_folder
from copilot.speech.models.fetching import Progress
from tests.builders import ROOT
from tests.cli.command import ROLE, Done, names, run
from tests.speech.hub_server import HubServer, running
from tests.speech.toys import CONFIG, TOY, WEIGHTS


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache whose tiny.en can be harmed: links to the genuine files."""
    genuine = model_folder(MODELS["tiny.en"])
    folder = tmp_path / "cache" / "models" / genuine.name
    folder.mkdir(parents=True)
    for path in genuine.iterdir():
        (folder / path.name).symlink_to(path)
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path / "cache"))
    return folder


def _harm(folder: Path) -> None:
    config = folder / "config.json"
    data = config.read_bytes()
    config.unlink()
    config.write_bytes(data.replace(b"0", b"1", 1))
    os.utime(config, ns=(1, 1))


def test_models_are_listed_with_their_state(cache: Path) -> None:
    done = run("models", "list")
    (cache / "config.json").unlink()
    harmed = run("models", "list")

    assert (done.code, done.err, harmed.code) == (0, "", 0)
    rows = {line[2:20].strip(): line for line in done.out.splitlines()}
    assert rows.keys() >= {"name", "tiny.en", "base", "large-v3-turbo", "distil-medium.en°"}
    assert rows["base"].startswith("* base ")
    assert rows["base"].endswith(("in the packages", "not here"))
    assert rows["tiny.en"].split() == ["tiny.en", "en", "78", "MB", "267", "MB", "MIT", "here"]
    assert rows["large-v3"].split()[1:3] == ["en,", "fr"]
    assert "damaged" in next(line for line in harmed.out.splitlines() if " tiny.en " in line)
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_genuine_model_is_verified_and_not_fetched_again(cache: Path) -> None:
    assert run("models", "verify", "tiny.en") == Done(0, f"tiny.en: verified, {cache}\n", "")
    fetched = run("models", "fetch", "tiny.en")

    assert fetched == Done(0, f"tiny.en: verified (already there), {cache}\n", "")


def test_fetching_mends_a_model(cache: Path) -> None:
    _harm(cache)

    assert run("models", "fetch", "tiny.en").code == 0

    assert run("models", "verify", "tiny.en").code == 0


@pytest.mark.parametrize(
    "command",
    [
        ["models", "verify", "tiny.en"],
        ["demo", "--headless", "--model", "tiny.en"],
        ["replay", "unheard.wav", "--role", ROLE, "--json", "--save", "--model", "tiny.en"],
        ["transcribe", "unheard.wav", "--json", "--model", "tiny.en"],
    ],
)
@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_model_file_with_a_wrong_hash_is_never_loaded(
    cache: Path, unheard: Path, data: Path, command: list[str], harm: str
) -> None:
    _harm(cache)
    if harm == "missing":
        (cache / "config.json").unlink()
    given = [str(unheard) if word == "unheard.wav" else word for word in command]

    done = run(*given)

    assert (done.code, done.out) == (5, "")
    assert str(cache / "config.json") in done.message
    assert "models fetch tiny.en" in done.message
    assert not data.exists()


@pytest.mark.parametrize(
    "command",
    [
        ["models", "verify"],
        ["models", "fetch"],
        ["models", "use"],
        ["demo", "--headless", "--model"],
        ["replay", "unheard.wav", "--role", ROLE, "--save", "--model"],
        ["transcribe", "unheard.wav", "--model"],
    ],
)
@pytest.mark.parametrize(
    ("name", "says"), [("tiny-en", "Did you mean 'tiny.en'?"), ("v9", "base, base.en, distil-")]
)
def test_an_unknown_model_is_answered_with_the_nearest(
    unheard: Path, data: Path, command: list[str], name: str, says: str
) -> None:
    given = [str(unheard) if word == "unheard.wav" else word for word in command]

    done = run(*given, name)

    assert (done.code, done.out) == (2, "")
    assert f"there is no speech model '{name}'" in done.message
    assert says in done.message
    assert not data.exists()


@pytest.mark.parametrize("action", ["fetch", "verify"])
def test_a_cache_that_cannot_be_written_keeps_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    (tmp_path / "cache").write_text("a file, not a folder")
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path / "cache"))

    done = run("models", action, "tiny.en")

    assert (done.code, done.out) == (6, "")
    assert "cache" in done.message
    assert names(tmp_path) == ["cache"]


def test_a_model_is_put_together_in_an_empty_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path / "fresh"))

    assert run("models", "verify", "tiny.en").code == 0

    assert names(tmp_path / "fresh" / "models")[0] == "whisper-tiny.en"
    shutil.rmtree(tmp_path / "fresh")


# -- the model in use -----------------------------------------------------------------------------


def test_the_model_in_use_is_the_default_and_the_command_line_wins(cache: Path) -> None:
    used = run("models", "use", "tiny.en")

    assert used.out.startswith("tiny.en: in use from now on (en).\n")
    assert "does not know 'fr'; there: --model base" in used.out
    (row,) = [line for line in run("models", "list").out.splitlines() if line[:2] == "* "]
    assert row.startswith("* tiny.en ")
    assert run("models", "verify").out == f"tiny.en: verified, {cache}\n"
    assert "no speech model 'x'" in run("models", "verify", "x").message


@pytest.mark.parametrize(
    "command", [["transcribe", str(ROOT / "tests" / "data" / "fr-000.ogg")], ["doctor"]]
)
def test_a_model_in_use_that_does_not_know_the_language_is_refused(
    cache: Path, command: list[str]
) -> None:
    run("models", "use", "tiny.en")

    done = run(*command, "--language", "fr")

    assert (done.code, done.out) == (2, "")
    assert "the speech model 'tiny.en' does not know 'fr'" in done.message
    assert "One of these does: tiny, base, small, medium, large-v3-turbo" in done.message


@pytest.mark.parametrize("command", ["live", "demo", "replay", "transcribe", "doctor"])
def test_every_command_that_transcribes_takes_the_model_in_use(cache: Path, command: str) -> None:
    run("models", "use", "tiny.en")
    needed = {
        "live": ["--role", ROLE],
        "replay": ["a.wav", "--role", ROLE],
        "transcribe": ["a.wav"],
    }

    parsed = command_parser(command).parse_args(needed.get(command, []))
    named = command_parser(command).parse_args([*needed.get(command, []), "--model", "base"])

    assert (parsed.model, named.model) == ("tiny.en", "base")


def test_a_folder_can_be_in_use(cache: Path, unheard: Path) -> None:
    used = run("models", "use", cache)

    assert used.code == 0
    assert load_settings().model == str(cache)
    assert f"* {cache.name[:16]}" in run("models", "list").out
    assert run("transcribe", unheard).code == 0

    _harm(cache)
    harmed = run("transcribe", unheard)
    assert harmed.code == 5
    assert f"{cache / 'config.json'} is not the file it should be" in harmed.message
    assert f"models use {cache} --accept-changes" in harmed.message

    assert run("models", "use", cache, "--accept-changes").code == 0
    assert run("models", "verify").code == 0


def test_help_of_using_a_model() -> None:
    done = run("models", "use", "--help")

    assert (done.code, done.err) == (0, "")
    assert "--accept-changes" in done.out


def test_a_model_that_is_not_here_is_not_taken_into_use(cache: Path) -> None:
    done = run("models", "use", "large-v3")

    assert (done.code, done.out) == (5, "")
    assert "models fetch large-v3" in done.message
    assert load_settings().model is None


def test_settings_that_cannot_be_understood_stop_a_command_but_not_the_list(
    tmp_path: Path, unheard: Path
) -> None:
    path = tmp_path / "config" / "settings.json"
    path.parent.mkdir()
    path.write_text('{\n  "modle": "base"\n}')

    assert f"{path}:2: there is no setting 'modle'" in run("models", "list").out
    done = run("transcribe", unheard)
    assert done.code == 3
    assert f"{path}:2" in done.err
    assert run("transcribe", unheard, "--model", "tiny.en").code == 0


# -- fetching, as it is told ----------------------------------------------------------------------


def test_a_fetch_tells_how_far_it_is_on_stderr(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEW_COPILOT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setitem(MODELS, "toy", TOY)
    with running(HubServer({"model.bin": WEIGHTS, "config.json": CONFIG})) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
        done = run("models", "fetch", "toy")

    assert done.out == f"toy: verified (hub), {tmp_path / 'cache' / 'models' / 'whisper-toy'}\n"
    assert (done.code, done.err.splitlines()[-1].split()[:3]) == (0, ["config.json", "100", "%"])


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _told(out: io.StringIO, *progress: Progress) -> str:
    """What is shown of these, one a second."""
    seconds = iter(range(1000))
    lines = FetchLines(out, lambda: float(next(seconds)))
    for each in progress:
        lines.show(each)
    lines.close()
    return out.getvalue()


def _came(done_mb: int, pause: str = "") -> Progress:
    return Progress("model.bin", done_mb * 10**6, 484 * 10**6, pause)


def test_in_a_terminal_one_line_moves() -> None:
    drawn = _told(_Terminal(), _came(0), _came(5), _came(10))

    assert "\n" not in drawn
    assert "2 %  10 MB of 484 MB  5.0 MB/s  1:35 left" in drawn
    assert drawn.split("\r")[-2].strip() == ""


def test_elsewhere_there_is_a_line_a_tenth() -> None:
    told = _told(io.StringIO(), *(_came(done) for done in range(0, 485, 4)))

    assert "\r" not in told
    assert [int(line.split()[1]) // 10 for line in told.splitlines()] == list(range(11))


def test_a_pause_is_told_once_and_the_rate_begins_anew() -> None:
    broken = _came(10, "the connection ended early")
    told = _told(io.StringIO(), _came(9), broken, broken, _came(60), _came(480))

    assert told.count("The connection ended early; trying again.\n") == 1
    assert "12 %  60 MB of 484 MB\n" in told


def test_waiting_for_another_process_is_told() -> None:
    told = _told(io.StringIO(), Progress("waiting", 0, 10))

    assert told == "Another process is fetching this model; waiting for it.\n"

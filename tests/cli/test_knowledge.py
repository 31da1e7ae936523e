"""``knowledge``: what ships is listed, shown and checked, and what is wrong is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from copilot.knowledge.schema import SCHEMAS
from tests.builders import ROOT, guide_data, overlay_data, write_guide, write_yaml
from tests.cli.command import ROLE, Done, run


@pytest.fixture(scope="module")
def shipped() -> Done:
    """The check of all that ships, read once for the tests that only look at what it says."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DATA", "CONFIG"):
            patch.setenv(f"INTERVIEW_COPILOT_{name}", f"/nothing/{name.lower()}")
        return run("knowledge", "check", "--quick")


def test_the_roles_that_ship_are_listed() -> None:
    done = run("knowledge", "list")

    assert (done.code, done.err) == (0, "")
    assert {ROLE, "operations-manager"} <= {line.split()[0] for line in done.out.splitlines()}
    assert all("en, fr)" in line for line in done.out.splitlines())


def test_a_guide_of_the_users_own_is_listed_and_shown(tmp_path: Path) -> None:
    write_guide(tmp_path / "config" / "knowledge")

    assert run("knowledge", "list").out.startswith("baker ")
    assert "Head Baker" in run("knowledge", "show", "baker").out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_guide_is_shown_in_its_languages(language: str) -> None:
    short = run("knowledge", "show", ROLE, "--language", language)
    full = run("knowledge", "show", ROLE, "--language", language, "--full")

    assert (short.code, short.err, full.code, full.err) == (0, "", 0, "")
    assert len(full.out) > 2 * len(short.out)


@pytest.mark.parametrize("kind", ["guide", "overlay"])
def test_the_schema_is_the_one_that_ships(kind: str) -> None:
    done = run("knowledge", "schema", kind)

    assert done.code == 0
    assert f"{kind}.schema.json" in SCHEMAS
    shipped = (ROOT / "knowledge" / f"{kind}.schema.json").read_text("utf-8")
    assert json.loads(done.out) == json.loads(shipped)


def test_everything_that_ships_passes_the_check(shipped: Done) -> None:
    assert (shipped.code, shipped.err) == (0, "")
    assert "0 with errors" in shipped.out.splitlines()[-1]


def test_every_guide_has_a_line_when_none_is_named(shipped: Done) -> None:
    lines = [line for line in shipped.out.splitlines() if "points are ready" in line]
    assert len(lines) == 6
    assert all(line.endswith("(by counts alone)") for line in lines)


def test_warnings_fail_a_strict_check_only(tmp_path: Path) -> None:
    guide = write_guide(tmp_path)

    relaxed = run("knowledge", "check", guide, "--quick")
    strict = run("knowledge", "check", guide, "--quick", "--strict")

    assert "warning " in relaxed.out
    assert (relaxed.code, strict.code) == (0, 1)
    assert relaxed.out == strict.out


def _broken(tmp_path: Path) -> Path:
    data: dict[str, Any] = guide_data()
    data["questions"][0]["points"][0]["probe"] = ["?"]
    data["questions"][0]["competencies"] = ["crafd"]
    return write_yaml(tmp_path / "baker.yaml", data)


def test_a_guide_with_errors_is_named_with_line_and_key(tmp_path: Path) -> None:
    path = _broken(tmp_path)

    done = run("knowledge", "check", path, "--quick")

    assert (done.code, done.err) == (3, "")
    assert "error " in done.out
    assert f"{path}:" in done.out
    assert "probe" in done.out
    assert done.out.splitlines()[-1] == "1 file: 1 with errors, 0 warnings"


@pytest.mark.parametrize("text", ["", "id: [", "\t- x", "just words", "id: a\nid: b\n", "- 1\n"])
def test_a_file_that_is_no_guide(tmp_path: Path, text: str) -> None:
    path = tmp_path / "baker.yaml"
    path.write_text(text)

    done = run("knowledge", "check", path, "--quick")

    assert (done.code, done.err) == (3, "")
    assert str(path) in done.out
    assert "1 with errors" in done.out


def test_a_missing_guide_and_a_good_one_are_both_looked_at(tmp_path: Path) -> None:
    good = write_guide(tmp_path)

    done = run("knowledge", "check", tmp_path / "missing.yaml", good, "--quick")

    assert done.code == 3
    assert "missing.yaml" in done.out
    assert "2 files: 1 with errors" in done.out


def test_an_overlay_is_checked_against_its_guide(tmp_path: Path) -> None:
    write_guide(tmp_path)
    data = overlay_data()
    data["questions"]["rolout"] = data["questions"].pop("rollout")
    overlay = write_yaml(tmp_path / "baker.fr.yaml", data)

    done = run("knowledge", "check", overlay, "--quick")

    assert done.code == 3
    assert "Did you mean 'rollout'?" in done.out


@pytest.mark.parametrize(
    "command",
    [
        ["knowledge", "show"],
        ["match", "--question", "rollout", "--role"],
        ["replay", "unheard.wav", "--role"],
    ],
)
def test_no_command_works_with_a_guide_with_errors(
    tmp_path: Path, unheard: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    path = _broken(tmp_path)
    given = [str(unheard) if word == "unheard.wav" else word for word in command]

    done = run(*given, path, stdin="We had a way back.")

    assert (done.code, done.out) == (3, "")
    assert "Traceback" not in done.err
    assert done.err.startswith("Guide with errors: ")
    assert f"{path}:" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["directer-it-operations"], f"Did you mean '{ROLE}'?"),
        (["pilot"], f"Known: customer-support-lead, {ROLE}, "),
        ([ROLE, "--language", "de"], "'de'"),
        ([ROLE, "--language", "EN"], "en, fr"),
    ],
)
def test_an_unknown_role_or_language_is_answered_with_what_there_is(
    arguments: list[str], says: str
) -> None:
    done = run("knowledge", "show", *arguments)

    assert (done.code, done.out) == (2, "")
    assert says in done.message


@pytest.mark.parametrize(
    ("command", "code"),
    [(["knowledge", "show"], 2), (["replay", "--role", ROLE], 3)],
)
def test_a_name_longer_than_any_file_may_have(command: list[str], code: int) -> None:
    done = run(*command, "a" * 5000)

    assert done.code == code
    assert done.message


# -- off-limits packs -----------------------------------------------------------------------------

PACKS = ROOT / "knowledge" / "off-limits"


def test_the_packs_are_checked_with_the_guides(shipped: Done) -> None:
    assert shipped.out.splitlines()[-1].startswith("16 files: 0 with errors")


def _pack(folder: Path, old: str, new: str) -> Path:
    folder.mkdir(parents=True)
    text = (PACKS / "us.yaml").read_text("utf-8")
    assert old in text
    path = folder / "us.yaml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_a_pack_of_the_users_own_is_checked_instead_of_the_shipped_one(tmp_path: Path) -> None:
    path = _pack(tmp_path / "config" / "knowledge" / "off-limits", "why:", "whi:")

    done = run("knowledge", "check", "--quick")

    assert (done.code, done.err) == (3, "")
    assert f"{path}:" in done.out
    assert done.out.splitlines()[-1].startswith("16 files: 1 with errors")


def test_a_pack_is_checked_by_its_path(tmp_path: Path) -> None:
    good = run("knowledge", "check", PACKS / "us.yaml", PACKS / "phrases.yaml")
    bad = run("knowledge", "check", _pack(tmp_path / "off-limits", "- id: age\n", "- id: ages\n"))

    assert (good.code, good.out) == (0, "2 files: 0 with errors, 0 warnings\n")
    assert bad.code == 3
    assert "'ages' has no phrases" in bad.out


@pytest.mark.parametrize("name", ["pack", "phrases"])
def test_their_schemas_ship_and_the_files_name_them(name: str) -> None:
    done = run("knowledge", "schema", name)

    shipped = (ROOT / "knowledge" / f"{name}.schema.json").read_text("utf-8")
    assert json.loads(done.out) == json.loads(shipped)
    for path in PACKS.glob("*.yaml"):
        kind = "phrases" if path.stem == "phrases" else "pack"
        first = path.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=../{kind}.schema.json"

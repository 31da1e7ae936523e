"""A variant is used after a yes, and what stood there before can be had again."""

from pathlib import Path

import pytest

from copilot.llm.prompts import PromptLibrary
from copilot.paths import config_folder, shipped_prompts
from tests.cli.command import run
from tests.llm.prompt_parts import FOLLOW_UP, write_prompt


@pytest.fixture
def variant() -> Path:
    text = (shipped_prompts() / "follow_up.md").read_text("utf-8")
    changed = text.replace("is one question", "is one short question")
    return write_prompt(config_folder() / "prompts", changed, "follow_up.shorter.md")


def test_it_shows_what_changes_and_asks(variant: Path) -> None:
    done = run("lab", "accept", variant)

    assert done.code != 0
    assert "+- is one short question" in done.out
    assert "--yes" in done.err
    assert PromptLibrary().get("follow_up").path.parent == shipped_prompts()


def test_after_a_yes_it_is_in_use(variant: Path) -> None:
    assert run("lab", "accept", variant, "--yes").code == 0

    used = PromptLibrary().get("follow_up")
    assert used.path == config_folder() / "prompts" / "follow_up.md"
    assert "one short question" in used.text
    again = run("lab", "accept", variant, "--yes")
    assert "in use already" in again.err


def test_what_stood_there_before_is_kept_and_can_be_had_again(variant: Path) -> None:
    own = write_prompt(config_folder() / "prompts")

    done = run("lab", "accept", variant, "--yes")

    [kept] = own.parent.glob("follow_up.before-*.md")
    assert kept.read_text("utf-8") == FOLLOW_UP
    assert str(kept) in done.err
    assert run("lab", "accept", kept, "--yes").code == 0
    assert PromptLibrary().get("follow_up").text == FOLLOW_UP


def test_another_language_goes_to_its_own_file() -> None:
    text = (shipped_prompts() / "follow_up.fr.md").read_text("utf-8").replace("une", "une seule", 1)
    path = write_prompt(config_folder() / "prompts", text, "follow_up.court.fr.md")

    assert run("lab", "accept", path, "--yes").code == 0

    assert PromptLibrary().get("follow_up", "fr").path.name == "follow_up.fr.md"
    assert PromptLibrary().get("follow_up", "en").path.parent == shipped_prompts()


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        (FOLLOW_UP.replace("answer }}", "salary }}"), "follow_up.bad.md", "salary"),
        (FOLLOW_UP, "recap.bad.md", "name"),
        (FOLLOW_UP.replace("name: follow_up", "name: none_such"), "none_such.bad.md", "none_such"),
        (FOLLOW_UP, "follow-up.md", "no name for a prompt"),
    ],
)
def test_what_cannot_be_used_is_refused(tmp_path: Path, text: str, name: str, why: str) -> None:
    done = run("lab", "accept", write_prompt(tmp_path, text, name), "--yes")

    assert done.code != 0
    assert why in done.err
    assert not list(config_folder().glob("prompts/*"))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "no such file" in run("lab", "accept", tmp_path / "follow_up.none.md").err

"""The user's own prompts win, edits count at once, and a broken file harms nobody."""

from pathlib import Path

import pytest

from copilot.errors import UsageError
from copilot.llm.errors import TooLongError
from copilot.llm.from_guide import document_pieces, import_guide_inputs
from copilot.llm.inputs import FollowUpInputs
from copilot.llm.material import Line, Material
from copilot.llm.prompt_front import PromptError
from copilot.llm.prompts import PromptLibrary, prompt_files, prompt_folders, prompt_variants
from copilot.llm.request import Purpose
from copilot.paths import shipped_prompts
from tests.llm.prompt_parts import FOLLOW_UP, write_prompt

INPUTS = FollowUpInputs(
    language="en",
    role="Head Baker",
    question="Why ovens?",
    targets=(),
    answer=Material((Line("u1", "Because of the bread."),)),
)
BROKEN = FOLLOW_UP.replace("{{ question }}", "{{ qestion }}")


def test_a_request_carries_what_the_file_says(tmp_path: Path) -> None:
    write_prompt(tmp_path)

    request = PromptLibrary([tmp_path]).request("follow_up", INPUTS)

    assert [message.role for message in request.messages] == ["system", "user"]
    assert "u1| Because of the bread." in request.messages[1].content
    assert (request.temperature, request.max_tokens) == (0.3, 250)
    assert (request.purpose, request.output) == (Purpose.LIVE, INPUTS.output())
    assert request.prompt.name == "follow_up"
    assert request.prompt.sha256 == PromptLibrary([tmp_path]).get("follow_up").sha256


def test_the_users_own_comes_before_the_shipped_one(tmp_path: Path) -> None:
    own, shipped = prompt_folders()
    assert (own, shipped) == (tmp_path / "config" / "prompts", shipped_prompts())
    before = PromptLibrary().get("follow_up")

    path = write_prompt(own)

    assert before.path.parent == shipped
    assert PromptLibrary().get("follow_up").path == path
    assert path in prompt_files()
    assert PromptLibrary().get("recap").path.parent == shipped


def test_the_language_comes_before_whose_file_it_is(tmp_path: Path) -> None:
    own = tmp_path / "config" / "prompts"
    write_prompt(own)
    short = write_prompt(own, FOLLOW_UP.replace("up\n", "up_short\n", 1), "follow_up_short.md")
    library = PromptLibrary()

    assert library.get("follow_up", "fr").path == shipped_prompts() / "follow_up.fr.md"
    assert library.get("follow_up_short", "fr").path == short
    french = write_prompt(own, name="follow_up.fr.md")
    assert library.get("follow_up", "fr").path == french


def test_a_variant_is_used_by_nobody_who_does_not_name_it(tmp_path: Path) -> None:
    shorter = write_prompt(tmp_path, name="follow_up.shorter.md")
    french = write_prompt(tmp_path, name="follow_up.shorter.fr.md")
    library = PromptLibrary([tmp_path])

    assert library.names() == []
    with pytest.raises(UsageError):
        library.get("follow_up")
    with pytest.raises(UsageError):
        library.get("follow_up.shorter")
    assert prompt_files([tmp_path]) == []
    assert prompt_variants([tmp_path]) == [french, shorter]


def test_an_edit_counts_at_the_next_request(tmp_path: Path) -> None:
    write_prompt(tmp_path)
    library = PromptLibrary([tmp_path])
    first = library.request("follow_up", INPUTS)

    write_prompt(tmp_path, FOLLOW_UP.replace("Write one", "Write two"))
    second = library.request("follow_up", INPUTS)

    assert first.messages[0].content.startswith("Write one")
    assert second.messages[0].content.startswith("Write two")
    assert first.prompt.sha256 != second.prompt.sha256


def test_a_broken_edit_keeps_the_last_good_version_and_is_told_once(tmp_path: Path) -> None:
    told: list[PromptError] = []
    path = write_prompt(tmp_path)
    library = PromptLibrary([tmp_path, shipped_prompts()], on_broken=told.append)
    good = library.request("follow_up", INPUTS)

    write_prompt(tmp_path, BROKEN)
    during = [library.request("follow_up", INPUTS) for _ in range(3)]

    assert during == [good, good, good]
    [error] = told
    assert f"{path}:14: " in error.message


def test_another_fault_is_told_again_and_a_mended_file_is_used(tmp_path: Path) -> None:
    told: list[PromptError] = []
    write_prompt(tmp_path)
    library = PromptLibrary([tmp_path], on_broken=told.append)
    library.get("follow_up")

    for text in (BROKEN, "", FOLLOW_UP.replace("one", "two"), BROKEN):
        write_prompt(tmp_path, text)
        last = library.get("follow_up")

    assert len(told) == 3
    assert "Write two" in last.text


def test_a_file_that_never_was_good_leaves_its_place_to_the_next(tmp_path: Path) -> None:
    told: list[PromptError] = []
    write_prompt(tmp_path, BROKEN)

    library = PromptLibrary([tmp_path, shipped_prompts()], on_broken=told.append)

    assert library.get("follow_up").path.parent == shipped_prompts()
    assert library.get("follow_up").path.parent == shipped_prompts()
    assert len(told) == 1
    with pytest.raises(PromptError, match=":14: "):
        PromptLibrary([tmp_path]).get("follow_up")


def test_a_file_that_was_removed_is_used_no_more(tmp_path: Path) -> None:
    path = write_prompt(tmp_path)
    library = PromptLibrary([tmp_path, shipped_prompts()])
    assert library.get("follow_up").path == path

    path.unlink()

    assert library.get("follow_up").path.parent == shipped_prompts()


@pytest.mark.parametrize("name", ["folow_up", "follow_up.fr", "../follow_up", "", "README"])
def test_a_name_that_is_none_names_the_nearest(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        PromptLibrary().get(name)

    assert "follow_up" in caught.value.remedy


def test_a_language_that_is_none() -> None:
    with pytest.raises(UsageError, match="'de'"):
        PromptLibrary().get("follow_up", "de")


def test_inputs_of_another_prompt_are_refused() -> None:
    with pytest.raises(PromptError, match="FollowUp is needed"):
        PromptLibrary().request("recap", INPUTS)


def test_what_is_too_long_is_neither_sent_nor_cut(tmp_path: Path) -> None:
    write_prompt(tmp_path, FOLLOW_UP.replace("1500", "100"))
    words = Material((Line("u1", "and then we baked more bread " * 20),))
    long = FollowUpInputs(
        language="en", role="", question="Why?", targets=(), answer=words, terms=Material()
    )

    with pytest.raises(TooLongError, match="max_prompt_tokens"):
        PromptLibrary([tmp_path]).request("follow_up", long)


def test_a_long_document_goes_into_several_requests_with_all_its_lines() -> None:
    text = "\n\n".join(f"Question {i}: why {'so ' * 60}?" for i in range(60))
    lines = [Line(str(number), line) for number, line in enumerate(text.splitlines(), 1)]

    requests = [
        PromptLibrary().request("import_guide", import_guide_inputs(piece, "en", lines[:40:2]))
        for piece in document_pieces(lines)
    ]

    sent = "\n".join(request.messages[1].content for request in requests)
    assert len(requests) > 1
    assert all(f"\n{2 * i + 1}| Question {i}: " in sent for i in range(60))

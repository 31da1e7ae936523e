"""A prompt file says what is wrong with it, on which line, and what would be right."""

from pathlib import Path

import pytest

from copilot.errors import ExitCode
from copilot.llm.prompt_file import Prompt, parse_prompt, read_prompt
from copilot.llm.prompt_front import PromptError
from copilot.llm.samples import samples
from tests.builders import ROOT
from tests.llm.prompt_parts import FOLLOW_UP, write_prompt


def _parse(text: str, name: str = "follow_up.md") -> Prompt:
    return parse_prompt(Path(name), text.encode())


def _refused(text: str, name: str = "follow_up.md") -> str:
    with pytest.raises(PromptError) as caught:
        _parse(text, name)
    assert caught.value.exit_code is ExitCode.INPUT
    assert caught.value.remedy
    return caught.value.message


def test_a_good_file_is_read() -> None:
    prompt = _parse(FOLLOW_UP)

    assert (prompt.language, prompt.front.name, prompt.front.temperature) == (
        "en",
        "follow_up",
        0.3,
    )
    assert prompt.unused_inputs() == []
    assert _parse(FOLLOW_UP, "follow_up.fr.md").language == "fr"


def test_a_variant_keeps_the_name_of_its_prompt() -> None:
    shorter = _parse(FOLLOW_UP, "follow_up.shorter-2.md")
    assert (shorter.front.name, shorter.variant, shorter.language) == (
        "follow_up",
        "shorter-2",
        "en",
    )
    french = _parse(FOLLOW_UP, "follow_up.shorter-2.fr.md")
    assert (french.variant, french.language) == ("shorter-2", "fr")


def test_the_hash_is_that_of_the_file(tmp_path: Path) -> None:
    first = read_prompt(write_prompt(tmp_path))
    second = read_prompt(write_prompt(tmp_path, FOLLOW_UP + "\n"))

    assert len(first.sha256) == 64
    assert first.sha256 != second.sha256


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm() -> None:
    text = "\ufeff" + FOLLOW_UP.replace("\n", "\r\n")

    assert _parse(text).messages(samples(_parse(text).kind, "en")[0])[1].content.startswith("Ques")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("temperature:", "temprature:", "follow_up.md:6: temprature: unknown key. Did you mean 't"),
        ("max_tokens: 250\n", "", "follow_up.md:1: max_tokens: this key is missing."),
        ("max_tokens: 250", "max_tokens: many", "follow_up.md:7: max_tokens: input should be a"),
        ("max_tokens: 250", "max_tokens: 5", "follow_up.md:7: max_tokens: input should be gre"),
        ("0.3", "3", "follow_up.md:6: temperature: input should be less"),
        ("name: follow_up", "name: followup", "follow_up.md:2: name: expected 'follow_up', the"),
        ("FollowUp", "FolowUp", "follow_up.md:5: output: no answer is called 'FolowUp'. Did you"),
        ("[question, targets", "[question, target", "inputs[1]: a prompt for FollowUp has no inp"),
        ("[question, targets, answer]", "answer", "follow_up.md:4: inputs: input should be a val"),
        ("output:", "name: x\noutput:", "follow_up.md:5: name: this key stands twice."),
        ("0.3", "[0.3", "follow_up.md:"),
        ("temperature: 0.3", "temperature: 2020-13-45", "follow_up.md:2: a value cannot be read"),
        ("name: follow_up", "1: 2", "follow_up.md:"),
        ("---\nname", "name", "follow_up.md:1: the first line has to be ---."),
        ("1500\n---", "1500\n", "follow_up.md:1: no second --- ends the front matter."),
        ("system:\n", "", "a line system: and then a line user: are expected, once each (found us"),
        ("system:\n", "System:\n", "follow_up.md:10: a line system: and then a line user:"),
        ("user:\n", "user:\nx\n\nassistant:\n", "(found system:, user:, assistant:)"),
        ("system:\n", "Hello\nsystem:\n", "follow_up.md:10: nothing may stand before system:."),
        ("Write one question as JSON.\n", "", "follow_up.md:10: system: this part is empty."),
        ("{{ question }}", "{{ qestion }}", "follow_up.md:14: user: 'qestion' is not among its i"),
        ("{{ question }}", "{{ role }}", "follow_up.md:14: user: 'role' is not among its inputs."),
        ("{{ question }}", "{{ question", "follow_up.md:15: "),
        ("target.label", "target.lable", "follow_up.md:16: 'dict object' has no attribute 'lable'"),
        ("target.label", "target.__class__", "follow_up.md:16: access to attribute '__class__'"),
        ("target.label", "answer._text", "follow_up.md:16: access to attribute '_text'"),
        ("target.label", "target.label.upper()", "follow_up.md:16: "),
        ("target.label", "target.label|upper", "follow_up.md:16: No filter named 'upper'."),
        ("target.label", "range(9)", "follow_up.md:16: user: 'range' is not among its inputs."),
        ("target.label", "9 ** 9", "follow_up.md:16: a prompt does not use **."),
        ("target.label", "1 / 0", "follow_up.md:16: division by zero."),
        ("target.label", "target", "follow_up.md:16: only texts, numbers and what people said"),
        ("{{ answer }}", "{{ answer ~ 1 }}", "follow_up.md:18: what people said can only be prin"),
        ("{{ answer }}", "{{ [answer] | join }}", "follow_up.md:18: what people said can only be"),
        ("{{ answer }}", "{% include 'x' %}", "follow_up.md:18: user: a prompt cannot load ano"),
        ("{{ answer }}", "{% set a %}{{ answer }}{% endset %}", "has no macros and no blocks"),
        ("one question", "{{ answer }}", "follow_up.md:10: system: what people said goes to us"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, expected: str) -> None:
    assert old in FOLLOW_UP

    assert expected in _refused(FOLLOW_UP.replace(old, new, 1))


def test_every_problem_of_the_front_matter_is_named_at_once() -> None:
    text = FOLLOW_UP.replace("temperature:", "heat:").replace("250", "many")

    message = _refused(text)

    assert "3 problems" in message
    assert message.index(":1: temperature") < message.index(":6: heat") < message.index(":7: max_t")


@pytest.mark.parametrize(
    "name",
    [
        "Follow_up.md",
        "follow-up.md",
        "follow_up.txt",
        "follow_up.de.md",
        ".md",
        "a.b.c.md",
        "a.Big.md",
    ],
)
def test_a_name_that_is_none_for_a_prompt(name: str) -> None:
    assert "no name for a prompt" in _refused(FOLLOW_UP, name)


@pytest.mark.parametrize(
    "head",
    [
        "",
        "just text",
        "- a\n- b",
        "[" * 3900,
        "# " * 5000,
        "? [a]\n: b",
        "a: &x [*x]",
        "a: b: c",
        "\x00",
    ],
)
def test_front_matter_that_is_none(head: str) -> None:
    _, _, rest = FOLLOW_UP.partition("name: follow_up")
    _, _, body = rest.partition("---\n")

    assert "follow_up.md" in _refused(f"---\n{head}\n---\n{body}")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.md").write_bytes(FOLLOW_UP.encode() + b"\xe9")
    (tmp_path / "large.md").write_text(FOLLOW_UP + "x" * 100_000)
    (tmp_path / "folder.md").mkdir()

    for name, says in {
        "latin.md": "is not UTF-8",
        "large.md": "far too large",
        "folder.md": "folder.md: ",
        "gone.md": "no such file",
    }.items():
        with pytest.raises(PromptError, match=says):
            read_prompt(tmp_path / name)


def test_a_name_on_the_list_that_is_not_used_is_told() -> None:
    prompt = _parse(FOLLOW_UP.replace("answer]", "answer, role]"))

    assert prompt.unused_inputs() == ["role"]


def test_a_prompt_that_prints_nothing_people_said_needs_no_rule_about_it() -> None:
    prompt = _parse(FOLLOW_UP.replace("{{ answer }}", "Go on."))

    system, _ = prompt.messages(samples(prompt.kind, "en")[0])

    assert system.content == "Write one question as JSON."


def test_the_example_of_the_readme_is_a_valid_prompt() -> None:
    page = (ROOT / "prompts" / "README.md").read_text("utf-8")
    example = page.partition("````markdown\n")[2].partition("````")[0]

    assert _parse(example).unused_inputs() == []

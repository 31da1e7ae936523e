"""What a suite names is read before anything runs: the user's own first, and every mistake told."""

from pathlib import Path

import pytest

from copilot.errors import GuideError, UsageError
from copilot.lab.checks.registry import CHECKS
from copilot.lab.errors import SuiteError
from copilot.lab.suite.form import SuiteForm
from copilot.lab.suite.loading import load_suite
from copilot.lab.suite.materials import collect
from copilot.lab.suite.schema import suite_schema
from copilot.lab.tasks import TASKS
from copilot.llm.prompt_front import PromptError
from copilot.paths import config_folder, shipped_knowledge, shipped_prompts
from copilot.settings import change_settings
from tests.builders import ROOT
from tests.lab.suite.written import MATCHED, read, write

FOLLOW_UP = """\
task: follow_up
prompts: {prompts}
providers: smollm2
guides: shipped
tests:
  - vars: {{role: director-it-operations, language: en, question: metrics, answer: We count.}}
"""


def _prompt(change: str = "", into: str = "") -> str:
    return (shipped_prompts() / "follow_up.md").read_text("utf-8").replace(change, into)


def test_the_grid_is_prompts_by_providers_by_guides(tmp_path: Path) -> None:
    write(tmp_path, _prompt(), "other/follow_up.md")
    change_settings(llm_profiles={"big": {"url": "http://127.0.0.1:9/v1", "model": "big-1"}})
    text = FOLLOW_UP.format(prompts="[follow_up, {id: other/follow_up.md, label: other}]")
    text = text.replace("providers: smollm2", "providers: [smollm2, 'profile:big']")
    text = text.replace("guides: shipped", "guides: [shipped, installed]")

    materials, variants = collect(read(tmp_path, text))

    assert len(variants) == 8
    assert variants[0].id == "follow_up · smollm2 · shipped"
    assert variants[-1].id == "other · profile:big · installed"
    assert set(variants[0].prompt_sha256) == {"en", "fr"}
    assert list(variants[-1].prompt_sha256) == ["en"]
    assert all(each in materials.prompts for each in variants[-1].prompt_sha256.values())
    assert set(materials.guides) == {
        (label, "director-it-operations", "en") for label in ("shipped", "installed")
    }
    assert [profile.model for profile in materials.profiles.values()] == ["big-1"]


def test_the_users_own_prompt_wins_and_shipped_ones_stay_for_other_languages(
    tmp_path: Path,
) -> None:
    own = write(config_folder() / "prompts", _prompt("interview", "conversation"), "follow_up.md")

    materials, [variant] = collect(read(tmp_path, FOLLOW_UP.format(prompts="follow_up")))

    assert materials.prompts[variant.prompt_sha256["en"]].path == str(own)
    shipped = str(shipped_prompts() / "follow_up.fr.md")
    assert materials.prompts[variant.prompt_sha256["fr"]].path == shipped


def test_another_language_beside_a_prompt_file_is_taken_along(tmp_path: Path) -> None:
    write(tmp_path, _prompt(), "follow_up.md")
    write(tmp_path, (shipped_prompts() / "follow_up.fr.md").read_text("utf-8"), "follow_up.fr.md")

    _materials, [variant] = collect(read(tmp_path, FOLLOW_UP.format(prompts="./follow_up.md")))

    assert list(variant.prompt_sha256) == ["en", "fr"]
    assert variant.id == "follow_up · smollm2 · shipped"


def test_a_variant_of_a_prompt_is_named_as_its_file_is(tmp_path: Path) -> None:
    own = config_folder() / "prompts"
    path = write(own, _prompt("interview", "conversation"), "follow_up.shorter.md")

    text = FOLLOW_UP.format(prompts="[follow_up, follow_up.shorter]")
    materials, variants = collect(read(tmp_path, text))

    assert [variant.prompt for variant in variants] == ["follow_up", "follow_up.shorter"]
    assert materials.prompts[variants[1].prompt_sha256["en"]].path == str(path)


def test_a_prompt_with_an_undefined_name_is_refused_before_anything_runs(tmp_path: Path) -> None:
    write(tmp_path, _prompt() + "\n{{ salary }}\n", "follow_up.md")

    with pytest.raises(PromptError, match="salary"):
        collect(read(tmp_path, FOLLOW_UP.format(prompts="./follow_up.md")))


def test_a_prompt_for_another_task_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="needs a prompt for FollowUp"):
        collect(read(tmp_path, FOLLOW_UP.format(prompts="recap")))


def test_an_unknown_prompt_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="no prompt 'folow_up'") as caught:
        collect(read(tmp_path, FOLLOW_UP.format(prompts="folow_up")))
    assert "'follow_up'" in caught.value.remedy


def test_an_unknown_profile_is_told(tmp_path: Path) -> None:
    text = FOLLOW_UP.format(prompts="follow_up").replace("smollm2", "profile:gone")

    with pytest.raises(UsageError, match="no profile 'gone'"):
        collect(read(tmp_path, text))


def test_guides_come_from_a_folder_or_a_file(tmp_path: Path) -> None:
    name = "director-it-operations.yaml"
    text = (shipped_knowledge() / name).read_text("utf-8")
    path = write(tmp_path, text.replace("Director of IT Operations", "Head of IT"), f"mine/{name}")

    in_folder, [variant] = collect(read(tmp_path, MATCHED.replace("shipped", "./mine")))
    in_file, _variants = collect(read(tmp_path, MATCHED.replace("shipped", str(path))))

    assert variant.id == "local · mine"
    [guide] = in_folder.guides.values()
    assert "Head of IT" in guide.content
    assert [each.sha256 for each in in_file.guides.values()] == [guide.sha256]


def test_a_guide_of_another_role_is_told_at_the_case(tmp_path: Path) -> None:
    path = shipped_knowledge() / "operations-manager.yaml"

    with pytest.raises(SuiteError, match=r"suite.yaml:4: .* the guide of another role"):
        collect(read(tmp_path, MATCHED.replace("shipped", str(path))))


def test_a_role_without_a_guide_is_told_at_the_case(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"suite.yaml:4: there is no guide for the role 'cook'"):
        collect(read(tmp_path, MATCHED.replace("director-it-operations", "cook")))


def test_a_broken_guide_is_told_as_one(tmp_path: Path) -> None:
    write(tmp_path, "id: [", "mine/director-it-operations.yaml")

    with pytest.raises(GuideError):
        collect(read(tmp_path, MATCHED.replace("shipped", "./mine")))


@pytest.mark.parametrize(
    "name",
    ["local-matcher", "follow-up-gate", "recap-checks", "recognition", "demo-interview",
     "small-follow-up", "small-judge-points", "small-recap"],
)  # fmt: skip
def test_every_shipped_suite_can_be_put(name: str) -> None:
    suite = load_suite(name)

    _materials, variants = collect(suite)

    assert suite.description
    assert suite.path.read_text("utf-8").startswith("# yaml-language-server: $schema=suite.schema")
    assert len(variants) == 1


def test_the_suite_in_the_docs_can_be_put(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "suites.md").read_text("utf-8")
    text = page.split("```yaml\n")[1].split("```")[0]
    write(tmp_path, _prompt(), "shorter/follow_up.md")
    write(tmp_path, "- vars: {question: metrics, answer: Once a week.}\n", "more/a.yaml")
    change_settings(llm_profiles={"big": {"url": "http://127.0.0.1:9/v1", "model": "big-1"}})

    suite = read(tmp_path, text)

    assert len(collect(suite)[1]) == 4
    assert [case.split for case in suite.cases[1:2]] == ["test"]
    assert len(suite.cases) == 3


def test_the_schema_knows_every_key_task_and_check() -> None:
    schema = suite_schema()

    assert set(schema["properties"]) == {
        field.alias or name for name, field in SuiteForm.model_fields.items()
    }
    assert schema["properties"]["task"]["enum"] == sorted(TASKS)
    assert set(CHECKS) <= set(schema["$defs"]["Assertion"]["properties"]["type"]["enum"])
    assert "answer" in schema["$defs"]["match.vars"]["properties"]
    assert "required" not in schema["$defs"]["match.vars"]

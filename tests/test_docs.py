"""The docs say what the code does."""

import re
from pathlib import Path

import pytest

from copilot.cli.main import COMMANDS, main
from copilot.knowledge.loading import load_guide, read_guide
from copilot.knowledge.off_limits import check_pack_file
from docs.generate import generated

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("path", generated(), ids=lambda path: path.name)
def test_a_generated_page_has_not_drifted(path):
    assert path.read_text(encoding="utf-8") == generated()[path], "run: python -m docs.generate"


def test_the_example_of_the_guide_page_is_a_valid_guide(tmp_path):
    page = (ROOT / "docs" / "guides.md").read_text(encoding="utf-8")
    guide, overlay = re.findall(r"```yaml\n((?:id|guide): .*?)```", page, re.DOTALL)
    (tmp_path / "head-baker.yaml").write_text(guide, encoding="utf-8")
    (tmp_path / "head-baker.fr.yaml").write_text(overlay, encoding="utf-8")
    assert read_guide(tmp_path / "head-baker.yaml").questions[0].points[0].says
    french = load_guide("head-baker", "fr", [tmp_path])
    assert french.question("waste").label == "Le gaspillage"


@pytest.mark.parametrize("page", ["README.md", "docs/guides.md", "docs/architecture.md"])
def test_every_command_that_a_page_names_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"interview-copilot ([a-z]+)", text))
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("page", ["README.md", *(p.as_posix() for p in ROOT.glob("docs/*.md"))])
def test_every_link_of_a_page_leads_somewhere(page):
    path = ROOT / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_help_of_every_command_can_be_shown(capsys):
    for name in COMMANDS:
        with pytest.raises(SystemExit) as leaving:
            main([name, "--help"])
        assert leaving.value.code == 0
        assert name in capsys.readouterr().out


def test_the_example_of_an_off_limits_pack_is_a_valid_pack(tmp_path):
    page = (ROOT / "docs" / "guides.md").read_text(encoding="utf-8")
    [pack] = re.findall(
        r"```yaml\n(# yaml-language-server: \S+\nid: house\n.*?)```", page, re.DOTALL
    )
    path = tmp_path / "off-limits" / "house.yaml"
    path.parent.mkdir()
    path.write_text(pack, encoding="utf-8")
    check_pack_file(path)

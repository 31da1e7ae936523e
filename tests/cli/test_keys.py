"""`keys`: listing and changing what is on which key."""

import json
from typing import Any

from copilot.cli.main import main
from copilot.settings import load_settings, settings_path
from copilot.tui.keys.registry import actions_by_id


def listed(capsys) -> dict[str, dict[str, Any]]:
    assert main(["keys", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {line["action"]: line for line in lines}


def test_every_action_is_listed_with_its_keys(capsys):
    found = listed(capsys)
    assert set(found) == set(actions_by_id())
    assert found["suggestion.take"]["keys"] == ["t"]
    assert found["consent.leave"]["keys"] == ["q", "escape"]


def test_a_key_is_changed_and_changed_back(capsys):
    assert main(["keys", "set", "suggestion.take", "Ctrl+T"]) == 0
    assert capsys.readouterr().out == "suggestion.take: Ctrl+T\n"
    assert load_settings().keys == {"suggestion.take": "ctrl+t"}
    assert listed(capsys)["suggestion.take"]["keys"] == ["ctrl+t"]
    assert listed(capsys)["suggestion.take"]["shipped"] == ["t"]
    assert main(["keys"]) == 0
    assert "counts as asked. (t as it ships)" in capsys.readouterr().out
    assert main(["keys", "reset", "suggestion.take"]) == 0
    assert capsys.readouterr().out == "suggestion.take: t\n"
    assert listed(capsys)["suggestion.take"]["keys"] == ["t"]


def test_all_changes_are_taken_back_at_once(capsys):
    main(["keys", "set", "suggestion.take", "f1"])
    main(["keys", "set", "note", "f2"])
    assert main(["keys", "reset"]) == 0
    assert not load_settings().keys


def test_what_cannot_be_is_refused_and_nothing_is_changed(capsys):
    main(["keys", "set", "note", "f2"])
    assert main(["keys", "set", "suggestion.take", "f2"]) == 3
    assert "'suggestion.take' and 'note' would both be on 'F2'" in capsys.readouterr().err
    assert main(["keys", "set", "suggestion.tak", "f3"]) == 2
    assert "Did you mean 'suggestion.take'?" in capsys.readouterr().err
    assert main(["keys", "reset", "nothing"]) == 2
    assert load_settings().keys == {"note": "f2"}


def test_a_broken_list_is_told_and_can_be_taken_back(capsys):
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('{"keys": {"gone": "f2"}}', encoding="utf-8")
    assert main(["keys"]) == 3
    assert f"{settings_path()}:1: there is no action 'gone'." in capsys.readouterr().err
    assert main(["keys", "reset", "gone"]) == 0
    assert main(["keys"]) == 0

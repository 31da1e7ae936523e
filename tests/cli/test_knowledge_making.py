"""``knowledge new``, ``copy`` and ``diff``: from nothing, or another guide, to one of one's own."""

import json
from pathlib import Path

from tests.cli.command import run


def test_a_new_guide_is_written_and_found(tmp_path: Path) -> None:
    done = run("knowledge", "new", "head-baker", "--title", "Head Baker", "--language", "fr")

    path = tmp_path / "config" / "knowledge" / "head-baker.yaml"
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0] == str(path)
    assert "Head Baker" in run("knowledge", "show", "head-baker", "--language", "fr").out
    again = run("knowledge", "new", "head-baker")
    assert again.code == 2
    assert "there already" in again.err


def test_a_copy_is_the_same_but_for_its_name(tmp_path: Path) -> None:
    assert run("knowledge", "copy", "nurse-manager", "ward-sister").code == 0

    done = run("knowledge", "diff", "nurse-manager", "ward-sister")
    assert done.code == 1
    assert done.out.splitlines() == [
        "~ id",
        "  - [-nurse-]-[-manager-]",
        "  + {+ward+}-{+sister+}",
        "",
        "nurse-manager → ward-sister: 1 changed",
    ]


def test_a_guide_does_not_differ_from_itself() -> None:
    done = run("knowledge", "diff", "nurse-manager", "nurse-manager", "--language", "fr")

    assert (done.code, done.out, done.err) == (0, "No difference.\n", "")


def test_origins_that_only_moved_are_counted(tmp_path: Path) -> None:
    document = (
        "# Baker\n\n{}## Questions\n\n1. How do you plan a night?\n2. What is a good crust?\n"
    )
    written = tmp_path / "baker.md"
    for role, before in (("night-baker", ""), ("day-baker", "Bakes at noon.\n\n")):
        written.write_text(document.format(before), encoding="utf-8")
        assert run("knowledge", "import", written, "--role", role).code == 0

    done = run("knowledge", "diff", "night-baker", "day-baker")

    assert done.code == 1
    assert "origin\n" not in done.out
    assert done.out.splitlines()[-1].endswith("2 origins moved to other lines")
    told = run("knowledge", "diff", "night-baker", "day-baker", "--json").out
    assert sum(json.loads(line)["place"][-1] == "origin" for line in told.splitlines()) == 2


def test_differences_as_json_lines() -> None:
    done = run("knowledge", "diff", "nurse-manager", "operations-manager", "--json")

    told = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert told[0] == {
        "kind": "changed",
        "place": ["id"],
        "before": "nurse-manager",
        "after": "operations-manager",
    }


def test_one_guide_alone_is_nothing_to_compare() -> None:
    done = run("knowledge", "diff", "nurse-manager")

    assert done.code == 2
    assert "--session ID" in done.err

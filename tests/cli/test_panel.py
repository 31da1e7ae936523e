"""A panel over two machines: sealed until all are in, then side by side, and nothing unnoticed."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from copilot.review.reviewing import Review
from copilot.store import SessionStore
from copilot.store.exports import known_exports
from tests.cli.command import Done, run
from tests.review.candidates import FIRST, badly_heard, judge, named, well_heard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "panel"
    done = run("panel", "new", "Spring", path, "--role", "baker", "--raters", "Ann,Bob")
    assert done.code == 0, done.err
    return path


class Machine:
    """A machine of someone's own, on which they rated their copy of the interview."""

    def __init__(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._data = data
        self._monkeypatch = monkeypatch

    def sit_down(self) -> None:
        """What is stored is looked for here from now on."""
        self._monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(self._data))

    def __call__(self, *arguments: object) -> Done:
        """Run a command here."""
        self.sit_down()
        return run(*arguments)


@pytest.fixture
def ann(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Machine:
    use = Machine(tmp_path / "Ann", monkeypatch)
    use.sit_down()
    judge(well_heard(alias="Dana"), "Ann", rollout=4, metrics=3, craft=3, whole="yes")
    return use


@pytest.fixture
def bob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Machine:
    use = Machine(tmp_path / "Bob", monkeypatch)
    use.sit_down()
    judge(well_heard(alias="dana "), "Bob", rollout=2, metrics=None, craft=3, whole="no")
    return use


def _hand_in(machine: Machine, folder: Path, name: str, *more: object) -> Done:
    return machine("panel", "submit", "last", "--panel", folder, "--as", name, *more)


def _merged(machine: Machine, folder: Path) -> dict[str, Any]:
    done = machine("panel", "merge", folder, "--format", "json")
    merged: dict[str, Any] = json.loads(done.out)
    return merged


def _item(merged: dict[str, Any], item_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        item for item in merged["candidates"][0]["items"] if item["id"] == item_id
    )
    return found


def _all_in_and_open(ann: Machine, bob: Machine, folder: Path) -> None:
    assert _hand_in(ann, folder, "Ann").code == 0
    assert _hand_in(bob, folder, "Bob").code == 0
    assert bob("panel", "open", folder).code == 0
    assert ann("panel", "open", folder).code == 0


# -- sealing --------------------------------------------------------------------------------------


def test_a_seal_tells_who_handed_in_and_nothing_of_what(ann: Machine, folder: Path) -> None:
    done = _hand_in(ann, folder, "ann")

    assert done.code == 0, done.err
    assert "Waiting for Bob." in done.err
    [seal] = (folder / "seals").iterdir()
    assert "on rollout" not in seal.read_text()
    assert '"rating"' not in seal.read_text()
    assert not (folder / "bundles").exists()


def test_the_same_ratings_have_another_seal_each_time(ann: Machine, folder: Path) -> None:
    _hand_in(ann, folder, "Ann")
    _hand_in(ann, folder, "Ann")

    sums = {json.loads(p.read_bytes())["bundle_sha256"] for p in (folder / "seals").iterdir()}
    assert len(sums) == 2


def test_nothing_is_opened_before_everybody_has_handed_in(ann: Machine, folder: Path) -> None:
    _hand_in(ann, folder, "Ann")

    done = ann("panel", "open", folder)

    assert done.code == 1
    assert "waiting for Bob" in done.err
    assert not (folder / "bundles").exists()


def test_ratings_are_open_once_everybody_is_in(ann: Machine, bob: Machine, folder: Path) -> None:
    _hand_in(ann, folder, "Ann")
    _hand_in(bob, folder, "Bob")

    half = _merged(bob, folder)
    whole = _merged(ann, folder)

    assert [each["state"] for each in half["candidates"][0]["raters"]] == ["sealed", "open"]
    assert [each["state"] for each in whole["candidates"][0]["raters"]] == ["open", "open"]


def test_a_rater_who_never_comes_need_not_be_waited_for(ann: Machine, folder: Path) -> None:
    _hand_in(ann, folder, "Ann")

    done = ann("panel", "merge", folder, "--without", "Bob")

    assert done.code == 0
    assert "has not handed in" in done.out
    assert "4 of 4" in done.out


def test_whoever_hands_in_after_others_were_open_is_told_so(
    ann: Machine, bob: Machine, folder: Path
) -> None:
    _hand_in(ann, folder, "Ann")
    ann("panel", "open", folder, "--without", "Bob")

    done = _hand_in(bob, folder, "Bob")
    merged = _merged(bob, folder)

    assert "The ratings of Ann were open already" in done.err
    assert merged["candidates"][0]["raters"][1]["seen"] == ["Ann"]


# -- what is handed in ----------------------------------------------------------------------------


def test_a_bundle_holds_no_transcript_and_nothing_a_machine_found(
    ann: Machine, bob: Machine, folder: Path
) -> None:
    _all_in_and_open(ann, bob, folder)

    data = b"".join(path.read_bytes() for path in (folder / "bundles").iterdir())

    assert b"on rollout" in data
    assert b"way back to the old oven" not in data
    assert b"evidenced" not in data


def test_unjudged_questions_are_named_and_can_be_left_on_purpose(
    ann: Machine, folder: Path
) -> None:
    session = badly_heard("20260305-090000-dddd", alias="Eve")
    judge(session, "Ann", metrics=3)

    refused = _hand_in(ann, folder, "Ann")
    done = _hand_in(ann, folder, "Ann", "--incomplete")

    assert "1 question that was asked is not judged: Team." in refused.message
    assert done.code == 0
    merged = ann("panel", "merge", folder, "--without", "Bob", "--format", "json")
    assert json.loads(merged.out)["candidates"][0]["raters"][0]["incomplete"]


def test_what_someone_else_judged_in_the_same_session_stays_out(ann: Machine, folder: Path) -> None:
    judge(SessionStore().find(FIRST), "Bob", rollout=1, metrics=1)

    _hand_in(ann, folder, "Ann")
    _hand_in(ann, folder, "Bob")
    merged = _merged(ann, folder)

    cells = _item(merged, "rollout")["cells"]
    assert [(cell["rater"], cell["opinion"]["rating"]) for cell in cells] == [
        ("Ann", 4),
        ("Bob", 1),
    ]


def test_a_rater_who_judged_under_another_name_says_so(ann: Machine, folder: Path) -> None:
    refused = _hand_in(ann, folder, "Bob")
    done = _hand_in(ann, folder, "Bob", "--judged-as", "Ann")

    assert "Ann" in refused.message
    assert done.code == 0


def test_notes_go_along_only_when_wanted(ann: Machine, bob: Machine, folder: Path) -> None:
    for machine, name, more in ((ann, "Ann", ()), (bob, "Bob", ("--notes",))):
        machine.sit_down()
        with Review(SessionStore().find(FIRST), by=name) as review:
            review.note("Seemed tired", 3.0)
        _hand_in(machine, folder, name, *more)
    bob("panel", "open", folder)
    merged = _merged(ann, folder)

    raters = merged["candidates"][0]["raters"]
    assert [each["notes"] for each in raters] == [[], [[3.0, "Seemed tired"]]]


def test_handing_in_is_journalled_and_remembered(ann: Machine, folder: Path) -> None:
    _hand_in(ann, folder, "Ann")

    session = SessionStore().find(FIRST)
    last = session.review_path.read_bytes().splitlines()[-1]
    [seal] = (folder / "seals").iterdir()
    event = json.loads(last)["event"]
    assert (event["type"], event["by"]) == ("review_submitted", "Ann")
    assert event["sha256"] == json.loads(seal.read_bytes())["bundle_sha256"]
    assert [(each.path, each.kind) for each in known_exports(session.path)] == [
        (str(seal), "panel seal")
    ]


def test_a_session_of_another_role_is_refused(ann: Machine, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "cooks"
    ann("panel", "new", "Cooks", other, "--role", "cook", "--raters", "Ann,Bob")

    assert "role 'cook'" in _hand_in(ann, other, "Ann").message


# -- merging --------------------------------------------------------------------------------------


def test_what_there_is_to_talk_about_is_told_in_the_order_of_the_plan(
    ann: Machine, bob: Machine, folder: Path
) -> None:
    _all_in_and_open(ann, bob, folder)
    merged = _merged(ann, folder)
    text = ann("panel", "merge", folder).out

    assert [(item["id"], item["talk"]) for item in merged["candidates"][0]["items"]] == [
        ("rollout", ["far_apart"]),
        ("metrics", ["cannot_tell"]),
        ("team", []),
        ("craft", []),
        ("", ["opposite"]),
    ]
    assert "! Talk about this: New oven, Figures, Recommendation" in text
    assert "average" not in text


def test_a_later_change_counts_and_what_was_first_stays(
    ann: Machine, bob: Machine, folder: Path
) -> None:
    _all_in_and_open(ann, bob, folder)
    ann.sit_down()
    judge(SessionStore().find(FIRST), "Ann", rollout=3)
    _hand_in(ann, folder, "Ann")
    cell = _item(_merged(ann, folder), "rollout")["cells"][0]

    assert (cell["opinion"]["rating"], cell["first"]["rating"]) == (3, 4)
    assert cell["changed"]
    assert (
        "Handed in first: 4 of 4 (Ann on rollout); changed later"
        in ann("panel", "merge", folder, "--format", "md").out
    )


def test_what_was_taken_back_counts_no_more_and_is_told(
    ann: Machine, bob: Machine, folder: Path
) -> None:
    _hand_in(ann, folder, "Ann")
    _hand_in(bob, folder, "Bob")

    assert ann("panel", "withdraw", "DANA", "--panel", folder, "--as", "Ann").code == 0
    assert "waiting for Ann" in bob("panel", "open", folder).err
    assert "Ann: taken back" in bob("panel", "status", folder).out
    again = ann("panel", "withdraw", "Dana", "--panel", folder, "--as", "Ann")
    assert "has handed nothing in" in again.message


def test_only_ones_own_can_be_taken_back(ann: Machine, bob: Machine, folder: Path) -> None:
    _hand_in(ann, folder, "Ann")

    done = bob("panel", "withdraw", "Dana", "--panel", folder, "--as", "Ann")

    assert "another machine" in done.message


@pytest.mark.parametrize("form", ["text", "md", "html"])
def test_it_speaks_french_in_every_form_for_people(
    ann: Machine, bob: Machine, folder: Path, form: str
) -> None:
    _all_in_and_open(ann, bob, folder)

    done = ann("panel", "merge", folder, "--lang", "fr", "--format", form)

    assert "discuter" in done.out.casefold()
    assert "Talk" not in done.out


# -- files of others ------------------------------------------------------------------------------


def _bundle(folder: Path, name: str) -> Path:
    return next(path for path in (folder / "bundles").iterdir() if path.name.startswith(name))


def test_ratings_changed_after_handing_in_are_refused_by_name_and_mended_by_their_rater(
    ann: Machine, bob: Machine, folder: Path
) -> None:
    _all_in_and_open(ann, bob, folder)
    bundle = _bundle(folder, "bob")
    bundle.write_bytes(bundle.read_bytes().replace(b'"rating": 2', b'"rating": 4'))

    found = ann("panel", "merge", folder)
    mended = bob("panel", "merge", folder)

    assert found.code == 1
    assert f"{bundle}: this is not what was handed in" in found.err
    assert "this is not what was handed in" in found.out
    assert "2 of 4" not in found.out
    assert "2 of 4" in mended.out
    assert ann("panel", "merge", folder).code == 0


def test_broken_foreign_and_doubled_files_are_named_and_the_rest_counts(
    ann: Machine, bob: Machine, folder: Path, tmp_path: Path
) -> None:
    _all_in_and_open(ann, bob, folder)
    seals = folder / "seals"
    seal = json.loads(next(seals.iterdir()).read_bytes())
    (seals / "broken.json").write_text("{")
    (seals / "foreign.json").write_text(json.dumps({**seal, "panel": "0" * 32}))
    (seals / "stranger.json").write_text(json.dumps({**seal, "rater": "Zed\x1b"}))
    (seals / "zz-twin.json").write_text(json.dumps({**seal, "made_at": "1999-01-01"}))
    (seals / "zz-same.json").write_text(json.dumps(seal))
    (seals / ".hidden").write_text("x")
    (folder / "bundles" / "stray.json").write_bytes(
        _bundle(folder, "ann").read_bytes().replace(b'"number": 1', b'"number": 7')
    )
    (folder / "bundles" / "link.json").symlink_to("/etc/hostname")

    done = ann("panel", "merge", folder)

    assert done.code == 1
    for name in ("broken", "foreign", "stranger", "zz-twin", "stray", "link"):
        assert f"{name}.json" in done.err
    assert "zz-same" not in done.err
    assert "\x1b" not in done.err + done.out
    assert "4 of 4" in done.out
    assert "2 of 4" in done.out


def test_a_folder_that_holds_no_panel_is_named(tmp_path: Path) -> None:
    done = run("panel", "status", tmp_path)

    assert done.code == 3
    assert f"{tmp_path / 'panel.json'}: there is no such file." in done.err


@pytest.mark.parametrize("raters", ["Ann", "Ann,ann", "Ann,\uff21nn"])
def test_a_panel_needs_two_different_raters(tmp_path: Path, raters: str) -> None:
    done = run("panel", "new", "P", tmp_path / "p", "--role", "baker", "--raters", raters)

    assert "two raters or more" in done.message
    assert not (tmp_path / "p").exists()


def test_a_panel_is_begun_once(folder: Path) -> None:
    done = run("panel", "new", "P", folder, "--role", "baker", "--raters", "A,B")

    assert "holds a panel already" in done.message


def test_a_candidate_without_a_name_is_asked_for_one(ann: Machine, folder: Path) -> None:
    named(SessionStore().find(FIRST), None)

    assert "--candidate NAME" in _hand_in(ann, folder, "Ann").message
    assert _hand_in(ann, folder, "Ann", "--candidate", "../../x\x1b").code == 0
    assert [path.parent.name for path in folder.rglob("ann*")] == ["seals"]


def test_files_can_be_read_by_those_who_can_read_the_panels_folder(
    ann: Machine, folder: Path
) -> None:
    folder.chmod(0o750)
    _hand_in(ann, folder, "Ann")

    [seal] = (folder / "seals").iterdir()
    assert stat.S_IMODE(seal.stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "seals").stat().st_mode) == 0o750
    kept = SessionStore().find(FIRST).path / "panel"
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept.iterdir()} == {0o600}


def test_an_encrypted_session_is_handed_in_and_opened_with_its_key(
    ann: Machine, folder: Path, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    assert ann("sessions", "key", "new", key).code == 0
    assert ann("sessions", "encrypt", FIRST, "--key-file", key).code == 0

    left_out = ann("compare", "baker")
    compared = ann("compare", "baker", "--session", FIRST, "--key-file", key, "--as", "Ann")
    assert _hand_in(ann, folder, "Ann", "--key-file", key).code == 0
    merged = ann("panel", "merge", folder, "--without", "Bob", "--key-file", key)

    assert "--session" in left_out.message
    assert "Ann: 4 of 4" in compared.out
    assert "4 of 4" in merged.out
    assert not (SessionStore().find(FIRST).path / "panel").exists()

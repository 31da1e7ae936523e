"""``knowledge enrich``: what it lists, asks, writes and refuses."""

import io
import json
from pathlib import Path

import pytest

from copilot.errors import ExitCode
from copilot.events import Actor, FindingState
from copilot.guides.editing.edits import Action, Edit, Proposal
from copilot.guides.enriching.pending import keep_pending, load_pending
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from copilot.paths import config_folder, data_folder
from copilot.settings import change_settings
from tests.builders import write_guide
from tests.cli.command import names, run
from tests.guides.enriching.bare import ROLE, YAML, write_bare
from tests.llm.scripted_server import Says, ScriptedServer, playing
from tests.review.stored import keep
from tests.story import Story

_FIRST = "We put a scale by the bin for two whole weeks."
_SECOND = "I counted what came back from the shops each evening."
_THIRD = "Sophie weighed it with me, every single tray."


class _Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def guide() -> Path:
    return write_bare()


@pytest.fixture
def sheet(guide: Path, tmp_path: Path) -> Path:
    """A worksheet with three sentences for the heaviest point."""
    path = tmp_path / "sheet.md"
    assert run("knowledge", "enrich", ROLE, "--worksheet", path).code == 0
    text = path.read_text("utf-8")
    for said in (_FIRST, _SECOND, _THIRD):
        text = text.replace("- \n", f"- {said}\n", 1)
    path.write_text(text, "utf-8")
    return path


def _says() -> tuple[str, ...]:
    return load_guide(ROLE).questions[0].points[1].says


def test_without_a_model_it_says_what_is_missing_and_how_to_go_on(guide: Path) -> None:
    done = run("knowledge", "enrich", ROLE)

    assert done.code == 0
    first, second, *_rest = done.out.splitlines()
    assert first == "head-baker.yaml: 54 texts are missing, most needed first:"
    assert second == "  Waste: Waste weighed: 10 says, 2 denials, 2 near misses, 1 probe"
    assert "--worksheet head-baker.md" in done.err
    assert guide.read_text("utf-8") == YAML


def test_a_worksheet_is_never_written_over(sheet: Path) -> None:
    before = sheet.read_bytes()
    done = run("knowledge", "enrich", ROLE, "--worksheet", sheet)

    assert done.code == ExitCode.USAGE
    assert "may be filled in" in done.message
    assert sheet.read_bytes() == before


def test_the_most_needed_items_alone_make_a_short_worksheet(guide: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.md"
    done = run("knowledge", "enrich", ROLE, "--worksheet", path, "--top", 1)

    assert "15 texts on 1 item" in done.err
    assert path.read_text("utf-8").count("\n## ") == 1


def test_a_dry_run_lists_and_keeps_nothing(sheet: Path, guide: Path) -> None:
    done = run("knowledge", "enrich", ROLE, "--from", sheet, "--dry-run")

    assert done.code == 0
    assert f"  + {_FIRST}\n" in done.out
    assert "  ? it seems to name somebody or something: Sophie\n" in done.out
    assert not data_folder().exists()
    assert guide.read_text("utf-8") == YAML


def test_yes_takes_over_what_nothing_speaks_against(sheet: Path) -> None:
    done = run("knowledge", "enrich", ROLE, "--from", sheet, "--yes")

    assert done.code == 0
    assert _says() == (_FIRST, _SECOND)
    assert origin_of(_says()[0]).startswith("worksheet:20")
    assert done.out.startswith("2 texts taken over into ")
    [waiting] = load_pending(ROLE)
    assert waiting.edit.value == _THIRD


def test_what_is_typed_decides_and_each_answer_is_saved_at_once(sheet: Path) -> None:
    done = run("knowledge", "enrich", ROLE, "--from", sheet, stdin=_Typed("y\nwhat\nn\n"))

    assert done.code == 0
    assert "1 of 3" in done.err
    assert f"+           - {{text: {_FIRST}" in done.err or _FIRST in done.err
    assert "y, n, e, s or q" in done.err
    assert "1 taken over, 1 refused, 1 left, which wait." in done.err
    assert _says() == (_FIRST,)
    assert [each.edit.value for each in load_pending(ROLE)] == [_THIRD]
    again = run("knowledge", "enrich", ROLE, "--from", sheet)
    assert "2 in the guide already or refused before" in again.err


def test_editing_shows_it_anew_and_clears_the_doubt(sheet: Path) -> None:
    typed = _Typed("s\n")
    run("knowledge", "enrich", ROLE, "--from", sheet, stdin=typed)
    changed = "A colleague weighed it with me, every single tray."

    done = run("knowledge", "enrich", ROLE, "--waiting", stdin=_Typed(f"n\nn\ne\n{changed}\ny\n"))

    assert _says() == (changed,)
    assert done.err.count("? it seems to name") == 1
    assert load_pending(ROLE) == []


def test_skipping_leaves_the_rest_of_a_point_waiting(sheet: Path) -> None:
    text = sheet.read_text("utf-8")
    at = text.index("[questions.waste.points.shops]")
    other = "I drove round to each shop and asked what they send back."
    sheet.write_text(text[:at] + text[at:].replace("- \n", f"- {other}\n", 1), "utf-8")

    run("knowledge", "enrich", ROLE, "--from", sheet, stdin=_Typed("y\ns\ny\n"))

    assert _says() == (_FIRST,)
    assert load_guide(ROLE).questions[0].points[0].says == (other,)
    assert [each.edit.value for each in load_pending(ROLE)] == [_SECOND, _THIRD]


def test_machines_get_one_object(sheet: Path) -> None:
    [proposed] = run("knowledge", "enrich", ROLE, "--from", sheet, "--dry-run", "--json").lines
    [accepted] = run("knowledge", "enrich", ROLE, "--from", sheet, "--yes", "--json").lines

    assert (proposed["role"], proposed["language"]) == (ROLE, "en")
    assert [each["state"] for each in proposed["proposals"]] == ["proposed"] * 3
    assert [each["state"] for each in accepted["proposals"]] == ["accepted", "accepted", "waiting"]
    assert accepted["proposals"][0]["place"][-1] == "says"
    assert json.dumps(accepted)


@pytest.mark.parametrize(("arguments", "typed"), [(["--yes"], ""), ([], "y\ny\n")])
def test_of_two_texts_for_one_place_one_is_taken(
    guide: Path, arguments: list[str], typed: str
) -> None:
    place = ("red_flags", "no-figures", "why")
    edits = [Edit(Action.SET, place, text) for text in ("It cannot be told.", "Nobody knows.")]
    keep_pending(ROLE, [Proposal(edit, "model:toy", "") for edit in edits])

    run("knowledge", "enrich", ROLE, *arguments, stdin=_Typed(typed))

    assert load_guide(ROLE).red_flags[0].why == "It cannot be told."
    assert load_pending(ROLE) == []


def test_problems_of_a_worksheet_are_named_and_the_rest_is_taken(sheet: Path) -> None:
    with sheet.open("a", encoding="utf-8") as file:
        file.write("\nCall me about this.\n")
    done = run("knowledge", "enrich", ROLE, "--from", sheet)

    assert done.code == ExitCode.FAILED
    assert f"{sheet}:{len(sheet.read_text('utf-8').splitlines())}: 'Call me" in done.err
    assert len(load_pending(ROLE)) == 3


def test_a_french_worksheet_makes_the_overlay(guide: Path, tmp_path: Path) -> None:
    path = tmp_path / "fiche.md"
    run("knowledge", "enrich", ROLE, "--language", "fr", "--worksheet", path)
    text = path.read_text("utf-8")
    path.write_text(text.replace("- \n", "- Pertes pesées\n", 1), "utf-8")

    done = run("knowledge", "enrich", ROLE, "--from", path, "--yes")

    assert done.code == 0
    assert load_guide(ROLE, "fr").questions[0].points[1].label == "Pertes pesées"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such"], "no guide for the role"),
        ([ROLE, "--from-interviews", "--yes"], "one sentence at a time"),
        ([ROLE, "--dry-run", "--yes"], "--dry-run writes nothing"),
        ([ROLE, "--top", "0"], "at least 1"),
        ([ROLE, "--name", "Sophie"], "belong to --from-interviews"),
        ([ROLE, "--waiting", "--llm", "x"], "no language model is asked"),
        ([ROLE, "--llm", "nobody"], "no profile 'nobody'"),
        (["knowledge/operations-manager.yaml"], "by their role"),
    ],
)
def test_what_cannot_be_meant_is_told(guide: Path, arguments: list[str], said: str) -> None:
    done = run("knowledge", "enrich", *arguments)

    assert done.code == ExitCode.USAGE
    assert said in done.message
    assert guide.read_text("utf-8") == YAML


def test_a_file_that_is_no_worksheet_is_told(guide: Path, tmp_path: Path) -> None:
    path = tmp_path / "minutes.md"
    path.write_text("# Minutes\n- tea\n", "utf-8")
    done = run("knowledge", "enrich", ROLE, "--from", path)

    assert done.code == ExitCode.INPUT
    assert "no worksheet" in done.message


def test_a_disk_that_refuses_keeps_what_waits(sheet: Path, guide: Path) -> None:
    (guide.parent / f".{guide.name}.lock").mkdir()

    done = run("knowledge", "enrich", ROLE, "--from", sheet, "--yes")

    assert done.code == ExitCode.STORAGE
    assert len(load_pending(ROLE)) == 3
    assert guide.read_text("utf-8") == YAML


def _an_interview() -> str:
    write_guide(config_folder() / "knowledge")
    story = Story()
    story.ask("rollout", since_s=0)
    back = story.say("Thanks to Sophie Martin we kept the old oven for a month.", length_s=6)
    story.find("rollback", FindingState.EVIDENCED, said=back, by=Actor.HUMAN)
    story.end(at_s=100)
    return keep(story.events).id


def test_interviews_are_shown_before_and_after_and_wait_nowhere() -> None:
    _an_interview()

    done = run("knowledge", "enrich", "baker", "--from-interviews")

    assert done.code == 0
    assert "1 interview: 1 sentence that a human judged." in done.err
    assert "  said: Thanks to Sophie Martin we kept" in done.out
    assert "  + Thanks to [person-2] we kept" in done.out
    assert "they wait in no file: say it again in a terminal." in done.err
    assert load_pending("baker") == []
    assert not [name for name in names(data_folder()) if "proposals" in name]


def test_what_an_interview_lends_is_taken_over_by_hand_alone() -> None:
    session = _an_interview()
    clean = "We kept the old oven for a month."
    typed = _Typed(f"e\n{clean}\ny\n")

    done = run("knowledge", "enrich", "baker", "--from-interviews", session, stdin=typed)

    assert "also when the interview is deleted" in done.err
    points = {point.id: point for point in load_guide("baker").questions[0].points}
    assert points["rollback"].says[-1] == clean
    assert origin_of(points["rollback"].says[-1]) == "interview:2026-03"
    again = run("knowledge", "enrich", "baker", "--from-interviews", session)
    assert "0 sentences" in again.err


def test_an_interview_that_nobody_judged_says_how_to() -> None:
    write_guide(config_folder() / "knowledge")
    story = Story()
    story.end(at_s=10)
    session = keep(story.events).id

    done = run("knowledge", "enrich", "baker", "--from-interviews")

    assert done.err.startswith("1 interview: 0 sentences that a human judged.\n")
    assert f"interview-copilot review {session}" in done.err


def test_no_interview_is_no_error(guide: Path) -> None:
    done = run("knowledge", "enrich", ROLE, "--from-interviews")

    assert (done.code, done.err) == (0, "0 interviews: 0 sentences that a human judged.\n")


def _use(url: str) -> None:
    change_settings(llm="toy", llm_profiles={"toy": {"url": url, "model": "toy"}})


def _answer(*says: str) -> Says:
    lists = {"says": list(says), "denials": [], "near_misses": [], "probes": []}
    return Says(json.dumps(lists))


def test_what_a_model_proposes_waits_with_its_origin(guide: Path) -> None:
    with playing(ScriptedServer()) as server:
        server.plays(_answer(_FIRST, "You should weigh."))
        _use(server.url)
        done = run("knowledge", "enrich", ROLE, "--top", 1)

    assert done.code == 0
    assert "on this machine reads a part of head-baker" in done.err
    assert f"  + {_FIRST}\n" in done.out
    [proposal] = load_pending(ROLE)
    assert proposal.origin.startswith("model:toy")
    assert guide.read_text("utf-8") == YAML

    waiting = run("knowledge", "enrich", ROLE)  # the server is gone, and nobody asks it
    assert "1 proposal waiting." in waiting.err


def test_a_dry_run_with_a_model_keeps_nothing(guide: Path) -> None:
    with playing(ScriptedServer()) as server:
        server.plays(_answer(_FIRST))
        _use(server.url)
        done = run("knowledge", "enrich", ROLE, "--top", 1, "--dry-run", "--json")

    assert [each["state"] for each in done.lines[0]["proposals"]] == ["proposed"]
    assert load_pending(ROLE) == []


def test_no_text_goes_to_another_machine_before_somebody_says_so(guide: Path) -> None:
    _use("https://llm.example.org/v1")

    nobody = run("knowledge", "enrich", ROLE)
    no = run("knowledge", "enrich", ROLE, stdin=_Typed("n\n"))

    assert nobody.code == ExitCode.USAGE
    assert "text → llm.example.org: the texts of 5 items of head-baker, to toy." in nobody.err
    assert "--send-to llm.example.org" in nobody.err
    assert no.code == ExitCode.USAGE
    assert "nothing was sent" in no.err
    assert load_pending(ROLE) == []


def test_an_endpoint_that_is_not_there_is_told(guide: Path) -> None:
    _use("http://127.0.0.1:9/v1")
    done = run("knowledge", "enrich", ROLE)

    assert done.code == ExitCode.MODEL
    assert load_pending(ROLE) == []

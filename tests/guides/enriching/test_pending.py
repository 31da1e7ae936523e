"""Proposals wait, are written into the user's own file, or never come again."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from copilot.errors import GuideError, UsageError
from copilot.guides.editing.edits import Action, Edit, Place, Proposal
from copilot.guides.enriching.pending import (
    accept,
    accept_all,
    keep_pending,
    load_pending,
    pending_roles,
    refuse,
)
from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.waiting_file import waiting_path
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from copilot.paths import config_folder, shipped_knowledge
from tests.guides.enriching.bare import ROLE, SAYS, WEIGHED, YAML, write_bare

_ORIGIN = "worksheet:2026-11-23"


@pytest.fixture
def guide() -> Path:
    return write_bare()


def _says(text: str, place: Place = SAYS) -> Proposal:
    return Proposal(Edit(Action.ADD, place, text), _ORIGIN, "why")


_SCALE = _says("We put a scale by the bin.")
_TRAYS = _says("I counted every tray, with a clicker: twice a day.")


def test_what_is_kept_waits_for_its_owner_alone_and_doubles_wait_once(guide: Path) -> None:
    new = keep_pending(ROLE, [_SCALE, _TRAYS, _says("we put a scale by the bin!")])

    assert new == [_SCALE, _TRAYS]
    assert load_pending(ROLE) == [_SCALE, _TRAYS]
    assert keep_pending(ROLE, [_SCALE]) == []
    assert pending_roles() == [(ROLE, None)]
    assert waiting_path(ROLE, None).stat().st_mode & 0o777 == 0o600
    assert waiting_path(ROLE, None).parent.stat().st_mode & 0o777 == 0o700


def test_what_is_accepted_stands_in_the_guide_with_its_origin_and_waits_no_longer(
    guide: Path,
) -> None:
    keep_pending(ROLE, [_SCALE, _TRAYS])

    assert accept(ROLE, _TRAYS) == guide

    [said] = load_guide(ROLE).questions[0].points[1].says
    assert (said, origin_of(said)) == (_TRAYS.edit.value, _ORIGIN)
    assert load_pending(ROLE) == [_SCALE]
    text = guide.read_text("utf-8")
    assert [line for line in YAML.splitlines() if line not in text.splitlines()] == []


def test_what_stands_in_the_guide_after_a_kill_waits_no_longer(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])
    kept = waiting_path(ROLE, None).read_bytes()
    accept(ROLE, _SCALE)
    waiting_path(ROLE, None).write_bytes(kept)  # as if killed between the two writes

    assert load_pending(ROLE) == []
    accept(ROLE, _SCALE)
    assert len(load_guide(ROLE).questions[0].points[1].says) == 1


def test_what_was_refused_never_comes_again_and_leaves_no_text_behind(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])
    refuse(ROLE, _SCALE)

    assert load_pending(ROLE) == []
    assert keep_pending(ROLE, [_says("We put a scale, by the bin")]) == []
    kept = (guide.parent / ".refused" / f"{ROLE}.json").read_text("utf-8")
    assert "scale" not in kept
    assert not waiting_path(ROLE, None).exists()


def test_an_edited_text_is_written_and_what_was_proposed_is_settled(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])
    accept(ROLE, _SCALE, edited="We put a scale beside each bin.")

    assert load_guide(ROLE).questions[0].points[1].says == ("We put a scale beside each bin.",)
    assert keep_pending(ROLE, [_SCALE]) == []


def test_values_of_every_form_are_written(guide: Path) -> None:
    anchors = {1: "Bakes.", 2: "Has a plan.", 3: "Changes it.", 4: "Shows what it saved."}
    why = Proposal(
        Edit(Action.SET, ("red_flags", "no-figures", "why"), "Nobody can tell."), _ORIGIN, ""
    )
    four = Proposal(Edit(Action.SET, ("competencies", "planning", "anchors"), anchors), _ORIGIN, "")
    keep_pending(ROLE, [why, four])
    assert why in load_pending(ROLE)
    assert four in load_pending(ROLE)
    accept_all(ROLE, load_pending(ROLE))

    written = load_guide(ROLE)
    assert written.red_flags[0].why == "Nobody can tell."
    found = written.competencies[0].anchors
    assert found is not None
    assert found.in_order() == tuple(anchors.values())
    assert {origin_of(text) for text in found.in_order()} == {_ORIGIN}
    assert load_pending(ROLE) == []


def test_an_overlay_is_begun_for_texts_in_another_language(guide: Path) -> None:
    label = Proposal(Edit(Action.SET, (*WEIGHED, "label"), "Pertes pesées"), _ORIGIN, "")
    said = _says("On a mis une balance à côté de la poubelle.")
    keep_pending(ROLE, [label, said], "fr")

    assert load_pending(ROLE) == []
    path = accept_all(ROLE, load_pending(ROLE, "fr"), "fr")

    assert path.name == f"{ROLE}.fr.yaml"
    point = load_guide(ROLE, "fr").questions[0].points[1]
    assert (point.label, point.says) == ("Pertes pesées", (said.edit.value,))
    assert load_guide(ROLE).questions[0].points[1].says == ()


def test_two_that_begin_a_copy_of_a_shipped_guide_at_once_lose_nothing() -> None:
    role = "nurse-manager"
    question = load_guide(role).questions[0]
    place = ("questions", question.id, "points", question.points[0].id, "says")
    texts = [f"I walked round the ward at {hour} every night." for hour in range(4)]

    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(lambda text: accept(role, _says(text, place)), texts))

    assert set(texts) <= set(load_guide(role).questions[0].points[0].says)


def test_a_shipped_guide_is_copied_with_its_overlay_before_it_changes() -> None:
    role = "operations-manager"
    place = ("competencies", "process-orientation", "says")
    shipped = (shipped_knowledge() / f"{role}.yaml").read_text("utf-8")
    Waiting(role).preview(_says("We walked the whole way of an order.", place))
    assert not (config_folder() / "knowledge").exists()

    path = accept(role, _says("We walked the whole way of an order.", place))

    assert path.parent == config_folder() / "knowledge"
    assert (path.parent / f"{role}.fr.yaml").exists()
    assert (shipped_knowledge() / f"{role}.yaml").read_text("utf-8") == shipped
    added = [line for line in path.read_text("utf-8").splitlines() if line not in shipped]
    assert (
        added
        == ["      - {text: We walked the whole way of an order., origin: worksheet:2026-11-23}"]
        or len(added) == 2
    )


def test_what_would_break_the_guide_is_refused_and_goes_on_waiting(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])

    with pytest.raises(GuideError, match="600"):
        accept(ROLE, _SCALE, edited="too long " * 100)

    assert guide.read_text("utf-8") == YAML
    assert load_pending(ROLE) == [_SCALE]


def test_what_has_no_place_any_more_is_left_out_or_told(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])
    write_bare(YAML.replace("id: weighed", "id: weighed-first"))

    assert load_pending(ROLE) == []
    with pytest.raises(GuideError, match="weighed"):
        accept(ROLE, _SCALE)
    with pytest.raises(GuideError, match="weighed"):
        accept(ROLE, _SCALE, "fr")


def test_what_has_no_place_today_waits_until_it_has_one_again(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])
    write_bare(YAML.replace("id: weighed", "id: weighed-first"))
    keep_pending(
        ROLE, [_says("I asked each shop.", ("questions", "waste", "points", "shops", "says"))]
    )
    assert len(load_pending(ROLE)) == 1
    write_bare()

    assert len(load_pending(ROLE)) == 2
    assert load_pending(ROLE)[0] == _SCALE


def test_a_file_changed_meanwhile_keeps_both_changes(guide: Path) -> None:
    waiting = Waiting(ROLE)
    waiting.accept([(_SCALE, None)])
    guide.write_text(guide.read_text("utf-8").replace("four shops", "five shops"), "utf-8")
    waiting.accept([(_TRAYS, None)])

    written = load_guide(ROLE)
    assert "five shops" in written.summary
    assert len(written.questions[0].points[1].says) == 2


def test_a_preview_shows_the_lines_and_writes_nothing(guide: Path) -> None:
    preview = Waiting(ROLE).preview(_SCALE)

    assert preview.gone == ()
    assert preview.come[0].strip() == "says:"
    assert _SCALE.edit.value in preview.come[1]
    assert guide.read_text("utf-8") == YAML
    assert preview.before.strip() == "origin: advert.txt:13"
    french = Waiting(ROLE, "fr").preview(_SCALE)
    assert french.path.name == f"{ROLE}.fr.yaml"
    assert not french.path.exists()


def test_a_broken_file_of_proposals_is_named(guide: Path) -> None:
    keep_pending(ROLE, [_SCALE])
    waiting_path(ROLE, None).write_text("{", "utf-8")

    with pytest.raises(GuideError, match=r"head-baker\.json"):
        load_pending(ROLE)


def test_a_path_is_no_role(guide: Path) -> None:
    with pytest.raises(UsageError, match="by their role"):
        load_pending(str(guide))

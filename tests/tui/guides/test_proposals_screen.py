"""Proposals are walked one by one: taken, changed and taken, refused, skipped."""

import pytest

from copilot.guides.editing.edits import Action, Edit, Proposal
from copilot.guides.enriching.pending import keep_pending, load_pending
from copilot.knowledge.loading import read_guide
from copilot.knowledge.sentence import origin_of
from copilot.tui.guides.proposals_screen import ProposalsScreen
from tests.tui.guides.kitchen import SIZES, editing, go, own_guide, write
from tests.tui.recorded import toasts, until_it_holds, until_shown, words

PLACE = ("questions", "waste", "points", "trays", "says")


def proposed() -> None:
    texts = ["We had scales at the hatch.", "The bins were weighed.", "Somebody weighed it."]
    keep_pending(
        "cook",
        [
            Proposal(Edit(Action.ADD, PLACE, text), "model:small", "2 says of 10", doubt)
            for text, doubt in zip(texts, ["", "", "credits others"], strict=True)
        ],
    )


@pytest.mark.parametrize("size", SIZES)
async def test_each_shows_place_why_and_doubt_and_is_decided(size: tuple[int, int]) -> None:
    path = own_guide()
    proposed()
    async with editing(size=size) as (_screen, pilot):
        await pilot.press("p")
        await until_it_holds(pilot, lambda: isinstance(pilot.app.screen, ProposalsScreen))
        await until_shown(pilot, "1 of 3")
        text = words(pilot.app)
        assert "Questions · Waste · Points · Weighed the trays · Says" in text
        assert "+ We had scales at the hatch." in text
        assert "Why: 2 says of 10" in text
        assert "From: model:small" in text
        assert "We weighed every tray." in text

        await pilot.press("y")
        await until_shown(pilot, "1 of 2")
        assert read_guide(path).questions[0].points[0].says[-1] == "We had scales at the hatch."
        await pilot.press("s")
        await until_shown(pilot, "Against it: credits others")
        await pilot.press("n")
        await until_shown(pilot, "1 of 1")
        await pilot.press("e")
        await write(pilot, "The bins were weighed nightly.", instead=True)
        await until_shown(pilot, "2 taken, 1 refused")
        await pilot.press("escape")
        await until_shown(pilot, "Head cook English")
        assert "not saved" not in words(pilot.app)

    says = read_guide(path).questions[0].points[0].says
    assert says[-2:] == ("We had scales at the hatch.", "The bins were weighed nightly.")
    assert origin_of(says[-1]) == "model:small"
    assert load_pending("cook") == []


async def test_what_is_taken_was_not_written_by_somebody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("copilot.tui.guides.guide_screen._LOOK_EVERY_S", 0.02)
    own_guide()
    proposed()
    async with editing() as (_screen, pilot):
        await pilot.press("p")
        await until_shown(pilot, "1 of 3")
        await pilot.press("y")
        await until_shown(pilot, "1 taken")
        await pilot.pause(0.2)  # several looks at the file
        await pilot.press("escape")
        await until_shown(pilot, "Head cook English")
        await pilot.pause(0.2)
        assert "somebody else" not in toasts(pilot.app)


async def test_where_nothing_is_proposed_it_says_how_proposals_are_made() -> None:
    own_guide()
    async with editing() as (_screen, pilot):
        await pilot.press("p")
        await until_shown(pilot, "interview-copilot knowledge enrich cook")


async def test_unsaved_changes_come_first() -> None:
    own_guide()
    proposed()
    async with editing() as (screen, pilot):
        await go(screen, pilot, "title")
        await pilot.press("enter")
        await write(pilot, "Other", instead=True)
        await pilot.press("p")
        assert "Save your changes first" in toasts(pilot.app)

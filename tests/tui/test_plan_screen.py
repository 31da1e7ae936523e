"""The plan is edited in its place, and always says what it comes to."""

import pytest

from copilot.knowledge.loading import load_guide
from copilot.knowledge.plan import own_plan_path, plan_names
from copilot.tui.plan.screen import PlanScreen
from copilot.tui.rows.rows import Rows
from copilot.tui.start.choices import PlanChoice, Step, fitted, planned_by_guide
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import shown, until_shown, words
from tests.tui.starting import ROLE, SIZES

GUIDE = load_guide(ROLE)


def _screen(length_min: int = 60) -> PlanScreen:
    return PlanScreen(GUIDE, planned_by_guide(GUIDE, length_min))


def _ids(screen: PlanScreen) -> list[str]:
    return [step.id for step in screen.plan.taken]


def test_the_guides_own_plan_takes_what_fits_and_never_nothing():
    plan = planned_by_guide(GUIDE, 20)
    assert 0 < plan.total_min <= 20
    assert [step.id for step in plan.taken] == [q.id for q in GUIDE.questions][: len(plan.taken)]
    assert len(plan.steps) == len(GUIDE.questions)
    assert len(planned_by_guide(GUIDE, 1).taken) == 1


def test_a_plan_of_questions_that_are_all_gone_is_the_guides_own():
    assert fitted(PlanChoice((Step("gone", 5),)), GUIDE) == planned_by_guide(GUIDE)


@pytest.mark.parametrize("size", SIZES)
async def test_order_minutes_and_the_sum_are_shown_at_every_size(size):
    app = OneScreen(_screen())
    async with app.run_test(size=size) as pilot:
        await until_shown(pilot, "Done")
        text = words(app)
        assert "1. Key responsibilities 5 min" in text
        assert "11 questions · 60 min · 0 of 60 min left" in text
        assert "Done" in shown(app).splitlines()[-1]
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_a_question_moves_and_the_highlight_goes_with_it():
    screen = _screen()
    first, second, third = _ids(screen)[:3]
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("J", "J")
        assert _ids(screen)[:3] == [second, third, first]
        current = screen.query_one(Rows).current
        assert current is not None
        assert current.id == first
        await pilot.press("K")
        assert _ids(screen)[:3] == [second, first, third]


async def test_neither_end_is_left_by_moving():
    screen = _screen()
    before = screen.plan
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("K", "shift+up")
        assert screen.plan == before
        await pilot.press("end", "J")
        assert screen.plan == before


async def test_questions_are_left_out_and_taken_in():
    screen = _screen()
    first = _ids(screen)[0]
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        assert first not in _ids(screen)
        assert "10 questions · 55 min · 5 of 60 min left" in words(app)
        assert "· Key responsibilities left out" in words(app)
        await pilot.press("enter")
        assert _ids(screen)[0] == first


async def test_the_last_question_stays():
    screen = PlanScreen(GUIDE, fitted(PlanChoice((Step("metrics", 5),)), GUIDE))
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await pilot.pause()
        assert _ids(screen) == ["metrics"]
        assert "one question at least" in words(app)


async def test_minutes_go_up_and_down_and_never_to_nothing():
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "plus")
        assert screen.plan.steps[0].minutes == 7
        assert "▲ 2 min more than 60" in words(app)
        await pilot.press(*["minus"] * 20)
        assert screen.plan.steps[0].minutes == 1


async def test_length_and_follow_ups():
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t", "f")
        assert (screen.plan.length_min, screen.plan.probes) == (65, 3)
        assert "5 of 65 min left · 3 follow-ups a question" in words(app)
        await pilot.press("T", "T", *"FFFFF")
        assert (screen.plan.length_min, screen.plan.probes) == (55, 0)


async def test_back_to_the_guides_own():
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("J", "space", "right", "u")
        assert screen.plan == planned_by_guide(GUIDE)


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_however_it_is_left_the_plan_is_used(key):
    app = OneScreen(_screen())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", key)
        [plan] = app.answers
        assert len(plan.taken) == 10


async def test_a_plan_is_kept_under_a_name_and_taken_again():
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "right", "w")
        await pilot.pause()
        await pilot.press(
            *("space" if letter == " " else letter for letter in "First Talk"), "enter"
        )
        await pilot.pause()
        kept = screen.plan
        await pilot.press("u", "p")
        await pilot.pause()

        assert plan_names(GUIDE.id) == ["first-talk"]
        assert screen.plan.taken == kept.taken
        assert "first-talk, plan 1 of 1" in words(app)


async def test_another_plan_is_replaced_only_when_asked_twice():
    path = own_plan_path("talk", GUIDE.id)
    path.parent.mkdir(parents=True)
    path.write_text("questions: [one]\n", encoding="utf-8")
    (path.parent / "No Name.yaml").write_text("questions: [one]\n", encoding="utf-8")
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(60, 40)) as pilot:
        await pilot.press("w", "é", "enter")
        await pilot.pause()
        assert "no name for a plan" in words(app)
        await pilot.press("backspace", *"talk", "enter")
        await pilot.pause()
        assert "Enter once more replaces it" in words(app)
        assert path.read_text(encoding="utf-8") == "questions: [one]\n"
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen
        assert path.read_text(encoding="utf-8") != "questions: [one]\n"
    assert plan_names(GUIDE.id) == ["talk"]


async def test_without_a_kept_plan_the_key_says_so():
    screen = _screen()
    app = OneScreen(screen)
    async with app.run_test(size=(80, 24)) as pilot:
        before = screen.plan
        await pilot.press("p")
        await pilot.pause()

        assert screen.plan == before
        assert "No plan was kept under a name yet" in words(app)


async def test_a_kept_plan_that_was_broken_since_changes_nothing():
    screen = _screen()
    app = OneScreen(screen)
    path = own_plan_path("broken", GUIDE.id)
    path.parent.mkdir(parents=True)
    path.write_text("questions: [bread]\n", encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        before = screen.plan
        await pilot.press("p")
        await pilot.pause()

        assert screen.plan == before
        assert "broken:" in words(app)

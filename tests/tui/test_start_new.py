"""Preparing an interview: every choice is on one page, and what was chosen is there the next time."""

import json

import pytest

from copilot.engine.devices import Devices
from copilot.events import ConsentDecision
from copilot.paths import config_folder
from copilot.tui import flow as flow_module
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.rows.dialogs import PickDialog
from copilot.tui.start.choices import Choices, PlanChoice, Step
from copilot.tui.start.last_time import keep_last_time, load_last_time
from copilot.tui.start.new import NewScreen
from tests.bare_guides import thin_data
from tests.builders import write_yaml
from tests.tui.recorded import shown, until_it_holds, until_shown, words
from tests.tui.starting import FIRST, ROLE, SIZES, Links, Starting, own_guide, to_row, until_read


@pytest.fixture(autouse=True)
def links(monkeypatch: pytest.MonkeyPatch) -> Links:
    """Sessions told instead of heard."""
    made = Links()
    monkeypatch.setattr(flow_module, "Link", made)
    return made


async def _prepare(pilot, app: Starting) -> NewScreen:
    await until_read(pilot, app)
    await pilot.press("n")
    await until_it_holds(pilot, lambda: isinstance(app.screen, NewScreen))
    await pilot.pause()
    assert isinstance(app.screen, NewScreen)
    return app.screen


def _set_up(**settings: object) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "settings.json").write_text(json.dumps(settings))


@pytest.mark.parametrize("size", SIZES)
async def test_every_choice_is_on_one_page_at_every_size(size):
    app = Starting()
    async with app.run_test(size=size) as pilot:
        await _prepare(pilot, app)
        text = words(app)
        for label in ("Role", "Language", "Plan", "Sound", "Keep the sound", "Begin"):
            assert label in text
        assert "10 questions, 59 of 60 min" in text
        assert "Begin" in shown(app).splitlines()[-1]
        assert max(map(len, shown(app).splitlines())) <= size[0]


async def test_what_was_chosen_is_there_the_next_time():
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _prepare(pilot, app)
        assert app.at == "role"  # a newcomer begins at the top
        await to_row(pilot, app, "language")
        await pilot.press("right")
        await to_row(pilot, app, "keep_audio")
        await pilot.press("left")
        await pilot.press("b")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        assert "cet ordinateur enregistrera" in words(app)
    again = Starting()
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, again)
        assert again.at == "begin"  # a returning user begins where they go on
        assert screen.choices.language == "fr"
        assert not screen.choices.keep_audio
    assert screen.choices.options().guide.language == "fr"


async def test_a_broken_guide_of_ones_own_is_listed_with_its_error():
    folder = config_folder() / "knowledge"
    folder.mkdir(parents=True)
    (folder / "pastry.yaml").write_text("id: pastry\nlanguage: en\ntitle: 3\n")
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, PickDialog))
        assert "pastry" in words(app)
        assert "broken" in words(app)
        await to_row(pilot, app, "pastry")
        await pilot.press("enter")
        await until_shown(pilot, "Guide with errors")
        assert "pastry.yaml:" in words(app).replace(" ", "")
        assert screen.choices.role == FIRST


async def test_another_role_brings_its_own_plan_and_languages():
    own_guide()
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        await to_row(pilot, app, "role")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, PickDialog))
        await to_row(pilot, app, "operations-manager")
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: app.screen is screen)
        assert screen.choices.role == "operations-manager"
        assert app.value("plan") == "6 questions, 36 of 60 min"


async def test_a_guide_with_one_language_says_so():
    own_guide()
    keep_last_time(Choices("baker"), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        await to_row(pilot, app, "language")
        await pilot.press("right")
        await until_shown(pilot, "texts in this language alone")
        assert screen.choices.language == "en"


async def test_where_text_and_sound_would_go_is_named_and_can_be_switched_off(links):
    _set_up(
        server="https://gpubox.example/v1",
        llm="home",
        llm_profiles={"home": {"url": "https://llm.example/v1", "model": "small"}},
    )
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        assert app.value("server") == "sound → gpubox.example"
        assert app.value("llm") == "home: text → llm.example"
        await pilot.press("b")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        assert "sound → gpubox.example" in words(app)
        await pilot.press("q")
        await until_it_holds(pilot, lambda: app.screen is screen)
        for row in ("llm", "server"):
            await to_row(pilot, app, row)
            await pilot.press("right")
        assert app.value("server") == "on this machine"
        assert app.value("llm") == "off"
        await pilot.press("b")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        assert "→" not in words(app)


async def test_leaving_the_notice_comes_back_with_everything_chosen():
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        await to_row(pilot, app, "check")
        await pilot.press("right", "b")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        await pilot.press("escape")
        await until_it_holds(pilot, lambda: app.screen is screen)
        assert app.value("check") == "no"


async def test_what_was_chosen_is_what_the_session_is_given(links):
    plan = PlanChoice(
        (Step("metrics", 9), Step("underperformance", 4), Step("user-support", 6, taken=False)),
        probes=3,
        length_min=45,
    )
    keep_last_time(
        Choices(ROLE, "fr", plan, Devices("Desk", None, room=True), keep_audio=False), None
    )
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await until_read(pilot, app)
        await pilot.press("enter")
        await until_it_holds(pilot, lambda: isinstance(app.screen, ConsentScreen))
        await pilot.press("n")
        await until_it_holds(pilot, lambda: links.made[-1].target is not None)
        setup, _source = links.made[-1]._prepare()
    assert setup.guide.language == "fr"
    assert setup.plan == ("metrics", "underperformance")
    assert setup.minutes == {"metrics": 9, "underperformance": 4}
    assert setup.coach.probes_a_question == 3
    assert setup.consent.decision is ConsentDecision.DECLINED
    assert not setup.keep_audio
    assert setup.store is not None


async def test_the_plan_of_another_role_is_not_forgotten():
    first = Choices(ROLE, plan=PlanChoice((Step("metrics", 9),)))
    last = keep_last_time(first, None)
    keep_last_time(Choices("operations-manager"), last)
    kept = load_last_time()
    assert kept is not None
    assert kept.role == "operations-manager"
    assert kept.plan_of(ROLE).taken == (Step("metrics", 9),)


async def test_a_question_that_left_the_guide_leaves_the_plan():
    plan = PlanChoice((Step("holiday", 9), Step("metrics", 7)))
    keep_last_time(Choices(ROLE, plan=plan), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        assert [step.id for step in screen.choices.plan.taken] == ["metrics"]
        assert app.value("plan") == "1 question, 7 of 60 min"


async def test_a_thin_guide_is_told_with_what_helps():
    data = thin_data()
    write_yaml(own_guide().parent / "porter.yaml", data)
    keep_last_time(Choices("porter"), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        await _prepare(pilot, app)
        told = "2 of 2 points have no sentence to be heard by: interview-copilot knowledge enrich"
        await until_shown(pilot, told)
        await to_row(pilot, app, "plan")
        await pilot.press("enter")
        await until_shown(pilot, "Plan: Night Porter")
        assert told in words(app)


async def test_a_guide_edited_while_an_interview_is_prepared_is_taken_as_it_is_now():
    guide = own_guide()
    keep_last_time(Choices("baker"), None)
    app = Starting()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await _prepare(pilot, app)
        assert "have no sentence" not in words(app)
        text = guide.read_text("utf-8")
        guide.write_text(text.replace("Head Baker", "Chief of Bakers"), "utf-8")
        screen.look_at_guides(screen._look_again)
        await until_shown(pilot, "The guide Chief of Bakers was changed and read again.")
        guide.write_text("id: baker\nquestions: [\n", "utf-8")
        screen.look_at_guides(screen._look_again)
        await until_shown(pilot, "the version read before is used")
        guide.unlink()
        screen.look_at_guides(screen._look_again)
        await until_shown(pilot, "there is no guide for the role 'baker'")

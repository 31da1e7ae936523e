"""The good proposal wins, the bad one is refused, and what is held out is looked at once."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.errors import CopilotError, InputError, UsageError
from copilot.lab.folders import lab_folder
from copilot.lab.optimising.evolving import MINIBATCH, Search
from copilot.lab.optimising.optimiser import optimise
from copilot.lab.optimising.preparing import Wish, prepared
from copilot.lab.optimising.splits import SealedError, Splits
from copilot.lab.running.cache import Cache
from copilot.lab.suite.loading import load_suite
from copilot.llm.prompt_file import read_prompt
from copilot.paths import config_folder
from tests.cli.command import run
from tests.lab.optimising.world import DEV, MAGIC, TEST, TRAIN, World, set_up, write_suite
from tests.llm.scripted_server import playing

GOOD = f"Write one follow-up question as JSON. {MAGIC}."
UNDEFINED = "Write one follow-up question about {{ salary }} as JSON."
COPIED = "Write about the long ticket queue 3 with my whole team, and then we talk about each."
USELESS = "Write one good follow-up question as JSON."
ENDLESS = ("--rounds", "6", "--yes")


@pytest.fixture
def world() -> Iterator[World]:
    mine = World()
    with playing(mine):
        set_up(mine)
        yield mine


def search_of(path: Path, **wish: object) -> tuple[Search, object]:
    given = {"reflection": "profile:thinks", "rounds": 6, **wish}
    ready = prepared(load_suite(path), Wish(**given))  # type: ignore[arg-type]
    search = Search()
    return search, optimise(ready, search, cache=Cache())


def record() -> dict[str, object]:
    [path] = (lab_folder() / "optimised").glob("*/optimise.json")
    found: dict[str, object] = json.loads(path.read_text("utf-8"))
    return found


def test_the_good_proposal_wins_and_is_left_for_a_person(world: World, tmp_path: Path) -> None:
    world.proposals.extend([UNDEFINED, USELESS, "", GOOD])

    done = run("lab", "optimise", write_suite(tmp_path), "--reflection", "profile:thinks", *ENDLESS)

    assert done.code == 0, done.err
    [path] = (config_folder() / "prompts").glob("follow_up.opt-*.md")
    prompt = read_prompt(path)
    assert MAGIC in prompt.text
    assert prompt.variant.startswith("opt-")
    for told in ("5 cases: 0% passed before, 100% now", "this is more than noise", "toy-thinker"):
        assert told in prompt.text
    assert "On 8 held-out cases: 0% passed before, 100% now" in done.out
    assert f"lab accept {path}" in done.out
    found = record()
    assert found["last_look"]["more_than_noise"] is True  # type: ignore[index]
    tried = found["tried"]
    assert isinstance(tried, list)
    assert any("salary" in each["refused"] for each in tried)
    assert "long ticket queue" not in json.dumps(found)


def test_the_cases_held_out_are_put_once_and_after_all_others(world: World, tmp_path: Path) -> None:
    world.proposals.extend([USELESS, GOOD])

    _search, look = search_of(write_suite(tmp_path))

    put = world.put
    first = min(put.index(number) for number in TEST)
    assert set(put[:first]) <= {*TRAIN, *DEV}
    assert sorted(put[first:]) == sorted([*TEST, *TEST])
    last_reflection = world.asked.index(world.reflections[-1])
    assert all(
        f"ticket queue {number} " not in text
        for number in TEST
        for asked in world.asked[: last_reflection + 1]
        for text in asked.contents
    )
    assert look is not None


def test_nothing_better_proposes_nothing_and_leaves_the_rest_sealed(
    world: World, tmp_path: Path
) -> None:
    world.proposals.append(USELESS)

    done = run("lab", "optimise", write_suite(tmp_path), "--reflection", "profile:thinks", *ENDLESS)

    assert done.code == 0, done.err
    assert "Nothing better was found" in done.out
    assert not set(world.put) & set(TEST)
    assert not list(config_folder().glob("prompts/*"))
    assert record()["variant"] == ""


@pytest.mark.parametrize(
    ("proposed", "why"),
    [
        (UNDEFINED, "salary"),
        (COPIED, "repeats 8 words"),
        ("Ask.\nuser:\nAsk.", "once each"),
        ("Ask. {{ answer }}", "what people said goes to user"),
        ("Ask \x1b[31mone\x1b[0m question.", "nobody can see"),
        ("Ask about {{ question }}.", "belongs into another part"),
    ],
)
def test_a_proposal_that_breaks_the_rules_is_put_to_nobody(
    world: World, tmp_path: Path, proposed: str, why: str
) -> None:
    world.proposals.append(proposed)

    search, _look = search_of(write_suite(tmp_path), rounds=1)

    refused = [each for each in search.tried.values() if each.refused]
    assert len(refused) == 1
    assert why in refused[0].refused
    assert len(world.put) == len(DEV) + MINIBATCH


def test_inputs_cannot_be_taken_out(world: World, tmp_path: Path) -> None:
    world.proposals.append("{{ question }}")
    search, _look = search_of(write_suite(tmp_path), rounds=2)

    refused = {each.refused for each in search.tried.values() if each.refused}
    # First the system part is written anew, then the user part.
    assert any("'answer'" in each or "belongs into another" in each for each in refused)


def test_why_a_proposal_was_refused_is_told_the_next_time(world: World, tmp_path: Path) -> None:
    world.proposals.extend([UNDEFINED, USELESS])

    search_of(write_suite(tmp_path), rounds=3)

    assert "salary" not in world.reflections[0].contents[-1]
    assert "salary" in world.reflections[1].contents[-1]


def test_what_was_wrong_is_told_and_what_was_said_stays_data(world: World, tmp_path: Path) -> None:
    world.proposals.append(USELESS)

    search_of(write_suite(tmp_path), rounds=1)

    system, user = world.reflections[0].contents
    before, _, rest = user.partition("<data ")
    inside, _, after = rest.partition("</data ")
    assert "open" in inside
    assert "ticket queue" in inside
    assert "ticket queue" not in before + after
    assert "never an instruction" in system


def test_the_calls_are_limited_and_the_last_look_is_kept_free(world: World, tmp_path: Path) -> None:
    world.proposals.extend([USELESS, GOOD])
    path = write_suite(tmp_path)
    least = prepared(load_suite(path), Wish(reflection="profile:thinks")).least

    search_of(path, calls=least + 3, rounds=50)

    assert len(world.asked) <= least + 3
    with pytest.raises(UsageError, match=f"{least} are needed"):
        prepared(load_suite(path), Wish(reflection="profile:thinks", calls=least - 1))


def test_the_cost_is_limited_as_well(world: World, tmp_path: Path) -> None:
    set_up(world, price_in=1.0, price_out=2.0)
    world.proposals.append(USELESS)
    path = write_suite(tmp_path)
    ready = prepared(load_suite(path), Wish(reflection="profile:thinks"))
    assert ready.prices is not None
    answer, proposal = ready.prices
    # Enough for one round and the end, if the start had cost nothing.
    cost = answer * (ready.a_round - 1 + ready.last_look) + proposal

    search, _look = search_of(path, cost=cost)

    assert search.rounds == 0
    assert "is spent" in search.why_ended


def test_a_dry_run_asks_nobody(world: World, tmp_path: Path) -> None:
    set_up(world, price_in=1.0, price_out=2.0)

    done = run(
        "lab", "optimise", write_suite(tmp_path), "--reflection", "profile:thinks", "--dry-run"
    )

    assert done.code == 0
    assert "6 to learn from, 5 to choose by, 8 held out" in done.err
    assert "cost" in done.err
    assert "toy-thinker on 127.0.0.1" in done.err
    assert world.asked == []
    assert not (lab_folder() / "optimised").exists()


def test_nothing_is_sent_without_a_yes(world: World, tmp_path: Path) -> None:
    done = run("lab", "optimise", write_suite(tmp_path), "--reflection", "profile:thinks")

    assert done.code != 0
    assert "--yes" in done.err
    assert world.asked == []


def test_too_few_cases_are_refused_with_how_many_are_needed(tmp_path: Path, world: World) -> None:
    path = write_suite(tmp_path, leave_out=range(20, 24))

    with pytest.raises(InputError, match="groups of test: 4, 6 at least are needed"):
        prepared(load_suite(path), Wish())
    assert world.asked == []


def test_an_unknown_profile_is_told_before_anything_runs(tmp_path: Path, world: World) -> None:
    with pytest.raises(UsageError, match="gone"):
        prepared(load_suite(write_suite(tmp_path)), Wish(reflection="profile:gone"))
    assert world.asked == []


def test_broken_off_the_best_so_far_is_kept(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.proposals.append(GOOD)

    def interrupted(_splits: Splits) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(Splits, "open", interrupted)
    path = write_suite(tmp_path)
    out = tmp_path / "out"
    done = run("lab", "optimise", path, "--reflection", "profile:thinks", "--out", out, *ENDLESS)

    assert done.code != 0
    [kept] = out.glob("*.md")
    assert "not looked at" in kept.read_text("utf-8")
    assert f"The best so far: {kept}" in done.err
    assert record()["stopped"] == "stopped by the user"


def test_a_proposal_can_be_made_better_again(world: World, tmp_path: Path) -> None:
    world.proposals.append(GOOD)
    path = write_suite(tmp_path)
    start = tmp_path / "follow_up.md"
    out = tmp_path / "out"
    arguments = ("--reflection", "profile:thinks", "--out", out, *ENDLESS)
    run("lab", "optimise", path, *arguments)
    [first] = out.glob("*.md")
    start.write_text(first.read_text("utf-8").replace(MAGIC, "Be brief"), encoding="utf-8")

    run("lab", "optimise", path, *arguments)

    [second] = set(out.glob("*.md")) - {first}
    assert second.name == first.name.replace(".md", "-2.md")
    assert second.read_text("utf-8").count("# From: ") == 1


def test_an_endpoint_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = World()
    with playing(gone):
        set_up(gone)

    done = run("lab", "optimise", write_suite(tmp_path), "--yes")

    assert done.code != 0
    assert "did none of the first" in done.err
    assert "ticket queue" not in done.err


def test_a_model_that_proposes_nothing_ends_it(world: World, tmp_path: Path) -> None:
    world.proposals.append("")

    search, look = search_of(write_suite(tmp_path), rounds=30)

    assert look is None
    assert len(search.tried) == 1
    assert "proposed" in search.why_ended


def test_what_is_written_is_for_its_owner_alone(world: World, tmp_path: Path) -> None:
    world.proposals.append(GOOD)
    run("lab", "optimise", write_suite(tmp_path), "--reflection", "profile:thinks", *ENDLESS)

    [path] = (lab_folder() / "optimised").glob("*/optimise.json")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_cases_held_out_cannot_be_asked_for_before_the_end(tmp_path: Path, world: World) -> None:
    cases = load_suite(write_suite(tmp_path)).cases
    splits = Splits(cases)

    with pytest.raises(SealedError):
        splits.guard([case for case in cases if case.split == "test"][:1])
    splits.guard(splits.seen)
    splits.guard(splits.open())
    with pytest.raises(SealedError):
        splits.open()
    assert world.asked == []


def test_a_suite_without_cases_in_the_language_is_told(tmp_path: Path, world: World) -> None:
    with pytest.raises(UsageError, match="no case of the suite queues is in fr"):
        prepared(load_suite(write_suite(tmp_path)), Wish(language="fr"))
    assert world.asked == []


def test_a_group_in_two_parts_is_refused(tmp_path: Path, world: World) -> None:
    cases = load_suite(write_suite(tmp_path)).cases
    torn = [case.model_copy(update={"group": "g0"} if case.id == "c20" else {}) for case in cases]

    with pytest.raises(CopilotError, match="'g0'"):
        Splits(torn)
    assert world.asked == []

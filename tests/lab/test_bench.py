"""What a worker keeps is made once, and who wants something else does not wait for it."""

import threading

import pytest

from copilot.lab.bench import Bench, guide_of, parsed_guide
from copilot.lab.grid import GuideText, Materials, Variant
from tests.builders import GUIDE
from tests.lab.builders import a_guide

PATIENCE_S = 20.0


def test_who_wants_something_else_does_not_wait_for_what_takes_long() -> None:
    bench = Bench(Materials())
    begun, released = threading.Event(), threading.Event()
    found: list[str] = []

    def slow() -> str:
        begun.set()
        assert released.wait(PATIENCE_S)
        return "large"

    loading = threading.Thread(target=lambda: found.append(bench.kept("large", slow)))
    loading.start()
    assert begun.wait(PATIENCE_S)
    quick = threading.Thread(target=lambda: found.append(bench.kept("small", lambda: "small")))
    quick.start()
    quick.join(PATIENCE_S)
    before = list(found)
    released.set()
    loading.join(PATIENCE_S)

    assert before == ["small"]
    assert found == ["small", "large"]


def test_what_several_want_at_once_is_made_once() -> None:
    bench = Bench(Materials())
    at_once = threading.Barrier(4)
    made: list[int] = []
    found: list[object] = []

    def make() -> object:
        made.append(1)
        return object()

    def want() -> None:
        at_once.wait(PATIENCE_S)
        found.append(bench.kept("model", make))

    threads = [threading.Thread(target=want) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)

    assert len(made) == 1
    assert len({id(each) for each in found}) == 1


def test_what_is_made_may_be_made_of_something_else_that_is_kept() -> None:
    bench = Bench(Materials())

    found = bench.kept("matcher", lambda: ("matcher", bench.kept("encoder", lambda: "encoder")))

    assert found == ("matcher", "encoder")


def test_what_could_not_be_made_is_tried_again() -> None:
    bench = Bench(Materials())
    tries = iter([OSError("no such file"), "model"])

    def make() -> str:
        match next(tries):
            case OSError() as error:
                raise error
            case made:
                return str(made)

    with pytest.raises(OSError, match="no such file"):
        bench.kept("model", make)

    assert bench.kept("model", make) == "model"


def test_cases_of_many_roles_that_take_turns_read_each_guide_once() -> None:
    roles = [f"cook-{number}" for number in range(30)]
    texts = [GUIDE.model_copy(update={"id": role}).model_dump_json(by_alias=True) for role in roles]
    guides: dict[tuple[str, str, str], GuideText] = {
        ("installed", role, "en"): a_guide(text) for role, text in zip(roles, texts, strict=True)
    }
    materials, variant = Materials(guides=guides), Variant(id="local", guide="installed")
    parsed_guide.cache_clear()

    for _ in range(2):
        for role in roles:
            guide_of(materials, variant, role, "en")

    assert parsed_guide.cache_info().misses == len(roles)

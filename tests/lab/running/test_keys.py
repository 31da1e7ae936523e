"""What decides an output is in its key; what does not is not."""

import json
import stat
import sys
from pathlib import Path

import pytest

from copilot.lab.folders import cache_folder
from copilot.lab.grid import LOCAL, Item, Materials, Variant
from copilot.lab.results import Produced
from copilot.lab.running import keys
from copilot.lab.running.cache import Cache
from copilot.lab.running.keys import code_hash, key_of
from copilot.lab.running.plan import Only, planned
from copilot.lab.tasks import TASKS, task_named
from tests.lab.running.plans import a_suite, endpoint, gate_case, opinion_case


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "packages" / "made_up"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "model.onnx").write_bytes(b"weights")
    monkeypatch.syspath_prepend(str(folder.parent))
    return folder


def fresh(*packages: str) -> str:
    """The hash as another process sees it."""
    keys._package_hash.cache_clear()
    return code_hash(packages)


def test_code_and_models_of_a_package_decide_its_hash(package: Path):
    first = fresh("made_up")
    assert fresh("made_up") == first
    (package / "__init__.py").write_text("threshold = 1\n")
    second = fresh("made_up")
    (package / "model.onnx").write_bytes(b"Weights")
    third = fresh("made_up")
    (package / "inner.py").write_text("")
    assert len({first, second, third, fresh("made_up")}) == 4


def test_what_python_writes_itself_decides_nothing(package: Path):
    first = fresh("made_up")
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"1")
    assert fresh("made_up") == first


def test_a_single_module_and_a_missing_one(package: Path):
    (package / "inner.py").write_text("a = 1\n")
    first = fresh("made_up.inner")
    (package / "model.onnx").write_bytes(b"other")
    assert fresh("made_up.inner") == first
    with pytest.raises(ModuleNotFoundError):
        fresh("made_up.missing")
    sys.modules.pop("made_up", None)


def test_changed_code_of_a_task_is_never_served_from_the_cache(
    package: Path, monkeypatch: pytest.MonkeyPatch
):
    task = task_named("gate")
    monkeypatch.setattr(type(task), "packages", ("made_up",))
    case, variant, materials = gate_case(1), Variant(id=LOCAL), Materials()
    keys._package_hash.cache_clear()
    first = key_of(task, case, variant, 0, materials)
    (package / "__init__.py").write_text("stricter = True\n")
    keys._package_hash.cache_clear()
    assert key_of(task, case, variant, 0, materials) != first


def test_a_repeat_counts_where_it_can_differ():
    materials, variant = endpoint("http://127.0.0.1:9/v1")
    asks = task_named("opinion")
    assert key_of(asks, opinion_case(1), variant, 0, materials) != key_of(
        asks, opinion_case(1), variant, 1, materials
    )
    local = task_named("gate")
    assert key_of(local, gate_case(1), Variant(id=LOCAL), 0, Materials()) == key_of(
        local, gate_case(1), Variant(id=LOCAL), 1, Materials()
    )


def test_labels_and_ids_do_not_decide_an_output_but_make_another_plan():
    plain, labelled = gate_case(1), gate_case(1, expected={"refused": True})
    plans = [
        planned(a_suite([case]), Materials(), [Variant(id=LOCAL)], 1) for case in (plain, labelled)
    ]
    assert plans[0].items[0].key == plans[1].items[0].key
    assert plans[0].sha256 != plans[1].sha256


def item(key: str = "ab" * 32) -> Item:
    return Item(gate_case(1, session="s1"), Variant(id=LOCAL), 0, key)


def test_the_cache_keeps_outputs_and_no_errors():
    cache = Cache()
    cache.keep(item(), Produced(error="away"))
    assert cache.find(item()) is None
    cache.keep(item(), Produced(output={"said": "à"}, took_s=2.0))
    assert cache.find(item()) == Produced(output={"said": "à"}, took_s=2.0)
    (path,) = cache_folder().rglob("*.json")
    assert path.parent.name == "ab"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b'{"key": "other", "produced": {}}',
        json.dumps({"key": "ab" * 32, "produced": {"output": 1, "surprise": 2}}).encode(),
        b"\x00" * 300,
    ],
)
def test_a_damaged_entry_is_ignored_and_replaced(damage: bytes):
    cache = Cache()
    cache.keep(item(), Produced(output=1))
    (path,) = cache_folder().rglob("*.json")
    path.write_bytes(damage)
    assert cache.find(item()) is None
    cache.keep(item(), Produced(output=2))
    assert cache.find(item()) == Produced(output=2)


def test_cases_are_chosen_by_id_part_and_metadata():
    case = gate_case(1, split="test", metadata={"style": "rambling"})
    assert Only().fits(case)
    assert Only(globs=("x*", "g*")).fits(case)
    assert not Only(globs=("x*",)).fits(case)
    assert not Only(split="dev").fits(case)
    assert Only(metadata={"style": "rambling"}).fits(case)
    assert not Only(metadata={"style": "short"}).fits(case)
    assert not Only(ids=frozenset({"g2"})).fits(case)


def test_how_numpy_computes_decides_what_the_program_finds_and_no_words_of_a_model(
    monkeypatch: pytest.MonkeyPatch,
):
    materials, asked = endpoint("http://127.0.0.1:9")
    gate, opinion = task_named("gate"), task_named("opinion")
    local = Variant(id=LOCAL)

    def found() -> tuple[str, str]:
        return (
            key_of(gate, gate_case(1), local, 0, Materials()),
            key_of(opinion, opinion_case(1), asked, 0, materials),
        )

    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    before = found()
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "2")
    after = found()
    assert before[0] != after[0]
    assert before[1] == after[1]


@pytest.mark.parametrize("name", TASKS)
def test_the_code_of_every_task_decides_what_it_brings(name: str):
    task = task_named(name)
    module = type(task).__module__
    assert any(f"{module}.".startswith(f"{package}.") for package in task.packages)

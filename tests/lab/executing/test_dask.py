"""The lab's items on a cluster: the same results as here, to the byte but for times."""

import json
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from copilot.knowledge.loading import load_guide
from copilot.lab.cases import Case
from copilot.lab.executing import dask as dask_module
from copilot.lab.executing.base import Executor
from copilot.lab.executing.dask import DaskExecutor, dask_executor, produce
from copilot.lab.executing.local import LocalExecutor
from copilot.lab.folders import shipped_suites
from copilot.lab.grid import GuideText, Item, Materials, Provider, Variant
from copilot.lab.results import Produced
from copilot.lab.running.keys import hash_of, items_of
from copilot.lab.tasks import task_named
from copilot.llm.profile import profile
from tests.lab.executing.a_cluster import DaskCluster, dask_cluster, kill

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
_ROLE = "director-it-operations"


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


def _guide() -> GuideText:
    content = load_guide(_ROLE, "en").model_dump_json(by_alias=True)
    sha256 = hash_of(content)
    return GuideText(label="shipped", role=_ROLE, language="en", sha256=sha256, content=content)


@pytest.fixture(scope="module")
def materials() -> Materials:
    return Materials(guides={("shipped", _ROLE, "en"): _guide()})


def _lines(name: str) -> list[dict[str, str]]:
    path = shipped_suites() / "data" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def _matching(materials: Materials, count: int) -> list[Item]:
    answers = [each for each in _lines("answers.jsonl") if each["role"] == _ROLE]
    names = ("role", "question", "language", "answer")
    cases = [
        Case(id=each["id"], task="match", vars={name: each[name] for name in names})
        for each in answers
        if each["language"] == "en"
    ]
    variants = [Variant(id="local", guide="shipped")]
    tasks = {"match": task_named("match")}
    return list(items_of(tasks, cases[:count], variants, 1, materials))


def _gated(count: int) -> list[Item]:
    cases = [
        Case(
            id=f"g{number}",
            task="gate",
            vars={"context": {"language": "en"}, "text": f"What did you do on day {number}?"},
        )
        for number in range(count)
    ]
    tasks = {"gate": task_named("gate")}
    return list(items_of(tasks, cases, [Variant(id="local")], 1, Materials()))


def _brought(executor: Executor, items: Iterable[Item]) -> list[tuple[str, bytes]]:
    with executor:
        done = list(executor.run(items))
    return sorted((each.item.id, _bytes(each.produced)) for each in done)


def _bytes(produced: Produced) -> bytes:
    return produced.model_copy(update={"took_s": 0.0}).model_dump_json().encode()


def test_answers_are_matched_there_as_here_though_a_worker_is_killed(
    dask: DaskCluster, materials: Materials
) -> None:
    items = _matching(materials, 3)
    victim = dask.worker_pid()
    # Processes of their own, because this one has loaded numpy with as many threads as it likes.
    here = _brought(LocalExecutor(materials, workers=2), items)

    with DaskExecutor(dask.address, materials, in_flight=3) as executor:
        done = []
        for each in executor.run(items):
            done.append(each)
            if len(done) == 1:
                kill(victim)
    there = sorted((each.item.id, _bytes(each.produced)) for each in done)

    assert len(here) == 3
    assert all(b'"error":""' in line for _, line in here)
    assert there == here


def test_so_is_the_gate_which_needs_nothing_but_the_item(dask: DaskCluster) -> None:
    items = _gated(20)

    executor = DaskExecutor(dask.address, Materials())
    assert _brought(executor, items) == _brought(LocalExecutor(Materials()), items)
    assert executor.name == f"dask {dask.address}"


def test_stopping_leaves_the_rest_undone(dask: DaskCluster) -> None:
    drawn: list[Item] = []

    def items() -> Iterator[Item]:
        for item in _gated(200):
            drawn.append(item)
            yield item

    with DaskExecutor(dask.address, Materials()) as executor:
        running = executor.run(items())
        next(running)
        running.close()

    assert len(drawn) < 20


def test_what_fails_there_is_a_result_without_what_was_said(
    dask: DaskCluster, materials: Materials
) -> None:
    (item,) = _matching(materials, 1)
    with DaskExecutor(dask.address, Materials()) as executor:  # without the guide
        (done,) = executor.run([item])

    assert done.produced.failed
    assert done.worker.startswith("tcp://")
    assert item.case.vars["answer"] not in done.produced.error
    assert item.case.vars["answer"][:40] not in dask.logs()


def test_an_address_of_the_asking_machine_is_told_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = Materials(profiles={"profile:box": profile("box", "http://127.0.0.1:9/v1", "small")})
    variant = Variant(id="box", provider=Provider(id="profile:box"))
    (item,) = _gated(1)
    there = Item(item.case, variant, 0, "key")
    failed = Produced(error="nobody answers.", error_kind="UnreachableError")
    monkeypatch.setattr(dask_module, "do_item", lambda _item, _bench: failed)

    shared = dask_module.packed(asked)
    monkeypatch.setattr(socket, "gethostname", lambda: "worker-7")
    told = produce(shared, dask_module.packed_item(there)).error

    assert told.startswith("nobody answers. 127.0.0.1:9 is an address of the machine that asks")
    assert "worker-7" in told


def test_a_cluster_asks_models_no_more_than_the_suite_allows(dask: DaskCluster) -> None:
    asking = Variant(id="box", provider=Provider(id="profile:box"))
    drawn: list[Item] = []

    def items() -> Iterator[Item]:
        for item in _gated(5):
            drawn.append(item)
            yield Item(item.case, asking, 0, item.key)

    all_items = list(items())
    drawn.clear()
    with dask_executor(dask.address, concurrency=1)(Materials(), all_items) as executor:
        next(iter(executor.run(items())))

    assert len(drawn) == 1

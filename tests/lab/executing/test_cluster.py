"""Every unit comes back once, whoever dies; and nobody who would answer otherwise is asked."""

import dataclasses
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.errors import ModelError, UsageError
from copilot.lab.errors import ClusterError
from copilot.lab.executing import cluster as cluster_module
from copilot.lab.executing.cluster import Cluster
from copilot.lab.executing.sameness import installed
from tests.lab.executing import work
from tests.lab.executing.a_cluster import DaskCluster, all_back, dask_cluster, kill

# Dask's own, when a client goes while its scheduler is dying.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    with dask_cluster(tmp_path_factory.mktemp("dask"), workers=2) as running:
        yield running


def _units(count: int):
    return [(f"key-{n}", f"unit-{n}".encode()) for n in range(count)]


def test_every_unit_comes_back_once_with_what_came_out_of_it(dask: DaskCluster) -> None:
    with Cluster(dask.address) as cluster:
        found = list(cluster.each(work.twice, _units(40), b"and "))

    assert len(found) == 40
    values = {each.key: each.value for each in found}
    assert values == {key: b"and " + unit + unit for key, unit in _units(40)}
    assert {each.worker[:6] for each in found} == {"tcp://"}


def test_units_are_drawn_as_there_is_room(dask: DaskCluster) -> None:
    drawn = []

    def units() -> Iterator[tuple[str, bytes]]:
        for unit in _units(30):
            drawn.append(unit)
            yield unit

    with Cluster(dask.address, in_flight=3) as cluster:
        running = cluster.each(work.twice, units())
        next(running)
        assert len(drawn) <= 6  # three on their way, and as many in the place of those that landed
        running.close()
        again = list(cluster.each(work.twice, _units(30)))

    assert len(again) == 30


def test_a_failing_unit_says_so_and_leaves_its_words_in_no_log(dask: DaskCluster) -> None:
    said = b"what the candidate said"
    with Cluster(dask.address) as cluster:
        (found,) = cluster.each(work.failing, [("key", said)], said)

    assert (found.value, found.kind) == (None, "RuntimeError")
    assert said.decode() not in found.error
    assert said.decode() not in dask.logs()


def test_a_killed_worker_loses_nothing_and_nothing_comes_twice(
    dask: DaskCluster, tmp_path: Path
) -> None:
    found = []
    killed = 0
    with Cluster(dask.address) as cluster:
        for each in cluster.each(work.slowly, _units(60), os.fsencode(tmp_path)):
            found.append(each)
            if len(found) == 10:
                killed = int((tmp_path / each.value.decode()).read_text().split()[0])
                kill(killed)

    assert killed
    assert sorted(each.key for each in found) == sorted(key for key, _ in _units(60))
    assert all(each.value == dict(_units(60))[each.key] for each in found)


def test_a_unit_that_kills_whoever_takes_it_is_an_error_and_its_neighbours_are_not(
    dask: DaskCluster,
) -> None:
    with Cluster(dask.address) as cluster:
        found = {each.key: each for each in cluster.each(work.deadly, _units(12), b"unit-5")}

    assert sorted(found) == sorted(key for key, _ in _units(12))
    assert [key for key, each in found.items() if each.error] == ["key-5"]
    assert found["key-5"].kind == "KilledWorker"


def test_a_worker_that_would_bring_other_results_is_named(
    dask: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Cluster(dask.address) as cluster:
        all_back(cluster)
    here = installed()
    libraries = {**here.libraries, "numpy": "0.1"}
    other = dataclasses.replace(here, code="0" * 64, libraries=libraries)
    monkeypatch.setattr(cluster_module, "installed", lambda: other)

    with pytest.raises(ClusterError) as caught, Cluster(dask.address):
        pass

    assert "the worker tcp://127.0.0.1:" in caught.value.message
    assert "numpy" in caught.value.message
    assert "other code" in caught.value.message


def test_so_is_one_that_joins_later(dask: DaskCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    other = dataclasses.replace(installed(), python="3.2")
    with Cluster(dask.address) as cluster:
        monkeypatch.setattr(cluster_module, "installed", lambda: other)
        with pytest.raises(ClusterError, match=r"3\.\d+ instead of 3\.2"):
            list(cluster.each(work.twice, _units(3)))


def test_a_scheduler_without_workers_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    with dask_cluster(tmp_path, workers=0) as empty:
        with (
            Cluster(empty.address, patience_s=1.0) as cluster,
            pytest.raises(ClusterError, match=r"no worker for 1 s"),
        ):
            list(cluster.each(work.twice, _units(3)))

        with Cluster(empty.address, connect_s=3.0) as cluster:
            threading.Timer(1.0, empty.processes[0].kill).start()
            with pytest.raises(ClusterError, match="is gone"):
                list(cluster.each(work.twice, _units(3)))


def test_no_scheduler_is_told_soon() -> None:
    address = "tcp://127.0.0.1:9"
    with pytest.raises(ClusterError, match="nobody answers"), Cluster(address, connect_s=0.5):
        pass


@pytest.mark.parametrize("address", ["", "localhost:8786", "http://box:8786", "tcp://box", "last"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="no address of a Dask scheduler"):
        Cluster(address)


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ModelError) as caught, Cluster("tcp://127.0.0.1:8786"):
        pass

    assert "interview-copilot[dask]" in caught.value.remedy

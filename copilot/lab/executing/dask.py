"""Items done on a Dask cluster: the same results as on this machine, sooner."""

import contextlib
import hashlib
import ipaddress
import pickle
import socket
from collections.abc import Generator, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from copilot.lab.executing.base import Done
from copilot.lab.executing.benches import BENCHES
from copilot.lab.executing.cluster import CONNECT_S, PATIENCE_S, Cluster, check_address
from copilot.lab.executing.doing import do_item
from copilot.lab.grid import LOCAL, Item, Materials
from copilot.lab.results import Produced
from copilot.lab.running.how import ExecutorFactory


class DaskExecutor:
    """Does items on the workers of an existing scheduler; see ``Executor``.

    Attributes:
        name: ``dask`` and the scheduler's address.
    """

    def __init__(
        self,
        address: str,
        materials: Materials,
        *,
        in_flight: int | None = None,
        patience_s: float = PATIENCE_S,
        connect_s: float = CONNECT_S,
    ) -> None:
        """Connect to nothing yet.

        Args:
            address: The scheduler's, ``tcp://HOST:PORT`` or ``tls://HOST:PORT``.
            materials: What items refer to. Keys of language models are not in them: each worker
                reads its own from where the profile says.
            in_flight: Most items on their way at a time; by default two for every thread there is.
            patience_s: How long no worker at all may be there, in seconds.
            connect_s: How long the scheduler is waited for, in seconds.

        Raises:
            UsageError: The address is none.
        """
        self.name = f"dask {address}"
        self._materials = materials
        self._cluster = Cluster(
            address, in_flight=in_flight, patience_s=patience_s, connect_s=connect_s
        )

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            ModelError: Dask is not installed.
            ClusterError: There is no scheduler, or a worker would bring other results.
        """
        self._cluster.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._cluster.__exit__(kind, error, traceback)

    def run(self, items: Iterable[Item]) -> Generator[Done, None, None]:
        """Do items, each exactly once; see ``Executor``.

        Raises:
            ClusterError: The scheduler is gone, no worker has been there for too long, or one
                would bring other results. What was handed out before stays true.
        """
        shared = packed(self._materials)
        salt = hashlib.sha256(shared).hexdigest()
        under_way: dict[str, Item] = {}

        def units() -> Iterator[tuple[str, bytes]]:
            for item in items:
                key = hashlib.sha256(f"{salt} {item.key} {item.id}".encode()).hexdigest()
                under_way[key] = item
                yield key, packed_item(item)

        with contextlib.closing(self._cluster.each(produce, units(), shared)) as running:
            for finished in running:
                produced = finished.value
                if not isinstance(produced, Produced):
                    produced = Produced(error=finished.error, error_kind=finished.kind)
                yield Done(under_way.pop(finished.key), produced, finished.worker)


def dask_executor(address: str, concurrency: int | None = None) -> ExecutorFactory:
    """Makes executors on a cluster.

    Args:
        address: The scheduler's.
        concurrency: Most requests to language models at once; where items need one, no more of
            them are on their way. By default as many as the cluster has room for.

    Raises:
        UsageError: The address is none.
    """
    check_address(address)

    def make(materials: Materials, items: Sequence[Item]) -> DaskExecutor:
        asks = any(item.variant.provider.id != LOCAL for item in items)
        return DaskExecutor(address, materials, in_flight=concurrency if asks else None)

    return make


def packed(materials: Materials) -> bytes:
    """What all items share, as it travels to ``produce``.

    This machine's name goes along, so that a worker can say why an address of it fails there.
    """
    return pickle.dumps((socket.gethostname(), materials))


def packed_item(item: Item) -> bytes:
    """An item as it travels to ``produce``."""
    return pickle.dumps(item)


def produce(shared: bytes, unit: bytes) -> Produced:
    """Do one item; runs on a worker."""
    item: Item = pickle.loads(unit)  # noqa: S301 - whoever reaches a worker can run code anyway
    with BENCHES.lent(hashlib.sha256(shared).hexdigest(), lambda: _unpacked(shared)[1]) as bench:
        produced = do_item(item, bench)
        if not produced.failed or item.variant.provider.id == LOCAL:
            return produced
        profile = bench.materials.profiles.get(item.variant.provider.id)
    asked_from = _unpacked(shared)[0]
    here = socket.gethostname()
    if profile is None or here == asked_from or not _is_loopback(profile.url):
        return produced
    why = (
        f"{produced.error} {profile.host} is an address of the machine that asks, and the worker "
        f"runs on {here}, not on {asked_from}: name an address that the workers reach."
    )
    return produced.model_copy(update={"error": why})


def _unpacked(shared: bytes) -> tuple[str, Materials]:
    found: tuple[str, Materials] = pickle.loads(shared)  # noqa: S301 - as above
    return found


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""A Dask cluster that does units of work: each comes back once, whoever dies meanwhile."""

import re
import time
from collections.abc import Generator, Iterable
from types import TracebackType
from typing import Any, Self

from copilot.errors import ModelError, UsageError
from copilot.lab.errors import ClusterError
from copilot.lab.executing.flight import Finished, Flight
from copilot.lab.executing.on_worker import Broken, Work, look
from copilot.lab.executing.quiet import hushed
from copilot.lab.executing.sameness import Install, difference, installed

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/]+:\d{1,5}")
#: How long a scheduler is waited for, in seconds, at first and after its connection was lost.
CONNECT_S = 5.0
#: How long no worker at all may be there, in seconds.
PATIENCE_S = 60.0
_LOOK_EVERY_S = 2.0
_UNITS_A_THREAD = 2


def check_address(address: str) -> None:
    """Refuse what is no scheduler's address.

    Raises:
        UsageError: It is none.
    """
    if not _ADDRESS.fullmatch(address):
        raise UsageError(
            f"{address!r} is no address of a Dask scheduler.",
            "Give it as the scheduler prints it: tcp://HOST:PORT, or tls://HOST:PORT.",
        )


class Cluster:
    """A connection to an existing scheduler.

    It does not start or end workers. Units that a dead worker had are run again on another; one
    that kills whoever takes it is given up after as many as Dask's ``allowed-failures`` say, and
    so that none is blamed for its neighbour, those are tried once more with nothing beside them.
    """

    def __init__(
        self,
        address: str,
        *,
        in_flight: int | None = None,
        patience_s: float = PATIENCE_S,
        connect_s: float = CONNECT_S,
    ) -> None:
        """Connect to nothing yet.

        Args:
            address: The scheduler's, ``tcp://HOST:PORT``, or ``tls://HOST:PORT`` with the
                certificates of Dask's own settings.
            in_flight: Most units on their way at a time; by default two for every thread there is.
            patience_s: How long no worker at all may be there.
            connect_s: How long the scheduler is waited for.

        Raises:
            UsageError: The address is none.
        """
        check_address(address)
        self.address = address
        self._in_flight = in_flight
        self._patience_s = patience_s
        self._connect_s = connect_s
        self._client: Any = None

    def __enter__(self) -> Self:
        """Connect, and see that every worker would bring the same results.

        Raises:
            ModelError: Dask is not installed.
            ClusterError: There is no scheduler, or a worker would bring other results.
        """
        with hushed():
            self._client = _connected(self.address, self._connect_s)
            try:
                self._check_workers()
            except BaseException:
                self._close()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._close()

    def workers(self) -> dict[str, int]:
        """The workers' addresses, and how many threads each has."""
        return {str(worker): int(threads) for worker, threads in self._client.nthreads().items()}

    def each(
        self, work: Work, units: Iterable[tuple[str, bytes]], shared: bytes = b""
    ) -> Generator[Finished, None, None]:
        """Do units, drawn as there is room for them; each comes back once, in any order.

        Closing the iterator cancels what is on its way; a unit that a worker is in the middle of
        is finished there and thrown away.

        Args:
            work: Does one; importable by its name on the workers.
            units: Key and content of each. Keys are unique and seen by everybody who looks at the
                cluster, so they hold nothing private.
            shared: What all of them need; it travels to each worker once.

        Raises:
            ClusterError: The scheduler is gone, no worker has been there for too long, or one that
                joined would bring other results.
        """
        source = iter(units)
        flight = Flight(self._client, work, installed().mark, shared)
        watch = _Watch(self, self._patience_s)
        more = True
        try:
            while True:
                room = self._in_flight or _UNITS_A_THREAD * max(1, watch.threads)
                while more and len(flight) < room:
                    unit = next(source, None)
                    if unit is None:
                        more = False
                        break
                    flight.send(*unit)
                if not more and not flight.goes_on():
                    return
                for finished in flight.landed(_LOOK_EVERY_S):
                    if finished.foreign is not None:
                        raise _unlike(finished.worker, difference(installed(), finished.foreign))
                    yield finished
                watch.look()
        finally:
            flight.cancel()

    def running(self) -> bool:
        """Whether the scheduler can be asked; while a lost connection is mended it cannot.

        Raises:
            ClusterError: It is gone.
        """
        if self._client.status in ("closed", "closing"):
            raise ClusterError(
                f"the Dask scheduler at {self.address} is gone.",
                "What was done is kept. Start the scheduler and run the same command again.",
            )
        return bool(self._client.status == "running")

    def _check_workers(self) -> None:
        for worker, found in self._client.run(look, on_error="return").items():
            if isinstance(found, Install):
                unlike = difference(installed(), found)
                if unlike:
                    raise _unlike(worker, unlike)
                continue
            if isinstance(found, ImportError):
                raise _unlike(worker, f"no Interview Copilot of this version ({found})")
            why = found.error if isinstance(found, Broken) else type(found).__name__
            raise ClusterError(f"the worker {worker} cannot work: {why}", "Start it anew.")

    def _close(self) -> None:
        if self._client is not None:
            with hushed():
                self._client.close()
            self._client = None


class _Watch:
    """Looks now and then who is there."""

    def __init__(self, cluster: Cluster, patience_s: float) -> None:
        self._cluster = cluster
        self._patience_s = patience_s
        self._seen_at = self._looked_at = time.monotonic()
        self.threads = sum(cluster.workers().values())

    def look(self) -> None:
        now = time.monotonic()
        if now - self._looked_at < _LOOK_EVERY_S or not self._cluster.running():
            return
        self._looked_at = now
        try:
            self.threads = sum(self._cluster.workers().values())
        except OSError:  # the connection is lost at this moment; it is mended, or given up
            return
        if self.threads:
            self._seen_at = now
        elif now - self._seen_at > self._patience_s:
            raise ClusterError(
                f"the Dask scheduler at {self._cluster.address} has had no worker for "
                f"{self._patience_s:g} s.",
                "What was done is kept. Start workers and run the same command again.",
            )


def _connected(address: str, connect_s: float) -> Any:
    try:
        import distributed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ModelError(
            "Dask is not installed.",
            "Install it on this machine and on the workers: pip install 'interview-copilot[dask]'",
            title="Cluster not usable",
        ) from error
    make: Any = distributed.Client  # Dask says nothing of its types
    try:
        return make(address, timeout=connect_s, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        why = "nobody answers there" if isinstance(error, OSError) else str(error)
        raise ClusterError(
            f"no Dask scheduler can be reached at {address}: {why}.",
            "Start one with: dask scheduler; it prints its address. For tls:// the certificates "
            "stand in Dask's own settings.",
        ) from error


def _unlike(worker: str, what: str) -> ClusterError:
    return ClusterError(
        f"the worker {worker} would bring other results: {what}.",
        "Install the same version everywhere, then start the workers anew.",
    )

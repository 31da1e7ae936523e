"""Units of work on their way through a Dask cluster."""

import contextlib
import hashlib
import queue
from collections.abc import Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

from copilot.lab.executing.on_worker import Answer, Broken, Foreign, Work, do, handed_on
from copilot.lab.executing.sameness import Install

#: How long a result that is there is waited for, in seconds, before others have their turn.
_FETCH_S = 5.0
#: How often a unit may get lost on the way, as when the scheduler starts anew.
_SENT_MOST = 10


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of one unit.

    Attributes:
        key: Which.
        value: What came out; None where it failed.
        error: Why it failed, for people; else empty.
        kind: Name of the error's class.
        worker: Who did it.
        foreign: What the worker has installed, where that is why nothing was done.
    """

    key: str
    value: Any = None
    error: str = ""
    kind: str = ""
    worker: str = ""
    foreign: Install | None = None


@dataclass(slots=True)
class _Sent:
    key: str
    unit: bytes
    future: Any
    times: int
    alone: bool


class Flight:
    """Sends units and takes in what comes back; an outcome is handed out once a unit."""

    def __init__(self, client: Any, work: Work, mark: str, shared: bytes) -> None:
        """Send nothing yet.

        Args:
            client: Of Dask.
            work: Does one unit.
            mark: Of what is installed here.
            shared: What all units need.
        """
        self._client = client
        self._work = work
        self._mark = mark
        self._shared = shared
        self._shared_key = "lab-shared-" + hashlib.sha256(shared).hexdigest()[:32]
        self._shared_future: Any = None
        self._open: dict[str, _Sent] = {}
        self._lost: list[_Sent] = []
        self._suspects: list[_Sent] = []
        self._ready: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def __len__(self) -> int:
        return len(self._open) + len(self._lost)

    def send(self, key: str, unit: bytes) -> None:
        """Send a unit."""
        self._send(key, unit, times=1, alone=False)

    def goes_on(self) -> bool:
        """Whether anything is still to come back; of what is suspected, the next is tried alone."""
        if not len(self) and self._suspects:
            suspect = self._suspects.pop()
            self._send(suspect.key, suspect.unit, times=suspect.times + 1, alone=True)
        return len(self) > 0

    def landed(self, timeout_s: float) -> Iterator[Finished]:
        """What has come back, waiting at most so long for the first."""
        self._send_lost()
        with contextlib.suppress(queue.Empty):
            while True:
                key, future = self._ready.get(timeout=timeout_s)
                timeout_s = 0.0
                sent = self._open.get(key)
                if sent is None or sent.future is not future:
                    continue
                finished = self._finished(sent)
                if finished is not None:
                    yield finished

    def cancel(self) -> None:
        """Call off what is on its way."""
        futures = [sent.future for sent in self._open.values()]
        if self._shared_future is not None:
            futures.append(self._shared_future)
        self._open.clear()
        self._lost.clear()
        self._suspects.clear()
        self._shared_future = None
        if futures and self._client.status == "running":
            # The scheduler may be gone at this very moment; then there is nothing to call off.
            with contextlib.suppress(OSError, CancelledError):
                self._client.cancel(futures, force=True)

    def _send(self, key: str, unit: bytes, *, times: int, alone: bool) -> None:
        future = self._client.submit(
            do,
            self._work,
            self._mark,
            self._at_hand(),
            unit,
            # Another key, because Dask remembers how many workers died of the first.
            key=f"lab-{key}-alone" if alone else f"lab-{key}",
            pure=True,
        )
        self._open[key] = _Sent(key, unit, future, times, alone)
        self._wait_for(key, future)

    def _wait_for(self, key: str, future: Any) -> None:
        future.add_done_callback(lambda done: self._ready.put((key, done)))

    def _at_hand(self) -> Any:
        """What all units share, as a task that each of them depends on."""
        future = self._shared_future
        if future is None or future.status in ("cancelled", "error", "lost"):
            future = self._client.submit(handed_on, self._shared, key=self._shared_key, pure=True)
            self._shared_future = future
        return future

    def _send_lost(self) -> None:
        if self._client.status != "running":
            return
        lost, self._lost = self._lost, []
        for sent in lost:
            self._send(sent.key, sent.unit, times=sent.times + 1, alone=sent.alone)

    def _finished(self, sent: _Sent) -> Finished | None:
        """What became of a unit whose future is done; None where it has to go on."""
        from distributed import KilledWorker  # noqa: PLC0415 - an extra
        from distributed import TimeoutError as LateError  # noqa: PLC0415

        try:
            found = sent.future.result(timeout=_FETCH_S)
        except LateError:
            # The worker that had it died in between; it is run again.
            self._wait_for(sent.key, sent.future)
            return None
        except KilledWorker:
            found = self._suspected(sent)
        except (CancelledError, OSError):
            found = self._gone(sent)
        except Exception as error:  # noqa: BLE001 - what a worker could not even begin
            kind = type(error).__name__
            found = Broken(f"a worker could not begin it ({kind}).", kind)
        del self._open[sent.key]
        return None if found is None else _outcome(sent.key, found)

    def _suspected(self, sent: _Sent) -> Broken | None:
        if sent.alone:
            why = "every worker that took it died. It may need more memory than one has."
            return Broken(why, "KilledWorker")
        self._suspects.append(sent)
        return None

    def _gone(self, sent: _Sent) -> Broken | None:
        if sent.times >= _SENT_MOST:
            return Broken("the cluster lost it again and again.", "CancelledError")
        self._lost.append(sent)
        return None


def _outcome(key: str, found: Answer | Foreign | Broken) -> Finished:
    if isinstance(found, Answer):
        return Finished(key, found.value, worker=found.worker)
    if isinstance(found, Foreign):
        return Finished(key, worker=found.worker, foreign=found.install)
    return Finished(key, error=found.error, kind=found.kind, worker=found.worker)

"""A process that does items, one at a time, and ends when the one that began it does."""

import contextlib
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection

from copilot.lab.bench import Bench
from copilot.lab.executing.doing import do_item
from copilot.lab.grid import Item, Materials
from copilot.lab.results import Produced

#: Started anew and not forked: threads and locks of this process stay where they are.
_CONTEXT = multiprocessing.get_context("spawn")
_ENDING_S = 5.0
#: Items that brought a process down are tried this often; a second time may have been bad luck.
_TRIES = 2


class ItemProcess:
    """For one thread; begun with the first item, and again after it was killed."""

    def __init__(self, materials: Materials) -> None:
        """Begin nothing yet.

        Args:
            materials: Of the run.
        """
        self._materials = materials
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None
        self._ended = False
        self._changing = threading.Lock()

    def do(self, item: Item) -> Produced:
        """Do an item there.

        Returns:
            What came out; an error where the process died of it, was ended, or cannot be begun.
        """
        for _ in range(_TRIES):
            try:
                connection = self._begun()
            except OSError as error:  # no memory, or too many processes or open files
                why = f"No process can be begun for it: {error.strerror}."
                return Produced(error=why, error_kind="ProcessNotBegun")
            if connection is None:
                break
            try:
                connection.send(item)
                produced: Produced = connection.recv()
            except (EOFError, OSError):
                self._end()
            else:
                return produced
        code = "" if self._process is None else f" (exit code {self._process.exitcode})"
        return Produced(error=f"The process that did it died{code}.", error_kind="ProcessDied")

    def close(self) -> None:
        """End the process, also in the middle of an item; for any thread."""
        self._ended = True
        self._end()

    @property
    def pid(self) -> int | None:
        """Its number; None while there is none."""
        return None if self._process is None else self._process.pid

    def _begun(self) -> Connection | None:
        with self._changing:
            if self._ended:
                return None
            if self._connection is not None and not self._connection.closed:
                return self._connection
            ours, theirs = _CONTEXT.Pipe()
            process = _CONTEXT.Process(
                target=serve, args=(theirs, self._materials), name="lab worker", daemon=True
            )
            try:
                process.start()
            except BaseException:
                ours.close()
                raise
            finally:
                theirs.close()  # so that its death is told by the end of what can be read
            self._process, self._connection = process, ours
            return ours

    def _end(self) -> None:
        with self._changing:
            if self._process is not None:
                self._process.terminate()
                self._process.join(_ENDING_S)
                if self._process.is_alive():
                    self._process.kill()
                    self._process.join()
            if self._connection is not None:
                self._connection.close()


def serve(connection: Connection, materials: Materials) -> None:
    """Do the items that come until no more can come; the process's main function.

    Args:
        connection: Brings items and takes what came out of them.
        materials: Of the run.
    """
    # Ctrl-C in a terminal reaches the whole group; whoever began this process ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    with Bench(materials, threads=1) as bench, contextlib.suppress(EOFError, OSError):
        while True:
            connection.send(do_item(connection.recv(), bench))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

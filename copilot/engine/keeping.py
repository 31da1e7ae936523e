"""A session on disk while it runs: folder, journal and tape, new or gone on with."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from copilot.audio.tape import DiskTrouble, Tape
from copilot.errors import StorageError
from copilot.events import Event, SessionEnded
from copilot.knowledge.guide import Guide
from copilot.store import Journal, SessionFolder, SessionRecord, SessionStore, open_journal
from copilot.store.guides import keep_guide

Telling = Callable[[DiskTrouble], None]


@dataclass
class Kept:
    """What a running session writes.

    Attributes:
        folder: Its folder.
        journal: Its journal, holding what the disk refuses.
        tape: Its recordings; None where only text is kept.
        earlier: The events of an interrupted session that goes on.
        samples: How many samples the recordings held when it began.
        exchange_audio: Whether the recordings are the wrong way round at the end.
        end: The record of the end, once there is one.
    """

    folder: SessionFolder
    journal: Journal
    tape: Tape | None
    earlier: tuple[Event, ...] = ()
    samples: int = 0
    exchange_audio: bool = False
    end: Callable[[], SessionRecord] | None = None
    _troubled: str = field(default="", init=False)

    def append(self, event: Event, on_trouble: Telling) -> None:
        """Keep an event; where the disk refuses, it waits in memory and that is told."""
        self.journal.append(event)
        self._tell(on_trouble)
        if isinstance(event, SessionEnded):
            self.journal.retry()

    def look_after(self, on_trouble: Telling) -> None:
        """Try the disk again where it refused; to be called about once a second."""
        self.journal.retry()
        self._tell(on_trouble)

    def _tell(self, on_trouble: Telling) -> None:
        trouble = "" if self.journal.trouble is None else self.journal.trouble.message
        if trouble == self._troubled:
            return
        self._troubled, before = trouble, self._troubled
        if self.tape is not None and self.tape.trouble is not None:
            return  # the tape tells of the same disk, and knows for how long
        on_trouble(DiskTrouble(trouble or before, 0.0, 0.0, over=not trouble))


@contextlib.contextmanager
def kept_anew(
    store: SessionStore, record: SessionRecord, guide: Guide, *, audio: bool, on_trouble: Telling
) -> Iterator[Kept]:
    """Keep a new session.

    Args:
        store: Where.
        record: What its folder says of it.
        guide: The guide it runs with, which is kept before anything else.
        audio: Whether the sound is kept too.
        on_trouble: Told what is wrong with the disk.

    Raises:
        StorageError: Nothing can be created; or on leaving, the disk refused to the last.
    """
    folder = store.create(record)
    journal: Journal | None = None
    try:
        with contextlib.ExitStack() as stack:
            stack.enter_context(folder.locked())
            keep_guide(folder, guide)
            journal = stack.enter_context(open_journal(folder, holding=True))
            tape = None
            if audio:
                tape = stack.enter_context(Tape(folder.audio_paths(), on_trouble=on_trouble))
            with _ending(Kept(folder, journal, tape)) as kept:
                yield kept
    except BaseException:
        if journal is None or journal.count == 0:
            folder.delete()  # it had not even started, and half a folder helps nobody
        raise


@contextlib.contextmanager
def kept_on(folder: SessionFolder, *, on_trouble: Telling) -> Iterator[Kept]:
    """Go on with an interrupted session.

    Raises:
        SessionError: It cannot be resumed.
        StorageError: A file cannot be opened; or on leaving, the disk refused to the last.
    """
    with folder.resumed(on_trouble=on_trouble) as resumed:
        tape, earlier = resumed.tape, resumed.journal.earlier
        kept = Kept(
            folder, resumed.journal, tape, earlier, samples=0 if tape is None else tape.length
        )
        with _ending(kept):
            yield kept


@contextlib.contextmanager
def _ending(kept: Kept) -> Iterator[Kept]:
    """On leaving, close the files and then say in the record how it ended."""
    try:
        yield kept
    finally:
        refused = _closed(kept)
        if kept.end is not None and not kept.journal.pending:
            kept.folder.end(kept.end(), exchange_audio=kept.exchange_audio)
        if refused is not None:
            raise refused


def _closed(kept: Kept) -> StorageError | None:
    """Close journal and tape, both of them whatever becomes of one; what the disk refused."""
    refused: StorageError | None = None
    for file in (kept.tape, kept.journal):
        try:
            if file is not None:
                file.close()
        except StorageError as error:
            refused = refused or error
    return refused

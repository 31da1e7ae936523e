"""Reads the lines that are typed, on a thread of its own."""

import codecs
import io
import os
import threading
from collections.abc import Callable, Iterator
from typing import TextIO

from copilot.plain.happenings import Happening, InputOver, Typed

#: A terminal that hung up ends again and again; a person presses Ctrl-D once or twice.
_MOST_ENDS = 3


def read_keyboard(stream: TextIO | None, put: Callable[[Happening], None]) -> None:
    """Begin to read ``stream``; what is typed is ``put``, and that it has ended."""
    # A daemon: leaving does not wait for another line.
    threading.Thread(target=_read, args=(stream, put), name="keyboard", daemon=True).start()


def is_interactive(stream: TextIO | None) -> bool:
    """Whether somebody types at a terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def _read(stream: TextIO | None, put: Callable[[Happening], None]) -> None:
    ends = 0
    at_terminal = is_interactive(stream)
    for line in _lines(stream):
        if line is not None:
            ends = 0
            put(Typed(line))
            continue
        ends += 1
        for_good = not at_terminal or ends == _MOST_ENDS
        put(InputOver(for_good))
        if for_good:
            return


def _lines(stream: TextIO | None) -> Iterator[str | None]:
    """Each line without its end; None each time the input ends."""
    if stream is None or stream.closed:
        yield None
        return
    try:
        number = stream.fileno()
    except io.UnsupportedOperation:  # text in memory
        yield from (line.rstrip("\r\n") for line in stream)
        yield None
        return
    # Not through the stream: it is locked while a line is awaited, and a program that ends then
    # cannot close it.
    decode = codecs.getincrementaldecoder(stream.encoding or "utf-8")("replace").decode
    begun = ""
    while True:
        try:
            data = os.read(number, 4096)
        except OSError:  # the terminal has gone
            data = b""
        begun += decode(data)
        *lines, begun = begun.split("\n")
        yield from (line.rstrip("\r") for line in lines)
        if not data:
            if begun:
                yield begun
            begun = ""
            yield None

"""Dask's own messages kept off the terminal."""

import contextlib
import logging
import warnings
from collections.abc import Iterator

_LOGGERS = ("distributed", "tornado")


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Let Dask neither log to the terminal, from here on, nor warn while the block lasts.

    What matters of its messages is told in our own words. Handlers that the user's Dask settings
    name, such as a file, stay.
    """
    # Dask gives its loggers a handler when it is first loaded.
    with contextlib.suppress(ImportError):
        import distributed  # noqa: F401, PLC0415 - an extra
    for name in list(logging.root.manager.loggerDict):
        if name.split(".")[0] in _LOGGERS:
            _take_off_terminal(logging.getLogger(name))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _take_off_terminal(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        if type(handler) is logging.StreamHandler:
            logger.removeHandler(handler)
            logger.addHandler(logging.NullHandler())
            logger.propagate = False
            logger.setLevel(max(logger.level, logging.WARNING))

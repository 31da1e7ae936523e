"""The threads of numpy that the command asks for, and that Dask gives its workers."""

import pytest


@pytest.fixture(autouse=True)
def _one_thread_for_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")

"""Reading the arrays that ship with this package."""

import zipfile
from importlib import resources
from typing import Any

import numpy as np

from copilot.errors import ModelError


def shipped_arrays(name: str) -> dict[str, Any]:
    """All arrays of the file ``name`` in ``copilot/matching``.

    Raises:
        ModelError: The file is missing or damaged.
    """
    path = resources.files("copilot.matching") / name
    try:
        # Opened here, because numpy leaves a file that it cannot unpack open.
        with path.open("rb") as file, np.load(file) as stored:
            return dict(stored)
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise damaged(name, error) from error


def damaged(name: str, why: Exception) -> ModelError:
    """The error for a file that is not what this version ships."""
    path = resources.files("copilot.matching") / name
    return ModelError(f"{path} cannot be read ({why}).", "Install Interview Copilot again.")

"""Where things lie: what ships with the package, and the user's own folders."""

import os
from functools import cache
from pathlib import Path

import platformdirs

_APP = "interview-copilot"
_PACKAGE = Path(__file__).resolve().parent


@cache
def _shipped() -> Path:
    # A wheel carries the folders inside the package; a checkout has them beside it.
    inside = _PACKAGE / "_shipped"
    return inside if inside.is_dir() else _PACKAGE.parent


def is_file(path: Path) -> bool:
    """Whether ``path`` is a file; False also for a name no file can have, such as one too long."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a folder; see ``is_file``."""
    try:
        return path.is_dir()
    except OSError:
        return False


def shipped_knowledge() -> Path:
    """The folder of the guides that ship."""
    return _shipped() / "knowledge"


def shipped_prompts() -> Path:
    """The folder of the prompts that ship."""
    return _shipped() / "prompts"


def demo_folder() -> Path:
    """The folder of the demo interview."""
    return _PACKAGE / "demo"


def _own(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or default).expanduser()


def data_folder() -> Path:
    """Sessions live here; ``INTERVIEW_COPILOT_DATA`` overrides it."""
    return _own("INTERVIEW_COPILOT_DATA", platformdirs.user_data_dir(_APP, appauthor=False))


def config_folder() -> Path:
    """The user's settings, guides and prompts; ``INTERVIEW_COPILOT_CONFIG`` overrides it."""
    return _own("INTERVIEW_COPILOT_CONFIG", platformdirs.user_config_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """Models and vectors, all of which can be made again; ``INTERVIEW_COPILOT_CACHE`` overrides."""
    return _own("INTERVIEW_COPILOT_CACHE", platformdirs.user_cache_dir(_APP, appauthor=False))

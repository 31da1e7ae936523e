"""The user's own file of a role, which is the one that changes; a shipped guide is copied first."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import filelock

from copilot.errors import StorageError, UsageError
from copilot.guides.editing.guide_file import write_whole
from copilot.i18n import _
from copilot.knowledge.loading import (
    GuideFiles,
    check_language,
    find_guide,
    knowledge_folders,
    read_guide,
)
from copilot.paths import shipped_knowledge
from copilot.private_file import make_private_folder

#: Whoever holds a guide does so for one change.
_PATIENCE_S = 10.0
_OVERLAY = """\
# The texts of {role} in another language, laid over the guide by their ids.
guide: {role}
language: {language}
"""


def is_shipped(files: GuideFiles) -> bool:
    """Whether a role's guide is one that ships, and not the user's."""
    return files.guide.parent.resolve() == shipped_knowledge().resolve()


def own_folder() -> Path:
    """Where the user's own guides lie."""
    return knowledge_folders()[0]


def own_path(role: str, language: str | None = None) -> Path:
    """Where a role's texts are changed, be the file there yet or not.

    Args:
        role: A guide's id.
        language: None, or the guide's own, for the guide itself, else the overlay's.

    Raises:
        UsageError: There is no such guide or language; or a path was given instead of an id.
        GuideError: The guide cannot be read.
    """
    files = _files(role)
    if is_shipped(files):
        files = GuideFiles(files.role, own_folder() / files.guide.name, {})
    own = read_guide(_files(role).guide).language
    if language is None or language == own:
        return files.guide
    check_language(language)
    return files.guide.with_name(f"{files.role}.{language}{files.guide.suffix}")


def own_file(role: str, language: str | None = None) -> Path:
    """The file of ``own_path``; a shipped guide is copied with its overlays, an overlay begun.

    Raises:
        UsageError: There is no such guide or language; or a path was given instead of an id.
        GuideError: The guide cannot be read.
        StorageError: The disk refused.
    """
    path = own_path(role, language)
    files = _files(role)
    if is_shipped(files):
        with changing(own_folder() / files.guide.name):
            # Somebody else may have begun a copy meanwhile, and changed it already.
            if is_shipped(_files(role)):
                _copy(files)
    if not path.exists():
        with changing(path):
            if not path.exists():
                write_whole(path, begun_overlay(files.role, path.name.split(".")[1]))
    return path


def _copy(files: GuideFiles) -> None:
    # The guide last: until it is there, the shipped one is used with its own overlays.
    for source in (*files.overlays.values(), files.guide):
        write_whole(own_folder() / source.name, source.read_text(encoding="utf-8"))


def begun_overlay(role: str, language: str) -> str:
    """An overlay without texts, as YAML."""
    return _OVERLAY.format(role=role, language=language)


@contextlib.contextmanager
def changing(path: Path) -> Iterator[None]:
    """Nobody else changes a file by proposals meanwhile.

    Raises:
        StorageError: The disk refused, or another program holds the file for too long.
    """
    lock = path.with_name(f".{path.name}.lock")
    try:
        make_private_folder(path.parent)
        with filelock.FileLock(lock, timeout=_PATIENCE_S, mode=0o600):
            yield
    except filelock.Timeout as error:
        raise StorageError(
            _("{path}: another program has been changing it for a while.", path=path),
            _("Wait until it is through, or end it, then try again."),
        ) from error
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error


def _files(role: str) -> GuideFiles:
    if role.endswith((".yaml", ".yml")):
        raise UsageError(
            _("{role!r} is a file, and guides are completed by their role.", role=role),
            _("Put it into {folder} and name the role.", folder=own_folder()),
        )
    return find_guide(role)

"""The file of the proposals that wait for one guide or overlay."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.errors import GuideError, StorageError
from copilot.guides.editing.edits import Action, Edit, Proposal
from copilot.i18n import _
from copilot.knowledge.guide import LANGUAGES
from copilot.paths import data_folder
from copilot.private_file import make_private_folder, write_private


class _Kept(BaseModel):
    """One proposal."""

    model_config = ConfigDict(extra="forbid")

    action: Action
    place: list[str | int]
    value: Any
    origin: str
    why: str
    doubt: str = ""

    @classmethod
    def of(cls, proposal: Proposal) -> "_Kept":
        edit = proposal.edit
        return cls(
            action=edit.action,
            place=list(edit.place),
            value=_plain(edit.value),
            origin=proposal.origin,
            why=proposal.why,
            doubt=proposal.doubt,
        )

    def proposal(self) -> Proposal:
        edit = Edit(self.action, tuple(self.place), _numbered(self.value))
        return Proposal(edit, self.origin, self.why, self.doubt)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal[1] = 1
    proposals: list[_Kept]


def waiting_path(role: str, language: str | None) -> Path:
    """Where the proposals lie; None is for the guide's own texts."""
    return _folder() / (f"{role}.json" if language is None else f"{role}.{language}.json")


def waiting_roles() -> list[tuple[str, str | None]]:
    """The roles, and languages of overlays, that have such a file."""
    found: list[tuple[str, str | None]] = []
    for path in sorted(_folder().glob("[!.]*.json")):
        role, _dot, language = path.stem.partition(".")
        if language in ("", *LANGUAGES):
            found.append((role, language or None))
    return found


def read_waiting(path: Path) -> list[Proposal]:
    """The proposals of a file; none where there is none.

    Raises:
        GuideError: It cannot be read.
    """
    try:
        kept = _File.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError) as error:
        raise GuideError(
            _("{path}: the proposals waiting here cannot be read.", path=path),
            _("Move the file away, then make the proposals again."),
        ) from error
    return [each.proposal() for each in kept.proposals]


def write_waiting(path: Path, proposals: Iterable[Proposal]) -> None:
    """Keep proposals, readable by their owner alone; without any the file goes away.

    Raises:
        StorageError: The disk refused; what stood there still stands.
    """
    kept = _File(proposals=[_Kept.of(proposal) for proposal in proposals])
    try:
        if not kept.proposals:
            path.unlink(missing_ok=True)
            return
        make_private_folder(path.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, path) from error
    write_private(path, kept.model_dump_json(indent=1).encode() + b"\n")


def _folder() -> Path:
    return data_folder() / "proposals"


def _plain(value: Any) -> Any:
    """Without origins, which the proposal has."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value


def _numbered(value: Any) -> Any:
    """The keys of anchors are numbers, which JSON has made texts of."""
    if not isinstance(value, dict):
        return value
    return {int(key) if key.isdigit() else key: each for key, each in value.items()}

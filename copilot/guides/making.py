"""New guides of the user's own: from a worked example, or as a copy of another."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from copilot.errors import UsageError
from copilot.guides.editing.edits import Action, Edit
from copilot.guides.editing.guide_file import GuideFile, write_whole
from copilot.guides.enriching.own import own_folder
from copilot.guides.importing.fitting import one_line
from copilot.i18n import _
from copilot.knowledge.guide import Identifier
from copilot.knowledge.loading import check_language, find_guide

_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


@dataclass(frozen=True, slots=True)
class Made:
    """What was written.

    Attributes:
        role: The new guide's id.
        guide: Its file.
        overlays: The files of its other languages.
    """

    role: str
    guide: Path
    overlays: tuple[Path, ...] = ()


def new_guide(
    role: str, *, title: str = "", language: str = "en", folder: Path | None = None
) -> Made:
    """Write a guide with one worked example, which says what each key is for.

    Args:
        role: Its id, and the name of its file.
        title: What the role is called; made of the id where it is empty.
        language: ``en`` or ``fr``.
        folder: Where to; by default the user's own.

    Raises:
        UsageError: The name is none for a guide, or taken; the language is unknown.
        GuideError: The title is too long for a guide.
        StorageError: The disk refused.
    """
    check_language(language)
    path = _free(role, folder)
    example = resources.files("copilot.guides.starters").joinpath(f"{language}.yaml")
    called = one_line(title) or role.replace("-", " ").capitalize()
    text = example.read_text(encoding="utf-8").replace("{{role}}", role)
    # As a comment the title can say anything; as a value it is written by the rules of YAML.
    file = GuideFile(
        path,
        text.replace("# {{title}}", f"# {called}").replace("title: {{title}}", "title: x"),
    )
    file.apply([Edit(Action.SET, ("title",), called)])
    file.check()
    write_whole(path, file.text())
    return Made(role, path)


def copied_guide(source: str, role: str, *, title: str = "", folder: Path | None = None) -> Made:
    """Copy a guide with its overlays under another name; comments, order and origins stay.

    Args:
        source: The id of a guide, or the path of its file.
        role: The copy's id.
        title: What the role is called; as before where it is empty.
        folder: Where to; by default the user's own.

    Raises:
        UsageError: There is no such guide; the name is none for a guide, or taken.
        GuideError: What is to be copied is no valid guide.
        StorageError: The disk refused.
    """
    files = find_guide(source)
    path = _free(role, folder)
    guide = _renamed(files.guide, path, ("id",), role)
    if called := one_line(title):
        guide.apply([Edit(Action.SET, ("title",), called)])
    guide.check()
    overlays = [
        _renamed(overlay, path.with_name(f"{role}.{language}.yaml"), ("guide",), role)
        for language, overlay in sorted(files.overlays.items())
    ]
    # The guide last: without it the overlays are nobody's.
    for file in (*overlays, guide):
        write_whole(file.path, file.text())
    return Made(role, path, tuple(file.path for file in overlays))


def _renamed(source: Path, path: Path, key: tuple[str], role: str) -> GuideFile:
    file = GuideFile(path, GuideFile(source).text())
    file.apply([Edit(Action.SET, key, role)])
    return file


def _free(role: str, folder: Path | None) -> Path:
    """Where a new guide of that name is to lie.

    Raises:
        UsageError: The name is none for a guide, or taken.
    """
    try:
        _IDENTIFIER.validate_python(role)
    except ValidationError as error:
        raise UsageError(
            _("{role!r} is no name for a guide.", role=role),
            _("Lower-case letters and digits joined by hyphens, 48 at most, as head-baker."),
        ) from error
    path = (folder or own_folder()) / f"{role}.yaml"
    if path.exists():
        raise UsageError(
            _("{path} is there already.", path=path),
            _("Choose another name, or remove the file first."),
        )
    return path

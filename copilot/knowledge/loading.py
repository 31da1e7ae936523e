"""Finding and reading guides: the user's own win over those that ship."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from copilot.errors import UsageError, nearest
from copilot.i18n import _
from copilot.knowledge.guide import LANGUAGES, Guide, Listened
from copilot.knowledge.origins import fault_of
from copilot.knowledge.overlay import Overlay
from copilot.knowledge.yaml_file import Loc, Problem, YamlFile, guide_error
from copilot.paths import config_folder, is_file, shipped_knowledge

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class GuideFiles:
    """Where a role's guide lies: the guide itself and its overlays by language."""

    role: str
    guide: Path
    overlays: dict[str, Path]


def knowledge_folders() -> tuple[Path, Path]:
    """Where guides are looked for, the user's own folder first."""
    return config_folder() / "knowledge", shipped_knowledge()


def roles(folders: Iterable[Path] | None = None) -> list[str]:
    """The ids of all guides that can be named on a command line, sorted."""
    found = {
        path.stem
        for folder in (folders or knowledge_folders())
        if folder.is_dir()
        for path in folder.glob("*.yaml")
        if "." not in path.stem
    }
    return sorted(found)


def find_guide(role: str, folders: Iterable[Path] | None = None) -> GuideFiles:
    """The files of a role's guide. ``role`` is a guide's id or the path of a guide file.

    Raises:
        UsageError: No folder has such a guide; the message names the nearest.
    """
    if role.endswith((".yaml", ".yml")):
        return _files_at(Path(role))
    is_name = "." not in role and role == Path(role).name  # and leads to no other folder
    for folder in folders or knowledge_folders():
        path = folder / f"{role}.yaml"
        if is_name and is_file(path):
            return _files_at(path)
    raise UsageError(
        _("there is no guide for the role {role!r}.", role=role), nearest(role, roles(folders))
    )


def _files_at(path: Path) -> GuideFiles:
    role = path.name.split(".")[0]
    overlays = {
        language: overlay
        for language in LANGUAGES
        if (overlay := path.with_name(f"{role}.{language}{path.suffix}")).is_file()
    }
    return GuideFiles(role, path, overlays)


def load_guide(role: str, language: str = "en", folders: Iterable[Path] | None = None) -> Guide:
    """A role's guide in ``language``.

    Args:
        role: A guide's id, or the path of a guide file.
        language: ``en`` or ``fr``.
        folders: Where to look; by default the user's own folder, then the shipped one.

    Raises:
        UsageError: The role or language is unknown.
        GuideError: A file breaks YAML or the schema; every problem names its line.
    """
    check_language(language)
    files = find_guide(role, folders)
    guide = read_guide(files.guide)
    if language == guide.language:
        return guide
    if language not in files.overlays:
        raise UsageError(
            _(
                "the guide {role!r} has no texts in {language!r}.",
                role=files.role,
                language=language,
            ),
            _(
                "Write {role}.{language}.yaml beside {guide}, or choose another language.",
                role=files.role,
                language=language,
                guide=files.guide,
            ),
        )
    return read_overlay(files.overlays[language], guide).laid_over(guide)


def check_language(language: str) -> None:
    """Raise ``UsageError`` where ``language`` is none of ours."""
    if language not in LANGUAGES:
        raise UsageError(
            _("the language {language!r} is not supported.", language=language),
            nearest(language, LANGUAGES),
        )


def read_guide(path: Path, text: str | None = None) -> Guide:
    """Read and validate one guide file, references between its parts included.

    Args:
        path: The file.
        text: What it would say; None for what it says on the disk.

    Raises:
        GuideError: It is not a valid guide.
    """
    file = YamlFile(path, text=text)
    guide = _validated(file, Guide)
    problems = list(_reference_problems(file, guide))
    if problems:
        raise guide_error(problems)
    return guide


def read_overlay(path: Path, guide: Guide, text: str | None = None) -> Overlay:
    """Read and validate an overlay of ``guide``.

    Args:
        path: The file.
        guide: What it is laid over.
        text: What it would say; None for what it says on the disk.

    Raises:
        GuideError: It is not a valid overlay, or names ids the guide does not have.
    """
    file = YamlFile(path, text=text)
    overlay = _validated(file, Overlay)
    problems = list(_unknown_ids(file, overlay, guide))
    if problems:
        raise guide_error(problems)
    return overlay


def _validated(file: YamlFile, model: type[M]) -> M:
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        raise guide_error(file.problems_of(error, model)) from error


def _reference_problems(file: YamlFile, guide: Guide) -> Iterator[Problem]:
    stem = file.path.name.split(".")[0]
    if guide.id != stem:
        yield file.problem(("id",), f"expected {stem!r}, the file's name (found {guide.id!r}).")
    competencies = [item.id for item in guide.competencies]
    questions = [item.id for item in guide.questions]
    origins = [source.id for source in guide.sources], [source.file for source in guide.sources]
    for group in ("competencies", "skills", "stages", "questions", "red_flags"):
        items = getattr(guide, group)
        yield from _doubles(file, (group,), [item.id for item in items])
        for index, item in enumerate(items):
            yield from _origin(file, (group, index), item.origin, origins)
    for index, question in enumerate(guide.questions):
        loc: Loc = ("questions", index)
        yield from _unknown(file, (*loc, "competencies"), question.competencies, competencies)
        yield from _doubles(file, (*loc, "points"), [point.id for point in question.points])
        for number, point in enumerate(question.points):
            yield from _origin(file, (*loc, "points", number), point.origin, origins)
    for index, stage in enumerate(guide.stages):
        yield from _unknown(file, ("stages", index, "questions"), stage.questions, questions)


def _doubles(file: YamlFile, loc: Loc, ids: list[str]) -> Iterator[Problem]:
    for index, item_id in enumerate(ids):
        if item_id in ids[:index]:
            yield file.problem((*loc, index, "id"), f"the id {item_id!r} stands twice.")


def _origin(
    file: YamlFile, loc: Loc, origin: str, known: tuple[list[str], list[str]]
) -> Iterator[Problem]:
    fault = fault_of(origin, *known)
    if fault:
        yield file.problem((*loc, "origin"), fault)


def _unknown(
    file: YamlFile, loc: Loc, used: Iterable[str], known: Iterable[str]
) -> Iterator[Problem]:
    for index, name in enumerate(used):
        if name not in known:
            yield file.problem((*loc, index), f"unknown id {name!r}. {nearest(name, known)}")


def _unknown_ids(file: YamlFile, overlay: Overlay, guide: Guide) -> Iterator[Problem]:
    language = file.path.name.split(".")[1]
    if overlay.language != language:
        yield file.problem(
            ("language",), f"expected {language!r}, as in the name (found {overlay.language!r})."
        )
    if overlay.guide != guide.id:
        yield file.problem(("guide",), f"expected {guide.id!r} (found {overlay.guide!r}).")
    for group in ("competencies", "skills", "stages", "questions", "red_flags"):
        known = [item.id for item in getattr(guide, group)]
        yield from _unknown_keys(file, (group,), getattr(overlay, group), known)
    for question_id, texts in overlay.questions.items():
        points: tuple[Listened, ...] = next(
            (q.points for q in guide.questions if q.id == question_id), ()
        )
        loc: Loc = ("questions", question_id, "points")
        yield from _unknown_keys(file, loc, texts.points, [point.id for point in points])


def _unknown_keys(
    file: YamlFile, loc: Loc, used: Iterable[str], known: list[str]
) -> Iterator[Problem]:
    for name in used:
        if name not in known:
            yield file.problem((*loc, name), f"unknown id {name!r}. {nearest(name, known)}")

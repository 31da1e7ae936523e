"""Making a variant of a prompt the one in use; what stood there before stays as a variant."""

import difflib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from copilot.errors import StorageError, UsageError
from copilot.llm.prompt_file import Prompt, read_bytes, read_prompt
from copilot.llm.prompts import PromptLibrary
from copilot.paths import config_folder, is_file
from copilot.private_file import make_private_folder, write_private


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting a file would change.

    Attributes:
        proposed: The file.
        in_use: The prompt that is used today.
        target: The user's own file, which takes its place.
        diff: From the one in use to the proposed one, a line each.
    """

    proposed: Prompt
    in_use: Prompt
    target: Path
    diff: tuple[str, ...]


def acceptance(path: Path) -> Acceptance:
    """See what accepting a prompt file would change; nothing is.

    Args:
        path: A prompt, or a variant of one.

    Raises:
        PromptError: It has errors.
        UsageError: No such prompt is in use, or it asks for another answer.
    """
    proposed = read_prompt(path)
    name, language = proposed.front.name, proposed.language
    in_use = PromptLibrary().get(name, language)
    if in_use.front.output != proposed.front.output:
        raise UsageError(
            f"{path}: {name} asks for {in_use.front.output}, and this one for "
            f"{proposed.front.output}.",
            "Give it the output of the prompt in use.",
        )
    ending = "" if language == "en" else f".{language}"
    target = config_folder() / "prompts" / f"{name}{ending}.md"
    diff = difflib.unified_diff(
        in_use.text.splitlines(),
        proposed.text.splitlines(),
        str(in_use.path),
        str(path),
        lineterm="",
    )
    return Acceptance(proposed, in_use, target, tuple(diff))


def accept(wanted: Acceptance, now: datetime) -> Path | None:
    """Make it the user's own prompt.

    Args:
        wanted: What was shown.
        now: The time of day.

    Returns:
        Where the user's own prompt that stood there before is kept; None where there was none.

    Raises:
        StorageError: The disk refused; what stood there before stays.
        UsageError: The file has changed since it was shown.
    """
    target = wanted.target
    if read_prompt(wanted.proposed.path).sha256 != wanted.proposed.sha256:
        raise UsageError(f"{wanted.proposed.path} has just changed.", "Look at it again.")
    try:
        make_private_folder(target.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, target.parent) from error
    kept = None
    if is_file(target):
        kept = _free(target, now)
        write_private(kept, read_bytes(target))
    write_private(target, read_bytes(wanted.proposed.path))
    return kept


def _free(target: Path, now: datetime) -> Path:
    name, _, ending = target.name.partition(".")
    number = 1
    while True:
        variant = f"before-{now:%Y%m%d}" + (f"-{number}" if number > 1 else "")
        path = target.with_name(f"{name}.{variant}.{ending}")
        if not path.exists():
            return path
        number += 1

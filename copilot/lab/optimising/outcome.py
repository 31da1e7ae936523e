"""What an optimisation leaves: ``optimise.json``, and a variant of the prompt for a person to take.

``optimise.json`` holds prompts and scores, and nothing of a case, not even its id; it is written
before every round, so that what is broken off is not lost.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from copilot.errors import StorageError
from copilot.lab.folders import lab_folder
from copilot.lab.optimising.evolving import Search, Tried
from copilot.lab.optimising.optimiser import LastLook
from copilot.lab.optimising.preparing import Prepared
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.record import commit, versions
from copilot.llm.prompt_file import Prompt
from copilot.paths import config_folder
from copilot.private_file import make_private_folder, write_private

_FORMAT = 1
_FILE = "optimise.json"
_MARKS = (
    "# Proposed by",
    "# it before it is used: interview-copilot lab accept",
    "# From: ",
    "# Answered by: ",
    "# Start: ",
    "# Chosen by ",
    "# On ",
    "# Held-out cases: ",
)


class Outcome:
    """The record of one optimisation.

    Attributes:
        id: ``<time>-<hash>``.
        path: The file.
        budget: In which all that is used is counted; None before anything is.
    """

    def __init__(self, ready: Prepared, now: datetime, folder: Path | None = None) -> None:
        """Make the folder.

        Args:
            ready: What is optimised.
            now: The time of day, with the offset.
            folder: Where the record goes; a folder of its own in the lab's unless given.

        Raises:
            StorageError: The disk refused.
        """
        digest = hashlib.sha256(f"{now.isoformat()}{ready.start.sha256}".encode()).hexdigest()
        self.id = f"{now:%Y%m%d-%H%M%S}-{digest[:8]}"
        own = folder or lab_folder() / "optimised" / self.id
        try:
            make_private_folder(own)
        except OSError as error:
            raise StorageError.from_os_error(error, own) from error
        self.path = own / _FILE
        self._ready = ready
        self._began_at = now
        self._commit = commit()
        self.budget: RunBudget | None = None

    def write(
        self,
        search: Search,
        *,
        look: LastLook | None = None,
        variant: Path | None = None,
        stopped: str = "",
        done_at: datetime | None = None,
    ) -> None:
        """Write what is known by now, in one step.

        Raises:
            StorageError: The disk refused.
        """
        ready, budget = self._ready, self.budget
        record: dict[str, Any] = {
            "format": _FORMAT,
            "id": self.id,
            "suite": ready.suite.name,
            "suite_sha256": ready.suite.sha256,
            "task": ready.suite.task,
            "prompt": ready.start.label,
            "prompt_path": ready.start.path,
            "language": ready.start.language,
            "provider": ready.variant.provider.id,
            "model": model_of(ready, ready.variant.provider.id),
            "reflection": ready.reflection.id,
            "reflection_model": model_of(ready, ready.reflection.id),
            "seed": ready.wish.seed,
            "most_calls": ready.wish.calls,
            "most_rounds": ready.wish.rounds,
            "began_at": self._began_at.isoformat(timespec="seconds"),
            "done_at": "" if done_at is None else done_at.isoformat(timespec="seconds"),
            "stopped": stopped,
            "ended": search.why_ended,
            "rounds": search.rounds,
            "commit": self._commit,
            "versions": dict(versions()),
            "cases": {
                "train": len(ready.splits.train),
                "dev": len(ready.splits.dev),
                "test": ready.splits.test_cases,
            },
            "used": {}
            if budget is None
            else {"requests": budget.requests, "tokens": budget.tokens, "cost": budget.cost},
            "best": search.best.prompt.sha256 if search.tried else "",
            "last_look": None if look is None else _look(look),
            "variant": "" if variant is None else str(variant),
            "tried": [_tried(each) for each in search.tried.values()],
        }
        write_private(self.path, json.dumps(record, indent=1, ensure_ascii=False).encode() + b"\n")


def model_of(ready: Prepared, provider: str) -> str:
    """What the endpoint of a provider calls its model."""
    profiles = dict(ready.plan.materials.profiles)
    if ready.reflection_profile is not None:
        profiles[ready.reflection.id] = ready.reflection_profile
    found = profiles.get(provider)
    return provider if found is None else found.model


def write_variant(
    ready: Prepared,
    search: Search,
    outcome: Outcome,
    look: LastLook | None,
    *,
    start: Prompt,
    now: datetime,
    folder: Path | None = None,
) -> Path:
    """Write the best as a variant of the prompt, with what is known of it above it.

    Args:
        ready: What was optimised.
        search: What was tried.
        outcome: Its record.
        look: How it did on cases held out; None where it was broken off before.
        start: The prompt it began with.
        now: The time of day.
        folder: Where to; the user's own prompts unless given.

    Raises:
        StorageError: The disk refused.
    """
    folder = folder or config_folder() / "prompts"
    best = search.best
    passed = f"{_percent(search.start.dev_passed)} passed before, {_percent(best.dev_passed)} now"
    lines = [
        f"# Proposed by `interview-copilot lab optimise` on {now:%Y-%m-%d}; a person has to accept",
        "# it before it is used: interview-copilot lab accept FILE",
        f"# From: {outcome.id}, suite {ready.suite.name}, seed {ready.wish.seed}",
        f"# Answered by: {_one_line(model_of(ready, ready.variant.provider.id))}",
        f"# Proposed by: {_one_line(model_of(ready, ready.reflection.id))}",
        f"# Start: {Path(ready.start.path).name}, {ready.start.sha256[:12]}",
        f"# Chosen by {len(ready.splits.dev)} cases: {passed}",
        f"# {look_text(look)}",
    ]
    first, _, rest = best.prompt.text.partition("\n")
    # What an earlier proposal said of itself holds of this one no more.
    head, fence, body = rest.partition("\n---")
    kept = [line for line in head.split("\n") if not line.startswith(_MARKS)]
    rest = "\n".join(kept) + fence + body
    try:
        make_private_folder(folder)
    except OSError as error:
        raise StorageError.from_os_error(error, folder) from error
    path = _free(folder, start, now)
    write_private(path, "\n".join([first, *lines, rest]).encode())
    return path


def look_text(look: LastLook | None) -> str:
    """How the best did on cases held out, in a line."""
    if look is None:
        return "Held-out cases: not looked at, because it was broken off"
    told = f"On {look.cases} held-out cases: {_percent(look.start)} passed before, "
    told += f"{_percent(look.best)} now"
    if look.paired is None:
        return told
    change = f"{look.paired.low * 100:+.0f} to {look.paired.high * 100:+.0f} points"
    noise = "this is more than noise" if look.is_better else "this is not more than noise"
    if look.paired.difference < 0:
        noise = "this is worse"
    return f"{told} ({change}, p {look.paired.p:.3f}); {noise}"


def _free(folder: Path, start: Prompt, now: datetime) -> Path:
    """A name that is not taken yet."""
    number = 1
    while True:
        variant = f"opt-{now:%Y%m%d}" + (f"-{number}" if number > 1 else "")
        language = "" if start.language == "en" else f".{start.language}"
        path = folder / f"{start.front.name}.{variant}{language}.md"
        if not path.exists():
            return path
        number += 1


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share * 100:.0f}%"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:80]


def _look(look: LastLook) -> dict[str, Any]:
    paired = look.paired
    return {
        "cases": look.cases,
        "start": look.start,
        "best": look.best,
        "low": None if paired is None else paired.low,
        "high": None if paired is None else paired.high,
        "p": None if paired is None else paired.p,
        "more_than_noise": look.is_better,
    }


def _tried(each: Tried) -> dict[str, Any]:
    return {
        "sha256": each.prompt.sha256,
        "parent": each.parent,
        "refused": each.refused,
        "train": each.train,
        "parent_train": each.parent_train,
        "dev": each.dev,
        "dev_passed": each.dev_passed,
        "text": each.prompt.text,
    }

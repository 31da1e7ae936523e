"""The guide an anonymised session goes with: the one it ran with, with the same replaced in it."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from copilot.errors import GuideError, SessionError, UsageError
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import Sentence
from copilot.paths import shipped_knowledge
from copilot.store import SessionFolder
from copilot.store.guides import KeptGuide, kept_guide

#: Keys that hold no words of anybody's: what items are called by, and what kind they are.
_KEPT = frozenset({"id", "language", "kind", "shows_by", "competencies", "stages", "questions"})


def anonymised_guide(folder: SessionFolder, replaced: Callable[[str], str]) -> KeptGuide | None:
    """The guide for a session's copy, under a new hash where anything was replaced in it.

    One that ships stays as it is: everybody has it, and it was written about nobody.

    Args:
        folder: The session.
        replaced: A text with everything replaced.

    Returns:
        None where the session kept none, where what it kept is damaged, or where a label would no
        longer be one with its placeholders: a copy does without rather than tell a name.
    """
    try:
        kept = kept_guide(folder)
    except SessionError:
        return None
    if kept is None or _is_shipped(kept):
        return kept
    before = kept.guide.data()
    after = _without_names(before, replaced)
    try:
        guide = kept.guide if after == before else Guide.model_validate(after)
    except ValidationError:
        return None
    return KeptGuide(guide, guide.content_hash())


def _is_shipped(kept: KeptGuide) -> bool:
    guide = kept.guide
    try:
        shipped = load_guide(guide.id, guide.language, (shipped_knowledge(),))
    except (GuideError, UsageError):
        return False
    return shipped.content_hash() == kept.sha256 == guide.content_hash()


def _without_names(value: Any, replaced: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _without_names(item, replaced, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(_without_names(item, replaced, key) for item in value)
    if not isinstance(value, str) or key in _KEPT:
        return value
    if isinstance(value, Sentence):
        return Sentence(replaced(str(value)), replaced(value.origin))
    return replaced(value)

"""Which packs of off-limits topics apply to an interview, and all packs there are, read once.

An interviewer is warned by the law that holds where the interview is held; its language only makes
a guess at that. What candidates tell unasked is kept out whatever the law.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

from copilot.errors import UsageError, nearest
from copilot.i18n import _
from copilot.knowledge.loading import knowledge_folders
from copilot.knowledge.off_limits import FOLDER, Pack, load_packs, pack_ids

#: What stands for no pack at all.
NO_LAW = "none"
#: The shipped packs that apply where nobody says which, the one whose wording is shown first.
_BY_LANGUAGE = {"en": ("eu", "us"), "fr": ("fr", "eu")}


def laws_for(language: str, chosen: Sequence[str] | None = None) -> tuple[str, ...]:
    """The ids of the packs that apply.

    Args:
        language: Language of the interview, ``en`` or ``fr``.
        chosen: The ids somebody named, or ``none`` alone; None where nobody did. Then the shipped
            packs that fit the language apply, and before them every pack that the user added.

    Raises:
        UsageError: There is no such pack, or ``none`` stands beside another.
    """
    if chosen is None:
        return *own_packs(), *_BY_LANGUAGE.get(language, ())
    ids = tuple(dict.fromkeys(chosen))
    if ids == (NO_LAW,):
        return ()
    known = pack_ids()
    for pack_id in ids:
        if pack_id == NO_LAW:
            raise UsageError(
                _("{no_law!r} and other packs were named.", no_law=NO_LAW),
                _("Name one or the other."),
            )
        if pack_id not in known:
            raise UsageError(
                _("there is no pack of off-limits topics {pack_id!r}.", pack_id=pack_id),
                nearest(pack_id, [*known, NO_LAW]),
            )
    return ids


def laws_still_there(laws: Sequence[str]) -> tuple[str, ...]:
    """Those of an earlier session's packs that there still are."""
    known = pack_ids()
    return tuple(law for law in laws if law in known)


def own_packs() -> tuple[str, ...]:
    """The ids of the packs that the user added, sorted; those that replace a shipped one left out.

    A file there that is named like a shipped one replaces it.
    """
    own, shipped = knowledge_folders()
    return tuple(sorted(set(pack_ids([own])) - set(pack_ids([shipped]))))


def own_files() -> bool:
    """Whether the user has any file on off-limits topics, be it one that replaces a shipped one."""
    return any((knowledge_folders()[0] / FOLDER).glob("*.yaml"))


def every_pack() -> tuple[Pack, ...]:
    """All packs there are, ready to be looked for; read once by a program.

    Raises:
        GuideError: A file breaks YAML, the schema or the grammar; every problem names its line.
    """
    return _every_pack_in(knowledge_folders())


@functools.lru_cache(maxsize=1)
def _every_pack_in(folders: tuple[Path, ...]) -> tuple[Pack, ...]:
    return load_packs(folders=folders)

"""Hash of the off-limits topics in use: they decide what is refused, and users have their own."""

import functools
import hashlib
from pathlib import Path

from copilot.knowledge.loading import knowledge_folders
from copilot.knowledge.off_limits import pack_files


def packs_hash() -> str:
    """Of every file on off-limits topics; looked at once a program, as the topics are read once."""
    return _hash_in(knowledge_folders())


@functools.lru_cache(maxsize=1)
def _hash_in(folders: tuple[Path, ...]) -> str:  # noqa: ARG001 - where pack_files looks
    digest = hashlib.sha256()
    for path in pack_files():
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()

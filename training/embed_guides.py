"""Embed every sentence of the shipped guides and write ``copilot/matching/vectors.npz``.

    python -m training.embed_guides

Run it after a guide's text has changed; a test tells when it was forgotten. Takes a few minutes.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide, roles
from copilot.matching.embedding import CachedEmbedder, E5Embedder
from copilot.matching.shipped import FILE, key, packed
from copilot.paths import shipped_knowledge

WEIGHTS = Path(__file__).parent.parent / "copilot" / "matching" / FILE


def sentences(guide: Guide) -> Iterator[str]:
    """Everything of a guide that matching or recognising ever embeds."""
    for question in guide.questions:
        yield question.label
        yield question.text
        yield from question.phrasings
        for point in guide.points_for(question.id):
            yield point.description
            yield from point.probes
    listened = [*guide.competencies, *guide.red_flags]
    listened += [point for question in guide.questions for point in question.points]
    for item in listened:
        if item.says:
            yield from item.says
            yield from item.not_says.denials
            yield from item.not_says.near_misses


def all_sentences() -> list[str]:
    """Those of every shipped guide in every language, each once."""
    folder = shipped_knowledge()
    found = (
        sentence
        for role in roles([folder])
        for language in LANGUAGES
        for sentence in sentences(load_guide(role, language, [folder]))
    )
    return list(dict.fromkeys(found))


def main() -> None:
    """Embed and write."""
    embedder = CachedEmbedder(E5Embedder(threads=2))
    texts = all_sentences()
    rows = packed(embedder.embed(texts))
    keys = np.array([key(embedder.model, text) for text in texts], np.uint64)
    np.savez_compressed(WEIGHTS, keys=keys, rows=rows)
    print(f"{WEIGHTS}: {len(texts)} sentences, {WEIGHTS.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

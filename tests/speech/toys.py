"""Small models for a hub of our own."""

import hashlib
from dataclasses import replace

from copilot.speech.models import ModelFile, SpeechModel

WEIGHTS = bytes(range(256)) * 2000
CONFIG = b'{"model_type": "toy"}'
HALF = len(WEIGHTS) // 2


def _file(name: str, data: bytes) -> ModelFile:
    return ModelFile(name, hashlib.sha256(data).hexdigest(), len(data))


TOY = SpeechModel(
    name="toy",
    languages=("en",),
    repository="maker/toy",
    revision="f" * 40,
    files=(_file("model.bin", WEIGHTS), _file("config.json", CONFIG)),
)
#: The same where the catalogue knows the weights alone, and they lie in a folder.
HALF_KNOWN = replace(
    TOY,
    name="half-known",
    within="ct2",
    files=(_file("model.bin", WEIGHTS), ModelFile("config.json", None)),
)
UNKNOWN = replace(
    HALF_KNOWN,
    name="unknown",
    files=(ModelFile("model.bin", None), ModelFile("config.json", None)),
)

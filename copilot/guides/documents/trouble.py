"""A document that cannot be read, and what to do then."""

from copilot.errors import InputError
from copilot.i18n import N_, _


class DocumentError(InputError):
    """A document cannot be read as one: broken, empty, too long, no text, or no document."""

    title = N_("Unusable document")


def missing_library(name: str) -> DocumentError:
    """The error that a library of the extra ``documents`` is not installed.

    Args:
        name: Of the library, as its users know it.
    """
    return DocumentError(
        _("{name} is not installed, and this kind of document needs it.", name=name),
        N_("Install the extra: pip install 'interview-copilot[documents]'"),
    )

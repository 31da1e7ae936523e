"""Sessions that nobody can read without their passphrase or key file.

What it does and what it does not is told in ``docs/encryption.md``. Nothing is imported at the top,
so that a list of sessions can look for encrypted ones without loading what encrypts.
"""

from copilot.paths import data_folder


def forget_copies(session_id: str) -> None:
    """Remove what lies of a deleted session outside its folder: copies that were left open.

    Args:
        session_id: The id of a session of the data folder in use.
    """
    from copilot.store.encryption.copies import remove_copies  # noqa: PLC0415

    remove_copies(data_folder() / "sessions" / session_id)

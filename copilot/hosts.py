"""Where something may be sent: checked addresses of servers, and the keys that let one in.

Nothing here opens a connection, so that fronts can name a host before anything is sent to it.
"""

import importlib
import ipaddress
import os
import re
from urllib.parse import SplitResult, urlsplit

from copilot.errors import ModelError, UsageError

_KEYRING = "keyring"
_ENV = "env:"
_SERVICE = "interview-copilot"
_TITLE = "Unusable server"
_NO_KEY = "No key"
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|[0-9a-f:.]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def checked_address(url: str, *, sent: str, ending: str, allow_http: bool) -> str:
    """The address up to and with the version, such as ``https://gpubox.example/v1``.

    Args:
        url: As the user gave it, with or without ``/v1``.
        sent: What goes there, in a word such as ``text``.
        ending: The path of the one call that is made, which users copy along.
        allow_http: Whether to send unencrypted to other than private addresses.

    Raises:
        UsageError: It is none, carries a password, or is not encrypted where it should be.
    """
    parts = _split(url)
    if parts.scheme == "http" and not allow_http and not _is_private(parts.hostname or ""):
        raise UsageError(
            f"{parts.hostname} would be sent the {sent} unencrypted.",
            "Give its https:// address, or say --allow-http if nobody else can listen there.",
            title=_TITLE,
        )
    path = parts.path.rstrip("/").removesuffix(ending) or "/v1"
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"


def host_of(url: str) -> str:
    """The name or number in a checked address, with the port where it is not the usual one."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    return name if parts.port is None else f"{name}:{parts.port}"


def check_key_from(key_from: str) -> None:
    """Check where a key is to come from: ``env:NAME``, ``keyring``, or empty where none is wanted.

    Raises:
        UsageError: It is none of these; the text is not repeated, because it may be a key.
    """
    if key_from in ("", _KEYRING):
        return
    name = key_from.removeprefix(_ENV)
    if not key_from.startswith(_ENV) or not _NAME.fullmatch(name):
        raise UsageError(
            "that is no name of an environment variable.",
            "Give the name of the variable that holds the key, never the key itself.",
            title=_TITLE,
        )


def read_key(key_from: str, host: str) -> str | None:
    """The key for a host; None where it wants none. For whoever sends it, and nobody else.

    Raises:
        ModelError: There is none where it should be, or it is none.
    """
    if not key_from:
        return None
    if key_from == _KEYRING:
        key, place = _from_keyring(host), f"the keyring ({_SERVICE}, {host})"
    else:
        name = key_from.removeprefix(_ENV)
        key, place = os.environ.get(name, ""), f"the environment variable {name}"
    key = key.strip()
    if not key:
        raise ModelError(f"there is no key for {host} in {place}.", "Put it there.", title=_NO_KEY)
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ModelError(f"what is in {place} is no key.", "Put the key there.", title=_NO_KEY)
    return key


def _split(url: str) -> SplitResult:
    remedy = "Give it as https://HOST/v1 or http://127.0.0.1:8000/v1."
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError("that is no address of a server.", remedy, title=_TITLE) from error
    # The address is not repeated: it is what somebody may have put a password into.
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise UsageError(
            "the address must hold no name, password or key.",
            "Keep the key in an environment variable and name that.",
            title=_TITLE,
        )
    known = parts.scheme in ("http", "https") and _HOST.fullmatch(host)
    if not known or not url.isprintable() or " " in url:
        raise UsageError("that is no address of a server.", remedy, title=_TITLE)
    return parts


def _is_private(host: str) -> bool:
    """Whether an address stays in this machine or its own network; names can lead anywhere."""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or (address.is_private and not address.is_unspecified)


def _from_keyring(host: str) -> str:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError as error:
        raise ModelError(
            "the key is to come from the keyring, and the package keyring is not installed.",
            "pip install 'interview-copilot[keyring]', or name an environment variable instead.",
            title=_NO_KEY,
        ) from error
    try:
        return keyring.get_password(_SERVICE, host) or ""
    except (keyring.errors.KeyringError, RuntimeError, OSError):
        # Without its cause, which may say more than is good.
        raise ModelError("the keyring cannot be opened.", "Unlock it.", title=_NO_KEY) from None

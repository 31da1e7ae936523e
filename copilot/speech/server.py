"""A transcription server somewhere else: where it is, and what it takes to be let in.

Nothing here opens a connection, so that fronts can name the server before anything is sent.
"""

import importlib
import ipaddress
import os
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from copilot.errors import ServerError, UsageError

#: What OpenAI calls its Whisper; most servers with one model take any name.
DEFAULT_SERVER_MODEL = "whisper-1"
_KEYRING = "keyring"
_ENV = "env:"
_SERVICE = "interview-copilot"
_TITLE = "Unusable server"
_ENDPOINT = "/audio/transcriptions"
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|[0-9a-f:.]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Server:
    """An OpenAI-compatible server that is sent sound and answers with words.

    Attributes:
        url: Its address up to and with the version, such as ``https://gpubox.example/v1``.
        model: What it calls the model.
        key_from: Where its key is: ``env:NAME``, ``keyring``, or empty where it wants none.
    """

    url: str
    model: str = DEFAULT_SERVER_MODEL
    key_from: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """Its name or address, with the port where it is not the usual one."""
        parts = urlsplit(self.url)
        name = parts.hostname or ""
        name = f"[{name}]" if ":" in name else name
        return name if parts.port is None else f"{name}:{parts.port}"

    @property
    def secure(self) -> bool:
        """Whether the way there is encrypted."""
        return self.url.startswith("https:")

    def key(self) -> str | None:
        """Its key; None where it wants none. Not kept, and told nobody but the server.

        Raises:
            ServerError: There is none where it should be, or it is none.
        """
        if not self.key_from:
            return None
        if self.key_from == _KEYRING:
            key, place = _from_keyring(self.host), f"the keyring ({_SERVICE}, {self.host})"
        else:
            name = self.key_from.removeprefix(_ENV)
            key, place = os.environ.get(name, ""), f"the environment variable {name}"
        key = key.strip()
        if not key:
            raise ServerError(f"there is no key for {self.host} in {place}.", "Put it there.")
        if not (key.isascii() and key.isprintable()) or " " in key:
            raise ServerError(f"what is in {place} is no key.", "Put the server's key there.")
        return key


def server(
    url: str,
    model: str = DEFAULT_SERVER_MODEL,
    key_from: str = "",
    *,
    allow_http: bool = False,
) -> Server:
    """The server at ``url``, checked.

    Args:
        url: Its address, with or without ``/v1``.
        model: What it calls the model.
        key_from: ``env:NAME``, ``keyring``, or empty.
        allow_http: Whether to send sound unencrypted to other than private addresses.

    Raises:
        UsageError: The address is none, carries a password, or is not encrypted where it should
            be; or there is nothing at ``key_from`` that can hold a key.
    """
    parts = _split(url)
    if parts.scheme == "http" and not allow_http and not _is_private(parts.hostname or ""):
        raise UsageError(
            f"{parts.hostname} would be sent the sound unencrypted.",
            "Give its https:// address, or say --allow-http if nobody else can listen there.",
            title=_TITLE,
        )
    if not model.strip() or not model.isprintable() or len(model) > 200:
        raise UsageError("the model's name cannot be used.", "Name it as the server does.")
    _check_key_from(key_from)
    path = parts.path.rstrip("/").removesuffix(_ENDPOINT) or "/v1"
    return Server(f"{parts.scheme}://{parts.netloc.lower()}{path}", model, key_from)


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
            "Keep the key in an environment variable and name that: --key-env NAME",
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


def _check_key_from(key_from: str) -> None:
    if key_from in ("", _KEYRING):
        return
    name = key_from.removeprefix(_ENV)
    if not key_from.startswith(_ENV) or not _NAME.fullmatch(name):
        raise UsageError(
            "that is no name of an environment variable.",
            "Give the name of the variable that holds the key, never the key itself.",
            title=_TITLE,
        )


def _from_keyring(host: str) -> str:
    try:
        keyring = importlib.import_module("keyring")
    except ImportError as error:
        raise ServerError(
            "the key is to come from the keyring, and the package keyring is not installed.",
            "pip install keyring, or use --key-env NAME",
        ) from error
    try:
        return keyring.get_password(_SERVICE, host) or ""
    except (keyring.errors.KeyringError, RuntimeError, OSError):
        # Without its cause, which may say more than is good.
        raise ServerError("the keyring cannot be opened.", "Unlock it.") from None

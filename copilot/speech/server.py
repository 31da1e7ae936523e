"""A transcription server somewhere else: where it is, and what it takes to be let in.

Nothing here opens a connection, so that fronts can name the server before anything is sent.
"""

from dataclasses import dataclass, field

from copilot.errors import ModelError, ServerError, UsageError
from copilot.hosts import check_key_from, checked_address, host_of, read_key

#: What OpenAI calls its Whisper; most servers with one model take any name.
DEFAULT_SERVER_MODEL = "whisper-1"
_ENDPOINT = "/audio/transcriptions"


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
        return host_of(self.url)

    @property
    def secure(self) -> bool:
        """Whether the way there is encrypted."""
        return self.url.startswith("https:")

    def key(self) -> str | None:
        """Its key; None where it wants none. Not kept, and told nobody but the server.

        Raises:
            ServerError: There is none where it should be, or it is none.
        """
        try:
            return read_key(self.key_from, self.host)
        except ModelError as error:
            raise ServerError(error.message, error.remedy, title=error.title) from None


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
    address = checked_address(url, sent="sound", ending=_ENDPOINT, allow_http=allow_http)
    if not model.strip() or not model.isprintable() or len(model) > 200:
        raise UsageError("the model's name cannot be used.", "Name it as the server does.")
    check_key_from(key_from)
    return Server(address, model, key_from)

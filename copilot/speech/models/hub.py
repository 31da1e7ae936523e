"""The model hub over HTTPS: what it declares of a commit's files, and files in pieces.

Proxies (``HTTPS_PROXY``, ``NO_PROXY``), a mirror (``HF_ENDPOINT``) and certificates of one's own
(``SSL_CERT_FILE``) are honoured. The hub's own client is not used for this: it names a draft
anew in every process and deletes it when it fails, so nothing can be resumed.
"""

import contextlib
import hashlib
import http.client
import importlib
import importlib.util
import json
import os
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from copilot import __version__
from copilot.errors import ModelError
from copilot.i18n import N_, _
from copilot.private_file import write_all
from copilot.speech.models.model import ModelFile, SpeechModel

_HUB = "https://huggingface.co"
_CHUNK = 1 << 18
_TIMEOUT_S = 30.0
_NETWORK = N_(
    "Check the network, the proxy (HTTPS_PROXY) and the mirror (HF_ENDPOINT), then run the same "
    "command again: it goes on where it stopped."
)
_CERTIFICATE = N_(
    "If a proxy of your organisation looks into connections, name the file of its certificate in "
    "SSL_CERT_FILE."
)
_OURS = (http.client.HTTPException, OSError)  # URLError, timeouts and refusals are OSErrors


class InterruptedFetchError(Exception):
    """The connection broke or the server was too busy; to try again makes sense."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Declared:
    """A file as the hub declares it.

    Attributes:
        name: Its name in the model's folder.
        size: In bytes.
        sha256: Of its content, for the large files; else None.
        blob: Its Git object id, for the small ones; else None.
    """

    name: str
    size: int
    sha256: str | None
    blob: str | None

    def fits(self, path: Path) -> bool:
        """Whether ``path`` is that file."""
        if path.stat().st_size != self.size:
            return False
        with path.open("rb") as file:
            if self.sha256 is not None:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
            # What Git hashes: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
            digest = hashlib.sha1(b"blob %d\0" % self.size, usedforsecurity=False)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest() == self.blob


class Hub:
    """One connection's worth of settings; every request stands alone."""

    def __init__(self) -> None:
        self.endpoint = (os.environ.get("HF_ENDPOINT") or _HUB).rstrip("/")
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=_certificates())
        )

    @property
    def host(self) -> str:
        """Whom a message names."""
        return urlsplit(self.endpoint).netloc or self.endpoint

    def declared(self, model: SpeechModel) -> tuple[Declared, ...]:
        """What the hub says of the model's files at its commit.

        Raises:
            InterruptedFetchError: It could not be asked; to try again makes sense.
            ModelError: It does not have them, or says it over a connection that proves nothing.
        """
        if not self._trusted():
            raise ModelError(
                _(
                    "{endpoint} is no HTTPS address, and the hashes of {model!r} are taken from "
                    "what it declares.",
                    endpoint=self.endpoint,
                    model=model.name,
                ),
                _("Name a mirror with https:// in HF_ENDPOINT."),
            )
        place = f"/{quote(model.within)}" if model.within else ""
        url = f"{self.endpoint}/api/models/{model.repository}/tree/{model.revision}{place}"
        with self._answer(url, {}, str(model.repository)) as answer:
            try:
                entries = json.loads(answer.read())
                found = {declared.name: declared for declared in map(_declared, entries)}
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ModelError(
                    _("{host} answered something else than a list of files.", host=self.host),
                    _NETWORK,
                ) from error
            except _OURS as error:
                raise InterruptedFetchError(_reason(error)) from error
        missing = [file.name for file in model.files if file.name not in found]
        if missing:
            raise ModelError(
                _(
                    "{repository} holds no {missing} at {revision} on {host}.",
                    repository=model.repository,
                    missing=missing[0],
                    revision=model.revision[:12],
                    host=self.host,
                )
            )
        return tuple(found[file.name] for file in model.files)

    def download(
        self, model: SpeechModel, file: ModelFile, path: Path, arrived: Callable[[int], None]
    ) -> None:
        """Bring ``path``, of which a part may be there already, to its full size.

        Args:
            model: Whose file it is.
            file: Which; its size must be known.
            path: The draft that is gone on with.
            arrived: Told how many bytes of the file are there, each time that some came.

        Raises:
            InterruptedFetchError: The connection broke; what came is kept.
            ModelError: The server does not have it, or sends something else.
            OSError: The disk refused.
        """
        have = path.stat().st_size if path.exists() else 0
        if have > file.size:
            path.unlink()
            have = 0
        if have == file.size:
            return
        place = f"{quote(model.within)}/" if model.within else ""
        url = f"{self.endpoint}/{model.repository}/resolve/{model.revision}/{place}{file.name}"
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._piece(url, headers, path) as answer:
            goes_on = answer.status == http.client.PARTIAL_CONTENT
            self._check_length(answer, file, have if goes_on else 0)
            # Unbuffered, so that nothing which came is lost to a kill.
            with path.open("ab" if goes_on else "wb", buffering=0) as draft:
                while chunk := _read(answer):
                    write_all(draft, chunk)
                    arrived(draft.tell())
                if draft.tell() < file.size:
                    raise InterruptedFetchError("the connection ended early")

    def _piece(
        self, url: str, headers: dict[str, str], path: Path
    ) -> "contextlib.closing[http.client.HTTPResponse]":
        try:
            return self._answer(url, headers, path.stem)
        except InterruptedFetchError as error:
            if error.status == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
                path.unlink(missing_ok=True)  # what is here is longer than what is there
            raise

    def _check_length(self, answer: http.client.HTTPResponse, file: ModelFile, have: int) -> None:
        """A page that asks to log in is not a model, whatever its status says."""
        length = answer.headers.get("Content-Length")
        start = answer.headers.get("Content-Range", f"bytes {have}-").removeprefix("bytes ")
        right = length is None or have + int(length) == file.size
        if not right or not start.startswith(f"{have}-"):
            raise ModelError(
                _(
                    "{host} sends something else than {file} ({length} bytes where {value} were "
                    "expected).",
                    host=self.host,
                    file=file.name,
                    length=length,
                    value=file.size - have,
                ),
                "If this network wants you to log in first, do that. " + _NETWORK,
            )

    def _answer(
        self, url: str, headers: dict[str, str], what: str
    ) -> "contextlib.closing[http.client.HTTPResponse]":
        headers = {
            "User-Agent": f"interview-copilot/{__version__}",
            "Accept-Encoding": "identity",
            **headers,
        }
        try:
            # The address is ours or the user's own choice.
            request = urllib.request.Request(url, headers=headers)  # noqa: S310
            return contextlib.closing(self._opener.open(request, timeout=_TIMEOUT_S))
        except urllib.error.HTTPError as error:
            error.close()
            raise self._refused(error.code, what) from error
        except ValueError as error:
            raise ModelError(
                _("{endpoint!r} is no web address.", endpoint=self.endpoint),
                _("Put HF_ENDPOINT right."),
            ) from error
        except _OURS as error:
            cause = getattr(error, "reason", error)
            if isinstance(cause, ssl.SSLCertVerificationError):
                raise ModelError(
                    _(
                        "the certificate of {host} cannot be trusted ({verify_message}).",
                        host=self.host,
                        verify_message=cause.verify_message,
                    ),
                    _CERTIFICATE,
                ) from error
            raise InterruptedFetchError(_reason(error)) from error

    def _refused(self, status: int, what: str) -> Exception:
        if status in (408, 416, 425, 429) or status >= 500:
            return InterruptedFetchError(f"{self.host} answered {status}", status)
        if status == 407:
            return ModelError(
                _("{what} could not be fetched: the proxy wants a name and a password.", what=what),
                _("Give them in HTTPS_PROXY: http://name:password@host:port"),
            )
        said = "it is not there" if status == 404 else f"{self.host} answered {status}"
        return ModelError(_("{what} could not be fetched: {said}.", what=what, said=said), _NETWORK)

    def _trusted(self) -> bool:
        parts = urlsplit(self.endpoint)
        return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")


def gave_up(what: str, host: str, reason: str) -> ModelError:
    """The error for a connection that broke too often."""
    return ModelError(
        _(
            "{what} could not be fetched from {host}: {reason}.",
            what=what,
            host=host,
            reason=reason,
        ),
        _NETWORK,
    )


def _read(answer: http.client.HTTPResponse) -> bytes:
    try:
        return answer.read1(_CHUNK)
    except _OURS as error:
        raise InterruptedFetchError(_reason(error)) from error


def _declared(entry: dict[str, Any]) -> Declared:
    large = entry.get("lfs")
    return Declared(
        name=str(entry["path"]).rsplit("/", 1)[-1],
        size=int(entry.get("size", 0)),
        sha256=str(large["oid"]).removeprefix("sha256:") if large else None,
        blob=None if large else str(entry["oid"]),
    )


def _reason(error: BaseException) -> str:
    cause = getattr(error, "reason", error)
    if isinstance(cause, TimeoutError):
        return "nothing came any more"
    if isinstance(cause, OSError) and cause.strerror:
        return cause.strerror
    return str(cause) or type(cause).__name__


def _certificates() -> ssl.SSLContext:
    """The system's certificates; those of certifi where a Python comes without any."""
    context = ssl.create_default_context()
    places = ssl.get_default_verify_paths()
    if not any((places.cafile, places.capath)) and importlib.util.find_spec("certifi"):
        context.load_verify_locations(importlib.import_module("certifi").where())
    return context

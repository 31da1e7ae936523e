"""What an endpoint means by a status that is not 200.

Of the body only what the interface defines is looked at, and none of it is repeated: it may hold
the request.
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from copilot.llm.errors import BusyError, EndpointError, LlmError, NotTakenError, TooLongError

_SEE = "See docs/llm.md."
_MEANINGS = {
    401: "does not take the key",
    402: "wants to be paid",
    403: "does not take the key",
    404: "has no /chat/completions at this address, or not this model",
    413: "finds the request too long",
}
#: An endpoint that does not know something of the request says one of these.
_NOT_TAKEN = frozenset({400, 415, 422, 501})
_PARAMETERS = ("max_tokens", "temperature", "stream_options", "response_format")
_TOO_LONG = ("context length", "context size", "context window", "context_length")
_LONGEST_WAIT_S = 3600.0


def refused(host: str, status: int, headers: Mapping[str, str], body: bytes) -> LlmError:
    """The error for an answer that is none.

    Args:
        host: Who answered.
        status: With which HTTP status.
        headers: Of the answer.
        body: Its first bytes, which may be anything.
    """
    said = _Said(body)
    if status in _NOT_TAKEN:
        if said.too_long:
            return TooLongError(
                f"{host} finds the request longer than the model takes.",
                "Set context_tokens of the profile to what the endpoint was started with.",
            )
        error = NotTakenError(f"{host} does not take the request ({status}).", _SEE, status=status)
        error.parameter = said.parameter
        return error
    retry_after_s = _retry_after_s(headers.get("retry-after", ""))
    if status == 429:
        if said.code == "insufficient_quota":
            return BusyError(f"the account at {host} is used up (429).", _SEE, status=status)
        return BusyError(
            f"{host} has too many requests (429).",
            _SEE,
            status=status,
            passing=True,
            retry_after_s=retry_after_s,
        )
    return EndpointError(
        f"{host} {_meaning(status)} ({status}).",
        _SEE,
        status=status,
        passing=(status >= 500) or status == 408,
        retry_after_s=retry_after_s,
    )


def _meaning(status: int) -> str:
    if 300 <= status < 400:
        return "sends elsewhere"
    return _MEANINGS.get(status, "answers with an error")


class _Said:
    """The error object of the interface, where there is one.

    Attributes:
        code: What kind of error it is.
        parameter: Which parameter it is about; empty where it is not said.
        too_long: Whether the request does not fit the model.
    """

    def __init__(self, body: bytes) -> None:
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = None
        error = found.get("error", found) if isinstance(found, dict) else None
        error = error if isinstance(error, dict) else {"message": error}
        message = str(error.get("message", "")).lower()
        self.code = str(error.get("code", ""))
        kinds = f"{self.code} {error.get('type', '')}"
        self.too_long = "exceed_context_size" in kinds or any(
            sign in text for sign in _TOO_LONG for text in (kinds, message)
        )
        named = error.get("param")
        if named in _PARAMETERS:
            self.parameter = str(named)
        elif "max_completion_tokens" in message:
            self.parameter = "max_tokens"
        else:
            self.parameter = "stream_options" if "stream_options" in message else ""


def _retry_after_s(value: str) -> float | None:
    """Seconds from now; the header holds them or a date."""
    try:
        wait_s = float(value)
    except ValueError:
        try:
            wait_s = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError, OverflowError):
            return None
    return min(max(0.0, wait_s), _LONGEST_WAIT_S) if math.isfinite(wait_s) else None

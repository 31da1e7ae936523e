"""Profiles: which language model is asked, where it is, and what it may cost.

They stand under ``llm_profiles`` in the settings, by name; ``llm`` names the one in use. Without
it no text leaves the machine. Nothing here opens a connection.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from copilot.errors import InputError, ModelError, UsageError, nearest
from copilot.hosts import check_key_from, checked_address, host_of, read_key
from copilot.llm.errors import EndpointError

#: What most small models take at least, with the settings their servers come with.
DEFAULT_CONTEXT_TOKENS = 8192
#: About a hundred live suggestions with their judgements, and the review.
DEFAULT_SESSION_TOKENS = 400_000
_TITLE = "Unusable profile"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ENDPOINT = "/chat/completions"
_TEXTS = ("url", "model")
_OPTIONAL_TEXTS = ("key", "http")
_TOKENS = ("context_tokens", "session_tokens")
_AMOUNTS = ("price_in", "price_out", "session_cost")
_KEYS = (*_TEXTS, *_OPTIONAL_TEXTS, *_TOKENS, *_AMOUNTS)


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in any one currency."""

    tokens_in: float
    tokens_out: float

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """What so many tokens cost, in the same currency."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Profile:
    """One language model behind an OpenAI-compatible endpoint; made by ``profile``.

    Attributes:
        name: What the user calls it.
        url: The endpoint's address up to and with the version.
        model: What the endpoint calls the model.
        key_from: Where its key is: ``env:NAME``, ``keyring``, or empty where it wants none.
        context_tokens: How much the model takes, request and answer together.
        prices: What a million tokens cost; None where unknown or free.
        session_tokens: Most tokens one session may use, sent and answered together.
        session_cost: Most one session may cost, in the currency of the prices; None: no limit.
    """

    name: str
    url: str
    model: str
    key_from: str = field(default="", repr=False)
    context_tokens: int = DEFAULT_CONTEXT_TOKENS
    prices: Prices | None = None
    session_tokens: int = DEFAULT_SESSION_TOKENS
    session_cost: float | None = None

    @property
    def host(self) -> str:
        """Where the text goes, as the screen says it."""
        return host_of(self.url)

    @property
    def secure(self) -> bool:
        """Whether the way there is encrypted."""
        return self.url.startswith("https:")

    def key(self) -> str | None:
        """Its key; None where it wants none. Not kept, and told nobody but the endpoint.

        Raises:
            EndpointError: There is none where it should be, or it is none.
        """
        try:
            return read_key(self.key_from, self.host)
        except ModelError as error:
            raise EndpointError(error.message, error.remedy, title=error.title) from None


@dataclass(frozen=True, slots=True)
class Preset:
    """Where a well-known endpoint listens, for whoever sets up a profile.

    Attributes:
        title: What its makers call it.
        url: Its usual address.
        wants_key: Whether it lets in nobody without a key.
    """

    title: str
    url: str
    wants_key: bool = False


PRESETS: Mapping[str, Preset] = {
    "openai": Preset("OpenAI", "https://api.openai.com/v1", wants_key=True),
    "ollama": Preset("Ollama", "http://127.0.0.1:11434/v1"),
    "llama-cpp": Preset("llama.cpp", "http://127.0.0.1:8080/v1"),
    "vllm": Preset("vLLM", "http://127.0.0.1:8000/v1"),
    "lm-studio": Preset("LM Studio", "http://127.0.0.1:1234/v1"),
}


def profile(
    name: str,
    url: str,
    model: str,
    key_from: str = "",
    *,
    allow_http: bool = False,
    context_tokens: int = DEFAULT_CONTEXT_TOKENS,
    prices: Prices | None = None,
    session_tokens: int = DEFAULT_SESSION_TOKENS,
    session_cost: float | None = None,
) -> Profile:
    """A profile, checked.

    Args:
        name: What the user calls it: small letters, digits and hyphens.
        url: The endpoint's address, with or without ``/v1``.
        model: What the endpoint calls the model.
        key_from: ``env:NAME``, ``keyring``, or empty.
        allow_http: Whether to send text unencrypted to other than private addresses.
        context_tokens: How much the model takes, request and answer together.
        prices: What a million tokens cost.
        session_tokens: Most tokens one session may use.
        session_cost: Most one session may cost; needs prices.

    Raises:
        UsageError: Something of it cannot be used; neither address nor key is repeated.
    """
    if not _NAME.fullmatch(name) or len(name) > 48:
        raise _unusable("the name must be small letters, digits and hyphens.")
    address = checked_address(url, sent="text", ending=_ENDPOINT, allow_http=allow_http)
    if not model.strip() or not model.isprintable() or len(model) > 200:
        raise _unusable("the model's name cannot be used.", "Name it as the endpoint does.")
    check_key_from(key_from)
    if context_tokens < 512 or session_tokens < 0 or (session_cost or 0) < 0:
        raise _unusable("context_tokens is at least 512, session_tokens and session_cost 0.")
    if prices is not None and min(prices.tokens_in, prices.tokens_out) < 0:
        raise _unusable("prices are not negative.")
    if session_cost is not None and prices is None:
        raise _unusable(
            "session_cost cannot be kept without prices.", "Give price_in and price_out as well."
        )
    return Profile(
        name, address, model, key_from, context_tokens, prices, session_tokens, session_cost
    )


def profiles(found: object) -> dict[str, Profile]:
    """The profiles by name, from what stands under ``llm_profiles`` in the settings.

    Args:
        found: The value as JSON gave it: an object of objects.

    Raises:
        InputError: It cannot be understood; the message names profile and key.
    """
    if not isinstance(found, Mapping):
        raise _misread("llm_profiles", "an object such as {} is wanted.")
    return {name: _read(f"llm_profiles.{name}", name, value) for name, value in found.items()}


def active_profile(found: object, name: str | None) -> Profile | None:
    """The profile in use, from the settings ``llm_profiles`` and ``llm``; None: none is in use.

    Only that one has to be usable, so that a mistake in another stops nobody.

    Raises:
        InputError: There is none of that name, or it cannot be understood.
    """
    if name is None:
        return None
    if not isinstance(found, Mapping):
        raise _misread("llm_profiles", "an object such as {} is wanted.")
    if name not in found:
        raise _misread("llm", f"there is no profile {name!r}.", nearest(name, found))
    return _read(f"llm_profiles.{name}", name, found[name])


def stored(chosen: Profile, *, allow_http: bool = False) -> dict[str, Any]:
    """The profile as the settings keep it; ``profiles`` reads it back."""
    prices = chosen.prices
    values = {
        "url": chosen.url,
        "model": chosen.model,
        "key": chosen.key_from or None,
        "http": "allowed" if allow_http else None,
        "context_tokens": chosen.context_tokens,
        "session_tokens": chosen.session_tokens,
        "price_in": None if prices is None else prices.tokens_in,
        "price_out": None if prices is None else prices.tokens_out,
        "session_cost": chosen.session_cost,
    }
    return {key: value for key, value in values.items() if value is not None}


def _read(place: str, name: str, value: object) -> Profile:
    if not isinstance(value, Mapping):
        raise _misread(place, "an object such as {} is wanted.")
    for key, entry in value.items():
        _check(f"{place}.{key}", key, entry)
    for key in _TEXTS:
        if key not in value:
            raise _misread(place, f"{key!r} is missing.")
    if value.get("http", "allowed") != "allowed":
        raise _misread(f"{place}.http", "it can be nothing but 'allowed'.")
    if ("price_in" in value) != ("price_out" in value):
        raise _misread(place, "price_in and price_out go together.")
    prices = Prices(value["price_in"], value["price_out"]) if "price_in" in value else None
    try:
        return profile(
            name,
            value["url"],
            value["model"],
            value.get("key", ""),
            allow_http="http" in value,
            context_tokens=value.get("context_tokens", DEFAULT_CONTEXT_TOKENS),
            prices=prices,
            session_tokens=value.get("session_tokens", DEFAULT_SESSION_TOKENS),
            session_cost=value.get("session_cost"),
        )
    except UsageError as error:
        raise _misread(place, error.message, error.remedy) from None


def _check(place: str, key: str, entry: object) -> None:
    if key not in _KEYS:
        raise _misread(place, "there is no such key.", nearest(key, _KEYS))
    if key in (*_TEXTS, *_OPTIONAL_TEXTS):
        if not isinstance(entry, str) or not entry:
            raise _misread(place, "it must be a text between quotation marks.")
    elif isinstance(entry, bool) or not isinstance(entry, int | float):
        raise _misread(place, "it must be a number.")
    elif key in _TOKENS and not isinstance(entry, int):
        raise _misread(place, "it must be a whole number.")
    elif not 0 <= entry < 1e12:
        raise _misread(place, "it is negative or far too large.")


def _misread(place: str, what: str, hint: str = "") -> InputError:
    remedy = f"{hint} Mend it in the settings, or take it out.".strip()
    return InputError(f"{place}: {what}", remedy, title="Unusable settings")


def _unusable(what: str, remedy: str = "") -> UsageError:
    return UsageError(what, remedy, title=_TITLE)

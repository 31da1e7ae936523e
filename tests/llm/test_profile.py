"""Where text may be sent, how profiles are read, and how the key is kept to itself."""

import sys
from typing import Any

import pytest

from copilot.errors import CopilotError, InputError, UsageError
from copilot.llm.errors import EndpointError
from copilot.llm.profile import PRESETS, Prices, active_profile, profile, profiles, stored
from tests.llm.asking import KEY

TOY: dict[str, Any] = {"url": "https://a.example/v1", "model": "m"}


@pytest.mark.parametrize(
    ("given", "url", "host"),
    [
        ("https://API.example.com", "https://api.example.com/v1", "api.example.com"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1", "a.example"),
        ("https://a.example:8443/llm/v1/", "https://a.example:8443/llm/v1", "a.example:8443"),
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1", "127.0.0.1:11434"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1", "[::1]:8080"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000/v1", "192.168.1.20:8000"),
    ],
)
def test_an_address_that_may_be_sent_text(given: str, url: str, host: str) -> None:
    chosen = profile("a", given, "m")

    assert (chosen.url, chosen.host) == (url, host)


@pytest.mark.parametrize(
    "url", ["http://api.example.com/v1", "http://8.8.8.8", "http://0.0.0.0", "http://localhost.a.example"]
)  # fmt: skip
def test_unencrypted_only_where_nobody_else_listens(url: str) -> None:
    with pytest.raises(UsageError, match="sent the text unencrypted"):
        profile("a", url, "m")

    assert not profile("a", url, "m", allow_http=True).secure


@pytest.mark.parametrize(
    "url", [f"https://me:{KEY}@a.example/v1", f"https://a.example/v1?key={KEY}", f"https://a.example/#{KEY}"]
)  # fmt: skip
def test_a_key_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="no name, password or key") as caught:
        profile("a", url, "m")

    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["", "gpubox", "ftp://a.example", "https://a b", "https://[::1", "https://\x1b[2J"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError):
        profile("a", url, "m")


@pytest.mark.parametrize("key_from", [f"env:{KEY}", KEY, "env:", "env:A=b"])
def test_a_key_where_its_name_should_be_is_refused_and_not_repeated(key_from: str) -> None:
    with pytest.raises(UsageError) as caught:
        profile("a", "https://a.example", "m", key_from)

    assert KEY not in str(caught.value)


def test_the_key_comes_from_where_the_profile_says_and_stays_out_of_its_repr(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TOY_KEY", f" {KEY}\n")
    chosen = profile("a", "https://a.example", "m", "env:TOY_KEY")

    assert chosen.key() == KEY
    assert KEY not in repr(chosen)
    assert profile("a", "https://a.example", "m").key() is None


def test_a_key_in_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyring:
        errors = type("errors", (), {"KeyringError": ValueError})

        @staticmethod
        def get_password(service: str, host: str) -> str | None:
            return KEY if (service, host) == ("interview-copilot", "a.example") else None

    monkeypatch.setitem(sys.modules, "keyring", Keyring)

    assert profile("a", "https://a.example", "m", "keyring").key() == KEY
    with pytest.raises(EndpointError, match=r"interview-copilot, b\.example"):
        profile("b", "https://b.example", "m", "keyring").key()


def test_without_the_keyring_package_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(EndpointError, match="not installed") as caught:
        profile("a", "https://a.example", "m", "keyring").key()

    assert "interview-copilot[keyring]" in caught.value.remedy


@pytest.mark.parametrize("value", ["", "  ", "two words", "a\x00b"[:1] + "\x07", "é"])
def test_what_is_no_key(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOY_KEY", value)

    with pytest.raises(EndpointError, match="TOY_KEY"):
        profile("a", "https://a.example", "m", "env:TOY_KEY").key()


# -- in the settings ------------------------------------------------------------------------------


def test_nothing_is_in_use_unless_it_is_named() -> None:
    assert active_profile({"a": TOY}, None) is None
    chosen = active_profile({"a": TOY, "broken": 5}, "a")
    assert chosen is not None
    assert chosen.host == "a.example"


def test_a_profile_is_read_back_as_it_was_kept() -> None:
    chosen = profile(
        "gpu-box",
        "http://10.0.0.7:8000",
        "qwen",
        "env:GPU_KEY",
        context_tokens=32_768,
        prices=Prices(0.15, 0.6),
        session_cost=2.5,
    )
    plain = profile("b", "http://b.example", "m", allow_http=True)

    found = {"gpu-box": stored(chosen), "b": stored(plain, allow_http=True)}

    assert profiles(found) == {"gpu-box": chosen, "b": plain}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (5, "llm_profiles.a: an object"),
        ({"url": "https://a.example"}, "llm_profiles.a: 'model' is missing"),
        ({**TOY, "modle": "x"}, "llm_profiles.a.modle: there is no such key"),
        ({**TOY, "model": 5}, "llm_profiles.a.model: it must be a text"),
        ({**TOY, "context_tokens": "many"}, "llm_profiles.a.context_tokens: it must be a number"),
        ({**TOY, "context_tokens": 4096.5}, "llm_profiles.a.context_tokens: it must be a whole"),
        ({**TOY, "context_tokens": True}, "llm_profiles.a.context_tokens: it must be a number"),
        ({**TOY, "session_tokens": -1}, "llm_profiles.a.session_tokens: it is negative"),
        ({**TOY, "price_in": 1}, "llm_profiles.a: price_in and price_out go together"),
        ({**TOY, "session_cost": 1}, "llm_profiles.a: session_cost cannot be kept"),
        ({**TOY, "http": "yes"}, "llm_profiles.a.http: it can be nothing but 'allowed'"),
        ({**TOY, "key": KEY}, "llm_profiles.a: that is no name of an environment variable"),
        ({**TOY, "url": "http://a.example"}, "llm_profiles.a: a.example would be sent the text"),
        ({**TOY, "context_tokens": 10}, "llm_profiles.a: context_tokens is at least 512"),
    ],
)
def test_a_mistake_is_told_with_its_place(value: object, said: str) -> None:
    with pytest.raises(InputError) as caught:
        profiles({"a": value})

    assert caught.value.message.startswith(said)
    assert KEY not in str(caught.value)


@pytest.mark.parametrize("name", ["", "A", "a b", "a" * 49, "é", "a-"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(CopilotError, match="small letters"):
        profiles({name: TOY})


def test_a_name_nobody_has_gets_the_nearest() -> None:
    with pytest.raises(InputError, match="no profile 'olama'") as caught:
        active_profile({"ollama": TOY}, "olama")

    assert "'ollama'" in caught.value.remedy


@pytest.mark.parametrize("found", [None, [], "x"])
def test_profiles_that_are_none(found: object) -> None:
    with pytest.raises(InputError, match="llm_profiles"):
        active_profile(found, "a")
    with pytest.raises(InputError, match="llm_profiles"):
        profiles(found)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_makes_a_profile(name: str) -> None:
    preset = PRESETS[name]

    assert profile(name, preset.url, "m").url == preset.url

"""Where sound may be sent, and how the key is kept to itself."""

import sys
from pathlib import Path

import pytest

from copilot.errors import ServerError, UsageError
from copilot.speech.server import Server, server


@pytest.mark.parametrize(
    ("given", "url", "host"),
    [
        ("https://api.example.com", "https://api.example.com/v1", "api.example.com"),
        ("https://API.example.com/v1/", "https://api.example.com/v1", "api.example.com"),
        ("https://gpubox.local:8443/whisper/v1", "https://gpubox.local:8443/whisper/v1", "gpubox.local:8443"),
        ("https://a.example/v1/audio/transcriptions", "https://a.example/v1", "a.example"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1", "127.0.0.1:8000"),
        ("http://localhost:8000/v1", "http://localhost:8000/v1", "localhost:8000"),
        ("http://[::1]:8000", "http://[::1]:8000/v1", "[::1]:8000"),
        ("http://192.168.1.20:8000", "http://192.168.1.20:8000/v1", "192.168.1.20:8000"),
        ("http://10.0.0.7", "http://10.0.0.7/v1", "10.0.0.7"),
    ],
)  # fmt: skip
def test_an_address_that_may_be_sent_sound(given: str, url: str, host: str) -> None:
    chosen = server(given)

    assert (chosen.url, chosen.host) == (url, host)
    assert server(chosen.url) == chosen


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com/v1", "http://gpubox.local:8000", "http://8.8.8.8", "http://0.0.0.0",
        "http://localhost.example.com", "http://127.0.0.1.example.com", "http://2130706433",
    ],
)  # fmt: skip
def test_unencrypted_only_where_nobody_else_listens(url: str) -> None:
    with pytest.raises(UsageError, match="unencrypted") as caught:
        server(url)

    assert "--allow-http" in caught.value.remedy
    assert not server(url, allow_http=True).secure


@pytest.mark.parametrize(
    "url",
    [
        "", "gpubox", "ftp://gpubox.example", "file:///etc/passwd", "https://", "https://a b/v1",
        "https://a.example:99999", "https://[::1", "https://a.example/v1\n", "https://\x1b[31m.example",
        "https://a.example/\x1b[2J", "https://é.example", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        server(url)

    assert str(caught.value).replace("\n→ ", "").isprintable()


@pytest.mark.parametrize(
    "url",
    [
        "https://me:hunter2@a.example/v1", "https://hunter2@a.example",
        "https://a.example/v1?api_key=hunter2", "https://a.example/#hunter2",
    ],
)  # fmt: skip
def test_a_key_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError, match="no name, password or key") as caught:
        server(url)

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("key_from", ["env:sk-1234", "env:", "env:A B", "sk-1234", "env:A=b"])
def test_a_key_where_its_name_should_be_is_refused_and_not_repeated(key_from: str) -> None:
    with pytest.raises(UsageError, match="no name of an environment variable") as caught:
        server("https://a.example", key_from=key_from)

    assert "sk-1234" not in str(caught.value)


def test_the_key_comes_from_the_variable_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "somebody-elses")
    monkeypatch.setenv("GPU_KEY", "secret-1\n")

    assert server("https://a.example", key_from="env:GPU_KEY").key() == "secret-1"
    assert server("https://a.example").key() is None


@pytest.mark.parametrize("value", [None, "", "  ", "hunter2\nX-Evil: 1", "hunter2 é", "hunter 2"])
def test_a_key_that_is_none(value: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GPU_KEY", raising=False)
    if value is not None:
        monkeypatch.setenv("GPU_KEY", value)

    with pytest.raises(ServerError, match="GPU_KEY") as caught:
        server("https://a.example", key_from="env:GPU_KEY").key()
    assert "hunter" not in str(caught.value)


def test_what_is_printed_of_a_server_says_nothing_of_its_key() -> None:
    assert "GPU_KEY" not in repr(Server("https://a.example/v1", key_from="env:GPU_KEY"))


def test_without_the_package_the_keyring_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(ServerError, match="not installed"):
        server("https://a.example", key_from="keyring").key()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            "return 'secret-2' if (service, name) == ('interview-copilot', 'a.example') else None",
            "",
        ),
        ("return None", "no key for a.example in the keyring"),
        ("raise errors.KeyringError('secret-2')", "cannot be opened"),
    ],
)
def test_the_key_comes_from_the_keyring(
    body: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The package is optional; this is as much of it as is used.
    folder = tmp_path / "keyring"
    folder.mkdir()
    (folder / "errors.py").write_text("class KeyringError(Exception): pass\n")
    (folder / "__init__.py").write_text(
        f"from keyring import errors\ndef get_password(service, name):\n    {body}\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("keyring", "keyring.errors"):
        monkeypatch.setitem(sys.modules, name, None)  # so that it is as it was afterwards
        del sys.modules[name]
    chosen = server("https://a.example", key_from="keyring")

    if not says:
        assert chosen.key() == "secret-2"
        return
    with pytest.raises(ServerError, match=says) as caught:
        chosen.key()
    assert "secret-2" not in str(caught.value)

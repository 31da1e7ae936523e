"""``serve`` refuses at once what would only fail once the page is open."""

import sys

import pytest

from copilot.browser.server import listening
from tests.cli.command import ROLE, run


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("report", "last"), "report opens no app"),
        (("nonsense",), "nonsense opens no app"),
        (("demo", "--plain"), "--plain draws nothing"),
        (("live", "--role", ROLE, "--headless"), "--headless draws nothing"),
        (("sessions", "list"), "sessions list opens no app"),
        (("demo", "--speed", "backwards"), "speed"),
        (("live",), "--role"),
    ],
)
def test_what_opens_no_app_is_refused(arguments: tuple[str, ...], part: str) -> None:
    done = run("serve", *arguments)

    assert done.code == 2
    assert part in done.message
    assert done.out == ""


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_is_a_number(port: str) -> None:
    done = run("serve", f"--port={port}")

    assert done.code == 2
    assert "is no port" in done.message


def test_a_port_in_use_names_the_way_out() -> None:
    with listening(0) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", port, "demo")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"Cannot serve: port {port}: another program uses it.\n"
        "→ Choose another one with --port; 0 takes one that is free.\n"
    )


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(sys.modules):
        if name.startswith(("copilot.browser", "textual_serve")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    done = run("serve", "demo")

    assert done.code == 2
    assert done.err.startswith("Cannot serve: textual_serve")
    assert "→ pip install 'interview-copilot[browser]'" in done.err

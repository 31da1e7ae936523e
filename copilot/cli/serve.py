"""``serve``: the same app in a browser on this machine."""

import argparse
import asyncio
import secrets
import sys
from collections.abc import Sequence

from copilot.errors import ExitCode, UsageError
from copilot.i18n import _, spoken

#: Commands that open the app.
_APPS = ("live", "demo", "sessions", "review")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="where to serve (default: 8000)"
    )
    parser.add_argument(
        "--grace",
        type=float,
        default=120.0,
        metavar="SECONDS",
        help="how long the app goes on after its page was closed (default: 120)",
    )
    parser.add_argument(
        "command",
        nargs=argparse.REMAINDER,
        metavar="COMMAND …",
        help="what to serve, such as demo, or live --role ROLE; the start screen by default",
    )


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    _check(options.command)
    try:
        from copilot.browser.server import AppServer, listening  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("copilot"):
            raise
        raise UsageError(
            _("{package} is not installed; the browser needs it.", package=error.name),
            "pip install 'interview-copilot[browser]'",
            title=_("Cannot serve"),
        ) from error
    with listening(options.port) as listener:
        server = AppServer(
            [sys.executable, "-m", "copilot", "--lang", spoken(), *options.command],
            listener.getsockname()[1],
            secrets.token_urlsafe(24),
            grace_s=max(0.0, options.grace),
            tell=_tell,
        )
        _tell(_("Open this address in a browser on this machine, and give it to nobody:"))
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        _tell(_("Ctrl-C ends the app and this."))
        asyncio.run(server.serve_on(listener))
    return ExitCode.OK


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _check(command: Sequence[str]) -> None:
    """Refuse now what would only fail once the page is open.

    Raises:
        UsageError: The command opens no app.
    """
    from copilot.cli.main import command_parser  # noqa: PLC0415 - it imports this one by name

    if not command:
        return
    name, *arguments = command
    if name not in _APPS:
        raise UsageError(
            _("{name} opens no app that could be served.", name=name),
            _("Serve one of: {names}.", names=", ".join(_APPS)),
        )
    parsed = command_parser(name).parse_args(arguments)
    for front in ("plain", "headless"):
        if getattr(parsed, front, False):
            raise UsageError(
                _("--{front} draws nothing that a browser could show.", front=front),
                _("Leave it out."),
            )
    if name == "sessions" and parsed.action != "resume":
        raise UsageError(
            _("sessions {action} opens no app.", action=parsed.action), _("Serve sessions resume.")
        )


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(_("{text} is no port: 0 to 65535.", text=text))
    return int(text)

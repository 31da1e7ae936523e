"""Running a live session, new or resumed, in the app or without a screen."""

from typing import TYPE_CHECKING

from copilot.engine.calling import LiveOptions, prepared
from copilot.errors import ExitCode

if TYPE_CHECKING:
    from copilot.engine.setup import Consent


def run_call(options: LiveOptions, consent: "Consent | None", *, plain: bool = False) -> int:
    """Hold the interview; without ``consent``, the front asks for it, in lines where ``plain``."""
    if options.headless and consent is not None:
        from copilot.cli.headless import run_headless  # noqa: PLC0415 - only where it is used

        run_headless(*prepared(options, consent), as_json=True)
        return ExitCode.OK
    if plain:
        from copilot.plain.run import run_plain_call  # noqa: PLC0415

        return run_plain_call(options, consent)
    from copilot.tui.app import run_live  # noqa: PLC0415
    from copilot.tui.call import live_call  # noqa: PLC0415

    return run_live(live_call(options, consent))

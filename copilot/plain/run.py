"""Running sessions in the plain front: at a terminal, or between two pipes."""

import sys
from typing import TYPE_CHECKING

from copilot.engine.background import Prepare
from copilot.engine.calling import LiveOptions, device_check, prepared
from copilot.errors import ExitCode
from copilot.events import ConsentDecision
from copilot.i18n import _
from copilot.plain.checking import go_through_check
from copilot.plain.consent import Notice, ask_consent
from copilot.plain.console import Console
from copilot.plain.front import Front, leave_now
from copilot.plain.keyboard import is_interactive, read_keyboard
from copilot.plain.link import Link

if TYPE_CHECKING:
    from copilot.engine.setup import Consent


def run_plain(prepare: Prepare) -> int:
    """Run a session that needs no questions first; the exit code.

    Raises:
        CopilotError: It could not start, or failed.
    """
    console = _console()
    with console.interruptible():
        return _follow(console, prepare)


def run_plain_call(options: LiveOptions, consent: "Consent | None") -> int:
    """Run a live call: consent, check, interview; the exit code.

    Leaving before the interview is no failure and leaves nothing behind.

    Args:
        options: What was chosen.
        consent: The decision, where it is known already, as in a session that is resumed.

    Raises:
        CopilotError: It could not start, or failed.
    """
    console = _console()
    with console.interruptible():
        decided = consent or ask_consent(console, _notice(options))
        if decided is None or not _is_checked(console, options, decided):
            console.say(_("No session was started; nothing was stored."))
            return ExitCode.OK
        past = 0 if options.resume is None else len(options.resume.read_journal().events)
        return _follow(console, lambda: prepared(options, decided), past=past)


def _console() -> Console:
    console = Console(sys.stdout, interactive=is_interactive(sys.stdin))
    read_keyboard(sys.stdin, console.put)
    return console


def _notice(options: LiveOptions) -> Notice:
    from copilot.engine.consent import consent_notice  # noqa: PLC0415 - only where it is asked for

    guide = options.guide
    host = "" if options.server is None else options.server.host
    llm_host = "" if options.llm is None else options.llm.host
    text = consent_notice(guide.language, host, llm_host)
    return Notice(guide.title, guide.language, text, host, llm_host)


def _is_checked(console: Console, options: LiveOptions, consent: "Consent") -> bool:
    if not options.check or consent.decision is ConsentDecision.DECLINED:
        return True
    return go_through_check(console, lambda: device_check(options.devices))


def _follow(console: Console, prepare: Prepare, *, past: int = 0) -> int:
    link = Link(prepare, console.put)
    try:
        Front(console, link, past=past).run()
    except BrokenPipeError:
        # Nobody hears what is said any more; what was captured is kept as whole as ever.
        link.finish()
        raise
    except KeyboardInterrupt:
        leave_now(console)
    return ExitCode.OK

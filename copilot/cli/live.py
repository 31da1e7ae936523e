"""``live``: an interview as it happens, both sides of the call."""

import argparse
import getpass
from typing import TYPE_CHECKING

from copilot.cli import options as shared
from copilot.cli.calling import run_call
from copilot.cli.session_actions.naming import checked_alias
from copilot.engine.calling import LiveOptions
from copilot.errors import UsageError
from copilot.knowledge.loading import check_language, load_guide
from copilot.knowledge.plan import DEFAULT_PROBES, plan_path, read_plan

if TYPE_CHECKING:
    from copilot.engine.setup import Consent


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    shared.add_role(parser)
    shared.add_language(parser)
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument(
        "--plan",
        metavar="PLAN",
        help="the questions in order, with their minutes: a file, or a plan's name",
    )
    shared.add_questions(chosen)
    shared.add_law(parser)
    shared.add_model(parser)
    shared.add_step_down(parser)
    shared.add_server(parser)
    shared.add_llm(parser)
    shared.add_devices(parser)
    parser.add_argument(
        "--no-audio", action="store_true", help="keep the text alone, no recordings"
    )
    parser.add_argument("--no-save", action="store_true", help="keep nothing at all")
    parser.add_argument(
        "--alias", metavar="NAME", help="what the candidate is called, to compare them later"
    )
    add_running(parser)
    parser.add_argument(
        "--consent",
        choices=["given", "declined"],
        help="with --headless: what the candidate decided before",
    )
    parser.add_argument(
        "--by", default=None, metavar="NAME", help="who recorded that (default: the user's name)"
    )


def add_running(parser: argparse.ArgumentParser) -> None:
    """What ``live`` and ``sessions resume`` share."""
    parser.add_argument("--no-check", action="store_true", help="skip the check of the set-up")
    shared.add_front(parser)


def run(options: argparse.Namespace) -> int:
    """Hold the interview."""
    check_language(options.language)
    guide = load_guide(options.role, options.language)
    plan, minutes, probes = options.questions, {}, DEFAULT_PROBES
    if options.plan is not None:
        read = read_plan(plan_path(options.plan, guide.id), guide)
        plan, minutes, probes = read.ids, read.minutes, read.probes
    return run_call(
        LiveOptions(
            guide=guide,
            devices=shared.devices(options),
            plan=plan,
            minutes=minutes,
            probes=probes,
            laws=shared.chosen_laws(options, options.language),
            model=options.model,
            step_down=options.step_down,
            server=shared.chosen_server(options),
            llm=shared.chosen_llm(options),
            save=not options.no_save,
            keep_audio=not options.no_audio,
            check=not options.no_check,
            headless=options.headless,
            alias=None if options.alias is None else checked_alias(options.alias),
        ),
        _consent(options),
        plain=options.plain,
    )


def _consent(options: argparse.Namespace) -> "Consent | None":
    """The decision, where there is no screen to ask for it."""
    if not options.headless:
        if options.consent is not None:
            raise UsageError(
                "--consent is for --headless alone.", "The app asks before anything is opened."
            )
        return None
    if options.consent is None:
        raise UsageError(
            "--headless has no screen to ask for consent.",
            "Read the notice out, then say --consent given or --consent declined.",
        )
    from copilot.engine.consent import consent_notice  # noqa: PLC0415
    from copilot.engine.setup import Consent  # noqa: PLC0415
    from copilot.events import ConsentDecision  # noqa: PLC0415

    server, llm = shared.chosen_server(options), shared.chosen_llm(options)
    return Consent(
        ConsentDecision(options.consent),
        options.by or getpass.getuser(),
        consent_notice(
            options.language,
            "" if server is None else server.host,
            "" if llm is None else llm.host,
        ),
    )

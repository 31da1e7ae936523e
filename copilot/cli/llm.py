"""``llm``: which language model words suggestions more sharply; none until somebody says so."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Any

from copilot.engine.configured import configured_llm, named_llm
from copilot.errors import CopilotError, ExitCode, InputError, ModelError, UsageError, nearest
from copilot.llm.profile import (
    DEFAULT_CONTEXT_TOKENS,
    DEFAULT_SESSION_TOKENS,
    PRESETS,
    Prices,
    Profile,
    active_profile,
    profile,
    stored,
)
from copilot.settings import change_settings, load_settings

_ACTIONS = {
    "list": "the profiles there are, and which is in use",
    "add": "set up a profile: where a language model is, and what it may cost",
    "use": "have live, demo and replay send text to it for sharper suggestions, or not",
    "check": "ask it for one word, twice; nothing of an interview is sent",
    "remove": "forget a profile",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help=_ACTIONS["list"])
    _configure_add(actions.add_parser("add", help=_ACTIONS["add"]))
    use = actions.add_parser("use", help=_ACTIONS["use"])
    use.add_argument(
        "name", metavar="NAME|off", help="a profile's name; off keeps all text here again"
    )
    check = actions.add_parser("check", help=_ACTIONS["check"])
    check.add_argument("name", nargs="?", metavar="NAME", help="default: the one in use")
    remove = actions.add_parser("remove", help=_ACTIONS["remove"])
    remove.add_argument("name", metavar="NAME", help="a profile's name")


def _configure_add(action: argparse.ArgumentParser) -> None:
    action.add_argument("name", metavar="NAME", help="small letters, digits and hyphens")
    action.add_argument(
        "--url",
        metavar="URL",
        help="its OpenAI-compatible address, such as http://127.0.0.1:11434/v1 "
        f"(default: the usual one, for {', '.join(PRESETS)})",
    )
    action.add_argument(
        "--model", required=True, metavar="NAME", help="what the server calls its model"
    )
    action.add_argument(
        "--key",
        default="",
        metavar="env:NAME|keyring",
        help="where its key is, never the key itself (default: it wants none)",
    )
    action.add_argument(
        "--allow-http",
        action="store_true",
        help="send text unencrypted also to other than private addresses",
    )
    action.add_argument(
        "--context-tokens",
        type=int,
        default=DEFAULT_CONTEXT_TOKENS,
        metavar="N",
        help=f"what it takes, request and answer together (default {DEFAULT_CONTEXT_TOKENS})",
    )
    action.add_argument(
        "--session-tokens",
        type=int,
        default=DEFAULT_SESSION_TOKENS,
        metavar="N",
        help=f"most tokens one session may use (default {DEFAULT_SESSION_TOKENS})",
    )
    action.add_argument(
        "--prices",
        type=float,
        nargs=2,
        metavar=("IN", "OUT"),
        help="what a million tokens cost, sent and answered, in any one currency",
    )
    action.add_argument(
        "--session-cost", type=float, metavar="N", help="most one session may cost; needs --prices"
    )


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "list": _list,
        "add": _add,
        "use": _use,
        "check": _check,
        "remove": _remove,
    }
    return actions[options.action](options)


def _list(_options: argparse.Namespace) -> int:
    settings = load_settings()
    found = settings.llm_profiles or {}
    if not found:
        sys.stdout.write(
            "There is no profile; no text leaves this machine.\n"
            "Set one up: interview-copilot llm add NAME --url URL --model MODEL\n"
        )
        return ExitCode.OK
    for name in sorted(found):
        mark = "*" if name == settings.llm else ""
        sys.stdout.write(f"{mark:<2}{name:<18}{_row(found, name)}\n")
    told = "*: in use." if settings.llm else "None is in use; no text leaves this machine."
    sys.stdout.write(f"\n{told}\n")
    return ExitCode.OK


def _row(found: Mapping[str, Any], name: str) -> str:
    try:
        known = active_profile(found, name)
    except InputError as error:
        return error.message
    if known is None:
        raise AssertionError(name)
    way = "" if known.secure else ", not encrypted"
    key = f", key from {known.key_from}" if known.key_from else ""
    return f"{known.model} at {known.host}{way}{key}"


def _add(options: argparse.Namespace) -> int:
    preset = PRESETS.get(options.name)
    url = options.url or (preset.url if preset is not None else None)
    if url is None:
        raise UsageError("--url is missing.", "Say where the language model is.")
    if preset is not None and preset.wants_key and url == preset.url and not options.key:
        raise UsageError(
            f"{preset.title} lets in nobody without a key.", "Name where it is: --key env:NAME"
        )
    chosen = profile(
        options.name,
        url,
        options.model,
        options.key,
        allow_http=options.allow_http,
        context_tokens=options.context_tokens,
        prices=None if options.prices is None else Prices(*options.prices),
        session_tokens=options.session_tokens,
        session_cost=options.session_cost,
    )
    settings = load_settings()
    before = settings.llm_profiles or {}
    kept = {**before, chosen.name: stored(chosen, allow_http=options.allow_http)}
    change_settings(llm_profiles=kept)
    done = "changed" if chosen.name in before else "added"
    sys.stdout.write(f"{chosen.name} {done}: {chosen.model} at {chosen.host}.\n")
    _tell_doubts(chosen)
    if settings.llm == chosen.name:
        sys.stdout.write("It is in use.\n")
    else:
        sys.stdout.write(
            f"Nothing is sent yet. Check it: interview-copilot llm check {chosen.name}. "
            f"Use it: interview-copilot llm use {chosen.name}\n"
        )
    return ExitCode.OK


def _use(options: argparse.Namespace) -> int:
    if options.name == "off":
        change_settings(llm=None)
        sys.stdout.write("No text is sent to a language model from now on.\n")
        return ExitCode.OK
    chosen = named_llm(options.name)
    change_settings(llm=chosen.name)
    sys.stdout.write(
        f"text → {chosen.host}: live, demo and replay send what is said as text to "
        f"{chosen.model}.\n"
        "It words suggestions and judges what was left unclear; code checks its answers. "
        "Protected facts that a candidate tells unasked are left out.\n"
        "The notice to candidates says so. Without it, once: --llm off. For good: "
        "interview-copilot llm use off\n"
    )
    _tell_doubts(chosen)
    return ExitCode.OK


def _remove(options: argparse.Namespace) -> int:
    settings = load_settings()
    found = dict(settings.llm_profiles or {})
    if options.name not in found:
        raise UsageError(f"there is no profile {options.name!r}.", nearest(options.name, found))
    del found[options.name]
    in_use = settings.llm == options.name
    change_settings(llm_profiles=found or None, llm=None if in_use else settings.llm)
    sys.stdout.write(f"{options.name} is forgotten.\n")
    if in_use:
        sys.stdout.write("No text is sent to a language model from now on.\n")
    return ExitCode.OK


def _check(options: argparse.Namespace) -> int:
    # Loads what a connection needs.
    from copilot.llm.check import check_profile, lines  # noqa: PLC0415

    if options.name is not None:
        chosen = named_llm(options.name)
    else:
        known = configured_llm()
        if known is None:
            raise UsageError(
                "no language model is in use.", "Name a profile: interview-copilot llm list"
            )
        chosen = known
    checked = check_profile(chosen)
    for line in lines(checked):
        sys.stdout.write(f"{line}\n")
    return ExitCode.OK if checked.works else ExitCode.FAILED


def _tell_doubts(chosen: Profile) -> None:
    """What is worth knowing before the first interview with it."""
    if not chosen.secure:
        sys.stdout.write("The way there is not encrypted.\n")
    try:
        chosen.key()
    except ModelError as error:
        sys.stdout.write(f"{_sentence(error)}\n")


def _sentence(error: CopilotError) -> str:
    return f"{error.title}: {error.message} {error.remedy}".strip()

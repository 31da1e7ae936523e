"""``keys``: what can be done on each screen and by which key, and other keys for it."""

import argparse
import sys
from collections.abc import Iterator

from copilot.cli.json_output import print_json
from copilot.errors import ExitCode, UsageError, nearest
from copilot.i18n import _
from copilot.settings import change_settings, load_settings, settings_path
from copilot.tui.keys import in_force
from copilot.tui.keys.action import Action
from copilot.tui.keys.names import key_name
from copilot.tui.keys.registry import SCREENS, actions_by_id


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--json", action="store_true", help="for machines, one line an action")
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    put = actions.add_parser("set", help="put something on another key")
    put.add_argument("name", metavar="NAME", help="what the list calls it, as suggestion.take")
    put.add_argument(
        "key", metavar="KEY", help="such as t, ctrl+t, f5, ?; several with commas between them"
    )
    reset = actions.add_parser("reset", help="go back to the keys that ship")
    reset.add_argument("name", nargs="?", metavar="NAME", help="of this alone (default: of all)")


def run(options: argparse.Namespace) -> int:
    """List the keys, or change them."""
    match options.action:
        case "set":
            return _set(options.name, options.key)
        case "reset":
            return _reset(options.name)
        case _:
            return _list(as_json=options.json)


def _set(name: str, key: str) -> int:
    if name not in actions_by_id():
        raise _no_such(name)
    keys = dict(load_settings().keys or {})
    in_force.checked_keys(keys, settings_path())
    changed = in_force.checked_keys({**keys, name: key}, None)
    change_settings(keys=changed or None)
    in_force.use(changed)
    action = actions_by_id()[name]
    sys.stdout.write(f"{name}: {_names(in_force.keys_of(action))}\n")
    return ExitCode.OK


def _reset(name: str | None) -> int:
    keys = dict(load_settings().keys or {})
    # What is not known any more can be taken away as well.
    if name is not None and name not in keys and name not in actions_by_id():
        raise _no_such(name)
    for each in list(keys) if name is None else [name]:
        keys.pop(each, None)
    change_settings(keys=keys or None)
    action = actions_by_id().get(name or "")
    told = "Every key is as it ships." if action is None else f"{name}: {_names(action.key)}"
    sys.stdout.write(f"{told}\n")
    return ExitCode.OK


def _list(*, as_json: bool) -> int:
    in_force.use(in_force.checked_keys(load_settings().keys or {}, settings_path()))
    for screen in SCREENS:
        if as_json:
            for action in screen.actions:
                print_json(_described(screen.name, action))
        else:
            sys.stdout.write("\n".join([_(screen.title), *_rows(screen.actions), "", ""]))
    return ExitCode.OK


def _described(screen: str, action: Action) -> dict[str, object]:
    return {
        "screen": screen,
        "action": action.id,
        "keys": in_force.keys_of(action).split(","),
        "shipped": action.key.split(","),
        "help": _(action.help),
    }


def _rows(actions: tuple[Action, ...]) -> Iterator[str]:
    names = max(len(action.id) for action in actions)
    keys = max(len(_names(in_force.keys_of(action))) for action in actions)
    for action in actions:
        shown = _names(in_force.keys_of(action))
        shipped = f" ({_names(action.key)} as it ships)" if in_force.is_changed(action) else ""
        yield f"  {action.id:<{names}}  {shown:<{keys}}  {_(action.help)}{shipped}"


def _names(keys: str) -> str:
    return ", ".join(key_name(key) for key in keys.split(","))


def _no_such(name: str) -> UsageError:
    hint = nearest(name, actions_by_id())
    return UsageError(f"there is no action {name!r}.", hint)

"""Which key does what: those that ship, and those the user has chosen instead."""

from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

from copilot.errors import InputError, nearest
from copilot.i18n import N_, _
from copilot.tui.keys.action import Action
from copilot.tui.keys.app import APP_ACTIONS
from copilot.tui.keys.names import key_name, read_keys
from copilot.tui.keys.registry import SCREENS, actions_by_id

_TITLE = N_("Unusable keys")
#: They leave the app, whatever else does not work.
_FIXED = ("ctrl+c", "ctrl+q")

_chosen: dict[str, str] = {}


def use(chosen: Mapping[str, str]) -> None:
    """Let checked keys be in force from now on; the actions left out keep theirs."""
    _chosen.clear()
    _chosen.update(chosen)


def is_changed(action: Action) -> bool:
    """Whether the user has chosen another key for it."""
    return action.id in _chosen


def keys_of(action: Action) -> str:
    """The keys of an action, as Textual calls them, with commas between them."""
    return _chosen.get(action.id, action.key)


def shown_key(action: Action) -> str:
    """The key of an action as people write it."""
    if not action.shown_as:
        return key_name(keys_of(action))
    together = _shown_together(action)
    if not any(map(is_changed, together)):
        return action.shown_as
    return f"{key_name(keys_of(together[0]))}-{key_name(keys_of(together[-1]))}"


def key_of(action_id: str) -> str:
    """The key of the action with that id, as people write it, to be named in a text.

    Raises:
        KeyError: There is no such action.
    """
    return key_name(keys_of(actions_by_id()[action_id]))


def keymap() -> dict[str, str]:
    """The keys of every action by its id.

    All of them, because Textual's own way of changing some takes a key away from the other
    actions that share it.
    """
    return {action.id: keys_of(action) for action in actions_by_id().values()}


def checked_keys(wanted: Mapping[str, object], source: Path | None) -> dict[str, str]:
    """The keys that a user asks for, as Textual calls them.

    Args:
        wanted: Keys by the action's id, as the settings hold them.
        source: The file they come from, None where no file holds them yet.

    Raises:
        InputError: There is no such action or key, or two actions of a screen would share one; the
            message names the file, its line, the action and the key.
    """
    known = actions_by_id()
    chosen: dict[str, str] = {}
    try:
        for action_id, keys in wanted.items():
            chosen[action_id] = _read(action_id, keys)
        for screen in SCREENS:
            together = dict.fromkeys((*screen.actions, *screen.panes, *APP_ACTIONS))
            for one, other in combinations(together, 2):
                _refuse_shared(one, other, chosen)
    except _Refused as refused:
        action_id, said, hint = refused.args
        more = _("The command interview-copilot keys lists actions and keys.")
        remedy = f"{hint} {more}"
        raise InputError(f"{_place(source, action_id)}{said}", remedy, title=_TITLE) from refused
    return {name: keys for name, keys in chosen.items() if keys != known[name].key}


class _Refused(Exception):  # noqa: N818 - never leaves this module
    """The action, what is wrong with its key, and what to do."""


def _read(action_id: str, keys: object) -> str:
    if action_id not in actions_by_id():
        said = _("there is no action {name!r}.", name=action_id)
        raise _Refused(action_id, said, nearest(action_id, actions_by_id()))
    if not isinstance(keys, str) or not keys.strip():
        said = _("the key of {name!r} must be a text between quotation marks.", name=action_id)
        raise _Refused(action_id, said, _("Such as 'ctrl+t'."))
    try:
        read = read_keys(keys)
    except ValueError as error:
        said = _(
            "{name!r} cannot be on {key!r}: there is no such key.", name=action_id, key=str(error)
        )
        raise _Refused(
            action_id, said, _("Keys are written as 't', 'ctrl+t', 'f5', '?'.")
        ) from error
    for key in read.split(","):
        if key in _FIXED:
            said = _(
                "{name!r} cannot be on {key}, which always leaves the app.",
                name=action_id,
                key=key_name(key),
            )
            raise _Refused(action_id, said, _("Choose another key."))
    return read


def _refuse_shared(one: Action, other: Action, chosen: Mapping[str, str]) -> None:
    """Refuse a key for two actions, unless they share it as they ship and take turns."""
    if one.id not in chosen and other.id not in chosen:
        return
    shared = _keys(one, chosen) & _keys(other, chosen)
    shared -= _keys(one, {}) & _keys(other, {})
    if shared:
        changed, kept = (one, other) if one.id in chosen else (other, one)
        said = _(
            "{one!r} and {other!r} would both be on {key!r}.",
            one=changed.id,
            other=kept.id,
            key=key_name(min(shared)),
        )
        raise _Refused(changed.id, said, _("Choose another key for one of them."))


def _keys(action: Action, chosen: Mapping[str, str]) -> set[str]:
    return set(chosen.get(action.id, action.key).split(","))


def _shown_together(action: Action) -> list[Action]:
    """The actions that ``shown_as`` stands for: those of its screen with the same label."""
    own = next(screen.actions for screen in SCREENS if action in screen.actions)
    return [each for each in own if each.label == action.label]


def _place(source: Path | None, action_id: str) -> str:
    if source is None:
        return ""
    try:
        before, found, _rest = source.read_text(encoding="utf-8").partition(f'"{action_id}"')
    except (OSError, UnicodeDecodeError):
        before, found = "", ""
    line = f":{before.count(chr(10)) + 1}" if found else ""
    return f"{source}{line}: "

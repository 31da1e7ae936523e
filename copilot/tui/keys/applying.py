"""Putting the user's keys in force in the app."""

from collections.abc import Mapping
from typing import Any

from textual.app import App

from copilot.settings import settings_path
from copilot.tui.keys import in_force


def apply_keys(app: App[Any], wanted: Mapping[str, object]) -> None:
    """Put the user's keys in force; those that ship where one of the user's cannot be used.

    Args:
        app: The app whose screens are to go by them.
        wanted: Keys by the action's id, as the settings hold them.

    Raises:
        InputError: A key or an action cannot be used; the keys that ship are in force.
    """
    in_force.use({})
    try:
        in_force.use(in_force.checked_keys(wanted, settings_path()))
    finally:
        app.set_keymap(in_force.keymap())

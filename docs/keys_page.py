"""The page of keys, from the lists that the app goes by."""

from collections.abc import Iterator

from copilot.tui.keys.action import Action
from copilot.tui.keys.names import key_name
from copilot.tui.keys.registry import SCREENS, grouped


def keys_page() -> str:
    """Every screen's keys as they ship, in English."""
    lines = [
        "# Keys",
        "",
        "Made from the code by `python -m docs.generate`; do not edit.",
        "",
        "These are the keys that ship. `?` shows those in force and what the focused pane is for;",
        "Ctrl+P searches in all that can be done at the moment.",
        "`interview-copilot keys set ACTION KEY` changes one, `interview-copilot keys reset` takes",
        "changes back; the settings file keeps them,",
        'as `"keys": {"suggestion.take": "ctrl+t"}`.',
        "Ctrl+Q and Ctrl+C always leave, after asking where there is something to lose.",
        "",
    ]
    for screen in SCREENS:
        lines += [f"## {screen.title}", ""]
        lines += ["| key | what it does | action |", "| --- | --- | --- |"]
        for actions in grouped(screen.actions).values():
            lines += map(_row, actions)
        lines.append("")
    return "\n".join(lines)


def _row(action: Action) -> str:
    return f"| {', '.join(_names(action))} | {action.help} | `{action.id}` |"


def _names(action: Action) -> Iterator[str]:
    for key in action.key.split(","):
        yield f"`{key_name(key)}`" if len(key_name(key)) == 1 else key_name(key)

"""Keys as people write them and as Textual calls them."""

from textual.binding import Binding
from textual.keys import KEY_ALIASES, Keys, format_key

from copilot.i18n import N_, _, pgettext

_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_SHOWN = {
    "ctrl": N_("Ctrl"),
    "alt": N_("Alt"),
    "shift": N_("Shift"),
    "space": N_("Space"),
    "enter": N_("Enter"),
    "escape": N_("Esc"),
    "tab": N_("Tab"),
    "backspace": N_("Backspace"),
    "delete": N_("Del"),
    "insert": N_("Ins"),
    "pageup": N_("PgUp"),
    "pagedown": N_("PgDn"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_ALSO_WRITTEN = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "control": "ctrl",
    "option": "alt",
}
#: What a terminal sends for them is another key's.
_SAME_KEY = {alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases}
_KNOWN = frozenset(key.value for key in Keys if not key.value.startswith("<"))


def key_name(keys: str) -> str:
    """A key as people write it; the first where there are several with commas between them."""
    *modifiers, base = keys.split(",", maxsplit=1)[0].split("+")
    name = _base_name(base)
    if len(name) > 1 or modifiers:
        name = name[:1].upper() + name[1:]
    return "+".join([*(_(_SHOWN.get(word, word.capitalize())) for word in modifiers), name])


def _base_name(base: str) -> str:
    match base:
        case "home":
            return pgettext("key", "Home")
        case "end":
            return pgettext("key", "End")
        case _:
            return _(_SHOWN[base]) if base in _SHOWN else format_key(base)


def read_keys(text: str) -> str:
    """Keys as Textual calls them, with commas between them, from what someone wrote.

    Raises:
        ValueError: One of them is no key; its text is the argument.
    """
    # A comma alone is a key too.
    words = [","] if text.strip() == "," else text.split(",")
    return ",".join(_read_key(word.strip()) for word in words)


def _read_key(text: str) -> str:
    if len(text) == 1 and text.isprintable() and not text.isspace():
        return _of_character(text)
    *modifiers, base = text.lower().split("+")
    modifiers = [_ALSO_WRITTEN.get(word, word) for word in modifiers]
    base = _ALSO_WRITTEN.get(base, base)
    if any(word not in _MODIFIERS for word in modifiers):
        raise ValueError(text)
    if len(base) == 1 and base.isprintable():
        # Terminals send capitals where Shift is held, and nothing of Shift.
        if modifiers == ["shift"] and base.isalpha():
            return base.upper()
        base = _of_character(base)
    elif base not in _KNOWN and len(format_key(base)) != 1:
        raise ValueError(text)
    ordered = sorted(modifiers, key=_MODIFIERS.index)
    key = "+".join([*ordered, base])
    return _SAME_KEY.get(key, key)


def _of_character(character: str) -> str:
    if character == ",":  # would part two keys
        return "comma"
    [binding] = Binding.make_bindings([Binding(character, "")])
    return binding.key

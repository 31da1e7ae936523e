"""The settings of providers: which there are, and what they have to be."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from copilot.errors import nearest
from copilot.knowledge.yaml_file import Problem
from copilot.lab.grid import LOCAL, Provider
from copilot.lab.suite.files import Place, path_beside
from copilot.lab.suite.form import ProviderForm
from copilot.lab.tasks.thresholds import INSTALLED
from copilot.lab.tasks.thresholds import KEY as THRESHOLDS


class _Setting(NamedTuple):
    """A setting.

    Attributes:
        wanted: What it has to be, in words.
        fits: Whether a value is that.
        local: Whether it is one of the program itself, and not of a language model.
    """

    wanted: str
    fits: Callable[[Any], bool]
    local: bool = False


def _number(least: float, most: float) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
    )


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    )


SETTINGS: Mapping[str, _Setting] = {
    "temperature": _Setting("a number from 0 to 2", _number(0, 2)),
    "max_tokens": _Setting("a whole number from 16 to 32000", _whole(16, 32_000)),
    "limit_s": _Setting("seconds, 0.1 to 3600", _number(0.1, 3600)),
    "live": _Setting("true or false", lambda value: isinstance(value, bool)),
    THRESHOLDS: _Setting(
        f"the path of a file of thresholds, {INSTALLED}, or the thresholds themselves",
        lambda value: isinstance(value, str | dict),
        local=True,
    ),
    "model": _Setting(
        "the name of a speech model", lambda value: isinstance(value, str), local=True
    ),
}


def config_problems(form: ProviderForm, place: Place) -> Iterator[Problem]:
    """What is wrong with a provider's settings."""
    is_local = form.id == LOCAL
    known = [name for name, setting in SETTINGS.items() if setting.local == is_local]
    for key, value in form.config.items():
        if key not in known:
            said = f"{form.id} has no setting {key!r}. {nearest(key, known)}"
            yield place.problem(said, "config", key)
        elif not SETTINGS[key].fits(value):
            yield place.problem(f"{SETTINGS[key].wanted} is expected.", "config", key)


def provider_of(form: ProviderForm, path: Path) -> Provider:
    """The provider as runs know it: paths are whole, whichever folder the program runs in."""
    config = dict(form.config)
    named = config.get(THRESHOLDS)
    if isinstance(named, str) and named != INSTALLED:
        config[THRESHOLDS] = str(path_beside(path, named).resolve())
    return Provider(id=form.id, label=form.label, config=config)

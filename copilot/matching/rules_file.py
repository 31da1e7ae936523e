"""Thresholds of one's own: a small JSON file, made by the lab and used by every interview.

``{"point": {"says": 0.55, "denies": 0.45, "doubt": 0.4}, "flag": {…}, "learned_from": {…}}``; a
``denies`` of null means that nothing counts as denied, and a kind that is left out keeps the
thresholds that ship.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from copilot.errors import InputError, StorageError, nearest
from copilot.i18n import N_, _
from copilot.matching.rules import FLAG_RULE, NEVER, POINT_RULE, SHIPPED_RULES, Rules, StateRule
from copilot.paths import config_folder
from copilot.private_file import make_private_folder, write_private

_KINDS = {"point": POINT_RULE, "flag": FLAG_RULE}
_LEARNED = "learned_from"
_THRESHOLDS = ("says", "denies", "doubt")
#: Of what they were learned from, what may be left out.
_SAID_AS_WELL = frozenset({"labels", "held_out"})


class RulesError(InputError):
    """A file of thresholds cannot be used."""

    title = N_("Unusable thresholds")


@dataclass(frozen=True, slots=True)
class LearnedFrom:
    """What thresholds were learned from.

    Attributes:
        data: What the data is called, such as the name of a suite or file.
        sha256: Its hash.
        date: When, as ``2026-11-23``.
        labels: How many labels that were, in words; empty where nobody said.
        held_out: What they came to on data they were not learned from, in words; the same.
    """

    data: str
    sha256: str
    date: str
    labels: str = ""
    held_out: str = ""


@dataclass(frozen=True, slots=True)
class RulesInUse:
    """The thresholds interviews are held with.

    Attributes:
        rules: They themselves.
        path: The file they come from; None for those that ship.
        sha256: Its hash; empty for those that ship.
        learned_from: What they were learned from, where the file says so.
        problem: What is wrong with a file that is there; then those that ship are in use.
    """

    rules: Rules = SHIPPED_RULES
    path: Path | None = None
    sha256: str = ""
    learned_from: LearnedFrom | None = None
    problem: RulesError | None = None

    @property
    def described(self) -> str:
        """Which they are, in a line for people; in English, as commands speak."""
        if self.path is None:
            return "those that ship"
        if self.learned_from is None:
            return f"{self.path} ({self.sha256[:8]})"
        learned = self.learned_from
        return f"{self.path}, learned from {learned.data} ({learned.sha256[:8]}) on {learned.date}"


def rules_path() -> Path:
    """Where thresholds of one's own are looked for."""
    return config_folder() / "thresholds.json"


def rules_in_use(path: Path | None = None) -> RulesInUse:
    """The user's own thresholds, or those that ship; a file that is broken is told of, not raised.

    Args:
        path: The file; by default the one in the settings folder.
    """
    path = path or rules_path()
    try:
        return read_rules(path)
    except FileNotFoundError:
        return RulesInUse()
    except RulesError as error:
        return RulesInUse(problem=error)


def read_rules(path: Path) -> RulesInUse:
    """The thresholds of a file.

    Raises:
        FileNotFoundError: There is none.
        RulesError: It cannot be read or used; the message names file and key.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unusable(path, f"{error.strerror}.") from error
    try:
        found = json.loads(content)
    except json.JSONDecodeError as error:
        said = _("no JSON: {msg}.", msg=error.msg)
        raise _unusable(f"{path}:{error.lineno}", said) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _unusable(path, _("no JSON.")) from error
    rules = rules_from(found, str(path))
    return RulesInUse(rules, path, hashlib.sha256(content).hexdigest(), _learned(found, path))


def rules_from(found: object, where: str) -> Rules:
    """The thresholds that a mapping holds, as the file has them.

    Args:
        found: The mapping.
        where: What it is called in an error, such as a path.

    Raises:
        RulesError: It holds something else; the message names the key.
    """
    if not isinstance(found, Mapping):
        raise _unusable(where, _("an object such as {} is wanted."))
    for key in found:
        if key not in (*_KINDS, _LEARNED):
            raise _unknown(where, str(key), (*_KINDS, _LEARNED))
    rules = {kind: _rule(found[kind], where, kind) for kind in _KINDS if kind in found}
    return Rules(**rules)


def rules_as_json(rules: Rules) -> dict[str, dict[str, float | None]]:
    """Thresholds as the file has them; what they were learned from is left out."""
    return {
        kind: {
            name: value if value < NEVER else None
            for name, value in asdict(getattr(rules, kind)).items()
        }
        for kind in _KINDS
    }


def write_rules(path: Path, rules: Rules, learned_from: LearnedFrom) -> None:
    """Replace a file of thresholds in one step.

    Raises:
        StorageError: The disk refused; an earlier file stays as it was.
    """
    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise StorageError.from_os_error(error, path.parent) from error
    learned = {name: text for name, text in asdict(learned_from).items() if text}
    content = {**rules_as_json(rules), _LEARNED: learned}
    write_private(path, json.dumps(content, indent=2, ensure_ascii=False).encode() + b"\n")


def _rule(found: object, where: str, kind: str) -> StateRule:
    if not isinstance(found, Mapping):
        raise _unusable(where, _("{key!r} must be an object such as {{}}.", key=kind))
    for key in found:
        if key not in _THRESHOLDS:
            raise _unknown(where, f"{kind}.{key}", [f"{kind}.{name}" for name in _THRESHOLDS])
    values = {name: _threshold(found, where, kind, name) for name in _THRESHOLDS}
    rule = StateRule(**values)
    if rule.doubt > min(rule.says, rule.denies):
        said = _("{key!r} must not be above the others.", key=f"{kind}.doubt")
        raise _unusable(where, said)
    return rule


def _threshold(found: Mapping[str, object], where: str, kind: str, name: str) -> float:
    value, key = found.get(name, math.nan), f"{kind}.{name}"
    if value is None and name == "denies":
        return NEVER
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        said = _("{key!r} must be a number above 0 and up to 1.", key=key)
        raise _unusable(where, said)
    return float(value)


def _learned(found: Mapping[str, Any], path: Path) -> LearnedFrom | None:
    learned = found.get(_LEARNED)
    if learned is None:
        return None
    texts = isinstance(learned, Mapping) and all(isinstance(v, str) for v in learned.values())
    if not texts or set(learned) - _SAID_AS_WELL != {"data", "sha256", "date"}:
        said = _("{key!r} must hold the texts data, sha256 and date.", key=_LEARNED)
        raise _unusable(path, said)
    return LearnedFrom(**learned)


def _unknown(where: str, key: str, known: Any) -> RulesError:
    return RulesError(f"{where}: " + _("there is no key {key!r}.", key=key), nearest(key, known))


def _unusable(where: object, said: str) -> RulesError:
    remedy = _("Mend the file, or remove it to use the thresholds that ship.")
    return RulesError(f"{where}: {said}", remedy)

"""A panel's folder, which raters share on a drive, a stick or by mail, and the files in it.

Others write there too, so that everything read is checked: a broken, foreign or changed file is
told by its name, and what is whole counts all the same.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from copilot.errors import CopilotError, InputError, StorageError, UsageError
from copilot.i18n import _
from copilot.review.panel.files import files, folded, make_folder, parsed, read, same, stem, write
from copilot.review.panel.model import Bundle, Panel, Seal, to_bytes
from copilot.review.plain_line import plain_line

_PANEL, _SEALS, _BUNDLES = "panel.json", "seals", "bundles"


@dataclass(frozen=True, slots=True)
class Contents:
    """What lies in a panel's folder.

    Attributes:
        seals: In the order of candidates' names, raters and numbers.
        bundles: The opened bundles that fit their seal, by its hash.
        problems: What cannot be used, each naming its file.
    """

    seals: tuple[Seal, ...]
    bundles: dict[str, Bundle]
    problems: tuple[CopilotError, ...]

    def seals_of(self, rater: str, candidate: str) -> tuple[Seal, ...]:
        """Everything one rater handed in or took back for a candidate, in order."""
        return tuple(s for s in self.seals if same(s.rater, rater) and same(s.candidate, candidate))

    def candidates(self) -> tuple[str, ...]:
        """For whom anything was handed in, by name."""
        found: dict[str, str] = {}
        for seal in self.seals:
            found.setdefault(folded(seal.candidate), plain_line(seal.candidate))
        return tuple(found[key] for key in sorted(found))


class PanelFolder:
    """A panel's folder."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            InputError: It holds no panel, or one that cannot be read.
        """
        self.path = path
        self.panel = parsed(Panel, path / _PANEL, read(path / _PANEL))

    @classmethod
    def make(
        cls, path: Path, *, name: str, role: str, raters: Sequence[str], now: datetime
    ) -> "PanelFolder":
        """Begin a panel in a folder that is new, or holds none.

        Raises:
            UsageError: The folder holds a panel already, or the raters are not two at least.
            StorageError: The disk refused.
        """
        if (path / _PANEL).exists():
            raise UsageError(
                _("{path} holds a panel already.", path=path), _("Name another folder.")
            )
        names = [plain_line(rater) for rater in raters]
        if len({folded(each) for each in names}) != len(names) or len(names) < 2 or "" in names:
            raise UsageError(
                _("a panel has two raters or more, each named once."),
                _("Name them like --raters Ada,Bob,Chi."),
            )
        try:
            panel = Panel(
                id=secrets.token_hex(16),
                name=plain_line(name),
                role=role,
                raters=tuple(names),
                made_at=now.isoformat(timespec="seconds"),
            )
        except ValidationError as error:
            raise UsageError(
                _("a name has 1 to 80 characters."), _("Give shorter names.")
            ) from error
        make_folder(path)
        write(path / _PANEL, to_bytes(panel))
        return cls(path)

    def rater(self, name: str) -> str:
        """The rater of that name as the panel writes it.

        Raises:
            UsageError: The panel has none.
        """
        for rater in self.panel.raters:
            if same(rater, name):
                return rater
        raise UsageError(
            _("{name!r} is no rater of this panel.", name=plain_line(name)),
            _("Known: {names}.", names=", ".join(self.panel.raters)),
        )

    def read(self) -> Contents:
        """Everything in it that is whole, and what is not."""
        problems: list[CopilotError] = []
        seals = self._seals(problems)
        bundles: dict[str, Bundle] = {}
        for path, data in files(self.path / _BUNDLES, problems):
            try:
                bundle = _checked_bundle(path, data, seals)
            except InputError as error:
                problems.append(error)
            else:
                bundles[hashlib.sha256(data).hexdigest()] = bundle
        return Contents(tuple(seals), bundles, tuple(problems))

    def _seals(self, problems: list[CopilotError]) -> list[Seal]:
        found: dict[tuple[str, str, int], tuple[Seal, Path]] = {}
        for path, data in files(self.path / _SEALS, problems):
            try:
                seal = self._checked_seal(path, data)
            except InputError as error:
                problems.append(error)
                continue
            key = (folded(seal.candidate), folded(seal.rater), seal.number)
            earlier = found.get(key)
            if earlier is not None and earlier[0] != seal:
                problems.append(_twice(earlier[1], path))
            elif earlier is None:
                found[key] = (seal, path)
        return [found[key][0] for key in sorted(found)]

    def _checked_seal(self, path: Path, data: bytes) -> Seal:
        seal = parsed(Seal, path, data)
        if seal.panel != self.panel.id:
            raise InputError(
                _("{path}: this belongs to another panel.", path=path), _("Take it out of here.")
            )
        if not any(same(seal.rater, rater) for rater in self.panel.raters):
            raise InputError(
                _(
                    "{path}: {name!r} is no rater of this panel.",
                    path=path,
                    name=plain_line(seal.rater),
                ),
                _("Take it out of here."),
            )
        if (seal.action == "submitted") != bool(seal.bundle_sha256):
            raise InputError(_("{path}: it seals nothing.", path=path), _("Hand in again."))
        return seal

    def keep_seal(self, seal: Seal) -> Path:
        """Put a seal into the folder; where it is.

        Raises:
            StorageError: The disk refused, or a file of that name is there already.
        """
        path = self._place(_SEALS, seal)
        data = to_bytes(seal)
        if path.exists() and path.read_bytes() != data:
            raise StorageError(
                _("{path} is there already.", path=path),
                _("Let the folder be brought up to date, then try again."),
            )
        write(path, data)
        return path

    def keep_bundle(self, seal: Seal, data: bytes) -> Path:
        """Put the bundle that a seal is of into the folder; where it is.

        Raises:
            StorageError: The disk refused.
        """
        path = self._place(_BUNDLES, seal)
        write(path, data)  # also instead of one that somebody changed: this one fits its seal
        return path

    def _place(self, kind: str, seal: Seal) -> Path:
        folder = self.path / kind
        make_folder(folder, like=self.path)
        return folder / f"{stem(seal)}.json"


def _checked_bundle(path: Path, data: bytes, seals: Sequence[Seal]) -> Bundle:
    bundle = parsed(Bundle, path, data)
    digest = hashlib.sha256(data).hexdigest()
    for seal in seals:
        mine = (seal.rater, seal.candidate, seal.number)
        if mine != (bundle.rater, bundle.candidate, bundle.number) or seal.panel != bundle.panel:
            continue
        if seal.bundle_sha256 == digest:
            return bundle
        raise InputError(
            _("{path}: this is not what was handed in; it was changed since.", path=path),
            _("Ask {rater} to open theirs again.", rater=plain_line(bundle.rater)),
        )
    raise InputError(
        _("{path}: nobody has handed this in here.", path=path), _("Take it out of here.")
    )


def _twice(first: Path, second: Path) -> InputError:
    return InputError(
        _(
            "{path}: this and {other} both say they are the same handing-in.",
            path=second,
            other=first.name,
        ),
        _("Ask the rater which one is theirs, and take the other one out."),
    )

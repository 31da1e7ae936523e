"""A guide, or its overlay, with the proposals that wait for it."""

import copy
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from copilot.errors import GuideError
from copilot.guides.editing.edits import Action, Edit, Proposal, shown
from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.enriching.gaps import Gap, gaps_of, item_of
from copilot.guides.enriching.own import begun_overlay, changing, own_file, own_path
from copilot.guides.enriching.places import at
from copilot.guides.enriching.preview import Preview, preview_of
from copilot.guides.enriching.refused import folded, refused_hashes, remember_refused, text_hash
from copilot.guides.enriching.translating import overlay_gaps
from copilot.guides.enriching.waiting_file import read_waiting, waiting_path, write_waiting
from copilot.guides.enriching.writing import marked, steps
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import check_language, find_guide, read_guide, read_overlay
from copilot.knowledge.overlay import Overlay


class Waiting:
    """What is proposed for one file, as long as somebody looks through it.

    It is kept open, since a long guide takes a second to read and another to write.

    Attributes:
        role: The guide's id.
        language: None for the guide's own texts, else the overlay's.
        guide: In its own language.
        overlay: The texts in ``language``, empty where the file is not there; None for the guide.
    """

    def __init__(self, role: str, language: str | None = None) -> None:
        """Read the guide.

        Raises:
            UsageError: There is no such guide or language; or a path was given instead of an id.
            GuideError: The guide or the overlay has errors.
        """
        self.role = role
        own_path(role)  # says what is wrong with a name before anything is read
        self.guide = read_guide(find_guide(role).guide)
        if language is not None:
            check_language(language)
        self.language = None if language == self.guide.language else language
        self.overlay: Overlay | None = None
        self._open: GuideFile | None = None
        self.read()

    def read(self) -> None:
        """Take in what changed on disk.

        Raises:
            GuideError: The guide or the overlay has errors.
        """
        files = find_guide(self.role)
        self.guide = read_guide(files.guide)
        if self.language is None:
            return
        if self.language in files.overlays:
            self.overlay = read_overlay(files.overlays[self.language], self.guide)
        else:
            self.overlay = Overlay.model_validate(
                {"guide": self.guide.id, "language": self.language}
            )

    @property
    def texts(self) -> Guide | Overlay:
        """What proposals are for."""
        return self.guide if self.overlay is None else self.overlay

    @property
    def path(self) -> Path:
        """The file that would change; it need not be there yet."""
        return own_path(self.role, self.language)

    def gaps(self) -> tuple[Gap, ...]:
        """What it lacks, most needed first."""
        if self.overlay is None:
            return gaps_of(self.guide)
        return overlay_gaps(self.guide, self.overlay)

    def proposals(self) -> list[Proposal]:
        """Those waiting that still are of use, most needed first.

        Raises:
            GuideError: The file of proposals cannot be read, or the list of the refused ones.
        """
        return self.useful(read_waiting(self._waiting))

    def useful(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """Without doubles, what stands there, has no place or was refused; most needed first.

        Raises:
            GuideError: The list of refused proposals cannot be read.
        """
        refused = refused_hashes(self.role)
        seen: set[str] = set()
        kept = []
        for proposal in proposals:
            told = text_hash(proposal.edit, self.language)
            if told in seen or told in refused or not self._is_new(proposal.edit):
                continue
            seen.add(told)
            kept.append(proposal)
        order = {gap.place: number for number, gap in enumerate(self.gaps())}
        return sorted(kept, key=lambda proposal: order.get(proposal.edit.place, len(order)))

    def keep(self, proposals: Iterable[Proposal]) -> list[Proposal]:
        """Let proposals wait beside those that do already; returns those that are new.

        Raises:
            GuideError: The file of proposals cannot be read, or the list of the refused ones.
            StorageError: The disk refused.
        """
        with changing(self._waiting):
            refused = refused_hashes(self.role)
            before = {
                text_hash(proposal.edit, self.language): proposal
                for proposal in read_waiting(self._waiting)
                if not self.stands(proposal.edit)
            }
            before = {told: kept for told, kept in before.items() if told not in refused}
            new = [
                proposal
                for proposal in self.useful(proposals)
                if text_hash(proposal.edit, self.language) not in before
            ]
            # What has no place today waits on: a guide that is being rewritten may have one again.
            write_waiting(self._waiting, [*before.values(), *new])
        return new

    def accept(self, proposals: Sequence[tuple[Proposal, Any]]) -> Path:
        """Write proposals into the file, all or none, and let them wait no longer.

        Args:
            proposals: Each with what to write instead, None for what was proposed.

        Returns:
            The file.

        Raises:
            GuideError: What is written would break the rules of guides, or its place is gone.
            StorageError: The disk refused.
        """
        path = own_file(self.role, self.language)
        with changing(path):
            file = self._file(path)
            try:
                self._apply(file, [self._edit(*each) for each in proposals])
                file.save()
            except BaseException:
                self._open = None  # it holds what could not be written
                raise
        for proposal, edited in proposals:
            if edited is not None and folded(edited) != folded(proposal.edit.value):
                # What was proposed is settled, too: it is not to come again beside its better half.
                remember_refused(self.role, proposal.edit, self.language)
        self._drop([proposal for proposal, _edited in proposals])
        return path

    def preview(self, proposal: Proposal, edited: Any = None) -> Preview:
        """What accepting a proposal would change in the file; nothing is written.

        Raises:
            GuideError: Its place is gone, or the file cannot be changed there.
        """
        file = self._readable()
        changed = copy.copy(file)
        self._apply(changed, [self._edit(proposal, edited)])
        return preview_of(self.path, file.text(), changed.text())

    def _readable(self) -> GuideFile:
        """The file as accepting would find it, be it made by that only."""
        source = self.path
        if not source.exists():
            files = find_guide(self.role)
            shipped = files.guide if self.language is None else files.overlays.get(self.language)
            source = shipped or source
        if source.exists():
            return self._file(source)
        return GuideFile(source, begun_overlay(self.role, str(self.language)))

    def refuse(self, proposal: Proposal) -> None:
        """Let a proposal wait no longer, and never be proposed again.

        Raises:
            GuideError: The list of refused proposals cannot be read.
            StorageError: The disk refused.
        """
        remember_refused(self.role, proposal.edit, self.language)
        self._drop([proposal])

    @property
    def _waiting(self) -> Path:
        return waiting_path(self.role, self.language)

    def _file(self, path: Path) -> GuideFile:
        if self._open is None or self._open.path != path or self._open.changed_on_disk():
            self._open = GuideFile(path)
        return self._open

    def _edit(self, proposal: Proposal, edited: Any) -> Edit:
        value = proposal.edit.value if edited is None else edited
        return replace(proposal.edit, value=marked(value, proposal.origin, proposal.edit.place))

    def _apply(self, file: GuideFile, edits: Sequence[Edit]) -> None:
        for edit in steps(file, edits):
            try:
                if (item := item_of(edit.place)) and self.overlay is not None:
                    at(self.guide, item)  # an overlay would take any id
                file.apply([edit])
            except KeyError as error:
                raise GuideError(
                    _("{path}: {place} is not there.", path=file.path, place=shown(edit.place)),
                    _("Refuse the proposal, or put back what it was for."),
                ) from error

    def is_useful(self, proposal: Proposal) -> bool:
        """Whether a proposal is none that stands there, has no place or was refused.

        Raises:
            GuideError: The list of refused proposals cannot be read.
        """
        return bool(self.useful([proposal]))

    def stands(self, edit: Edit) -> bool:
        """Whether the very text stands there already."""
        try:
            there = at(self.texts, edit.place)
        except KeyError:
            return False
        if edit.action is Action.ADD:
            return folded(edit.value) in map(folded, there or ())
        return bool(there) and folded(edit.value) == folded(there)

    def _is_new(self, edit: Edit) -> bool:
        try:
            if item := item_of(edit.place):
                at(self.guide, item)
            there = at(self.texts, edit.place)
        except KeyError:
            return False
        if edit.action is Action.SET:
            return not there
        return folded(edit.value) not in map(folded, there or ())

    def _drop(self, proposals: Sequence[Proposal]) -> None:
        gone = {text_hash(proposal.edit, self.language) for proposal in proposals}
        if not self._waiting.exists():
            return
        with changing(self._waiting):
            waiting = read_waiting(self._waiting)
            left = [p for p in waiting if text_hash(p.edit, self.language) not in gone]
            if len(left) != len(waiting):
                write_waiting(self._waiting, left)

"""A guide that is open for editing, with its overlays: changes, undo, saving, recovery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import CopilotError, GuideError
from copilot.guides.editing.edits import Action, Edit
from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.editing.parts import Part, parts_of
from copilot.guides.editing.recovery import Unsaved, hash_of, keep_unsaved, unsaved_of
from copilot.guides.editing.troubles import Trouble, troubles_in
from copilot.guides.enriching.own import begun_overlay, is_shipped, own_file, own_folder, own_path
from copilot.i18n import N_, _
from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import find_guide

_MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class _Step:
    """One change, to be taken back: the texts of the files before and after, and what it was."""

    name: str
    before: Mapping[str, str]
    after: Mapping[str, str]


class ChangedOnDiskError(GuideError):
    """Somebody else has written a file since it was read, so it was not saved.

    Attributes:
        language: Of the file.
    """

    title = N_("Changed by somebody else")

    language = ""

    @classmethod
    def of(cls, path: Path, language: str) -> "ChangedOnDiskError":
        """The error of a file and its language."""
        error = cls(
            _("{path} was changed by somebody else meanwhile.", path=path),
            _("Compare both, then keep one of them."),
        )
        error.language = language
        return error


class OpenGuide:
    """One role's guide, as somebody is changing it.

    Nothing is written before it is saved but the recovery file, which is kept up with every change.
    A guide that ships is read where it is and saved into the user's own folder.

    Attributes:
        role: The guide's id.
        language: The guide's own.
    """

    def __init__(self, role: str) -> None:
        """Read a guide and its overlays.

        Args:
            role: Its id, or the path of its file.

        Raises:
            UsageError: There is no such guide.
            GuideError: A file of it cannot be read as YAML.
        """
        files = find_guide(role)
        self.role = files.role
        self._files = files
        guide = GuideFile(files.guide)
        named = guide.data.get("language")
        # One that there is not is told as wrong; until it is mended, the first has to do.
        self.language = named if named in LANGUAGES else LANGUAGES[0]
        self._open: dict[str, GuideFile] = {self.language: guide}
        for language, path in files.overlays.items():
            if language != self.language:
                self._open[language] = GuideFile(path)
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._begun: set[str] = set()  # overlays that are not on the disk yet
        self._known: dict[str, tuple[tuple[str, str], Guide]] = {}

    # -- looking --------------------------------------------------------------------------------

    @property
    def path(self) -> Path:
        """The guide's file."""
        return self._open[self.language].path

    @property
    def is_shipped(self) -> bool:
        """Whether it is one that ships, so that saving makes a copy of it."""
        return is_shipped(self._files)

    @property
    def goes_to(self) -> Path:
        """The file that saving writes."""
        return own_folder() / self.path.name if self.is_shipped else self.path

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it has texts in, its own first."""
        return tuple(self._open)

    def file(self, language: str) -> GuideFile:
        """The file of a language.

        Raises:
            KeyError: It has none.
        """
        return self._open[language]

    def parts(self, language: str) -> Part:
        """What there is to walk through in a language."""
        data = self._open[self.language].data
        if language == self.language:
            return parts_of(data)
        return parts_of(data, self._open[language].data)

    def guide(self, language: str) -> Guide:
        """The guide as it would be saved.

        Raises:
            GuideError: It breaks the rules of guides.
        """
        texts = self._texts_of(language)
        before, known = self._known.get(language, (None, None))
        if known is not None and before == texts:
            return known
        if language == self.language:
            found = self._open[language].read()
        else:
            found = self._open[language].read(self.guide(self.language))
        if texts == self._texts_of(language):  # it may be judged while somebody changes it
            self._known[language] = (texts, found)
        return found

    def _texts_of(self, language: str) -> tuple[str, str]:
        return self._open[self.language].text(), self._open[language].text()

    def troubles(self) -> list[Trouble]:
        """What keeps it from being saved, by language and line."""
        found: list[Trouble] = []
        for language in self.languages:
            try:
                self.guide(language)
            except CopilotError as error:
                found += troubles_in(error, language)
                if language == self.language:
                    break  # what is laid over it cannot be judged
        return found

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return any(map(self._is_changed, self._open))

    def _is_changed(self, language: str) -> bool:
        return language in self._begun or self._open[language].is_changed

    # -- changing -------------------------------------------------------------------------------

    def change(self, language: str, edits: Sequence[Edit], name: str) -> None:
        """Make changes that are taken back together.

        Args:
            language: Of the file they are for.
            edits: Them. An item taken out of the guide is taken out of its overlays as well.
            name: What they do, in a few words.

        Raises:
            KeyError: One names a place that is not there.
            GuideError: One cannot be made without changing something else, too.
            StorageError: The changes were made, but could not be kept for the case of a crash.
        """
        wanted = {language: list(edits)}
        if language == self.language:
            gone = [each for each in edits if each.action is Action.REMOVE]
            for other in self.languages[1:]:
                wanted[other] = [each for each in gone if self._has_texts_of(other, each)]
        before = {each: self._open[each].text() for each, some in wanted.items() if some}
        try:
            for each in before:
                self._open[each].apply(wanted[each])
        except (KeyError, GuideError):
            self._put(before)
            raise
        after = {each: self._open[each].text() for each in before}
        self._done = [*self._done[1 - _MOST_STEPS :], _Step(name, before, after)]
        self._undone.clear()
        self._keep()

    def _has_texts_of(self, language: str, edit: Edit) -> bool:
        if not edit.place or isinstance(edit.place[-1], int):
            return False  # a listed text; overlays have lists of their own
        try:
            return isinstance(self._open[language].get(edit.place), dict)
        except KeyError:
            return False

    def undo(self) -> str:
        """Take the last change back; what it was, empty where there is none."""
        if not self._done:
            return ""
        step = self._done.pop()
        self._undone.append(step)
        self._put(step.before)
        self._keep()
        return step.name

    def redo(self) -> str:
        """Make the change again that was taken back last; what it was, empty without one."""
        if not self._undone:
            return ""
        step = self._undone.pop()
        self._done.append(step)
        self._put(step.after)
        self._keep()
        return step.name

    def _put(self, texts: Mapping[str, str]) -> None:
        for language, text in texts.items():
            self._open[language].put(text)

    def begin_overlay(self, language: str) -> None:
        """Begin the texts in another language; nothing is on the disk before it is saved.

        Raises:
            StorageError: The disk refuses.
        """
        self._open[language] = GuideFile(
            self.path.with_name(f"{self.role}.{language}{self.path.suffix}"),
            begun_overlay(self.role, language),
        )
        self._begun.add(language)

    # -- saving ---------------------------------------------------------------------------------

    def save(self) -> list[Path]:
        """Write what was changed, each file whole or not at all; the files written.

        Raises:
            GuideError: Something breaks the rules of guides: nothing was written.
            ChangedOnDiskError: A file was changed meanwhile: nothing was written.
            StorageError: The disk refuses.
        """
        for language in self.languages:
            self.guide(language)
        changed = [each for each in self.languages if self._is_changed(each)]
        if self.is_shipped and changed:
            self._go_own()
        for language in changed:
            file = self._open[language]
            if language not in self._begun and file.changed_on_disk():
                raise ChangedOnDiskError.of(file.path, language)
        for language in changed:
            self._open[language].write()
            self._begun.discard(language)
        self._keep()
        return [self._open[each].path for each in changed]

    def _go_own(self) -> None:
        """From the guide that ships to the user's own copy of it."""
        own_file(self.role)
        keep_unsaved(self._files.guide, {})
        self._files = find_guide(self.role)
        for language, file in self._open.items():
            file.path = own_path(self.role, language)

    def changed_on_disk(self) -> str:
        """A language whose file somebody else has written since; empty for none."""
        for language, file in self._open.items():
            if language not in self._begun and file.changed_on_disk():
                return language
        return ""

    def keep_mine(self, language: str) -> None:
        """Take note of what somebody else wrote; saving then replaces it.

        Raises:
            StorageError: The file cannot be read.
        """
        self._open[language].look_again()
        self._keep()

    def take_theirs(self, language: str) -> None:
        """Go on with what somebody else wrote; taking that back brings one's own again.

        Raises:
            StorageError: The file cannot be read.
            GuideError: It is no YAML mapping; one's own stays.
        """
        file = self._open[language]
        mine, theirs = file.text(), file.look_again()
        file.put(theirs)
        if mine != theirs:
            name = _("what somebody else wrote")
            self._done.append(_Step(name, {language: mine}, {language: theirs}))
            self._undone.clear()
        self._keep()

    # -- recovery -------------------------------------------------------------------------------

    def _keep(self) -> None:
        unsaved = {
            file.path.name: Unsaved(read=hash_of(file.on_disk), text=file.text())
            for language, file in self._open.items()
            if self._is_changed(language)
        }
        keep_unsaved(self.path, unsaved)

    def unsaved(self) -> dict[str, Unsaved]:
        """Changes that were kept when the program was ended before they were saved."""
        kept = unsaved_of(self.path)
        names = {file.path.name: file for file in self._open.values()}
        return {
            name: each
            for name, each in kept.items()
            if name not in names or names[name].text() != each.text
        }

    def take_up(self, unsaved: Mapping[str, Unsaved]) -> None:
        """Go on with changes that were kept.

        Raises:
            GuideError: They are no YAML mapping.
        """
        before, after = dict[str, str](), dict[str, str]()
        for name, each in unsaved.items():
            language = next((k for k, f in self._open.items() if f.path.name == name), "")
            if not language:
                language = name.split(".")[1]
                if language not in LANGUAGES:
                    continue
                self.begin_overlay(language)
            file = self._open[language]
            before[language] = file.text()
            file.take_up(each.text, read=each.read)
            after[language] = each.text
        self._done.append(_Step(_("what was not saved"), before, after))
        self._keep()

    def give_up(self) -> None:
        """Forget the changes that are not saved.

        Raises:
            StorageError: The disk refuses.
        """
        keep_unsaved(self.path, {})

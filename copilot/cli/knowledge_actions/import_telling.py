"""What an import tells: what was found, what has no place, what would change, what to do next."""

import shlex
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from copilot.guides.documents.model import Document
from copilot.guides.editing.edits import shown
from copilot.guides.importing.by_model.told import Tally
from copilot.guides.importing.draft import Draft, Unplaced
from copilot.guides.importing.fitting import one_line
from copilot.guides.importing.merging.result import Merge, Said
from copilot.guides.importing.planned import Planned
from copilot.guides.importing.trouble import counts
from copilot.llm.profile import Profile

_NARROWEST = 60


class Report:
    """Prints what an import finds; on stderr where the YAML itself is printed."""

    def __init__(self, documents: Sequence[Document], *, verbose: bool, dry_run: bool) -> None:
        """Begin.

        Args:
            documents: What was read.
            verbose: Whether to list everything, and in full.
            dry_run: Whether stdout is for the YAML.
        """
        self._documents = documents
        self._verbose = verbose
        self._dry_run = dry_run
        self._out = sys.stderr if dry_run else sys.stdout
        self._width = max(_NARROWEST, shutil.get_terminal_size().columns)

    def tell_model(self, document: Document, tally: Tally) -> None:
        """What a language model proposed, and what of it does not stand in the document.

        Args:
            document: What it read.
            tally: What became of its items.
        """
        if tally.model:
            self._line(
                f"{document.name}: {tally.model} proposed {counted(tally.proposed, 'item')}; "
                f"{len(tally.taken)} stand in the document."
            )
        for check, count in tally.left_out_by_check().items():
            self._line(f"  left out: {count} of them: {check.reason}")
        if self._verbose:
            for item in tally.left_out:
                self._said(self._where(item.origin), item.text, item.check.reason)
        for part in tally.unread:
            self._line(f"  {part.first} to {part.last}: no usable answer. {part.error.message}")
        if tally.stopped is not None:
            self._line(f"  No more was asked: {tally.stopped.message} The structure's part stands.")

    def tell_found(self, draft: Draft, planned: Planned, offered: Profile | None) -> None:
        """What was found and what was not, and what becomes of a guide that is there.

        Args:
            draft: What was found.
            planned: What would be written.
            offered: A language model that was not asked and could be.
        """
        for document in self._documents:
            blocks = counted(len(document.blocks), "block")
            self._line(
                f"{document.name}: {one_line(document.title)} ({document.language}, {blocks})"
            )
        found = [f"{name} {count}" for name, count in counts(draft).items() if count]
        self._line(", ".join(found) or "nothing")
        self._unplaced((*draft.unplaced, *planned.rest), offered)
        self._around(draft)
        if planned.pairs:
            self._pairs(planned)
        if not planned.is_new:
            self._merge(planned, planned.merge)

    def tell_written(self, planned: Planned, also: Iterable[Path], *, own_folder: bool) -> None:
        """Where the guide is, and what to do with it.

        Args:
            planned: What was written.
            also: What else was changed; see ``Planned.also_changed``.
            own_folder: Whether it lies where roles are looked for.
        """
        wrote = "Wrote" if planned.is_changed else "Unchanged:"
        self._line(f"\n{wrote} {planned.path}")
        for path in also:
            self._line(f"Named the document among the sources of {path}")
        role, *language = planned.path.name.removesuffix(".yaml").split(".")
        of_it = f"{role} --language {language[0]}" if language else role
        command = "interview-copilot knowledge"
        self._line("Next:")
        self._line(f"  {command} check {of_it if own_folder else shlex.quote(str(planned.path))}")
        if own_folder:
            said = "# what candidates say: a guide hears by that"
            self._line(f"  {command} enrich {of_it}    {said}")
            self._line(f"  {command} edit {role}")

    # -- parts ----------------------------------------------------------------------------------

    def _unplaced(self, blocks: Sequence[Unplaced], offered: Profile | None) -> None:
        if not blocks:
            return
        self._line(f"\nNo place in a guide: {counted(len(blocks), 'block')}")
        for why in dict.fromkeys(block.why for block in blocks):
            self._line(f"  {why}")
            for block in blocks:
                if block.why == why:
                    self._said(f"  {self._where(block.origin)}", block.block.text)
        if offered is not None:
            self._line(f"  With --model, {offered.model} at {offered.host} reads what is left.")

    def _around(self, draft: Draft) -> None:
        left = [(doc, each) for doc in self._documents for each in doc.left_out]
        if left:
            more = "" if self._verbose else " (--verbose lists them)"
            self._line(f"\nLeft out as the page around it: {counted(len(left), 'block')}{more}")
        if not self._verbose:
            return
        for document, each in left:
            self._said(self._where(document.origin(each.block)), each.block.text, each.why)
        if draft.signposts:
            self._line(f"\nSay what follows: {counted(len(draft.signposts), 'heading or lead-in')}")
            for post in draft.signposts:
                self._said(self._where(post.origin), post.block.text, post.why)

    def _pairs(self, planned: Planned) -> None:
        """Which items were taken for which: somebody has to look whether that is right."""
        self._line("\nTaken for the same:")
        for place, ours, theirs in planned.pairs:
            if self._verbose or ".points." not in place:
                self._line(f"  {place}: {ours} = {one_line(theirs)}")

    def _merge(self, planned: Planned, merge: Merge) -> None:
        if not planned.had_record:
            self._line(
                f"\n{planned.path.name} was not imported before, as far as is known: "
                "it is only added to."
            )
        self._listed("New", merge.added, mark="+")
        self._listed("Changed in the document, and so in the guide", merge.changed, mark="~")
        self._listed("Yours stays; the document says", merge.kept, mark="≠", whole=True)
        self._listed("No longer in the document; it stays in the guide", merge.gone, mark="?")
        if merge.moved:
            self._line(f"\n{counted(merge.moved, 'origin')} moved to other lines.")
        if merge.deleted:
            self._line(f"\nYou deleted it, and it stays deleted: {len(merge.deleted)}")
            if self._verbose:
                for said in merge.deleted:
                    self._said(self._where(said.origin), said.text, shown(said.place))
        if not planned.is_changed:
            self._line("\nNothing of it changes.")

    def _listed(self, title: str, items: Iterable[Said], mark: str, *, whole: bool = False) -> None:
        listed = list(items)
        if listed:
            self._line(f"\n{title}: {len(listed)}")
        for said in listed:
            where = f"{mark} {self._where(said.origin)}"
            self._said(where, said.text, shown(said.place), whole=whole)

    def _where(self, origin: str) -> str:
        """A line, with the name of its document where there are several."""
        only = f"{self._documents[0].name}:" if len(self._documents) == 1 else ""
        return one_line(origin).removeprefix(only)

    def _said(self, where: str, text: str, what: str = "", *, whole: bool = False) -> None:
        line = f"  {where:>4}  {f'{what}: ' if what else ''}{one_line(text)}"
        if not (self._verbose or whole) and len(line) > self._width:
            line = f"{line[: self._width - 1].rstrip()}…"
        self._line(line)

    def _line(self, text: str) -> None:
        self._out.write(f"{text}\n")
        self._out.flush()


def counted(count: int, what: str) -> str:
    """``1 block``, ``3 blocks``."""
    plural = "headings or lead-ins" if what == "heading or lead-in" else f"{what}s"
    return f"{count} {what if count == 1 else plural}"

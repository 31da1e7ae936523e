"""Going through proposals in the terminal: one by one, each saved before the next is shown."""

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from copilot.cli.asking import YES
from copilot.cli.knowledge_actions.enriching_telling import Shown, heading, write_preview
from copilot.errors import GuideError
from copilot.guides.editing.edits import Action, Place, Proposal, shown
from copilot.guides.enriching.doubts import Doubter
from copilot.guides.enriching.gaps import item_of
from copilot.guides.enriching.slots import kind_at
from copilot.guides.enriching.waiting import Waiting

_ASKED = "Take it over? [y]es, [n]o and not again, [e]dit, [s]kip the rest of this, [q]uit: "
_STAYS = "It stays in the guide, also when the interview is deleted. "


@dataclass(slots=True)
class Outcome:
    """What became of them."""

    accepted: int = 0
    refused: int = 0
    left: int = 0


def walk(waiting: Waiting, proposals: Sequence[Shown]) -> Outcome:
    """Show each proposal and do what the human says.

    Raises:
        GuideError: The list of refused proposals cannot be read.
        StorageError: The disk refused; what was accepted before is saved.
    """
    return _Walk(waiting, proposals).walk()


class _Walk:
    """One way through proposals."""

    def __init__(self, waiting: Waiting, proposals: Sequence[Shown]) -> None:
        self._waiting = waiting
        self._proposals = proposals
        self._doubter = Doubter(waiting.guide, waiting.overlay)
        self._outcome = Outcome()

    def walk(self) -> Outcome:
        skipped = None
        settled: set[Place] = set()
        for number, each in enumerate(self._proposals, start=1):
            edit = each.proposal.edit
            if edit.action is Action.SET and edit.place in settled:
                continue  # another text was taken for that place, and there is room for one
            item = item_of(edit.place)
            if item == skipped:
                self._outcome.left += 1
                continue
            skipped = None
            sys.stderr.write(f"\n{number} of {len(self._proposals)}  ")
            answer = self._ask(each)
            if answer == "y":
                settled.add(edit.place)
            if answer == "s":
                skipped = item
            if answer in ("s", "q"):
                self._outcome.left += 1
            if answer == "q":
                self._outcome.left += len(self._proposals) - number
                break
        return self._outcome

    def _ask(self, each: Shown) -> str:
        """Until there is an answer that settles it."""
        proposal, edited = each.proposal, None
        while True:
            if not self._show(each, proposal):
                return "s"
            answer = _answer(_STAYS + _ASKED if each.said else _ASKED)
            if answer == "y":
                if self._accept(each.proposal, edited):
                    return "y"
            elif answer == "n":
                self._waiting.refuse(each.proposal)
                self._outcome.refused += 1
                return "n"
            elif answer == "e":
                edited = _edited(proposal.edit.value)
                proposal = self._changed(each.proposal, edited)
            else:
                return answer

    def _show(self, each: Shown, proposal: Proposal) -> bool:
        sys.stderr.write(f"{shown(proposal.edit.place)}\n  {heading(self._waiting, proposal)}\n")
        if each.said:
            sys.stderr.write(f"  said: {each.said}\n")
            if each.said == proposal.edit.value:
                sys.stderr.write("  No name or contact data was found in it.\n")
            else:
                sys.stderr.write(f"  now:  {proposal.edit.value}\n")
        try:
            write_preview(self._waiting.preview(proposal))
        except GuideError as error:
            sys.stderr.write(f"{error}\n")
            return False
        if proposal.doubt:
            sys.stderr.write(f"  ? {proposal.doubt}\n")
        return True

    def _accept(self, proposal: Proposal, edited: Any) -> bool:
        try:
            self._waiting.accept([(proposal, edited)])
        except GuideError as error:
            sys.stderr.write(f"{error}\n")
            return False
        self._outcome.accepted += 1
        return True

    def _changed(self, proposal: Proposal, edited: Any) -> Proposal:
        edit = replace(proposal.edit, value=edited)
        doubt = ""
        if isinstance(edited, str):
            kind = kind_at(self._waiting.guide, edit.place, self._waiting.overlay is not None)
            doubt = "" if kind is None else self._doubter.doubts(kind, edit.place, edited)
        return replace(proposal, edit=edit, doubt=doubt)


def tell_outcome(waiting: Waiting, outcome: Outcome, *, kept: bool) -> None:
    """What became of the proposals, and what comes next."""
    told = [f"{outcome.accepted} taken over", f"{outcome.refused} refused"]
    if outcome.left:
        told.append(f"{outcome.left} left" + (", which wait" if kept else ""))
    sys.stderr.write(f"\n{', '.join(told)}.\n")
    if outcome.accepted:
        sys.stderr.write(
            f"{waiting.path}\nHow ready it is now: interview-copilot knowledge check "
            f"{waiting.role}\n"
        )
    if outcome.left and kept:
        language = f" --language {waiting.language}" if waiting.language else ""
        sys.stderr.write(
            f"Go on: interview-copilot knowledge enrich {waiting.role} --waiting{language}\n"
        )


def _answer(question: str) -> str:
    """One of y, n, e, s and q."""
    while True:
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stderr.write("\n")
            return "q"  # whoever closes the input is through
        answer = line.strip().lower()
        if answer in YES:
            return "y"
        if answer in ("n", "e", "s", "q"):
            return answer
        sys.stderr.write("y, n, e, s or q, then Enter.\n")


def _edited(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _typed(str(text), f"{key}: ") for key, text in value.items()}
    return _typed(str(value), "> ")


def _typed(text: str, prompt: str) -> str:
    """A line typed over ``text``, which stands there already where the terminal can do that."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: PLC0415 - not on every system

        readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        typed = input(prompt)
    except EOFError:
        return text
    finally:
        with contextlib.suppress(ImportError):
            import readline  # noqa: PLC0415

            readline.set_startup_hook(None)
    return " ".join(typed.split()) or text

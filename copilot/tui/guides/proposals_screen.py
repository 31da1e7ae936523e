"""Proposals that wait for a guide, one by one: taken, changed and taken, refused, or skipped."""

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from copilot.errors import CopilotError
from copilot.guides.editing.edits import Place, Proposal, shown
from copilot.guides.editing.fields import Form
from copilot.guides.editing.parts import Part, parts_of
from copilot.guides.enriching.waiting import Waiting
from copilot.i18n import N_, _
from copilot.knowledge.guide import LANGUAGES
from copilot.tui.guides.base import GuidesBase
from copilot.tui.guides.text_dialog import TextDialog
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.guides import GUIDE_PROPOSALS_ACTIONS
from copilot.tui.lists.base import one_line


class Found(Message):
    """The proposals were read.

    Attributes:
        waiting: What they wait for, by language.
        proposals: Each with its language; most needed first.
        error: Why they could not be read; None where they could.
    """

    def __init__(
        self,
        waiting: dict[str, Waiting],
        proposals: "list[tuple[str, Proposal]]",
        error: CopilotError | None = None,
    ) -> None:
        self.waiting, self.proposals, self.error = waiting, proposals, error
        super().__init__()


class ProposalsScreen(GuidesBase):
    """Shows one at a time. What is taken is written at once, so nothing is lost by leaving."""

    ACTIONS = GUIDE_PROPOSALS_ACTIONS
    BINDINGS: ClassVar = bindings(GUIDE_PROPOSALS_ACTIONS)
    AUTO_FOCUS = "VerticalScroll"
    HELP = N_(
        "What was proposed for the guide, one by one. You decide: what you take is written into"
        " the guide with where it comes from, what you refuse is not proposed again."
    )

    def __init__(self, role: str, language: str | None = None) -> None:
        """Prepare.

        Args:
            role: The guide's id.
            language: To show those for its texts first; None for the guide's own.
        """
        super().__init__()
        self._role, self._first = role, language
        self._waiting: dict[str, Waiting] = {}
        self._proposals: list[tuple[str, Proposal]] | None = None
        self._at = 0
        self._taken = self._refused = 0

    def compose(self) -> ComposeResult:
        """How many, the proposal, keys."""
        yield Static(_("Reading what is proposed …"), classes="head", markup=False)
        with VerticalScroll(id="proposal"):
            yield Static(markup=False)
        yield KeyFooter(GUIDE_PROPOSALS_ACTIONS)

    def on_mount(self) -> None:
        """Read them once the first picture stands."""
        self.call_after_refresh(self._read)

    @work(thread=True)
    def _read(self) -> None:
        found: list[tuple[str, Proposal]] = []
        waiting: dict[str, Waiting] = {}
        try:
            own = Waiting(self._role)
            languages = [own.guide.language, *(x for x in LANGUAGES if x != own.guide.language)]
            if self._first is not None:
                languages.sort(key=lambda each: each != self._first)
            for language in languages:
                each = own if language == own.guide.language else Waiting(self._role, language)
                waiting[language] = each
                found += [(language, proposal) for proposal in each.proposals()]
        except CopilotError as error:
            self.post_message(Found(waiting, found, error))
        else:
            self.post_message(Found(waiting, found))

    def on_found(self, message: Found) -> None:
        """Show the first."""
        if message.error is not None:
            self.leave_because(message.error)
            return
        self._waiting, self._proposals = message.waiting, message.proposals
        self._draw()
        self.refresh_bindings()

    # -- drawing --------------------------------------------------------------------------------

    @property
    def _current(self) -> tuple[str, Proposal] | None:
        return self._proposals[self._at] if self._proposals else None

    def _draw(self) -> None:
        head = Content.assemble((_("Proposals"), "bold"), f"  {self._role}  {self._count()}")
        self.query_one(".head", Static).update(head)
        current = self._current
        text = self._none() if current is None else self._content(*current)
        self.query_one("#proposal Static", Static).update(text)

    def _count(self) -> str:
        told = [_("{taken} taken, {refused} refused", taken=self._taken, refused=self._refused)]
        if self._proposals:
            place, count = self._at + 1, len(self._proposals)
            told.insert(0, _("{place} of {count}", place=place, count=count))
        return " · ".join(told)

    def _none(self) -> Content:
        command = f"interview-copilot knowledge enrich {self._role}"
        if self._taken or self._refused:
            return Content(_("That was the last one."))
        return Content(_("Nothing is proposed. {command} makes proposals.", command=command))

    def _content(self, language: str, proposal: Proposal) -> Content:
        waiting = self._waiting[language]
        guide = waiting.guide.model_dump(mode="json", by_alias=True)
        way = _way(parts_of(guide), proposal.edit.place)
        lines = [
            Content.styled(" · ".join(one_line(each) for each in way), "bold"),
            Content.styled(
                f"{shown(proposal.edit.place)} · {language} · {waiting.path.name}", "$text-muted"
            ),
            Content(""),
            *(Content.styled(f"+ {line}", "$text-success") for line in _lines(proposal.edit.value)),
            Content(""),
            Content(_("Why: {why}", why=one_line(proposal.why))),
            Content(_("From: {origin}", origin=one_line(proposal.origin))),
        ]
        if proposal.doubt:
            doubt = _("Against it: {doubt}", doubt=one_line(proposal.doubt))
            lines.append(Content.styled(f"▲ {doubt}", "$text-warning"))
        there = _there(waiting, proposal.edit.place)
        if there:
            lines += [Content(""), Content.styled(_("Stands there already:"), "$text-muted")]
            lines += [Content.styled(f"  {one_line(each)}", "$text-muted") for each in there]
        return Content("\n").join(lines)

    # -- what the user does ---------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only what there is can be decided."""
        if action in ("accept", "edit", "refuse", "step"):
            return self._current is not None
        return True

    def action_step(self, by: int) -> None:
        """Another one; the ends lead round."""
        if self._proposals:
            self._at = (self._at + by) % len(self._proposals)
            self._draw()

    async def action_accept(self) -> None:
        """Write it into the guide."""
        await self._take(None)

    def action_edit(self) -> None:
        """Change it, then write it into the guide."""
        current = self._current
        if current is None:
            return
        language, proposal = current
        if not isinstance(proposal.edit.value, str):
            self.tell(_("It has several parts: take it, then change them in the guide."))
            return
        is_probe = "probe" in str(proposal.edit.place[-1])

        def written(text: str | None) -> None:
            if text != "":
                self.run_worker(self._take(text))

        dialog = TextDialog(
            shown(proposal.edit.place),
            str(proposal.edit.value),
            form=Form.PROBE if is_probe else Form.TEXT,
            longest=30 if proposal.edit.place[-1] == "label" else 600,
            language=language,
            may_be_empty=False,
        )
        self.app.push_screen(dialog, written)

    async def _take(self, text: str | None) -> None:
        current = self._current
        if current is None:
            return
        language, proposal = current
        waiting = self._waiting[language]
        if await self._done(lambda: waiting.accept([(proposal, text)])):
            self._taken += 1
            self._drop(current)

    async def action_refuse(self) -> None:
        """Leave it out for good."""
        current = self._current
        if current is None:
            return
        language, proposal = current
        waiting = self._waiting[language]
        if await self._done(lambda: waiting.refuse(proposal)):
            self._refused += 1
            self._drop(current)

    async def _done(self, do: Callable[[], Any]) -> bool:
        """Do it off the screen's thread; whether it went well."""
        try:
            await asyncio.to_thread(do)
        except CopilotError as error:
            self.tell_of(error)
            return False
        return True

    def _drop(self, current: tuple[str, Proposal]) -> None:
        left = [each for each in self._proposals or () if each is not current]
        self._proposals = left
        self._at = min(self._at, max(0, len(left) - 1))
        self._draw()
        self.refresh_bindings()


def _way(root: Part, place: Place) -> list[str]:
    """The titles that lead to a place."""
    found: list[str] = []
    part = root
    for end in range(1, len(place) + 1):
        child = next((each for each in part.children if each.place == place[:end]), None)
        if child is not None:
            found.append(child.title)
            part = child
    return found or [shown(place)]


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}: {one_line(str(each))}" for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [one_line(str(each)) for each in value]
    return [one_line(str(value))]


def _there(waiting: Waiting, place: Place) -> list[str]:
    """The texts that stand in the list a proposal is for."""
    from copilot.guides.enriching.places import at  # noqa: PLC0415

    try:
        found = at(waiting.texts, place)
    except (KeyError, AttributeError):
        return []
    return [str(each) for each in found] if isinstance(found, tuple | list) else []

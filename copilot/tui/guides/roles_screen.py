"""The guides there are: whose they are, in which languages, whether they can be used."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from copilot.i18n import N_, _, ngettext
from copilot.tui.guides.base import GuidesBase
from copilot.tui.guides.roles_reading import GuidesListed, ListedGuide, guides_listed
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.guides import GUIDES_ACTIONS
from copilot.tui.lists.base import cut, one_line
from copilot.tui.lists.table import Table
from copilot.tui.names import LANGUAGES

_WIDE = 70  # columns
_BESIDE = 23  # columns of all but the title and whose it is


class RolesScreen(GuidesBase):
    """By their ids; a broken one is listed with what is wrong first, and opened there."""

    ACTIONS = GUIDES_ACTIONS
    BINDINGS: ClassVar = bindings(GUIDES_ACTIONS)
    AUTO_FOCUS = "Table"
    HELP = N_(
        "The guides interviews are held with. Enter opens one to look at it or change it. A guide"
        " that ships is never changed: saving makes a copy in your own folder, which is used from"
        " then on."
    )

    def __init__(self) -> None:
        super().__init__()
        self._guides: dict[str, ListedGuide] | None = None

    def compose(self) -> ComposeResult:
        """How many, the guides, what there is to know of one."""
        yield Static(classes="head", markup=False)
        yield Table()
        yield Static(classes="detail", markup=False)
        yield KeyFooter(GUIDES_ACTIONS)

    def on_mount(self) -> None:
        """Read what there is once the first picture stands."""
        self._draw()
        self.call_after_refresh(self.action_again)

    def on_screen_resume(self) -> None:
        """One may have been changed meanwhile."""
        if self._guides is not None:
            self.action_again()

    def action_again(self) -> None:
        """Read anew."""
        self._read()

    @work(thread=True, exclusive=True, group="guides")
    def _read(self) -> None:
        self.post_message(GuidesListed(guides_listed()))

    def on_guides_listed(self, message: GuidesListed) -> None:
        """Show them."""
        self._guides = {each.role: each for each in message.guides}
        self._draw()

    # -- drawing --------------------------------------------------------------------------------

    def _draw(self) -> None:
        known = self._guides or {}
        count = ngettext("{count} guide", "{count} guides", len(known))
        told = "…" if self._guides is None else count
        head = Content.assemble((_("Guides"), "bold"), f"  {told}")
        self.query_one(".head", Static).update(head)
        roles = tuple(known)
        self.query_one(Table).show(
            roles, lambda index, width: self._row(known[roles[index]], width)
        )
        self._draw_detail()

    def _row(self, guide: ListedGuide, width: int) -> Content:
        whose = _("ships") if guide.is_shipped else _("yours")
        room = max(16, min(44, width - _BESIDE - len(whose)))
        title = cut(guide.title, room).stylize("bold")
        if guide.trouble is not None:
            told = one_line(str(guide.trouble))
            return Content.assemble(title, (f"  ✕ {told}", "$text-error")).truncate(
                max(1, width), ellipsis=True
            )
        count = ngettext("{count} question", "{count} questions", guide.questions)
        parts: list[str | Content | tuple[str, str]] = [
            title,
            f"  {count:<14}",
            f"{' '.join(guide.languages):<6}",
            (f" {whose}", "$text-muted"),
        ]
        if guide.blind and width >= _WIDE:
            parts.append((f"  ▲ {_blind(guide)}", "$text-warning"))
        return Content.assemble(*parts).truncate(max(1, width), ellipsis=True)

    def _draw_detail(self) -> None:
        guide = self._current()
        detail = self.query_one(".detail", Static)
        detail.display = guide is not None
        if guide is not None:
            detail.update("\n".join(_about(guide)))

    def _current(self) -> ListedGuide | None:
        role = self.query_one(Table).current
        return None if role is None else (self._guides or {}).get(role)

    def on_table_reached(self, message: Table.Reached) -> None:
        """Say what there is to know of it."""
        message.stop()
        self._draw_detail()

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self.call_after_refresh(self._draw)

    # -- what the user does ---------------------------------------------------------------------

    def on_table_chosen(self, message: Table.Chosen) -> None:
        """Open it; a broken one at the line that is wrong."""
        message.stop()
        guide = self._current()
        if guide is None:
            return
        if guide.broken is not None:
            self.action_raw()
            return
        from copilot.tui.guides.guide_screen import GuideScreen  # noqa: PLC0415 - not for the list

        self.app.push_screen(GuideScreen(guide.role))

    def action_open(self) -> None:
        """Open the guide with the cursor."""
        self.query_one(Table).action_choose()

    def action_raw(self) -> None:
        """Open its file."""
        from copilot.tui.guides.file_screen import FileScreen  # noqa: PLC0415 - seldom

        guide = self._current()
        if guide is not None:
            line = 1 if guide.trouble is None else guide.trouble.line
            self.app.push_screen(FileScreen(guide.broken or guide.path, line))

    def action_proposals(self) -> None:
        """Walk through what is proposed for it."""
        from copilot.tui.guides.proposals_screen import ProposalsScreen  # noqa: PLC0415 - seldom

        guide = self._current()
        if guide is not None:
            self.app.push_screen(ProposalsScreen(guide.role))


def _blind(guide: ListedGuide) -> str:
    return ngettext(
        "{count} point has nothing to be heard by",
        "{count} points have nothing to be heard by",
        guide.blind,
    )


def _about(guide: ListedGuide) -> list[str]:
    """What there is to know of a guide."""
    lines = [f"{guide.role} · {guide.path}"]
    if guide.is_shipped:
        lines.append(_("It ships with the app: saving a change makes a copy in your own folder."))
    elif guide.hides_shipped:
        lines.append(_("Your own copy; it is used instead of the one that ships."))
    if guide.trouble is not None:
        said = _("Cannot be used: {what}", what=one_line(str(guide.trouble)))
        lines += [f"✕ {said}", _("Enter opens the file at that line.")]
        return lines
    named = ", ".join(_(LANGUAGES[each]) for each in guide.languages)
    lines.append(
        _(
            "{ready} of {points} points have something to be heard by · {languages}",
            ready=guide.points - guide.blind,
            points=guide.points,
            languages=named,
        )
    )
    if guide.waiting:
        lines.append(_("Proposals are waiting to be looked at."))
    return lines

"""The command palette: everything that can be done now, found by its name."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar, cast

from textual import actions
from textual.app import App
from textual.binding import Binding
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widgets.option_list import Option

from copilot.i18n import _
from copilot.tui.keys.action import Action
from copilot.tui.keys.in_force import keys_of
from copilot.tui.keys.names import key_name
from copilot.tui.keys.registry import action_of

#: Score of an action of which only the help has what was typed; less than any label's.
_IN_HELP = 0.01


class ActionProvider(Provider):
    """Offers the actions of the screen it was opened on that can be done at that moment."""

    async def discover(self) -> Hits:
        """All of them, in the order of the registry."""
        for action, node in doable(self.screen):
            name = _(action.label)
            yield DiscoveryHit(
                _with_key(Content(name), action),
                partial(self._do, action, node),
                text=name,
                help=_(action.help),
            )

    async def search(self, query: str) -> Hits:
        """Those whose label or help has what was typed."""
        matcher = self.matcher(query)
        for action, node in doable(self.screen):
            name, told = _(action.label), _(action.help)
            score = matcher.match(name)
            if score <= 0 and query.casefold() in told.casefold():
                score = _IN_HELP
            if score > 0:
                yield Hit(
                    score,
                    _with_key(matcher.highlight(name), action),
                    partial(self._do, action, node),
                    text=name,
                    help=told,
                )

    async def _do(self, action: Action, node: DOMNode) -> None:
        await self.app.run_action(action.method, node)


class ActionPalette(CommandPalette):
    """Textual's palette in the interface's language."""

    DEFAULT_CSS: ClassVar[str] = """
    ActionPalette > Vertical { margin-top: 1; }
    ActionPalette SearchIcon { display: none; }
    ActionPalette CommandInput { padding-left: 1; }
    """

    def __init__(self) -> None:
        super().__init__([ActionProvider], placeholder=_("Search for an action …"))

    def _start_no_matches_countdown(self, search_value: str) -> None:
        # Textual's own says so in English only.
        if search_value:
            text = _("Nothing of that name can be done now.")
            told = Option(text, self._NO_MATCHES, disabled=True)
            self.query_one(CommandList).add_option(told)
            self._list_visible = True


def doable(screen: Screen[object]) -> Iterator[tuple[Action, DOMNode]]:
    """The actions that can be done now, and where: the screen's, then its focused pane's."""
    app = cast("App[object]", screen.app)
    focused = screen.focused
    nodes: list[DOMNode] = [screen] if focused is None else list(focused.ancestors_with_self)
    seen: set[str] = {"palette"}
    for node in sorted(nodes, key=lambda each: each is not screen):
        for action in _bound(node):
            namespace, name, parameters = actions.parse(action.method)
            target = app if namespace == "app" else node
            if action.id not in seen and target.check_action(name, parameters) is True:
                seen.add(action.id)
                yield action, target


def _bound(node: DOMNode) -> Iterator[Action]:
    for kind in type(node).__mro__:
        for binding in vars(kind).get("BINDINGS", ()):
            action = action_of(binding) if isinstance(binding, Binding) else None
            if action is not None:
                yield action


def _with_key(name: Content, action: Action) -> Content:
    return Content.assemble(name, (f"  {key_name(keys_of(action))}", "dim"))

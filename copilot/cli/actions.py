"""Commands of several actions, each a module of its own that is loaded when it is asked for."""

import argparse
import functools
import importlib
from collections.abc import Mapping
from typing import NamedTuple, Protocol, cast

from copilot.cli.parsing import LaterParser


class ActionModule(Protocol):
    """What every action's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the action's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


class Action(NamedTuple):
    """An action: what it is for, in the words of the help, and its module."""

    help: str
    module: str


class Actions:
    """A command's actions."""

    def __init__(self, package: str, actions: Mapping[str, Action]) -> None:
        """``package`` holds the modules."""
        self._package = package
        self._actions = actions

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the actions; the arguments of one are known when it is the one."""
        actions = parser.add_subparsers(
            dest="action", required=True, metavar="ACTION", parser_class=LaterParser
        )
        for name, action in self._actions.items():
            actions.add_parser(name, help=action.help).fill = functools.partial(self._fill, action)

    def run(self, options: argparse.Namespace) -> int:
        """Do what the action says."""
        return self._module(self._actions[options.action]).run(options)

    def _fill(self, action: Action, parser: argparse.ArgumentParser) -> None:
        self._module(action).configure(parser)

    def _module(self, action: Action) -> ActionModule:
        return cast("ActionModule", importlib.import_module(f"{self._package}.{action.module}"))

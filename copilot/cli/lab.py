"""``lab``: what can be done in the lab; each action is a module of its own in ``lab_actions``."""

import argparse
import functools
import importlib
from typing import NamedTuple, Protocol, cast

from copilot.cli.parsing import LaterParser


class ActionModule(Protocol):
    """What every action's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the action's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the exit code."""


class Action(NamedTuple):
    """An action: what it is for, in the words of the help, and its module in ``lab_actions``."""

    help: str
    module: str


ACTIONS: dict[str, Action] = {
    "promote": Action("make a case of a moment of a stored session", "promoting"),
    "check": Action("whether suites can be run, told line by line", "checking"),
    "run": Action("run suites, and say what came out", "running"),
    "list": Action("list the suites that can be run, and the runs there are", "listing"),
    "label": Action("say that an output is good or bad", "labelling"),
    "agree": Action("how far checks agree with what people say of outputs", "agreeing"),
    "open": Action("show runs on the screen, case by case", "opening"),
    "compare": Action("set two runs beside each other: what broke, what is noise", "comparing"),
    "view": Action("look at a run, or at two, in a browser", "viewing"),
    "transcribe": Action("hear stored sessions again, by another speech model", "transcribing"),
    "baseline": Action("keep a run without its texts, to compare with later", "baselining"),
    "optimise": Action("have a better prompt proposed from what goes wrong", "optimising"),
    "accept": Action("make a variant of a prompt the one in use", "accepting"),
    "calibrate": Action("fit the local matcher's thresholds to labelled answers", "calibrating"),
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="ACTION", parser_class=LaterParser
    )
    for name, action in ACTIONS.items():
        actions.add_parser(name, help=action.help).fill = functools.partial(_fill, action)


def run(options: argparse.Namespace) -> int:
    """Do what the action says."""
    return _module(ACTIONS[options.action]).run(options)


def _fill(action: Action, parser: argparse.ArgumentParser) -> None:
    _module(action).configure(parser)


def _module(action: Action) -> ActionModule:
    found = importlib.import_module(f"copilot.cli.lab_actions.{action.module}")
    return cast("ActionModule", found)

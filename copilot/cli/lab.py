"""``lab``: what can be done in the lab; each action is a module of its own in ``lab_actions``."""

from copilot.cli.actions import Action, Actions

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

_LAB = Actions("copilot.cli.lab_actions", ACTIONS)
configure, run = _LAB.configure, _LAB.run

"""``knowledge``: what can be done with guides; each action is a module of ``knowledge_actions``."""

from copilot.cli.actions import Action, Actions

ACTIONS: dict[str, Action] = {
    "list": Action("the roles that have a guide", "listing"),
    "show": Action("print a guide for reading", "showing"),
    "check": Action("validate guides and off-limits packs, and warn of weak spots", "checking"),
    "edit": Action("look at guides and change them on the screen", "editing"),
    "new": Action("begin a guide from a worked example", "making"),
    "copy": Action("copy a guide under another name", "copying"),
    "diff": Action("what is not the same in two guides, item by item", "differing"),
    "import": Action("make a guide of documents, or merge them into the one there is", "importing"),
    "enrich": Action("complete a guide by proposals that you accept one by one", "enriching"),
    "export": Action("write a guide as a document, for people without the app", "exporting"),
    "plan": Action("a role's plans, and a new one by hand", "planning"),
    "import-plan": Action("make a plan of a list of questions", "plan_importing"),
    "schema": Action("print the JSON Schema for editors", "schemas"),
}

_KNOWLEDGE = Actions("copilot.cli.knowledge_actions", ACTIONS)
configure, run = _KNOWLEDGE.configure, _KNOWLEDGE.run

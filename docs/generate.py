"""Write the pages that are made from code: `python -m docs.generate`.

A test makes them again and fails when a page has drifted.
"""

import argparse
import dataclasses
import enum
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from copilot.cli.main import COMMANDS, command_parser, top_parser
from copilot.errors import EXIT_CODE_MEANINGS
from copilot.events import Event, event_schema, values
from copilot.events.values import Value
from copilot.guides.readiness.model import readiness_schema
from copilot.knowledge.schema import SCHEMAS, schema_text
from copilot.lab.folders import shipped_suites
from copilot.lab.suite import schema as suite_schema
from copilot.review import summary, summary_parts
from copilot.review.report import report_schema
from copilot.review.summary import Summary, summary_schema
from docs.catalogues import compile_catalogues, po_path, po_text, translated
from docs.checks_page import checks_page
from docs.keys_page import keys_page

DOCS = Path(__file__).parent
ROOT = DOCS.parent


def generated() -> dict[Path, str]:
    """Every generated page and its text."""
    pages = {
        DOCS / "events.md": events_page(),
        DOCS / "events.schema.json": _json(event_schema()),
        DOCS / "summary.schema.json": _json(summary_schema()),
        DOCS / "report.schema.json": _json(report_schema()),
        DOCS / "readiness.schema.json": _json(readiness_schema()),
        DOCS / "commands.md": commands_page(),
        DOCS / "keys.md": keys_page(),
        DOCS / "checks.md": checks_page(),
    }
    for language in translated():
        pages[po_path(language)] = po_text(language)
    for name, model in SCHEMAS.items():
        pages[ROOT / "knowledge" / name] = schema_text(model)
    pages[shipped_suites() / suite_schema.SCHEMA_NAME] = suite_schema.schema_text()
    return pages


def events_page() -> str:
    """Every event, the summary, and the values they are made of."""
    lines = [
        "# Events",
        "",
        "Made from the code by `python -m docs.generate`; do not edit.",
        "",
        "`interview-copilot replay --json` and `demo --headless` print one of these a line, then",
        "the summary. A session's journal holds the same events, each wrapped as",
        '`{"prev": "<sha256 of the line before>", "event": {…}}`. Every event has `seq` (1 for the',
        "first, then one more each), `at_s` (session time in seconds) and `type`. JSON Schemas:",
        "[events](events.schema.json), [summary](summary.schema.json).",
        "",
    ]
    for kind in get_args(Event):
        lines += [f"## `{_type_name(kind)}`", "", *_described(kind, skip={"seq", "at_s", "type"})]
    lines += ["## `summary`", "", *_described(Summary, skip={"type"})]
    lines += ["# Values", ""]
    for kind in (
        *_value_classes(values),
        *_value_classes(summary_parts),
        *_value_classes(summary),
    ):
        if kind is not Summary:
            lines += [f"## {kind.__name__}", "", *_described(kind)]
    lines += ["# Names", ""]
    for names in _enums(values):
        lines += [f"## {names.__name__}", "", *_described_names(names), ""]
    return "\n".join(lines)


def commands_page() -> str:
    """The help of every command, and the exit codes."""
    lines = [
        "# Commands",
        "",
        "Made from the code by `python -m docs.generate`; do not edit.",
        "",
        "```",
        _help(top_parser()),
        "```",
        "",
    ]
    for name in COMMANDS:
        lines += [f"## {name}", ""]
        for parser in _with_actions(command_parser(name)):
            lines += ["```", _help(parser), "```", ""]
    lines += ["## Exit codes", "", "| code | meaning |", "| --- | --- |"]
    lines += [f"| {code.value} | {meaning} |" for code, meaning in EXIT_CODE_MEANINGS.items()]
    return "\n".join([*lines, ""])


def _with_actions(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:  # noqa: SLF001 - argparse has no public way to list them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            yield from action.choices.values()


def _help(parser: argparse.ArgumentParser) -> str:
    parser.formatter_class = _fixed_width(parser.formatter_class)
    return parser.format_help().rstrip()


def _fixed_width(kind: Any) -> Any:
    """A formatter that does not look at the terminal it happens to run in."""

    class Fixed(kind):  # type: ignore[misc]
        def __init__(self, prog: str, **options: Any) -> None:
            options.pop("width", None)
            super().__init__(prog, width=88, **options)

    return Fixed


def _value_classes(module: Any) -> list[type[Value]]:
    found = [
        item
        for item in vars(module).values()
        if inspect.isclass(item)
        and issubclass(item, Value)
        and item is not Value
        and item.__module__ == module.__name__
    ]
    return sorted(found, key=lambda kind: inspect.getsourcelines(kind)[1])


def _enums(module: Any) -> list[type[enum.StrEnum]]:
    found = [
        item
        for item in vars(module).values()
        if inspect.isclass(item)
        and issubclass(item, enum.StrEnum)
        and item.__module__ == module.__name__
    ]
    return sorted(found, key=lambda names: inspect.getsourcelines(names)[1])


def _described_names(names: type[enum.StrEnum]) -> Iterator[str]:
    yield " ".join((inspect.getdoc(names) or "").split())
    yield ""
    source = inspect.getsource(names)
    for name in names:
        comment = re.search(rf"{name.name} = .*#\s*(.+)", source)
        yield f"- `{name.value}`" + (f": {comment[1]}" if comment else "")


def _described(kind: Any, skip: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    text = inspect.getdoc(kind) or ""
    about, _, attributes = text.partition("\n\nAttributes:\n")
    yield " ".join(about.split())
    yield ""
    meanings = {
        match["name"]: " ".join(match["text"].split())
        for match in re.finditer(
            r"^ {4}(?P<name>\w+): (?P<text>.*(?:\n {8,}.*)*)", attributes, re.MULTILINE
        )
    }
    fields = [field for field in dataclasses.fields(kind) if field.name not in skip]
    if not fields:
        return
    yield "| field | type | meaning |"
    yield "| --- | --- | --- |"
    for field in fields:
        shown = _type_text(field.type).replace("|", "\\|")
        yield f"| `{field.name}` | {shown} | {meanings.get(field.name, '')} |"
    yield ""


def _type_text(annotation: Any) -> str:
    text = inspect.formatannotation(annotation)
    text = re.sub(r"\b(?:copilot\.\w+(?:\.\w+)*|typing)\.", "", text)
    return text.replace("'", "`") if "Literal" in text else f"`{text}`"


def _type_name(kind: Any) -> str:
    default = next(field.default for field in dataclasses.fields(kind) if field.name == "type")
    return str(default)


def _json(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every page, and compile the catalogues."""
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
    compile_catalogues()


if __name__ == "__main__":
    main()

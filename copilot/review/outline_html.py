"""An outline as one HTML file: side by side, without scripts, and asking nothing of any network."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from copilot.review.outline import Block, Outline, Section
from copilot.review.plain_line import plain_line

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.45 system-ui, sans-serif; margin: 1.5rem auto; max-width: 100rem; }
body { padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .4rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; }
p, ul { margin: .2rem 0 .6rem; } ul { padding-left: 1.1rem; } .lead { font-weight: 600; }
.beside { display: flex; gap: 1rem; overflow-x: auto; align-items: stretch; }
.beside > section { flex: 1 0 17rem; border: 1px solid #8888; border-radius: .4rem; }
.beside > section { padding: .6rem .8rem; }
@media (max-width: 40rem) {
  .beside { flex-direction: column; } .beside > section { flex-basis: auto; }
}
@media print { .beside { flex-wrap: wrap; } h2 { break-after: avoid; } }
"""


def to_html(outline: Outline) -> str:
    """The document as a whole page."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!doctype html>",
        f'<html lang="{outline.language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_safe(outline.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        f"<h1>{_safe(outline.title)}</h1>",
        *(f"<p>{_safe(told)}</p>" for told in outline.lead),
    ]
    for section in outline.sections:
        lines += _section(outline, section)
    return "\n".join([*lines, "</body>", "</html>"]) + "\n"


def _section(outline: Outline, section: Section) -> Iterator[str]:
    yield f"<h2>{_safe(section.heading)}</h2>"
    for told in section.lead:
        yield f'<p class="lead">{_safe(told)}</p>'
    if section.blocks:
        yield '<div class="beside">'
        for block in section.blocks:
            yield from _block(outline, block)
        yield "</div>"


def _block(outline: Outline, block: Block) -> Iterator[str]:
    yield f"<section><h3>{_safe(block.name)}</h3>"
    depth = -1
    for line in block.lines:
        # A line deeper in stands in a list inside the item before it.
        if line.depth > depth:
            yield "<ul>" * (line.depth - depth)
        else:
            yield "</li>" + "</ul></li>" * (depth - line.depth)
        depth = line.depth
        yield f"<li>{_safe(outline.told(line))}"
    if block.lines:
        yield "</li></ul>" * (depth + 1)
    yield "</section>"


def _safe(text: str) -> str:
    return escape(plain_line(text), quote=True)

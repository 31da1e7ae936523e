"""JSON Schemas of guides, overlays and off-limits packs, for editors."""

import json
from pathlib import Path

from pydantic import BaseModel

from copilot.knowledge.guide import Guide
from copilot.knowledge.off_limits import PackFile, PhrasesFile
from copilot.knowledge.overlay import Overlay

#: File name in ``knowledge/`` and the model it is made from.
SCHEMAS: dict[str, type[BaseModel]] = {
    "guide.schema.json": Guide,
    "overlay.schema.json": Overlay,
    "pack.schema.json": PackFile,
    "phrases.schema.json": PhrasesFile,
}


def schema_text(model: type[BaseModel]) -> str:
    """A model's JSON Schema (2020-12), indented, with a final newline."""
    schema = model.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into ``folder``; the paths written."""
    written: list[Path] = []
    for name, model in SCHEMAS.items():
        path = folder / name
        path.write_text(schema_text(model), encoding="utf-8")
        written.append(path)
    return written

"""The plain front draws nothing and needs nothing that draws."""

from tests.builders import run_python

_LOADED = """
import importlib, pathlib, sys
import copilot.plain
for path in pathlib.Path(copilot.plain.__path__[0]).glob("*.py"):
    importlib.import_module(f"copilot.plain.{path.stem}".removesuffix(".__init__"))
print("\\n".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_it_loads_no_screen_and_no_server() -> None:
    loaded = set(run_python(_LOADED).split())

    assert "copilot" in loaded
    assert not loaded & {"textual", "rich", "aiohttp", "sounddevice"}

"""A guide's file, changed by hand: what ends its lines stays."""

import pytest
from textual.widgets import TextArea

from copilot.tui.guides.file_screen import FileScreen
from tests.tui.guides.kitchen import COOK, editing, own_guide
from tests.tui.recorded import until_it_holds, words


@pytest.mark.parametrize(("lead", "end"), [("\ufeff", "\r\n"), ("", "\r"), ("", "\n")])
async def test_line_ends_and_marks_stay(lead: str, end: str) -> None:
    path = own_guide()
    was = lead + COOK.replace("\n", end)
    path.write_bytes(was.encode())
    async with editing() as (_screen, pilot):
        await pilot.press("f")
        await until_it_holds(pilot, lambda: isinstance(pilot.app.screen, FileScreen))
        area = pilot.app.screen.query_one(TextArea)
        await until_it_holds(pilot, lambda: "cook" in area.text)
        assert not area.text.startswith("\ufeff")
        assert "not saved" not in words(pilot.app)
        area.insert("# Mine.\n", (0, 0))
        await pilot.press("ctrl+s")
        await until_it_holds(pilot, lambda: path.read_bytes() != was.encode())

    assert path.read_bytes() == f"{lead}# Mine.{end}{was.removeprefix(lead)}".encode()

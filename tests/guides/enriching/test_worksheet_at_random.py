"""Whatever people do to a worksheet: no word they wrote is passed over in silence."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.guides.enriching.waiting import Waiting
from copilot.guides.enriching.worksheets.reading import read_worksheet
from copilot.guides.enriching.worksheets.sheet import worksheet
from tests.guides.enriching.bare import ROLE, write_bare

_BEFORE = st.sampled_from(
    [
        "- ",
        "* ",
        "1. ",
        "- 2: ",
        "",
        "  ",
        "\t",
        "> ",
        "# ",
        "## ",
        "### ",
        "#### ",
        "<!-- ",
        "| ",
        "- [ ] ",
    ]
)
_LINES = st.lists(st.tuples(st.integers(0, 10_000), _BEFORE, st.booleans()), max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_LINES, st.sampled_from(["\n", "\r\n"]))
def test_every_word_is_proposed_or_told(
    tmp_path: Path, lines: list[tuple[int, str, bool]], end: str
) -> None:
    write_bare()
    waiting = Waiting(ROLE)
    sheet = worksheet(waiting.guide, waiting.gaps()).splitlines()
    for number, (place, before, alone) in enumerate(lines):
        written = f"{before}the word wqx{number} of mine"
        at = 1 + place % len(sheet)
        sheet[at:at] = ["", written, ""] if alone else [written]
    path = tmp_path / "sheet.md"
    path.write_text(end.join(sheet), "utf-8", newline="")

    filled = read_worksheet(path, waiting, date(2026, 11, 23))

    told = repr(filled.proposals) + "\n".join(filled.problems)
    for number in range(len(lines)):
        assert f"wqx{number}" in told

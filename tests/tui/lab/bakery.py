"""Two runs of the bakery's suite on disk, small enough to know what has to be on the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from copilot.lab.grid import Provider, Variant
from copilot.lab.results import Checked, Result
from copilot.tui.lab.app import LabApp
from copilot.tui.lists.table import Table
from tests.lab.builders import a_case, a_prompt, a_run, an_output, fails, holds, stored
from tests.tui.recorded import until_it_holds

SIZES = [(60, 40), (80, 24), (160, 50)]
TASK = "follow_up"
CASES = ("oven", "yeast", "rota", "waste")
LONG, SHORT = "long · smollm2", "short · smollm2"


_LONG = a_prompt("long", "Ask one question.\nBe kind.\n")
_SHORT = a_prompt("short", "Ask one short question.\nBe kind.\n")
VARIANTS = tuple(
    Variant(
        id=f"{prompt.label} · smollm2",
        prompt=prompt.label,
        prompt_sha256={"en": prompt.sha256},
        provider=Provider(id="smollm2"),
    )
    for prompt in (_LONG, _SHORT)
)


def _done(case: str, variant: str, said: str, check: Checked, repeat: int = 0) -> Result:
    output = {"say": said, "because": "who decides is missing"}
    return an_output(case, output, variant, repeat, checks=[check], requests=1)


def before() -> Path:
    """The earlier one: rota failed with both prompts, yeast with the long one."""
    results = [
        _done("oven", LONG, "Who decided on the oven?", holds()),
        _done("oven", SHORT, "Who decided?", holds()),
        _done("yeast", LONG, "Was it good?", fails()),
        _done("yeast", SHORT, "How did you know?", holds()),
        _done("rota", LONG, "Was it good?", fails()),
        _done("rota", SHORT, "Was it good?", fails()),
        an_output("waste", None, LONG, error="no answer within 20 s"),
        _done("waste", SHORT, "", holds("silent")),
    ]
    return _stored("2026-03-04T09:30:00+01:00", "1", results)


def after() -> Path:
    """The later one: oven is broken with the long prompt, rota fixed."""
    results = [
        _done("oven", LONG, "Did somebody decide on the oven?", fails()),
        _done("oven", SHORT, "Who decided?", holds()),
        _done("yeast", LONG, "Was it good?", fails()),
        _done("yeast", SHORT, "How did you know?", holds()),
        _done("rota", LONG, "What did the bakers say?", holds()),
        _done("rota", SHORT, "What did the bakers say?", holds()),
        _done("waste", LONG, "", holds("silent")),
        _done("waste", SHORT, "", holds("silent")),
    ]
    return _stored("2026-03-05T09:30:00+01:00", "2", results)


def _stored(began_at: str, plan: str, results: list[Result]) -> Path:
    cases = [
        a_case(name, task=TASK, vars=_given(name), expected={"missing": ["who decides"]})
        for name in CASES
    ]
    run = a_run(
        results,
        cases=cases,
        prompts=(_LONG, _SHORT),
        variants=VARIANTS,
        suite="bakery",
        task=TASK,
        began_at=began_at,
        plan_sha256=plan * 64,
    )
    return stored(run)


def _given(name: str) -> dict[str, str]:
    # What would colour the terminal, or worse, stands in one of them.
    sly = "\x1b[31m" if name == "waste" else ""
    answer = f"We tried the {name} in one bakery first, and {sly}it took three weeks."
    return {"language": "en", "question": "How would you bring it in?", "answer": answer}


@asynccontextmanager
async def in_the_lab(
    run: Path | None = None, against: Path | None = None, *, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[LabApp, Pilot[None]]]:
    """The app, once it has read what it shows."""
    app = LabApp(run, against)
    async with app.run_test(size=size) as pilot:
        await until_it_holds(pilot, lambda: bool(_keys(app)))
        await pilot.pause()
        yield app, pilot


def _keys(app: LabApp) -> tuple[str, ...]:
    tables = list(app.screen.query(Table))
    return tables[0].keys if tables else ()


def at(app: LabApp) -> str | None:
    """Key of the row with the cursor."""
    return app.screen.query_one(Table).current


def rows(app: LabApp) -> tuple[str, ...]:
    """Keys of the rows."""
    return app.screen.query_one(Table).keys

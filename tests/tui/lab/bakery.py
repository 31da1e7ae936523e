"""Two runs of the bakery's suite on disk, small enough to know what has to be on the screen."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from copilot.lab.grid import Materials, PromptText, Provider, Variant
from copilot.lab.results import Checked, Result
from copilot.tui.lab.app import LabApp
from copilot.tui.lab.table import Table
from tests.lab.hand_made import a_case, a_result, a_run, missed, passed, stored
from tests.tui.recorded import until_it_holds

SIZES = [(60, 40), (80, 24), (160, 50)]
CASES = ("oven", "yeast", "rota", "waste")
LONG, SHORT = "long · smollm2", "short · smollm2"


def _prompt(label: str, text: str) -> PromptText:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return PromptText(label=label, path=f"{label}.md", language="en", sha256=sha, text=text)


_LONG = _prompt("long", "Ask one question.\nBe kind.\n")
_SHORT = _prompt("short", "Ask one short question.\nBe kind.\n")
_PROMPTS = {prompt.sha256: prompt for prompt in (_LONG, _SHORT)}
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
    return a_result(case, output, variant=variant, repeat=repeat, checks=[check], requests=1)


def before() -> Path:
    """The earlier one: rota failed with both prompts, yeast with the long one."""
    results = [
        _done("oven", LONG, "Who decided on the oven?", passed()),
        _done("oven", SHORT, "Who decided?", passed()),
        _done("yeast", LONG, "Was it good?", missed()),
        _done("yeast", SHORT, "How did you know?", passed()),
        _done("rota", LONG, "Was it good?", missed()),
        _done("rota", SHORT, "Was it good?", missed()),
        a_result("waste", None, variant=LONG, error="no answer within 20 s"),
        _done("waste", SHORT, "", passed("silent")),
    ]
    return _stored("2026-03-04T09:30:00+01:00", "1", results)


def after() -> Path:
    """The later one: oven is broken with the long prompt, rota fixed."""
    results = [
        _done("oven", LONG, "Did somebody decide on the oven?", missed()),
        _done("oven", SHORT, "Who decided?", passed()),
        _done("yeast", LONG, "Was it good?", missed()),
        _done("yeast", SHORT, "How did you know?", passed()),
        _done("rota", LONG, "What did the bakers say?", passed()),
        _done("rota", SHORT, "What did the bakers say?", passed()),
        _done("waste", LONG, "", passed("silent")),
        _done("waste", SHORT, "", passed("silent")),
    ]
    return _stored("2026-03-05T09:30:00+01:00", "2", results)


def _stored(began_at: str, plan: str, results: list[Result]) -> Path:
    cases = [
        a_case(name, vars=_given(name), expected={"missing": ["who decides"]}) for name in CASES
    ]
    totals = {
        "passed": float(sum(each.passed for each in results)),
        "failed": float(sum(not each.passed and not each.produced.failed for each in results)),
        "errors": float(sum(each.produced.failed for each in results)),
    }
    run = a_run(
        "new",
        cases,
        results,
        materials=Materials(prompts=_PROMPTS),
        variants=VARIANTS,
        began_at=began_at,
        plan_sha256=plan * 64,
        totals=totals,
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

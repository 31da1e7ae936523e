"""A run and a comparison in which every text that comes from somewhere else attacks its reader."""

import json

from copilot.lab.cases import Assertion
from copilot.lab.comparing import compare
from copilot.lab.comparing.model import Comparison
from copilot.lab.grid import Provider
from copilot.lab.results import Checked, Produced
from copilot.lab.running.run import Run
from tests.lab.builders import (
    a_case,
    a_decision,
    a_guide,
    a_prompt,
    a_result,
    a_run,
    a_variant,
)
from tests.review.html.hostile import ALL, HOSTILE

COLUMNS = (f"one {ALL}", f"two {ALL}")


def a_hostile_run(word: str = "A") -> Run:
    """A case for each hostile text, in every place that text can come from."""
    prompt = a_prompt(ALL, f"{word} {ALL}")
    given = {"language": "en", "answer": ALL, "utterances": [{"id": ALL, "text": ALL}], ALL: [ALL]}
    cases = [
        a_case(
            f"c{n} {text}",
            vars=given,
            expected={"points": {ALL: {"state": ALL, "quote": ALL}}},
            group=ALL,
            metadata={f"key {ALL}": ALL},
            origin=ALL,
            asserts=(Assertion(type=ALL),),
        )
        for n, text in enumerate(HOSTILE)
    ]
    results = [
        a_result(
            case.id,
            column,
            text=f"{word} {ALL}",
            produced=Produced(output={"quote": ALL, ALL: ALL}, model=ALL)
            if n
            else Produced(error=ALL, error_kind=ALL),
            checks=(Checked(name=ALL, passed=n % 2 == (word == "A"), reason=ALL),),
            decisions=[a_decision(shown=word == "A", right=True, target=ALL, state=ALL + word)],
        )
        for n, case in enumerate(cases)
        for column in COLUMNS
    ]
    content = {"id": ALL, "title": word, "questions": [{"id": ALL, "text": word}]}
    return a_run(
        results,
        name=f"{word} {ALL}",
        cases=cases,
        variants=[
            a_variant(each, prompt, guide=ALL, provider=Provider(id=ALL, config={ALL: ALL}))
            for each in COLUMNS
        ],
        prompts=[prompt],
        guides=[a_guide(json.dumps(content), ALL)],
        suite=ALL,
        suite_path=ALL,
        description=ALL,
        stopped=ALL,
        done_at="",
        commit=f"{word} {ALL}",
        versions={ALL: word + ALL},
        machine={ALL: word + ALL},
    )


def a_hostile_comparison() -> tuple[Run, Run, Comparison]:
    """Two hostile runs that differ in everything that may differ."""
    a, b = a_hostile_run("A"), a_hostile_run("B")
    return a, b, compare(a, b)

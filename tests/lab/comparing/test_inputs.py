"""What went in and is not the same is told, so that a difference has a cause."""

import json

from copilot.lab.comparing import compare
from copilot.lab.comparing.model import InputChange
from copilot.lab.grid import Provider
from copilot.lab.results import Produced
from copilot.lab.running.run import Run
from tests.lab.builders import a_case, a_guide, a_prompt, a_result, a_run, a_variant


def _told(a: Run, b: Run) -> dict[str, InputChange]:
    return {each.what: each for each in compare(a, b).inputs}


def test_of_the_same_inputs_nothing_is_told() -> None:
    assert _told(a_run([a_result("a")]), a_run([a_result("a", passed=False)], name="b")) == {}


def test_a_prompt_is_told_with_its_lines() -> None:
    old, new = a_prompt("ask", "Ask.\nOne question."), a_prompt("ask", "Ask.\nOne open question.")
    a, b = (
        a_run([a_result("a", "ask")], variants=[a_variant("ask", each)], prompts=[each])
        for each in (old, new)
    )
    told = _told(a, b)["prompt ask (en)"]

    assert (told.a, told.b) == (old.sha256[:12], new.sha256[:12])
    assert told.lines[-2:] == ("-One question.", "+One open question.")


def test_a_guide_is_told_by_its_items() -> None:
    def guide(**ovens: object) -> str:
        points = [{"id": "ovens", "says": ["a"], **ovens}, {"id": "menu", "says": []}]
        questions = [{"id": "day", "text": "Your day?", "points": points}]
        return json.dumps({"id": "cook", "questions": questions, "red_flags": [{"id": "late"}]})

    last = json.loads(guide())
    last["questions"][0]["points"][1] = {"id": "stock"}
    last["red_flags"][0]["label"] = "Late"
    a, b = (
        a_run(
            [a_result("a", "local")],
            variants=[a_variant("local", guide="installed")],
            guides=[a_guide(text)],
        )
        for text in (guide(says=["a", "b"]), json.dumps(last))
    )

    assert _told(a, b)["guide cook (en)"].lines == (
        "changed: questions: day / ovens (says)",
        "gone: questions: day / menu",
        "changed: red_flags: late (label)",
        "new: questions: day / stock",
    )


def test_models_settings_code_and_versions_are_told() -> None:
    def run(model: str, **config: object) -> Run:
        produced = Produced(output="x", model=model)
        provider = Provider(id="profile:x", config=config)
        return a_run(
            [a_result("a", "x", produced=produced)],
            variants=[a_variant("x", provider=provider)],
            commit=f"{model}+",
            versions={"python": model},
            machine={"cores": model},
        )

    told = _told(run("small", temperature=0.0), run("large", temperature=0.7))

    assert told["provider"].b == 'profile:x {"temperature": 0.7}'
    assert told["model that answered"].a == "small"
    assert told["commit"].a == "small+"
    assert told["version of python"].b == "large"
    assert told["machine: cores"].b == "large"


def test_cases_that_came_and_went_are_told() -> None:
    a = a_run([a_result(x) for x in "ab"])
    b = a_run([a_result(x) for x in "bc"], cases=[a_case("b", "Other."), a_case("c")])
    told = _told(a, b)

    assert told["cases taken away"].lines == ("a",)
    assert told["cases added"].lines == ("c",)
    assert told["cases with other words or expectations"].lines == ("b",)


def test_of_many_cases_only_some_are_named() -> None:
    a = a_run([a_result(f"c{n}") for n in range(30)])
    told = _told(a, a_run([a_result("c0")]))["cases taken away"]

    assert len(told.lines) == 21
    assert told.lines[-1] == "… and 9 more"

"""What stands in the pages, before a browser sees them."""

import json
import re
import stat
from pathlib import Path
from typing import Any

from copilot.lab.comparing import compare
from copilot.lab.comparing.baseline import baseline_of, baseline_to_json, read_baseline
from copilot.lab.labels import Label
from copilot.lab.report.comparing import comparison_page
from copilot.lab.report.run_page import run_page
from copilot.lab.report.trends import trend_over
from copilot.lab.report.writing import write_report
from copilot.lab.results import Produced
from tests.lab.builders import a_case, a_decision, a_prompt, a_result, a_run, a_variant
from tests.lab.report.hostile import a_hostile_comparison, a_hostile_run

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def _data(html: str) -> Any:
    (found,) = _DATA.findall(html)
    return json.loads(found)


def test_the_data_ends_no_script_whatever_it_holds() -> None:
    a, b, told = a_hostile_comparison()
    for html in (run_page(a_hostile_run()), comparison_page(a, b, told)):
        (data,) = _DATA.findall(html)
        assert "<" not in data
        assert html.count("</script>") == 2


def test_every_case_has_its_cells_and_filters() -> None:
    results = [
        a_result("a", "x"),
        a_result("a", "y", passed=False),
        a_result("b", "x", error="gone"),
        a_result("b", "y", text="Other."),
    ]
    data = _data(run_page(a_run(results)))

    assert [(each["id"], each["status"], each["tags"]) for each in data["cases"]] == [
        ("a", "1 of 2 passed", ["failed", "differ"]),
        ("b", "1 of 2 passed", ["errors", "differ"]),
    ]
    assert data["cases"][1]["cells"][0][0]["error"] == "ServerError: gone"
    assert data["filter"] == "failed"


def test_a_comparison_opens_with_what_broke() -> None:
    a = a_run([a_result(x, passed=x in "bd") for x in "abcd"])
    b = a_run([a_result(x, passed=x in "ad") for x in "abcd"], name="later")
    data = _data(comparison_page(a, b, compare(a, b)))

    assert [(each["id"], each["status"]) for each in data["cases"]] == [
        ("b", "broken"),
        ("a", "fixed"),
        ("c", "both fail"),
        ("d", "both pass"),
    ]
    assert data["filter"] == "differences"


def test_a_case_that_changed_is_shown_as_it_was_too() -> None:
    a = a_run([a_result("a")])
    b = a_run([a_result("a")], cases=[a_case("a", "Now it is cold.")])
    (case,) = _data(comparison_page(a, b, compare(a, b)))["cases"]

    assert case["vars"]["answer"] == "Now it is cold."
    assert case["before"]["vars"]["answer"] == "I keep the lights on."


def test_each_prompt_is_there_once_however_many_cases_used_it() -> None:
    prompt = a_prompt("ask", "One of a kind.")
    run = a_run(
        [a_result(x, "ask", text="") for x in "abc"],
        variants=[a_variant("ask", prompt)],
        prompts=[prompt],
    )

    assert _data(run_page(run))["texts"] == {prompt.sha256: "One of a kind."}


def test_numbers_json_does_not_know_are_words() -> None:
    produced = Produced(output={"score": float("nan"), "most": float("inf")})
    data = _data(run_page(a_run([a_result("a", produced=produced)])))

    assert data["cases"][0]["cells"][0][0]["output"] == {"score": "nan", "most": "inf"}


def test_a_run_that_was_cut_off_says_so() -> None:
    run = a_run([a_result("a")], done_at="", items=9, stopped="Ctrl-C")

    assert "Not done to the end:</strong> 1 of 9 results are there. Ctrl-C" in run_page(run)


def test_a_run_without_results_is_a_page_too() -> None:
    run = a_run([], variants=[a_variant()], done_at="")

    assert _data(run_page(run))["cases"] == []


def test_what_was_found_is_told_with_its_calibration() -> None:
    decisions = [a_decision(shown=n % 3 > 0, right=n % 2 > 0, confidence=n / 40) for n in range(40)]
    html = run_page(a_run([a_result(f"c{n}", decisions=[d]) for n, d in enumerate(decisions)]))

    assert "Reliability of points" in html
    assert "Brier score" in html
    assert 'class="diagonal"' in html


def test_the_report_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_report(a_run([a_result("a")], path=tmp_path))

    assert path == tmp_path / "report.html"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# -- trends --------------------------------------------------------------------------------------


def test_a_trend_has_a_line_a_variant_and_marks_where_cases_changed() -> None:
    decisions = [a_decision(shown=True, right=True)]
    first = a_run([a_result(x, decisions=decisions) for x in "ab"], name="first")
    other = [a_case("a", "Other."), a_case("b")]
    second = a_run(
        [a_result(x, passed=x == "a", decisions=decisions) for x in "ab"],
        name="second",
        cases=other,
    )
    trend = trend_over([first, second], "second")

    assert trend is not None
    assert [each.title for each in trend.charts] == ["Pass rate", "F1 of points"]
    (line,) = trend.charts[0].lines
    assert [each.here for each in line.spots] == [False, True]
    assert line.spots[0].y < line.spots[1].y
    assert len(trend.charts[0].changes) == 1
    assert trend.charts[0].told.endswith("50.0 %")


def test_one_run_is_no_trend() -> None:
    assert trend_over([a_run([a_result("a")])]) is None


def test_what_a_person_said_of_an_output_stands_beside_it() -> None:
    run = a_run([a_result("a"), a_result("b")])
    label = Label(case="a", output_sha256="x", verdict="bad", note="It leads.", at="now")
    data = _data(run_page(run, labels={run.results[0].item: label}))

    assert [each["cells"][0][0]["label"] for each in data["cases"]] == ["bad It leads.", ""]


# -- what a reader sees first, in words ------------------------------------------------------------


def test_a_run_s_page_begins_with_how_many_cases_passed_and_what_became_of_the_others() -> None:
    results = [
        *(a_result(each, repeat=n) for each in "ab" for n in (0, 1)),
        *(a_result("c", repeat=n, passed=False) for n in (0, 1)),
        *(a_result("d", repeat=n, passed=bool(n)) for n in (0, 1)),
        *(a_result("e", repeat=n, error="gone") for n in (0, 1)),
    ]
    html = run_page(a_run(results))

    assert '<p class="word">2 of 5 cases passed</p>' in html
    assert re.findall(r'<span class="(?:bad|odd)">(.*?)</span>', html)[:3] == [
        "1 failed",
        "1 with an error",
        "1 pass in some repeats only",
    ]
    assert html.index("2 of 5 cases passed") < html.index('id="figures-heading"')
    assert "2 of 2 cases passed" in run_page(a_run([a_result("a"), a_result("b")]))


def test_names_of_fields_and_machines_times_are_put_in_words() -> None:
    run = a_run([a_result()], commit="0123456789abcdef+", machine={"cores": "2"})
    totals = {"passed": 1.0, "seconds": 1.25, "tokens_in": 12345.0, "cost": 0.5}
    html = run_page(
        type(run)(
            run.path,
            run.record.model_copy(update={"totals": totals}),
            run.cases,
            run.materials,
            run.results,
        )
    )

    assert "<dt>Tokens sent</dt><dd>12,345</dd>" in html
    assert "<dt>Seconds in all</dt><dd>1.250</dd>" in html
    assert "<dt>Processor cores</dt><dd>2</dd>" in html
    assert "2026-11-22 10:15 UTC" in html
    assert "0123456789ab, with changes in no commit" in html
    assert "tokens_in" not in html.split('id="data"')[0]
    assert "T10:15" not in html.split('id="data"')[0]


def test_what_came_from_the_cache_took_as_long_as_when_it_was_made() -> None:
    html = run_page(a_run([a_result(cached=True)], latency={}))

    assert html.count('<td class="n">0.50</td><td class="n">0.50</td>') == 1


def test_a_baseline_without_outputs_is_not_told_to_have_others(tmp_path: Path) -> None:
    run = a_run([a_result("a"), a_result("b", passed=False)])
    path = tmp_path / "ovens.json"
    path.write_bytes(baseline_to_json(baseline_of(run)))
    kept = read_baseline(path)
    data = _data(comparison_page(kept, run, compare(kept, run)))

    assert [each["tags"] for each in data["cases"]] == [["both_fail"], ["both_pass"]]


def test_links_stand_in_the_order_of_what_they_lead_to() -> None:
    a, b = (a_run([a_result()], name=f"20261122-1015{n}0-aaaaaaaa") for n in (1, 2))
    trend = trend_over([a, b])
    for html in (run_page(b, trend), comparison_page(a, b, compare(a, b), trend)):
        (nav,) = re.findall(r"<nav.*?</nav>", html)
        places = [html.index(f'id="{each}"') for each in re.findall(r'href="#(.*?)"', nav)]
        assert places == sorted(places)


def test_runs_of_one_day_are_told_apart_by_their_time() -> None:
    a = a_run([a_result()], began_at="2026-11-22T09:05:00+00:00")
    b = a_run([a_result()], began_at="2026-11-22T10:15:00+02:00")
    later = a_run([a_result()], began_at="2026-12-01T10:15:00+00:00")
    same, other = trend_over([a, b]), trend_over([a, later])

    assert same is not None
    assert other is not None
    assert [each.word for each in same.charts[0].words] == [
        "2026-11-22 09:05 UTC",
        "2026-11-22 10:15 +02:00",
    ]
    assert [each.word for each in other.charts[0].words] == ["2026-11-22", "2026-12-01"]

"""A suite is read whole, or every mistake in it is told with its line."""

import json
from pathlib import Path

import pytest

from copilot.errors import UsageError
from copilot.lab.errors import SuiteError
from copilot.lab.folders import cases_folder
from copilot.lab.grid import Provider
from copilot.lab.suite.loading import load_suite
from copilot.paths import config_folder
from tests.lab.suite.written import MATCHED, read, said_of, write

GATE = """\
task: gate
tests:
  - vars: {context: {language: en}, text: What happened then?}
"""
ON_A_LINE = "{vars: {context: {language: en}, text: What happened then?}}"


def test_a_case_has_what_its_test_says_and_what_the_task_checks(tmp_path: Path) -> None:
    suite = read(tmp_path, MATCHED)

    [case] = suite.cases
    assert (suite.name, suite.task, case.task) == ("suite", "match", "match")
    assert case.vars["question"] == "metrics"
    assert case.expected["points"]["uptime"]["state"] == "explicit"
    assert [check.type for check in case.asserts] == ["right", "quote-stands"]
    assert case.group == "director-it-operations/metrics"
    assert case.origin == f"{tmp_path / 'suite.yaml'}:4"
    assert [choice.label for choice in suite.guides] == ["shipped"]
    assert [provider.id for provider in suite.providers] == ["local"]


def test_defaults_are_merged_as_promptfoo_does(tmp_path: Path) -> None:
    suite = read(
        tmp_path,
        """\
        task: gate
        defaultTest:
          vars: {context: {language: fr}, text: Pourquoi ?}
          metadata: {by: us, kind: open}
          assert: [{type: max-words, value: 20}]
        tests:
          - vars: {text: Comment ?}
            metadata: {kind: how}
            assert: [{type: language, value: fr}]
          - vars: {text: Quand ?}
            assert: [{type: right}]
            options: {disableDefaultAsserts: true}
        """,
    )

    first, second = suite.cases
    assert first.vars == {"context": {"language": "fr"}, "text": "Comment ?"}
    assert first.metadata == {"by": "us", "kind": "how"}
    assert [check.type for check in first.asserts] == ["max-words", "language"]
    assert [check.type for check in second.asserts] == ["right"]


def test_opinions_alone_leave_the_checks_of_the_task(tmp_path: Path) -> None:
    suite = read(
        tmp_path,
        """\
        task: follow_up
        providers: smollm2
        judge: smollm2
        defaultTest:
          vars: {role: director-it-operations, language: en, question: metrics, answer: No idea.}
        tests:
          - assert: [{type: llm-rubric, value: It is short.}]
          - id: more
            assert: [{type: llm-rubric, value: It is short.}, {type: gate}]
        """,
    )

    alone, more = ([each.type for each in case.asserts] for case in suite.cases)
    assert alone == ["right", "gate", "quote-stands", "llm-rubric"]
    assert more == ["llm-rubric", "gate"]


def test_an_id_is_made_of_what_is_given_and_not_of_its_place(tmp_path: Path) -> None:
    one = "  - vars: {context: {language: en}, text: What came first?}\n"
    two = "  - vars: {context: {language: en}, text: What came next?}\n"
    before = read(tmp_path, f"task: gate\ntests:\n{one}{two}")
    after = read(tmp_path, f"task: gate\ntests:\n{two}{one}")

    assert [case.id for case in before.cases] == [case.id for case in reversed(after.cases)]
    assert len({case.id for case in before.cases}) == 2
    assert {case.id: case.split for case in before.cases} == {
        case.id: case.split for case in after.cases
    }


def test_answers_to_one_question_are_in_one_part_whatever_their_language(tmp_path: Path) -> None:
    answers = [
        {"role": "baker", "question": "ovens", "language": language, "answer": f"{language} {n}"}
        for language in ("en", "fr")
        for n in range(4)
    ]
    lines = "\n".join(json.dumps(line) for line in answers)
    write(tmp_path, lines, "answers.jsonl")

    suite = read(tmp_path, "task: match\nguides: shipped\ntests: answers.jsonl\n")

    assert len({case.split for case in suite.cases}) == 1
    assert {case.group for case in suite.cases} == {"baker/ovens"}


def test_tests_come_from_files_patterns_and_promotion(tmp_path: Path) -> None:
    test = "- vars: {{context: {{language: en}}, text: What about {}?}}\n"
    write(tmp_path, test.format("bread"), "more/a.yaml")
    write(tmp_path, test.format("buns"), "more/b.yaml")
    write(
        tmp_path, json.dumps({"vars": {"context": {"language": "en"}, "text": "And?"}}), "c.jsonl"
    )
    promoted = test.format("rolls").replace("- ", "- session: 20260302-090000-abcd\n  ", 1)
    write(cases_folder(), promoted, "gate.yaml")

    suite = read(
        tmp_path,
        "task: gate\ntests: ['file://more/*.yaml', c.jsonl, 'cases:promoted']\n",
    )

    texts = [case.vars["text"] for case in suite.cases]
    assert texts == ["What about bread?", "What about buns?", "And?", "What about rolls?"]
    assert suite.cases[-1].session == "20260302-090000-abcd"
    assert suite.cases[-1].origin == "session 20260302-090000-abcd"


def test_a_change_in_any_of_its_files_changes_a_suites_hash(tmp_path: Path) -> None:
    more = write(tmp_path, "- vars: {context: {language: en}, text: What?}\n", "more.yaml")
    text = "task: gate\ntests: more.yaml\n"
    before = read(tmp_path, text).sha256
    assert read(tmp_path, text).sha256 == before

    more.write_text("- vars: {context: {language: en}, text: Why?}\n")

    assert read(tmp_path, text).sha256 != before


def test_values_may_lie_in_files(tmp_path: Path) -> None:
    write(tmp_path, "I look at the downtime every Monday.\n", "answer.txt")
    text = MATCHED.replace(
        "Every Monday I look at how long our systems were down.", "file://answer.txt"
    )

    [case] = read(tmp_path, text).cases

    assert case.vars["answer"] == "I look at the downtime every Monday."


def test_providers_are_names_or_have_settings(tmp_path: Path) -> None:
    suite = read(
        tmp_path,
        """\
        task: follow_up
        providers:
          - smollm2
          - {id: "profile:big", label: warm, config: {temperature: 0.9}}
        evaluateOptions: {repeat: 3, maxConcurrency: 2}
        limits: {requests: 100, cost: 1.5}
        tolerance: 0.02
        judge: profile:big
        tests:
          - vars: {role: director-it-operations, language: en, question: metrics, answer: We count.}
        """,
    )

    assert suite.providers == (
        Provider(id="smollm2"),
        Provider(id="profile:big", label="warm", config={"temperature": 0.9}),
    )
    assert (suite.repeats, suite.concurrency, suite.tolerance) == (3, 2, 0.02)
    assert (suite.limits.requests, suite.limits.tokens, suite.limits.cost) == (100, None, 1.5)
    assert suite.judge == Provider(id="profile:big")
    assert [choice.name for choice in suite.prompts] == ["follow_up"]


def test_paths_of_thresholds_hold_wherever_the_program_runs(tmp_path: Path) -> None:
    text = "providers: [{id: local, config: {thresholds: own.json}}]\n" + MATCHED

    [provider] = read(tmp_path, text).providers

    assert provider.config["thresholds"] == str(tmp_path / "own.json")


def test_the_users_own_suite_hides_a_shipped_one() -> None:
    write(config_folder() / "suites", GATE, "local-matcher.yaml")

    assert load_suite("local-matcher").task == "gate"


# -- mistakes -------------------------------------------------------------------------------------


def test_an_unknown_suite_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no suite 'local-macher'") as caught:
        load_suite("local-macher")
    assert "'local-matcher'" in caught.value.remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tasks: gate\ntests: [a.yaml]\n", "suite.yaml:1: tasks: unknown key. Did you mean 'task'"),
        ("task: gates\ntests: [a.yaml]\n", "suite.yaml:1: task: there is no task 'gates'. Did you"),
        (f"{GATE}targets: [x]\n", "suite.yaml:4: targets: promptfoo's 'targets' is not supported"),
        ("task: gate\ntests: a.csv\n", "suite.yaml:2: tests[0]: a.csv: no such file"),
        ("task: gate\ntests: [a*.yaml]\n", "suite.yaml:2: tests[0]: no file is called 'a*.yaml'"),
        ("task: gate\ntests: ['cases:all']\n", "tests[0]: unknown cases. Did you mean 'cases:prom"),
        ("task: gate\ntests: ['cases:promoted']\n", "suite.yaml:2: tests: there is no case."),
        ("task: gate\ntests: []\n", "suite.yaml:2: tests: there is no case."),
        ("task: gate\ntests: [7]\n", "suite.yaml:2: tests[0]: a test is expected"),
        (f"{GATE}    expects: {{}}\n", "tests[0].expects: unknown key. Did you mean 'expected'?"),
        (f"{GATE}    expected: {{rfused: true}}\n", "tests[0].expected.rfused: unknown key. Did"),
        (f"{GATE}    expected: {{refused: soon}}\n", "suite.yaml:4: tests[0].expected.refused: "),
        (f"{GATE}    assert: [{{type: opn}}]\n", "tests[0].assert[0]: there is no check 'opn'"),
        (f"{GATE}    assert: [{{type: max-words}}]\n", "assert[0]: max-words needs a whole number"),
        (f"{GATE}    assert: [{{typ: open}}]\n", "tests[0].assert[0].typ: unknown key. Did you"),
        (f"{GATE}    assert: [{{type: open, transform: x}}]\n", "promptfoo's 'transform' is not"),
        (f"{GATE}    metadata: {{split: tset}}\n", "metadata.split: train, dev or test is expec"),
        (f"{GATE}    id: Not An Id\n", "tests[0].id: lower-case words joined by hyphens"),
        (f"{GATE}{GATE[18:]}", "suite.yaml:4: tests[1].vars: the same vars stand at"),
        (f"task: gate\ntests: [{ON_A_LINE}, {ON_A_LINE}]\n", "tests[1].vars: the same vars stand"),
        (f"{GATE}prompts: follow_up\n", "prompts: the task gate asks no language model."),
        (f"{GATE}providers: smollm2\n", "providers[0].id: the task asks no language model"),
        (f"{GATE}guides: shipped\n", "guides: the task gate needs no guide."),
        (f"{GATE}providers: [{{id: local, config: {{thresholt: x}}}}]\n", "no setting 'thresholt'"),
        (f"{GATE}evaluateOptions: {{repeat: 0}}\n", "evaluateOptions.repeat: input should be great"),
        (f"{GATE}evaluateOptions: {{delay: 5}}\n", "evaluateOptions.delay: promptfoo's 'delay' is"),
        (f"{GATE}limits: {{cost: -1}}\n", "suite.yaml:4: limits.cost: input should be greater"),
        (f"{MATCHED}tests: []\n", "suite.yaml:12: tests: this key stands twice."),
        (MATCHED.replace("shipped", "./gone"), "suite.yaml:2: guides[0]: gone: no such file."),
        (MATCHED.replace("explicit", "maybe"), "points.uptime.state: input should be 'explicit',"),
        (MATCHED.replace("      role", "      rolle"), "tests[0].vars.rolle: unknown key. Did you"),
        (MATCHED.replace("language: en", "language: de"), "suite.yaml:7: tests[0].vars.language: "),
        ("task: [", "did not find expected node content."),
        ("- a\n", "suite.yaml:1: a YAML mapping is expected; this is none."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    assert said in said_of(tmp_path, text)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "more.jsonl:1: the line is no JSON"),
        ("[1]", "more.jsonl:1: a JSON object is expected."),
        ('{"context": "nowhere", "text": "Why?"}', "more.jsonl:1: contexts.yaml has no context"),
        ('{"text": "Why?"}', "more.jsonl:1: the key context is missing"),
        ('{"context": "a", "text": "Why?", "rle": "x"}', "more.jsonl:1: unknown key 'rle'."),
        ('{"vars": {"text": "Why?"}}', "more.jsonl:1: vars.context: this key is missing."),
    ],
)
def test_a_mistake_in_a_file_of_lines_is_told_with_its_line(
    tmp_path: Path, line: str, said: str
) -> None:
    write(tmp_path, "a: {language: en}\n", "follow_up_contexts.yaml")
    write(tmp_path, f"{line}\n", "more.jsonl")

    told = said_of(tmp_path, "task: gate\ntests: more.jsonl\n")

    assert said in told.replace("follow_up_contexts", "contexts")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    told = said_of(
        tmp_path,
        """\
        task: gate
        providers: [smallm2]
        tests:
          - vars: {text: Why?}
          - vars: {context: {language: xx}, text: Why?}
            assert: [{type: opn}]
        """,
    )

    assert told.startswith("4 problems:")
    assert [f"suite.yaml:{line}:" in told for line in (2, 4, 5, 6)] == [True] * 4


def test_a_case_of_a_session_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"suite.yaml:2: .*no session '20200101'"):
        read(tmp_path, "task: interview\ntests: [{vars: {session: '20200101'}}]\n")


def test_an_opinion_that_nobody_is_there_to_give_is_told(tmp_path: Path) -> None:
    text = MATCHED + "defaultTest: {assert: [{type: llm-rubric, value: It is short.}]}\n"

    assert "llm-rubric needs somebody to ask: add judge" in said_of(tmp_path, text)
    assert read(tmp_path, f"{text}judge: smollm2\n").judge is not None

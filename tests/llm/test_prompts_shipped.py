"""The prompts that ship: both languages, their answers, and room for the fullest interview."""

import functools
import json
import re
from typing import Any

import pytest
from pydantic import ValidationError

from copilot.events import Channel, FindingKind, FindingState
from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide
from copilot.llm.from_interview import (
    follow_up_inputs,
    judge_flags_inputs,
    judge_points_inputs,
    recap_inputs,
)
from copilot.llm.inputs import KINDS, AnyInputs
from copilot.llm.outputs import FollowUp, JudgedPoint, JudgedPoints
from copilot.llm.prompts import PromptLibrary, prompt_files, render
from copilot.llm.samples import samples
from copilot.llm.schema import json_schema
from copilot.llm.tokens import estimate_messages
from copilot.paths import shipped_prompts
from tests.builders import GUIDE
from tests.story import Story, a_probe

NAMES = {
    "follow_up": "FollowUp",
    "judge_points": "JudgedPoints",
    "judge_flags": "JudgedFlags",
    "recap": "Recap",
    "import_guide": "ImportedGuide",
    "enrich_point": "EnrichedPoint",
    "enrich_question": "EnrichedQuestion",
    "enrich_flag": "EnrichedFlag",
    "enrich_competency": "EnrichedCompetency",
    "translate_item": "TranslatedItem",
    "opinion": "Opinion",
}
#: These are told an interview; the others a document, a guide, or an output of the lab's.
OF_INTERVIEWS = {"follow_up", "judge_points", "judge_flags", "recap"}
LONG = {
    "en": "Well, in the third quarter we moved every warehouse onto the new network, you know, "
    "and I negotiated with two suppliers while the night shift kept the old switches alive. ",
    "fr": "Alors, au troisième trimestre, nous avons basculé chaque entrepôt sur le nouveau réseau, "
    "et j'ai négocié avec deux fournisseurs pendant que l'équipe de nuit gardait l'ancien. ",
}
LIBRARY = PromptLibrary([shipped_prompts()])


@functools.cache
def _guide(language: str) -> Guide:
    return load_guide("director-it-operations", language)


def test_these_ship_and_no_others() -> None:
    expected = {f"{name}{end}" for name in NAMES for end in (".md", ".fr.md")}

    assert {path.name for path in prompt_files([shipped_prompts()])} == expected
    assert set(NAMES.values()) == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_renders_with_much_and_with_little(name: str, language: str) -> None:
    prompt = LIBRARY.get(name, language)

    assert (prompt.language, prompt.front.output) == (language, NAMES[name])
    assert prompt.unused_inputs() == []
    for inputs in samples(prompt.kind, language):
        request = render(prompt, inputs)
        assert request.output.__name__ == NAMES[name]
        assert estimate_messages(request.messages) <= prompt.front.max_prompt_tokens
        assert not re.search(r"\n{3,}", "\n".join(m.content for m in request.messages))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_each_names_every_field_it_asks_for(name: str, language: str) -> None:
    prompt = LIBRARY.get(name, language)
    schema = prompt.kind.output().model_json_schema()
    objects = [schema, *schema.get("$defs", {}).values()]

    for field in {field for part in objects for field in part["properties"]}:
        assert re.search(rf'(?m)(^(- )?|"){field}\b', prompt.text), field


@pytest.mark.parametrize("name", NAMES)
def test_french_and_english_differ_in_their_words_alone(name: str) -> None:
    english, french = (LIBRARY.get(name, language).front for language in LANGUAGES)

    assert (english.inputs, english.output) == (french.inputs, french.output)
    assert english.temperature == french.temperature
    assert english.max_prompt_tokens == french.max_prompt_tokens


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_answers_have_schemas_that_strict_output_takes(kind: Any) -> None:
    def check(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert set(node["required"]) == set(node["properties"])
            assert not set(node) & {"default", "anyOf", "oneOf", "maxLength", "pattern"}
            for value in node.values():
                check(value)

    schema = kind.output().model_json_schema()
    check(schema)
    assert "Attributes" not in json.dumps(schema)
    assert json_schema(kind.output())["required"] == list(schema["properties"])


@pytest.mark.parametrize(
    "text",
    [
        '{"points": [{"id": "a", "utterance_ids": ["u1"], "quote": "q", "state": "evidenced"}]}',
        '{"points": [{"id": "a", "utterance_ids": ["u1"], "quote": "q"}]}',
        '{"points": [{"id": "a", "utterance_ids": [], "quote": "", "state": "said", "score": 9}]}',
        '{"points": [{"id": "a", "utterance_ids": [], "quote": "%s", "state": "said"}]}'
        % ("x" * 900),
        '{"points": "none"}',
    ],
)
def test_an_answer_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        JudgedPoints.model_validate_json(text)


def test_an_answer_of_the_right_shape_is_read() -> None:
    point = JudgedPoint(id="a", utterance_ids=["u1"], quote="so", state="said")

    assert JudgedPoints.model_validate_json(JudgedPoints(points=[point]).model_dump_json()).points
    assert (
        FollowUp.model_validate_json(
            '{"target": "", "utterance_ids": [], "builds_on": "", "question": "", "reason": ""}'
        ).question
        == ""
    )


# -- from an interview ----------------------------------------------------------------------------


def _talk(guide: Guide, question: str, sentences: int = 60) -> Story:
    story = Story(guide)
    story.ask(question)
    for _ in range(3):
        story.say(f"{LONG[guide.language]}?", channel=Channel.INTERVIEWER)
    for _ in range(sentences):
        story.say(LONG[guide.language].strip())
    last = story.say(LONG[guide.language] * 12)
    for flag in guide.red_flags[:2]:
        story.raise_flag(flag.id, last, question)
    for flag in guide.red_flags[2:]:
        story.find(flag.id, FindingState.UNCLEAR, question=question, kind=FindingKind.FLAG)
    for point in guide.points_for(question):
        story.find(point.id, FindingState.UNCLEAR, question=question)
    return story


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_interview_stays_within_every_budget(language: str) -> None:
    guide = _guide(language)

    for question in (asked.id for asked in guide.questions[::4]):
        interview = _talk(guide, question, sentences=12).interview
        near = interview.answer(question)[:2]
        terms = ["the third quarter", "negotiated with two suppliers", "old switches", "x" * 200]
        made: list[tuple[str, AnyInputs]] = [
            (
                "follow_up",
                follow_up_inputs(interview, guide, question, passages=near, terms=terms),
            ),
            *(("judge_points", i) for i in judge_points_inputs(interview, guide, question)),
            *(("judge_flags", i) for i in judge_flags_inputs(interview, guide, question)),
            *(("recap", i) for i in recap_inputs(interview)),
        ]
        # A request that is too long is an error.
        sent = [(name, LIBRARY.request(name, inputs)) for name, inputs in made]
        assert {name for name, _ in sent} == OF_INTERVIEWS
        assert not [n for n, r in sent if "left out]" in r.messages[1].content]
        assert not [n for n, r in sent if "omis]" in r.messages[1].content]


def test_a_follow_up_is_after_raised_flags_and_then_what_weighs_most() -> None:
    story = Story()
    story.ask("rollout")
    said = story.say("I did it all by myself, and it went well.")
    before = follow_up_inputs(story.interview, GUIDE, "rollout")

    story.raise_flag("alone", said)
    story.find("rollback", FindingState.EVIDENCED, said=said)
    after = follow_up_inputs(story.interview, GUIDE, "rollout")

    assert [target.id for target in before.targets] == ["rollback", "training"]
    assert [target.id for target in after.targets] == ["alone", "training"]
    assert after.targets[0].state == "raised"
    assert "that one project" in after.targets[0].description


def test_a_follow_up_knows_what_was_asked_already() -> None:
    story = Story()
    story.say("How are you?", channel=Channel.INTERVIEWER)
    story.ask("rollout")
    story.say("How would you bring in a new oven?", channel=Channel.INTERVIEWER)
    story.say("We tried it first.")
    story.offer(a_probe(text="What if it fails?"))

    inputs = follow_up_inputs(story.interview, GUIDE, "rollout")

    asked = [line.text for line in inputs.asked.lines]
    assert asked == ["What if it fails?", "How would you bring in a new oven?"]


def test_a_follow_up_says_how_much_of_the_answer_it_does_not_hold() -> None:
    story = _talk(GUIDE, "rollout", sentences=20)
    first, second, *_ = story.interview.answer("rollout")

    inputs = follow_up_inputs(story.interview, GUIDE, "rollout", passages=[second])

    told = [line.id for line in inputs.answer.lines]
    assert told[0] == second.id
    assert first.id not in told
    assert told[-1] == story.interview.answer("rollout")[-1].id
    assert inputs.left_out == 21 - len(set(told))
    content = LIBRARY.request("follow_up", inputs).messages[1].content
    assert f"without {inputs.left_out} earlier utterances" in content
    assert f"{told[-1]}| … " in content


def test_only_what_is_unclear_is_judged_and_against_every_word_of_the_answer() -> None:
    story = _talk(GUIDE, "rollout", sentences=30)
    said = story.interview.answer("rollout")[0]
    story.find("rollback", FindingState.EVIDENCED, said=said)

    requests = judge_points_inputs(story.interview, GUIDE, "rollout")

    assert {point.id for inputs in requests for point in inputs.points} == {"pilot", "training"}
    told: dict[str, str] = {}
    for inputs in requests:
        for line in inputs.passages.lines:
            told[line.id] = f"{told.get(line.id, '')} {line.text}"
    heard = {u.id: u.text for u in story.interview.answer("rollout")}
    assert {i: text.split() for i, text in told.items()} == {
        i: text.split() for i, text in heard.items()
    }


def test_a_recap_holds_every_answer_and_no_question_without_one() -> None:
    story = Story()
    story.ask("rollout")
    story.say("We tried it first.")
    story.ask("team")
    story.say("Nine people.")
    story.say("And you?", channel=Channel.INTERVIEWER)

    [inputs] = recap_inputs(story.interview)

    assert [section.id for section in inputs.sections] == ["rollout", "team"]
    assert [line.text for line in inputs.sections[1].answer.lines] == ["Nine people."]


def test_what_may_not_be_sent_is_sent_nowhere() -> None:
    story = Story()
    story.ask("rollout")
    story.say("I was ill in March. We tried the oven in May.")
    story.say("I was ill again.")
    story.find("rollback", FindingState.UNCLEAR)
    kept = {"u1": "[…] We tried the oven in May.", "u2": ""}

    def text_of(utterance: Any) -> str:
        return kept[utterance.id]

    made: list[tuple[str, AnyInputs]] = [
        ("follow_up", follow_up_inputs(story.interview, GUIDE, "rollout", text_of=text_of)),
        *(
            ("judge_points", i)
            for i in judge_points_inputs(story.interview, GUIDE, "rollout", text_of=text_of)
        ),
        *(("recap", i) for i in recap_inputs(story.interview, text_of=text_of)),
    ]

    assert len(made) == 3
    for name, inputs in made:
        content = LIBRARY.request(name, inputs).messages[1].content
        assert "in May" in content
        assert "ill" not in content.replace("fails", "").split()
        assert "u2|" not in content


def test_without_the_guide_the_labels_of_the_session_will_do() -> None:
    story = Story()
    story.ask("rollout")
    story.say("We tried it first.")

    inputs = follow_up_inputs(story.interview, None, "rollout")

    assert [target.label for target in inputs.targets] == ["Way back", "Training"]
    assert LIBRARY.request("follow_up", inputs)

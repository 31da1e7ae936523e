"""A recap is written and checked by the product's own writer; what it drops is seen."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from copilot.lab.tasks.model_cases import RecapExpected, RecapVars
from tests.lab.tasks.asking import Put
from tests.llm.asking import toy
from tests.llm.scripted_server import Refuses, Says, ScriptedServer, playing
from tests.review.recap.talk import FLOUR, NIGHT, NO_WAY_BACK, WASTE, says

OVENS = ("The team baked on both ovens for two weeks.", ["u1"])
INVENTED = ("The team baked on both ovens for nine weeks.", ["u1"])
PRAISE = ("The candidate is an excellent trainer.", ["u2"])
LOOKS = ("The candidate looks at the waste every Friday.", ["w1"])

SECTIONS = [
    {
        "question": "rollout",
        "answer": [
            {"id": f"u{n}", "text": text} for n, text in enumerate((FLOUR, NIGHT, NO_WAY_BACK), 1)
        ],
    },
    {"question": "Which waste do you look at?", "answer": [{"id": "w1", "text": WASTE}]},
]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer()) as running:
        yield running


def put(server: ScriptedServer, expected: dict[str, Any] | None = None, **given: Any) -> Put:
    """The two answers, as they are put to the model."""
    return Put("recap", expected, profile=toy(server.url), **{"sections": SECTIONS, **given})


def test_sentences_are_kept_or_dropped_by_the_checks_of_the_product(
    server: ScriptedServer,
) -> None:
    server.plays(says("rollout", OVENS, INVENTED, PRAISE), says("in-words", LOOKS))
    expected = {"must": ["two\\s+weeks", "night shift"], "must_not": ["nine weeks", "excellent"]}

    produced, view = put(server, expected).done()

    assert [(one["text"], one["dropped"]) for one in produced.output["sentences"]] == [
        (OVENS[0], ""),
        (INVENTED[0], "figures"),
        (PRAISE[0], "judgement"),
        (LOOKS[0], ""),
    ]
    assert view.text.splitlines() == [OVENS[0], LOOKS[0]]
    assert [one.utterance_ids for one in view.quotes] == [("u1",), ("w1",)]
    assert [(d.target, d.shown, d.right) for d in view.decisions] == [
        ("two\\s+weeks", True, True),
        ("night shift", False, True),
        ("nine weeks", False, False),
        ("excellent", False, False),
    ]
    assert produced.output["unread"] == []
    assert len(produced.output["answer"]["sections"]) == 2
    assert (produced.requests, produced.tokens_in) == (2, 100)
    assert produced.took_s > 0
    assert "Which waste do you look at?" in server.asked[1].contents[-1]


def test_an_answer_without_a_sentence_is_named_as_unread(server: ScriptedServer) -> None:
    server.plays(says("rollout", OVENS), says("in-words"))

    produced, _ = put(server).done()

    assert produced.output["unread"] == ["in-words"]


def test_where_the_model_gives_nothing_usable_there_is_an_error(server: ScriptedServer) -> None:
    server.plays(*[Says("once upon a time")] * 4)

    produced = put(server).produced()

    assert produced.error_kind == "AnswerError"
    assert (produced.requests, produced.tokens_in) == (4, 200)


def test_an_endpoint_that_refuses_is_an_error(server: ScriptedServer) -> None:
    server.plays(says("rollout", OVENS), Refuses(401))

    produced = put(server).produced()

    assert produced.error_kind == "EndpointError"
    assert produced.output is None
    assert (produced.requests, produced.tokens_in) == (2, 50)


def test_an_answer_in_another_language_has_its_own_guide(server: ScriptedServer) -> None:
    french = put(server, language="fr", spoken="en")

    assert french.task.guides(french.case) == (("baker", "en"),)
    assert french.fingerprint() != put(server).fingerprint()
    assert "vous" in str(french.fingerprint()["requests"][0]["messages"][0]).lower()


def test_answers_as_texts_have_ids_of_their_own(server: ScriptedServer) -> None:
    sections = [
        {"question": "rollout", "answer": FLOUR},
        {"question": "metrics", "answer": [{"id": "u2", "text": WASTE}]},
        {"question": "rollout", "answer": NIGHT},
    ]
    server.plays(says("rollout", OVENS), says("metrics"))

    _, view = put(server, sections=sections).done()

    assert view.said == {"u1": FLOUR, "u3": NIGHT, "u2": WASTE}


def test_what_is_no_regular_expression_is_told() -> None:
    with pytest.raises(ValidationError, match="no regular expression"):
        RecapExpected(must=("two (weeks",))


def test_an_id_stands_once_in_a_case() -> None:
    twice = [SECTIONS[0], {"question": "metrics", "answer": [{"id": "u1", "text": WASTE}]}]

    with pytest.raises(ValidationError, match="two utterances have the id 'u1'"):
        RecapVars.model_validate({"role": "baker", "language": "en", "sections": twice})

"""A guide can be read as text, in its language."""

import pytest

from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import Sentence
from copilot.knowledge.showing import to_text
from copilot.paths import shipped_knowledge
from tests.builders import GUIDE


def test_every_part_of_a_guide_is_shown() -> None:
    text = to_text(GUIDE)

    assert text.startswith("# Head Baker\n")
    for question in GUIDE.questions:
        assert f"### {question.text}" in text
        for point in question.points:
            assert f"**{point.label}** {'*' * point.weight} `{point.id}`" in text
            assert " / ".join(point.probes) in text
    for flag in GUIDE.red_flags:
        assert flag.why in text
        assert flag.benign_reading in text
        assert flag.probe in text
    assert "1. None.\n2. Some.\n3. Much.\n4. Masterly." in text
    assert "- **First talk**: Half an hour by telephone." in text
    assert "family plans" in text
    assert "The bakery's handbook" in text


def test_sentences_listened_for_are_shown_on_request() -> None:
    sentence = GUIDE.questions[0].points[0].says[0]

    assert sentence not in to_text(GUIDE)
    assert sentence in to_text(GUIDE, full=True)
    assert GUIDE.questions[0].phrasings[0] in to_text(GUIDE, full=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["director-it-operations", "operations-manager"])
def test_a_shipped_guide_is_shown_in_its_language(role: str, language: str) -> None:
    guide = load_guide(role, language, [shipped_knowledge()])
    text = to_text(guide, full=True)

    assert f"## {'Red flags' if language == 'en' else 'Signaux d' + chr(39) + 'alerte'}" in text
    for question in guide.questions:
        assert all(sentence in text for point in question.points for sentence in point.says)


def test_what_a_bare_guide_has_not_is_not_spoken_of() -> None:
    bare = Guide.model_validate(
        {
            "id": "baker",
            "language": "en",
            "title": "Baker",
            "summary": "Bakes.",
            "questions": [
                {
                    "id": "why",
                    "label": "Why",
                    "kind": "opinion",
                    "text": "Why bread?",
                    "origin": "project",
                }
            ],
            "red_flags": [
                {"id": "late", "label": "Late", "description": "Comes late.", "origin": "project"}
            ],
        }
    )

    assert to_text(bare).splitlines() == [
        "# Baker",
        "",
        "Bakes.",
        "",
        "## Questions",
        "",
        "### Why bread?",
        "",
        "`why`, opinion, 5 min, project",
        "",
        "There is nothing to listen for yet.",
        "",
        "## Red flags",
        "",
        "- **Late** `late`: Comes late.",
        "",
    ]


def test_a_sentence_says_where_it_comes_from() -> None:
    guide = load_guide("nurse-manager")
    data = guide.model_dump(by_alias=True)
    data["questions"][0]["points"][0]["says"] = [Sentence("I did it.", "interview:2026-11")]

    shown = to_text(Guide.model_validate(data), full=True)

    assert "    - I did it. (interview:2026-11)" in shown

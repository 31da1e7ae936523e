"""Guides that leave out whatever a guide may leave out, and interviews held with them."""

from typing import Any

from copilot.events import FindingState
from copilot.knowledge.guide import Guide
from tests.story import Story

_TEXTS = {
    "en": (
        "Night Porter",
        "Tell me about a night when you were alone.",
        "What do you do when a guest shouts?",
        "I called the engineer at once.",
        "I do doze off on duty now and then.",
        "I listen until he is done.",
    ),
    "fr": (
        "Veilleur de nuit",
        "Racontez-moi une nuit où vous étiez seul.",
        "Que faites-vous quand un client crie ?",
        "J'ai appelé le chauffagiste tout de suite.",
        "Il m'arrive de somnoler pendant le service.",
        "Je l'écoute jusqu'au bout.",
    ),
}


def bare_data(language: str = "en") -> dict[str, Any]:
    """Questions, and nothing else that a guide can do without."""
    title, alone, shouts, *_said = _TEXTS[language]
    return {
        "id": "porter",
        "language": language,
        "title": title,
        "summary": "Porter.",
        "questions": [
            {
                "id": "alone",
                "label": "Nights",
                "kind": "behavioural",
                "text": alone,
                "origin": "project",
            },
            {
                "id": "guests",
                "label": "Guests",
                "kind": "situational",
                "text": shouts,
                "origin": "project",
            },
        ],
    }


def _item(item_id: str, label: str) -> dict[str, Any]:
    return {"id": item_id, "label": label, "description": f"{label}.", "origin": "project"}


def thin_data(language: str = "en") -> dict[str, Any]:
    """One of everything, each with its label and description alone."""
    data = bare_data(language)
    data["questions"][0] |= {"points": [_item("called", "Called for help")]}
    data["questions"][0] |= {"competencies": ["calm"]}
    return data | {
        "competencies": [_item("calm", "Calm")],
        "red_flags": [
            _item("dozes", "Dozes on duty"),
            _item("silent", "Gives no figure") | {"shows_by": ["absence"]},
        ],
        "stages": [_item("talk", "First talk")],
    }


def told_with(guide: Guide) -> Story:
    """An interview with one of them: every question asked, and what can be found is."""
    *_texts, called, dozes, listens = _TEXTS[guide.language]
    story = Story(guide)
    story.ask("alone")
    said = story.say(called, start_s=5)
    again = story.say(dozes, start_s=12)
    if guide.questions[0].points:
        story.find("called", FindingState.EVIDENCED, said=said, question="alone")
    if guide.red_flags:
        story.raise_flag("dozes", again, question="alone")
    story.ask("guests", at_s=40)
    story.say(listens, start_s=45)
    return story


BARE, THIN, THIN_FR = (
    Guide.model_validate(data) for data in (bare_data(), thin_data(), thin_data("fr"))
)

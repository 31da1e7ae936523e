"""Documents of different build, read and recognised: what is found, under what, and what is not."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from copilot.guides.documents.reading import read_document
from copilot.guides.importing.draft import Draft, Item
from copilot.guides.importing.recognising.recogniser import draft_of

_FOLDER = Path(__file__).parent / "recognising_documents"


def _draft(name: str) -> Draft:
    return draft_of(read_document(_FOLDER / name))


def _texts(items: Iterable[Item]) -> list[str]:
    return [item.text for item in items]


def _asked(draft: Draft) -> dict[str, list[str]]:
    return {question.text: _texts(question.points) for question in draft.questions}


def _why(draft: Draft) -> dict[str, str]:
    return {note.block.text: note.why for note in draft.unplaced}


def test_a_french_guide_with_headings() -> None:
    draft = _draft("magasin.md")
    assert (draft.language, draft.title) == ("fr", "responsable de magasin")
    assert draft.summary.startswith("Le responsable de magasin dirige")
    assert [c.label for c in draft.competencies] == [
        "Sens du client",
        "Animation d'équipe",
        "Rigueur de gestion",
    ]
    conflict, operation, till, customer = draft.questions
    assert conflict.minutes == 10
    assert _texts(conflict.points) == [
        "Écoute chaque vendeur séparément",
        "Rappelle les règles de l'équipe",
        "Vérifie après quelques semaines que le calme est revenu",
    ]
    assert [tip.text for tip in conflict.tips] == [
        "Cette question montre comment le candidat prend position.",
        "Qu'avez-vous dit au premier vendeur ?",
        "Comment l'équipe a-t-elle réagi ?",
    ]
    assert operation.points[-1].text.startswith("Insistez sur le travail en amont")
    assert _texts(till.points) == [
        "garde son calme",
        "prévient les clients",
        "a une procédure de secours",
    ]
    assert customer.text == "Parlez-moi d'un client que vous n'avez pas réussi à satisfaire."
    assert _texts(draft.red_flags) == [
        "Prend parti sans écouter",
        "Laisse pourrir la situation",
        "Parle des clients avec mépris",
        "Ne connaît aucun chiffre de son magasin",
    ]
    assert [(s.label, s.minutes) for s in draft.stages] == [
        ("Appel téléphonique", 20),
        ("Entretien en magasin", 60),
        ("Décision", None),
    ]
    # "son dernier magasin" may be another's: that tip is left as it stands.
    assert [tip.text for tip in draft.tips] == [
        "Laissez parler le candidat au moins les deux tiers du temps.",
        "Demandez comment il a réduit la démarque dans son dernier magasin.",
    ]
    [(refused, why)] = _why(draft).items()
    assert refused.startswith("Êtes-vous enceinte")
    assert why.startswith("may not be asked")


def test_questions_and_answers_in_markdown() -> None:
    draft = _draft("barista.md")
    assert _asked(draft) == {
        "Tell me about a time a customer sent a drink back.": [
            "A good answer names the drink, what was wrong and what was offered instead.",
            "stays calm",
            "remakes it without arguing",
            "learns what the guest wanted",
        ],
        "How do you dial in a new coffee in the morning?": [
            "Weighs dose and yield",
            "changes one thing at a time",
            "tastes",
        ],
        "What would you do if the grinder jammed at eight o'clock?": [],
        "Why do you want to work in our café?": [],
    }
    assert _texts(draft.red_flags) == ["blames the customer"]
    assert set(_why(draft).values()) == {"a sample answer"}


def test_a_plain_numbered_list() -> None:
    draft = _draft("warehouse.txt")
    assert draft.title == "warehouse lead"
    assert [question.text for question in draft.questions] == [
        "What made you apply for a job in a warehouse?",
        "Tell me about a shift that went wrong. What did you change afterwards?",
        "How do you plan a day with two drivers missing?",
        "Conflict with a colleague: how did you settle it?",
        "Describe how you teach a new picker the scanner.",
        "Where do you see this trade in five years?",
    ]
    assert _texts(draft.questions[2].points) == [
        "looks at what must leave first",
        "asks other teams for help early",
    ]
    assert list(_why(draft)) == ["Are you married?"]


def test_a_scorecard_with_anchors() -> None:
    draft = _draft("head-chef.md")
    kitchen, cost = draft.competencies
    assert kitchen.text == "Keeps a kitchen of eight people running through a full service."
    assert kitchen.anchors[0].text == "Cannot say how stations are split"
    assert [tip.text for tip in cost.anchors] == [
        "No idea of costs",
        "Knows it roughly",
        "Knows food cost per dish",
        "Knows food cost per dish and acts weekly",
    ]
    assert [question.competencies for question in draft.questions] == [
        (kitchen.id,),
        (kitchen.id,),
        (cost.id,),
    ]
    assert set(_why(draft).values()) == {"a scale of 5 steps; a guide rates from 1 to 4"}


def test_a_messy_letter() -> None:
    draft = _draft("night-receptionist.txt")
    assert draft.title == "night receptionist"
    assert [question.text for question in draft.questions] == [
        "What we really need to know: how do you calm down a drunk guest at 3 am? And tell me about a night when the system was down.",
        "how would you check in a guest without a reservation when we are full?",
    ]
    assert _texts(draft.red_flags) == ["people who leave problems to the morning shift."]
    [tip] = draft.tips
    assert tip.text.startswith("for Thursday please ask about her last night audit")
    assert _why(draft) == {
        "From: Dana": "head of a letter",
        "To: Jo": "head of a letter",
        "Hi Jo,": "greeting",
        "Do not ask about her kids.": "named as not to be asked",
        "Thanks, Dana": "end of a letter",
    }


def test_a_table() -> None:
    draft = _draft("data-engineer.html")
    assert _asked(draft) == {
        "Tell me about a pipeline you had to rebuild.": [
            "why it broke",
            "how the data was backfilled",
            "tests added afterwards",
        ],
        "How do you decide between batch and streaming?": [
            "asks how fresh the data must be",
            "names the cost of streaming",
        ],
        "How would you explain late data to a sales manager?": [
            "plain words",
            "an example with a date",
        ],
    }
    assert _texts(draft.red_flags) == ["No idea why it broke", "Always picks Kafka"]
    assert _texts(draft.skills) == ["SQL", "Python", "Airflow", "dbt"]
    assert [(stage.label, stage.minutes) for stage in draft.stages] == [
        ("Phone screen", 30),
        ("SQL exercise", 60),
        ("Team interview", None),
    ]


def test_french_text_with_names_before_colons() -> None:
    draft = _draft("clientele.txt")
    assert list(_asked(draft).values()) == [
        ["volumes d'appels traités", "outils utilisés", "types de demandes"],
        ["laisse parler", "reformule", "propose une suite concrète"],
        ["un exemple simple, sans jargon"],
        [],
    ]
    assert _texts(draft.red_flags) == ["coupe la parole ou raccroche"]
    assert "Quel âge avez-vous ?" in _why(draft)


def test_an_article_saved_from_the_web() -> None:
    draft = _draft("social-media.html")
    assert draft.title == "Social Media Manager"
    assert [len(question.points) for question in draft.questions] == [3, 2, 2, 1]
    assert _texts(draft.red_flags) == [
        "Hides behind the agency.",
        "Makes fun of the followers who complained.",
        "Weak candidates delete the comment.",
    ]
    assert draft.questions[0].tips[0].text.startswith("Why ask this: It shows")


def test_a_script_with_minutes_and_follow_ups() -> None:
    draft = _draft("accountant.txt")
    assert [question.text for question in draft.questions] == [
        "Walk me through the month-end close at your last company.",
        "What is the biggest error you found in a ledger?",
        "What's the difference between accrual and cash accounting?",
        "A supplier sends the same invoice twice. What happens in your process?",
        "How would you reconcile a bank account that is off by 90 cents?",
        "When did you last tell somebody something they did not want to hear?",
    ]
    assert [tip.text for tip in draft.questions[0].tips] == [
        "Which part was yours?",
        "What took the longest?",
    ]
    assert _texts(draft.red_flags) == ["books the difference away."]


@pytest.mark.parametrize("path", sorted(_FOLDER.iterdir()), ids=lambda path: path.name)
def test_ids_survive_a_line_put_in_front(path: Path, tmp_path: Path) -> None:
    """Where a document is edited elsewhere, its items are found again by their ids."""
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n\n")
    edited = tmp_path / path.name
    edited.write_text(f"{first}\n\n\n\n{rest}", encoding="utf-8")
    one, other = draft_of(read_document(path)), draft_of(read_document(edited))
    for group in ("competencies", "skills", "stages", "questions", "red_flags"):
        before = [(item.id, item.text) for item in getattr(one, group)]
        assert before == [(item.id, item.text) for item in getattr(other, group)]


def test_names_of_parts_on_the_lines_of_their_questions() -> None:
    draft = _draft("veterinary-nurse.txt")
    assert [len(question.points) for question in draft.questions] == [0, 3, 2, 2]
    assert _texts(draft.red_flags) == ["blames the vet"]
    assert _texts(draft.competencies) == [
        "Animal handling",
        "Calm under pressure",
        "Record keeping",
    ]


def test_signs_before_items_and_questions_under_their_rounds() -> None:
    draft = _draft("frontend-engineer.md")
    assert [(stage.label, stage.minutes, len(stage.questions)) for stage in draft.stages] == [
        ("Technical deep dive", 60, 2),
        ("Working together", 45, 2),
    ]
    assert [len(question.points) for question in draft.questions] == [2, 1, 1, 0]
    assert _texts(draft.red_flags) == [
        "Only speaks about styling",
        "Guesses",
        "Escalates straight away",
    ]
    assert set(_why(draft).values()) >= {"named as not to be asked"}

"""A document in the other language becomes the overlay of a guide where their items match."""

from dataclasses import replace
from pathlib import Path

import pytest

from copilot.guides.importing.draft import Draft, FoundCompetency, FoundStage, Item, Tip
from copilot.guides.importing.merging.record import record_path
from copilot.guides.importing.planned import Planned
from copilot.guides.importing.trouble import ImportingError
from copilot.guides.importing.writing import plan_import
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from tests.guides.importing.drafts import baker, item, question
from tests.guides.importing.test_merging import ROLE, edit, guide, imported, places, request

FRENCH = "boulanger.txt"


def _item(label: str, text: str, line: int) -> Item:
    return item(label, text, line, FRENCH)


def boulanger() -> Draft:
    return Draft(
        language="fr",
        title="Chef boulanger",
        summary="Tient le fournil de quatre boutiques.",
        summary_origin=f"{FRENCH}:2",
        competencies=(
            FoundCompetency(
                "prevision",
                "Prévision",
                "Prévoit : peu de pertes, des étals pleins.",
                f"{FRENCH}:4",
            ),
        ),
        stages=(FoundStage("nuit", "Nuit d'essai", "Une nuit au fournil.", f"{FRENCH}:7"),),
        questions=(
            question(
                "Pertes",
                "Racontez une fois où les pertes ont baissé.",
                11,
                _item("Pertes pesées", "A pesé ce qui était jeté.", 12),
                _item("Commandes réduites", "A réduit les commandes du lundi.", 13),
                file=FRENCH,
            ),
            question(
                "Apprentis",
                "Comment apprenez-vous à façonner ?",
                15,
                _item("Montre le geste", "Montre le geste à la main.", 16),
                file=FRENCH,
            ),
        ),
        red_flags=(_item("Faute aux autres", "Tout est la faute de l'équipe de nuit.", 20),),
        tips=(Tip("Au fournil, pas au bureau.", f"{FRENCH}:22"),),
        terms=("HACCP", "pétrin"),
    )


def laid(folder: Path, draft: Draft) -> Planned:
    return imported(folder, draft, titles={FRENCH: "Recruter"}, digests={FRENCH: "2" * 64})


def test_texts_are_laid_over_in_the_order_of_both(tmp_path: Path) -> None:
    imported(tmp_path, baker())

    planned = laid(tmp_path, boulanger())

    assert planned.path.name == f"{ROLE}.fr.yaml"
    french = guide(tmp_path, "fr")
    assert (french.title, french.questions[1].text) == (
        "Chef boulanger",
        "Comment apprenez-vous à façonner ?",
    )
    assert origin_of(french.questions[1].text) == f"{FRENCH}:15"
    assert [point.label for point in french.questions[0].points] == [
        "Pertes pesées",
        "Commandes réduites",
    ]
    assert french.stages[0].description == "Une nuit au fournil."
    assert french.skills[0].label == "Levain"  # the document says nothing of skills
    assert french.terms == ("pétrin", "HACCP", "levain")
    assert [source.file for source in guide(tmp_path).sources][1:] == [FRENCH]
    assert ("questions.waste", "Waste", "Pertes") in planned.pairs


def test_items_that_do_not_match_are_refused_and_named(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    before = sorted(path.name for path in tmp_path.iterdir())
    shorter = replace(
        boulanger(),
        questions=(replace(boulanger().questions[0], points=()), *boulanger().questions[1:]),
        competencies=(*boulanger().competencies, *boulanger().competencies),
    )
    shorter = replace(
        shorter,
        questions=(
            replace(shorter.questions[0], points=boulanger().questions[0].points[:1]),
            shorter.questions[1],
        ),
    )

    with pytest.raises(ImportingError) as refused:
        plan_import(shorter, request(tmp_path, titles={FRENCH: "Recruter"}))

    assert "competencies: 1 in the guide, 2 in the document." in refused.value.message
    assert "expected points of waste: 2 in the guide, 1 in the document." in refused.value.message
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_questions_that_the_author_added_since_are_no_hindrance(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    edit(
        tmp_path,
        "  - id: apprentices",
        "  - {id: own, label: Own, kind: opinion, text: Why bread?, origin: project}\n"
        "  - id: apprentices",
    )

    laid(tmp_path, boulanger())

    french = guide(tmp_path, "fr")
    assert [each.label for each in french.questions] == ["Pertes", "Own", "Apprentis"]


def test_an_overlay_imported_again_keeps_what_its_author_changed(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    laid(tmp_path, boulanger())
    overlay = f"{ROLE}.fr.yaml"
    edit(tmp_path, "Une nuit au fournil.", "Une nuit entière.", overlay)
    edit(tmp_path, "competencies:", "# à relire\ncompetencies:", overlay)
    later = replace(
        boulanger(),
        stages=(replace(boulanger().stages[0], text="Une nuit au fournil, dès minuit."),),
        red_flags=(replace(boulanger().red_flags[0], text="C'est toujours la faute des autres."),),
    )

    again = laid(tmp_path, later)

    french = guide(tmp_path, "fr")
    assert french.stages[0].description == "Une nuit entière."
    assert french.red_flags[0].description == "C'est toujours la faute des autres."
    assert "# à relire" in (tmp_path / overlay).read_text(encoding="utf-8")
    assert places(again.merge.kept) == ["stages.trial-shift.description"]
    assert record_path(tmp_path / overlay).name == f"{ROLE}.fr.json"


def test_an_overlay_written_by_hand_is_only_added_to(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    (tmp_path / f"{ROLE}.fr.yaml").write_text(
        "guide: head-baker\nlanguage: fr\ntitle: Boulanger\n"
        "questions:\n  waste:\n    label: Gâchis\n    text: Et le gâchis ?\n",
        encoding="utf-8",
    )

    planned = laid(tmp_path, boulanger())

    french = load_guide(ROLE, "fr", [tmp_path])
    assert (french.title, french.questions[0].text) == ("Boulanger", "Et le gâchis ?")
    assert french.questions[0].points[0].label == "Pertes pesées"
    assert french.questions[1].label == "Apprentis"
    assert "questions.waste" in places(planned.merge.kept)


def test_the_same_again_changes_no_byte(tmp_path: Path) -> None:
    imported(tmp_path, baker())
    laid(tmp_path, boulanger())
    before = {path: path.read_bytes() for path in tmp_path.glob("*.yaml")}

    again = laid(tmp_path, boulanger())

    assert not again.is_changed
    assert {path: path.read_bytes() for path in tmp_path.glob("*.yaml")} == before

"""How offices build such documents: tables with empty cells, scorecards, schedules, bare lists."""

from pathlib import Path

import docx

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.documents.reading import read_document
from copilot.guides.importing.draft import Draft
from copilot.guides.importing.recognising.recogniser import draft_of
from tests.guides.importing.recognised import document, lines


def _asked(draft: Draft) -> dict[str, list[str]]:
    return {asked.text: [point.text for point in asked.points] for asked in draft.questions}


def _flags(draft: Draft) -> list[str]:
    return [flag.text for flag in draft.red_flags]


def _read(folder: Path, name: str, text: str) -> Draft:
    path = folder / name
    path.write_text(text)
    return draft_of(read_document(path))


def test_a_word_table_whose_cells_hold_several_lines_or_none(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Beekeeper", 0)
    table = made.add_table(rows=1, cols=4)
    rows = [
        ("No.", "Question", "Strong answers", "Red flags"),
        ("1", "How do you calm a hive?", "smoke, used sparingly\nslow hands", "Runs"),
        ("2", "When do you harvest?", "", "Takes it all\nForgets winter"),
        ("3", "Tell me about a swarm you lost.", "what was learnt", ""),
    ]
    for at, row in enumerate(rows):
        cells = table.rows[0].cells if at == 0 else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            first, *more = text.split("\n")
            cell.text = first
            for line in more:
                cell.add_paragraph(line)
    made.save(str(tmp_path / "bees.docx"))
    draft = draft_of(read_document(tmp_path / "bees.docx"))
    assert _asked(draft) == {
        "How do you calm a hive?": ["smoke, used sparingly", "slow hands"],
        "When do you harvest?": [],
        "Tell me about a swarm you lost.": ["what was learnt"],
    }
    assert _flags(draft) == ["Runs", "Takes it all", "Forgets winter"]


def test_a_markdown_table_with_line_breaks_and_an_empty_cell(tmp_path: Path) -> None:
    draft = _read(
        tmp_path,
        "miller.md",
        "# Miller\n\n| Question | Listen for | Red flags |\n|---|---|---|\n"
        "| How do you dress a stone? | patience<br>a steady bill | |\n"
        "| What do you do when the wind drops? | | Sits and waits |\n",
    )
    assert _asked(draft) == {
        "How do you dress a stone?": ["patience", "a steady bill"],
        "What do you do when the wind drops?": [],
    }
    assert _flags(draft) == ["Sits and waits"]


def test_a_row_with_an_empty_cell_whose_columns_nothing_tells() -> None:
    cells = ["Question", "Listen for", "Red flags", "How do you shoe a mule?", "a calm voice"]
    levels = [0, 1, 1, 0, 1]
    blocks = [
        Block(text, number, BlockKind.ITEM, level)
        for number, (text, level) in enumerate(zip(cells, levels, strict=True), 1)
    ]
    draft = draft_of(document(*blocks))
    [note] = draft.unplaced
    assert (note.block.text, "empty cell" in note.why) == ("a calm voice", True)


def test_a_grid_whose_heads_name_the_ratings(tmp_path: Path) -> None:
    draft = _read(
        tmp_path,
        "smith.md",
        "# Blacksmith\n\n| Criterion | 1 \u2013 Weak | 2 \u2013 Fair | 3 \u2013 Good | 4 \u2013 Strong |\n"
        "|---|---|---|---|---|\n| Fire | burns | watches | keeps | teaches |\n\n"
        "## Questions\n\n1. How do you temper a blade?\n",
    )
    [fire] = draft.competencies
    assert [anchor.text for anchor in fire.anchors] == ["burns", "watches", "keeps", "teaches"]


def test_a_table_of_how_long_each_part_takes(tmp_path: Path) -> None:
    draft = _read(
        tmp_path,
        "porter.md",
        "# Night porter\n\n## How the interview works\n\n| Part | Length |\n|---|---|\n"
        "| Hello and coffee | 5 min |\n| Their questions | 15 min |\n\n"
        "## Questions\n\n1. How do you keep awake?\n2. What do you do when a bell rings at four?\n",
    )
    stages = [(stage.text, stage.minutes) for stage in draft.stages]
    assert stages == [("Hello and coffee", 5), ("Their questions", 15)]


def test_a_timetable_asks_nothing() -> None:
    draft = draft_of(
        lines(
            "# Gardener\n## Timetable (50 minutes)\n1. Hello \u2013 5 minutes\n2. Garden questions \u2013 45 minutes\n"
            "## Questions\n1. How do you prune a rose?"
        )
    )
    assert [(stage.text, stage.minutes) for stage in draft.stages] == [
        ("Hello", 5),
        ("Garden questions", 45),
    ]
    assert list(_asked(draft)) == ["How do you prune a rose?"]


def test_a_scorecard_of_rated_headings() -> None:
    draft = draft_of(
        lines(
            "# Scorecard: Cheesemaker\nRate each area from 1 (weak) to 4 (strong).\n"
            "## Hygiene\nAsk: How do you clean a vat?\nLook for:\n- hot water first\n"
            "1. Has no routine\n2. Follows the sheet\n3. Knows why\n4. Wrote the sheet\n"
            "## Patience\nAsk: Tell us about a cheese you gave up too early.\nLook for:\n"
            "- keeps notes\n1. Blames the milk\n2. Sees it late\n3. Sees it\n4. Shows others\n"
            "## Recommendation\n- Hire"
        )
    )
    assert [(one.text, len(one.anchors)) for one in draft.competencies] == [
        ("Hygiene", 4),
        ("Patience", 4),
    ]
    assert draft.competencies[1].anchors[0].text == "Blames the milk"
    assert [asked.competencies for asked in draft.questions] == [("hygiene",), ("patience",)]
    assert _asked(draft)["How do you clean a vat?"] == ["hot water first"]


def test_four_numbered_steps_are_no_scale_where_nothing_is_rated() -> None:
    draft = draft_of(
        lines(
            "## Closing\n1. Thank them\n2. Say when\n3. See them out\n4. Write it down\n"
            "## Questions\n1. How do you prune a rose?"
        )
    )
    assert not draft.competencies


def test_a_bare_list_of_questions(tmp_path: Path) -> None:
    asked = [
        "Why do you want to drive a tram?",
        "Describe a day that went badly.",
        "How do you stay alert on the last run",
        "What do you tell a passenger without a ticket?",
        "Have you worked shifts before?",
        "Talk me through your checks in the morning.",
    ]
    draft = _read(tmp_path, "tram.txt", "\n".join(asked) + "\n")
    assert list(_asked(draft)) == asked


def test_numbered_headings_name_the_questions_below_them() -> None:
    draft = draft_of(
        lines(
            "# Night porter\n## 1. Lost luggage\nA guest has lost a bag on the train. What now?\n"
            "### What good looks like\n- calls the station\n### Avoid\n- shrugs\n"
            "## 2. Noise\nHow do you quieten a party?\n### What good looks like\n- knocks first"
        )
    )
    assert [asked.label for asked in draft.questions] == ["Lost luggage", "Noise"]
    assert list(_asked(draft).values()) == [["calls the station"], ["knocks first"]]
    assert _flags(draft) == ["shrugs"]


def test_lead_ins_on_their_own_lines_below_numbered_questions(tmp_path: Path) -> None:
    draft = _read(
        tmp_path,
        "patron.txt",
        "ENTRETIEN : PATRON DE CHALUTIER\n\nQ1. Racontez-moi une tempête.\n  On attend :\n"
        "  • il rentre à temps\n  À fuir :\n  • il se vante\n\n"
        "Q2. Que vérifiez-vous avant de partir ?\n  On attend :\n  • la météo\n"
        "  À fuir :\n  • rien du tout\n\nQ3. Comment parlez-vous à un mousse ?\n"
        "  On attend :\n  • avec calme\n",
    )
    assert _asked(draft) == {
        "Racontez-moi une tempête.": ["il rentre à temps"],
        "Que vérifiez-vous avant de partir ?": ["la météo"],
        "Comment parlez-vous à un mousse ?": ["avec calme"],
    }
    assert _flags(draft) == ["il se vante", "rien du tout"]


def test_parts_called_ours_or_some_are_parts() -> None:
    draft = draft_of(
        lines(
            "## 1. Pourquoi la mer ?\n- l'air\n## Les réponses qui doivent vous alerter\n- Il a peur\n"
            "## Nos conseils pour l'entretien\n- Offrez un café.\n"
            "## Compétences techniques indispensables\n- Permis bateau",
            language="fr",
        )
    )
    assert _flags(draft) == ["Il a peur"]
    assert [tip.text for tip in draft.tips] == ["Offrez un café."]
    assert [skill.text for skill in draft.skills] == ["Permis bateau"]


def test_a_remark_behind_the_question_mark() -> None:
    draft = draft_of(
        lines("## Questions\n1. Where do you fish? (in English)\n2. Why there?\n3. With whom?")
    )
    assert len(draft.questions) == 3


def test_what_we_want_to_hear_is_the_point() -> None:
    draft = draft_of(
        lines("1. How do you deal with a late tenant?\n  - I want to hear that they call first")
    )
    assert _asked(draft) == {"How do you deal with a late tenant?": ["they call first"]}


def test_a_row_of_countless_cells_is_no_head_of_a_table(tmp_path: Path) -> None:
    # Looked at from each of its cells anew, it would keep the reader busy for an hour.
    wide = "|a" * 1_000 + "|\n|" + "---|" * 1_000
    draft = _read(tmp_path, "hives.md", f"# Beekeeper\n\nHow do you calm a hive?\n\n{wide}\n")

    assert draft.questions[0].text == "How do you calm a hive?"

"""``knowledge import``: from a document to a guide, and again when the document has changed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.guides.documents.reading import read_document
from copilot.guides.importing.by_model.units import units_of
from copilot.guides.importing.recognising.recogniser import draft_of
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from copilot.paths import config_folder
from copilot.settings import change_settings
from tests.builders import start_python
from tests.cli.command import run
from tests.guides.importing.by_model_world import found, question
from tests.llm.scripted_server import Refuses, ScriptedServer, playing

DOCUMENT = """\
# Hiring a head baker

The head baker runs the bakehouse of four shops.

## Interview questions

### 1. Tell me about a time you brought waste down.

What to listen for:

- Weighing: weighed what was thrown away before changing anything
- Smaller orders: cut the orders of slow days

### 2. How do you teach somebody to shape a loaf?

A good answer includes:

- Shows the fold by hand

## Red flags

- Blames the night team for every failed batch
"""
SAVED = "Saved in a drawer since 1911, the sourdough has a name.\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "baker.md"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


@pytest.fixture
def guides() -> Path:
    return config_folder() / "knowledge"


def _changed(document: Path, old: str, new: str) -> None:
    text = document.read_text(encoding="utf-8")
    assert old in text
    document.write_text(text.replace(old, new), encoding="utf-8")


def test_a_document_becomes_a_guide_that_names_its_lines(document: Path, guides: Path) -> None:
    done = run("knowledge", "import", document, "--role", "head-baker", "--title", "Head Baker")

    assert (done.code, done.err) == (0, "")
    guide = load_guide("head-baker")
    assert guide.title == "Head Baker"
    assert [asked.origin for asked in guide.questions] == ["baker.md:7", "baker.md:14"]
    assert [len(asked.points) for asked in guide.questions] == [2, 1]
    assert "questions 2, expected points 3, red flags 1" in done.out
    assert f"Wrote {guides / 'head-baker.yaml'}" in done.out
    for action in ("check", "enrich", "edit"):
        assert f"interview-copilot knowledge {action} " in done.out
    assert run("knowledge", "list").out.count("head-baker") == 1
    assert run("knowledge", "check", guides / "head-baker.yaml", "--quick").code == 0


def test_a_dry_run_prints_the_yaml_and_writes_nothing(document: Path, guides: Path) -> None:
    done = run("knowledge", "import", document, "--role", "head-baker", "--dry-run")

    assert done.code == 0
    assert done.out.startswith("# yaml-language-server: $schema=guide.schema.json\n")
    assert "Wrote" not in done.err
    assert "questions 2" in done.err
    assert not guides.exists()
    trial = guides.parent / "head-baker.yaml"
    trial.parent.mkdir(parents=True, exist_ok=True)
    trial.write_text(done.out, encoding="utf-8")
    assert len(load_guide("head-baker", folders=[guides.parent]).questions) == 2


def test_again_with_nothing_new(document: Path, guides: Path) -> None:
    run("knowledge", "import", document, "--role", "head-baker")
    before = (guides / "head-baker.yaml").read_bytes()

    done = run("knowledge", "import", document, "--role", "head-baker")

    assert done.code == 0
    assert "Nothing of it changes." in done.out
    assert (guides / "head-baker.yaml").read_bytes() == before


def test_again_after_author_and_document_changed(document: Path, guides: Path) -> None:
    run("knowledge", "import", document, "--role", "head-baker")
    guide = guides / "head-baker.yaml"
    _changed(guide, "cut the orders of slow days", "ordered less on Mondays  # ours")
    _changed(document, "cut the orders of slow days", "cut the orders of quiet days")
    _changed(document, "to shape a loaf?", "to shape a round loaf?")
    _changed(document, "- Blames", "- Comes late to every shift\n- Blames")

    shown = run("knowledge", "import", document, "--role", "head-baker", "--dry-run")
    refused = run("knowledge", "import", document, "--role", "head-baker")
    before = guide.read_text(encoding="utf-8")
    done = run("knowledge", "import", document, "--role", "head-baker", "--yes")

    assert "+    text: How do you teach somebody to shape a round loaf?" in shown.out
    assert (refused.code, "Nobody is there to answer" in refused.err) == (2, True)
    assert "round" not in before
    assert done.code == 0
    assert "Yours stays; the document says: 1" in done.out
    assert "cut the orders of quiet days" in done.out
    after = guide.read_text(encoding="utf-8")
    assert "# ours" in after
    assert "ordered less on Mondays" in after
    assert "round loaf" in after
    assert len(load_guide("head-baker").red_flags) == 2


def test_a_guide_by_hand_is_only_added_to(document: Path, guides: Path) -> None:
    guides.mkdir(parents=True)
    (guides / "head-baker.yaml").write_text(
        "id: head-baker\nlanguage: en\ntitle: Baker\nsummary: By hand.\nquestions:\n"
        "  - {id: own, label: Own, kind: opinion, text: Why bread?, origin: project}\n"
    )

    done = run("knowledge", "import", document, "--role", "head-baker", "--yes")

    assert "it is only added to" in done.out
    assert load_guide("head-baker").title == "Baker"
    assert len(load_guide("head-baker").questions) == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--role", "Head Baker"], "'Head Baker' cannot be a guide's id."),
        (["--role", "../baker"], "cannot be a guide's id."),
        (["--role", "b" * 49], "cannot be a guide's id."),
        (["--role", "nurse-manager"], "nurse-manager is a guide that ships"),
        (["--role", "baker", "--language", "de"], "the language 'de' is not supported."),
        (["--role", "baker", "--model"], "no language model is in use."),
        (["--role", "baker", "--llm", "none"], "there is no profile 'none'"),
        (["--role", "baker", "--no-model", "--llm", "x"], "contradict each other"),
    ],
)
def test_what_is_refused_before_anything_is_read(
    document: Path, guides: Path, arguments: list[str], says: str
) -> None:
    done = run("knowledge", "import", document, *arguments)

    assert done.code != 0
    assert says in done.err
    assert "\n→ " in done.err
    assert not guides.exists()


def test_two_documents_of_one_name_are_refused(document: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / document.name
    other.parent.mkdir()
    other.write_text("Why bread?\n")

    done = run("knowledge", "import", document, other, "--role", "baker")

    assert (done.code, "two documents are called baker.md" in done.err) == (2, True)


@pytest.mark.parametrize("name", ["caf\udce9.md", "a\nb.md", "\x1b[2J.md"])
def test_a_name_that_no_guide_can_hold_is_refused(guides: Path, name: str) -> None:
    done = run("knowledge", "import", name, "--role", "baker")

    assert (done.code, "the name cannot stand in a guide." in done.err) == (2, True)
    assert done.err.isascii() or "\x1b" not in done.err
    assert not guides.exists()


def test_a_document_without_questions_writes_nothing(tmp_path: Path, guides: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("The bakery opened long ago and it has three shops in the town. " * 4 + "\n")

    done = run("knowledge", "import", path, "--role", "baker")

    assert done.code == 3
    assert done.err.startswith("Not imported: notes.txt: there is no question in it.")
    assert "with a number, with a question mark" in done.err
    assert not guides.exists()


def test_a_missing_document_is_named(tmp_path: Path, guides: Path) -> None:
    done = run("knowledge", "import", tmp_path / "none.md", "--role", "baker")

    assert done.code == 3
    assert "none.md" in done.err
    assert not guides.exists()


def test_a_shipped_guide_may_be_hidden_on_request(document: Path, guides: Path) -> None:
    done = run("knowledge", "import", document, "--role", "nurse-manager", "--over-shipped")
    again = run("knowledge", "import", document, "--role", "nurse-manager")

    assert (done.code, again.code) == (0, 0)
    assert load_guide("nurse-manager").questions[0].origin == "baker.md:7"


def test_another_folder(document: Path, tmp_path: Path, guides: Path) -> None:
    folder = tmp_path / "made" / "here"

    done = run("knowledge", "import", document, "--role", "baker", "--out", folder)

    assert done.code == 0
    assert load_guide(str(folder / "baker.yaml")).id == "baker"
    assert not guides.exists()
    assert "enrich" not in done.out  # roles are not looked for there


def test_several_documents_become_one_guide(document: Path, tmp_path: Path) -> None:
    other = tmp_path / "ovens.txt"
    other.write_text(
        "Questions to ask\n\n"
        "1. Which ovens have you worked with in the last years?\n"
        "2. Tell me about a time you brought waste down.\n"
    )

    done = run("knowledge", "import", document, other, "--role", "baker")

    assert (done.code, done.err) == (0, "")
    guide = load_guide("baker")
    assert [source.file for source in guide.sources] == ["baker.md", "ovens.txt"]
    assert [asked.origin for asked in guide.questions] == [
        "baker.md:7",
        "baker.md:14",
        "ovens.txt:3",
    ]


FRENCH = """\
# Recruter un chef boulanger

Le chef boulanger tient le fournil de quatre boutiques.

## Questions d'entretien

### 1. Racontez une fois où vous avez réduit les pertes.

Éléments attendus :

- Pesée : a pesé ce qui était jeté avant de changer quoi que ce soit
- Commandes réduites : a réduit les commandes des jours calmes

### 2. Comment apprenez-vous à quelqu'un à façonner un pain ?

Éléments attendus :

- Montre le geste à la main

## Signaux d'alerte

- Accuse l'équipe de nuit de chaque fournée ratée
"""


def test_the_other_language_becomes_an_overlay(document: Path, tmp_path: Path) -> None:
    french = tmp_path / "boulanger.md"
    french.write_text(FRENCH, encoding="utf-8")
    run("knowledge", "import", document, "--role", "head-baker")

    done = run("knowledge", "import", french, "--role", "head-baker")

    assert (done.code, done.err) == (0, "")
    assert "Taken for the same:" in done.out
    assert "knowledge enrich head-baker --language fr " in done.out
    guide = load_guide("head-baker", "fr")
    assert [len(asked.points) for asked in guide.questions] == [2, 1]
    assert guide.questions[0].text == "Racontez une fois où vous avez réduit les pertes."
    assert origin_of(guide.questions[0].text) == "boulanger.md:7"
    assert load_guide("head-baker").questions[0].text.startswith("Tell me")


def test_the_other_language_with_other_items_is_refused(document: Path, tmp_path: Path) -> None:
    french = tmp_path / "boulanger.md"
    french.write_text(FRENCH.replace("- Montre", "- Explique le geste\n- Montre"), encoding="utf-8")
    run("knowledge", "import", document, "--role", "head-baker")

    done = run("knowledge", "import", french, "--role", "head-baker")

    assert done.code == 3
    assert "1 in the guide, 2 in the document." in done.err
    assert "questions: " not in done.err


def test_two_languages_at_once_are_refused(document: Path, tmp_path: Path) -> None:
    french = tmp_path / "boulanger.md"
    french.write_text(FRENCH, encoding="utf-8")

    done = run("knowledge", "import", document, french, "--role", "head-baker")

    assert (done.code, "boulanger.md in 'fr'" in done.err) == (2, True)


def test_what_a_terminal_would_obey_is_not_printed(document: Path) -> None:
    _changed(document, "## Red flags", "See \x1b]0;pwned\x07 the bakery's history.\n\n## Red flags")

    done = run("knowledge", "import", document, "--role", "head-baker", "--verbose")

    assert "\x1b" not in done.out + done.err


# -- a language model -------------------------------------------------------------------------

PROSE = "We also ask every baker how they handled a shift nobody wanted.\n"
ASKED = "How did you handle a shift nobody wanted?"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with playing(ScriptedServer(always=found())) as running:
        yield running


@pytest.fixture
def prose(document: Path) -> Path:
    document.write_text(f"{DOCUMENT}\n## About the bakery\n\n{PROSE}\n{SAVED}", encoding="utf-8")
    return document


def _use(url: str) -> None:
    change_settings(llm="toy", llm_profiles={"toy": {"url": url, "model": "toy"}})


def _number(document: Path, text: str) -> tuple[int, str]:
    """What the model is told a line by, and where it stands."""
    read = read_document(document)
    unit = next(unit for unit in units_of(read, draft_of(read)) if unit.text == text.strip())
    return unit.number, unit.origin


def test_no_text_is_sent_unless_it_is_asked_for(prose: Path, server: ScriptedServer) -> None:
    _use(server.url)

    done = run("knowledge", "import", prose, "--role", "head-baker")

    assert (done.code, server.asked) == (0, [])
    assert "With --model, toy at 127.0.0.1" in done.out
    assert (
        "With --model"
        not in run(*("knowledge", "import", prose, "--role", "baker", "--no-model")).out
    )


def test_a_model_finds_what_stands_in_the_prose(prose: Path, server: ScriptedServer) -> None:
    _use(server.url)
    line, origin = _number(prose, PROSE)
    server.always = found(
        questions=[question(1, ASKED, line), question(2, "Are you married?", line)]
    )

    done = run("knowledge", "import", prose, "--role", "head-baker", "--model")

    assert done.code == 0
    assert "toy on this machine reads baker.md." in done.err  # nobody is asked
    assert "proposed 2 items; 1 stand in the document." in done.out
    assert load_guide("head-baker").questions[-1].text == ASKED
    assert load_guide("head-baker").questions[-1].origin == origin
    without = run("knowledge", "import", prose, "--role", "head-baker", "--no-model")
    assert "No longer in the document" not in without.out


def test_a_model_that_fails_leaves_the_structure(prose: Path, server: ScriptedServer) -> None:
    _use(server.url)
    server.always = Refuses(401)

    done = run("knowledge", "import", prose, "--role", "head-baker", "--model")

    assert done.code == 0
    assert "No more was asked" in done.out
    assert len(load_guide("head-baker").questions) == 2


def test_another_host_is_named_and_nothing_is_sent_unasked(prose: Path, guides: Path) -> None:
    _use("https://llm.example.org/v1")

    done = run("knowledge", "import", prose, "--role", "head-baker", "--model", "--yes")

    assert done.code == 2
    assert "text → llm.example.org: baker.md as text, to toy." in done.err
    assert "--send-to llm.example.org" in done.err
    assert not guides.exists()


# -- killed -----------------------------------------------------------------------------------

_KILLED = """
import os, pathlib, sys
from copilot.cli.main import main

at, real = int(sys.argv[1]), pathlib.Path.replace
calls = []

def replace(self, target):
    calls.append(target)
    if 2 * len(calls) - 1 == at:
        os._exit(9)
    done = real(self, target)
    if 2 * len(calls) == at:
        os._exit(9)
    return done

pathlib.Path.replace = replace
main(sys.argv[2:])
"""


@pytest.mark.parametrize("moment", [1, 2, 3, 4])
def test_killed_at_any_step_the_guide_is_whole(
    document: Path, guides: Path, tmp_path: Path, moment: int
) -> None:
    arguments = ("knowledge", "import", document, "--role", "head-baker", "--yes")
    run(*arguments)
    old = (guides / "head-baker.yaml").read_text(encoding="utf-8")
    record = guides / ".imported" / "head-baker.json"
    before = record.read_bytes()
    _changed(document, "orders of slow days", "orders of the slow days")
    new = old.replace("orders of slow days", "orders of the slow days")

    with start_python(_KILLED, moment, *arguments) as program:
        program.communicate()
    assert program.returncode == 9

    now = (guides / "head-baker.yaml").read_text(encoding="utf-8")
    assert now == (old if moment == 1 else new)
    assert json.loads(record.read_bytes())
    if now == old:
        assert record.read_bytes() == before  # a record is never newer than its guide
    assert run(*arguments).code == 0
    assert (guides / "head-baker.yaml").read_text(encoding="utf-8") == new
    assert "the slow days" in record.read_text(encoding="utf-8")

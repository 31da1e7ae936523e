"""The interface speaks English and French, whole and in the same words everywhere."""

import ast
import gettext
import re
import string
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from copilot import i18n
from copilot.cli.language import interface_language
from copilot.cli.main import main
from copilot.errors import UsageError
from copilot.i18n import LOCALE_FOLDER, language_of_the_machine, ngettext, speak, spoken
from copilot.i18n import _ as translate
from copilot.settings import change_settings, settings_path
from copilot.tui.consent.screen import ConsentScreen
from copilot.tui.keys.registry import SCREENS, grouped
from docs.catalogues import catalogue, mo_bytes, mo_path, translated
from tests.tui.one_screen import OneScreen
from tests.tui.recorded import shown, until_shown, words

_PACKAGE = LOCALE_FOLDER.parent
#: What puts a text on the screen, or has it spoken.
_SHOWING = {"Static", "Label", "Content", "styled", "notify", "say", "update", "Option"}

_DRIFTED = "run: python -m docs.generate"


@pytest.fixture
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "INTERVIEW_COPILOT_LANG"):
        monkeypatch.delenv(variable, raising=False)


# -- the catalogues -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", translated())
def test_every_text_of_the_interface_is_translated(language):
    missing = [
        message.id
        for message in catalogue(language)
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]
    assert missing == []


@pytest.mark.parametrize("language", translated())
def test_a_translation_names_the_same_values_as_the_text(language):
    for message in catalogue(language):
        wanted = set().union(*map(_fields, _forms(message.id)))
        for form in _forms(message.string):
            assert _fields(form) == wanted, message.id


@pytest.mark.parametrize("language", translated())
def test_a_translation_begins_and_ends_as_the_text_does(language):
    for message in catalogue(language):
        if not message.id:
            continue
        text, translation = _forms(message.id)[-1], _forms(message.string)[-1]
        assert _edges(translation) == _edges(text), message.id


def test_french_has_its_spaces_before_marks_and_they_never_break():
    for message in catalogue("fr"):
        if not message.id:
            continue
        for form in _forms(message.string):
            # Keys, signs, times and paths stand as they are.
            prose = re.sub(r"\{\w+[^}]*\}|https?://\S+|\S*[a-z]:[a-z0-9]\S*|\d:\d\d", "x", form)
            assert not re.search(r"[^\s\u00a0\u202f][;:!?»](?=\s|$)", prose), form
            assert not re.search(r" [;:!?»]|« ", prose), form
            assert not re.search(r"«[^\u00a0\u202f]", prose), form


@pytest.mark.parametrize("language", translated())
def test_what_the_program_reads_is_what_is_written(language):
    with mo_path(language).open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.charset() == "utf-8"
    assert _catalog_of(read).keys() - {""} == _compiled(language).keys() - {""}, _DRIFTED
    for text, translation in _compiled(language).items():
        if text:
            assert _catalog_of(read)[text] == translation, _DRIFTED


def test_every_action_is_in_the_catalogues():
    known = {message.id for message in catalogue("fr")}
    for screen in SCREENS:
        assert screen.title in known
        assert set(grouped(screen.actions)) <= known
        for action in screen.actions:
            assert action.label in known
            assert action.help in known


# -- the code -----------------------------------------------------------------------------------


@cache
def _all_calls() -> list[tuple[Path, ast.Call]]:
    return [
        (path, node)
        for path in sorted(_PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]


def _calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    return ((path, call) for path, call in _all_calls() if getattr(call.func, "id", "") == name)


def test_no_text_is_put_together_before_it_is_looked_up():
    for name in ("_", "N_", "ngettext", "pgettext"):
        for path, call in _calls(name):
            made = isinstance(call.args[0], ast.JoinedStr | ast.BinOp)
            assert not made, f"{path}:{call.lineno}"
            if name in ("N_", "pgettext"):
                assert isinstance(call.args[0], ast.Constant), f"{path}:{call.lineno}"


def test_no_text_is_shown_without_being_looked_up():
    for path, call in _all_calls():
        if path.relative_to(_PACKAGE).parts[0] not in ("tui", "plain"):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in _SHOWING and call.args:
            assert not _has_words(call.args[0]), f"{path}:{call.lineno}"


def test_every_text_is_found_where_the_catalogues_look():
    known = {form for message in catalogue("fr") if message.id for form in _forms(message.id)}
    for name in ("_", "N_", "ngettext"):
        for path, call in _calls(name):
            if isinstance(call.args[0], ast.Constant):
                assert call.args[0].value in known, f"{path}:{call.lineno}"


def test_every_value_that_a_text_names_is_given_to_it():
    for path, call in _calls("_"):
        text = call.args[0]
        if isinstance(text, ast.Constant) and not any(word.arg is None for word in call.keywords):
            given = {word.arg for word in call.keywords}
            assert _fields(str(text.value)) == given, f"{path}:{call.lineno}"


# -- which language -----------------------------------------------------------------------------


def test_tests_speak_english():
    assert spoken() == "en"
    assert translate("Help") == "Help"


def test_a_text_is_looked_up_with_its_values():
    speak("fr")
    [message] = [each for each in catalogue("fr") if each.id == "Help"]
    assert translate("Help") == message.string != "Help"
    assert translate("No such text, {name}.", name="Ada") == "No such text, Ada."


def test_what_is_one_differs_between_the_languages():
    assert ngettext("{count} line", "{count} lines", 0) == "0 lines"
    assert i18n.ngettext("{count} line", "{count} lines", 1) == "1 line"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, None),
        ({"LANG": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR"}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "fr:en"}, "fr"),
    ],
)
@pytest.mark.usefixtures("_machine")
def test_the_machine_says_which(monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    if language is not None:
        assert language_of_the_machine() == language


@pytest.mark.usefixtures("_machine")
def test_the_command_line_wins_over_the_environment_and_that_over_the_settings(monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert interface_language(None) == "fr"
    change_settings(lang="en")
    assert interface_language(None) == "en"
    monkeypatch.setenv("INTERVIEW_COPILOT_LANG", "fr")
    assert interface_language(None) == "fr"
    assert interface_language("en") == "en"


@pytest.mark.usefixtures("_machine")
def test_broken_settings_do_not_keep_a_command_from_running(monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text('{"lang": "klingon"}', encoding="utf-8")
    assert interface_language(None) == "fr"


def test_a_language_there_is_none_of_is_refused(monkeypatch, capsys):
    monkeypatch.setenv("INTERVIEW_COPILOT_LANG", "frr")
    with pytest.raises(UsageError, match="INTERVIEW_COPILOT_LANG=frr"):
        interface_language(None)
    with pytest.raises(SystemExit) as leaving:
        main(["--lang", "de", "keys"])
    assert leaving.value.code == 2
    assert "'de'" in capsys.readouterr().err


def test_the_language_is_chosen_before_the_command(capsys):
    assert main(["--lang", "fr", "keys"]) == 0
    in_french = capsys.readouterr().out
    assert main(["--lang=en", "keys"]) == 0
    assert spoken() == "en"
    assert capsys.readouterr().out != in_french


# -- on the screen ------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(50, 20), (80, 24), (160, 50)])
async def test_a_screen_in_french_fits_and_has_no_english_on_it(size):
    speak("fr")
    app = OneScreen(ConsentScreen("Boulangère", "fr", "Puis-je enregistrer ?"))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = words(app)
        assert "Cet entretien peut-il être enregistré\xa0?" in shown(app)
        assert "y D'accord n Refus" in text
        assert "aucun son n'est ouvert" in text
        for english in ("recorded", "Agreed", "candidate", "French"):
            assert english not in text
        await pilot.press("question_mark")
        await pilot.pause()
        assert "lisez l'avis au candidat" in words(app)
        assert "Échap ferme" in words(app)


async def test_the_palette_is_searched_in_the_language_of_the_interface():
    speak("fr")
    app = OneScreen(ConsentScreen("Boulangère", "fr", "Puis-je enregistrer ?"))
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("ctrl+p")
        await until_shown(pilot, "Chercher une action")
        await pilot.press(*"modif")
        await until_shown(pilot, "Changer le texte.")
        await pilot.press(*"xyz")
        await until_shown(pilot, "Rien de ce nom ne peut se faire maintenant.")


# -- helpers ------------------------------------------------------------------------------------


def _compiled(language: str) -> dict[Any, str]:
    return _catalog_of(gettext.GNUTranslations(BytesIO(mo_bytes(language))))


def _catalog_of(read: gettext.GNUTranslations) -> dict[Any, str]:
    # Which there is no public way to list.
    texts: dict[Any, str] = vars(read)["_catalog"]
    return texts


def _forms(text: object) -> tuple[str, ...]:
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)


def _has_words(argument: ast.expr) -> bool:
    parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return any(isinstance(text, str) and re.search(r"[A-Za-z]{3}", text) for text in texts)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _edges(text: str) -> tuple[bool, bool, bool, bool]:
    return text[:1] == " ", text[-1:].isspace(), text.endswith("…"), text.endswith((".", "?"))

"""The packs of off-limits topics: complete, lawful in what they offer instead, and strict about errors."""

import shutil
from pathlib import Path

import pytest

from copilot.coach.off_limits import touches
from copilot.errors import GuideError, UsageError
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import roles
from copilot.knowledge.off_limits import FOLDER, Pack, joined, load_packs, pack_ids
from copilot.knowledge.phrases import PhraseError, list_patterns, matches, parsed, plain
from copilot.paths import shipped_knowledge

SHIPPED = (shipped_knowledge(),)

#: The grounds each body of law protects, by our topics.
GROUNDS = {
    "fr": {
        *("health", "pregnancy", "family", "age", "religion", "origin", "union", "orientation"),
        *("politics", "appearance", "residence", "finances", "genetics"),
    },
    "eu": {"health", "pregnancy", "age", "religion", "origin", "union", "orientation", "genetics"},
    "us": {
        *("health", "pregnancy", "age", "religion", "origin", "orientation", "genetics"),
        *("military", "criminal-record", "salary-history", "finances"),
    },
}


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {pack.id: pack for pack in load_packs(folders=SHIPPED)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped packs, to break."""
    shutil.copytree(shipped_knowledge() / FOLDER, tmp_path / FOLDER)
    return tmp_path


def _edit(path: Path, old: str, new: str) -> int:
    """Replace the first ``old``; the line it stands on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def _message(folder: Path) -> str:
    with pytest.raises(GuideError) as caught:
        load_packs(folders=(folder,))
    return caught.value.message


# -- what ships -----------------------------------------------------------------------------------


def test_packs_ship_for_france_the_union_and_the_united_states(packs: dict[str, Pack]) -> None:
    assert list(packs) == ["eu", "fr", "us"] == pack_ids(SHIPPED)


def test_the_folder_of_packs_is_no_role() -> None:
    assert not {"off-limits", "fr", "eu", "us", "phrases"} & set(roles(SHIPPED))


@pytest.mark.parametrize("pack_id", GROUNDS)
def test_a_pack_has_the_grounds_that_its_law_protects(packs: dict[str, Pack], pack_id: str) -> None:
    assert GROUNDS[pack_id] <= {topic.id for topic in packs[pack_id].topics}


@pytest.mark.parametrize("pack_id", GROUNDS)
def test_every_topic_is_asked_about_and_told_in_both_languages(
    packs: dict[str, Pack], pack_id: str
) -> None:
    for topic in packs[pack_id].topics:
        for language in LANGUAGES:
            patterns = topic.patterns[language]
            assert patterns.asked, (topic.id, language)
            assert patterns.volunteered, (topic.id, language)


@pytest.mark.parametrize("pack_id", GROUNDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_offered_instead_is_a_question_that_touches_nothing(
    packs: dict[str, Pack], pack_id: str, language: str
) -> None:
    everything = joined(list(packs.values()))
    for topic in packs[pack_id].topics:
        instead = topic.instead.in_(language)
        assert instead.endswith("?")
        assert touches(instead, language, everything) == [], instead


@pytest.mark.parametrize(
    ("pack_id", "law"),
    [("fr", "Code du travail"), ("fr", "L1221-6"), ("eu", "2000/78/EC"), ("us", "Title VII")],
)
def test_a_pack_names_its_law(packs: dict[str, Pack], pack_id: str, law: str) -> None:
    assert any(law in reference for t in packs[pack_id].topics for reference in t.references)


def test_joined_packs_listen_for_each_topic_once(packs: dict[str, Pack]) -> None:
    topics = [topic.id for topic in joined(list(packs.values())).topics]

    assert len(topics) == len(set(topics))
    assert set(topics) == {topic.id for pack in packs.values() for topic in pack.topics}


# -- the user's own -------------------------------------------------------------------------------


def test_the_users_own_pack_wins_over_the_shipped_one(folder: Path) -> None:
    _edit(folder / FOLDER / "us.yaml", "en: United States", "en: Our house rules")

    [pack] = load_packs(["us"], folders=(folder, *SHIPPED))

    assert pack.title.en == "Our house rules"


def test_a_pack_may_add_phrases_of_its_own(folder: Path) -> None:
    path = folder / FOLDER / "us.yaml"
    addition = "  - id: age\n    phrases: {en: {asked: [what is your vintage]}}\n"
    _edit(path, "  - id: age\n", addition)

    everything = joined(load_packs(folders=(folder,)))

    for question in ("What is your vintage?", "How old are you?"):
        assert [touch.topic.id for touch in touches(question, "en", everything)] == ["age"]


def test_an_unknown_pack_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="'uss'") as caught:
        load_packs(["uss"], folders=SHIPPED)
    assert "'us'" in str(caught.value)


# -- errors ---------------------------------------------------------------------------------------


def test_errors_in_a_pack_are_told_as_those_of_a_pack(folder: Path) -> None:
    _edit(folder / FOLDER / "fr.yaml", "    why:\n", "    wy:\n")

    with pytest.raises(GuideError) as caught:
        load_packs(folders=(folder,))

    assert caught.value.title == "Off-limits topics with errors"


def test_an_unknown_key_is_named_with_its_line(folder: Path) -> None:
    line = _edit(folder / FOLDER / "fr.yaml", "    why:\n", "    wy:\n")

    message = _message(folder)

    assert f"fr.yaml:{line}: topics[0].wy: unknown key. Did you mean 'why'?" in message


def test_a_topic_without_phrases_is_named_with_its_line(folder: Path) -> None:
    line = _edit(folder / FOLDER / "eu.yaml", "  - id: health", "  - id: wealth")

    assert f"eu.yaml:{line}: topics[0].id: 'wealth' has no phrases" in _message(folder)


def test_a_pack_must_bear_its_files_name(folder: Path) -> None:
    _edit(folder / FOLDER / "eu.yaml", "id: eu", "id: europe")

    assert "expected 'eu', the file's name (found 'europe')" in _message(folder)


def test_a_phrase_that_breaks_the_grammar_is_named_with_its_line(folder: Path) -> None:
    line = _edit(folder / FOLDER / "phrases.yaml", "- how old are you\n", "- how (old are you\n")

    assert f"phrases.yaml:{line}: topics.age.en.asked[0]: ')' is missing" in _message(folder)


# -- phrases --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("how old", "How old is it", True),
        ("how old", "showhow older", False),
        ("retir*", "the retirement plan", True),
        ("(a|b c) d", "b c d", True),
        ("(a|b c) d", "b d", False),
        ("a [very] old", "a old", True),
        ("a [very] old", "a very old", True),
        ("do you ... kids", "do you want to have kids", True),
        ("do you ... kids", "do you agree. The kids", False),
        ("do you ... kids", "do you one two three four five kids", False),
        ("expecting .", "are you expecting?", True),
        ("expecting .", "are you expecting", True),
        ("expecting .", "are you expecting growth", False),
        ("<digits> ans", "58 ans", True),
        ("<age> ans", "8 ans", False),
        ("<kids> here", "the sons here", True),
        ("l'âge", "L’AGE du capitaine", True),  # noqa: RUF001 - as word processors write it
        ("3.5", "3.5", None),
    ],
)
def test_a_phrase_finds_what_its_grammar_says(phrase: str, text: str, found: bool | None) -> None:
    lists = list_patterns({"kids": ["kids", "son*"]})

    if found is None:
        assert parsed(phrase, lists)
        return
    assert bool(list(matches(parsed(phrase, lists), plain(text)))) is found


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        ("(a|b", "')' is missing"),
        ("a)", "is too much"),
        ("(a|)", "an alternative is empty"),
        ("[a]", "would match nothing"),
        ("...", "would match nothing"),
        ("<none> a", "there is no list 'none'"),
        ("a*b", "is no word"),
        ("*", "is no word"),
        ("", "would match nothing"),
    ],
)
def test_a_phrase_that_cannot_be_meant_is_refused(phrase: str, problem: str) -> None:
    with pytest.raises(PhraseError, match="in ") as caught:
        parsed(phrase, list_patterns({}))
    assert problem in str(caught.value)


def test_a_match_tells_where_the_words_stand() -> None:
    text = plain("Well: how OLD, now?")

    [(first, after)] = matches(parsed("how old", {}), text)

    assert (text.spans[first][0], text.spans[after - 1][1]) == (6, 13)

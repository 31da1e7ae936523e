"""The guides that ship are complete, in both languages, and nothing about them is to be warned of."""

import functools
from collections.abc import Callable, Iterator

import pytest

from copilot.knowledge.checking import check, files_to_check, languages_missing
from copilot.knowledge.guide import LANGUAGES, Guide, Listened, Point
from copilot.knowledge.loading import find_guide, load_guide, read_guide, read_overlay, roles
from copilot.knowledge.wording import faults
from copilot.paths import shipped_knowledge
from tests.knowledge import facts

#: Made from documents, whose facts they hold.
SOURCED = ("director-it-operations", "operations-manager")
#: Written for this project from knowledge of the trades.
OWN = ("customer-support-lead", "nurse-manager", "sales-representative", "software-engineer")
ROLES = tuple(sorted((*SOURCED, *OWN)))
SHIPPED = (shipped_knowledge(),)

every_guide = pytest.mark.parametrize(
    ("role", "language"), [(role, language) for role in ROLES for language in LANGUAGES]
)
every_sourced_guide = pytest.mark.parametrize(
    ("role", "language"), [(role, language) for role in SOURCED for language in LANGUAGES]
)


@functools.cache
def _guide(role: str, language: str) -> Guide:
    return load_guide(role, language, SHIPPED)


def _points(guide: Guide) -> Iterator[tuple[str, Point]]:
    """Everything an answer is matched against, with the place where it stands."""
    if not all(question.points for question in guide.questions):
        yield from (("competencies", competency) for competency in guide.competencies)
    for question in guide.questions:
        yield from ((question.id, point) for point in question.points)


def _lacking(guide: Guide, good: Callable[[Point], bool]) -> list[str]:
    return [f"{place}.{point.id}" for place, point in _points(guide) if not good(point)]


def test_six_roles_ship() -> None:
    assert tuple(roles(SHIPPED)) == ROLES


@every_guide
def test_a_shipped_guide_loads_in_english_and_french(role: str, language: str) -> None:
    guide = _guide(role, language)

    assert (guide.id, guide.language) == (role, language)


# -- the facts ------------------------------------------------------------------------------------


@every_sourced_guide
def test_every_competency_of_the_sources_is_there(role: str, language: str) -> None:
    ids = {competency.id for competency in _guide(role, language).competencies}

    assert set(facts.COMPETENCIES[role]) <= ids


@every_sourced_guide
def test_every_question_and_point_of_the_sources_is_there(role: str, language: str) -> None:
    guide = _guide(role, language)
    ids = {question.id: {point.id for point in question.points} for question in guide.questions}

    for question, points in facts.QUESTIONS[role].items():
        assert set(points) <= ids[question], question


@every_sourced_guide
def test_every_red_flag_of_the_sources_is_there(role: str, language: str) -> None:
    assert set(facts.RED_FLAGS) <= {flag.id for flag in _guide(role, language).red_flags}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_operations_managers_stages_and_skills_are_there(language: str) -> None:
    guide = _guide("operations-manager", language)

    assert set(facts.STAGES) <= {stage.id for stage in guide.stages}
    assert set(facts.SKILLS) <= {skill.id for skill in guide.skills}


def test_each_case_of_the_stages_has_its_minutes() -> None:
    assert all(stage.minutes for stage in _guide("operations-manager", "en").stages)


@pytest.mark.parametrize("role", ROLES)
def test_every_origin_is_a_source_of_the_guide_or_the_project(role: str) -> None:
    guide = _guide(role, "en")
    known = {source.id for source in guide.sources} | {"project"}
    used = {point.origin for question in guide.questions for point in question.points}
    for group in (guide.competencies, guide.skills, guide.stages, guide.questions, guide.red_flags):
        used |= {item.origin for item in group}

    assert used <= known


def test_points_the_sources_do_not_give_are_marked_as_the_projects_own() -> None:
    given = facts.QUESTIONS["director-it-operations"]
    for question in _guide("director-it-operations", "en").questions:
        for point in question.points:
            from_source = point.id in given.get(question.id, ())
            assert (point.origin != "project") == from_source, f"{question.id}.{point.id}"


@pytest.mark.parametrize("role", OWN)
def test_a_guide_without_sources_says_that_all_of_it_is_the_projects_own(role: str) -> None:
    guide = _guide(role, "en")
    groups = (guide.competencies, guide.skills, guide.stages, guide.questions, guide.red_flags)
    origins = {item.origin for group in groups for item in group}
    origins |= {point.origin for question in guide.questions for point in question.points}

    assert guide.sources == ()
    assert origins == {"project"}


# -- complete in both languages -------------------------------------------------------------------


@every_guide
def test_every_question_has_something_to_listen_for(role: str, language: str) -> None:
    guide = _guide(role, language)

    assert all(guide.points_for(question.id) for question in guide.questions)


@every_guide
def test_every_point_has_ten_ways_in_which_people_say_it(role: str, language: str) -> None:
    assert _lacking(_guide(role, language), lambda point: len(set(point.says)) >= 10) == []


@every_guide
def test_every_point_has_denials_and_near_misses(role: str, language: str) -> None:
    guide = _guide(role, language)

    assert _lacking(guide, lambda point: len(point.not_says.denials) >= 2) == []
    assert _lacking(guide, lambda point: len(point.not_says.near_misses) >= 2) == []


@every_guide
def test_every_point_has_a_few_probes(role: str, language: str) -> None:
    assert _lacking(_guide(role, language), lambda point: 1 <= len(point.probes) <= 3) == []


@every_guide
def test_every_probe_is_open_and_single_and_does_not_lead(role: str, language: str) -> None:
    guide = _guide(role, language)
    found = {
        f"{place}.{point.id}: {probe}": wrong
        for place, point in _points(guide)
        for probe in point.probes
        if (wrong := faults(probe, language, gives_away=point.label))
    }
    found |= {
        f"{flag.id}: {flag.probe}": wrong
        for flag in guide.red_flags
        if (wrong := faults(flag.probe, language))
    }

    assert found == {}


@every_guide
def test_no_sentence_stands_both_for_a_point_and_against_it(role: str, language: str) -> None:
    guide = _guide(role, language)
    listened: list[Listened] = [point for _, point in _points(guide)]
    listened += guide.red_flags

    for item in listened:
        against = {*item.not_says.denials, *item.not_says.near_misses}
        assert not against & set(item.says), item.id


@every_guide
def test_every_flag_has_a_reason_a_benign_reading_and_its_sentences(
    role: str, language: str
) -> None:
    for flag in _guide(role, language).red_flags:
        assert flag.why, flag.id
        assert flag.benign_reading, flag.id
        assert flag.shows_by, flag.id
        assert flag.why, flag.id
        assert flag.benign_reading, flag.id
        assert flag.probe, flag.id
        assert len(set(flag.says)) >= (10 if role in SOURCED else 7), flag.id
        assert flag.not_says.denials or flag.not_says.near_misses, flag.id


@every_guide
def test_every_competency_says_what_each_rating_looks_like(role: str, language: str) -> None:
    for competency in _guide(role, language).competencies:
        assert competency.anchors is not None, competency.id
        assert len(set(competency.anchors.in_order())) == 4, competency.id


@every_guide
def test_every_question_has_minutes_and_other_ways_to_ask_it(role: str, language: str) -> None:
    for question in _guide(role, language).questions:
        assert 1 <= question.minutes <= 15, question.id
        assert len(set(question.phrasings)) >= 3, question.id


@every_guide
def test_off_limits_topics_are_named(role: str, language: str) -> None:
    assert len(_guide(role, language).off_limits) >= 10


@pytest.mark.parametrize("role", ROLES)
def test_the_french_guide_is_french_throughout(role: str) -> None:
    english, french = _guide(role, "en"), _guide(role, "fr")

    assert english.summary != french.summary
    for here, there in zip(english.questions, french.questions, strict=True):
        assert here.text != there.text
        assert not set(here.phrasings) & set(there.phrasings)
    for (place, one), (_, other) in zip(_points(english), _points(french), strict=True):
        name = f"{place}.{one.id}"
        assert one.description != other.description, name
        assert not {*one.says, *one.probes} & {*other.says, *other.probes}, name
        assert not set(one.not_says.denials) & set(other.not_says.denials), name
        assert not set(one.not_says.near_misses) & set(other.not_says.near_misses), name
    for flag, same in zip(english.red_flags, french.red_flags, strict=True):
        assert flag.why != same.why, flag.id
        assert flag.benign_reading != same.benign_reading, flag.id
        assert flag.probe != same.probe, flag.id


@pytest.mark.parametrize("role", ROLES)
def test_a_translation_changes_texts_and_nothing_else(role: str) -> None:
    english, french = _guide(role, "en"), _guide(role, "fr")

    for here, there in zip(english.questions, french.questions, strict=True):
        assert (here.id, here.kind, here.minutes, here.competencies) == (
            there.id,
            there.kind,
            there.minutes,
            there.competencies,
        )
        assert [(point.id, point.weight, point.origin) for point in here.points] == [
            (point.id, point.weight, point.origin) for point in there.points
        ]
    assert [flag.shows_by for flag in english.red_flags] == [
        flag.shows_by for flag in french.red_flags
    ]


# -- the checker agrees ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_the_checker_finds_no_error_and_nothing_to_warn_of(role: str) -> None:
    files = find_guide(role, SHIPPED)
    guide = read_guide(files.guide)

    assert languages_missing(files) == []
    assert [path.name for path in files_to_check(files)] == [f"{role}.yaml", f"{role}.fr.yaml"]
    for path in files.overlays.values():
        assert read_overlay(path, guide).guide == role
    assert [str(warning) for path in files_to_check(files) for warning in check(path)] == []

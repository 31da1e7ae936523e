"""What a guide lacks, and in which order it is asked for."""

from itertools import groupby

import pytest

from copilot.guides.enriching.gaps import GapKind, gaps_of, item_of
from copilot.guides.enriching.places import at
from copilot.guides.enriching.translating import original, overlay_gaps
from copilot.guides.enriching.waiting import Waiting
from copilot.knowledge.guide import LANGUAGES, Guide
from copilot.knowledge.loading import find_guide, load_guide, read_overlay, roles
from copilot.knowledge.overlay import Overlay
from copilot.paths import shipped_knowledge
from tests.guides.enriching.bare import ROLE, SAYS, WEIGHED, write_bare


def _bare() -> Guide:
    write_bare()
    return load_guide(ROLE)


def _gaps(guide: Guide) -> dict[tuple[object, ...], tuple[str, int]]:
    return {gap.place: (gap.kind.value, gap.wanted) for gap in gaps_of(guide)}


def test_everything_a_bare_guide_lacks_is_named() -> None:
    found = _gaps(_bare())

    flag = ("red_flags", "no-figures")
    assert found[SAYS] == ("says", 10)
    assert found[*WEIGHED, "not_says", "denials"] == ("denials", 2)
    assert found[*WEIGHED, "not_says", "near_misses"] == ("near misses", 2)
    assert found[*WEIGHED, "probes"] == ("probes", 1)
    assert found["questions", "waste", "phrasings"] == ("phrasings", 3)
    assert found["competencies", "planning", "anchors"] == ("anchors", 1)
    assert found[*flag, "not_says", "denials"] == ("propositions", 5)
    assert {found[*flag, key][0] for key in ("why", "benign_reading", "probe")} == {
        "why",
        "benign reading",
        "probe",
    }


def test_the_heaviest_point_comes_first_and_the_gaps_of_an_item_stay_together() -> None:
    gaps = gaps_of(_bare())

    assert gaps[0].item == WEIGHED
    items = [gap.item for gap in gaps]
    assert len(list(groupby(items))) == len(set(items))
    assert [gap.need for gap in gaps] == sorted((gap.need for gap in gaps), reverse=True)


def test_competencies_want_sentences_only_where_answers_are_matched_against_them() -> None:
    guide = _bare()
    place = ("competencies", "planning", "says")
    question = guide.questions[0].model_copy(update={"points": ()})

    assert place not in _gaps(guide)
    assert place in _gaps(guide.model_copy(update={"questions": (question,)}))


@pytest.mark.parametrize("role", roles([shipped_knowledge()]))
def test_shipped_guides_lack_nothing_but_sentences_for_some_flags(role: str) -> None:
    gaps = gaps_of(load_guide(role, folders=[shipped_knowledge()]))

    assert {gap.item[0] for gap in gaps} <= {"red_flags"}
    assert {gap.kind for gap in gaps} <= {GapKind.SAYS, GapKind.PROPOSITIONS}


def test_a_missing_overlay_lacks_every_text_and_a_whole_one_none_of_them() -> None:
    role = "operations-manager"
    files = find_guide(role, [shipped_knowledge()])
    guide = load_guide(role, folders=[shipped_knowledge()])
    nothing = overlay_gaps(guide, Overlay(guide=role, language="fr"))
    whole = overlay_gaps(guide, read_overlay(files.overlays["fr"], guide))

    assert {gap.language for gap in nothing} == {"fr"}
    assert ("title",) in {gap.place for gap in nothing}
    assert len({gap.place for gap in nothing}) == len(nothing)
    assert not [gap for gap in whole if gap.kind is GapKind.TRANSLATION]
    for gap in nothing:
        assert original(guide, gap.place) is not None


def test_the_language_of_a_guide_is_no_overlay_of_it() -> None:
    write_bare()

    assert Waiting(ROLE, "en").overlay is None
    assert Waiting(ROLE, "fr").overlay is not None
    assert set(LANGUAGES) == {"en", "fr"}


def test_places_lead_to_what_stands_there() -> None:
    guide = _bare()

    assert at(guide, (*WEIGHED, "label")) == "Waste weighed"
    assert at(guide, ("competencies", "planning", "anchors", 1)) is None
    assert item_of(SAYS) == WEIGHED
    assert item_of(("title",)) == ()
    with pytest.raises(KeyError):
        at(guide, ("questions", "gone", "text"))

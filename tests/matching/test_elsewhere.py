"""Points made under another question: which are read for, how closely, and which count."""

from collections.abc import Callable

import numpy as np
import pytest

from copilot.events import FindingState
from copilot.matching.elsewhere import Elsewhere, own_points
from copilot.matching.embedding import Embedder
from copilot.matching.features import TargetSet
from copilot.matching.matcher import Matcher
from copilot.matching.passages import units
from tests.matching.conftest import DIRECTOR, MANAGER, Guides
from tests.matching.given import GivenReader, given_judge
from tests.matching.parts import RememberingEmbedder, said

PLAN = ("underperformance", "metrics", "process-improvement")
UPTIME = "I watch the uptime and availability of our systems."
AUTOMATE = "I automate manual work wherever it makes sense."
FERRY = "The ferry was late because of fog."


@pytest.fixture
def reader() -> GivenReader:
    return GivenReader()


@pytest.fixture
def elsewhere(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder, reader: GivenReader
) -> Elsewhere:
    """Ready to read for the three questions of ``PLAN``."""
    matcher = Matcher(
        guides(DIRECTOR, "en"),
        remembering,
        guide_embedder=guide_embedder,
        judge=given_judge(),
        reader=reader,
    )
    return _ready(matcher.elsewhere(PLAN))


def _ready(elsewhere: Elsewhere) -> Elsewhere:
    while elsewhere.prepare_another():
        pass
    return elsewhere


def _any(question: str, point: str) -> bool:
    return True


def _made(
    elsewhere: Elsewhere, text: str, under: str | None = None, *, uncertain: bool = False
) -> set[str]:
    utterance = said(text, uncertain=uncertain)
    return {credit.finding.id for credit in elsewhere.read(utterance, under, _any)}


@pytest.mark.parametrize("under", ["underperformance", None])
def test_a_point_of_another_question_is_credited_with_its_quote(
    elsewhere: Elsewhere, under: str | None
) -> None:
    utterance = said(f"{FERRY} {UPTIME} {FERRY}", 7, start_s=40.0)

    [credit] = elsewhere.read(utterance, under, _any)

    assert (credit.question, credit.finding.id) == ("metrics", "uptime")
    assert credit.finding.state is FindingState.EVIDENCED
    assert credit.finding.confidence == pytest.approx(0.98, abs=0.01)
    evidence = credit.finding.evidence
    assert evidence is not None
    assert evidence.utterance_ids == ("u7",)
    assert UPTIME in evidence.quote
    assert evidence.quote in utterance.text
    assert 40.0 <= evidence.start_s < evidence.end_s <= utterance.end_s


def test_the_question_being_answered_is_left_to_its_own_reading(
    elsewhere: Elsewhere, reader: GivenReader
) -> None:
    assert _made(elsewhere, UPTIME, "metrics") == set()
    assert not [pair for pair in reader.pairs if pair.target.startswith("Uptime")]


@pytest.mark.parametrize(("says", "made"), [(0.95, set()), (0.97, {"uptime"})])
def test_a_credit_must_be_sure(
    elsewhere: Elsewhere, reader: GivenReader, says: float, made: set[str]
) -> None:
    reader.says = says

    assert _made(elsewhere, UPTIME) == made


def test_a_denial_is_no_credit(elsewhere: Elsewhere, reader: GivenReader) -> None:
    reader.says, reader.denies = 0.05, 0.94

    assert _made(elsewhere, UPTIME) == set()


def test_doubtful_text_is_never_credited(elsewhere: Elsewhere, reader: GivenReader) -> None:
    assert _made(elsewhere, UPTIME, uncertain=True) == set()
    assert not reader.pairs


@pytest.mark.parametrize("text", [FERRY, "Yes.", "…"])
def test_what_is_like_no_point_is_not_looked_at_closely(
    elsewhere: Elsewhere, reader: GivenReader, text: str
) -> None:
    assert _made(elsewhere, text) == set()
    assert not reader.pairs


def test_what_is_settled_is_not_looked_at_closely(
    elsewhere: Elsewhere, reader: GivenReader
) -> None:
    assert elsewhere.read(said(UPTIME), None, lambda _, point: point != "uptime") == []
    assert not reader.pairs


def test_a_unit_is_looked_at_closely_once_for_all_questions_together(
    elsewhere: Elsewhere, reader: GivenReader
) -> None:
    text = f"{UPTIME} {AUTOMATE} {UPTIME}"

    made = elsewhere.read(said(text), None, _any)

    assert len(units(text)) == 3
    assert len(reader.pairs) == len(made) == 2
    assert {(c.question, c.finding.id) for c in made} == {
        ("metrics", "uptime"), ("process-improvement", "automate"),
    }  # fmt: skip


# -- what is shared -------------------------------------------------------------------------------


def test_points_that_questions_share_are_credited_to_none(guides: Guides) -> None:
    guide = guides(MANAGER, "en")
    plan = [question.id for question in guide.questions]

    assert own_points(guide, plan) == {}
    assert own_points(guide, plan[:1]).keys() == {plan[0]}


def test_points_of_one_question_alone_are_its_own(guides: Guides) -> None:
    guide = guides(DIRECTOR, "en")

    own = own_points(guide, [*PLAN, "no-longer-in-the-guide"])

    assert own == {q: {point.id for point in guide.points_for(q)} for q in PLAN}


def test_without_own_points_there_is_nothing_to_prepare_or_read(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> None:
    guide = guides(MANAGER, "en")
    matcher = Matcher(guide, remembering, guide_embedder=guide_embedder)
    elsewhere = matcher.elsewhere([question.id for question in guide.questions])

    assert not elsewhere.prepare_another()
    assert _made(elsewhere, UPTIME) == set()


# -- what it costs --------------------------------------------------------------------------------


def test_questions_are_made_ready_one_at_a_time(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> None:
    matcher = Matcher(guides(DIRECTOR, "en"), remembering, guide_embedder=guide_embedder)
    elsewhere = matcher.elsewhere(PLAN)

    assert [elsewhere.prepare_another() for _ in range(4)] == [True, True, True, False]


def test_a_longer_plan_costs_no_more_quick_looks(
    guides: Guides,
    remembering: RememberingEmbedder,
    guide_embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guide = guides(DIRECTOR, "en")
    matcher = Matcher(guide, remembering, guide_embedder=guide_embedder, reader=GivenReader())
    elsewhere = _ready(matcher.elsewhere([question.id for question in guide.questions]))
    looks = _counted(monkeypatch)

    elsewhere.read(said(UPTIME), "underperformance", _any)

    assert len(guide.questions) > 10
    assert len(looks) == 3


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A list that grows with every quick look."""
    looks: list[int] = []
    measure: Callable[..., np.ndarray] = TargetSet.measure

    def counting(targets: TargetSet, vectors: np.ndarray, texts: list[str]) -> np.ndarray:
        looks.append(len(texts))
        return measure(targets, vectors, texts)

    monkeypatch.setattr(TargetSet, "measure", counting)
    return looks


# -- the models that ship -------------------------------------------------------------------------


def test_plain_words_are_credited_by_the_models_that_ship(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> None:
    matcher = Matcher(guides(DIRECTOR, "en"), remembering, guide_embedder=guide_embedder)
    elsewhere = _ready(matcher.elsewhere(PLAN))
    utterance = said("I measure the uptime and the availability of all our systems every month.")

    [credit] = elsewhere.read(utterance, "underperformance", _any)

    assert (credit.question, credit.finding.id) == ("metrics", "uptime")
    assert credit.finding.evidence is not None
    assert credit.finding.evidence.quote == utterance.text

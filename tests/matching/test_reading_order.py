"""What is read, in which order, and what need not be: findings come as soon as they are known."""

from collections.abc import Iterator

import pytest

from copilot.events import FindingKind, FindingState, Utterance
from copilot.matching.embedding import Embedder
from copilot.matching.matcher import Finding, Matcher
from tests.matching.conftest import DIRECTOR, Guides
from tests.matching.given import GivenReader, given_judge
from tests.matching.parts import RememberingEmbedder, answer_of

QUESTION = "new-technology"
ROLLBACK = "We kept the old servers warm for a month so that we could go back to them."
AGAIN = "As I said, we could go back to the old servers on any day of that month."
FIGURES = "Repairs came to ninety thousand a year, so the new ones paid for themselves in three."


@pytest.fixture
def reader() -> GivenReader:
    return GivenReader()


@pytest.fixture
def matcher(
    guides: Guides,
    remembering: RememberingEmbedder,
    guide_embedder: Embedder,
    reader: GivenReader,
) -> Matcher:
    return Matcher(
        guides(DIRECTOR, "en"),
        remembering,
        guide_embedder=guide_embedder,
        judge=given_judge(),
        reader=reader,
    )


def test_one_by_one_the_same_is_found_as_all_at_once(
    matcher: Matcher, guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> None:
    answer = answer_of(f"{ROLLBACK} {FIGURES}", AGAIN)
    other = Matcher(guides(DIRECTOR, "en"), remembering, guide_embedder=guide_embedder)

    for one in (matcher, other):
        for over in (False, True):
            each = list(one.each(QUESTION, answer, over=over))
            assert len(each) == len(set(map(_key, each)))
            assert set(each) == set(one.findings(QUESTION, answer, over=over))


def test_a_finding_does_not_wait_for_what_promises_less(
    matcher: Matcher, reader: GivenReader, guides: Guides
) -> None:
    points = guides(DIRECTOR, "en").points_for(QUESTION)
    answer = answer_of(" ".join(point.says[0] for point in points))
    read_before = [
        len(reader.pairs)
        for finding in matcher.each(QUESTION, answer)
        if finding.state is FindingState.EVIDENCED
    ]

    assert len(set(read_before)) >= len(points) / 2
    assert read_before[0] < len(reader.pairs) / 2


def test_what_nobody_said_anything_about_is_known_before_anything_is_read(
    matcher: Matcher, reader: GivenReader
) -> None:
    first = next(matcher.each(QUESTION, answer_of(ROLLBACK)))

    assert first.state is FindingState.NOT_HEARD
    assert reader.pairs == []


def test_who_stops_listening_in_between_misses_nothing(
    matcher: Matcher, reader: GivenReader
) -> None:
    answer = answer_of(f"{ROLLBACK} {FIGURES}")
    next(matcher.each(QUESTION, answer))

    assert "rollback" in _evidenced(matcher.findings(QUESTION, answer))


def _pairs_about(reader: GivenReader, matcher: Matcher, answer: list[Utterance]) -> list[str]:
    """The targets that the newest utterance of ``answer`` was read with."""
    before = len(reader.pairs)
    matcher.findings(QUESTION, answer)
    return [pair.target for pair in reader.pairs[before:]]


def test_what_stands_is_not_read_again_for_what_says_it_once_more(
    matcher: Matcher, reader: GivenReader, guides: Guides
) -> None:
    answer = answer_of(ROLLBACK, AGAIN)
    label = _label(guides)
    assert any(t.startswith(label) for t in _pairs_about(reader, matcher, answer[:1]))

    assert not any(t.startswith(label) for t in _pairs_about(reader, matcher, answer))
    assert "rollback" in _evidenced(matcher.findings(QUESTION, answer))


def test_what_does_not_stand_yet_is_read_again(
    matcher: Matcher, reader: GivenReader, guides: Guides
) -> None:
    answer = answer_of(ROLLBACK, AGAIN)
    reader.says = 0.02
    matcher.findings(QUESTION, answer[:1])
    reader.says = 0.98

    assert any(t.startswith(_label(guides)) for t in _pairs_about(reader, matcher, answer))
    assert "rollback" in _evidenced(matcher.findings(QUESTION, answer))


def test_what_stands_is_read_for_what_may_deny_it(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> None:
    reader = GivenReader()
    matcher = Matcher(
        guides(DIRECTOR, "en"), remembering, guide_embedder=guide_embedder, reader=reader
    )
    denial = "But to be honest we never had any way back to the old servers, there was no rollback."
    answer = answer_of(ROLLBACK, denial)
    assert "rollback" in _evidenced(matcher.findings(QUESTION, answer[:1]))

    assert any(t.startswith(_label(guides)) for t in _pairs_about(reader, matcher, answer))


def _label(guides: Guides) -> str:
    points = guides(DIRECTOR, "en").points_for(QUESTION)
    return next(point.label for point in points if point.id == "rollback")


def _key(finding: Finding) -> tuple[FindingKind, str]:
    return finding.kind, finding.id


def _evidenced(findings: tuple[Finding, ...] | Iterator[Finding]) -> set[str]:
    return {finding.id for finding in findings if finding.state is FindingState.EVIDENCED}

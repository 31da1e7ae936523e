"""An answer read as it grows: as good as read at once, each utterance paid for once."""

import json
from dataclasses import replace

import pytest

from copilot.events import (
    QUOTED_STATES,
    ConsentDecision,
    ConsentRecorded,
    FindingKind,
    FindingState,
    Utterance,
    UtteranceHeard,
)
from copilot.interview import Interview
from copilot.matching.embedding import E5Embedder, Embedder
from copilot.matching.matcher import Finding, Matcher
from copilot.matching.passages import units
from copilot.matching.plain import without_fillers
from tests.builders import ROOT, session_started
from tests.matching.conftest import Guides
from tests.matching.parts import NotingEmbedder, RememberingEmbedder, answer_of, said

ANSWERS = {
    answer["id"]: answer
    for answer in map(
        json.loads,
        (ROOT / "copilot" / "lab" / "suites" / "data" / "answers.jsonl")
        .read_text("utf-8")
        .splitlines(),
    )
}
SOME = ("d007", "d015", "d034", "d023")
IN_TWO = (
    (
        "First I wanted to know if it was worth it. Repairs alone came to ninety thousand a year, "
        "so the new ones would pay for"
    ),
    "themselves in three years, and I put that on two pages.",
)


def _in_utterances(text: str) -> list[Utterance]:
    """Two sentences an utterance, so that passages run over their borders."""
    sentences = [text[start:end] for start, end in units(text)]
    return answer_of(
        *(" ".join(sentences[index : index + 2]) for index in range(0, len(sentences), 2))
    )


@pytest.fixture
def noting(remembering: RememberingEmbedder) -> NotingEmbedder:
    return NotingEmbedder(remembering)


@pytest.fixture
def new_matcher(guides: Guides, noting: NotingEmbedder, guide_embedder: Embedder):
    """A matcher for a training answer that has read nothing yet."""

    def matcher(answer: dict[str, str]) -> Matcher:
        guide = guides(answer["role"], answer["language"])
        return Matcher(guide, noting, guide_embedder=guide_embedder)

    return matcher


def _asserted(findings: tuple[Finding, ...]) -> set[tuple[str, str, FindingState]]:
    return {(f.kind, f.id, f.state) for f in findings if f.state in QUOTED_STATES}


def _listening(answer: list[Utterance]) -> Interview:
    """An interview in which ``answer`` was heard."""
    interview = Interview()
    interview.apply(session_started())
    interview.apply(
        ConsentRecorded(
            seq=2, at_s=0.0, decision=ConsentDecision.GIVEN, by="Ada", wording="May we?"
        )
    )
    for utterance in answer:
        interview.apply(
            UtteranceHeard(seq=interview.seq + 1, at_s=utterance.end_s, utterance=utterance)
        )
    return interview


@pytest.mark.parametrize("answer_id", SOME)
def test_a_growing_answer_ends_as_one_read_at_once(new_matcher, answer_id: str) -> None:
    answer = ANSWERS[answer_id]
    utterances = _in_utterances(answer["answer"])
    at_once = new_matcher(answer).findings(answer["question"], utterances)

    matcher = new_matcher(answer)
    steps = [
        matcher.findings(answer["question"], utterances[:count])
        for count in range(1, len(utterances) + 1)
    ]

    assert _asserted(at_once)
    # What once stood with a quote keeps standing, so that a growing answer may show more.
    assert _asserted(steps[-1]) >= _asserted(at_once)
    for kind, item_id, state in _asserted(steps[-1]) - _asserted(at_once):
        assert state in (FindingState.EVIDENCED, FindingState.RAISED)
        assert any((kind, item_id, state) in _asserted(step) for step in steps[:-1])


@pytest.mark.parametrize("answer_id", SOME)
def test_every_quote_stands_in_the_transcript_at_its_time(new_matcher, answer_id: str) -> None:
    answer = ANSWERS[answer_id]
    utterances = _in_utterances(answer["answer"])
    interview = _listening(utterances)
    heard = {utterance.id: utterance for utterance in utterances}

    for finding in new_matcher(answer).findings(answer["question"], utterances):
        assert 0 <= finding.confidence <= 1
        evidence = finding.evidence
        if evidence is None:
            assert finding.state not in QUOTED_STATES
            continue
        assert interview.quote_problem(evidence) == ""
        words = [word for uid in evidence.utterance_ids for word in heard[uid].words]
        spoken = [w for w in words if evidence.start_s <= w.start_s and w.end_s <= evidence.end_s]
        assert " ".join(word.text for word in spoken).startswith(evidence.quote.split()[0])
        assert " ".join(word.text for word in spoken) == evidence.quote


def test_what_was_evidenced_keeps_standing_while_the_answer_goes_on(new_matcher) -> None:
    answer = ANSWERS["d007"]
    matcher = new_matcher(answer)
    utterances = _in_utterances(answer["answer"])
    standing: set[tuple[str, str]] = set()

    for count in range(1, len(utterances) + 1):
        findings = matcher.findings(answer["question"], utterances[:count])
        now = {(f.kind, f.id) for f in findings if f.state is FindingState.EVIDENCED}
        denied = {(f.kind, f.id) for f in findings if f.state is FindingState.DENIED}
        assert standing - denied <= now
        standing = now

    assert standing


def test_the_same_words_count_for_more_where_they_were_said_than_where_they_were_typed(
    new_matcher,
) -> None:
    answer = ANSWERS["d007"]
    matcher = new_matcher(answer)
    [spoken] = answer_of(answer["answer"])
    typed = replace(spoken, id="t", start_s=0.0, end_s=0.0, words=())

    def says(utterance: Utterance) -> list[float]:
        judged = matcher.judged(answer["question"], [utterance])
        return [one.says for one in judged if one.finding.kind is FindingKind.POINT]

    assert (spoken.spoken, typed.spoken) == (True, False)
    assert all(more > less for more, less in zip(says(spoken), says(typed), strict=True))


# -- what it costs --------------------------------------------------------------------------------


def test_each_utterance_is_embedded_once_for_all_points_and_flags(
    new_matcher, noting: NotingEmbedder
) -> None:
    answer = ANSWERS["d007"]
    matcher = new_matcher(answer)
    utterances = _in_utterances(answer["answer"])

    for count in range(1, len(utterances) + 1):
        matcher.findings(answer["question"], utterances[:count])
        matcher.findings(answer["question"], utterances[:count])

    expected = [
        without_fillers(utterance.text[start:end])
        for utterance in utterances
        for start, end in units(utterance.text)
    ]
    assert noting.texts == expected


def test_an_answer_that_moves_to_another_question_is_not_embedded_again(
    new_matcher, noting: NotingEmbedder
) -> None:
    answer = ANSWERS["d007"]
    matcher = new_matcher(answer)
    utterances = _in_utterances(answer["answer"])
    matcher.findings("new-technology", utterances)
    before = len(noting.texts)

    moved = matcher.findings("process-improvement", utterances[3:])
    left = matcher.findings("new-technology", utterances[:3])

    assert len(noting.texts) == before
    assert moved == new_matcher(answer).findings("process-improvement", utterances[3:])
    assert left == new_matcher(answer).findings("new-technology", utterances[:3])


def test_another_answer_is_read_by_itself(new_matcher) -> None:
    answer = ANSWERS["d015"]
    utterances = _in_utterances(answer["answer"])
    matcher = new_matcher(answer)
    matcher.findings("underperformance", utterances)
    other = [said("The ferry was late because of fog.", 99)]

    findings = matcher.findings("underperformance", other)

    assert findings == new_matcher(answer).findings("underperformance", other)


# -- where the text goes --------------------------------------------------------------------------


def test_what_is_said_never_goes_through_the_cache_of_guide_texts(
    guides: Guides, embedder: E5Embedder, guide_embedder: Embedder
) -> None:
    answer = ANSWERS["d015"]
    utterances = _in_utterances(answer["answer"])
    for_speech, for_guide = NotingEmbedder(embedder), NotingEmbedder(guide_embedder)
    matcher = Matcher(guides(answer["role"], "en"), for_speech, guide_embedder=for_guide)

    matcher.prepare("underperformance")
    assert for_guide.texts
    assert not for_speech.texts
    matcher.findings("underperformance", utterances)
    matcher.findings("metrics", utterances[:2])

    spoken = " ".join(utterance.text for utterance in utterances)
    assert for_speech.texts
    assert not [text for text in for_guide.texts if text in spoken]
    assert not set(for_speech.texts) & set(for_guide.texts)


# -- quotes across utterances ---------------------------------------------------------------------


def test_a_statement_in_two_utterances_is_quoted_across_both(new_matcher) -> None:
    utterances = answer_of(*IN_TWO)

    findings = new_matcher(ANSWERS["d007"]).findings("new-technology", utterances)

    (finding,) = [f for f in findings if f.id == "business-case"]
    assert finding.kind is FindingKind.POINT
    assert finding.state in {FindingState.EVIDENCED, FindingState.UNCLEAR}
    evidence = finding.evidence
    assert evidence is not None
    assert evidence.utterance_ids == ("u1", "u2")
    assert "would pay for themselves in three years" in evidence.quote
    assert _listening(utterances).quote_problem(evidence) == ""
    assert utterances[0].start_s <= evidence.start_s < utterances[0].end_s
    assert utterances[1].start_s < evidence.end_s <= utterances[1].end_s


def test_no_quote_runs_across_a_silence_in_which_a_question_may_have_been_asked(
    new_matcher,
) -> None:
    first = said(IN_TWO[0], 1)
    text = IN_TWO[1]
    soon = said(text, 2, start_s=first.end_s + 2.0)
    late = said(text, 3, start_s=first.end_s + 2.5)

    def quoted(*answer: Utterance) -> set[tuple[str, ...]]:
        findings = new_matcher(ANSWERS["d007"]).findings("new-technology", answer)
        return {f.evidence.utterance_ids for f in findings if f.evidence is not None}

    assert ("u1", "u2") in quoted(first, soon)
    assert ("u1", "u3") not in quoted(first, late)

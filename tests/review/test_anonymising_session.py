"""An anonymised session is a whole one: it replays, is reviewed and reported, and names nobody."""

import dataclasses
from pathlib import Path

import pytest

from copilot.errors import SessionError, UsageError
from copilot.events import (
    Channel,
    ChannelAttached,
    Event,
    FindingState,
    NoteTaken,
    QuestionRated,
    ReviewOpened,
    SessionStarted,
    TextCorrected,
)
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.knowledge.sentence import origin_of
from copilot.review.anonymising import anonymise, write_anonymised
from copilot.review.reading import read_reviewed
from copilot.review.summarising import summarise
from copilot.store import Journal, SessionFolder, head_after
from copilot.store.guides import KEPT_GUIDE, keep_guide, kept_guide
from tests.builders import GUIDE, guide_data
from tests.review.stored import keep
from tests.review.story import an_interview
from tests.story import Story

_NAMES = ("Tamsin", "Oduya", "Zebulon", "Quillfeather", "ada.l", "example.org", "laptop of")


def _a_talk() -> list[Event]:
    story = Story()
    started = story.events[0]
    assert isinstance(started, SessionStarted)
    story.events[0] = dataclasses.replace(
        started, source="recording tamsin.wav", llm_goes_to=("llm.quillfeather.example",)
    )
    story.apply(
        ChannelAttached(
            seq=story.seq, at_s=0, channel=Channel.CANDIDATE, device="laptop of Zebulon"
        )
    )
    story.say("Hi, I'm Tamsin Oduya.", start_s=1, channel=Channel.INTERVIEWER)
    story.ask("rollout", since_s=0)
    back = story.say("Zebulon kept a way back to the old oven.", start_s=5, length_s=6)
    story.find("rollback", FindingState.EVIDENCED, said=back, quote="Zebulon kept a way back")
    story.say("Thanks, Zebulon. I left Quillfeather and wrote to ada.l@example.org.", start_s=12)
    story.end(at_s=100)
    return story.events


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SessionFolder:
    monkeypatch.setenv("INTERVIEW_COPILOT_DATA", str(tmp_path / "data"))
    folder = keep(_a_talk())
    events = len(folder.read_journal().events)
    with Journal(folder.review_path) as review:
        review.append(
            ReviewOpened(
                seq=1, at_s=200, session_id=folder.id, by="Tamsin Oduya",
                opened_at="2026-03-03T09:15:27+00:00", app_version="0.1.0", journal_events=events,
                journal_head=head_after(folder.journal_path, events),
            )
        )  # fmt: skip
        review.append(NoteTaken(seq=2, at_s=200, id="n1", text="ask Zebulon again", moment_s=5))
        review.append(
            TextCorrected(seq=3, at_s=201, utterance_id="u3", text="Thanks, Zebulon Quillfeather.")
        )
        review.append(
            QuestionRated(seq=4, at_s=202, question="rollout", rating=3, reason="as Tamsin said")
        )
    return folder


def test_the_copy_is_whole_and_names_nobody(session: SessionFolder, tmp_path: Path) -> None:
    made = write_anonymised(anonymise(session), tmp_path / "copy")

    state = read_reviewed(made)
    summary = summarise(state)
    assert summary.questions[0].rating == 3
    [point] = [point for point in summary.questions[0].points if point.evidence]
    assert point.evidence[0].quote.endswith("kept a way back")
    held = b"".join(path.read_bytes() for path in (tmp_path / "copy").rglob("*") if path.is_file())
    for name in _NAMES:
        assert name.encode() not in held, name
    assert [path.name for path in sorted(made.path.iterdir())] == [
        "journal.jsonl", "review.jsonl", "session.json",
    ]  # fmt: skip


def test_it_says_the_same_but_for_the_names(session: SessionFolder, tmp_path: Path) -> None:
    before, made = read_reviewed(session), write_anonymised(anonymise(session), tmp_path / "copy")
    after = read_reviewed(made)

    # The first person is who recorded the consent.
    assert [said.text for said in after.interview.utterances.values()] == [
        "Hi, I'm [person-2].",
        "[person-3] kept a way back to the old oven.",
        "Thanks, [person-3]. I left [name-1] and wrote to [e-mail-1].",
    ]
    assert after.interview.notes[0].text == "ask [person-3] again"
    assert after.sittings[0].by == "[person-2]"
    assert after.text_of("u3").startswith("Thanks, [person-3]")
    assert after.interview.ratings["rollout"][0].reason == "as [person-2] said"
    assert after.interview.findings.keys() == before.interview.findings.keys()
    [finding] = after.interview.findings.values()
    assert finding.evidence[0].quote == "[person-3] kept a way back"


def test_when_it_was_is_blurred_to_the_month(session: SessionFolder, tmp_path: Path) -> None:
    made = write_anonymised(anonymise(session), tmp_path / "copy")

    record = made.record()
    assert record.started_at == "2026-03-01T00:00:00+00:00"
    assert made.id.startswith("20260301-000000-")
    assert session.id not in (made.path / "journal.jsonl").read_text()
    assert record.ended is not None
    assert record.ended.duration_s == 100


def test_what_was_replaced_is_listed_for_somebody_to_look_through(session: SessionFolder) -> None:
    made = anonymise(session, ["old oven"])

    listed = {each.originals: each.count for each in made.replacements}
    assert listed["Zebulon", "Zebulon Quillfeather"] == 4
    assert listed["old oven",] == 1
    assert listed["ada.l@example.org",] == 1


def test_an_interview_without_names_keeps_every_word(tmp_path: Path, session) -> None:
    events = an_interview().events
    other = keep(events, "20260304-090000-ef01")

    made = anonymise(other)

    heard, copied = replay(events).utterances, replay(made.events).utterances
    assert heard == copied


def test_an_interrupted_one_can_be_copied(tmp_path: Path, session: SessionFolder) -> None:
    other = keep(_a_talk()[:-1], "20260304-090000-ef01")

    made = write_anonymised(anonymise(other), tmp_path / "copy")

    assert made.record().ended is None
    assert len(made.read_journal().events) == len(_a_talk()) - 1


def test_nothing_is_overwritten_and_a_broken_journal_is_refused(
    session: SessionFolder, tmp_path: Path
) -> None:
    made = anonymise(session)
    with pytest.raises(UsageError, match="already"):
        write_anonymised(made, tmp_path)

    session.journal_path.write_bytes(session.journal_path.read_bytes()[:-300])
    with pytest.raises(SessionError, match=r"journal\.jsonl"):
        anonymise(session)


def test_the_guide_goes_with_the_copy_and_names_nobody(
    session: SessionFolder, tmp_path: Path
) -> None:
    data = guide_data()
    data["questions"][0]["points"][1]["says"] = ["As Zebulon does, we keep the old oven."]
    data["questions"][0]["points"][1]["probes"] = [
        {"text": "Who else at Quillfeather kept it?", "origin": "project"}
    ]
    keep_guide(session, Guide.model_validate(data))

    made = write_anonymised(anonymise(session), tmp_path / "copy")

    kept = kept_guide(made)
    assert kept is not None
    [point] = [p for p in kept.guide.questions[0].points if p.id == "rollback"]
    assert "keep the old oven" in point.says[0]
    assert origin_of(point.probes[0]) == "project"
    written = (made.path / KEPT_GUIDE).read_text("utf-8")
    assert not [name for name in _NAMES if name in written]
    started = read_reviewed(made).interview.started
    assert started is not None
    assert started.guide.sha256 == kept.sha256


def test_a_guide_that_names_nobody_goes_with_the_copy_as_it_is(
    session: SessionFolder, tmp_path: Path
) -> None:
    keep_guide(session, GUIDE)

    made = write_anonymised(anonymise(session), tmp_path / "copy")

    assert (made.path / KEPT_GUIDE).read_bytes() == (session.path / KEPT_GUIDE).read_bytes()


@pytest.mark.parametrize("label", ["Zebulon's own long-kept recipe", None])
def test_a_guide_that_cannot_go_with_the_copy_stays_behind(
    session: SessionFolder, tmp_path: Path, label: str | None
) -> None:
    data = guide_data()
    data["questions"][0]["label"] = label or "New oven"
    keep_guide(session, Guide.model_validate(data))
    if label is None:
        (session.path / KEPT_GUIDE).write_bytes(b"{}")

    made = write_anonymised(anonymise(session), tmp_path / "copy")

    assert kept_guide(made) is None
    assert read_reviewed(made).interview.started is not None

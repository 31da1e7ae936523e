"""What both sides said, as plain text."""

from collections.abc import Iterator

from copilot.review.for_candidate.held import Held
from copilot.review.for_candidate.words import CANDIDATE_WORDS
from copilot.review.words import WORDS
from copilot.timecode import timecode


def transcript_of(held: Held) -> str:
    """One utterance a paragraph, with its time and speaker, and what was not heard between them."""
    words = CANDIDATE_WORDS[held.language]
    heading = f"{words.session.transcript}: {held.role}, {held.started_at} ({held.session_id})"
    told = sorted([*_said(held), *_gaps(held)], key=lambda each: each[0])
    return "\n\n".join([heading, *(line for _at, line in told)]) + "\n"


def _said(held: Held) -> Iterator[tuple[float, str]]:
    words, sides = CANDIDATE_WORDS[held.language], WORDS[held.language].hearing.sides
    for said in held.utterances:
        remarks = [words.session.doubtful] if said.uncertain else []
        if said.heard is not None:
            remarks.append(words.session.corrected_from.format(heard=said.heard))
        if said.heard_as is not None:
            remarks.append(words.session.speaker_corrected.format(side=sides[said.heard_as]))
        remark = f" ({'; '.join(remarks)})" if remarks else ""
        who = sides[said.speaker]
        yield said.start_s, f"[{timecode(said.start_s)}] {who}: {said.text}{remark}"


def _gaps(held: Held) -> Iterator[tuple[float, str]]:
    words = WORDS[held.language]
    for gap in held.gaps:
        times = f"{timecode(gap.start_s)}-{timecode(gap.end_s)}"
        what = (
            f"{words.gaps}: {words.hearing.sides[gap.channel]} ({words.hearing.causes[gap.cause]})"
        )
        yield gap.start_s, f"[{times}] {what}"

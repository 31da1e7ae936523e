"""Transcribing a recording without a session: the same stages, nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from copilot.audio import Block
from copilot.events import Channel
from copilot.speech.hearing import Heard, Hearing
from copilot.speech.streaming import Streaming, StreamingPolicy, transcribed
from copilot.speech.transcriber import HeardWord, Transcriber


@dataclass(frozen=True, slots=True)
class OfflineUtterance:
    """One stretch of speech in a recording.

    Attributes:
        channel: Whose it is; None where the recording has one channel.
        start_s: Time of its first word in the recording, in seconds.
        end_s: Time at which its last word ends.
        text: What was said.
        confidence: Mean word probability, 0 to 1.
        uncertain: Whether the text is doubtful.
        words: The words with times in the recording.
    """

    channel: Channel | None
    start_s: float
    end_s: float
    text: str
    confidence: float
    uncertain: bool
    words: tuple[HeardWord, ...]


def transcribe_blocks(
    blocks: Iterable[Block],
    channels: Sequence[Channel],
    transcriber: Transcriber,
    language: str,
) -> Iterator[OfflineUtterance]:
    """Everything that is said in ``blocks``, in the order in which speech ended.

    Args:
        blocks: The sound, without gaps.
        channels: The channels the blocks carry; with one, utterances name no speaker.
        transcriber: What turns speech into words.
        language: ISO 639-1 code.
    """
    hearing = Hearing(channels)
    streaming = Streaming(StreamingPolicy(drafts=False))

    def said(news: Heard) -> Iterator[OfflineUtterance]:
        streaming.hear(news)
        for stretch, heard in transcribed(streaming, transcriber, language):
            if not heard.words:
                continue
            at_s = stretch.start_s
            words = tuple(
                HeardWord(
                    word.text,
                    round(at_s + word.start_s, 3),
                    round(at_s + word.end_s, 3),
                    round(word.probability, 3),
                )
                for word in heard.words
            )
            yield OfflineUtterance(
                channel=stretch.channel if len(channels) > 1 else None,
                start_s=words[0].start_s,
                end_s=words[-1].end_s,
                text=heard.text,
                confidence=round(heard.confidence, 3),
                uncertain=heard.uncertain,
                words=words,
            )

    for block in blocks:
        yield from said(hearing.hear(block))
    yield from said(Heard(0.0, hearing.flush(), frozenset(), {}))

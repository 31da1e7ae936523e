"""What of a transcription server's words can be believed, by the rules for models that run here."""

import math
from collections.abc import Sequence
from dataclasses import replace

from copilot.errors import UnbelievableError
from copilot.speech import judging
from copilot.speech.answers import UNKNOWN_PROBABILITY, Segment, joined
from copilot.speech.decoding import Decoded
from copilot.speech.transcriber import HeardWord, Transcription

#: No speaker needs more words a second, and a few for short sounds; a server that loops does.
_WORDS_PER_S = 8
_WORDS_MORE = 12


def believed(
    segments: Sequence[Segment], duration_s: float, said: Sequence[HeardWord] = ()
) -> Transcription:
    """The words that can be believed, after those that are settled.

    Where the server does not say how sure it was, they are not ``firm``.

    Args:
        segments: What the server answered.
        duration_s: Length of the sound.
        said: Words the sound begins with that are settled.

    Raises:
        UnbelievableError: The server repeated itself.
    """
    spoken = [segment for segment in segments if not _is_silence(segment, duration_s)]
    decoded = _as_decoded(spoken, duration_s)
    if decoded.full or judging.repeats(decoded):
        raise UnbelievableError("the server repeated itself.")
    heard = judging.judged(decoded)
    if not heard.words:
        return replace(heard, words=tuple(said), uncertain=bool(said))
    known = all(s.logprob is not None and s.no_speech is not None for s in spoken)
    return replace(heard, words=joined(said, heard.words), firm=heard.firm and known)


def _is_silence(segment: Segment, duration_s: float) -> bool:
    decoded = _as_decoded([segment], duration_s)
    return not judging.went_astray(decoded) and not judging.judged(decoded).words


def _as_decoded(segments: Sequence[Segment], duration_s: float) -> Decoded:
    """The segments as a model here would have given them; longer ones weigh more."""
    words = tuple(word for segment in segments for word in segment.words)
    weights = [sum(len(word.text) for word in segment.words) for segment in segments]
    unknown = math.log(UNKNOWN_PROBABILITY)
    logprobs = [unknown if s.logprob is None else s.logprob for s in segments]
    total = sum(weights)
    pairs = zip(weights, logprobs, strict=True)
    return Decoded(
        words,
        sum(weight * logprob for weight, logprob in pairs) / total if total else unknown,
        max((s.no_speech or 0.0 for s in segments), default=0.0),
        full=len(words) > duration_s * _WORDS_PER_S + _WORDS_MORE,
    )

"""What of a recogniser's words can be believed: by their structure, never by a list of phrases."""

import zlib
from collections.abc import Sequence

from copilot.speech.decoding import Decoded
from copilot.speech.transcriber import HeardWord, Transcription

#: Nobody says more words a second than this for a whole utterance; a decoder that invents does.
_MOST_WORDS_PER_S = 8.0
#: Text that shrinks by more than this when compressed says the same thing over and over.
_MOST_COMPRESSION = 2.4
#: The decoder looks at no sound at all for words it only repeats: so short, so many in a row.
_SHORTEST_WORD_S = 0.02
_WORDS_WITHOUT_TIME = 4
#: Nobody takes so long over a word; pauses inside a stretch are shorter still.
_LONGEST_WORD_S = 2.0
_DOUBTFUL_LOGPROB = -1.0
_DOUBTFUL_CONFIDENCE = 0.45
#: Below this, words that come too fast are not doubtful but made up.
_INVENTED_CONFIDENCE = 0.3
_NO_SPEECH = 0.6
#: What coughs were never taken for, and words said on their own always (``benchmarks/noises.py``).
_FIRM_LOGPROB = -0.85
_FIRM_NO_SPEECH = 0.45


def went_astray(decoded: Decoded) -> bool:
    """Whether the decoder got stuck or guessed, so that it should be asked again otherwise."""
    if _is_silence(decoded):
        return False
    return (
        decoded.full
        or repeats(decoded)
        or _too_fast(decoded.words)
        or _without_time(decoded.words) >= 0
        or _skips(decoded.words)
        or decoded.logprob < _DOUBTFUL_LOGPROB
    )


def _skips(words: Sequence[HeardWord]) -> bool:
    """Whether speech was left out: the word beside it is then stretched over it."""
    return any(word.end_s - word.start_s > _LONGEST_WORD_S for word in words)


def _without_time(words: Sequence[HeardWord]) -> int:
    """Where a run of words begins that took no time, so that nobody said them; -1 for nowhere."""
    run = 0
    for number, word in enumerate(words):
        run = run + 1 if word.end_s - word.start_s < _SHORTEST_WORD_S else 0
        if run == _WORDS_WITHOUT_TIME:
            return number + 1 - run
    return -1


def repeats(decoded: Decoded) -> bool:
    """Whether the words go round in circles."""
    raw = decoded.text.encode()
    compression = len(raw) / len(zlib.compress(raw)) if raw else 0.0
    return compression > _MOST_COMPRESSION or is_loop(_plain(decoded.words))


def better(one: Decoded, other: Decoded) -> bool:
    """Whether ``one`` of two that went astray is the less bad."""
    return _badness(one) < _badness(other)


def _badness(decoded: Decoded) -> tuple[bool, bool, bool, float]:
    return repeats(decoded), decoded.full, _skips(decoded.words), -decoded.logprob


def judged(decoded: Decoded) -> Transcription:
    """Keep what can be trusted, mark what is doubtful, drop what was invented."""
    words = decoded.words
    if not words or _is_silence(decoded):
        return Transcription((), reason="no words recognised")
    if is_loop(_plain(words)) or decoded.full:
        return Transcription((), reason="the recogniser repeated itself")
    heard = Transcription(words)
    if _too_fast(words) and heard.confidence < _INVENTED_CONFIDENCE:
        return Transcription((), reason="more words than the time allows")
    doubt = _doubt(decoded, heard.confidence)
    if doubt:
        made_up = _without_time(words)
        kept = words if made_up < 0 else words[:made_up]
        return Transcription(kept, uncertain=True, reason=doubt, firm=False)
    firm = not decoded.drawn and decoded.logprob > _FIRM_LOGPROB
    return Transcription(words, firm=firm and decoded.no_speech < _FIRM_NO_SPEECH)


def _doubt(decoded: Decoded, confidence: float) -> str:
    """Why the words are doubtful; empty where they are not."""
    words = decoded.words
    if _too_fast(words) or _without_time(words) >= 0:
        return "more words than the time allows"
    if repeats(decoded):  # somebody may really have said it twice
        return "it says the same again"
    if decoded.logprob < _DOUBTFUL_LOGPROB or confidence < _DOUBTFUL_CONFIDENCE:
        return "hard to understand"
    return ""


def _is_silence(decoded: Decoded) -> bool:
    return decoded.no_speech > _NO_SPEECH and decoded.logprob < _DOUBTFUL_LOGPROB


def _too_fast(words: Sequence[HeardWord]) -> bool:
    if len(words) <= 4:
        return False
    voiced_s = max(words[-1].end_s - words[0].start_s, 0.1)
    return len(words) / voiced_s > _MOST_WORDS_PER_S


def _plain(words: Sequence[HeardWord]) -> list[str]:
    return [word.text.casefold().strip(".,;:!?…\"'") for word in words]


def is_loop(words: Sequence[str]) -> bool:
    """Whether some run of one to eight words is repeated like no speaker would.

    A run of two or more words has to stand four times in a row, a single word seven times.
    """
    for length in range(1, 9):
        equal = 0
        for before, after in zip(words, words[length:], strict=False):
            equal = equal + 1 if before == after else 0
            if equal >= max(3 * length, 6):
                return True
    return False

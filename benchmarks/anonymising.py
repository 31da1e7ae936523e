"""How much of what points at somebody is replaced by ``sessions anonymise``, and how much too much.

    python -m benchmarks.anonymising

Replaced: marked stretches of ``benchmarks/data/names.yaml`` that keep none of their words.
Too much: how many other words were replaced, there and in the demo interview's script, which says
three names. The sentences were written by the same people as the rules, though not for them, and
written sentences have more capitals than a transcript: expect less of real interviews.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.measuring import this_machine
from benchmarks.reporting import Report, Table, arguments, number, show
from copilot.paths import demo_folder
from copilot.review.anonymising.names import NameFinder
from copilot.review.anonymising.replacing import Replacer

_FILE = Path(__file__).parent / "data" / "names.yaml"
_MARKED = re.compile(r"<([^>]+)>")
_WORD = re.compile(r"[^\s.,;:!?\"]+")


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in some texts.

    Attributes:
        texts: Where they are from.
        marked: Stretches that should be replaced.
        missed: Those of them of which a word stayed, as they were written.
        words: Words that should stay.
        lost: Those of them that were replaced.
    """

    texts: str
    marked: int
    missed: tuple[str, ...]
    words: int
    lost: tuple[str, ...]

    def cells(self) -> Sequence[str]:
        """As ``_COLUMNS``."""
        found = self.marked - len(self.missed)
        share = number(100 * found / self.marked if self.marked else None, 0)
        return self.texts, f"{found} of {self.marked}", share, f"{len(self.lost)} of {self.words}"


_COLUMNS = ("texts", "replaced", "%", "too much")


def counted(texts: str, sentences: Sequence[str]) -> Counted:
    """What becomes of sentences of one session in which stretches are marked."""
    plain = [sentence.replace("<", "").replace(">", "") for sentence in sentences]
    finder = NameFinder(plain)
    replacer = Replacer(finder, finder.find(), ())
    missed: list[str] = []
    lost: list[str] = []
    marked = words = 0
    for sentence, text in zip(sentences, plain, strict=True):
        taken = [(span.begin, span.end) for span in replacer.spans(text)]
        wanted = list(_wanted(sentence))
        for begin, end in wanted:
            marked += 1
            if any(not _is_in(word, taken) for word in _words(text, begin, end)):
                missed.append(text[begin:end])
        for begin, end in _words(text, 0, len(text)):
            if not _is_in((begin, end), wanted):
                words += 1
                if any(begin < last and first < end for first, last in taken):
                    lost.append(text[begin:end])
    return Counted(texts, marked, tuple(missed), words, tuple(lost))


def _wanted(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the marked stretches lie once the marks are taken out."""
    for count, found in enumerate(_MARKED.finditer(sentence)):
        begin = found.start() - 2 * count
        yield begin, begin + len(found[1])


def _words(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for found in _WORD.finditer(text, begin, end):
        yield found.span()


def _is_in(word: tuple[int, int], stretches: Sequence[tuple[int, int]]) -> bool:
    return any(first < word[1] and word[0] < last for first, last in stretches)


def _demo() -> list[str]:
    """The demo interview's script, with its names marked."""
    script = yaml.safe_load((demo_folder() / "script.yaml").read_text("utf-8"))
    texts = [str(turn["text"]) for turn in script["turns"]]
    return [re.sub(r"\b(Daniel|Laura)\b", r"<\1>", text) for text in texts]


def main() -> None:
    """Measure and print."""
    options = arguments(__doc__).parse_args()
    marked = yaml.safe_load(_FILE.read_text("utf-8"))
    rows = [counted(name, sentences) for name, sentences in {**marked, "demo": _demo()}.items()]
    notes = [f"{row.texts}, missed: {', '.join(row.missed) or 'nothing'}" for row in rows]
    notes += [f"{row.texts}, too much: {', '.join(row.lost) or 'nothing'}" for row in rows]
    table = Table("Names and contact data replaced", _COLUMNS, rows)
    method = (__doc__ or "").partition("\n\n    python")[0]
    show(Report("anonymising", method, this_machine(), [table], notes), options)


if __name__ == "__main__":
    main()

"""Texts to ids: the vocabulary of multilingual-e5-small, or a part of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from copilot.matching.encoders import TOKENIZER, token_ids
from training.e5_file import UNKNOWN, E5File

_PIECES = 60_000
_SPECIAL = 4
_LATIN = {*map(chr, range(32, 127)), *map(chr, range(0xA1, 0x100)), *"œŒŸ▁…€"}
_LATIN |= set(map(chr, range(0x2013, 0x201F)))  # dashes and quotation marks


def tokenizer_of(base: E5File, kept: Sequence[int]) -> Tokenizer:
    """A tokenizer whose ids are places in ``kept``."""
    pieces = [(base.pieces[i].decode("utf-8", "replace"), float(base.scores[i])) for i in kept]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    return tokenizer


def kept_pieces(base: E5File, texts: Iterable[str]) -> list[int]:
    """The vocabulary that is kept: frequent pieces of Latin script, and all that ``texts`` use."""
    known = tokenizer_of(base, range(len(base.pieces)))
    used = {piece for text in texts for piece in token_ids(known, text)}
    latin = [
        index
        for index, piece in enumerate(base.pieces)
        if index >= _SPECIAL and piece and set(piece.decode("utf-8", "replace")) <= _LATIN
    ]
    frequent = sorted(latin, key=lambda index: -base.scores[index])[:_PIECES]
    single = [index for index in latin if len(base.pieces[index].decode()) == 1]
    return [*range(_SPECIAL), *sorted({*frequent, *single, *used} - set(range(_SPECIAL)))]


def kept_in(folder: Path, base: E5File) -> tuple[Tokenizer, list[int]]:
    """The tokenizer in ``folder`` and which pieces of ``base`` it keeps."""
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    places = {piece.decode("utf-8", "replace"): i for i, piece in enumerate(base.pieces)}
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    return tokenizer, [places[piece] for piece, _ in pieces]

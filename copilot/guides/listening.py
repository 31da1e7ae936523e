"""The models that hear, loaded when first needed and kept for whoever asks again."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from copilot.events import ModelRef
from copilot.knowledge.guide import Guide
from copilot.matching.cross_encoder import CrossEncoder, PassageReader
from copilot.matching.embedding import DIMENSIONS, E5Embedder, Embedder, Vectors
from copilot.matching.judge import Judge, load_judge
from copilot.matching.matcher import Matcher
from copilot.matching.rules import Rules
from copilot.matching.rules_file import rules_in_use
from copilot.matching.shipped import ShippedVectors, guide_embedder

#: Nobody else wants the processor while a guide is being worked on.
_THREADS = 2
_KEPT_GUIDES = 2
#: So many new sentences at once are a guide that is opened, not one that is edited.
_MANY = 12


class Listener:
    """Hears with any guide as a live session would; several threads may share one.

    Loading the models takes about half a second, and the first look at a guide of one's own some
    milliseconds a sentence. A guide of which one sentence changed costs that sentence.
    """

    def __init__(
        self,
        embedder: Embedder | None = None,
        *,
        reader: PassageReader | None = None,
        rules: Rules | None = None,
    ) -> None:
        """Nothing is loaded yet.

        Args:
            embedder: Turns sentences into vectors; by default the model that ships.
            reader: Looks at passages more closely; by default the model that ships.
            rules: From probabilities to states; by default those that interviews are held with.
        """
        self._given = embedder, reader, rules
        self._lock = threading.RLock()
        self._embedder: Embedder | None = None
        self._guide_embedder: GuideMemory | None = None
        self._reader: PassageReader | None = None
        self._rules: Rules | None = rules
        self._matchers: OrderedDict[str, Matcher] = OrderedDict()

    def share_guides_of(self, other: "Listener") -> None:
        """Keep guides' sentences in the memory of another listener, which has the same embedder."""
        with self._lock:
            self._guide_embedder = other.guide_embedder

    @property
    def embedder(self) -> Embedder:
        """For what candidates say.

        Raises:
            ModelError: A file of the model is missing or damaged.
        """
        with self._lock:
            if self._embedder is None:
                self._embedder = self._given[0] or E5Embedder(threads=_THREADS)
            return self._embedder

    @property
    def guide_embedder(self) -> "GuideMemory":
        """For guides' own sentences; keeps them.

        Raises:
            ModelError: A file of the model is missing or damaged.
        """
        with self._lock:
            if self._guide_embedder is None:
                self._guide_embedder = GuideMemory(self.embedder)
            return self._guide_embedder

    @property
    def reader(self) -> PassageReader:
        """For the closer look.

        Raises:
            ModelError: A file of the model is missing or damaged.
        """
        with self._lock:
            if self._reader is None:
                self._reader = self._given[1] or CrossEncoder(threads=_THREADS)
            return self._reader

    @property
    def judge(self) -> Judge:
        """The weights.

        Raises:
            ModelError: Their file is missing or damaged.
        """
        return load_judge()

    @property
    def rules(self) -> Rules:
        """From probabilities to states."""
        with self._lock:
            if self._rules is None:
                self._rules = rules_in_use().rules
            return self._rules

    def matcher(self, guide: Guide) -> Matcher:
        """The matcher of a guide as it stands; kept while it does not change."""
        with self._lock:
            key = f"{guide.language}:{guide.content_hash()}"
            if key not in self._matchers:
                self._matchers[key] = Matcher(
                    guide,
                    self.embedder,
                    guide_embedder=self.guide_embedder,
                    judge=self.judge,
                    reader=self.reader,
                    rules=self.rules,
                )
            self._matchers.move_to_end(key)
            while len(self._matchers) > _KEPT_GUIDES:
                self._matchers.popitem(last=False)
            return self._matchers[key]


class GuideMemory:
    """An embedder for guides that are being changed: a sentence is embedded once.

    Sentences of which none is known come from what ships and from disk, as in a session; a few
    new ones among known ones are embedded and stay in memory alone, so that an afternoon's editing
    leaves no heap of files.
    """

    def __init__(self, embedder: Embedder) -> None:
        """``embedder`` makes what is found nowhere."""
        self._whole = guide_embedder(embedder)
        self._few = ShippedVectors(embedder)
        self._known: dict[str, Vectors] = {}
        self._lock = threading.Lock()

    @property
    def model(self) -> ModelRef:
        """The model of the embedder behind it."""
        return self._whole.model

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As ``Embedder.embed``."""
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        with self._lock:
            new = list(dict.fromkeys(str(text) for text in texts if text not in self._known))
            if len(new) == len(set(texts)):
                self._known.update(zip(texts, self._whole.embed(texts), strict=True))
            elif new:
                embedder = self._whole if len(new) >= _MANY else self._few
                self._known.update(zip(new, embedder.embed(new), strict=True))
            return np.stack([self._known[text] for text in texts])

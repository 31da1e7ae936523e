"""What a worker keeps between items, because it takes long to make: models, clients, guides."""

import functools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from copilot.coach.gate import Gate
from copilot.errors import UsageError, nearest
from copilot.knowledge.guide import Guide
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import joined
from copilot.lab.grid import LOCAL, Materials, PromptText, Provider, Variant
from copilot.llm.breaker import Breaker
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile

if TYPE_CHECKING:
    from copilot.matching.embedding import Embedder

#: The lab's own budget stops a run; a client's is only there because it wants one.
_NO_LIMIT = 10**12
#: Each item has its own say: what a foolish model answers to one says nothing of the next.
_FAILURES = 10**9


class Bench:
    """For several threads; ``close`` it in the end.

    Attributes:
        materials: What items refer to.
    """

    def __init__(self, materials: Materials, *, threads: int = 1) -> None:
        """Make nothing yet.

        Args:
            materials: Of the run.
            threads: For each local model.
        """
        self.materials = materials
        self._threads = threads
        self._lock = threading.Lock()
        self._made: dict[Any, _Made] = {}
        self._clients: dict[tuple[str, float | None], LlmClient] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def guide(self, variant: Variant, role: str, language: str) -> Guide:
        """The guide of a role, as it was when the run began."""
        return guide_of(self.materials, variant, role, language)

    def prompt(self, variant: Variant, language: str) -> PromptText:
        """The prompt for a language, as it was when the run began."""
        return prompt_of(self.materials, variant, language)

    @property
    def embedder(self) -> "Embedder":
        """The sentence encoder; one for all."""
        # Reading a suite wants none, and should be quick.
        from copilot.matching.embedding import E5Embedder  # noqa: PLC0415

        found: Embedder = self.kept("embedder", lambda: E5Embedder(threads=self._threads))
        return found

    @property
    def gate(self) -> Gate:
        """The gate with every off-limits pack."""
        found: Gate = self.kept("gate", lambda: Gate(joined(every_pack())))
        return found

    def client(self, provider: Provider, limit_s: float | None = None) -> LlmClient:
        """The client of a language model.

        Args:
            provider: Which.
            limit_s: Longest wait for an answer, in seconds; None for the purpose's own.

        Raises:
            UsageError: The provider is none.
        """
        key = provider.id, limit_s
        with self._lock:
            if key not in self._clients:
                profile = profile_of(self.materials, provider)
                patience = Patience()
                if limit_s is not None:
                    patience = Patience(live_s=limit_s, review_s=limit_s)
                self._clients[key] = LlmClient(
                    profile,
                    Budget(_NO_LIMIT, prices=profile.prices),
                    patience=patience,
                    breaker=Breaker(failures=_FAILURES),
                )
            return self._clients[key]

    def kept(self, key: Any, make: Callable[[], Any]) -> Any:
        """What ``make`` made for ``key``, made once.

        Who wants the same waits meanwhile, and nobody else: loading a model takes seconds. ``make``
        may ask for what is kept for another key.
        """
        with self._lock:
            made = self._made.setdefault(key, _Made())
        with made.making:
            if not made.is_there:
                made.value, made.is_there = make(), True
            return made.value

    def close(self) -> None:
        """Close the clients."""
        with self._lock:
            clients = list(self._clients.values())
            self._clients.clear()
            self._made.clear()
        for client in clients:
            client.close()


@dataclass(slots=True)
class _Made:
    """Something that is made once, by whoever wants it first."""

    making: threading.Lock = field(default_factory=threading.Lock)
    is_there: bool = False
    value: Any = None


def guide_of(materials: Materials, variant: Variant, role: str, language: str) -> Guide:
    """A guide of a variant.

    Raises:
        UsageError: The run holds none of that role and language.
    """
    found = materials.guides.get((variant.guide, role, language))
    if found is None:
        known = {f"{name} ({tongue})" for label, name, tongue in materials.guides}
        raise UsageError(
            f"{variant.guide} has no guide for the role {role!r} in {language!r}.",
            nearest(f"{role} ({language})", known),
        )
    return parsed_guide(found.content)


#: Twice as many as roles that ship, in both languages: cases of all of them may take turns.
@functools.lru_cache(maxsize=64)
def parsed_guide(content: str) -> Guide:
    """A guide as it was when the run began; many cases ask for the same one.

    Args:
        content: As ``GuideText`` holds it.
    """
    return Guide.model_validate_json(content)


def prompt_of(materials: Materials, variant: Variant, language: str) -> PromptText:
    """The prompt of a variant for a language; English where it has none in that language."""
    hashes: Mapping[str, str] = variant.prompt_sha256
    return materials.prompts[hashes.get(language) or next(iter(hashes.values()))]


def profile_of(materials: Materials, provider: Provider) -> Profile:
    """The language model of a provider.

    Raises:
        UsageError: It is none.
    """
    if provider.id == LOCAL or provider.id not in materials.profiles:
        raise UsageError(
            f"the provider {provider.name!r} is no language model.",
            "Name smollm2, or profile:NAME of a profile in the settings (llm list shows them).",
        )
    return materials.profiles[provider.id]

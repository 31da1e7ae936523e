"""The real embedder and the shipped guides, loaded once for all tests of matching."""

from collections.abc import Callable

import pytest

from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.matching import shipped
from copilot.matching.embedding import E5Embedder, Embedder
from copilot.matching.matcher import Matcher
from copilot.matching.recognition import QuestionRecogniser
from tests.matching.parts import RememberingEmbedder

DIRECTOR = "director-it-operations"
MANAGER = "operations-manager"

Guides = Callable[[str, str], Guide]
Matchers = Callable[..., Matcher]
Recognisers = Callable[[str, str], QuestionRecogniser]


@pytest.fixture(scope="session")
def embedder() -> E5Embedder:
    return E5Embedder()


@pytest.fixture(scope="session")
def guide_embedder(embedder: E5Embedder) -> Embedder:
    """For guide texts, as sessions have it."""
    return shipped.guide_embedder(embedder)


@pytest.fixture(scope="session")
def remembering(embedder: E5Embedder) -> RememberingEmbedder:
    """For what is said again and again in tests."""
    return RememberingEmbedder(embedder)


@pytest.fixture(scope="session")
def guides() -> Guides:
    """The shipped guide of a role in a language."""
    known: dict[tuple[str, str], Guide] = {}

    def guide(role: str, language: str) -> Guide:
        if (role, language) not in known:
            known[role, language] = load_guide(role, language)
        return known[role, language]

    return guide


@pytest.fixture(scope="session")
def matchers(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> Matchers:
    """One matcher a guide, shared: it reads an answer anew whenever it is another one."""
    known: dict[tuple[str, str], Matcher] = {}

    def matcher(role: str = DIRECTOR, language: str = "en") -> Matcher:
        if (role, language) not in known:
            guide = guides(role, language)
            known[role, language] = Matcher(guide, remembering, guide_embedder=guide_embedder)
        return known[role, language]

    return matcher


@pytest.fixture(scope="session")
def recognisers(
    guides: Guides, remembering: RememberingEmbedder, guide_embedder: Embedder
) -> Recognisers:
    """One recogniser a guide, with every question planned; tests begin a new turn themselves."""
    known: dict[tuple[str, str], QuestionRecogniser] = {}

    def recogniser(role: str, language: str) -> QuestionRecogniser:
        if (role, language) not in known:
            guide = guides(role, language)
            plan = [question.id for question in guide.questions]
            known[role, language] = QuestionRecogniser(
                guide, plan, remembering, guide_embedder=guide_embedder
            )
        known[role, language].new_turn()
        return known[role, language]

    return recogniser

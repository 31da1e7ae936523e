"""A real model, a very small and foolish one: whatever it says, nothing comes through that is not so.

What it writes differs from machine to machine, so these hold what comes through to the rules, and
not the model to its words.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from copilot.coach.words import gist
from copilot.guides.enriching.by_model.proposing import propose_by_model
from copilot.guides.enriching.by_model.told import Tally as Proposed
from copilot.guides.enriching.gaps import GapKind, gaps_of
from copilot.guides.importing.by_model.completing import with_model
from copilot.guides.importing.by_model.told import Tally as Imported
from copilot.lab.small_model import serving
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile
from copilot.llm.prompts import PromptLibrary
from copilot.paths import shipped_prompts
from tests.builders import GUIDE
from tests.guides.importing.by_model_world import document, draft

#: Only a test that hangs ever waits this long.
PATIENT = Patience(review_s=240.0, connect_s=60.0, retries=0)
#: Enough for an item or two.
_ANSWER = 120  # tokens


@pytest.fixture(scope="module")
def small() -> Iterator[Profile]:
    with serving(context_tokens=4096) as served:
        yield served


@pytest.fixture
def library(tmp_path: Path) -> PromptLibrary:
    """The shipped prompts, with short answers: it would write on and on."""
    for name in ("import_guide.md", "enrich_point.md", "enrich_competency.md"):
        text = (shipped_prompts() / name).read_text("utf-8")
        short = re.sub(r"(?m)^max_tokens: \d+$", f"max_tokens: {_ANSWER}", text)
        (tmp_path / name).write_text(short, "utf-8")
    return PromptLibrary([tmp_path])


def test_what_it_says_of_a_document_stands_there_or_is_left_out(
    small: Profile, library: PromptLibrary
) -> None:
    of, tally = document(), Imported()

    with LlmClient(small, Budget.of(small), patience=PATIENT) as client:
        made = with_model(of, draft(of), client, tally.note, library=library)

    assert tally.stopped is None
    assert tally.unread or tally.model
    known = gist(" ".join(block.text for block in of.blocks), "en")
    for item in tally.taken:
        assert len(gist(item.text, "en") - known) <= 1, item
        assert item.origin.startswith("baker.txt:")
    if not tally.taken:
        assert made == draft(of)


def test_what_it_writes_for_a_guide_is_proposed_only_as_far_as_it_passes(
    small: Profile, library: PromptLibrary
) -> None:
    wanted = ("questions", "rollout", "points", "rollback"), ("competencies", "craft")
    gaps = [gap for gap in gaps_of(GUIDE) if gap.item in wanted and gap.kind is not GapKind.SAYS]
    tally = Proposed()

    with LlmClient(small, Budget.of(small), patience=PATIENT) as client:
        found = propose_by_model(GUIDE, gaps, client, note=tally.note, library=library)

    assert tally.stopped is None
    assert tally.unanswered or tally.model
    assert len(found) == len(tally.made)
    for proposal in found:
        assert proposal.origin.startswith("model:")
        assert proposal.edit.place in [gap.place for gap in gaps]

"""Whatever a document holds, each of its words is placed once, and none is made up."""

import re
from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from copilot.guides.documents.model import Block, BlockKind
from copilot.guides.importing.draft import Draft, Item
from copilot.guides.importing.recognising.recogniser import draft_of
from copilot.knowledge.guide import Identifier, Label
from tests.guides.importing.recognised import document, everything, words

Found = tuple[BlockKind, str, int, int | None]

_PARTS = st.sampled_from(
    """Interview questions|Red flags|Points de vigilance|Competencies|What to look for|Hiring process|Skills
Interview tips|About the role|Scoring|Follow-up questions|Sample answer|Do not ask|Éléments attendus
Le poste|Why we garden|Chapter two|Competency: Soil care|Stage 2: Trial day (2 h)|Duties|Soil and plants
Questions for the candidate|Position: Head gardener|What does a gardener do?|Values (10 min)""".replace(
        "\n", "|"
    ).split("|")
)
_TEXTS = st.sampled_from(
    """How do you plan a border?|Tell me about a hedge you lost. What did you do?|Prunes in winter
Asks before cutting \u2013 and says why|Are you pregnant?|Look for clear labels.|Good: counts first. Bad: guesses.
Listen for: dates; names; a plan|Watch out for people who never water.|Avoid tools, ladders and saws
Ask how they've kept notes over a year|Ask 'What grows in clay?' and wait for the answer|Thanks, Ana
Emphasize how you would share the work.|This tests patience. In your answer, cover:|Main tasks include:
1 - Knows no plant|2 - Knows some|3 - Knows most|4 - Knows all of them|1 = poor|SQL, Excel and Jira
Hi Ana,|I once lost a hedge. It was my fault.|Phone call (20 minutes): first contact
Racontez-moi une taille ratée.|Demandez : « Que plantez-vous au nord ? »|Attendu : calme ; ordre Alerte : bruit
The head gardener looks after ten beds. They report to the estate.|Teamwork: How do you share a shed?
What tools would they buy? How would they count weeds?|Never ask about children.|Subject: gardener on Friday
Conflict with a neighbour: how did it end?|Could you ask her about Sundays?|Which roses, and why""".replace(
        "\n", "|"
    ).split("|")
)
_BLOCKS = st.lists(
    st.one_of(
        st.tuples(
            st.just(BlockKind.HEADING),
            _PARTS | _TEXTS,
            st.integers(1, 3),
            st.none() | st.integers(1, 9),
        ),
        st.tuples(
            st.just(BlockKind.ITEM), _TEXTS, st.integers(0, 2), st.none() | st.integers(1, 9)
        ),
        st.tuples(st.just(BlockKind.PARAGRAPH), _TEXTS | _PARTS, st.just(0), st.none()),
        st.tuples(
            st.just(BlockKind.PARAGRAPH),
            st.lists(_TEXTS, min_size=1, max_size=4).map(" ".join),
            st.just(0),
            st.none(),
        ),
        st.tuples(
            st.just(BlockKind.ITEM),
            st.text(max_size=60).map(lambda t: " ".join(t.split())),
            st.integers(0, 2),
            st.none(),
        ),
    ),
    max_size=25,
)


def _made(found: list[Found]) -> list[Block]:
    return [
        Block(text, line, kind, level, number)
        for line, (kind, text, level, number) in enumerate(found, 1)
    ]


@settings(max_examples=400, deadline=None)
@given(found=_BLOCKS, language=st.sampled_from(["en", "fr"]))
def test_every_word_is_placed_once(found: list[Found], language: str) -> None:
    blocks = _made(found)
    draft = draft_of(document(*blocks, language=language))
    before = words([block.text for block in blocks])
    after = words(everything(draft))
    labels = words([item.label for group in _groups(draft) for item in group])
    told = [question for question in draft.questions if not _stands_in(question.text, blocks)]
    if told:  # put into direct speech: "they" became "you"
        return
    lost = before - after
    assert not lost - labels, lost
    assert not after - before, after - before


@settings(max_examples=300, deadline=None)
@given(found=_BLOCKS, language=st.sampled_from(["en", "fr"]))
def test_items_keep_to_what_a_guide_takes(found: list[Found], language: str) -> None:
    draft = draft_of(document(*_made(found), language=language))
    for group in _groups(draft):
        assert len({item.id for item in group}) == len(group)
        for item in group:
            TypeAdapter(Identifier).validate_python(item.id)
            TypeAdapter(Label).validate_python(item.label)
            assert item.text.strip()
            assert re.fullmatch(r"notes\.txt:[1-9][0-9]*", item.origin)
    known = {item.id for item in draft.questions}
    assert all(set(stage.questions) <= known for stage in draft.stages)
    judged = {item.id for item in draft.competencies}
    assert all(set(question.competencies) <= judged for question in draft.questions)
    assert all(len(one.anchors) in {0, 4} for one in draft.competencies)


def _groups(draft: Draft) -> Iterator[Sequence[Item]]:
    yield from (draft.competencies, draft.skills, draft.stages, draft.questions, draft.red_flags)
    yield from (question.points for question in draft.questions)


def _stands_in(text: str, blocks: list[Block]) -> bool:
    return any(text in block.text for block in blocks)

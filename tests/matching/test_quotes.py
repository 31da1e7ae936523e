"""Evidence made from any run of units: verbatim, and timed by its words."""

from hypothesis import assume, given
from hypothesis import strategies as st

from copilot.events import ConsentDecision, Utterance
from copilot.matching.passages import units
from copilot.matching.reading import quote
from tests.matching.parts import WORD_S, said
from tests.story import Story

_WORDS = st.sampled_from(
    ["we", "cut", "3.5", "costs.", "No!", "why?", "l'été,", "«oui».", "wait…", "…", "(so)", "9.30."]
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=25).map(" ".join)


@given(st.lists(_TEXTS, min_size=1, max_size=3), st.data())
def test_any_run_of_units_makes_a_quote_that_verifies(
    texts: list[str], data: st.DataObject
) -> None:
    story = Story(consent=ConsentDecision.GIVEN)
    utterances: list[Utterance] = []
    for number, text in enumerate(texts, start=1):
        utterance = story.say(text, length_s=1.0)
        utterances.append(said(text, number, start_s=utterance.start_s))
    parts = [(u, start, end) for u in utterances for start, end in units(u.text)]
    assume(parts)
    last = data.draw(st.integers(0, len(parts) - 1))
    first = data.draw(st.integers(0, last))

    evidence = quote(parts[first : last + 1])

    assert story.interview.quote_problem(evidence) == ""
    start_of, end_of = parts[first], parts[last]
    assert evidence.quote.startswith(start_of[0].text[start_of[1] : start_of[2]].split()[0])
    assert evidence.quote.endswith(end_of[0].text[end_of[1] : end_of[2]].split()[-1])
    assert evidence.start_s == start_of[0].start_s + WORD_S * _words_before(*start_of[:2])
    assert evidence.end_s == end_of[0].start_s + WORD_S * len(end_of[0].text[: end_of[2]].split())


def _words_before(utterance: Utterance, offset: int) -> int:
    return len(utterance.text[:offset].split())


def test_without_word_times_a_quote_is_placed_by_its_share_of_the_text() -> None:
    utterance = Utterance(
        id="u1", channel=said("a").channel, start_s=10.0, end_s=20.0, text="0123456789"
    )

    evidence = quote([(utterance, 2, 5)])

    assert (evidence.quote, evidence.start_s, evidence.end_s) == ("234", 12.0, 15.0)

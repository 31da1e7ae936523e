"""Terms of the guide are written right, where something was said that may be one, and only there.

They stand in the prompt before the sound's words, and leave room for what was said.
"""

import pytest
from faster_whisper.tokenizer import Tokenizer

from copilot.audio import SAMPLE_RATE_HZ
from copilot.knowledge.loading import load_guide
from copilot.speech.decoding import _MOST_HOTWORDS, _MOST_PROMPT, Decoder, Search
from copilot.speech.hotwords import in_doubt, with_terms
from copilot.speech.models import speech_model, verified_folder
from copilot.speech.transcriber import HeardWord
from tests.builders import spoken
from tests.noise_sounds import cough

CONTEXT = "We had a service desk of forty people and nobody measured how long anything took."
GUIDES = [
    (role, language)
    for role in ("director-it-operations", "operations-manager")
    for language in ("en", "fr")
]


def _decoder(*hotwords: str) -> Decoder:
    return Decoder(verified_folder(speech_model("tiny.en")), hotwords=hotwords)


def _prompt(decoder: Decoder, context: str = "", known: list[int] | None = None) -> list[int]:
    return decoder._prompt(decoder._tokenizer("en"), decoder._hotwords, context, known or [])


def _before(decoder: Decoder, context: str = "") -> str:
    """What the decoder is told was said before, as text."""
    tokenizer: Tokenizer = decoder._tokenizer("en")
    prompt = _prompt(decoder, context)
    if prompt[0] != tokenizer.sot_prev:
        return ""
    end = prompt.index(tokenizer.sot_sequence[0])
    return str(tokenizer.decode(prompt[1:end])).strip()


def test_hotwords_stand_as_a_list_before_what_was_said() -> None:
    decoder = _decoder("SLA", "KPI", "ITIL")

    assert _before(decoder) == "SLA, KPI, ITIL."
    assert _before(decoder, CONTEXT) == f"SLA, KPI, ITIL. {CONTEXT}"


def test_without_hotwords_and_context_nothing_stands_before() -> None:
    decoder = _decoder()

    assert _before(decoder) == ""
    assert _prompt(decoder) == list(decoder._tokenizer("en").sot_sequence)
    assert _before(decoder, CONTEXT) == CONTEXT


def test_names_and_acronyms_go_before_ordinary_words_and_keep_their_order() -> None:
    decoder = _decoder("root cause analysis", "SLA", "rollback", "ServiceNow", "5S")

    assert _before(decoder) == "SLA, ServiceNow, 5S, root cause analysis, rollback."


def test_terms_beyond_the_room_are_left_out_whole() -> None:
    terms = [f"Term{number}" for number in range(200)]
    decoder = _decoder(*terms)

    listed = _before(decoder).removesuffix(".").split(", ")

    assert 10 < len(listed) < 200
    assert listed == terms[: len(listed)]


def test_a_term_too_long_for_the_room_does_not_keep_out_those_after_it() -> None:
    decoder = _decoder("SLA", "X" + "y9 " * 200, "KPI")

    assert _before(decoder) == "SLA, KPI."


@pytest.mark.parametrize(("role", "language"), GUIDES)
def test_the_terms_of_a_guide_never_take_the_room_of_what_was_said(
    role: str, language: str
) -> None:
    terms = load_guide(role, language).terms
    decoder = _decoder(*terms)
    tokenizer = decoder._tokenizer("en")
    said = "".join(f" word {number}" for number in range(300))

    before = _before(decoder, said)

    assert before.startswith(", ".join(t for t in terms if any(c.isupper() for c in t))[:40])
    assert len(tokenizer.encode(" " + before)) <= _MOST_PROMPT
    assert before.endswith("word 298 word 299")
    kept = tokenizer.encode(" " + before[before.index("word") :])
    assert len(kept) >= _MOST_PROMPT - _MOST_HOTWORDS - 2


def test_the_last_words_said_come_through_whole_beside_all_terms_of_a_guide() -> None:
    decoder = _decoder(*load_guide("director-it-operations", "fr").terms)

    assert _before(decoder, CONTEXT).endswith(f". {CONTEXT}")


def test_settled_words_stay_at_the_end_of_the_prompt() -> None:
    decoder = _decoder("SLA")
    tokenizer = decoder._tokenizer("en")
    known = tokenizer.encode(" We had an")

    prompt = _prompt(decoder, CONTEXT, known)

    assert prompt[-len(known) - 1 :] == [tokenizer.no_timestamps, *known]
    assert prompt[0] == tokenizer.sot_prev


# -- what is taken of an answer that expects them --------------------------------------------------

TERMS = ("SLA", "ERP", "ITIL", "RTO", "ServiceNow", "MTTR", "five whys", "NIS2")


def _words(text: str, *, step_s: float = 0.3, begin_s: float = 0.0) -> tuple[HeardWord, ...]:
    """``word`` is sure, ``word?`` is in doubt."""
    return tuple(
        HeardWord(
            word.removesuffix("?"),
            begin_s + step_s * index,
            begin_s + step_s * (index + 1),
            0.3 if word.endswith("?") else 0.9,
        )
        for index, word in enumerate(text.split())
    )


def _merged(plain: str, expecting: str) -> str:
    return " ".join(word.text for word in with_terms(_words(plain), _words(expecting), TERMS))


@pytest.mark.parametrize(
    ("plain", "expecting", "merged"),
    [
        ("We follow Ito? for change", "we follow ITIL for change", "We follow ITIL for change"),
        ("the archaeo? was one hour.", "The RTO was 1 hour", "the RTO was one hour."),
        ("our mtt? went down", "RMTTR? went down", "our mtt went down"),
        ("from Zendesk to service now in May", "from Zendesk to ServiceNow in May", None),
        ("because of this? too? we had", "because of NIS2 we had", None),
        ("we asked five ways? why", "we asked five whys why", "we asked five whys why"),
        ("the two essays? we had", "the two SLAs we had", "the two SLAs we had"),
    ],
)
def test_a_term_takes_the_place_of_what_was_misheard(
    plain: str, expecting: str, merged: str | None
) -> None:
    words = _words(expecting)
    if merged is None:  # words of another length: those after them lie where they lay
        length = 0.3 * len(plain.split())
        words = _words(expecting, step_s=length / len(expecting.split()))
        merged = expecting

    found = with_terms(_words(plain), words, TERMS)

    assert " ".join(word.text for word in found) == merged


@pytest.mark.parametrize(
    ("plain", "expecting"),
    [
        ("the sea has a sort of calm", "the SLA has a sort of calm"),  # heard without doubt
        ("the ocean? has a sort of calm", "the C has a sort of comm"),  # no term
        ("she? said nothing at all", "he said nothing at all"),  # not even there
        ("we went home", "we went home SLA"),  # nothing was heard there
        ("uh? uh?", "SLA? SLA? SLA? SLA?"),  # a list of terms
        ("I mean otif", "I mean Otif"),
        ("", "ERP ERP ERP"),
        ("on a hopeless? et j'ai fait y'a", "ERP RTO SLA NIS2 ITIL MTTR SLA"),
    ],
)
def test_nothing_else_changes(plain: str, expecting: str) -> None:
    assert _merged(plain, expecting) == plain.replace("?", "")


def test_two_terms_side_by_side_each_take_their_own_place() -> None:
    plain = _words("the essay? urpy? failed again at night")

    found = with_terms(plain, _words("the SLA ERP failed again at night"), TERMS)

    assert " ".join(word.text for word in found) == "the SLA ERP failed again at night"
    assert [word.start_s for word in found] == [word.start_s for word in plain]


def test_a_term_has_the_time_of_what_it_stands_for() -> None:
    plain = _words("We had pager? duty? and so on")
    expecting = _words("We had PagerDuty and so on", step_s=0.35)

    found = with_terms(plain, expecting, ("PagerDuty",))

    assert [word.text for word in found] == ["We", "had", "PagerDuty", "and", "so", "on"]
    assert (found[2].start_s, found[2].end_s) == (plain[2].start_s, plain[3].end_s)
    assert found[3:] == plain[4:]


def test_the_recogniser_is_asked_again_only_where_a_term_may_be() -> None:
    assert in_doubt(_words("We follow Ito? for change"), TERMS)
    assert in_doubt(_words("from Zendesk to service now in May"), TERMS)
    assert not in_doubt(_words("We follow ITIL for change"), TERMS)
    assert not in_doubt((), TERMS)


# -- with a real recogniser -------------------------------------------------------------------------


@pytest.mark.parametrize("length_s", [0.7, 1.9, 4.0])
def test_a_cough_is_heard_as_if_there_were_no_hotwords(length_s: float) -> None:
    """A recogniser that expects ERP hears it in a cough."""
    sound = cough(20.0)[: round(length_s * SAMPLE_RATE_HZ)]
    terms = load_guide("director-it-operations").terms

    heard = _decoder(*terms).decode(sound, language="en", search=Search(1.5, 1))

    assert not set(terms) & {word.text.strip(".,") for word in heard.words}


def test_real_speech_without_a_term_reads_the_same_with_hotwords() -> None:
    terms = load_guide("director-it-operations").terms
    search = Search(4.0, 5)

    with_hotwords = _decoder(*terms).decode(spoken("en-000"), language="en", search=search)

    assert with_hotwords == _decoder().decode(spoken("en-000"), language="en", search=search)

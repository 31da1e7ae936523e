"""Which names and contact data are found, and that what is no name stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.events import Channel, Evidence, Utterance, Word
from copilot.review.anonymising.names import NameFinder
from copilot.review.anonymising.patterns import contacts_in
from copilot.review.anonymising.replacing import Replacer


def _replacer(*texts: str, names: tuple[str, ...] = ()) -> Replacer:
    finder = NameFinder(texts, ["Which Backstop tool do you use?"])
    return Replacer(finder, finder.find(), names)


def _replaced(text: str, *others: str) -> str:
    return _replacer(text, *others).text(text)


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Hi, I'm Tamsin Oduya.", "Hi, I'm [person-1]."),
        ("my name is Zebulon and I bake.", "my name is [person-1] and I bake."),
        ("Thanks, Fenwick. Let us go on.", "Thanks, [person-1]. Let us go on."),
        ("Thanks, Will. Will you go on?", "Thanks, [person-1]. Will you go on?"),
        ("Daniel, can you hear me?", "[person-1], can you hear me?"),
        ("I asked Mrs. Tanaka and Dr Okafor.", "I asked Mrs. [person-1] and Dr [person-2]."),
        ("Ada's boss was Ada Lovelace.", "[person-1]'s boss was [person-1]."),
        ("Je m'appelle Maëlle Kerbrat.", "Je m'appelle [person-1]."),
        ("L'équipe d'Anne, chez Kerbrat.", "L'équipe d'[person-1], chez [name-1]."),
        ("We moved to Zanzibar with Blue River.", "We moved to [name-1] with [name-2]."),
    ],
)
def test_a_name_is_replaced(text: str, replaced: str) -> None:
    assert _replaced(text, "it was blue, down the river") == replaced.replace(
        "[name-2]", "Blue River"
    )


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I'd moved Excel to the cloud in May, and I've told HR. Absolutely.",
        "So, okay. Right, we used the Backstop tool. It's SQL, and ATMs.",
        "Alors, euh, moi j'en prendrais peu. D'accord. Lundi, voilà.",
        "Budget first. The Budget was ninety thousand.",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert _replaced(text) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("ada.lovelace+jobs@mail.example.org", ["e-mail"]),
        ("ada dot lovelace at example dot org", ["e-mail"]),
        ("zoé point durand arobase exemple point fr", ["e-mail"]),
        ("+44 7700 900123 and (555) 010-9999", ["phone", "phone"]),
        ("06 12 34 56 78, c'est le mien", ["phone"]),
        ("https://example.org/cv?id=1, and example.co.uk", ["link", "link"]),
        ("find me as @ada_l", ["handle"]),
        ("FR76 3000 6000 0112 3456 7890 189", ["account"]),
        ("12 bis rue de la Paix, 75002 Paris", ["address", "address"]),
        ("at 221 Baker Street, NW1 6XE", ["address", "address"]),
        ("my number is 1234567", ["number"]),
        ("zero seven seven oh oh nine", ["number"]),
        ("it lies in /home/ada/notes.txt", ["path"]),
        ("90,000 a year, 10 000 000 in all, 3.5 percent, 2026, 24/7, one two three", []),
        ("node.js and and/or, at the end. It was", []),
    ],
)
def test_contact_data_are_told_from_figures(text: str, kinds: list[str]) -> None:
    assert [kind.value for kind, _begin, _end in sorted(contacts_in(text), key=_begin)] == kinds


def _begin(found: tuple[object, int, int]) -> int:
    return found[1]


def test_a_listed_name_is_found_however_it_is_written() -> None:
    replacer = _replacer("ask LOVELACE or OLGA", names=("Olga Lovelace",))

    assert replacer.text("ask LOVELACE or olga, lovelaced") == (
        "ask [person-1] or [person-1], lovelaced"
    )


def test_a_listed_name_is_found_with_and_without_its_accents() -> None:
    replacer = _replacer("x", names=("Zoé Durànd",))

    assert replacer.text("Zoe, ZOÉ, zoe\u0301 durand") == "[person-1], [person-1], [person-1]"


def test_a_capital_that_was_forgotten_once_hides_no_name() -> None:
    texts = "I asked Oduya.", "Then oduya said to Oduya that", "they left, they left"

    assert _replacer(*texts).text(texts[1]) == "Then oduya said to [name-1] that"
    introduced = ("I'm Oduya.", *texts)
    assert _replacer(*introduced).text(texts[1]) == "Then [person-1] said to [person-1] that"


def test_a_common_word_in_a_listed_name_stays_where_it_is_one() -> None:
    replacer = _replacer("will you ask Will", names=("Will Smith",))

    assert replacer.text("Will you, will you? Ask Will, ask will smith. Will I?") == (
        "Will you, will you? Ask [person-1], ask [person-1]. Will I?"
    )


@pytest.mark.parametrize(
    ("listed", "replaced"),
    [("Will", "will [person-1] go"), ("will", "[person-1] [person-1] go")],
)
def test_a_common_word_is_listed_as_it_is_to_be_found(listed: str, replaced: str) -> None:
    assert _replacer("will he", names=(listed,)).text("will Will go") == replaced


def test_the_words_of_a_name_two_rules_find_are_all_replaced() -> None:
    texts = "I'm Zebulon.", "Thanks, Zebulon Quillfeather.", "I left Quillfeather and Blue River."

    made = " ".join(map(_replacer(*texts).text, texts))

    assert "Quillfeather" not in made
    assert "Zebulon" not in made


def test_the_same_thing_has_the_same_placeholder_through_a_session() -> None:
    first, second = (
        "I'm Tamsin Oduya, write to t@example.org.",
        "Thanks, Tamsin. Is T@example.org so?",
    )
    replacer = _replacer(first, second)

    assert replacer.text(first) == "I'm [person-1], write to [e-mail-1]."
    assert replacer.text(second) == "Thanks, [person-1]. Is [e-mail-1] so?"
    used = {each.placeholder: (each.originals, each.count) for each in replacer.table.used()}
    assert used == {
        "[e-mail-1]": (("t@example.org", "T@example.org"), 2),
        "[person-1]": (("Tamsin Oduya", "Tamsin"), 2),
    }


# -- words and quotes -----------------------------------------------------------------------------


def _said(uid: str, text: str) -> Utterance:
    words = tuple(
        Word(text=word, start_s=i, end_s=i + 0.5, probability=1 - i / 100)
        for i, word in enumerate(text.split(" "))
    )
    return Utterance(
        id=uid, channel=Channel.CANDIDATE, start_s=0, end_s=9, text=text, words=words
    )  # fmt: skip


def test_words_still_join_to_the_text_and_keep_their_times() -> None:
    said = _said("u1", "So I asked Tamsin Oduya, and she agreed.")
    replacer = _replacer(said.text)

    made = replacer.utterance(said)

    assert made.text == "So I asked [name-1], and she agreed."
    assert " ".join(word.text for word in made.words) == made.text
    assert [word.text for word in made.words][3] == "[name-1],"
    assert (made.words[3].start_s, made.words[3].end_s) == (3, 4.5)
    assert made.words[3].probability == 1 - 4 / 100
    assert made.words[4] == said.words[5]


@pytest.mark.parametrize(
    "quote",
    ["asked Tamsin Oduya, and", "asked Tamsin", "Oduya, and she agreed. Later", "she agreed",
     "agreed. Later Oduya left", "So I asked Tamsin Oduya, and she agreed. Later Oduya left."],
)  # fmt: skip
def test_a_quote_stands_in_the_replaced_text_wherever_it_is_cut(quote: str) -> None:
    texts = {"u1": "So I asked Tamsin Oduya, and she agreed.", "u2": "Later Oduya left."}
    said = {uid: _said(uid, text) for uid, text in texts.items()}
    replacer = _replacer(*texts.values())
    evidence = Evidence(utterance_ids=("u1", "u2"), quote=quote, start_s=0, end_s=1)

    made = replacer.evidence(evidence, said)

    joined = " ".join(replacer.utterance(each).text for each in said.values())
    assert made.quote in joined
    assert "Oduya" not in made.quote
    assert "Tamsin" not in made.quote


_PIECES = st.sampled_from(
    ["So", "I", "asked", "Tamsin", "Tamsin Oduya,", "and", "Oduya's", "boss.", "Thanks, Fenwick.",
     "d'Anne", "write to t@example.org", "or 07700 900123", "it was", "l\u2019équipe", "Will", "will",
     "\u201cZebulon\u201d", "(Kerbrat)", "on Monday", "90,000", "\U0001f600", "www.example.org."]
)  # fmt: skip


@given(
    st.lists(st.lists(_PIECES, min_size=1, max_size=8), min_size=1, max_size=3),
    st.integers(0, 60),
    st.integers(1, 60),
)
def test_whatever_was_said_words_join_and_quotes_stand(
    talk: list[list[str]], begin: int, length: int
) -> None:
    said = {f"u{i}": _said(f"u{i}", " ".join(pieces)) for i, pieces in enumerate(talk)}
    replacer = _replacer(*(each.text for each in said.values()))
    quote = " ".join(each.text for each in said.values())[begin : begin + length].strip()

    made = {uid: replacer.utterance(each) for uid, each in said.items()}

    for uid, each in made.items():
        assert " ".join(word.text for word in each.words) == each.text
        assert replacer.text(each.text) == each.text or "[" in each.text
        assert each.words[0].start_s == said[uid].words[0].start_s
        assert each.words[-1].end_s == said[uid].words[-1].end_s
    if quote:
        evidence = Evidence(utterance_ids=tuple(said), quote=quote, start_s=0, end_s=1)
        assert replacer.evidence(evidence, said).quote in " ".join(
            each.text for each in made.values()
        )

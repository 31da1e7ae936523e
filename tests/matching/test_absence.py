"""Answers that claim results and give no figure: only those, and only where it is plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.matching.absence import unmeasured_claim
from tests.matching.parts import answer_of, said


@pytest.mark.parametrize(
    ("language", "text", "claim"),
    [
        ("en", "I took over the queue. We significantly reduced the backlog. It was a good year.", "We significantly reduced the backlog."),
        ("en", "We improved the onboarding a lot, everybody noticed.", "We improved the onboarding a lot, everybody noticed."),
        ("en", "After that complaints went way down.", "After that complaints went way down."),
        ("en", "My team cut the response times, and people were thrilled.", "My team cut the response times, and people were thrilled."),
        ("en", "We managed to reduce the backlog.", "We managed to reduce the backlog."),
        ("en", "Since then we have far fewer outages.", "Since then we have far fewer outages."),
        ("en", "It was hard. But in the end we turned it around.", "But in the end we turned it around."),
        ("en", "We saved a lot of money with that, honestly.", "We saved a lot of money with that, honestly."),
        ("en", "Productivity went up, quality went up, everything.", "Productivity went up, quality went up, everything."),
        ("en", "I reorganised the shifts and it became much smoother.", "I reorganised the shifts and it became much smoother."),
        ("en", "It's better than it was. Definitely better.", "It's better than it was."),
        ("en", "And that's improved things no end, you know.", "And that's improved things no end, you know."),
        ("fr", "J'ai repris le service. On a nettement amélioré les délais.", "On a nettement amélioré les délais."),
        ("fr", "Ça nous a fait gagner énormément de temps.", "Ça nous a fait gagner énormément de temps."),
        ("fr", "Les réclamations ont beaucoup baissé après.", "Les réclamations ont beaucoup baissé après."),
        ("fr", "Depuis, c'est beaucoup plus fluide.", "Depuis, c'est beaucoup plus fluide."),
        ("fr", "Maintenant c'est le jour et la nuit.", "Maintenant c'est le jour et la nuit."),
        ("fr", "La qualité s'est nettement améliorée.", "La qualité s'est nettement améliorée."),
        ("fr", "J'ai réussi à réduire les retards, vous savez.", "J'ai réussi à réduire les retards, vous savez."),
    ],
)  # fmt: skip
def test_a_claim_without_a_figure_is_quoted(language: str, text: str, claim: str) -> None:
    evidence = unmeasured_claim([said(text, 3)], language)

    assert evidence is not None
    assert (evidence.quote, evidence.utterance_ids) == (claim, ("u3",))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # Figures.
        ("en", "I was very busy that quarter, and we cut lead time from nine days to four."),
        ("en", "We improved it by forty percent."),
        ("en", "We improved availability. It was at 99.9 percent in the end."),
        ("en", "Two incidents a month, that was the start. We improved quality a lot."),
        ("en", "It took nine days when I came, and now it takes four. I hired well. I was proud. It got a lot better."),
        ("en", "The backlog? We halved it. It got much better."),
        ("fr", "J'étais débordée ce trimestre-là, et on a ramené le délai de neuf à quatre jours."),
        ("fr", "On a réduit les coûts de 40 %."),
        ("fr", "On a divisé les pannes par deux. C'est beaucoup plus stable."),
        ("fr", "On a amélioré la disponibilité. On était à 99,9 à la fin."),
        # A way of measuring.
        ("en", "We reduced errors and we tracked it every week on a board."),
        ("fr", "Les délais, on a amélioré ça, et on l'a mesuré chaque semaine."),
        # Wishes, plans, conditions, duties, denials, questions.
        ("en", "We would improve the process and reduce costs."),
        ("en", "I want to improve quality wherever I go."),
        ("en", "Our aim was that we reduced the backlog."),
        ("en", "We will have far fewer outages next year."),
        ("en", "If we had cut the lead time it would have been much better."),
        ("en", "We never improved quality, to be honest."),
        ("en", "We didn't reduce the backlog."),
        ("en", "Did we improve quality?"),
        ("fr", "On voudrait améliorer la qualité."),
        ("fr", "Il faut réduire les coûts."),
        ("fr", "On n'a pas amélioré les délais."),
        ("fr", "L'objectif, c'était qu'on ait beaucoup moins d'erreurs."),
        ("fr", "Est-ce qu'on a amélioré la qualité ?"),
        # Somebody else's.
        ("en", "My predecessor improved the onboarding a lot."),
        ("en", "The vendor sped up the process. It got a lot better."),
        ("en", "They cut the costs massively."),
        ("en", "She was much faster than me."),
        ("fr", "Mon prédécesseur a nettement amélioré les délais."),
        ("fr", "Le prestataire a tout refait. C'est beaucoup mieux."),
        ("fr", "Ils ont réduit les coûts."),
        # General talk, and other senses of the same words.
        ("en", "Training usually makes people faster. You reduce costs when you talk to people."),
        ("en", "It's better to ask first, and much better if you listen."),
        ("en", "I got better at delegating. We cut the ribbon in May and I saved the file."),
        ("en", "I raised a ticket about the queue. We cut down on meetings."),
        ("en", "Costs went up because we lost the contract."),
        ("en", "We had fewer people than the other site."),
        ("en", "So I turned the car round and went home."),
        ("en", "We improve quality wherever we go, and we reduce costs."),
        ("fr", "C'est mieux de demander avant. Vous allez plus vite quand vous demandez."),
        ("fr", "On a raccourci le chemin. On a baissé les bras. J'ai gagné le concours. On a diminué l'équipe."),
        # Nothing claimed, nothing said.
        ("en", "I was very busy that quarter, eighty hours a week."),
        ("en", ""),
        ("de", "Wir haben die Durchlaufzeit deutlich verkürzt."),
    ],
)  # fmt: skip
def test_everything_in_doubt_counts_for_the_candidate(language: str, text: str) -> None:
    utterances = [said(text)] if text else []

    assert unmeasured_claim(utterances, language) is None


@pytest.mark.parametrize(
    ("language", "size"),
    [
        ("en", "There were twelve of us in three countries."),
        ("en", "We ran nine sites with forty people."),
        ("en", "In 2019 I took over the second site."),
        ("fr", "On était douze, dans trois pays."),
        ("fr", "On avait quatorze agences et 900 personnes."),
    ],
)
def test_the_size_of_a_team_or_a_firm_backs_no_claim(language: str, size: str) -> None:
    claim = {"en": "We improved quality a lot.", "fr": "On a nettement amélioré la qualité."}

    evidence = unmeasured_claim([said(f"{size} {claim[language]}")], language)

    assert evidence is not None
    assert evidence.quote == claim[language]


def test_the_strongest_claim_is_quoted_from_its_utterance() -> None:
    answer = answer_of(
        "The desk was a mess when I came.",
        "The mood? It got better. Really.",
        "And we massively reduced the backlog, honestly.",
        "That was it, more or less.",
    )

    evidence = unmeasured_claim(answer, "en")

    assert evidence is not None
    assert evidence.utterance_ids == ("u3",)
    assert evidence.quote == answer[2].text
    assert (evidence.start_s, evidence.end_s) == (answer[2].start_s, answer[2].end_s)


def test_of_claims_as_strong_the_first_is_quoted() -> None:
    evidence = unmeasured_claim(answer_of("We improved quality.", "We sped up the process."), "en")

    assert evidence is not None
    assert evidence.quote == "We improved quality."


def test_one_claim_with_a_figure_is_enough() -> None:
    answer = answer_of(
        "We massively improved quality.",
        "I like that sort of work.",
        "It is what I am good at.",
        "And we reduced the backlog, to two hundred tickets or so.",
    )

    assert unmeasured_claim(answer, "en") is None


def test_a_figure_in_the_next_utterance_backs_a_claim_cut_in_two() -> None:
    assert (
        unmeasured_claim(answer_of("So we reduced the backlog by", "forty percent."), "en") is None
    )


@pytest.mark.parametrize("doubtful", [0, 1, 2])
def test_doubtful_text_neither_claims_nor_leaves_a_claim_bare(doubtful: int) -> None:
    texts = ["I took the desk over.", "We massively reduced the backlog.", "It was hard work."]
    answer = [
        said(text, number, start_s=10.0 * number, uncertain=number == doubtful)
        for number, text in enumerate(texts)
    ]

    assert unmeasured_claim(answer, "en") is None


def test_speech_without_punctuation_is_not_judged() -> None:
    text = " ".join(["we did this and that"] * 12 + ["we massively reduced the backlog"])

    assert unmeasured_claim([said(text)], "en") is None


_PIECES = """
    we i massively improved reduced the backlog it got better . ? , from nine days to four not he
    on a nettement réduit les délais c'est beaucoup mieux de 40 % ils pas
"""
_TEXTS = st.lists(st.sampled_from(_PIECES.split()), min_size=1, max_size=20).map(" ".join)


@given(st.lists(_TEXTS, max_size=3), st.sampled_from(["en", "fr"]))
def test_what_is_found_stands_in_one_utterance(texts: list[str], language: str) -> None:
    answer = answer_of(*texts)

    evidence = unmeasured_claim(answer, language)

    if evidence is not None:
        [utterance] = [each for each in answer if each.id == evidence.utterance_ids[0]]
        assert evidence.quote in utterance.text
        assert utterance.start_s <= evidence.start_s < evidence.end_s <= utterance.end_s

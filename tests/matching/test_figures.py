"""Figures as people say them and as speech recognition writes them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.matching.figures import Figure, FigureKind, figures

PERCENT, MONEY, TIME = FigureKind.PERCENT, FigureKind.MONEY, FigureKind.TIME
RATIO, COUNT, PEOPLE, NUMBER = (
    FigureKind.RATIO,
    FigureKind.COUNT,
    FigureKind.PEOPLE,
    FigureKind.NUMBER,
)


@pytest.mark.parametrize(
    ("language", "text", "span", "kind", "unit"),
    [
        ("en", "we had 1,200 tickets", "1,200 tickets", COUNT, "tickets"),
        ("en", "12 000 parcels on a Monday", "12 000 parcels", COUNT, "parcels"),
        ("en", "the 2000 tickets we had", "2000 tickets", COUNT, "tickets"),
        ("en", "it took 3.5 days", "3.5 days", TIME, "days"),
        ("en", "uptime was 99.9%", "99.9%", PERCENT, "%"),
        ("en", "availability was 99.95.", "99.95", NUMBER, ""),
        ("en", "it cost €4m", "€4m", MONEY, "€"),
        ("en", "about $40k a year", "$40k", MONEY, "$"),
        ("en", "eight grand, best I ever spent", "eight grand", MONEY, "grand"),
        ("en", "forty percent of the calls", "forty percent", PERCENT, "percent"),
        ("en", "ninety-nine point nine per cent", "ninety-nine point nine per cent", PERCENT, "per cent"),
        ("en", "one percent", "one percent", PERCENT, "percent"),
        ("en", "a third of the calls came back", "a third", RATIO, ""),
        ("en", "two thirds of them", "two thirds", RATIO, ""),
        ("en", "half the estate was old", "half", RATIO, ""),
        ("en", "it took nine days", "nine days", TIME, "days"),
        ("en", "a nine-day lead time", "nine-day", TIME, "day"),
        ("en", "half an hour each", "half an hour", TIME, "hour"),
        ("en", "five and a half days", "five and a half days", TIME, "days"),
        ("en", "nine working days", "nine working days", TIME, "working days"),
        ("en", "two hundred and forty parcels", "two hundred and forty parcels", COUNT, "parcels"),
        ("en", "a dozen complaints a week", "a dozen complaints", COUNT, "complaints"),
        ("en", "three a week at most", "three a week", COUNT, "a week"),
        ("en", "two point eight million", "two point eight million", NUMBER, ""),
        ("en", "twelve engineers", "twelve engineers", PEOPLE, "engineers"),
        ("en", "there were fifteen of us", "fifteen of us", PEOPLE, "of us"),
        ("en", "we were only fourteen", "fourteen", PEOPLE, ""),
        ("fr", "1 200 dossiers", "1 200 dossiers", COUNT, "dossiers"),
        ("fr", "99,9 % de disponibilité", "99,9 %", PERCENT, "%"),
        ("fr", "99,9\u202f% de disponibilité", "99,9\u202f%", PERCENT, "%"),
        ("fr", "4 M€ de gains", "4 M€", MONEY, "€"),
        ("fr", "un million d'euros", "un million d'euros", MONEY, "euros"),
        ("fr", "quatre-vingt-dix pour cent", "quatre-vingt-dix pour cent", PERCENT, "pour cent"),
        ("fr", "un tiers des appels", "un tiers", RATIO, ""),
        ("fr", "la moitié des pannes", "la moitié", RATIO, ""),
        ("fr", "neuf jours de retard", "neuf jours", TIME, "jours"),
        ("fr", "une demi-heure par jour", "une demi-heure", TIME, "heure"),
        ("fr", "une vingtaine de tickets", "une vingtaine de tickets", COUNT, "tickets"),
        ("fr", "soixante et onze dossiers", "soixante et onze dossiers", COUNT, "dossiers"),
        ("fr", "quarante et un", "quarante et un", NUMBER, ""),
        ("fr", "40 000 par an", "40 000 par an", COUNT, "par an"),
        ("fr", "deux cent trente personnes", "deux cent trente personnes", PEOPLE, "personnes"),
        ("fr", "on était douze à l'époque", "douze", PEOPLE, ""),
        ("fr", "on est à 94 cette année", "94", NUMBER, ""),
    ],
)  # fmt: skip
def test_a_figure_is_found_with_its_unit(
    language: str, text: str, span: str, kind: FigureKind, unit: str
) -> None:
    start = text.index(span)
    assert figures(text, language) == [Figure(start, start + len(span), kind, unit)]


@pytest.mark.parametrize(
    ("language", "text", "span", "kind"),
    [
        ("en", "we cut lead time from nine days to four", "from nine days to four", TIME),
        ("en", "errors went down from ten percent to one point two", "down from ten percent to one point two", PERCENT),
        ("en", "reports dropped from, I think it was seven a month, to two", "from, I think it was seven a month, to two", COUNT),
        ("en", "from six days to under two", "from six days to under two", TIME),
        ("en", "from three weeks to a day", "from three weeks to a day", TIME),
        ("en", "from twelve tools to one", "from twelve tools to one", COUNT),
        ("en", "it came down to twenty eight", "down to twenty eight", NUMBER),
        ("en", "we reduced it by 40%", "reduced it by 40%", PERCENT),
        ("en", "cut it by a third", "cut it by a third", RATIO),
        ("en", "complaints went up eleven percent", "up eleven percent", PERCENT),
        ("en", "four days instead of nine", "four days instead of nine", TIME),
        ("en", "four days instead of weeks", "four days instead of weeks", TIME),
        ("en", "It used to take nine days. Now it's four.", "used to take nine days. Now it's four", TIME),
        ("en", "today it is five, it was sixty-four", "today it is five, it was sixty-four", NUMBER),
        ("en", "it was twice as fast", "twice as", RATIO),
        ("en", "it's 3x faster now", "3x", RATIO),
        ("en", "ten times faster", "ten times faster", RATIO),
        ("en", "we halved the backlog", "halved", RATIO),
        ("en", "turnover doubled", "doubled", RATIO),
        ("fr", "de neuf à quatre jours", "de neuf à quatre jours", TIME),
        ("fr", "de neuf heures à deux heures", "de neuf heures à deux heures", TIME),
        ("fr", "on est passés de quatre virgule un à deux virgule trois", "de quatre virgule un à deux virgule trois", NUMBER),
        ("fr", "on est descendu à quatre jours", "descendu à quatre jours", TIME),
        ("fr", "divisé par deux", "divisé par deux", RATIO),
        ("fr", "moitié moins d'appels", "moitié moins", RATIO),
        ("fr", "les pannes ont baissé de moitié", "de moitié", RATIO),
        ("fr", "deux fois plus vite", "deux fois plus", RATIO),
        ("fr", "on a réduit de 40 %", "réduit de 40 %", PERCENT),
        ("fr", "baissé d'un tiers", "baissé d'un tiers", RATIO),
        ("fr", "30 % de moins", "30 % de moins", PERCENT),
        ("fr", "trois jours au lieu d'une semaine", "trois jours au lieu d'une semaine", TIME),
        ("fr", "ça prenait neuf jours, maintenant c'est quatre", "prenait neuf jours, maintenant c'est quatre", TIME),
        ("fr", "2 900 appels au lieu de 5 200", "2 900 appels au lieu de 5 200", COUNT),
    ],
)  # fmt: skip
def test_a_comparison_is_one_figure(language: str, text: str, span: str, kind: FigureKind) -> None:
    [figure] = figures(text, language)

    assert text[figure.start : figure.end] == span
    assert (figure.kind, figure.compares) == (kind, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "in 2019 we moved"),
        ("en", "from 2019 to 2021"),
        ("en", "since two thousand and nineteen"),
        ("en", "back in nineteen ninety-four"),
        ("en", "at three in the morning"),
        ("en", "I walk in at ten to seven"),
        ("en", "by half past two, or seven o'clock, or 7:30 pm"),
        ("en", "we stopped at six."),
        ("en", "on March 3rd, the 3 March and the thirty-first"),
        ("en", "the second site and the third one"),
        ("en", "one of the teams"),
        ("en", "one day, and on one hand"),
        ("en", "three years ago"),
        ("en", "I'm fifty-eight, she's sixty-one years old"),
        ("en", "ISO 27001 and Office 365, 24/7"),
        ("en", "COVID-19, N-1, SOC 2, P1 and 5G"),
        ("en", "phase two, level 3, item nine"),
        ("en", "a two-way street, zero trust"),
        ("en", "I told him twice, twice a week, three times"),
        ("en", "we doubled down"),
        ("en", "a couple of weeks, hundreds of calls"),
        ("en", "One, the gateway."),
        ("fr", "en 2019, depuis deux mille dix-neuf"),
        ("fr", "à trois heures du matin, vers 14h30"),
        ("fr", "à huit heures et quart"),
        ("fr", "le 3 mars, le dix du mois, le 115"),
        ("fr", "le deuxième site, la troisième fois"),
        ("fr", "un jour, d'un côté"),
        ("fr", "il y a trois ans"),
        ("fr", "ISO 27001 et Office 365, 7j/7 et 24h/24"),
        ("fr", "un tiers de confiance"),
        ("fr", "remis à neuf, quoi de neuf"),
        ("fr", "tous les deux, je leur ai dit cent fois"),
        ("fr", "la phase deux, le niveau 3"),
        ("de", "neun Tage statt vier, 40 %"),
        ("en", ""),
    ],
)  # fmt: skip
def test_what_says_when_or_which_is_no_figure(language: str, text: str) -> None:
    assert figures(text, language) == []


def test_figures_come_in_order() -> None:
    text = "We had 40 people, it went from nine days to four and cost ten thousand euros."

    assert [text[figure.start : figure.end] for figure in figures(text, "en")] == [
        "40 people",
        "from nine days to four",
        "ten thousand euros",
    ]


_PIECES = """
    two nine forty a one third of percent days from to by and half instead now was in 2019 1,200 3.5 %
    € - deux neuf vingt de à un tiers pour cent jours heures fois plus moitié il y a le maintenant au
    lieu # ~ , .
"""
_WORDS = st.sampled_from(_PIECES.split())


@given(
    st.one_of(st.text(), st.lists(_WORDS, max_size=25).map(" ".join)), st.sampled_from(["en", "fr"])
)
def test_spans_lie_inside_the_text_and_apart(text: str, language: str) -> None:
    found = figures(text, language)

    assert all(0 <= figure.start < figure.end <= len(text) for figure in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("word", ["two", "deux", "1", "1,", "hundred and", "from two", "2019"])
def test_a_word_repeated_without_end_is_read_to_its_end(language: str, word: str) -> None:
    # Speech recognition repeats itself on noise; patterns that back off would never return.
    text = f"{word} " * 2000

    assert all(figure.end <= len(text) for figure in figures(text, language))

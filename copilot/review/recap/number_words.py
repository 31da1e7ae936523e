"""The words numbers, units and dates are made of, English and French, folded.

Every word list of ``copilot.matching.figure_words`` says where a figure stands; these say which
figure it is, so that "ninety thousand" and "90,000" are the same.
"""

UNITS_OF = {
    "en": {
        "zero": 0,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
        "dozen": 12,
        "dozens": 12,
    },
    "fr": {
        "zero": 0,
        "deux": 2,
        "trois": 3,
        "quatre": 4,
        "cinq": 5,
        "six": 6,
        "sept": 7,
        "huit": 8,
        "neuf": 9,
        "dix": 10,
        "onze": 11,
        "douze": 12,
        "treize": 13,
        "quatorze": 14,
        "quinze": 15,
        "seize": 16,
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "quarantaine": 40,
        "cinquantaine": 50,
        "centaine": 100,
    },
}
TENS_OF = {
    "en": {
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    },
    "fr": {
        "vingt": 20,
        "vingts": 20,
        "trente": 30,
        "quarante": 40,
        "cinquante": 50,
        "soixante": 60,
        "septante": 70,
        "huitante": 80,
        "nonante": 90,
    },
}
BIG_OF = {
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9},
    "fr": {
        "cent": 100,
        "cents": 100,
        "mille": 1000,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
    },
}
#: Words that are the number one only before a unit or a big number.
ONE = {"en": frozenset(("one", "a", "an")), "fr": frozenset(("un", "une"))}
#: Those of them that are plainly the number.
PLAINLY_ONE = frozenset(("one",))
#: Between the words of one number.
JOINT = {"en": "and", "fr": "et"}
BEHIND_DIGITS = {"k": 1000, "million": 10**6, "millions": 10**6, "billion": 10**9, "mille": 1000}

#: What is measured or paid, the same in both languages.
MEASURES = {
    "%": "%",
    "percent": "%",
    "pourcent": "%",
    "€": "eur",
    "eur": "eur",
    "euro": "eur",
    "euros": "eur",
    "$": "usd",
    "dollar": "usd",
    "dollars": "usd",
    "£": "gbp",
    "pound": "gbp",
    "pounds": "gbp",
    "livres": "gbp",
    "second": "s",
    "seconds": "s",
    "seconde": "s",
    "secondes": "s",
    "minute": "min",
    "minutes": "min",
    "hour": "h",
    "hours": "h",
    "heure": "h",
    "heures": "h",
    "day": "day",
    "days": "day",
    "jour": "day",
    "jours": "day",
    "journee": "day",
    "journees": "day",
    "week": "week",
    "weeks": "week",
    "semaine": "week",
    "semaines": "week",
    "month": "month",
    "months": "month",
    "mois": "month",
    "quarter": "quarter",
    "quarters": "quarter",
    "trimestre": "quarter",
    "trimestres": "quarter",
    "year": "year",
    "years": "year",
    "an": "year",
    "ans": "year",
    "annee": "year",
    "annees": "year",
}
#: Words of the other language that are something else in this one.
NOT_IN = {"en": frozenset(("an", "ans", "mois")), "fr": frozenset(("second", "pound"))}
#: Without a number beside them these are something else as often as not.
AMBIGUOUS = frozenset(("second", "seconds", "seconde", "secondes", "livres", "pound"))
#: Shares and multiples that are no number, as what they come to.
RATIOS = {
    "half": "1/2",
    "halved": "1/2",
    "moitie": "1/2",
    "third": "1/3",
    "thirds": "1/3",
    "tiers": "1/3",
    "twice": "x2",
    "double": "x2",
    "doubled": "x2",
    "doubler": "x2",
    "triple": "x3",
    "tripled": "x3",
    "tripler": "x3",
}
_MONTHS = (
    "january janvier",
    "february fevrier",
    "march mars",
    "april avril",
    "may mai",
    "june juin",
    "july juillet",
    "august aout",
    "september septembre",
    "october octobre",
    "november novembre",
    "december decembre",
)
_DAYS = (
    "monday lundi",
    "tuesday mardi",
    "wednesday mercredi",
    "thursday jeudi",
    "friday vendredi",
    "saturday samedi",
    "sunday dimanche",
)
DATES = {word: names.split()[0] for names in (*_MONTHS, *_DAYS) for word in names.split()} | {
    f"{names.split()[0]}s": names.split()[0] for names in _DAYS
}
#: Months that are other words as well, unless they are written with a capital.
AMBIGUOUS_DATES = {"en": frozenset(("may", "march")), "fr": frozenset[str]()}

"""The words figures are made of in French."""

from copilot.matching.figure_words import (
    DIGITS,
    FIGURE,
    GAP,
    LONG_GAP,
    NAME,
    SURE,
    YEAR,
    FigureWords,
)
from copilot.matching.word_lists import any_of, compiled

_WORD = any_of("""
    deux, trois, quatre, cinq, six, sept, huit, neuf, dix, onze, douze, treize, quatorze, quinze,
    seize, vingts?, trente, quarante, cinquante, soixante, septante, huitante, octante, nonante,
    cents?, mille
""")
_NUMBER = (
    rf"(?:{DIGITS}|\b(?:zéro|{_WORD}|une?\s(?:million|milliard|millier)|"
    r"une\s(?:diz|douz|quinz|vingt|trent|cinquant|soixant|cent)aine|une\squarantaine(?=\sd)|"
    r"un(?=\svirgule\s|\spour\scent)|une\sdemi(?=-))\b)"
    rf"(?:(?:-|\set\s|\svirgule\s)une?\b|(?:[\s-]|\set\s(?=onze)|\svirgule\s)"
    rf"(?:{_WORD}|zéro|millions?|milliards?)\b){{0,9}}"
    r"(?:\set\sdemie?\b)?"
)
_OF = r"(?:d'|de\s)?"
_UNITS = {
    "percent": rf"(?:%|{any_of('pour ?cents?, points? de pourcentage')})",
    "money": rf"{_OF}(?:[€$£]|"
    + any_of("euros?, balles, dollars?, francs?, dinars?, dirhams?, eur")
    + ")",
    "time": r"(?:d'|de\s|bonnes?\s|petite?s?\s)?"
    + any_of(rf"""
        secondes?, millisecondes?, ms, mn, min, h(?:\d\d)?, heures? et demie?,
        (?:heures?|minutes?)(?: {_WORD})?, jours?, journées?, nuits?, semaines?, mois, trimestres?,
        ans?, années?
    """),
    "people": _OF
    + any_of("""
        personnes?, salariés, employés, collègues, ingénieurs, techniciens, collaborateurs, agents,
        managers, gars, types, filles, etp, hommes, femmes
    """),
}
_MEASURED = "(?:" + "|".join(_UNITS.values()) + ")"
# What is counted looks like a plural; these only end like one.
_NO_PLURAL = any_of("""
    pas, vous, nous, dans, mais, sans, sous, puis, très, après, ils, elles, les, des, nos, ses, mes,
    tes, vos, ces, moins, plus, fois, deux, trois, six, dix, aux, eux, ceux, alors, depuis, jamais,
    toujours, vers, hors, fais, suis, pis, étais, avais, as, est, tous, toutes
""")
_PLURAL = rf"(?!{_NO_PLURAL})\b[^\W\d_]{{2,}}[sx]\b"
_LINKED = rf"(?!{any_of('ou, et, à, le, la, en, par, sur, pour, de')})"
_THING = rf"{_OF}(?:{_LINKED}[^\W\d_]+\s)?{_PLURAL}"
_RATE = r"par\s(?:seconde|minute|heure|jour|nuit|semaine|mois|trimestre|an)\b"
_LABELS = any_of("""
    phase, niveau, étape, palier, numéro, article, chapitre, version, type, lot, ligne, salle, quai,
    tranche, semaine, jour, zone, poste, catégorie, bâtiment, page, priorité, office, windows,
    route, moins, terminal, vague
""")
_MONTHS = any_of("""
    janvier, février, mars, avril, mai, juin, juillet, août, septembre, octobre, novembre, décembre
""")
_MORE = r"(?:plus|moins|mieux|meilleure?s?)\b"
_SILENT = (
    rf"{_LABELS}[\s-]{_NUMBER}(?![\s-]?{_MEASURED})",
    rf"{NAME}(?!,?\d|\s?{_MEASURED})",
    (
        r"\b(?:sept jours sur sept|sept sur sept|vingt-quatre heures sur vingt-quatre|24h? sur 24|"
        r"7j? sur 7)\b"
    ),
    r"\b\d+\s?[hj]/\d+",
    (
        r"\b(?:cent|mille)\sfois\b(?!\s(?:plus|moins))|\b(?:à\s|remise?s?\sà\s|tout\s|quoi\sde\s|"
        r"du\s)neuf\b"
        rf"(?!\s(?:{_MEASURED}|cents?))"
    ),
    r"\b(?:nous|vous|tous les|toutes les|les|eux|à)\sdeux\b(?!\s\w)|\ben\sdeux\smots\b",
    # Counting points off, and how often something happened.
    rf"(?:^|(?<=[.!?:]\s)){_WORD}(?=,\s)|{_NUMBER}\sfois\b(?!\s{_MORE})",
    # Years.
    rf"\b(?:en|depuis|année|fin|début|été|hiver|printemps)\s(?:19|20)\d\d\b(?!\s?{_MEASURED})",
    rf"{YEAR}(?!\s?{_MEASURED}|\s{_THING})",
    (
        r"\b(?:en|depuis|année|fin|début|été|de|à|jusqu'en)\s(?:deux mille|"
        rf"mille neuf cent)s?[\s-]{_WORD}"
        rf"(?:[\s-](?:et[\s-])?(?:une?|{_WORD}))*\b(?!\s{_MEASURED})"
    ),
    # Dates, ages, points in time. A number after a singular "le" counts nothing.
    rf"\b(?:le|au|chaque|du)\s{_NUMBER}(?!\s?%|\spour|\s(?:mille|million))",
    (
        rf"{_NUMBER}\s{_MONTHS}|\b(?:il\s)?y\sa(?:vait)?\s{_NUMBER}\s(?:jours|semaines|mois|"
        r"ans)\b"
    ),
    # Times of day; "de neuf heures à deux heures" tells how long.
    (
        r"(?<!jours\s)(?<!heures\s)(?<!semaines\s)(?<!mois\s)(?<!minutes\s)(?<!passé\s)(?<!passés\s)"
        r"(?<!descendu\s)(?<!tombé\s)(?<!réduit\s)\b(?:à|vers|dès|avant|après|jusqu'à)\s"
        rf"{_NUMBER}\s?h(?:eures?)?(?:\d\d|\set\s\w+|\s{_WORD})?\b"
    ),
    rf"{_NUMBER}\s?h(?:eures?)?\s?(?:\d\d|du\s(?:mat\w*|soir)|de\sl'après-midi|pile)\b",
)
_RATIOS = (
    r"\bla moitié\b|\b(?:deux|trois|quatre)\s(?:tiers|quarts|cinquièmes)\b|\btrois-quarts\b",
    (
        r"(?<!\bà\s)(?<!\bpar\s)\bun\s(?:tiers|quart|cinquième|dixième)\b"
        r"(?!\s(?:d'heure|de confiance|temps|externe))"
    ),
)
_CHANGES = (
    rf"\b{_NUMBER}\sfois\s{_MORE}|\bmoitié\s{_MORE}|\b(?:de|par)\smoitié\b",
    rf"\b(?:divis|multipli)\w+\spar\s{_NUMBER}|\b(?:doubl|tripl|quadrupl)(?:ée?s?|er|ait)\b",
    rf"\b(?:un\s)?(?:tiers|quart)\sde\s{_MORE}|(?<![\w.,])x\s?\d+\b",
)
_ROUGHLY = any_of("""
    environ, à peu près, peu près, moins de, plus de, presque, à peine, peine, seulement, même,
    quelque chose comme, genre, disons, euh, une moyenne de, bien, quasiment
""")
_ABOUT = rf"(?:{_ROUGHLY}[\s,]+)*"
_MOVES = any_of(r"""
    rédui\w+, baiss\w+, diminu\w+, augment\w+, amélior\w+, gagn\w+, perdu\w*, accélér\w+,
    raccourci\w*, hausse, chut\w+, progress\w+, mont\w+, descend\w+, économi\w+, écourt\w+,
    recul\w+, divis\w+
""")
_BEFORE = any_of("""
    avant, auparavant, c'était, était, étaient, avait, prenait, mettait, fallait
""")
_NOW = any_of("maintenant, aujourd'hui, désormais")
_WENT_TO = any_of("""
    passée?s?, descendue?s?, tombée?s?, montée?s?, réduite?s?, ramenée?s?, revenue?s?
""")
_INSTEAD = r"\b(?:au lieu d|plutôt qu|contre|comparée?s? à|alors qu'avant)\w*['\s]"
_COMPARISONS = (
    rf"\b(?:de\s|d'|des\s){_ABOUT}{FIGURE}{GAP}{{0,45}}\bà\s{_ABOUT}{FIGURE}",
    rf"{_WENT_TO}\sà\s{_ABOUT}{SURE}",
    rf"{_MOVES}{GAP}{{0,35}}\bd(?:e\s|'){_ABOUT}{SURE}",
    rf"{SURE}(?:\s\w+)?\s(?:de|en)\s{_MORE}(?!\sd)",
    (
        rf"\b(?:est|sont|était|étaient)\sà\s{_ABOUT}{SURE}{GAP}{{0,30}}"
        rf"\b(?:est|était|étaient|rendus?)\sà\s{_ABOUT}{SURE}"
    ),
    rf"{FIGURE}{GAP}{{0,30}}{_INSTEAD}(?:[\w']+\s){{0,3}}{FIGURE}",
    rf"{SURE}{GAP}{{0,20}}\bau lieu d(?:e\s|')\w+",
    rf"{_BEFORE}{LONG_GAP}{{0,40}}{FIGURE}{LONG_GAP}{{0,45}}{_NOW}{GAP}{{0,25}}{FIGURE}",
    rf"{_NOW}{LONG_GAP}{{0,30}}{FIGURE}{LONG_GAP}{{0,30}}{_BEFORE}{GAP}{{0,25}}{FIGURE}",
)

FRENCH = FigureWords(
    number=compiled(_NUMBER),
    weak=compiled(
        r"\b(?:rien|une?(?:\s(?:seconde|minute|heure|jour(?:née)?|semaine|mois|an|seule?|"
        r"quart\sd'heure))?)\b"
    ),
    units={kind: compiled(pattern) for kind, pattern in _UNITS.items()},
    thing=compiled(rf"({_RATE})", rf"{_OF}(?:{_LINKED}[^\W\d_]+\s)??({_PLURAL})"),
    heads=compiled(
        r"\b(?:on|nous|ils|elles)\s(?:est|était|sommes|étions|sont|étaient)\s(?:que\s|environ\s)?$"
    ),
    silent=compiled(*_SILENT),
    ratios=compiled(*_RATIOS),
    changes=compiled(*_CHANGES),
    comparisons=compiled(*_COMPARISONS),
)

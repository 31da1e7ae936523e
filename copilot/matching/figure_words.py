"""The words figures are made of: what languages share, and English; patterns that ignore case.

Speech recognition writes the same figure in digits one time and in words the next, so both are
read. Where a number word has an everyday meaning too ("one", "a third", "at nine"), it counts
only in the company that makes it a quantity.
"""

import re
from dataclasses import dataclass

from copilot.matching.word_lists import any_of, compiled


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One language's patterns.

    Attributes:
        number: A number, in digits or words.
        weak: What is a number only where a comparison holds it: "from twelve tools to *one*".
        units: The unit behind a number, by the kind of figure it makes.
        thing: What a number counts, for numbers without such a unit.
        heads: Before a number without a unit: it counts people ("we were twelve").
        silent: Numbers that are no figures: they say when or which, not how much.
        ratios: Shares of a whole.
        changes: What says by itself how far something moved.
        comparisons: The same, around numbers: each character of one stands as ``#``, of a
            percentage as ``%``, of a weak one as ``~``.
    """

    number: re.Pattern[str]
    weak: re.Pattern[str]
    units: dict[str, re.Pattern[str]]
    thing: re.Pattern[str]
    heads: re.Pattern[str]
    silent: re.Pattern[str]
    ratios: re.Pattern[str]
    changes: re.Pattern[str]
    comparisons: re.Pattern[str]


# "1,200", "1 200", "3.5", "3-5", "40k", "4m"; not "24/7", "7:30", "COVID-19", "N-1".
DIGITS = (
    r"(?<!\w)(?<!\w[-/:.,])(?:\d{1,3}(?:[,.\s]\d{3}){1,4}(?!\d)|\d{1,12})(?:[.,]\d{1,6})?"
    r"(?:\s?[-\u2013]\s?\d{1,9})?(?![/:.,-]?\d)(?:\s?(?:k|m|bn|mds?)(?![^\W\d]))?"
)
NAME = r"(?:(?<=[^.!?\s]\s)\b(?-i:[A-Z])\w*|\b(?-i:[A-Z]{2,}))\s\d[\d.]*"  # "ISO 27001"
YEAR = r"(?<![\d.,€$£])(?:19[5-9]|20[0-4])\d\b(?![.,]?\d)"
# Between a number and what it counts there may be an adjective, but none of these.
LINKED = rf"(?!{any_of('and, or, to, in, of, on, at, for, with, by, the, from, than')})"
# In a comparison numbers stand as marks: what counts by itself, and what counts in company.
SURE = r"[#%]+"
FIGURE = r"[#%~]+"
GAP = r"[^.;!?#%~]"  # within one sentence
LONG_GAP = r"[^;!?#%~]"  # into the next one: "It took nine days. Now it's four."

_ONES = "two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|ninety"
_BIG = "hundred|thousand|million|billion|dozen|lakh|crore"
_WORD = rf"(?:{_ONES}|{_TEENS}|{_TENS})"
_AND = r"(?:[\s-]|\spoint\s|(?<=hundred)\sand\s|(?<=thousand)\sand\s)"
_NUMBER = (
    rf"(?:{DIGITS}|\b(?:zero|nought|{_WORD}|(?:an?|one|half\sa)\s(?:{_BIG}))\b|"
    rf"\bone(?=\spoint\s|\sper\s?cent)|\bhalf\san?(?=\s(?:hour|day|year)\b))"
    rf"(?:{_AND}(?:{_WORD}|{_BIG}|one|oh|nought|zero)\b){{0,9}}"
    r"(?:\sand\sa\s(?:half|quarter)\b|-(?:odd|something|ish)\b)?"
)
_UNITS = {
    "percent": rf"(?:%|{any_of('percent, per cent, percentage points?')})",
    "money": r"(?:[€$£]|"
    + any_of("""
        euros?, dollars?, pounds?, quid, bucks, grand, cents, pence, francs?, crowns, rupees, naira,
        pesos, eur, usd, gbp
    """)
    + ")",
    "time": r"(?:(?:full|whole|solid|working|business|calendar|straight|extra|more|odd)\s)?"
    + any_of("""
        milliseconds?, ms, seconds?, secs?, minutes?, mins?, hours?, hrs?, days?, nights?, weeks?,
        months?, quarters, years?
    """),
    "people": any_of("""
        people, persons?, staff, employees, colleagues, engineers, technicians, developers,
        managers, analysts, agents, workers, nurses, men, women, guys, lads, girls, folks?, heads,
        ftes?, of us
    """),
}
_MEASURED = "(?:" + "|".join(_UNITS.values()) + ")"
# What is counted looks like a plural; these only end like one.
_NO_PLURAL = any_of("""
    is, was, as, his, this, does, its, has, us, yes, plus, less, across, always, perhaps, sometimes,
    unless, times, others
""")
_PLURAL = rf"(?!{_NO_PLURAL})\b[^\W\d_]{{2,}}s\b"
_THING = rf"(?:{LINKED}[^\W\d_]+\s)?{_PLURAL}"
_RATE = r"(?:an?|per|every|each)\s(?:second|minute|hour|day|night|week|month|quarter|year|shift)\b"
# A number behind one of these names it: "phase two", "Office 365".
_LABELS = any_of("""
    phase, level, tier, step, item, number, room, line, article, chapter, version, day, type, gate,
    stage, page, option, question, priority, unit, block, bay, office, windows, catch, cloud, route,
    minus, ground, week, hour
""")
_MONTHS = any_of("""
    january, february, march, april, may, june, july, august, september, october, november, december
""")
_HOUR = rf"(?:{_ONES}|ten|eleven|twelve|1[0-2]|\d)(?:[\s-](?:{_TENS}))?\b"
_MORE = any_of("""
    more, less, fewer, better, faster, quicker, slower, cheaper, shorter, longer, lower, higher,
    earlier, sooner, smaller
""")
_SILENT = (
    rf"{_LABELS}[\s-]{_NUMBER}(?![\s-]?{_MEASURED})",
    rf"{NAME}(?!,?\d|\s?{_MEASURED})",
    r"\b(?:twenty[\s-]four[\s-]seven|fifty[\s-]fifty|three[\s-]sixty|24\s7|nine to five|9 to 5)\b",
    r"\bzero[\s-](?:trust|days?|touch)\b|\ba (?:hundred|thousand|million) times\b",
    # Counting points off, and how often something happened.
    rf"(?:^|(?<=[.!?:]\s))(?:{_ONES}|ten)(?=,\s)|{_NUMBER}\stimes\b(?!\s{_MORE})",
    # Years.
    (
        rf"\b(?:in|since|during|the|until|late|early|mid)\s(?:19|20)\d\d\b(?!\s?{_MEASURED}|"
        rf"\s{_PLURAL})"
    ),
    rf"{YEAR}(?!\s?{_MEASURED}|\s{_THING})",
    rf"\bnineteen\s(?:{_TENS})(?:[\s-](?:one|{_ONES}))?\b",
    rf"\btwenty\s(?:{_TEENS}|twenty(?:[\s-](?:one|{_ONES}))?)\b(?!\s{_MEASURED})",
    rf"\b(?:in|since|until|by|of|from|to)\stwo thousand(?:\sand)?\s(?:one|{_WORD}(?:-\w+)?)\b",
    # Dates, ages, points in time.
    rf"{_NUMBER}\s(?:of\s)?{_MONTHS}|\b(?:{_MONTHS})\s(?:the\s)?{_NUMBER}",
    rf"{_NUMBER}-(?:first|second(?!s|-)|third|(?:four|fif|six|seven|eigh|nin)th)\b",
    rf"\b(?:i'm|i\sam)\s{_NUMBER}(?![\s-]?{_MEASURED}|\s{_THING})",
    rf"{_NUMBER}[\s-](?:(?:days|weeks|months|years)\s(?:ago|back|in)|years?[\s-]old)\b",
    # Times of day.
    rf"{_NUMBER}\s?(?:o'clock|[ap]\.?m\b|sharp\b|(?:in\sthe|this)\s(?:morning|afternoon|evening))",
    rf"\d\d?[:.]\d\d\s?[ap]\.?m\b|\b(?:half\s|quarter\s|{_NUMBER}\s)past\s{_NUMBER}",
    rf"\b(?:at|about|by|until|till|since)\s(?:quarter|{_NUMBER})\sto\s{_NUMBER}",
    (
        rf"\b(?:at|until|till|before|after|since|past)\s{_HOUR}"
        rf"(?![.,]?\d|[\s-]?{_MEASURED}|\s{_THING}|[\s-](?:{_WORD}|{_BIG}|point))"
    ),
)
_SHARE = r"(?:a|one)[\s-](?:third|quarter|fifth|tenth)"
_RATIOS = (
    rf"(?<=\bby\s){_SHARE}\b|\b{_SHARE}\b(?=\s(?:of|off|{_MORE}))",
    r"\b(?:two|three|four)[\s-](?:thirds|quarters|fifths)\b",
    r"\bhalf(?=\s(?:of|the|our|my|that|their)\b)|(?<=\bby\s)half\b(?!\s(?:past|an?)\b)",
)
_CHANGES = (
    rf"\b(?:twice|several times|{_NUMBER}\stimes)\s(?:as\b|what\b|{_MORE})",
    r"\b(?:halv|doubl|tripl|trebl|quadrupl)(?:ed|es|ing)\b(?!\s(?:down|up|back|over)\b|-)",
    r"\b(?:two|three|four|five|ten)-?fold\b|\bin\shalf\b|\b(?:double|half)\s(?:as|of\swhat|what)\b",
    rf"(?<![\w.,])\d+(?:\.\d+)?x\b|\b(?:by\s)?{_SHARE}\s{_MORE}",
)
_ROUGHLY = any_of("""
    well, just, about, around, only, less than, more than, nearly, almost, maybe, roughly, under,
    over, like, a mere, something, i think, say, an average of, even, as little as, it was
""")
_ABOUT = rf"(?:{_ROUGHLY}[\s,]+)*"
_MOVES = any_of(r"""
    cut, slash\w*, reduc\w+, improv\w+, increas\w+, decreas\w+, dropp\w+, f[ae]ll\w*, rose, risen,
    grew, grown, went, gone, down, up, lower\w*, raised, saved, shorten\w*, shaved, better, faster,
    slipp\w+, boost\w*, shr[au]nk, over, under, beat, exceeded
""")
_BEFORE = any_of("used to, before, previously, was, were, had been, took, started")
_NOW = any_of("now, today")
_INSTEAD = any_of("""
    instead of, rather than, compared (?:with|to), versus, against, where it (?:was|used to be)
""")
_COMPARISONS = (
    (
        rf"\b(?:(?:down|up)\s)?from[\s,]+{_ABOUT}(?:[\w']+\s){{0,2}}{FIGURE}{GAP}{{0,45}}"
        rf"\bto\s{_ABOUT}{FIGURE}"
    ),
    rf"\b(?:up\sfrom|(?:down|fell|dropped|rose|grew|went\sup)\s(?:to|from))\s{_ABOUT}{SURE}",
    rf"\b(?:down|up|fell|dropped|rose|grew|improved|increased|decreased)\s{_ABOUT}%+",
    rf"{_MOVES}{GAP}{{0,45}}\bby\s{_ABOUT}{SURE}",
    rf"{FIGURE}{GAP}{{0,30}}{_INSTEAD}\s(?:[\w']+\s){{0,3}}{FIGURE}",
    rf"{SURE}{GAP}{{0,20}}\binstead of\s\w+",
    rf"{_BEFORE}{LONG_GAP}{{0,40}}{FIGURE}{LONG_GAP}{{0,45}}{_NOW}{GAP}{{0,25}}{FIGURE}",
    rf"{_NOW}{LONG_GAP}{{0,30}}{FIGURE}{LONG_GAP}{{0,30}}{_BEFORE}{GAP}{{0,25}}{FIGURE}",
)

ENGLISH = FigureWords(
    number=compiled(_NUMBER),
    weak=compiled(
        r"\b(?:one|none|nothing|an?\s(?:second|minute|hour|day|week|month|quarter|year))\b"
    ),
    units={kind: compiled(pattern) for kind, pattern in _UNITS.items()},
    thing=compiled(rf"({_RATE})", rf"(?:{LINKED}[^\W\d_]+\s)??({_PLURAL})"),
    heads=compiled(r"\b(?:we|they)(?:'re|\sare|\swere)\s(?:only\s|about\s|just\s)?$"),
    silent=compiled(*_SILENT),
    ratios=compiled(*_RATIOS),
    changes=compiled(*_CHANGES),
    comparisons=compiled(*_COMPARISONS),
)

"""The words in which people claim results: what they are for, and English.

Only plain ways of saying that something became better by what was done: a result that we overlook
costs a suggestion, a result that nobody claimed costs the interviewer's trust.
"""

import re
from dataclasses import dataclass

from copilot.matching.word_lists import any_of, compiled


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """One language's patterns.

    Attributes:
        own: The speaker or the team did it: "we cut the backlog".
        outcome: It came out better: "complaints went down". Whose doing it was is left open.
        strong: Emphasis that makes a claim weigh more.
        phrases: Turns of phrase that hold a word of doubt or of others and mean neither.
        doubtful: Before a claim in its clause: a wish, a plan, a condition, a negation, what holds
            in general.
        others: Somebody else, who may have done it.
        ourselves: The speaker or the team.
        measured: Near a claim: a way of measuring is told, if no figure.
    """

    own: re.Pattern[str]
    outcome: re.Pattern[str]
    strong: re.Pattern[str]
    phrases: re.Pattern[str]
    doubtful: re.Pattern[str]
    others: re.Pattern[str]
    ourselves: re.Pattern[str]
    measured: re.Pattern[str]


# What work is measured by: good when there is less of it, and good when there is more. Verbs such
# as "cut", "saved" and "raised" claim a result only with one of these: people also cut ribbons,
# save files and raise tickets.
_LESS = any_of("""
    costs?, spend, spending, turnaround, downtime, outages?, incidents?, backlogs?, errors?,
    defects?, mistakes, complaints?, delays?, waste, scrap, rework, disputes, attrition,
    staff turnover, sick leave, absenteeism, churn, overtime, queues?, call volumes?, tickets,
    (?:lead|cycle|response|resolution|wait|waiting|handling|delivery|repair|recovery) ?times?,
    (?:set-?up|changeover|processing|onboarding) ?times?
""")
_GAIN = any_of("""
    productivity, efficiency, quality, availability, uptime, reliability, satisfaction, throughput,
    output, revenues?, sales, margins?, performance, accuracy, morale, engagement
""")
_STRONG = any_of("""
    a lot, a ton, tons, a great deal, much, so much, so, way, far, massively, hugely, enormously,
    dramatically, drastically, significantly, substantially, considerably, noticeably, definitely,
    clearly, really, no end, tremendously, vastly, greatly, markedly, visibly, night and day
""")
_BETTER = any_of("""
    better, faster, quicker, smoother, shorter, leaner, cheaper, healthier, safer, calmer, happier,
    more (?:efficient|productive|reliable|stable|consistent)
""")
# "better to ask", "better at it", "better than the other one" compare something else.
_SINCE = (
    r"(?!\s(?:to|if|when|that|for|at|with|in|off|not|way|idea|people)\b)"
    r"(?!\sthan\s(?!it (?:was|had)|before|when|they were|we were|ever|last))"
)
_ALSO = any_of("just, also, actually, then, even, all, quite, right, and")
_HOW = rf"(?:(?:{_STRONG}|{_ALSO})[\s,]+)*"
_HAS = rf"(?:(?:has|have|had|{_ALSO}|{_STRONG})\s)*"
_DID = any_of("""
    have, had, has, also, really, actually, just, then, basically, definitely, managed to,
    were able to, was able to, significantly, massively, dramatically, greatly, drastically, hugely
""")
_WE = any_of("i, we, i've, we've, (?:my|our|the) team") + rf"\s(?:{_DID}\s)*"
# Up to five words that stay with the verb.
_AWAY = any_of("about, on, with, for, to, and, or, because, that, in, by, when")
_OBJECT = rf"(?:(?!{_AWAY})[\w'-]+\s){{0,5}}?"
# The present tense tells what one does in general, unless it is what one managed to do.
_CUT = any_of(r"""
    reduced, cut, lowered, decreased, slashed, saved, shortened, (?:brought|drove|got|cut) down,
    (?<=to\s)(?:reduce|lower|decrease|slash|save|shorten), (?<=to\s)(?:bring|drive|get) down
""")
_RAISED = any_of(r"increased, raised, boosted, lifted, (?<=to\s)(?:increase|raise|boost|lift)")
_WENT_DOWN = any_of("dropped, fell, decreased, shrank, shrunk, disappeared, went away")
_GOT = any_of("got, gotten, became, become")
_IS = any_of("is, was, are, were, runs?, ran, works, worked, goes")
_BIG = any_of("""
    huge, massive, big, great, significant, real, enormous, considerable, dramatic, substantial,
    noticeable, major
""")
_IT = any_of("it, that, this, things?, everything")
_US = any_of(r"us, it, things, everything, life, the \w+")
_PLACE = any_of("the (?:team|department|desk|service|site|place|operation|business|project)")
_MADE = any_of("saw, seen, had, made, achieved, delivered, brought, led to, resulted in")

_OWN = (
    rf"{_WE}(?:improved|sped up|(?<=to\s)(?:improve|speed up))\b(?!\s(?:my|myself|on it)\b)",
    rf"{_WE}{_CUT}\s{_OBJECT}{_LESS}",
    rf"{_WE}{_RAISED}\s{_OBJECT}{_GAIN}",
    rf"{_WE}(?:saved|won back|(?<=to\s)save)\s(?:\w+\s){{0,4}}?(?:time|money|hours|days)\b",
    rf"{_WE}turned\s(?:it|things|that|{_PLACE})\s(?:right\s)?a?round\b",
)
_OUTCOME = (
    rf"{_LESS}\s{_HAS}{_WENT_DOWN}",
    rf"{_LESS}\s{_HAS}(?:went|came|gone|come)\s{_HOW}down\b",
    rf"{_GAIN}\s{_HAS}(?:improved|increased|rose|(?:went|gone)\s{_HOW}up)\b",
    # It, or what work is measured by, got better; anything else only with emphasis.
    rf"(?:{_IT}|{_LESS}|{_GAIN})\s{_HAS}{_GOT}\s{_HOW}{_BETTER}{_SINCE}",
    rf"{_GOT}\s(?:{_STRONG}\s)+{_BETTER}{_SINCE}",
    rf"(?:{_IS}|'s)\s(?:just\s)?(?:{_STRONG}\s)+{_BETTER}{_SINCE}",
    rf"(?:{_IS}|'s)\s{_BETTER}(?=\s(?:now|than (?:it|they|before|when))\b)",
    rf"\b(?:that|this|it|which)(?:'s|\shas)?\s{_HOW}(?:improved|sped)\b",
    rf"\b(?:that|this|it|which)(?:'s|\shas)?\s{_HOW}made\s{_US}\s{_HOW}{_BETTER}{_SINCE}",
    rf"\b(?:we (?:had|have|got|get|saw|see)|there (?:were|are))\s{_HOW}fewer\s(?!people\b|of\b)\w+",
    rf"{_MADE}\s(?:an?\s|some\s)?{_BIG}\s(?:improvements?|savings|gains|reductions?|drop)\b",
    r"\b(?:it's|it was|it is|like) night and day\b",
)

ENGLISH = ClaimWords(
    own=compiled(*_OWN),
    outcome=compiled(*_OUTCOME),
    strong=compiled(_STRONG),
    phrases=compiled(
        any_of("""
            i'd say, you know, (?:i )?(?:could|couldn't|can|can't|cannot) (?:tell|show|give) you,
            if you ask me, if i'm honest, to be honest, i (?:must|have to|should|would|can) say,
            i'll (?:say|be honest), you (?:see|could see|can see), for you, no doubt, i want to say,
            i do want to say, not only, i'm not going to lie, i think, as you can imagine
        """)
    ),
    doubtful=compiled(
        any_of("""
            if, unless, whether, would, could, should, will, might, may, can, must, ideally,
            in theory, wants?, wanted, wanting, going to, gonna, hope, hoped, hoping, try, tried,
            trying, plan, plans, planned, goal, aim, target, idea was, supposed, expect\\w*, needs?,
            needed, have to, has to, had to, in order to, so that, wish, imagine, promised?,
            how (?:do|did|to), not, never, no, nobody, nothing, neither, nor, without, hardly,
            barely, until, before, you, your, people, everyone, in general, generally, usually,
            always, often
        """),
        r"n't\b|'ll\b|'d\b",
    ),
    others=compiled(
        any_of("""
            he, she, his, her, they, they've, their, theirs, vendors?, suppliers?, provider,
            competitors?, predecessor, consultants?, my (?:boss|director|manager), somebody,
            someone, other (?:companies|teams|firms)
        """)
    ),
    ourselves=compiled(any_of(r"i, i'\w+, we, we'\w+, us, my, our")),
    measured=compiled(
        r"\b(?<!nobody )(?<!not )(?<!never )(?:i|we|was|were|got|been)\s(?:\w+\s)?"
        + any_of("""
            measured, tracked, counted, monitored, surveyed, timed, baselined, benchmarked, compared
        """),
        any_of("surveys?, scores?, figures, statistics, numbers, data, dashboards?")
        + r"\s(?:shows?|showed|said|say|prove[sd]?|went|came|confirmed)\b",
    ),
)

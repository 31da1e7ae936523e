"""What the user can type: words, and the short keys of the live screen."""

from dataclasses import dataclass

from copilot.events import Unrated
from copilot.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Word:
    """One thing that can be typed.

    Attributes:
        id: Stable name, the same as that of the live screen's action where there is one.
        words: What is typed; one or more phrases, all of which mean the same.
        key: A short form; that of the live screen where it has one.
        takes: What may follow, in words for people; nothing where empty.
        help: What it does, in a sentence.
    """

    id: str
    words: tuple[str, ...]
    key: str
    takes: str
    help: str


WORDS: tuple[Word, ...] = (
    Word("status", (N_("status"),), "", "", N_("How the session is doing.")),
    Word("where", (N_("where"),), "", "", N_("Which question is being answered.")),
    Word("points", (N_("points"),), "", "", N_("The points of this question and their states.")),
    Word("plan", (N_("plan"),), "", "", N_("The questions of the plan.")),
    Word("repeat", (N_("repeat"), N_("again")), "", "", N_("The last line once more.")),
    Word("suggestion", (N_("suggestion"),), "", "", N_("The suggestion that is open now.")),
    Word(
        "suggestion.take",
        (N_("take"),),
        "t",
        "",
        N_("You will ask the suggestion; it counts as asked."),
    ),
    Word("suggestion.skip", (N_("skip"),), "s", "", N_("Not this suggestion; the next one.")),
    Word(
        "suggestion.dismiss",
        (N_("dismiss"),),
        "x",
        "",
        N_("No more suggestions for this question."),
    ),
    Word(
        "suggestion.calm", (N_("calm"),), "c", "", N_("Hold suggestions back, or speak them again.")
    ),
    Word("question.next", (N_("next"),), "n", "", N_("The next question is being asked.")),
    Word("question.previous", (N_("previous"),), "p", "", N_("Back to the question before.")),
    Word(
        "question.choose",
        (N_("question"),),
        "g",
        N_("number"),
        N_("Choose the question that is being answered; 0 is talk outside the plan."),
    ),
    Word("note", (N_("note"),), "m", N_("text"), N_("Keep a line; it is tied to this moment.")),
    Word("mark", (N_("mark"),), "k", "", N_("Mark this moment.")),
    Word(
        "rate",
        (N_("rate"),),
        "",
        N_("1 to 4 and a reason, not enough, not asked, or 0"),
        N_("Rate the answer, or say why not; 0 takes it back."),
    ),
    Word(
        "point",
        (N_("point"),),
        "",
        N_("name or number, then evidenced, unclear, denied, not heard, or give back"),
        N_("Decide a point yourself, or give it back."),
    ),
    Word(
        "flag",
        (N_("flag"),),
        "",
        N_("name, then raised, not raised, unclear, or give back"),
        N_("Decide a flag yourself, or give it back."),
    ),
    Word("capture.pause", (N_("pause"),), "o", "", N_("Off the record, or on it again.")),
    Word(
        "capture.off",
        (N_("off the record"), N_("off")),
        "",
        "",
        N_("Off the record: nothing is heard or kept."),
    ),
    Word("capture.on", (N_("on the record"), N_("on")), "", "", N_("On the record again.")),
    Word("capture.swap", (N_("swap"),), "w", "", N_("You and the candidate are mixed up.")),
    Word(
        "language.switch",
        (N_("language"),),
        "l",
        "",
        N_("The other language, English or French, is spoken from now on."),
    ),
    Word(
        "speaker.switch",
        (N_("speaker"),),
        "",
        "",
        N_("With one microphone: the other one speaks now. Enter alone does it too."),
    ),
    Word("all", (N_("all"),), "", "", N_("Speak everything but the words of the interview.")),
    Word("findings", (N_("findings"),), "", "", N_("Speak alarms, suggestions and findings.")),
    Word("alarms", (N_("alarms"),), "", "", N_("Speak alarms alone.")),
    Word(
        "transcript",
        (N_("transcript"),),
        "",
        "",
        N_("Speak what is said, word for word, or leave it out again."),
    ),
    Word("help", (N_("help"),), "?", "", N_("These commands.")),
    Word("quit", (N_("quit"),), "q", "", N_("End the session; asks once.")),
)

_RATINGS = ("0", "1", "2", "3", "4")
#: What is typed behind ``rate`` where there is no rating to give.
UNRATED_TYPED: dict[Unrated, str] = {
    Unrated.NOT_ENOUGH: N_("not enough"),
    Unrated.NOT_ASKED: N_("not asked"),
}


def understood(text: str) -> tuple[Word, str] | None:
    """The command that was typed and what follows it; None where there is no such command.

    Words of the interface's language are understood beside the English ones.
    """
    typed = " ".join(text.split())
    if typed in _RATINGS:
        return _word("rate"), typed
    first, _space, rest = typed.partition(" ")
    for word in WORDS:
        if word.key and first.casefold() == word.key:
            return word, rest
    phrases = [
        (phrase.casefold(), word)
        for word in WORDS
        for english in word.words
        for phrase in dict.fromkeys((english, _(english)))
    ]
    # The longest first, so that "off the record" is not "off" with something behind it.
    for phrase, word in sorted(phrases, key=lambda each: -len(each[0])):
        if (typed.casefold() + " ").startswith(phrase + " "):
            return word, typed[len(phrase) :].strip()
    return None


def is_yes(text: str) -> bool:
    """Whether a question was answered with yes."""
    return text.strip().casefold() in ("y", "yes", _("yes").casefold())


def is_no(text: str) -> bool:
    """Whether a question was answered with no."""
    return text.strip().casefold() in ("n", "no", _("no").casefold())


def help_lines() -> list[str]:
    """What can be typed, one command a line."""
    return [_help_line(word) for word in WORDS]


def _help_line(word: Word) -> str:
    names = [_(each) for each in word.words] + ([word.key] if word.key else [])
    said = _(", or ").join(names)
    if word.takes:
        return _("{command} {takes}: {help}", command=said, takes=_(word.takes), help=_(word.help))
    return _("{command}: {help}", command=said, help=_(word.help))


def _word(word_id: str) -> Word:
    return next(word for word in WORDS if word.id == word_id)

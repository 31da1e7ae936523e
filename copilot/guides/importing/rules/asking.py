"""Questions in a document: which texts ask a candidate something, how, and in what words."""

import re
from dataclasses import dataclass

from copilot.guides.importing.rules.asking_words import (
    ADDRESSED,
    ASKS,
    IMPERATIVES,
    INVERTED,
    KINDS,
    SURE_IMPERATIVES,
)
from copilot.guides.importing.rules.sections import plain_text
from copilot.guides.importing.rules.sentences import sentences_of
from copilot.knowledge.guide import QuestionKind

_IMPERATIVE = re.compile(IMPERATIVES)
_SURE = re.compile(SURE_IMPERATIVES)
_INVERTED = re.compile(INVERTED)
_ADDRESSED = re.compile(ADDRESSED)
_ASKS = re.compile(ASKS)
_KINDS = tuple((QuestionKind(kind), re.compile(pattern)) for kind, pattern in KINDS)
#: A question mark at the end, before a remark in brackets at most: "… ? (en anglais)".
_ENDS_ASKING = re.compile(r"\?[\s\"'”\u2019»)\]*_]*(?:\([^()?]{1,40}\)[\s.]*)?$")
_FRONT = re.compile(r"^[\s\"'“\u2018«(\[*_>\u2013—-]+")
#: A quotation of some length: what an interviewer is to say.
_QUOTED = re.compile(
    r"“\s*(?P<curly>[^”]{8,500}?)\s*”|«\s*(?P<french>[^»]{8,500}?)\s*»|\"(?P<straight>[^\"]{8,500}?)\"|"
    r"(?:(?<=[\s(:])|^)['\u2018](?P<single>\w.{6,500}?[\w.?!…\)])['\u2019](?=$|[\s.,;:)])"
)
_MINUTES = re.compile(
    r"\s*[(\[\u2013—,:-]\s*(?:~|about |around |environ |max(?:imum)? |"
    r"up to )?(?P<first>[0-9]{1,3})"
    r"(?:\s*(?:-|\u2013|to|à)\s*(?P<last>[0-9]{1,3}))?\s*(?:min(?:ute)?s?\b\.?|mn\b|')\s*[)\]]?\s*",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"\s*[(\[\u2013—,-]\s*(?P<hours>[12])\s*(?:h(?:ours?|"
    r"eures?)?)\b\s*(?P<more>[0-9]{2})?\s*[)\]]?\s*",
    re.IGNORECASE,
)
_MOST_MINUTES = 120


def asks(text: str, *, addressed: bool = False) -> bool:
    """Whether all of a text is a question to a candidate, or several.

    Args:
        text: A block or sentence.
        addressed: Whether it must speak to somebody, as "you"; wanted where other questions stand.
    """
    sentences = sentences_of(text)
    asking = [_asking(sentence) for sentence in sentences]
    if not addressed and len(sentences) == 1 and not any(asking):
        return _forgets_its_mark(text)
    if not asking or not any(asking):
        return False
    if addressed and not (_ADDRESSED.search(plain_text(text)) or surely_asks(text)):
        return False
    if text.rstrip().endswith((":", "\uff1a")):
        return False
    # "You join a new team. What do you do first?": the question has a setting.
    ends = _ENDS_ASKING.search(sentences[-1]) is not None or surely_asks(sentences[-1])
    scene = _sets_a_scene(sentences[0]) or (len(sentences) <= 3 and _sets_a_scene(sentences[-1]))
    return all(asking) or (ends and scene and len(sentences) <= 6)


def _forgets_its_mark(text: str) -> bool:
    """Whether a text has the words of a question, and no mark at its end that says otherwise."""
    if text.rstrip().endswith((":", "\uff1a", "!", ";", ",")):
        return False
    return _INVERTED.match(_FRONT.sub("", plain_text(text))) is not None


def plainly_asks(text: str) -> bool:
    """Whether a text asks by a question mark, or by words that nothing else begins with."""
    return surely_asks(text) or any(_ENDS_ASKING.search(said) for said in sentences_of(text))


def surely_asks(text: str) -> bool:
    """Whether a text begins as only a question to a candidate does."""
    return _SURE.match(_FRONT.sub("", plain_text(text))) is not None


def _asking(sentence: str) -> bool:
    if _ENDS_ASKING.search(sentence):
        return True
    return _IMPERATIVE.match(_FRONT.sub("", plain_text(sentence))) is not None


def _sets_a_scene(sentence: str) -> bool:
    return _ADDRESSED.search(plain_text(sentence)) is not None


def tells_to_ask(sentence: str) -> bool:
    """Whether a sentence tells the interviewer to ask something."""
    return _ASKS.match(_FRONT.sub("", plain_text(sentence))) is not None


def kind_of(question: str) -> QuestionKind:
    """What a question asks for, by its form."""
    text = _FRONT.sub("", plain_text(question))
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    return QuestionKind.SITUATIONAL if _ADDRESSED.search(text) else QuestionKind.KNOWLEDGE


@dataclass(frozen=True, slots=True)
class Quotation:
    """A question that stands in quotation marks.

    Attributes:
        before: What stands before it.
        text: The question, without its marks.
        after: What stands behind it.
    """

    before: str
    text: str
    after: str


def quoted_question(text: str) -> Quotation | None:
    """The first question within quotation marks; None where there is none."""
    for match in _QUOTED.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        if asks(inner):
            return Quotation(
                text[: match.start()].strip(), inner.strip(), text[match.end() :].strip()
            )
    return None


@dataclass(frozen=True, slots=True)
class Timed:
    """A text and how long it says that it takes.

    Attributes:
        text: Without that.
        said: What was taken off, as "(10 min)"; empty where nothing was.
        minutes: The longest that it names, at most two hours; None where it names none.
    """

    text: str
    said: str
    minutes: float | None


def timed(text: str) -> Timed:
    """A heading or question without its "(10 minutes)" at the end or before a colon."""
    for pattern in (_MINUTES, _HOURS):
        for match in pattern.finditer(text):
            after = text[match.end() :]
            if after and not after.startswith((":", "\u2013", "—", "-")):
                continue
            if pattern is _MINUTES:
                minutes = float(match["last"] or match["first"])
            else:
                minutes = 60 * float(match["hours"]) + float(match["more"] or 0)
            if 0 < minutes <= _MOST_MINUTES:
                rest = f"{text[: match.start()]}{after}".strip()
                return Timed(rest, match.group().strip(), minutes)
    return Timed(text, "", None)

"""What was found in a document: the items of a guide to be, and what has no place in one."""

from dataclasses import dataclass

from copilot.guides.documents.model import Block
from copilot.knowledge.guide import QuestionKind


@dataclass(frozen=True, slots=True)
class Item:
    """Anything that was found.

    Attributes:
        id: Made of its label; what a second import finds it by.
        label: A noun phrase of 30 characters at most, in the document's words.
        text: In the document's words: a description, or how a question is asked.
        origin: ``FILE:LINE``; see ``copilot.knowledge.origins``.
    """

    id: str
    label: str
    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Tip:
    """Advice to whoever interviews.

    Attributes:
        text: As the document puts it.
        origin: Where.
    """

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class FoundCompetency(Item):
    """What raters judge.

    Attributes:
        anchors: What ratings 1 to 4 look like, in that order; all four, or none.
    """

    anchors: tuple[Tip, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundQuestion(Item):
    """A question, with what an answer is to contain.

    Attributes:
        kind: By the form of the question.
        minutes: How long it may take, where the document says so.
        points: What is expected; an item of its own each.
        tips: Advice on this question.
        competencies: Ids of the competencies it stands under.
    """

    kind: QuestionKind
    minutes: float | None = None
    points: tuple[Item, ...] = ()
    tips: tuple[Tip, ...] = ()
    competencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundStage(Item):
    """A stage of the hiring process.

    Attributes:
        minutes: How long it takes, where the document says so.
        tips: Advice on it.
        questions: Ids of the questions that stand under it.
    """

    minutes: float | None = None
    tips: tuple[Tip, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A block that belongs to the document but to no item.

    Attributes:
        block: What it says and where.
        origin: ``FILE:LINE``.
        why: Why it was not placed, in a few words.
    """

    block: Block
    origin: str
    why: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a document holds for a guide: every word of every block stands in one place.

    Attributes:
        language: ``en`` or ``fr``.
        title: Of the role, in the document's words.
        summary: What the document says of the role, as it says it; empty where it does not.
        summary_origin: Where the summary begins; empty without one.
        competencies: What raters judge.
        skills: What the role asks for.
        stages: Of the hiring process.
        questions: In the document's order.
        red_flags: What it warns of.
        tips: Advice on the interview as a whole.
        terms: Names and acronyms that stand in it.
        unplaced: What could not be placed.
        signposts: Headings and lead-ins, whole blocks or their part: they say what follows, here
            as ``why``, and stand in no item.
    """

    language: str
    title: str
    summary: str = ""
    summary_origin: str = ""
    competencies: tuple[FoundCompetency, ...] = ()
    skills: tuple[Item, ...] = ()
    stages: tuple[FoundStage, ...] = ()
    questions: tuple[FoundQuestion, ...] = ()
    red_flags: tuple[Item, ...] = ()
    tips: tuple[Tip, ...] = ()
    terms: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    signposts: tuple[Unplaced, ...] = ()

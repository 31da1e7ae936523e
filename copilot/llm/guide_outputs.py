"""What a language model may answer about guides: what a document holds, and what a guide lacks.

As in ``outputs``, an answer of the right shape proves nothing: ``copilot.guides`` checks each item
against the document, or against the guide it is for.
"""

from typing import Annotated, Literal

from pydantic import Field

from copilot.llm.outputs import Few, ModelOutput, Sentence, Short

#: Longer lists keep a small model from writing without end; checks judge what is too many.
_SENTENCES = Annotated[list[Sentence], Few, Field(json_schema_extra={"maxItems": 12})]
_LINES = Annotated[list[int], Few, Field(json_schema_extra={"maxItems": 12})]


class ImportedQuestion(ModelOutput):
    """A question that stands in a document.

    Attributes:
        number: Counted on from the questions that were known already, one more each.
        text: How it is asked.
        lines: Numbers of the lines it was taken from.
    """

    number: int
    text: Sentence
    lines: _LINES


class ImportedPoint(ModelOutput):
    """Something the document expects of an answer.

    Attributes:
        question: Number of the question it belongs to.
        label: A noun phrase of a few words.
        description: What a good answer contains.
        lines: Numbers of the lines it was taken from.
    """

    question: int
    label: Short
    description: Sentence
    lines: _LINES


class ImportedFlag(ModelOutput):
    """Something the document warns of.

    Attributes:
        label: A noun phrase of a few words; never a verdict.
        description: What would be heard.
        lines: Numbers of the lines it was taken from.
    """

    label: Short
    description: Sentence
    lines: _LINES


class ImportedOther(ModelOutput):
    """Something else of a guide that a document holds.

    Attributes:
        kind: What it is.
        label: A noun phrase of a few words.
        description: What the document says of it; of a tip, the advice.
        lines: Numbers of the lines it was taken from.
    """

    kind: Literal["competency", "stage", "tip"]
    label: Short
    description: Sentence
    lines: _LINES


class ImportedGuide(ModelOutput):
    """What a document holds that belongs in a guide."""

    questions: Annotated[list[ImportedQuestion], Few]
    points: Annotated[list[ImportedPoint], Few]
    flags: Annotated[list[ImportedFlag], Few]
    others: Annotated[list[ImportedOther], Few]


class EnrichedPoint(ModelOutput):
    """What a point can be heard by.

    Attributes:
        says: Sentences as candidates put it.
        denials: Sentences by which they deny it.
        near_misses: Sentences that come close without saying it.
        probes: Follow-up questions.
    """

    says: _SENTENCES
    denials: _SENTENCES
    near_misses: _SENTENCES
    probes: _SENTENCES


class EnrichedQuestion(ModelOutput):
    """Other ways of asking a question."""

    phrasings: _SENTENCES


class EnrichedFlag(ModelOutput):
    """What a red flag lacks.

    Attributes:
        why: Why it matters for the job.
        benign_reading: What else it may mean.
        probe: A clarifying question.
        says: Sentences it shows by.
        denials: Sentences that show its opposite.
        near_misses: Sentences that come close without showing it.
    """

    why: Sentence
    benign_reading: Sentence
    probe: Sentence
    says: _SENTENCES
    denials: _SENTENCES
    near_misses: _SENTENCES


class EnrichedCompetency(ModelOutput):
    """What each rating of a competency looks like, from 1 to 4."""

    one: Sentence
    two: Sentence
    three: Sentence
    four: Sentence


class TranslatedText(ModelOutput):
    """A text in another language.

    Attributes:
        number: Of the line it translates.
        text: The translation.
    """

    number: int
    text: Sentence


class TranslatedItem(ModelOutput):
    """The texts of an item of a guide in another language."""

    texts: Annotated[list[TranslatedText], Few]

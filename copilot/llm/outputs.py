"""What a language model may answer: one small model a prompt, the same for every language.

They are flat, and evidence comes before what is concluded from it, because a small model fills
the fields in this order. Their JSON Schemas hold to what strict structured output takes
everywhere: every field required, no defaults, no further keys. Limits of length are checked here
and stand in no schema. That an answer has this shape proves nothing yet: that quotes stand in the
transcript, and that a question is fit to be asked, is checked by others.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_LONGEST_LIST = 100


def _at_most(most: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > most:
            message = f"has {len(text)} characters; at most {most} are expected"
            raise ValueError(message)
        return text

    return AfterValidator(check)


def _few(items: list[object]) -> list[object]:
    if len(items) > _LONGEST_LIST:
        message = f"has {len(items)} items; at most {_LONGEST_LIST} are expected"
        raise ValueError(message)
    return items


Identity = Annotated[str, _at_most(60)]
Short = Annotated[str, _at_most(200)]
Sentence = Annotated[str, _at_most(400)]
Quote = Annotated[str, _at_most(600)]
Few = AfterValidator(_few)


def _without_description(schema: dict[str, Any]) -> None:
    # The prompts say what each field is for, in their language; once is enough of the budget.
    schema.pop("description", None)


class ModelOutput(BaseModel):
    """Base of every answer."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        json_schema_extra=_without_description,
    )


class FollowUp(ModelOutput):
    """One follow-up question.

    Attributes:
        target: Id of the point or flag it is after; empty for none.
        utterance_ids: Where the words it builds on stand.
        builds_on: The candidate's own words it builds on, verbatim.
        question: What to ask, word for word; empty where nothing is worth asking.
        reason: Why, in a few words.
    """

    target: Identity
    utterance_ids: Annotated[list[Identity], Few]
    builds_on: Quote
    question: Sentence
    reason: Short


class JudgedPoint(ModelOutput):
    """What the answer says about one point.

    Attributes:
        id: The point's id.
        utterance_ids: Where the quote stands, in order; empty where there is none.
        quote: The candidate's own words, verbatim; empty where there are none.
        state: ``said``, ``denied``, or ``unclear`` for everything else.
    """

    id: Identity
    utterance_ids: Annotated[list[Identity], Few]
    quote: Quote
    state: Literal["said", "denied", "unclear"]


class JudgedPoints(ModelOutput):
    """What the answer says about each point asked for."""

    points: Annotated[list[JudgedPoint], Few]


class JudgedFlag(ModelOutput):
    """What the answer says about one flag.

    Attributes:
        id: The flag's id.
        utterance_ids: Where the quote stands, in order; empty where there is none.
        quote: The candidate's own words, verbatim; empty where there are none.
        state: ``raised``, ``not_raised``, or ``unclear``.
    """

    id: Identity
    utterance_ids: Annotated[list[Identity], Few]
    quote: Quote
    state: Literal["raised", "not_raised", "unclear"]


class JudgedFlags(ModelOutput):
    """What the answer says about each flag asked for."""

    flags: Annotated[list[JudgedFlag], Few]


class RecapSentence(ModelOutput):
    """One sentence of a recap.

    Attributes:
        utterance_ids: What it rests on; one without any is dropped.
        text: What the candidate said, in other words.
    """

    # In the schema a small model is kept from listing without end; checks judge what is too many.
    utterance_ids: Annotated[list[Identity], Few, Field(json_schema_extra={"maxItems": 5})]
    text: Sentence


class RecapSection(ModelOutput):
    """The recap of one answer.

    Attributes:
        question: The question's id.
        sentences: What was said, in order.
    """

    question: Identity
    sentences: Annotated[list[RecapSentence], Few, Field(json_schema_extra={"maxItems": 8})]


class Recap(ModelOutput):
    """What the candidate said, question by question."""

    sections: Annotated[list[RecapSection], Few]


class Opinion(ModelOutput):
    """Whether a criterion holds of an output that is being tried out.

    Attributes:
        reason: Why, in a sentence; it comes first, so that the verdict follows from it.
        verdict: ``yes``, ``no``, or ``unclear`` where the material does not tell.
    """

    reason: Sentence
    verdict: Literal["yes", "no", "unclear"]

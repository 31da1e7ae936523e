"""What prompts are told of a document that becomes a guide, and of a guide that lacks something."""

from collections.abc import Iterable, Sequence

from copilot.knowledge.guide import Guide, Point, Question, RedFlag, ShowsBy
from copilot.llm.inputs import (
    EnrichCompetencyInputs,
    EnrichFlagInputs,
    EnrichPointInputs,
    EnrichQuestionInputs,
    ImportGuideInputs,
    TranslateItemInputs,
)
from copilot.llm.material import Line, Material, clipped

# Sizes in characters; with the texts of the shipped prompts they stay within their budgets.
_DOCUMENT = 3000
_KNOWN = 900
_KNOWN_QUESTION = 150
_TRANSLATED = 1800
_QUESTION = 300
_DESCRIPTION = 300
_RIVAL = 90
_RIVALS = 9
_THERE = 160
_THERE_AT_ONCE = 8


def document_pieces(lines: Iterable[Line], longest: int = _DOCUMENT) -> tuple[Material, ...]:
    """Lines of a document in parts of about ``longest`` characters; empty ones are left out."""
    whole = Material(tuple(line for line in lines if line.text.strip()))
    return tuple(whole.pieces(longest))


def import_guide_inputs(
    piece: Material, language: str, known: Sequence[Line] = ()
) -> ImportGuideInputs:
    """What the import prompt is told of a part of a document.

    Args:
        piece: The part; see ``document_pieces``.
        language: Of the document.
        known: Questions found before it, each with its number; the last ones are told.
    """
    told = Material(tuple(Line(line.id, clipped(line.text, _KNOWN_QUESTION)) for line in known))
    some = told.newest(_KNOWN) if known else told
    return ImportGuideInputs(language=language, document=piece, known=some)


def enrich_point_inputs(
    guide: Guide,
    question: Question | None,
    point: Point,
    *,
    language: str,
    says: int = 0,
    denials: int = 0,
    near_misses: int = 0,
    probes: int = 0,
) -> EnrichPointInputs:
    """What is told of a point, or of a competency where there is no question.

    Args:
        guide: The guide it belongs to.
        question: The question it belongs to.
        point: The point.
        language: Of what is wanted.
        says: How many more sentences are wanted that make it.
        denials: How many that deny it.
        near_misses: How many that come close.
        probes: How many follow-ups.
    """
    others = guide.competencies if question is None else question.points
    rivals = [
        clipped(f"{other.label}: {other.description}", _RIVAL)
        for other in others
        if other.id != point.id
    ]
    there = (*point.says, *point.not_says.denials, *point.not_says.near_misses, *point.probes)
    return EnrichPointInputs(
        language=language,
        role=guide.title,
        question="" if question is None else clipped(question.text, _QUESTION),
        label=point.label,
        description=clipped(point.description, _DESCRIPTION),
        rivals=tuple(rivals[:_RIVALS]),
        there=_some(there),
        says=says,
        denials=denials,
        near_misses=near_misses,
        probes=probes,
    )


def enrich_question_inputs(
    guide: Guide, question: Question, *, language: str, phrasings: int
) -> EnrichQuestionInputs:
    """What is told of a question for other ways of asking it; ``phrasings`` more are wanted."""
    return EnrichQuestionInputs(
        language=language,
        role=guide.title,
        question=clipped(question.text, _QUESTION),
        there=_some(question.phrasings),
        phrasings=phrasings,
    )


def enrich_flag_inputs(
    guide: Guide,
    flag: RedFlag,
    *,
    language: str,
    why: int = 0,
    benign_reading: int = 0,
    probe: int = 0,
    says: int = 0,
    denials: int = 0,
    near_misses: int = 0,
) -> EnrichFlagInputs:
    """What is told of a red flag, with how many of each are wanted."""
    return EnrichFlagInputs(
        language=language,
        role=guide.title,
        label=flag.label,
        description=clipped(flag.description, _DESCRIPTION),
        there=_some((*flag.says, *flag.not_says.denials, *flag.not_says.near_misses)),
        by_absence=ShowsBy.ABSENCE in flag.shows_by,
        why=why,
        benign_reading=benign_reading,
        probe=probe,
        says=says,
        denials=denials,
        near_misses=near_misses,
    )


def enrich_competency_inputs(
    guide: Guide, competency: Point, *, language: str
) -> EnrichCompetencyInputs:
    """What is told of a competency for what its ratings look like."""
    return EnrichCompetencyInputs(
        language=language,
        role=guide.title,
        label=competency.label,
        description=clipped(competency.description, _DESCRIPTION),
    )


def translate_item_inputs(
    guide: Guide, texts: Sequence[str], *, language: str, first: int = 1
) -> tuple[TranslateItemInputs, ...]:
    """What is told of texts to be translated, in as many requests as it takes.

    Args:
        guide: The guide they belong to.
        texts: In the original language, unchanged.
        language: Of the translations.
        first: The number of the first text.
    """
    lines = tuple(Line(str(number), text) for number, text in enumerate(texts, first))
    return tuple(
        TranslateItemInputs(language=language, role=guide.title, texts=piece)
        for piece in Material(lines).pieces(_TRANSLATED)
    )


def _some(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(clipped(text, _THERE) for text in texts[:_THERE_AT_ONCE])

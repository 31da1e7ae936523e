"""What a guide's overlay lacks: texts that are missing in the other language."""

from collections.abc import Iterator
from typing import Any

from copilot.guides.editing.edits import Place
from copilot.guides.enriching.gaps import (
    FLAG_TEXTS,
    LEAST_NEEDED,
    MOST_NEEDED,
    NEEDED,
    Gap,
    GapKind,
    Lacking,
    in_order,
    listened_for,
    need_of,
)
from copilot.guides.enriching.places import at
from copilot.i18n import N_, _
from copilot.knowledge.guide import Guide, Point
from copilot.knowledge.overlay import (
    CompetencyText,
    FlagText,
    Overlay,
    PointText,
    QuestionText,
    SkillText,
    StageText,
)

_WHY = N_("not in this language")


def overlay_gaps(guide: Guide, overlay: Overlay) -> tuple[Gap, ...]:
    """What an overlay of ``guide`` lacks, most needed first; those of an item together.

    Single texts are asked for where the original has them; sentences that something is heard by
    in any case, since those of the original only stand in for them. An overlay that is not there
    yet is one without texts.
    """
    return in_order(_gaps(guide, overlay))


def original(guide: Guide, place: Place) -> Any:
    """What stands at a place of an overlay in the original: a text, texts, anchors or None.

    Raises:
        KeyError: The guide has no such item.
    """
    return at(guide, place)


def _gaps(guide: Guide, overlay: Overlay) -> Iterator[Gap]:
    language = overlay.language
    whole = Lacking((), LEAST_NEEDED, language)
    yield from _texts(whole, guide, overlay, ("title", "summary"))
    yield from _lists(whole, guide, overlay, ("off_limits", "tips"))
    for question in guide.questions:
        place: Place = ("questions", question.id)
        asked = overlay.questions.get(question.id, QuestionText())
        yield from _texts(Lacking(place, MOST_NEEDED, language), question, asked, ("label", "text"))
        lacking = Lacking(place, need_of(question), language)
        yield from lacking.to_phrasings(len(asked.phrasings))
        yield from _lists(lacking, question, asked, ("tips",))
        for point in question.points:
            texts = asked.points.get(point.id, PointText())
            yield from _point((*place, "points", point.id), point, texts, language)
    for competency in guide.competencies:
        place = ("competencies", competency.id)
        rated = overlay.competencies.get(competency.id, CompetencyText())
        if listened_for(guide, competency):
            yield from _point(place, competency, rated, language)
        else:
            lacking = Lacking(place, competency.weight, language)
            yield from _texts(lacking, competency, rated, ("label", "description"))
        if competency.anchors is not None and rated.anchors is None:
            lacking = Lacking(place, competency.weight, language)
            yield from lacking.gap(GapKind.ANCHORS, ("anchors",), _(_WHY))
    for flag in guide.red_flags:
        lacking = Lacking(("red_flags", flag.id), NEEDED, language)
        raised = overlay.red_flags.get(flag.id, FlagText())
        keys = ("label", "description", *(key for key, _kind, _why in FLAG_TEXTS))
        yield from _texts(lacking, flag, raised, keys)
        yield from lacking.to_flag(flag, raised)
    for skill in guide.skills:
        texts_of = overlay.skills.get(skill.id, SkillText())
        lacking = Lacking(("skills", skill.id), LEAST_NEEDED, language)
        yield from _texts(lacking, skill, texts_of, ("label", "description"))
    for stage in guide.stages:
        staged = overlay.stages.get(stage.id, StageText())
        lacking = Lacking(("stages", stage.id), LEAST_NEEDED, language)
        yield from _texts(lacking, stage, staged, ("label", "description"))
        yield from _lists(lacking, stage, staged, ("tips",))


def _point(place: Place, point: Point, texts: PointText, language: str) -> Iterator[Gap]:
    lacking = Lacking(place, point.weight, language)
    yield from _texts(lacking, point, texts, ("label", "description"))
    yield from lacking.to_point(texts)


def _texts(lacking: Lacking, item: Any, texts: Any, keys: tuple[str, ...]) -> Iterator[Gap]:
    for key in keys:
        if getattr(item, key) and not getattr(texts, key):
            yield from lacking.gap(GapKind.TRANSLATION, (key,), _(_WHY))


def _lists(lacking: Lacking, item: Any, texts: Any, keys: tuple[str, ...]) -> Iterator[Gap]:
    for key in keys:
        there = getattr(item, key)
        if there and not getattr(texts, key):
            yield from lacking.gap(GapKind.TRANSLATION, (key,), _(_WHY), len(there))

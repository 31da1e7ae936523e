"""Translations: a guide's texts in another language, laid over the original by id."""

from typing import Any

from pydantic import Field

from copilot.knowledge.guide import (
    Anchors,
    Guide,
    Identifier,
    Label,
    Language,
    Model,
    NotSays,
)
from copilot.knowledge.sentence import Text


class PointText(Model):
    """A point's or competency's texts."""

    label: Label | None = None
    description: Text | None = None
    says: tuple[Text, ...] = ()
    not_says: NotSays = NotSays()
    probes: tuple[Text, ...] = ()


class CompetencyText(PointText):
    """A competency's texts."""

    anchors: Anchors | None = None


class FlagText(Model):
    """A red flag's texts."""

    label: Label | None = None
    description: Text | None = None
    why: Text | None = None
    benign_reading: Text | None = None
    probe: Text | None = None
    says: tuple[Text, ...] = ()
    not_says: NotSays = NotSays()


class QuestionText(Model):
    """A question's texts."""

    label: Label | None = None
    text: Text | None = None
    phrasings: tuple[Text, ...] = ()
    tips: tuple[Text, ...] = ()
    points: dict[Identifier, PointText] = Field(default_factory=dict)


class SkillText(Model):
    """A skill's texts."""

    label: Label | None = None
    description: Text | None = None


class StageText(SkillText):
    """A stage's texts."""

    tips: tuple[Text, ...] = ()


class Overlay(Model):
    """``<role>.<language>.yaml``: the texts of a guide in another language."""

    guide: Identifier
    language: Language
    title: Text | None = None
    summary: Text | None = None
    terms: tuple[Text, ...] = ()
    """Terms to expect in this language, beside those of the original."""
    competencies: dict[Identifier, CompetencyText] = Field(default_factory=dict)
    skills: dict[Identifier, SkillText] = Field(default_factory=dict)
    stages: dict[Identifier, StageText] = Field(default_factory=dict)
    questions: dict[Identifier, QuestionText] = Field(default_factory=dict)
    red_flags: dict[Identifier, FlagText] = Field(default_factory=dict)
    off_limits: tuple[Text, ...] = ()
    tips: tuple[Text, ...] = ()

    def laid_over(self, guide: Guide) -> Guide:
        """``guide`` in this language; what has no translation keeps the original text."""
        data = guide.data()
        own = self.model_dump(by_alias=True)
        data["language"] = self.language
        for key in ("title", "summary", "off_limits", "tips"):
            data[key] = own[key] or data.get(key, ())
        data["terms"] = (*own["terms"], *data["terms"])
        for group in ("competencies", "skills", "stages", "questions", "red_flags"):
            for item in data[group]:
                _lay(own[group].get(item["id"], {}), item)
        return Guide.model_validate(data)


def _lay(texts: dict[str, Any], item: dict[str, Any]) -> None:
    for key, value in texts.items():
        if key == "points":
            for point in item["points"]:
                _lay(value.get(point["id"], {}), point)
        elif key == "not_says":
            for kind, sentences in value.items():
                item[key][kind] = sentences or item[key][kind]
        elif value:
            item[key] = value

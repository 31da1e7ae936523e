"""The words of the table, in each language."""

import enum
from dataclasses import dataclass

from copilot.events import Actor


class Row(enum.Enum):
    """What a row of the table is about."""

    RECOMMENDATION = enum.auto()
    COMPETENCY = enum.auto()
    QUESTION = enum.auto()
    POINT = enum.auto()
    FLAG = enum.auto()
    SUGGESTION = enum.auto()
    NOTE = enum.auto()
    MARK = enum.auto()
    GAP = enum.auto()
    SAID = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableWords:
    """Column titles, and what rows and cells are called."""

    columns: tuple[str, ...]
    rows: dict[Row, str]
    by: dict[Actor, str]
    asked: str


_EN = TableWords(
    columns=(
        "Row",
        "Question",
        "Item",
        "State",
        "Rating",
        "From",
        "To",
        "Who",
        "Text",
        "Remark",
    ),
    rows={
        Row.RECOMMENDATION: "recommendation",
        Row.COMPETENCY: "competency",
        Row.QUESTION: "question",
        Row.POINT: "point",
        Row.FLAG: "flag",
        Row.SUGGESTION: "suggestion",
        Row.NOTE: "note",
        Row.MARK: "mark",
        Row.GAP: "not heard",
        Row.SAID: "said",
    },
    by={Actor.MACHINE: "machine", Actor.HUMAN: "human"},
    asked="asked",
)

_FR = TableWords(
    columns=(
        "Ligne",
        "Question",
        "Élément",
        "État",
        "Appréciation",
        "De",
        "À",
        "Qui",
        "Texte",
        "Remarque",
    ),
    rows={
        Row.RECOMMENDATION: "recommandation",
        Row.COMPETENCY: "compétence",
        Row.QUESTION: "question",
        Row.POINT: "point",
        Row.FLAG: "alerte",
        Row.SUGGESTION: "suggestion",
        Row.NOTE: "note",
        Row.MARK: "marque",
        Row.GAP: "non entendu",
        Row.SAID: "dit",
    },
    by={Actor.MACHINE: "machine", Actor.HUMAN: "humain"},
    asked="posée",
)

TABLE = {"en": _EN, "fr": _FR}

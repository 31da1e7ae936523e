"""Drafts made by hand, and any draft there can be."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from copilot.guides.importing.draft import (
    Draft,
    FoundCompetency,
    FoundQuestion,
    FoundStage,
    Item,
    Tip,
)
from copilot.knowledge.guide import QuestionKind

FILE = "head-baker.md"


def item(label: str, text: str, line: int, file: str = FILE) -> Item:
    return Item(label.lower().replace(" ", "-"), label, text, f"{file}:{line}")


def question(label: str, text: str, line: int, *points: Item, file: str = FILE) -> FoundQuestion:
    made = item(label, text, line, file)
    return FoundQuestion(
        made.id, made.label, made.text, made.origin, QuestionKind.BEHAVIOURAL, points=points
    )


def baker() -> Draft:
    """What a short document on hiring a baker may hold."""
    return Draft(
        language="en",
        title="Head Baker",
        summary="Runs the bakehouse of four shops: plans, teaches, and keeps the bread even.",
        summary_origin=f"{FILE}:3",
        competencies=(
            FoundCompetency(
                "planning",
                "Planning",
                "Plans so that shelves are full and little is thrown away.",
                f"{FILE}:6",
                anchors=tuple(
                    Tip(f"What a {n} looks like", f"{FILE}:{n + 6}") for n in range(1, 5)
                ),
            ),
        ),
        skills=(item("Levain", "Keeps a levain going.", 13),),
        stages=(
            FoundStage(
                "trial-shift",
                "Trial shift",
                "A night in the bakehouse.",
                f"{FILE}:16",
                minutes=120,
                tips=(Tip("Feed them first.", f"{FILE}:17"),),
                questions=("waste",),
            ),
        ),
        questions=(
            question(
                "Waste",
                "Tell me about a time you brought waste down.",
                21,
                item("Waste weighed", "Weighed what was thrown away before changing anything.", 22),
                item("Orders cut", "Cut orders: fewer rolls on Mondays, more on Fridays.", 23),
            ),
            question(
                "Apprentices",
                "How do you teach somebody to shape a loaf?",
                25,
                item("Shows by hand", "Stands beside them and shows it by hand.", 26),
            ),
        ),
        red_flags=(item("Blame on others", "Puts every failed batch on the night team.", 30),),
        tips=(Tip("Hold it in the bakehouse, not in the office.", f"{FILE}:33"),),
        terms=("HACCP", "levain"),
    )


_TEXTS = st.text(
    st.one_of(
        st.sampled_from("abc éàç«»'\"“”:;#-—,.!?[]{}&*|>%@`\\/~=<0123456789\u00a0\u202f\t\n"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=90,
)
_TRAPS = "yes no on off null true 12 3.5 0x1f 2024-01-01 12:30 ~ - # ? : waste: «Qui?» l'équipe"
_WORDS = st.sampled_from(_TRAPS.split())
_SPOKEN = st.lists(st.one_of(_WORDS, _TEXTS), max_size=30).map(" ".join)
_IDS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,3}", fullmatch=True)
_LINES = st.builds("{}:{}".format, st.just("a guide: notes.md"), st.integers(1, 900))


_LABELS = _TEXTS.map(lambda text: text[:30])
_NAMED = {"id": _IDS, "label": _LABELS, "text": _SPOKEN, "origin": _LINES}
_MINUTES = st.one_of(st.none(), st.integers(1, 120), st.floats(0.5, 119.5))
_TIPS = st.lists(st.builds(Tip, _SPOKEN, _LINES), max_size=3).map(tuple)


def _distinct(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, max_size=3, unique_by=lambda each: each.id).map(tuple)


_ITEMS = _distinct(st.builds(Item, **_NAMED))
_ANCHORS = st.one_of(
    st.just(()), st.lists(st.builds(Tip, _SPOKEN, _LINES), min_size=4, max_size=4).map(tuple)
)
_QUESTIONS = _distinct(
    st.builds(
        FoundQuestion,
        **_NAMED,
        kind=st.sampled_from(QuestionKind),
        minutes=_MINUTES,
        points=_ITEMS,
        tips=_TIPS,
    )
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Any draft with at least one question."""
    competencies = draw(
        _distinct(st.builds(FoundCompetency, **_NAMED, anchors=_ANCHORS)),
    )
    questions = draw(_QUESTIONS.filter(bool))
    ids = st.lists(st.sampled_from([each.id for each in questions]), unique=True).map(tuple)
    if competencies:
        named = st.lists(st.sampled_from([each.id for each in competencies]), unique=True)
        questions = tuple(replace(each, competencies=tuple(draw(named))) for each in questions)
    stages = _distinct(st.builds(FoundStage, **_NAMED, minutes=_MINUTES, tips=_TIPS, questions=ids))
    summary = draw(_SPOKEN)
    return Draft(
        language=draw(st.sampled_from(["en", "fr"])),
        title=draw(_TEXTS),
        summary=summary,
        summary_origin=draw(_LINES) if summary else "",
        competencies=competencies,
        skills=draw(_ITEMS),
        stages=draw(stages),
        questions=questions,
        red_flags=draw(_ITEMS),
        tips=draw(_TIPS),
        terms=tuple(draw(st.lists(_TEXTS, max_size=3))),
    )

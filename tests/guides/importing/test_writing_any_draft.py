"""Whatever a document holds, its guide loads, says the same, and names the same lines."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.importing.draft import Draft, Item, Tip
from copilot.guides.importing.fitting import LONGEST_TERM, one_line
from copilot.guides.importing.layout import yaml_of
from copilot.guides.importing.outlining import outlined
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import load_guide
from copilot.knowledge.sentence import origin_of
from tests.guides.importing.drafts import drafts

_SOURCES = {"a guide: notes.md": "A guide"}


def _said(tips: tuple[Tip, ...]) -> list[tuple[str, str]]:
    return [(one_line(tip.text), tip.origin) for tip in tips if one_line(tip.text)]


def _kept(texts: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(text, origin_of(text)) for text in texts]


def _begins(kept: str, text: str) -> bool:
    """Whether ``kept`` is ``text``, or as much of it as fits."""
    return one_line(text) == kept or (len(one_line(text)) > 600 and one_line(text).startswith(kept))


def _check_items(kept: tuple[Any, ...], found: tuple[Item, ...]) -> None:
    assert [(each.id, each.origin) for each in kept] == [(each.id, each.origin) for each in found]
    for each, of in zip(kept, found, strict=True):
        assert each.label == (one_line(of.label) or of.id.replace("-", " ")[:30].strip())
        text = each.text if hasattr(each, "text") else each.description
        assert _begins(text, of.text) if one_line(of.text) else text == each.label


def _check(guide: Guide, draft: Draft) -> None:
    _check_items(guide.competencies, draft.competencies)
    _check_items(guide.skills, draft.skills)
    _check_items(guide.stages, draft.stages)
    _check_items(guide.questions, draft.questions)
    _check_items(guide.red_flags, draft.red_flags)
    for question, found in zip(guide.questions, draft.questions, strict=True):
        _check_items(question.points, found.points)
        assert question.kind is found.kind
        assert question.minutes == (5 if found.minutes is None else found.minutes)
        assert question.competencies == found.competencies
        assert [place for _, place in _kept(question.tips)] == [p for _, p in _said(found.tips)]
    for stage, of in zip(guide.stages, draft.stages, strict=True):
        assert (stage.minutes, stage.questions) == (of.minutes, of.questions)
    for (kept, place), (text, line) in zip(_kept(guide.tips), _said(draft.tips), strict=True):
        assert place == line
        assert _begins(kept, text)
    known = [one_line(term) for term in draft.terms]
    assert guide.terms == tuple(
        dict.fromkeys(term for term in known if 0 < len(term) <= LONGEST_TERM)
    )


@settings(
    max_examples=60,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(draft=drafts())
def test_any_draft_is_a_guide_that_says_the_same(tmp_path_factory: Any, draft: Draft) -> None:
    folder: Path = tmp_path_factory.mktemp("written")
    path = folder / "role.yaml"
    path.write_text(yaml_of(outlined(draft, "role", _SOURCES).outline, ["A comment"]), "utf-8")

    _check(load_guide("role", draft.language, [folder]), draft)
    # A guide that was imported can be edited with nothing else of it changed.
    assert GuideFile(path).text() == path.read_text(encoding="utf-8")

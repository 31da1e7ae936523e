"""Whatever a document was and has become: the guide loads, holds both, and comes to rest."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from copilot.guides.importing.draft import Draft
from copilot.guides.importing.merging.likeness import same
from copilot.guides.importing.outline import Outline, from_yaml, items_of, text_of
from copilot.guides.importing.outlining import outlined
from copilot.guides.importing.planned import Request
from copilot.guides.importing.writing import plan_import
from copilot.knowledge.loading import read_guide
from copilot.knowledge.yaml_file import YamlFile
from tests.guides.importing.drafts import drafts

_TITLES = {"a guide: notes.md": "A guide"}


def _texts(outline: Outline) -> set[str]:
    return {text_of(item) for _place, item in items_of(outline)} | {*outline.get("tips", [])}


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(first=drafts(), second=drafts(), share=st.integers(0, 3))
def test_any_draft_after_any_other(
    tmp_path_factory: Any, first: Draft, second: Draft, share: int
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    request = Request("role", folder, _TITLES, {})
    # Two versions of one document share most of what they hold.
    known = {each.id for each in first.questions[:share]}
    questions = (
        *first.questions[:share],
        *(each for each in second.questions if each.id not in known),
    )
    ids = {each.id for each in second.competencies}
    second = replace(
        second,
        language=first.language,
        questions=tuple(
            replace(each, competencies=tuple(c for c in each.competencies if c in ids))
            for each in questions
        ),
    )

    plan_import(first, request).write()
    planned = plan_import(second, request)
    planned.write()

    path = folder / "role.yaml"
    read_guide(path)
    held = _texts(from_yaml(YamlFile(path).data, overlay=False))
    later = outlined(second, "role", _TITLES).outline
    assert [text for text in _texts(later) - held if not any(same(text, has) for has in held)] == []
    before = outlined(first, "role", _TITLES).outline
    replaced = len([said for said in planned.merge.changed if said.place[-1] != "label"])
    assert len(_texts(before) - held) <= replaced
    again = plan_import(second, request)
    assert again.merge.edits == []

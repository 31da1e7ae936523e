"""Whatever is changed in a shipped guide: it loads, says what was meant, and keeps its comments."""

import copy
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.editing.splicing import spliced
from copilot.guides.editing.tree import comments, parse
from copilot.knowledge.loading import knowledge_folders
from copilot.knowledge.sentence import Sentence

SHIPPED = knowledge_folders()[1]
FILES = ("operations-manager.yaml", "operations-manager.fr.yaml")

#: Comments at all the places where people put them.
_REMARK = "# remark {number}"

TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1, max_size=300
).filter(lambda text: text == text.strip())
VALUES = st.one_of(TEXTS, TEXTS, st.builds(Sentence, TEXTS, st.just("project")))


def remarked(text: str, every: int) -> str:
    """The text with remarks above every so many of its items and keys, and behind some."""
    found: list[str] = []
    for number, line in enumerate(text.splitlines()):
        indent = " " * (len(line) - len(line.lstrip(" ")))
        if number % every == 0 and line.strip():
            found.append(indent + _REMARK.format(number=number))
        behind = number % every == 1 and line.strip() and not line.lstrip().startswith("#")
        found.append(f"{line}  {_REMARK.format(number=number)}" if behind else line)
    return "\n".join(found) + "\n"


def places(data: Any, place: Place = ()) -> list[tuple[Place, Any]]:
    """All places of the data, by ids where there are any."""
    found: list[tuple[Place, Any]] = [(place, data)] if place else []
    if isinstance(data, dict):
        for key, value in data.items():
            found += places(value, (*place, str(key)))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            name = value["id"] if isinstance(value, dict) and "id" in value else index
            found += places(value, (*place, name))
    return found


def without(data: Any, place: Place) -> Any:
    """What holds a place, in data that may be changed, and the key or index in it."""
    for part in place[:-1]:
        data = data[key_in(data, part)]
    return data


def key_in(holder: Any, part: Any) -> Any:
    if isinstance(holder, list):
        if isinstance(part, int):
            return part
        return next(i for i, each in enumerate(holder) if each["id"] == part)
    return part if part in holder else int(part)


def plain(value: Any) -> Any:
    is_sentence = isinstance(value, Sentence)
    return {"text": str(value), "origin": value.origin} if is_sentence else value


@st.composite
def edits(draw: st.DrawFn, data: Any) -> Edit:
    kind = draw(st.sampled_from(["set", "set", "add", "remove", "move"]))
    everywhere = places(data)
    if kind == "set":
        texts = [place for place, value in everywhere if isinstance(value, str)]
        texts = [place for place in texts if place[-1] not in ("id", "origin", "text")]
        return Edit(Action.SET, draw(st.sampled_from(texts)), draw(VALUES))
    lists = [
        (place, value)
        for place, value in everywhere
        if isinstance(value, list) and (not value or not isinstance(value[0], dict))
    ]
    if kind == "add":
        place, value = draw(st.sampled_from(lists))
        at = draw(st.one_of(st.none(), st.integers(0, len(value))))
        return Edit(Action.ADD, place, draw(VALUES), at)
    listed = [(p, v) for p, v in everywhere if isinstance(v, list) and len(v) > 1]
    place, value = draw(st.sampled_from(listed))
    index = draw(st.integers(0, len(value) - 1))
    if kind == "remove":
        return Edit(Action.REMOVE, (*place, index))
    return Edit(Action.MOVE, (*place, index), draw(st.integers(0, len(value) - 1)))


def meant(data: Any, edit: Edit) -> Any:
    made = copy.deepcopy(data)
    if edit.action is Action.ADD:
        held = without(made, (*edit.place, 0))
        held.insert(len(held) if edit.at is None else edit.at, plain(edit.value))
        return made
    held = without(made, edit.place)
    key = key_in(held, edit.place[-1])
    if edit.action is Action.SET:
        old = held[key]
        held[key] = plain(edit.value) if isinstance(edit.value, Sentence) else edit.value
        if isinstance(old, dict) and isinstance(edit.value, Sentence):
            held[key] = {**old, **plain(edit.value)}
    elif edit.action is Action.REMOVE:
        del held[key]
    else:
        held.insert(edit.value, held.pop(key))
    return made


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_change_says_what_was_meant_and_keeps_every_comment(
    data: st.DataObject, tmp_path_factory: Any
) -> None:
    name = data.draw(st.sampled_from(FILES))
    every = data.draw(st.integers(2, 9))
    text = remarked((SHIPPED / name).read_text(encoding="utf-8"), every)
    path: Path = tmp_path_factory.mktemp("guide") / name
    path.write_text(text, encoding="utf-8", newline="")
    file = GuideFile(path)
    assert file.text() == text
    stands: Any = yaml.safe_load(text)

    for _each in range(data.draw(st.integers(1, 4))):
        edit = data.draw(edits(stands))
        before = file.text()
        gone = spliced(before, edit).gone
        file.apply([edit])
        stands = meant(stands, edit)

        assert same(yaml.safe_load(file.text()), stands)
        left = comments(file.text(), parse(file.text()))
        assert sorted([*left, *gone]) == sorted(comments(before, parse(before)))
        if edit.action in (Action.ADD, Action.MOVE):
            assert not gone
        if edit.action is Action.ADD:  # nothing but lines more
            assert is_within(before.splitlines(), file.text().splitlines())


def same(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return list(map(str, one)) == list(map(str, other)) and all(
            map(same, one.values(), other.values())
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def is_within(few: list[str], many: list[str]) -> bool:
    """Whether the few lines stand among the many in the same order."""
    rest = iter(many)
    return all(line in rest for line in few)

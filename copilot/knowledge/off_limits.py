"""Off-limits topics: what the law keeps out of an interview, as packs that are data.

``knowledge/off-limits/fr.yaml``, ``eu.yaml`` and ``us.yaml`` say per topic why it is off limits,
what may be asked instead and where that stands in the law. How people ask about a topic, and how
candidates tell of it unasked, stands once for all packs in ``phrases.yaml`` beside them; a pack may
add phrases of its own. The user's own folder wins over the shipped one, file by file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field, ValidationError

from copilot.errors import GuideError, UsageError, nearest
from copilot.i18n import N_
from copilot.knowledge.guide import LANGUAGES, Identifier, Language, Model
from copilot.knowledge.loading import knowledge_folders
from copilot.knowledge.phrases import PhraseError, any_of, list_patterns, parsed
from copilot.knowledge.sentence import PlainText
from copilot.knowledge.yaml_file import GUIDE, FileKind, Loc, Problem, YamlFile
from copilot.paths import is_file

FOLDER = "off-limits"
_PHRASES = "phrases"
_FILE = FileKind(GuideError, GUIDE.remedy, title=N_("Off-limits topics with errors"))

Phrase = Annotated[str, Field(min_length=1, max_length=600)]
M = TypeVar("M", bound=BaseModel)


class Bilingual(Model):
    """A text in both languages."""

    en: PlainText
    fr: PlainText

    def in_(self, language: str) -> str:
        """The text in ``language``."""
        return self.fr if language == "fr" else self.en


class Phrases(Model):
    """How one topic comes up in one language; see ``copilot.knowledge.phrases`` for the grammar."""

    asked: tuple[Phrase, ...] = ()
    """What an interviewer says."""
    volunteered: tuple[Phrase, ...] = ()
    """What a candidate says of himself."""
    unless: tuple[Phrase, ...] = ()
    """Other senses: a match that overlaps one of these is dropped."""


class PhrasesFile(Model):
    """``phrases.yaml``: word lists by language and name, phrases by topic and language."""

    lists: dict[Language, dict[Identifier, tuple[Phrase, ...]]]
    topics: dict[Identifier, dict[Language, Phrases]]


class PackTopic(Model):
    """A topic as one body of law sees it."""

    id: Identifier
    label: Bilingual
    why: Bilingual
    """Why it is off limits, for the interviewer to read at a glance."""
    instead: Bilingual
    """What may be asked lawfully."""
    references: Annotated[tuple[PlainText, ...], Field(min_length=1)]
    """Where it stands in the law."""
    phrases: dict[Language, Phrases] = Field(default_factory=dict)
    """In addition to those of ``phrases.yaml``."""


class PackFile(Model):
    """``fr.yaml`` and the like."""

    id: Identifier
    title: Bilingual
    note: Bilingual
    """What the pack is and is not."""
    topics: Annotated[tuple[PackTopic, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Patterns:
    """A topic's phrases in one language, each kind as one pattern; empty where there are none."""

    asked: str
    volunteered: str
    unless: str


@dataclass(frozen=True, slots=True)
class Topic:
    """An off-limits topic, ready to be looked for.

    Attributes:
        id: Its id, the same in every pack.
        label: What it is, in a few words.
        why: Why it is off limits.
        instead: What may be asked lawfully.
        references: Where it stands in the law.
        patterns: By language.
    """

    id: str
    label: Bilingual
    why: Bilingual
    instead: Bilingual
    references: tuple[str, ...]
    patterns: Mapping[str, Patterns]


@dataclass(frozen=True, slots=True)
class Pack:
    """The off-limits topics of one body of law, or of several joined.

    Attributes:
        id: The file's name; several joined by ``+``.
        title: Which law it is.
        note: What the pack is and is not.
        topics: In the order of the file.
    """

    id: str
    title: Bilingual
    note: Bilingual
    topics: tuple[Topic, ...]


def pack_ids(folders: Iterable[Path] | None = None) -> list[str]:
    """The ids of all packs there are, sorted."""
    found = {
        path.stem
        for folder in (folders or knowledge_folders())
        for path in (folder / FOLDER).glob("*.yaml")
    }
    return sorted(found - {_PHRASES})


def load_packs(
    ids: Sequence[str] | None = None, folders: Sequence[Path] | None = None
) -> tuple[Pack, ...]:
    """Packs, ready to be looked for; some tens of milliseconds.

    Args:
        ids: Which; by default all there are.
        folders: Where to look; by default the user's own knowledge folder, then the shipped one.

    Raises:
        UsageError: There is no such pack; the message names the nearest.
        GuideError: A file breaks YAML, the schema or the grammar; every problem names its line.
    """
    wanted = pack_ids(folders) if ids is None else ids
    shared = _Shared(_found(_PHRASES, folders))
    return tuple(_pack(_found(pack_id, folders), shared) for pack_id in wanted)


def is_pack_file(path: Path) -> bool:
    """Whether a file is meant to be a pack or the phrases of packs, going by its folder."""
    return path.absolute().parent.name == FOLDER


def check_pack_file(path: Path) -> None:
    """Read one pack, or the phrases of packs, wherever it lies.

    Phrases are looked for beside it first, then as ``load_packs`` does.

    Raises:
        GuideError: It breaks YAML, the schema or the grammar; every problem names its line.
    """
    if path.stem == _PHRASES:
        _Shared(path)
        return
    _pack(path, _Shared(_found(_PHRASES, (path.absolute().parent.parent, *knowledge_folders()))))


def pack_files() -> list[Path]:
    """Every pack that applies when it is named, and the phrases, sorted by name."""
    return [_found(name, None) for name in sorted([_PHRASES, *pack_ids()])]


def joined(packs: Sequence[Pack]) -> Pack:
    """All topics of several packs, each once where they listen for the same.

    Raises:
        ValueError: There is no pack.
    """
    if not packs:
        raise ValueError("there is no pack to join")
    if len(packs) == 1:
        return packs[0]
    topics: dict[tuple[str, int], Topic] = {}
    for topic in (topic for pack in packs for topic in pack.topics):
        # Shared patterns are one object; a pack with phrases of its own has another.
        topics.setdefault((topic.id, id(topic.patterns)), topic)
    ids = "+".join(pack.id for pack in packs)
    return Pack(ids, packs[0].title, packs[0].note, tuple(topics.values()))


def _found(name: str, folders: Iterable[Path] | None) -> Path:
    for folder in folders or knowledge_folders():
        path = folder / FOLDER / f"{name}.yaml"
        if is_file(path):
            return path
    raise UsageError(
        f"there is no pack of off-limits topics {name!r}.", nearest(name, pack_ids(folders))
    )


class _Shared:
    """What stands in ``phrases.yaml``, as patterns."""

    def __init__(self, path: Path) -> None:
        file = YamlFile(path, _FILE)
        self.content = _validated(file, PhrasesFile)
        problems: list[Problem] = []
        self._lists = {
            language: _list_patterns(file, ("lists", language), lists, problems)
            for language, lists in self.content.lists.items()
        }
        self.patterns: dict[str, Mapping[str, Patterns]] = {
            topic: {
                language: self.patterns_of(file, ("topics", topic, language), phrases, problems)
                for language, phrases in languages.items()
            }
            for topic, languages in self.content.topics.items()
        }
        if problems:
            raise _FILE.error_of(problems)

    def patterns_of(
        self, file: YamlFile, loc: Loc, phrases: Phrases, problems: list[Problem]
    ) -> Patterns:
        """The phrases at ``loc``, which ends with their language; problems are added."""
        lists = self._lists.get("fr" if loc[-1] == "fr" else "en", {})

        def pattern(kind: str, given: Sequence[str]) -> str:
            found: list[str] = []
            for number, phrase in enumerate(given):
                try:
                    found.append(parsed(phrase, lists))
                except PhraseError as error:
                    problems.append(file.problem((*loc, kind, number), str(error)))
            return any_of(found)

        return Patterns(
            asked=pattern("asked", phrases.asked),
            volunteered=pattern("volunteered", phrases.volunteered),
            unless=pattern("unless", phrases.unless),
        )


def _list_patterns(
    file: YamlFile, loc: Loc, lists: Mapping[str, Sequence[str]], problems: list[Problem]
) -> dict[str, str]:
    try:
        return list_patterns(lists)
    except PhraseError as error:
        problems.append(file.problem(loc, str(error)))
        return {}


def _pack(path: Path, shared: _Shared) -> Pack:
    file = YamlFile(path, _FILE)
    content = _validated(file, PackFile)
    problems = list(_reference_problems(file, content, shared))
    topics = [
        Topic(
            id=topic.id,
            label=topic.label,
            why=topic.why,
            instead=topic.instead,
            references=topic.references,
            patterns=_patterns(file, ("topics", index, "phrases"), topic, shared, problems),
        )
        for index, topic in enumerate(content.topics)
    ]
    if problems:
        raise _FILE.error_of(problems)
    return Pack(content.id, content.title, content.note, tuple(topics))


def _patterns(
    file: YamlFile, loc: Loc, topic: PackTopic, shared: _Shared, problems: list[Problem]
) -> Mapping[str, Patterns]:
    """The shared object itself where the pack adds nothing; see ``joined``."""
    common = shared.patterns.get(topic.id, {})
    if not topic.phrases:
        return common
    own: dict[str, Patterns] = {
        language: shared.patterns_of(file, (*loc, language), phrases, problems)
        for language, phrases in topic.phrases.items()
    }
    none = Patterns("", "", "")
    return {
        language: _both(common.get(language, none), own.get(language, none))
        for language in LANGUAGES
    }


def _both(one: Patterns, other: Patterns) -> Patterns:
    return Patterns(
        asked=any_of([pattern for pattern in (one.asked, other.asked) if pattern]),
        volunteered=any_of([p for p in (one.volunteered, other.volunteered) if p]),
        unless=any_of([pattern for pattern in (one.unless, other.unless) if pattern]),
    )


def _reference_problems(file: YamlFile, content: PackFile, shared: _Shared) -> Iterator[Problem]:
    if content.id != file.path.stem:
        message = f"expected {file.path.stem!r}, the file's name (found {content.id!r})."
        yield file.problem(("id",), message)
    seen: set[str] = set()
    for index, topic in enumerate(content.topics):
        loc: Loc = ("topics", index, "id")
        if topic.id in seen:
            yield file.problem(loc, f"the id {topic.id!r} stands twice.")
        seen.add(topic.id)
        if topic.id not in shared.patterns and not topic.phrases:
            known = nearest(topic.id, shared.patterns)
            yield file.problem(
                loc, f"{topic.id!r} has no phrases, here or in {_PHRASES}.yaml. {known}"
            )


def _validated(file: YamlFile, model: type[M]) -> M:
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        raise _FILE.error_of(file.problems_of(error, model)) from error

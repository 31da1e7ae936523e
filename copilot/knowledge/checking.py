"""What a valid guide could still do better: warnings for its author."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from copilot.knowledge.guide import LANGUAGES, Guide, Listened, Point, RedFlag
from copilot.knowledge.loading import GuideFiles, find_guide, read_guide, read_overlay
from copilot.knowledge.overlay import FlagText, Overlay, PointText
from copilot.knowledge.wording import faults
from copilot.knowledge.yaml_file import Loc, Problem, YamlFile

#: How readily one point is taken for another, 0 to 1, given their ``says``.
Likeness = Callable[[Sequence[str], Sequence[str]], float]

#: From this likeness on a sentence of one point is as likely to be taken for the other.
OVERLAP_AT = 0.5

_WITHOUT = {
    "why": "nobody reads what it matters for.",
    "benign_reading": "nobody reads what else it may mean.",
    "probe": "nothing can be suggested to clear it up.",
}
#: How warnings of a probe begin that is there.
_BADLY_PUT = "the probe "
_ENOUGH_SAYS = 8
_ENOUGH_NOT_SAYS = 2


def check(path: Path, likeness: Likeness | None = None) -> list[Problem]:
    """Check a guide or an overlay.

    Args:
        path: A guide ``ROLE.yaml`` or an overlay ``ROLE.fr.yaml``.
        likeness: Measures how alike points sound; without it overlap is not looked for.

    Returns:
        Warnings; the file is usable all the same.

    Raises:
        GuideError: The file is not valid; every problem names its line.
    """
    files = find_guide(str(path.with_name(f"{path.name.split('.')[0]}{path.suffix}")))
    guide = read_guide(files.guide)
    if path.name == files.guide.name:
        file = YamlFile(path)
        return [*_guide_warnings(file, guide), *_overlaps(file, guide, likeness)]
    overlay = read_overlay(path, guide)
    file = YamlFile(path)
    return [*_overlay_warnings(file, guide, overlay)]


def texts_missing(overlay: Path) -> int:
    """How many texts of a guide its overlay leaves out; what is merely badly put does not count.

    Raises:
        GuideError: The overlay or its guide is not valid.
    """
    return sum(not problem.message.startswith(_BADLY_PUT) for problem in check(overlay))


def files_to_check(files: GuideFiles) -> list[Path]:
    """A role's guide and its overlays."""
    return [files.guide, *(files.overlays[language] for language in sorted(files.overlays))]


def _guide_warnings(file: YamlFile, guide: Guide) -> Iterator[Problem]:
    for index, competency in enumerate(guide.competencies):
        if competency.says:
            yield from _point_warnings(file, ("competencies", index), competency, guide.language)
        if competency.anchors is None:
            loc: Loc = ("competencies", index)
            yield file.problem(loc, "no anchors: ratings of it mean what each rater thinks.")
    for index, question in enumerate(guide.questions):
        loc = ("questions", index)
        if len(question.phrasings) < 3:
            yield file.problem(
                (*loc, "phrasings"),
                "fewer than 3 phrasings: the question will often go unrecognised.",
            )
        if not question.points and not any(c.says for c in guide.competencies):
            yield file.problem(loc, "no points, and no competency has says: nothing to listen for.")
        for number, point in enumerate(question.points):
            yield from _point_warnings(file, (*loc, "points", number), point, guide.language)
    for index, flag in enumerate(guide.red_flags):
        yield from _flag_warnings(file, ("red_flags", index), flag, guide.language)


def _point_warnings(file: YamlFile, loc: Loc, point: Point, language: str) -> Iterator[Problem]:
    yield from _says_warnings(file, loc, point)
    if not point.probes:
        yield file.problem((*loc, "probes"), "no probe: nothing can be suggested for this point.")
    for number, probe in enumerate(point.probes):
        for fault in faults(probe, language, gives_away=point.label):
            yield file.problem((*loc, "probes", number), f"{_BADLY_PUT}{fault}: {probe!r}")


def _flag_warnings(file: YamlFile, loc: Loc, flag: RedFlag, language: str) -> Iterator[Problem]:
    yield from _says_warnings(file, loc, flag)
    for key in ("why", "benign_reading", "probe"):
        if not getattr(flag, key):
            yield file.problem(loc, f"no {key}: {_WITHOUT[key]}")
    for fault in faults(flag.probe, language) if flag.probe else ():
        yield file.problem((*loc, "probe"), f"{_BADLY_PUT}{fault}: {flag.probe!r}")


def _says_warnings(file: YamlFile, loc: Loc, item: Listened) -> Iterator[Problem]:
    if len(item.says) < _ENOUGH_SAYS:
        yield file.problem(
            (*loc, "says"),
            f"{len(item.says)} says: about ten, as people really put it, are needed to hear it.",
        )
    if len(item.not_says.denials) < _ENOUGH_NOT_SAYS:
        yield file.problem((*loc, "not_says"), "too few denials to tell a denial from the point.")
    for number, sentence in enumerate(item.says):
        if sentence in item.says[:number]:
            yield file.problem((*loc, "says", number), f"stands twice: {sentence!r}")


def _overlaps(file: YamlFile, guide: Guide, likeness: Likeness | None) -> Iterator[Problem]:
    if likeness is None:
        return
    groups: list[tuple[Loc, Sequence[Point]]] = [
        (("questions", index, "points"), question.points)
        for index, question in enumerate(guide.questions)
    ]
    groups.append((("competencies",), [c for c in guide.competencies if c.says]))
    for loc, points in groups:
        for number, point in enumerate(points):
            for other in points[:number]:
                alike = likeness(point.says, other.says)
                if point.says and other.says and alike >= OVERLAP_AT:
                    yield file.problem(
                        (*loc, number),
                        f"{point.id!r} overlaps with {other.id!r} (likeness {alike:.2f}): "
                        "a listener could take one for the other.",
                    )


def _overlay_warnings(file: YamlFile, guide: Guide, overlay: Overlay) -> Iterator[Problem]:
    language = overlay.language
    for key in ("title", "summary", "off_limits"):
        if getattr(guide, key) and not getattr(overlay, key):
            yield file.problem((key,), "not translated.")
    for competency in guide.competencies:
        texts = overlay.competencies.get(competency.id)
        loc: Loc = ("competencies", competency.id)
        yield from _point_translation(file, loc, competency, texts, language)
        if texts is not None and texts.anchors is None:
            yield file.problem(loc, "the anchors are not translated.")
    for question in guide.questions:
        loc = ("questions", question.id)
        asked = overlay.questions.get(question.id)
        if asked is None or asked.text is None:
            yield file.problem(loc, f"the question {question.id!r} is not translated.")
            continue
        if question.phrasings and not asked.phrasings:
            yield file.problem((*loc, "phrasings"), "no phrasings in this language.")
        for point in question.points:
            place = (*loc, "points", point.id)
            yield from _point_translation(file, place, point, asked.points.get(point.id), language)
    for flag in guide.red_flags:
        loc = ("red_flags", flag.id)
        yield from _flag_translation(file, loc, flag, overlay.red_flags.get(flag.id), language)
    for group in ("skills", "stages"):
        translated = getattr(overlay, group)
        for item in getattr(guide, group):
            if item.id not in translated or translated[item.id].label is None:
                yield file.problem((group, item.id), f"{item.id!r} is not translated.")


def _point_translation(
    file: YamlFile, loc: Loc, point: Point, texts: PointText | None, language: str
) -> Iterator[Problem]:
    if texts is None or texts.label is None or texts.description is None:
        yield file.problem(loc, f"{point.id!r} is not translated.")
        return
    for key in ("says", "probes"):
        if getattr(point, key) and not getattr(texts, key):
            yield file.problem((*loc, key), f"no {key} in this language.")
    for number, probe in enumerate(texts.probes):
        for fault in faults(probe, language, gives_away=texts.label):
            yield file.problem((*loc, "probes", number), f"{_BADLY_PUT}{fault}: {probe!r}")


def _flag_translation(
    file: YamlFile, loc: Loc, flag: RedFlag, texts: FlagText | None, language: str
) -> Iterator[Problem]:
    keys = ("label", "description", "why", "benign_reading", "probe", "says")
    missing = [key for key in keys if texts is None or not getattr(texts, key)]
    if texts is None or missing:
        yield file.problem(loc, f"{flag.id!r}: not translated: {', '.join(missing)}.")
        return
    for fault in faults(texts.probe or "", language):
        yield file.problem((*loc, "probe"), f"{_BADLY_PUT}{fault}: {texts.probe!r}")


def languages_missing(files: GuideFiles) -> list[str]:
    """Our languages in which a role has no texts at all."""
    own = read_guide(files.guide).language
    return [language for language in LANGUAGES if language not in (own, *files.overlays)]

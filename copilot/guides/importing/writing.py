"""Planning an import: a new guide, a merge into the one that is there, or its overlay."""

import re
from dataclasses import replace
from pathlib import Path

from copilot.guides.editing.edits import Action, Edit, Place
from copilot.guides.editing.guide_file import GuideFile
from copilot.guides.importing.draft import Draft
from copilot.guides.importing.fitting import one_line
from copilot.guides.importing.layout import yaml_of
from copilot.guides.importing.merging.aligning import aligned
from copilot.guides.importing.merging.carrying import carried
from copilot.guides.importing.merging.overlaying import Overlaid, overlaid
from copilot.guides.importing.merging.record import Record, read_record
from copilot.guides.importing.merging.replacing import apply_all
from copilot.guides.importing.merging.result import Said
from copilot.guides.importing.merging.three_way import merge
from copilot.guides.importing.merging.values import item_origin
from copilot.guides.importing.outline import Outline, from_yaml, items_of, text_of, to_overlay
from copilot.guides.importing.outlining import Outlined, outlined, source_id
from copilot.guides.importing.planned import ENOUGH, Planned, Request, mark
from copilot.guides.importing.trouble import ImportingError, no_questions
from copilot.i18n import _
from copilot.knowledge.guide import Guide
from copilot.knowledge.loading import read_guide
from copilot.knowledge.sentence import origin_of

_OF_FILE = re.compile(r"^(?P<file>.+?):(?:p[0-9]+:)?[0-9]+$")


def plan_import(draft: Draft, request: Request, *, model: str = "") -> Planned:
    """What importing a draft would write.

    Where there is no guide of that role it is a new one; where there is one in the same language
    the draft is merged into it; where it is in another language the draft becomes its overlay.

    Args:
        draft: What was found.
        request: Where it is to go.
        model: The language model that could have been asked; said where nothing was found.

    Raises:
        ImportingError: It holds no question, or does not go with the guide that is there.
        GuideError: The guide that is there is broken.
    """
    path = request.folder / f"{request.role}.yaml"
    if not path.exists():
        if not draft.questions:
            raise no_questions(draft, request.titles, model=model)
        return _new(draft, request, path)
    guide = read_guide(path)
    file = GuideFile(path)
    if guide.language == draft.language:
        return _again(draft, request, file)
    return _other_language(draft, request, file, guide)


def _new(draft: Draft, request: Request, path: Path) -> Planned:
    found = _outlined(draft, request, draft.title)
    text = yaml_of(found.outline, _comments("guide", request))
    GuideFile(path, text).check()
    record = _record(found.outline, request, found.outline)
    return Planned(path, "", text, record, rest=found.rest)


def _again(draft: Draft, request: Request, file: GuideFile) -> Planned:
    ours = from_yaml(file.data, overlay=False)
    found = _outlined(draft, request, ours["title"])
    planned = _merged(file, ours, _as_given(found.outline, draft), request, overlay=False)
    planned.rest = found.rest
    return planned


def _other_language(draft: Draft, request: Request, file: GuideFile, guide: Guide) -> Planned:
    path = file.path.with_name(f"{request.role}.{draft.language}{file.path.suffix}")
    before = GuideFile(path) if path.exists() else None
    ours = {} if before is None else from_yaml(before.data, overlay=True)
    found = _outlined(draft, request, ours.get("title") or draft.title)
    of_guide = from_yaml(file.data, overlay=False)
    record = read_record(file.path)
    document = _as_given(found.outline, draft)
    laid = overlaid(of_guide, document, record.outline if record else {})
    if laid.faults or not laid.pairs:
        raise _does_not_fit(request, draft, guide, laid)
    if before is None:
        text = yaml_of(to_overlay(laid.outline), _comments("overlay", request))
        GuideFile(path, text).check(guide)
        planned = Planned(path, "", text, _record(laid.outline, request, laid.outline))
    else:
        planned = _merged(before, ours, laid.outline, request, overlay=True)
    planned.rest, planned.pairs = found.rest, laid.pairs
    # Origins in the overlay name the document; the guide says which documents there are.
    file.apply(_new_sources(of_guide, found.outline))
    file.check()
    planned.files.insert(0, file)
    return planned


def _merged(
    file: GuideFile, ours: Outline, new: Outline, request: Request, *, overlay: bool
) -> Planned:
    record = read_record(file.path)
    base: Outline = record.outline if record else {}
    if base and request.title:
        base = {**base, "title": ours.get("title")}  # a title that is asked for is no suggestion
    now = aligned(new, base, ours)

    def passed(said: Said) -> bool:
        """Whether this import could not find an item of the last one."""
        of_file = _OF_FILE.match(said.origin)
        if of_file is None or of_file["file"] not in request.titles:
            return True
        return not request.asked_model and record is not None and mark(said) in record.by_model

    merge_ = merge(base, ours, now, overlay=overlay, passed=passed)
    before = file.text()
    apply_all(file, merge_.edits)
    file.check()
    made = _record(now, request, carried(base, now, passed), record)
    return Planned(file.path, before, file.text(), made, merge_, record is not None, files=[file])


def _record(
    outline: Outline, request: Request, kept: Outline, earlier: Record | None = None
) -> Record:
    """What is kept of an import.

    Args:
        outline: What the documents hold.
        request: What was asked for.
        kept: The same with what earlier imports brought and this one could not.
        earlier: The record until now.
    """
    marks = {
        mark(Said(place, text, origin))
        for place, text, origin in _texts(outline)
        if (text[:ENOUGH], origin) in request.by_model
    }
    there = {mark(Said(place, text, origin)) for place, text, origin in _texts(kept)}
    before = earlier or Record({}, {})
    return Record(
        kept,
        {**before.documents, **request.digests},
        frozenset(marks | (before.by_model & there)),
    )


def _texts(outline: Outline) -> list[tuple[Place, str, str]]:
    """Every item and tip: place, text, origin."""
    found = [(place, text_of(item), item_origin(item)) for place, item in items_of(outline)]
    holders: list[tuple[Place, Outline]] = [((), outline), *items_of(outline)]
    for place, holder in holders:
        found += [((*place, "tips"), str(tip), origin_of(tip)) for tip in holder.get("tips", [])]
    return found


def _outlined(draft: Draft, request: Request, title: str) -> Outlined:
    named = replace(draft, title=request.title or title)
    return outlined(named, request.role, request.titles)


def _as_given(outline: Outline, draft: Draft) -> Outline:
    """The outline without the summary that a new guide gets where a document gives none."""
    if draft.summary:
        return outline
    return {key: value for key, value in outline.items() if key != "summary"}


def _new_sources(guide: Outline, document: Outline) -> list[Edit]:
    held = list(guide.get("sources", []))
    edits = []
    for source in document.get("sources", []):
        if all(each.get("file") != source["file"] for each in held):
            made = {**source, "id": source_id(source["file"], [each["id"] for each in held])}
            held.append(made)
            edits.append(Edit(Action.ADD, ("sources",), made))
    return edits


def _comments(kind: str, request: Request) -> list[str]:
    files = ", ".join(one_line(file) for file in request.titles)
    return [
        f"yaml-language-server: $schema={kind}.schema.json",
        f"Imported from {files}. Each origin names the line it comes from.",
    ]


def _does_not_fit(request: Request, draft: Draft, guide: Guide, laid: Overlaid) -> ImportingError:
    faults = "\n".join(f"  {fault}" for fault in laid.faults)
    return ImportingError(
        _(
            "the guide {role!r} is in {guide!r}, the document in {language!r}, and they do not "
            "hold the same items:",
            role=request.role,
            guide=guide.language,
            language=draft.language,
        )
        + f"\n{faults}",
        _(
            "Import it as a role of its own with another --role, say --language {guide} if it is "
            "in that language, or bring both to the same number of items.",
            guide=guide.language,
        ),
    )

"""What all raters of a candidate judged, side by side, and where they see things differently.

There is no mean and no majority: two raters who are far apart have something to tell each other,
and that is what a panel is for. What there is to talk about stands in the order of the plan and not
in that of the distance.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from copilot.events import Recommendation, Unrated
from copilot.review.opinions import Opinion
from copilot.review.panel.folder import Contents
from copilot.review.panel.merged import (
    Merged,
    MergedCandidate,
    MergedCell,
    MergedItem,
    MergedRater,
    Talk,
)
from copilot.review.panel.model import Bundle, BundleItem, BundleNote, Panel
from copilot.review.panel.standing import RaterStanding, standing_of

_FAR = 2
_FOR = {Recommendation.YES, Recommendation.STRONG_YES}
_AGAINST = {Recommendation.NO, Recommendation.STRONG_NO}


def merge(panel: Panel, contents: Contents, candidates: Iterable[str]) -> Merged:
    """What is open of the candidates, side by side."""
    return Merged(
        panel=panel.name,
        panel_id=panel.id,
        role=panel.role,
        candidates=tuple(_candidate(panel, contents, each) for each in candidates),
        problems=tuple(problem.message for problem in contents.problems),
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """A rater's bundles: the one that counts and the first one."""

    rater: str
    last: Bundle
    first: Bundle


def _candidate(panel: Panel, contents: Contents, candidate: str) -> MergedCandidate:
    standing = standing_of(panel, contents, candidate)
    opened = [_open(each, contents) for each in standing if each.state == "open"]
    whole = MergedItem(
        kind="recommendation",
        id="",
        label="",
        cells=tuple(_whole(each) for each in opened),
        talk=(),
    )
    return MergedCandidate(
        candidate=candidate,
        raters=tuple(_rater(each, contents) for each in standing),
        items=(
            *_items("question", opened, lambda bundle: bundle.questions),
            *_items("competency", opened, lambda bundle: bundle.competencies),
            *([_with_talk(whole)] if opened else []),
        ),
    )


def _open(standing: RaterStanding, contents: Contents) -> _Open:
    sums = [seal.bundle_sha256 for seal in standing.seals]
    bundles = [contents.bundles[each] for each in sums if each in contents.bundles]
    return _Open(standing.rater, bundles[-1], bundles[0])


def _rater(standing: RaterStanding, contents: Contents) -> MergedRater:
    last = standing.seals[-1] if standing.seals else None
    bundle = None if last is None else contents.bundles.get(last.bundle_sha256)
    notes: tuple[BundleNote, ...] = () if bundle is None else bundle.notes or ()
    return MergedRater(
        rater=standing.rater,
        state=standing.state,
        handed_in=tuple(s.made_at for s in standing.seals if s.action == "submitted"),
        withdrawn=tuple(s.made_at for s in standing.seals if s.action == "withdrawn"),
        seen=() if last is None else last.seen,
        incomplete=bundle is not None and bundle.incomplete,
        session_id="" if bundle is None else bundle.session_id,
        started_at="" if bundle is None else bundle.started_at,
        guide_sha256="" if bundle is None else bundle.guide_sha256,
        notes=tuple((note.moment_s, note.text) for note in notes),
    )


def _items(
    kind: Literal["question", "competency"],
    opened: Sequence[_Open],
    items: Callable[[Bundle], tuple[BundleItem, ...]],
) -> list[MergedItem]:
    labels: dict[str, str] = {}
    for each in opened:
        for item in items(each.last):
            labels.setdefault(item.id, item.label)
    return [
        _with_talk(
            MergedItem(
                kind=kind,
                id=item_id,
                label=label,
                cells=tuple(
                    _cell(
                        each.rater,
                        _find(items(each.last), item_id),
                        _find(items(each.first), item_id),
                    )
                    for each in opened
                ),
                talk=(),
            )
        )
        for item_id, label in labels.items()
    ]


def _find(items: Iterable[BundleItem], item_id: str) -> BundleItem | None:
    return next((item for item in items if item.id == item_id), None)


def _cell(rater: str, last: BundleItem | None, first: BundleItem | None) -> MergedCell:
    return _judged(
        rater,
        () if last is None else last.given,
        () if first is None else first.given,
        known=last is not None,
        asked=None if last is None else last.asked,
        after_findings=last is not None and last.after_findings,
    )


def _whole(opened: _Open) -> MergedCell:
    return _judged(
        opened.rater,
        opened.last.recommendation,
        opened.first.recommendation,
        known=True,
        asked=None,
        after_findings=False,
    )


def _judged(
    rater: str,
    last: tuple[Opinion, ...],
    first: tuple[Opinion, ...],
    *,
    known: bool,
    asked: bool | None,
    after_findings: bool,
) -> MergedCell:
    now, before = _standing(last), _standing(first)
    changed = _said(now) != _said(before)
    return MergedCell(
        rater=rater,
        known=known,
        asked=asked,
        opinion=now,
        earlier=tuple(each for each in last[:-1] if each.is_given),
        first=before if changed else None,
        changed=changed,
        after_findings=after_findings,
    )


def _standing(given: tuple[Opinion, ...]) -> Opinion | None:
    return given[-1] if given and given[-1].is_given else None


def _said(opinion: Opinion | None) -> object:
    if opinion is None:
        return None
    return (opinion.rating, opinion.unrated, opinion.recommendation, opinion.reason)


def _with_talk(item: MergedItem) -> MergedItem:
    opinions = [cell.opinion for cell in item.cells if cell.opinion is not None]
    ratings = [each.rating for each in opinions if each.rating is not None]
    whole = {each.recommendation for each in opinions if each.recommendation is not None}
    talk: list[Talk] = []
    if ratings and max(ratings) - min(ratings) >= _FAR:
        talk.append("far_apart")
    if ratings and any(each.unrated is Unrated.NOT_ENOUGH for each in opinions):
        talk.append("cannot_tell")
    if whole & _FOR and whole & _AGAINST:
        talk.append("opposite")
    return MergedItem(
        kind=item.kind, id=item.id, label=item.label, cells=item.cells, talk=tuple(talk)
    )

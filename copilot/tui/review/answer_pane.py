"""The question being reviewed: its words, its time, and the human's rating."""

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from copilot.events import FindingKind, FindingState, PlannedQuestion
from copilot.i18n import _
from copilot.timecode import timecode
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.cutting import cut
from copilot.tui.review.seeing import Seeing


class AnswerPane(Static, can_focus=False):
    """Says what was asked, how long the answer was, and how it was rated."""

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self._shown: tuple[Seeing, str] | None = None
        self._roomy = False

    def show(self, seeing: Seeing, question: str | None, *, roomy: bool) -> None:
        """Draw a question.

        Args:
            seeing: The session.
            question: Which question; None where the plan is empty.
            roomy: Whether there is height for all anchors.
        """
        self._shown = None if question is None else (seeing, question)
        self._roomy = roomy
        self._draw()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Lines are cut to the width."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        if self._shown is None:
            self.update(_("No questions were planned."))
        elif width:
            seeing, question = self._shown
            planned = seeing.reviewed.interview.planned(question)
            lines = [_title(seeing, planned, width), _facts(seeing, planned, width)]
            lines += _rating(seeing, planned, width, roomy=self._roomy)
            if not seeing.may_see(question):
                lines.append(_hidden(width))
            self.update(Content("\n").join(lines))


def _title(seeing: Seeing, planned: PlannedQuestion, width: int) -> Content:
    plan = seeing.reviewed.interview.plan
    place = _("{number} of {count}", number=plan.index(planned) + 1, count=len(plan))
    text = planned.text if len(place) + len(planned.text) + 2 <= width else planned.label
    return Content.assemble(
        (cut(text, max(8, width - len(place) - 2)), "bold"), (f"  {place}", "$text-muted")
    )


def _facts(seeing: Seeing, planned: PlannedQuestion, width: int) -> Content:
    interview = seeing.reviewed.interview
    if not interview.was_asked(planned.id):
        return Content.styled(cut(_("It was not asked."), width), "$text-muted")
    spans = [span for span in interview.spans() if span.question == planned.id]
    told = [
        ", ".join(f"{timecode(span.start_s)}-{timecode(span.end_s)}" for span in spans),
        _(
            "{spent} of {minutes} min",
            spent=timecode(interview.seconds_on(planned.id)),
            minutes=f"{planned.minutes:g}",
        ),
    ]
    if seeing.may_see(planned.id):
        heard = sum(
            item.kind is FindingKind.POINT and item.state is FindingState.EVIDENCED
            for item in seeing.items(planned.id)
        )
        told.append(_("{count} of {total} heard", count=heard, total=len(planned.points)))
    return Content.styled(cut(" · ".join(told), width), "$text-muted")


def _rating(seeing: Seeing, planned: PlannedQuestion, width: int, *, roomy: bool) -> list[Content]:
    rating = seeing.reviewed.interview.rating_of(planned.id)
    if rating is not None:
        given = _("rated after the interview")
        if not seeing.reviewed.was_rated_in_review(planned.id):
            given = _("rated during the interview")
        line = [_("Your rating: {rating} of 4", rating=rating), given]
        anchor = planned.anchors[rating - 1 : rating]
        text = Content.styled(cut(" · ".join([*line, *anchor]), width), "bold")
        return [text]
    keys = {"first": key_of("rating.review_1"), "last": key_of("rating.review_4")}
    asked = [_("Not rated yet: {first} to {last} rates it.", **keys)]
    if planned.anchors and not roomy:
        asked.append(_("{key} shows what each means.", key=key_of("rating.review_anchors")))
    lines = [Content.styled(cut(" ".join(asked), width), "$text-accent")]
    if roomy:
        lines += [
            Content.styled(cut(f"  {number} {anchor}", width), "$text-muted")
            for number, anchor in enumerate(planned.anchors, start=1)
        ]
    return lines


def _hidden(width: int) -> Content:
    text = _(
        "What the machine found is hidden until you have rated. {key} shows it before.",
        key=key_of("finding.review_reveal"),
    )
    short = _("Findings hidden until rated. {key} shows.", key=key_of("finding.review_reveal"))
    return Content.styled(cut(text if len(text) <= width else short, width), "$text-warning")

"""The question being reviewed: its words, its time, and the human's rating."""

from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from copilot.events import FindingKind, FindingState, PlannedQuestion, QuestionRated
from copilot.i18n import _
from copilot.timecode import timecode
from copilot.tui.judgements import Judgement, earlier_of
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.cutting import cut
from copilot.tui.review.history import earlier_judgements
from copilot.tui.review.seeing import Seeing
from copilot.tui.transcript.entry import clean

_EARLIER_SHOWN = 2  # lines; the rest stands in the dialog that rates


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
            if seeing.items(question) and not seeing.may_see(question):
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
    if planned.points and seeing.may_see(planned.id):
        heard = sum(
            item.kind is FindingKind.POINT and item.state is FindingState.EVIDENCED
            for item in seeing.items(planned.id)
        )
        told.append(_("{count} of {total} heard", count=heard, total=len(planned.points)))
    return Content.styled(cut(" · ".join(told), width), "$text-muted")


def _rating(seeing: Seeing, planned: PlannedQuestion, width: int, *, roomy: bool) -> list[Content]:
    judgement = seeing.reviewed.interview.judgement_of(planned.id)
    if judgement is not None:
        return _judged(seeing, planned, width, judgement, roomy=roomy)
    keys = {"first": key_of("rating.review_1"), "last": key_of("rating.review_4")}
    asked = [_("Not rated yet: {first} to {last} rates it.", **keys)]
    if not seeing.reviewed.interview.was_asked(planned.id):
        key = key_of("rating.review_not_asked")
        asked = [_("Not judged yet: {key} says that it was not asked.", key=key)]
    if planned.anchors and not roomy:
        asked.append(_("{key} shows what each means.", key=key_of("rating.review_anchors")))
    lines = [Content.styled(cut(" ".join(asked), width), "$text-accent")]
    if roomy:
        lines += [
            Content.styled(cut(f"  {number} {clean(anchor)}", width), "$text-muted")
            for number, anchor in enumerate(planned.anchors, start=1)
        ]
    return lines


def _judged(
    seeing: Seeing, planned: PlannedQuestion, width: int, stands: QuestionRated, *, roomy: bool
) -> list[Content]:
    given = _("rated after the interview")
    if not seeing.reviewed.was_made_in_review(stands):
        given = _("rated during the interview")
    anchor = planned.anchors[stands.rating - 1 : stands.rating] if stands.rating else ()
    told = [_("Your rating: {rating}", rating=Judgement.of(stands).words), given]
    told += [clean(text) for text in anchor]
    lines = [Content.styled(cut(" · ".join(told), width), "bold")]
    earlier = earlier_of(seeing.reviewed.interview.ratings[planned.id])
    why = _("Why: {reason}", reason=clean(stands.reason)) if stands.reason else ""
    if roomy:
        judged = earlier_judgements(seeing.reviewed, seeing.reviewed.interview.ratings[planned.id])
        more = [why, *judged[:_EARLIER_SHOWN]]
    else:
        signs = " ".join(Judgement.of(event).sign for event in earlier)
        before = _("before: {signs}", signs=signs) if signs else ""
        more = [" · ".join(part for part in (before, why) if part)]
    return lines + [Content.styled(cut(line, width), "$text-muted") for line in more if line]


def _hidden(width: int) -> Content:
    text = _(
        "What the machine found is hidden until you have rated. {key} shows it before.",
        key=key_of("finding.review_reveal"),
    )
    short = _("Findings hidden until rated. {key} shows.", key=key_of("finding.review_reveal"))
    return Content.styled(cut(text if len(text) <= width else short, width), "$text-warning")

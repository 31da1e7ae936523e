"""The list of competencies, and what there is to see of one."""

from collections.abc import Iterator

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from copilot.events import FindingKind, FindingState, KnownCompetency, PlannedQuestion
from copilot.i18n import N_, _
from copilot.timecode import timecode
from copilot.tui.judgements import Judgement
from copilot.tui.keys.in_force import key_of
from copilot.tui.live.cutting import padded
from copilot.tui.review.history import earlier_judgements, when
from copilot.tui.review.seeing import Seeing
from copilot.tui.signs import BY_HAND, SIGNS
from copilot.tui.transcript.entry import clean

_MARGIN = 3  # columns that the list keeps for itself
_INDENT = "   "


class CompetencyList(OptionList):
    """The competencies in the guide's order, with the human's rating of each."""

    HELP = N_(
        "The competencies of the guide. At the right stands your rating, ? where there was not"
        " enough to tell, / where you say that nothing was asked, - where you have not judged yet."
    )

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._known: tuple[KnownCompetency, ...] = ()

    @property
    def current(self) -> str | None:
        """The competency with the cursor."""
        index = self.highlighted
        return None if index is None else self._known[index].id

    def show(self, seeing: Seeing) -> None:
        """Draw the list; the cursor stays where it is."""
        interview = seeing.reviewed.interview
        self._known = interview.competencies
        if self.option_count != len(self._known):
            self.clear_options()
            self.add_options([Option("", id=f"c{number}") for number in range(len(self._known))])
        room = max(8, self.scrollable_content_region.width - _MARGIN - 1)
        for number, known in enumerate(self._known):
            judged = Judgement.of(interview.competency_judgement_of(known.id))
            style = "bold" if judged.is_given else "$text-muted"
            row = Content.assemble(padded(clean(known.label), room), (f" {judged.sign}", style))
            self.replace_option_prompt(f"c{number}", row)


def competency_content(seeing: Seeing, competency: str) -> Content:
    """Everything there is to see of a competency by now."""
    known = seeing.reviewed.interview.competency(competency)
    lines = [Content.styled(clean(known.label), "bold"), *_rating(seeing, known), Content("")]
    lines.append(Content.styled(_("Questions that shed light on it"), "bold"))
    plan = seeing.reviewed.interview.plan
    about = [
        (number, each) for number, each in enumerate(plan, 1) if competency in each.competencies
    ]
    for number, planned in about:
        lines += _question(seeing, number, planned, seen=seeing.may_see_competency(competency))
    if not seeing.may_see_competency(competency):
        hidden = _("What the machine found for it is hidden until you have judged it.")
        lines.append(Content.styled(hidden, "$text-warning"))
    lines += _anchors(seeing, known)
    return Content("\n").join(lines)


def _rating(seeing: Seeing, known: KnownCompetency) -> Iterator[Content]:
    reviewed = seeing.reviewed
    stands = reviewed.interview.competency_judgement_of(known.id)
    if stands is None:
        keys = {"first": key_of("rating.competency_1"), "last": key_of("rating.competency_4")}
        text = _("Not judged yet: {first} to {last} rates it.", **keys)
        yield Content.styled(text, "$text-accent")
    else:
        words = Judgement.of(stands).words
        told = _("Your rating: {rating} ({when})", rating=words, when=when(reviewed, stands))
        yield Content.styled(told, "bold")
        if stands.reason:
            yield Content(_("Why: {reason}", reason=clean(stands.reason)))
    given = reviewed.interview.competency_ratings.get(known.id, [])
    for line in earlier_judgements(reviewed, given):
        yield Content.styled(line, "$text-muted")


def _anchors(seeing: Seeing, known: KnownCompetency) -> Iterator[Content]:
    stands = seeing.reviewed.interview.competency_judgement_of(known.id)
    if known.anchors:
        yield Content("")
        yield Content.styled(_("What each rating means"), "bold")
    for number, anchor in enumerate(known.anchors, start=1):
        mark = "▸" if stands is not None and stands.rating == number else " "
        yield Content.styled(f"{mark}{number}  {clean(anchor)}", "$text-muted")


def _question(
    seeing: Seeing, number: int, planned: PlannedQuestion, *, seen: bool
) -> Iterator[Content]:
    interview = seeing.reviewed.interview
    stands = interview.judgement_of(planned.id)
    words = _("not judged yet") if stands is None else Judgement.of(stands).words
    label = clean(planned.label)
    if not interview.was_asked(planned.id):
        label = f"({label})"
    yield Content.assemble(
        f"{number} {label}  ", (words, "bold" if stands is not None else "$text-muted")
    )
    if stands is not None and stands.reason:
        why = _("Why: {reason}", reason=clean(stands.reason))
        yield Content.styled(_INDENT + why, "$text-muted")
    if not seen:
        return
    if not seeing.may_see(planned.id):
        hidden = _("hidden until you have judged the question")
        yield Content.styled(_INDENT + hidden, "$text-warning")
        return
    sign = SIGNS[FindingState.EVIDENCED]
    for item in seeing.items(planned.id):
        if item.kind is not FindingKind.POINT or item.state is not FindingState.EVIDENCED:
            continue
        by_hand = BY_HAND if item.by_hand else " "
        parts = [(f"{_INDENT}{sign.shape}{by_hand} {clean(item.label)}", sign.style)]
        for evidence in item.evidence[:1]:
            quote = f"  {timecode(evidence.start_s)} “{clean(evidence.quote)}”"
            parts.append((quote, "italic"))
        yield Content.assemble(*parts)

"""The plan of a reviewed session: which questions are rated, which were never asked."""

from textual.content import Content
from textual.events import Resize
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from copilot.i18n import N_
from copilot.tui.judgements import Judgement
from copilot.tui.live.cutting import padded
from copilot.tui.review.seeing import Seeing

_MARGIN = 3  # columns that the list keeps for itself


class QuestionsPane(OptionList):
    """The planned questions, in order, with the rating of each."""

    HELP = N_(
        "The questions of the plan. At the right stands your rating, ? where there was not enough"
        " to tell, / where you say it was not asked, - where you have not judged yet; a question"
        " in brackets was not heard being asked."
    )

    def __init__(self) -> None:
        super().__init__(compact=True)
        self._seeing: Seeing | None = None

    def show(self, seeing: Seeing, question: str | None) -> None:
        """Draw the questions, with the cursor on one of them."""
        self._seeing = seeing
        plan = seeing.reviewed.interview.plan
        if self.option_count != len(plan):
            self.clear_options()
            self.add_options([Option("", id=planned.id) for planned in plan])
        for planned in plan:
            self.replace_option_prompt(planned.id, self._row(seeing, planned.id))
        if question is not None:
            with self.prevent(OptionList.OptionHighlighted):
                self.highlighted = self.get_option_index(question)

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Labels are cut to the width."""
        if self._seeing is not None:
            self.show(self._seeing, None)

    def _row(self, seeing: Seeing, question: str) -> Content:
        interview = seeing.reviewed.interview
        planned = interview.planned(question)
        number = interview.plan.index(planned) + 1
        asked = interview.was_asked(question)
        judged = Judgement.of(interview.judgement_of(question))
        label = planned.label if asked else f"({planned.label})"
        room = max(8, self.scrollable_content_region.width - _MARGIN - 1)
        text = padded(f"{number} {label}", room)
        style = "" if asked else "$text-muted"
        sign_style = "bold" if judged.is_given else "$text-muted"
        return Content.assemble((text, style), (f" {judged.sign}", sign_style))

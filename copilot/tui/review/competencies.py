"""Judging the competencies, over all questions that shed light on each."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from copilot.errors import CopilotError
from copilot.events import Unrated
from copilot.i18n import N_, _, ngettext
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.dialogs.rate import RateDialog
from copilot.tui.dialogs.why import WhyDialog
from copilot.tui.judgements import Judgement
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.competencies import COMPETENCY_ACTIONS
from copilot.tui.review.competency_pane import CompetencyList, competency_content
from copilot.tui.review.history import earlier_judgements
from copilot.tui.review.opening import Opened
from copilot.tui.review.seeing import Seeing
from copilot.tui.transcript.entry import clean


class CompetenciesScreen(Screen[None]):
    """Lists the competencies; what was found for one shows once the human has judged it."""

    CSS_PATH = "competencies.tcss"
    BINDINGS: ClassVar = bindings(COMPETENCY_ACTIONS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    HELP = N_(
        "The competencies of the guide, over the whole interview. Your own ratings of the questions"
        " stand beside them; what the machine found shows once you have judged."
    )

    def __init__(self, opened: Opened) -> None:
        """Show the competencies of a session.

        Args:
            opened: The session.
        """
        super().__init__()
        self._opened = opened

    @property
    def seeing(self) -> Seeing:
        """The session as the reviewer may see it."""
        return Seeing(self._opened.review.reviewed, self._opened.all_shown)

    def compose(self) -> ComposeResult:
        """How many are judged, the list, and the one with the cursor."""
        yield Static(id="competencies-head", markup=False)
        with Static(id="competencies-middle"):
            yield CompetencyList()
            with VerticalScroll(id="competency", can_focus=True):
                yield Static(id="competency-text", markup=False)
        yield KeyFooter(COMPETENCY_ACTIONS)

    def on_mount(self) -> None:
        """Begin at the first that is not judged."""
        seeing = self.seeing
        interview = seeing.reviewed.interview
        known = [each.id for each in interview.competencies]
        left = [each for each in known if interview.competency_judgement_of(each) is None]
        chooser = self.query_one(CompetencyList)
        chooser.show(seeing)
        chooser.highlighted = known.index((left or known)[0])
        chooser.focus()
        self._draw()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Another one is looked at."""
        event.stop()
        self.query_one("#competency").scroll_home(animate=False)
        self._draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click on the one with the cursor shows its anchors."""
        event.stop()
        self.action_anchors()

    def on_resize(self) -> None:
        """Rows are cut to the width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        seeing = self.seeing
        chooser = self.query_one(CompetencyList)
        chooser.show(seeing)
        known = seeing.reviewed.interview.competencies
        title = ngettext(
            "{judged} of {count} competency judged",
            "{judged} of {count} competencies judged",
            len(known),
            judged=seeing.judged_competencies,
        )
        head = [Content.styled(title, "bold")]
        read_only = self._opened.review.read_only
        if read_only is not None:
            why = _("Nothing can be changed here: {why}", why=read_only.message)
            head.append(Content.styled(why, "$text-error bold"))
        self.query_one("#competencies-head", Static).update(Content("\n").join(head))
        if chooser.current is not None:
            told = competency_content(seeing, chooser.current)
            self.query_one("#competency-text", Static).update(told)

    # -- judging --------------------------------------------------------------------------------

    def action_rate(self, rating: int) -> None:
        """Rate the competency; 0 takes the judgement back."""
        self._judge(Judgement(rating or None))

    def action_unrated(self, why: str) -> None:
        """Say why the competency has no rating."""
        self._judge(Judgement(None, Unrated(why)))

    def _judge(self, judged: Judgement) -> None:
        competency = self.query_one(CompetencyList).current
        if competency is None:
            return
        interview = self._opened.review.reviewed.interview
        stands = Judgement.of(interview.competency_judgement_of(competency))
        if (judged.rating, judged.unrated) == (stands.rating, stands.unrated):
            return
        if not (stands.is_given and judged.is_given) or self._opened.review.read_only is not None:
            self._keep(competency, judged)
            return

        def told(reason: str | None) -> None:
            if reason is not None:
                self._keep(competency, Judgement(judged.rating, judged.unrated, reason))

        title = clean(interview.competency(competency).label)
        self.app.push_screen(WhyDialog(title, stands.words, judged.words), told)

    def action_anchors(self) -> None:
        """Show what each rating means and what was judged before, and judge there."""
        competency = self.query_one(CompetencyList).current
        if competency is None:
            return

        def rated(judged: Judgement | None) -> None:
            if judged is not None:
                self._keep(competency, judged)

        reviewed = self._opened.review.reviewed
        interview = reviewed.interview
        known = interview.competency(competency)
        asked = any(
            competency in planned.competencies and interview.was_asked(planned.id)
            for planned in interview.plan
        )
        dialog = RateDialog(
            known.label,
            known.anchors,
            Judgement.of(interview.competency_judgement_of(competency)),
            asked=asked,
            earlier=earlier_judgements(reviewed, interview.competency_ratings.get(competency, [])),
        )
        self.app.push_screen(dialog, rated)

    def _keep(self, competency: str, judged: Judgement) -> None:
        review = self._opened.review
        self._change(
            lambda: review.rate_competency(competency, judged.rating, judged.unrated, judged.reason)
        )

    def _change(self, change: Callable[[], None]) -> None:
        try:
            change()
        except CopilotError as error:
            text = f"{error.message} {error.remedy}".strip()
            self.notify(text, title=error.title, severity="warning", timeout=10, markup=False)
            return
        self._draw()

    # -- the screen itself ----------------------------------------------------------------------

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpDialog(COMPETENCY_ACTIONS, signs=True))

    def action_leave(self) -> None:
        """Back to the questions."""
        self.dismiss(None)

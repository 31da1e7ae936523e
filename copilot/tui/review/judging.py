"""What the reviewer judges, finds and recommends, and to look at the machine's findings before."""

from copilot.events import FindingState, Recommendation, Unrated
from copilot.i18n import _, ngettext
from copilot.tui.dialogs.rate import RateDialog
from copilot.tui.dialogs.recommend import RecommendDialog
from copilot.tui.dialogs.set_finding import SetFindingDialog
from copilot.tui.dialogs.why import WhyDialog
from copilot.tui.judgements import Judgement
from copilot.tui.review.base import ReviewBase
from copilot.tui.review.dialogs import ConfirmDialog
from copilot.tui.review.history import earlier_judgements, earlier_recommendations
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.transcript.entry import clean


class JudgingControls(ReviewBase):
    """The keys that rate, set findings, recommend and lift the blinding."""

    def action_rate(self, rating: int) -> None:
        """Rate the answer; 0 takes the judgement back."""
        self._judge(Judgement(rating or None))

    def action_unrated(self, why: str) -> None:
        """Say why the answer has no rating."""
        self._judge(Judgement(None, Unrated(why)))

    def _judge(self, judged: Judgement) -> None:
        """Judge by key; where another judgement stands, why is asked, though not insisted on."""
        question = self._question
        if question is None:
            self.no_question()
            return
        interview = self.opened.review.reviewed.interview
        stands = Judgement.of(interview.judgement_of(question))
        if (judged.rating, judged.unrated) == (stands.rating, stands.unrated):
            return
        if not (stands.is_given and judged.is_given) or self.opened.review.read_only is not None:
            self._keep_judgement(question, judged)
            return

        def told(reason: str | None) -> None:
            if reason is not None:
                changed = Judgement(judged.rating, judged.unrated, reason)
                self._keep_judgement(question, changed)

        title = clean(interview.planned(question).label)
        self.app.push_screen(WhyDialog(title, stands.words, judged.words), told)

    def _keep_judgement(self, question: str, judged: Judgement) -> None:
        self.change(
            lambda: self.opened.review.rate(question, judged.rating, judged.unrated, judged.reason)
        )

    def action_anchors(self) -> None:
        """Show what each rating means and what was judged before, and judge there."""
        question = self._question
        if question is None:
            self.no_question()
            return

        def rated(judged: Judgement | None) -> None:
            if judged is not None:
                self._keep_judgement(question, judged)

        reviewed = self.opened.review.reviewed
        interview = reviewed.interview
        planned = interview.planned(question)
        dialog = RateDialog(
            planned.label,
            planned.anchors,
            Judgement.of(interview.judgement_of(question)),
            asked=interview.was_asked(question),
            earlier=earlier_judgements(reviewed, interview.ratings.get(question, [])),
        )
        self.app.push_screen(dialog, rated)

    def action_recommend(self) -> None:
        """Say what you recommend on the whole."""

        def decided(answer: tuple[Recommendation | None, str] | None) -> None:
            if answer is not None:
                self.change(lambda: self.opened.review.recommend(*answer))

        reviewed = self.opened.review.reviewed
        dialog = RecommendDialog(
            reviewed.interview.recommendation,
            open_parts=self._open_parts(),
            earlier=earlier_recommendations(reviewed),
        )
        self.app.push_screen(dialog, decided)

    def _open_parts(self) -> str:
        """What has not been judged yet, in words; empty where all is."""
        seeing = self.seeing
        questions = len(seeing.reviewed.interview.plan) - seeing.judged_questions
        competencies = len(seeing.reviewed.interview.competencies) - seeing.judged_competencies
        parts = [
            ngettext(
                "{count} question is not judged yet.",
                "{count} questions are not judged yet.",
                questions,
            )
            if questions
            else "",
            ngettext(
                "{count} competency is not judged yet.",
                "{count} competencies are not judged yet.",
                competencies,
            )
            if competencies
            else "",
        ]
        return " ".join(part for part in parts if part)

    def action_reveal(self) -> None:
        """Show what the machine found under this question before it was rated; asks once."""
        question = self._question
        if question is None:
            return

        def decided(look: bool | None) -> None:
            if look:
                self.change(lambda: self.opened.review.lift_blinding(question, "asked"))

        about = _(
            "Whoever rates first is not led by what the machine found. That you looked before is"
            " written down in the review."
        )
        title = _("Look at the findings before you have rated?")
        self.app.push_screen(ConfirmDialog(title, about, does=_("show them")), decided)

    def action_set_finding(self) -> None:
        """Set the state of the point or flag with the cursor."""
        item = self.query_one(PointsPane).current
        if item is None:
            self.tell(_("Choose a point or flag first: Tab goes to them, the arrows walk."))
            return

        def decided(answer: tuple[FindingState | None] | None) -> None:
            if answer is not None:
                self.change(lambda: self.opened.review.set_finding(*item.key, answer[0]))

        self.app.push_screen(SetFindingDialog(item), decided)

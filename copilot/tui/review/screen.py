"""The review screen: the session across the top, the question in the middle, the words below."""

import contextlib
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import OptionList

from copilot.errors import CopilotError, StorageError
from copilot.events import Evidence
from copilot.i18n import N_, _
from copilot.tui.dialogs.help import HelpDialog
from copilot.tui.dialogs.message import MessageDialog
from copilot.tui.key_footer import KeyFooter
from copilot.tui.keys.action import bindings
from copilot.tui.keys.review import REVIEW_ACTIONS
from copilot.tui.review.answer_pane import AnswerPane
from copilot.tui.review.dialogs import ConfirmDialog
from copilot.tui.review.header_pane import HeaderPane
from copilot.tui.review.judging import JudgingControls
from copilot.tui.review.opening import SessionNotOpened, SessionOpened, open_session
from copilot.tui.review.playing import PlayingControls
from copilot.tui.review.points_pane import PointsPane
from copilot.tui.review.promoting import PromotingControls
from copilot.tui.review.questions_pane import QuestionsPane
from copilot.tui.review.reporting import ReportingControls
from copilot.tui.review.searching import SearchingControls
from copilot.tui.review.status_pane import StatusPane
from copilot.tui.review.timeline_pane import TimelinePane
from copilot.tui.review.words_pane import WordsPane
from copilot.tui.review.writing import WritingControls
from copilot.tui.transcript.view import TranscriptView

_ROOMY = 34  # rows; from here on all anchors have room


class ReviewScreen(
    JudgingControls,
    WritingControls,
    ReportingControls,
    SearchingControls,
    PlayingControls,
    PromotingControls,
):
    """Goes through one stored session; leaving it gives nothing back."""

    CSS_PATH = "review.tcss"
    BINDINGS: ClassVar = bindings(REVIEW_ACTIONS)
    HORIZONTAL_BREAKPOINTS = [(0, "-strip"), (76, "-normal"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_ROOMY, "-tall")]  # noqa: RUF012
    HELP = N_(
        "A stored interview. Tab goes from the questions to the points and on to the transcript,"
        " the arrows walk within each. Nothing you change touches the original."
    )

    #: Why the session could not be opened.
    failure: CopilotError | None = None

    def compose(self) -> ComposeResult:
        """The whole on top, then one question, then the words."""
        yield HeaderPane()
        yield TimelinePane()
        with Container(id="middle"):
            yield QuestionsPane()
            with Vertical(id="answer"):
                yield AnswerPane()
                yield PointsPane()
        yield WordsPane()
        yield StatusPane()
        yield KeyFooter(REVIEW_ACTIONS)

    def on_mount(self) -> None:
        """Open the session once the first screen stands."""
        self.call_after_refresh(self._open)

    @work(thread=True)
    def _open(self) -> None:
        try:
            opened = open_session(self._folder)
        except CopilotError as error:
            self.post_message(SessionNotOpened(error))
            return
        if not self.post_message(SessionOpened(opened)):
            opened.review.close()  # the screen was left meanwhile

    def on_session_not_opened(self, message: SessionNotOpened) -> None:
        """Say why, and leave."""
        error = self.failure = message.error

        def leave(_: None) -> None:
            self.dismiss(None)

        dialog = MessageDialog(error.title, error.message, error.remedy)
        self.app.push_screen(dialog, leave)

    def on_session_opened(self, message: SessionOpened) -> None:
        """Show the session at its first question."""
        self._opened = message.opened
        self.query_one(TranscriptView).set_entries(message.opened.entries)
        interview = message.opened.review.reviewed.interview
        asked = [planned.id for planned in interview.plan if interview.was_asked(planned.id)]
        self.go_to(next(iter((*asked, *(planned.id for planned in interview.plan))), None))
        self.query_one(TranscriptView).focus()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """More height has room for the anchors."""
        if self._opened is not None:
            self.call_after_refresh(self._draw_answer)

    # -- drawing --------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw every pane."""
        seeing, review = self.seeing, self.opened.review
        self.query_one(HeaderPane).show(
            seeing, review.problems, review.read_only, roomy=self.size.height >= _ROOMY
        )
        self.query_one(TimelinePane).show(seeing, self._question)
        self.query_one(QuestionsPane).show(seeing, self._question)
        self.query_one(PointsPane).show(seeing, self._question)
        self._draw_answer()
        highlights = [] if self._question is None else seeing.highlights(self._question)
        self.query_one(TranscriptView).set_highlights(highlights)

    def _draw_answer(self) -> None:
        roomy = self.size.height >= _ROOMY
        self.query_one(AnswerPane).show(self.seeing, self._question, roomy=roomy)

    # -- walking --------------------------------------------------------------------------------

    def go_to(self, question: str | None) -> None:
        """Show a question, with the transcript at the begin of its answer."""
        self._question = question
        self.query_one(TranscriptView).unreveal()
        self.draw()
        self.offer_keys()
        interview = self.opened.review.reviewed.interview
        begins = [span.start_s for span in interview.spans() if span.question == question]
        if begins:
            self._look_at(begins[0])

    def action_step_question(self, by: int) -> None:
        """To another question of the plan."""
        plan = [planned.id for planned in self.opened.review.reviewed.interview.plan]
        if self._question is not None:
            index = plan.index(self._question) + by
            if 0 <= index < len(plan):
                self.go_to(plan[index])

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The cursor walks through the questions."""
        pane = self.query_one(QuestionsPane)
        if event.option_list is pane and pane.has_focus and event.option_id != self._question:
            self.go_to(event.option_id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A question was clicked, or chosen by Enter."""
        if event.option_list is self.query_one(QuestionsPane):
            self.go_to(event.option_id)

    def on_points_pane_point_looked_at(self, message: PointsPane.PointLookedAt) -> None:
        """Show its quote in the transcript."""
        if message.item.evidence:
            self._show_quote(message.item.evidence[0])
        else:
            self.query_one(TranscriptView).unreveal()

    def on_timeline_pane_moment_chosen(self, message: TimelinePane.MomentChosen) -> None:
        """Go where the timeline was clicked."""
        self._look_at(message.at_s)

    def on_words_pane_line_reached(self, message: WordsPane.LineReached) -> None:
        """Show on the timeline where the cursor is."""
        if message.at_s is not None:
            self._point_at(message.at_s)

    def _show_quote(self, evidence: Evidence) -> None:
        transcript = self.query_one(TranscriptView)
        transcript.reveal_utterance(evidence.utterance_ids[0])
        transcript.reveal(evidence)
        self._point_at(evidence.start_s)

    def _look_at(self, at_s: float) -> None:
        """Bring the first thing said from a moment on into view, or else the last before it."""
        said = [entry for entry in self.query_one(TranscriptView).entries if entry.id]
        later = (entry for entry in said if entry.at_s is not None and entry.at_s >= at_s)
        entry = next(later, said[-1] if said else None)
        if entry is not None:
            self.query_one(TranscriptView).reveal_utterance(entry.id)
        self._point_at(at_s)

    def _point_at(self, at_s: float) -> None:
        if self._player is None or not self._player.playing:
            self.query_one(TimelinePane).point_at(at_s)

    # -- the screen itself ----------------------------------------------------------------------

    def action_help(self) -> None:
        """Show keys and signs."""
        self.app.push_screen(HelpDialog(REVIEW_ACTIONS, signs=True))

    def action_leave(self) -> None:
        """Leave; where the disk has not taken all, say so before."""
        self.be_silent()
        if self._opened is None:
            self.dismiss(None)
            return
        try:
            self._opened.review.close()
        except StorageError as error:
            self._ask_to_lose(error)
            return
        self.dismiss(None)

    def _ask_to_lose(self, error: StorageError) -> None:
        def decided(leave: bool | None) -> None:
            if leave:
                self.dismiss(None)

        title = _("Not all of your changes are on disk. Leave all the same?")
        about = f"{error.message} {error.remedy}"
        self.app.push_screen(ConfirmDialog(title, about, does=_("lose them")), decided)

    def on_unmount(self) -> None:
        """The session is free for others."""
        self.let_go()

    def let_go(self) -> None:
        """Play and write nothing any more; safe to call again."""
        if self._player is not None:
            self._player.stop()
        if self._opened is not None:
            with contextlib.suppress(StorageError):
                self._opened.review.close()

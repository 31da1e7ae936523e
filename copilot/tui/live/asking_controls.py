"""Suggestions and questions: what is asked, taken and moved on to."""

from copilot.engine.commands import (
    DismissSuggestion,
    SetQuestion,
    SkipSuggestion,
    TakeSuggestion,
)
from copilot.tui.dialogs.choose_question import ChooseQuestion
from copilot.tui.live.controls import LiveControls
from copilot.tui.live.suggestion_pane import SuggestionPane
from copilot.tui.live.topic_pane import TopicPane
from copilot.tui.live.trust_bar import TrustBar


class AskingControls(LiveControls):
    """The keys about what to ask; each acts on what was shown when the finger moved."""

    def action_take_suggestion(self) -> None:
        """Take the suggestion."""
        self._on_suggestion(TakeSuggestion)

    def action_skip_suggestion(self) -> None:
        """Show the next suggestion."""
        self._on_suggestion(SkipSuggestion)

    def action_dismiss_suggestions(self) -> None:
        """No more suggestions for this question."""
        self._on_suggestion(DismissSuggestion)

    def _on_suggestion(
        self, make: type[TakeSuggestion] | type[SkipSuggestion] | type[DismissSuggestion]
    ) -> None:
        with self.pane(SuggestionPane) as pane:
            meant = pane.meant()
            if meant is not None:
                self._send(make(meant.id))

    def action_calm(self) -> None:
        """Hide suggestions, or show them again.

        The session goes on offering them: so the one that fits is there at once when calm ends, and
        what a session journals does not depend on what the screen happened to show.
        """
        self._calm = not self._calm
        with self.pane(TrustBar) as bar:
            bar.show_calm(self._calm)
        self._draw_suggestion()
        self.refresh_bindings()

    def action_next_question(self) -> None:
        """Move on in the plan."""
        self._step(1, moving_on=True)

    def action_previous_question(self) -> None:
        """Move back in the plan."""
        self._step(-1)

    def _step(self, by: int, *, moving_on: bool = False) -> None:
        if self.interview.started is None:
            return
        ids = [question.id for question in self.interview.plan]
        meant = self._question.meant()
        index = (ids.index(meant) + by) if meant else 0
        if 0 <= index < len(ids):
            self._send(SetQuestion(ids[index], moving_on=moving_on))

    def action_choose_question(self) -> None:
        """Choose from the plan."""
        if self.interview.started is None:
            return

        def chosen(answer: tuple[str | None] | None) -> None:
            if answer is not None:
                self._send(SetQuestion(answer[0]))

        chooser = ChooseQuestion(self.interview.plan, self.interview.current_question)
        self.app.push_screen(chooser, chosen)

    def action_dismiss_topic(self) -> None:
        """Put the warning about an off-limits topic away."""
        with self.pane(TopicPane) as topics:
            topics.dismiss()
        self._draw_topics()

"""The app that begins at the start screen and comes back to it.

It loads nothing that the first picture does not need.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from copilot.errors import CopilotError, ExitCode, InputError
from copilot.i18n import _
from copilot.tui.base import BaseApp
from copilot.tui.start.glance import glance
from copilot.tui.start.messages import (
    AlreadyEnded,
    CallReady,
    CannotBegin,
    InterviewWanted,
    ModelMissing,
    NotRemembered,
    RehearsalWanted,
    ResumeWanted,
    ReviewWanted,
)
from copilot.tui.start.screen import StartScreen

if TYPE_CHECKING:
    from copilot.store import SessionFolder
    from copilot.tui.flow import CallFlow
    from copilot.tui.link import Link, SessionLeft
    from copilot.tui.live.screen import LiveScreen
    from copilot.tui.start.choices import Choices
    from copilot.tui.start.rehearsing import MakeDemo
    from copilot.tui.unlocking.reviews import Reviews

_TOLD_S = 8.0  # how long a toast stays


class StartApp(BaseApp):
    """Start screen, interviews, reviews, rehearsals, settings."""

    def __init__(self, make_demo: "MakeDemo") -> None:
        """Prepare.

        Args:
            make_demo: Makes the session of the demo interview.
        """
        super().__init__()
        self._make_demo = make_demo
        self.start = StartScreen(glance())
        self.links: list[Link] = []
        self.reviews: Reviews | None = None
        self._flow: CallFlow | None = None
        self._live: LiveScreen | None = None
        self._again: object = None  # what was to begin while the model was missing

    def begin(self) -> None:
        """The start screen."""
        self.push_screen(self.start)

    def leave(self) -> None:
        """From an interview back to the start, asking as it asks; else out."""
        if self._flow is not None:
            self._flow.leave()
        elif self._live is not None:
            self._live.action_leave()
        else:
            self.exit()

    def settings_broken(self, error: InputError) -> None:
        """The start screen says so, in its place."""

    # -- an interview ---------------------------------------------------------------------------

    def on_interview_wanted(self, message: InterviewWanted) -> None:
        """Prepare it off the screen's thread, then show the notice."""
        if self._is_free():
            self._again = message
            self._prepare(partial(self._make_call, message.choices))

    def _prepare(self, work: Callable[[], None]) -> None:
        self.run_worker(work, thread=True, group="call", exclusive=True)

    def _make_call(self, choices: "Choices") -> None:
        from copilot.tui.call import live_call  # noqa: PLC0415 - loads a lot
        from copilot.tui.start.last_time import keep_last_time, load_last_time  # noqa: PLC0415

        try:
            options = choices.options()
            if not _has_model(options.model):
                self.post_message(ModelMissing(options.model))
                return
            call = live_call(options)
        except CopilotError as error:
            self.post_message(CannotBegin(error))
            return
        try:
            before = None
            try:
                before = load_last_time()
            except InputError:
                before = None  # it was said on the start screen, and is written anew now
            keep_last_time(choices, before)
        except CopilotError as error:
            self.post_message(NotRemembered(error))  # no interview is kept waiting by that
        self.post_message(CallReady(call))

    def on_resume_wanted(self, message: ResumeWanted) -> None:
        """Go on with an interrupted interview."""
        if self._is_free():
            self._again = message
            self._prepare(partial(self._make_resumed, message.folder))

    def _make_resumed(self, folder: "SessionFolder") -> None:
        from copilot.tui.start.resuming import resumed  # noqa: PLC0415 - loads a lot

        try:
            call, model = resumed(folder)
        except CopilotError as error:
            self.post_message(CannotBegin(error))
            return
        if call is None:
            self.post_message(AlreadyEnded(folder.id))
        elif not _has_model(model):
            self.post_message(ModelMissing(model))
        else:
            self.post_message(CallReady(call))

    def on_call_ready(self, message: CallReady) -> None:
        """Show its first screen."""
        from copilot.tui.flow import CallFlow  # noqa: PLC0415 - loads the live screen

        if self._flow is None and self._live is None:
            self._flow = CallFlow(self, message.call, self._left_before)
            self.links.append(self._flow.link)
            self._flow.begin()
            if message.call.guide_notice:
                self.notify(message.call.guide_notice, timeout=_TOLD_S, markup=False)

    def _left_before(self) -> None:
        """The notice or the check was left: nothing began, and its screen is gone already."""
        self._flow = None

    # -- what is in the way ---------------------------------------------------------------------

    def on_cannot_begin(self, message: CannotBegin) -> None:
        """Say why; everything chosen is still there."""
        self._tell(message.error)

    def on_not_remembered(self, message: NotRemembered) -> None:
        """Say that the choices are not there the next time."""
        text = f"{message.error.message} {message.error.remedy}".strip()
        self.notify(text, severity="warning", timeout=_TOLD_S, markup=False)

    def on_already_ended(self, message: AlreadyEnded) -> None:
        """Nothing is left to go on with."""
        said = _("{session} had come to its end; nothing is missing.", session=message.session_id)
        self.notify(said, timeout=_TOLD_S, markup=False)
        self._home()

    def on_model_missing(self, message: ModelMissing) -> None:
        """Offer to fetch it, then begin what was to begin."""
        from copilot.tui.start.fetch import FetchDialog  # noqa: PLC0415

        def over(here: bool | None) -> None:
            if here and isinstance(self._again, InterviewWanted | ResumeWanted):
                self.post_message(self._again)

        self.push_screen(FetchDialog(message.name), over)

    def _is_free(self) -> bool:
        if self._flow is not None or self._live is not None:
            return False
        if any(link.is_running for link in self.links):
            said = _("What was heard before is still being worked off; try again in a moment.")
            self.notify(said, timeout=_TOLD_S, markup=False)
            return False
        return True

    def _tell(self, error: CopilotError) -> None:
        from copilot.tui.dialogs.message import MessageDialog  # noqa: PLC0415

        self.push_screen(MessageDialog(error.title, error.message, error.remedy))

    # -- rehearsal and review -------------------------------------------------------------------

    def on_rehearsal_wanted(self, message: RehearsalWanted) -> None:
        """Hear a recording in the live screen."""
        if not self._is_free():
            return
        from copilot.tui.link import Link  # noqa: PLC0415 - loads the events
        from copilot.tui.live.screen import LiveScreen  # noqa: PLC0415
        from copilot.tui.start.rehearsing import prepare_rehearsal  # noqa: PLC0415

        link = Link(partial(prepare_rehearsal, message.rehearsal, self._make_demo))
        self.links.append(link)
        self._live = LiveScreen(link)
        self.push_screen(self._live)

    def on_review_wanted(self, message: ReviewWanted) -> None:
        """Open a stored interview."""
        from copilot.tui.unlocking.reviews import Reviews  # noqa: PLC0415 - loads a lot

        if self.reviews is None:
            self.reviews = Reviews(self)
        self.reviews.open(message.folder, self.start.look_again)

    # -- back -----------------------------------------------------------------------------------

    def on_session_left(self, message: "SessionLeft") -> None:  # noqa: ARG002 - as Textual calls it
        """Back to the start, which offers to review what was stored."""
        if self._flow is None and self._live is None:
            return
        held = self.links[-1]
        self._flow = self._live = None
        self._home()
        session_id = "" if held.stored_as is None else held.stored_as[0]
        self.start.session_over(session_id)

    def _home(self) -> None:
        while self.screen is not self.start:
            self.pop_screen()
        self.start.look_again()


def _has_model(name: str) -> bool:
    """Whether the speech model is on this machine, or in packages that are."""
    from copilot.speech.models import is_whole, packaged, speech_model  # noqa: PLC0415
    from copilot.speech.models.local import names_folder  # noqa: PLC0415

    if names_folder(name):
        return True  # a folder of the user's own; what is wrong with it is said when it is loaded
    model = speech_model(name)
    return is_whole(model) or packaged(model)


def run_start(make_demo: "MakeDemo") -> int:
    """Run the app from its start screen; the exit code.

    Args:
        make_demo: Makes the session of the demo interview.
    """
    from copilot.tui.ending import finish_session  # noqa: PLC0415

    app = StartApp(make_demo)
    try:
        app.run()
    finally:
        if app.reviews is not None:
            app.reviews.close()
    for link in app.links:
        finish_session(link)
        if link.stored_as is not None:
            session_id, folder = link.stored_as
            stored = _("Stored as {id} in {folder}", id=session_id, folder=folder)
            sys.stderr.write(f"{stored}\n")
    return app.return_code or ExitCode.OK

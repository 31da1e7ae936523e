"""A session spoken line by line: what happens is told, what is typed is done."""

import os
from dataclasses import replace

from copilot.errors import CopilotError, ExitCode
from copilot.events import Event, SessionResumed, SessionStarted
from copilot.i18n import _, ngettext
from copilot.plain import reading
from copilot.plain.console import Console
from copilot.plain.happenings import (
    Alive,
    Failed,
    Happening,
    InputOver,
    Interrupted,
    Over,
    Ready,
    Told,
    Typed,
)
from copilot.plain.levels import Levels
from copilot.plain.link import Link
from copilot.plain.obeying import Obeying
from copilot.plain.telling import Teller


class Front:
    """Follows one session until it is over."""

    def __init__(self, console: Console, link: Link, *, past: int = 0) -> None:
        """Prepare to follow a session.

        Args:
            console: Speaks, and takes in what happens.
            link: Runs the session.
            past: The last event's number of an earlier session that it goes on with; 0 for none.
        """
        self._console = console
        self._link = link
        self._teller = Teller(past=past)
        self._past = past
        self._obeying = Obeying(self._teller, console.say, link.send)
        self._levels = Levels()
        self._over = False
        self._failure: CopilotError | None = None

    def run(self) -> None:
        """Start the session and follow it to its end.

        Raises:
            CopilotError: It could not start, or failed.
        """
        self._console.say(_("Getting ready. Type help for the commands."))
        self._link.begin()
        while not self._over:
            first = self._console.next()
            self._take_in([*([] if first is None else [first]), *self._console.waiting()])
        if self._failure is not None:
            raise self._failure

    def _take_in(self, happenings: list[Happening]) -> None:
        """Take in what came together: events as one, so that what is stale is never spoken."""
        waiting: list[Event] = []
        for happening in happenings:
            if isinstance(happening, Told):
                waiting.append(happening.event)
                continue
            if not isinstance(happening, Alive):
                self._tell(waiting)
                waiting = []
            self._take(happening)
        self._tell(waiting)

    def _take(self, happening: Happening) -> None:
        obeying = self._obeying
        match happening:
            case Typed(text=text):
                obeying.obey(text, self._console.last)
                self._tell([])  # what it asked for may be spoken now
            case InputOver():
                self._input_over(happening)
            case Interrupted():
                self._interrupted()
            case Alive(vitals=vitals):
                self._levels.add(vitals)
                loudest = self._levels.loudest()
                obeying.running = replace(obeying.running, vitals=vitals, levels_dbfs=loudest)
                for line in self._teller.check(vitals):
                    self._console.say(line.text)
            case Ready():
                obeying.running = replace(
                    obeying.running, duration_s=happening.duration_s, kept=happening.kept
                )
            case Over():
                self._say_goodbye(happening)
            case Failed(error=error):
                self._over, self._failure = True, error
            case _:
                pass  # of a check that was left

    def _tell(self, events: list[Event]) -> None:
        lines = self._teller.hear(events)
        for event in events:
            if isinstance(event, SessionStarted | SessionResumed) and event.seq > self._past:
                self._say_where_we_are(event)
        for line in lines:
            self._console.say(line.text)

    def _say_where_we_are(self, event: SessionStarted | SessionResumed) -> None:
        interview = self._teller.interview
        if isinstance(event, SessionResumed):
            self._console.say(reading.where(interview, interview.now_s))
            if interview.capture.paused_at_s is not None:
                self._console.say(_("Off the record still. Type on the record to go on."))
            return
        told = ngettext(
            "{title}: {count} question planned.",
            "{title}: {count} questions planned.",
            len(event.plan),
            title=event.guide.title,
        )
        self._console.say(told)
        self._console.say(reading.goes_to(interview))

    def _input_over(self, happening: InputOver) -> None:
        if self._obeying.ending:
            return
        if not happening.for_good:
            self._obeying.ask_to_end()
        elif self._console.interactive:
            self._obeying.end()  # the terminal has gone, and with it the one who types
        else:
            # A script has said all it had to say; what it listens to goes on.
            self._console.say(_("Nothing more can be typed. Ctrl-C ends the session."))

    def _interrupted(self) -> None:
        if self._obeying.ending:
            leave_now(self._console)
        if self._console.interactive:
            self._obeying.ask_to_end()
        else:
            self._obeying.end()

    def _say_goodbye(self, over: Over) -> None:
        self._over = True
        if over.stored_as is None:
            self._console.say(_("The session has ended. Nothing was stored."))
            return
        session, folder = over.stored_as
        told = _("The session has ended. Stored as {id} in {folder}.", id=session, folder=folder)
        self._console.say(told)
        self._console.say(_("Report: {command}", command=f"interview-copilot report {session}"))


def leave_now(console: Console) -> None:
    """Leave before what was heard is worked off; what was heard until now is kept."""
    console.say(_("Stopped. What was heard until now is kept."))
    # Not by way of the interpreter's own end, which would pull models away under the threads.
    os._exit(ExitCode.INTERRUPTED)

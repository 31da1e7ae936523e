"""The first line of a review: which session this is, and what is wrong with it."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from copilot.errors import CopilotError
from copilot.i18n import _, ngettext
from copilot.interview import Interview
from copilot.review.reviewed import Reviewed
from copilot.timecode import timecode
from copilot.tui.transcript.entry import clean


class HeaderPane(Static, can_focus=False):
    """Role, date and length; below it, where there is any, the first trouble."""

    def __init__(self) -> None:
        super().__init__(_("Opening the session …"), markup=False)

    def show(
        self, reviewed: Reviewed, problems: Sequence[CopilotError], read_only: CopilotError | None
    ) -> None:
        """Draw the facts of a session.

        Args:
            reviewed: The session.
            problems: What is wrong with its files.
            read_only: Why nothing can be changed, or None.
        """
        lines = [_facts(reviewed)]
        trouble = _trouble(problems, read_only)
        if trouble:
            lines.append(Content.styled(trouble, "$text-error bold"))
        self.set_class(bool(trouble), "-trouble")
        self.update(Content("\n").join(lines))


def _facts(reviewed: Reviewed) -> Content:
    interview = reviewed.interview
    started = interview.started
    if started is None:
        return Content("")
    told = [
        _rated(interview),
        timecode(interview.now_s),
        *([] if interview.ended is not None else [_("interrupted, it has no end")]),
        started.started_at[:16].replace("T", " "),
    ]
    if reviewed.corrections:
        told.append(
            ngettext(
                "text corrected in {count} line",
                "text corrected in {count} lines",
                len(reviewed.corrections),
            )
        )
    return Content.assemble(
        (clean(started.guide.title), "bold"), ("  " + " · ".join(told), "$text-muted")
    )


def _rated(interview: Interview) -> str:
    rated = sum(interview.rating_of(question.id) is not None for question in interview.plan)
    return _("{count} of {total} rated", count=rated, total=len(interview.plan))


def _trouble(problems: Sequence[CopilotError], read_only: CopilotError | None) -> str:
    if read_only is not None:
        return _("Nothing can be changed here: {why}", why=read_only.message)
    if problems:
        return _("Not all of it can be read: {why}", why=problems[0].message)
    return ""

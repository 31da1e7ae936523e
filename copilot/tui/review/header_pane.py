"""The first line of a review: which session this is, and what is wrong with it."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from copilot.errors import CopilotError
from copilot.i18n import _, ngettext
from copilot.timecode import timecode
from copilot.tui.judgements import RECOMMENDATIONS
from copilot.tui.live.cutting import cut
from copilot.tui.review.seeing import Seeing
from copilot.tui.transcript.entry import clean

_JOINT = " · "
_SHORTEST_TITLE = 16  # cells
_WANTED = 3  # facts that are worth a second line: what is judged, and the recommendation


class HeaderPane(Static, can_focus=False):
    """Role, date and length; below it, where there is any, the first trouble."""

    def __init__(self) -> None:
        super().__init__(_("Opening the session …"), markup=False)
        self._title = ""
        self._facts: list[str] = []
        self._trouble = ""
        self._roomy = False

    def show(
        self,
        seeing: Seeing,
        problems: Sequence[CopilotError],
        read_only: CopilotError | None,
        *,
        roomy: bool,
    ) -> None:
        """Draw the facts of a session.

        Args:
            seeing: The session.
            problems: What is wrong with its files.
            read_only: Why nothing can be changed, or None.
            roomy: Whether there is height for a second line of facts where it is narrow.
        """
        started = seeing.reviewed.interview.started
        self._title = "" if started is None else clean(started.guide.title)
        self._facts = list(_facts(seeing))
        self._roomy = roomy
        self._trouble = _trouble(problems, read_only)
        self.set_class(bool(self._trouble), "-trouble")
        self._draw()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - as Textual calls it
        """Another width has room for other facts."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        if not self._title or not width:
            return
        shortest = min(cell_len(self._title), _SHORTEST_TITLE)
        facts = self._facts
        while len(facts) > 1 and shortest + 2 + cell_len(_JOINT.join(facts)) > width:
            facts = facts[:-1]  # the last ones are the most dispensable
        told = _JOINT.join(facts)
        title = cut(self._title, max(shortest, width - cell_len(told) - 2))
        lines = [Content.assemble((title, "bold"), (f"  {told}", "$text-muted"))]
        if self._roomy and len(facts) < min(len(self._facts), _WANTED):
            rest = cut(_JOINT.join(self._facts[len(facts) :]), width)
            lines.append(Content.styled(rest, "$text-muted"))
        if self._trouble:
            lines.append(Content.styled(self._trouble, "$text-error bold"))
        self.update(Content("\n").join(lines))


def _facts(seeing: Seeing) -> Iterator[str]:
    """What there is to tell of a session, the most important first."""
    reviewed = seeing.reviewed
    interview = reviewed.interview
    yield _("{count} of {total} judged", count=seeing.judged_questions, total=len(interview.plan))
    if interview.ended is None:
        yield _("interrupted, it has no end")
    known = len(interview.competencies)
    if known:
        yield ngettext(
            "{judged} of {count} competency",
            "{judged} of {count} competencies",
            known,
            judged=seeing.judged_competencies,
        )
    given = interview.recommendation
    if given is None or given.recommendation is None:
        yield _("recommendation: none")
    else:
        yield _("recommendation: {word}", word=_(RECOMMENDATIONS[given.recommendation]))
    changed = len({*reviewed.corrections, *reviewed.speakers})
    if changed:
        yield ngettext("{count} line corrected", "{count} lines corrected", changed)
    yield timecode(interview.now_s)
    if interview.started is not None:
        yield interview.started.started_at[:16].replace("T", " ")


def _trouble(problems: Sequence[CopilotError], read_only: CopilotError | None) -> str:
    if read_only is not None:
        return _("Nothing can be changed here: {why}", why=read_only.message)
    if problems:
        return _("Not all of it can be read: {why}", why=problems[0].message)
    return ""

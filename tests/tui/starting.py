"""The app at its start screen, on real guides and a real store in folders of the test's own."""

from pathlib import Path

from textual.pilot import Pilot

from copilot.events import CaptureKind
from copilot.paths import config_folder
from copilot.store import SessionFolder, SessionStore, open_journal, read_journal
from copilot.tui.rows.rows import Rows
from copilot.tui.start.app import StartApp
from tests.builders import write_guide
from tests.store.records import a_record, ended_with
from tests.tui.recorded import CallStory, RecordedLink, until_it_holds

ROLE = "director-it-operations"
#: What a newcomer is offered: the first by id.
FIRST = "customer-support-lead"
TITLE = "Director of IT Operations"
SIZES = [(50, 20), (60, 40), (80, 24), (160, 50)]


class Starting(StartApp):
    """The real app; the speeds at which the demo was asked for are kept."""

    def __init__(self) -> None:
        self.speeds: list[float] = []
        super().__init__(self._demo)

    def _demo(self, speed: float):
        self.speeds.append(speed)
        raise NotImplementedError

    @property
    def shown_rows(self) -> list[str]:
        """Ids of the rows of the screen."""
        return [row.id for row in self.screen.query_one(Rows)._rows]

    @property
    def at(self) -> str:
        """Id of the highlighted row."""
        row = self.screen.query_one(Rows).current
        return "" if row is None else row.id

    def value(self, row_id: str) -> str:
        """What a row says."""
        rows = self.screen.query_one(Rows)._rows
        return next(row.value for row in rows if row.id == row_id)


async def until_read(pilot: Pilot[None], app: StartApp) -> None:
    """Until everything the start screen shows has been read."""
    await until_it_holds(pilot, lambda: app.start._desk is not None)
    await pilot.pause()


async def to_row(pilot: Pilot[None], app: Starting, row_id: str) -> None:
    """Walk to a row by arrows, as a person would."""
    for _ in app.shown_rows:
        if app.at == row_id:
            return
        await pilot.press("down")
    raise AssertionError(f"the arrows never come to {row_id!r}; there are {app.shown_rows}")


def keep(session_id: str, *, ended: bool = True, **changes: object) -> SessionFolder:
    """A stored call with a short journal, interrupted or ended."""
    folder = SessionStore().create(a_record(session_id, capture=CaptureKind.CALL, **changes))
    story = CallStory()
    story.say("We bake at night.")
    if ended:
        story.end(at_s=10)
    with open_journal(folder) as journal:
        for event in story.fresh():
            journal.append(event)
    if ended:
        end = ended_with(read_journal(folder.journal_path))
        folder.write_record(folder.record().model_copy(update={"ended": end}))
    return folder


def own_guide() -> Path:
    """The small guide among the user's own."""
    return write_guide(config_folder() / "knowledge")


class Links:
    """Stands in for the session behind the live screen; keeps the links it made."""

    def __init__(self) -> None:
        self.made: list[RecordedLink] = []

    def __call__(self, prepare: object) -> RecordedLink:
        link = RecordedLink(CallStory().fresh())
        link._prepare = prepare  # type: ignore[assignment]
        self.made.append(link)
        return link

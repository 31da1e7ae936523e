"""The app that shows the lab alone."""

from pathlib import Path

from copilot.errors import ExitCode
from copilot.tui.base import BaseApp
from copilot.tui.lab.comparison_screen import ComparisonScreen
from copilot.tui.lab.run_screen import RunScreen
from copilot.tui.lab.runs_screen import RunsScreen


class LabApp(BaseApp):
    """The list of runs, with a run or a comparison in front of it where one was asked for."""

    def __init__(self, run: Path | None = None, before: Path | None = None) -> None:
        """Prepare.

        Args:
            run: Folder of a run to open at once; None for the list.
            before: Folder of a run to compare it with.
        """
        super().__init__()
        self._run, self._before = run, before

    def begin(self) -> None:
        """The list, then what was asked for."""
        self.push_screen(RunsScreen(), lambda _: self.exit())
        if self._run is not None and self._before is not None:
            self.push_screen(ComparisonScreen(self._before, self._run))
        elif self._run is not None:
            self.push_screen(RunScreen(self._run))

    def leave(self) -> None:
        """Nothing is lost: labels are kept when they are given."""
        self.exit()


def run_lab(run: Path | None = None, before: Path | None = None) -> int:
    """Show the lab; the exit code.

    Args:
        run: Folder of a run to open at once; None for the list.
        before: Folder of a run to compare it with.
    """
    app = LabApp(run, before)
    app.run()
    return app.return_code or ExitCode.OK

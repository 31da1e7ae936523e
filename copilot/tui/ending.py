"""After the app: a session that is still at work is worked off."""

import os
import sys
from typing import TYPE_CHECKING

from copilot.errors import ExitCode
from copilot.i18n import _

if TYPE_CHECKING:
    from copilot.tui.link import Link


def finish_session(link: "Link") -> None:
    """Wait for a session that is still at work, however the app was left."""
    if not link.is_running:
        return
    sys.stderr.write(_("Working off what was heard. Ctrl-C stops that too.") + "\n")
    try:
        link.finish()
    except KeyboardInterrupt:
        sys.stderr.write(_("Stopped. What was heard until now is kept.") + "\n")
        sys.stderr.flush()
        # Not by way of the interpreter's own end, which would pull models away under the threads.
        os._exit(ExitCode.INTERRUPTED)

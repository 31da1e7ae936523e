"""Both that a language model is asked for while an interview goes on: wording, and judgement."""

from copilot.coach import Moment
from copilot.engine.asking.calls import Calls
from copilot.engine.asking.judging import Judging
from copilot.engine.asking.seam import Reply
from copilot.engine.asking.sharpening import Sharpening


class LiveAsking:
    """Asks about one interview, a wording before a judgement."""

    def __init__(self, calls: Calls, sharpening: Sharpening, judging: Judging) -> None:
        self._calls = calls
        self._sharpening = sharpening
        self._judging = judging

    @property
    def waiting(self) -> bool:
        """Whether a reply is still to come."""
        return self._calls.waiting

    def look(self, moment: Moment) -> None:
        """Ask what is worth asking now, and break off what nobody wants any more."""
        self._sharpening.look(moment)
        self._judging.look(moment)

    def take(self, reply: Reply) -> None:
        """Make of a reply what follows from it."""
        self._calls.take(reply)

    def stop(self) -> None:
        """Break off every call."""
        self._calls.stop()

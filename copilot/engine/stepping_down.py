"""A faster model for final text while the text is far behind, if the user allows one."""

from collections.abc import Callable

from copilot.speech.transcriber import Transcriber

#: Behind by more than this, in seconds, the faster model takes over …
_FAR_BEHIND_S = 6.0
#: … until this is all that is left …
_CAUGHT_UP_S = 1.5
#: … for so many stretches in a row, so that it does not go to and fro.
_STRETCHES = 3


class StepDown:
    """Chooses between two transcribers by how far the text is behind."""

    def __init__(self, make_lesser: Callable[[], Transcriber]) -> None:
        self._make = make_lesser
        self._lesser: Transcriber | None = None
        self._down = False
        self._caught_up = 0

    @property
    def is_down(self) -> bool:
        """Whether the lesser model is at work."""
        return self._down

    def choose(self, usual: Transcriber, behind_s: float) -> Transcriber:
        """The one for the next stretch, where the text is ``behind_s`` behind."""
        if behind_s > _FAR_BEHIND_S:
            self._down, self._caught_up = True, 0
        elif self._down:
            self._caught_up = self._caught_up + 1 if behind_s < _CAUGHT_UP_S else 0
            self._down = self._caught_up < _STRETCHES
        if not self._down:
            return usual
        if self._lesser is None:
            self._lesser = self._make()
        return self._lesser

"""A faster model for final text while the text is far behind, if the user allows one."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from copilot.events import ModelRef
from copilot.speech.transcriber import Transcriber

#: Behind by more than this, in seconds, the faster model takes over …
_FAR_BEHIND_S = 6.0
#: … until this is all that is left …
_CAUGHT_UP_S = 1.5
#: … for so many stretches in a row, so that it does not go to and fro.
_STRETCHES = 3


@dataclass(frozen=True, slots=True)
class Stepped:
    """Another model is at work from now on.

    Attributes:
        model: Which.
        behind_s: How far the text was behind the sound, in seconds.
    """

    model: ModelRef
    behind_s: float


class StepDown:
    """Chooses between two transcribers by how far the text is behind."""

    def __init__(
        self, make_lesser: Callable[[], Transcriber], on_step: Callable[[Stepped], None]
    ) -> None:
        """Prepare.

        Args:
            make_lesser: Makes the faster transcriber, when it is first needed.
            on_step: Told when the other one takes over.
        """
        self._make = make_lesser
        self._on_step = on_step
        self._lesser: Transcriber | None = None
        self._down = False
        self._usable = True
        self._caught_up = 0
        self._choosing = threading.Lock()

    def choose(self, usual: Transcriber, behind_s: float) -> Transcriber:
        """The one for the next stretch, where the text is ``behind_s`` behind."""
        with self._choosing:
            was_down = self._down
            self._look(behind_s)
            if self._down and self._lesser is None:
                self._try_to_make()
            lesser = self._lesser if self._down else None
            chosen = usual if lesser is None else lesser
            if self._down is not was_down:
                self._on_step(Stepped(chosen.model, round(behind_s, 1)))
            return chosen

    def give_up(self, transcriber: Transcriber) -> None:
        """The transcriber has died; where it is the faster one, the usual one does it all."""
        with self._choosing:
            if transcriber is self._lesser:
                self._down, self._lesser, self._usable = False, None, False

    def _try_to_make(self) -> None:
        try:
            self._lesser = self._make()
        except Exception:  # noqa: BLE001 - whatever it is, the usual one still works
            self._down, self._usable = False, False

    def _look(self, behind_s: float) -> None:
        if not self._usable:
            return
        if behind_s > _FAR_BEHIND_S:
            self._down, self._caught_up = True, 0
        elif self._down:
            self._caught_up = self._caught_up + 1 if behind_s < _CAUGHT_UP_S else 0
            self._down = self._caught_up < _STRETCHES

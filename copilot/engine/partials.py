"""The text that is on its way: shown, never stored."""

from copilot.events import Channel
from copilot.speech.endpoints import Stretch
from copilot.speech.streaming import Partial
from copilot.speech.transcriber import Transcription


class PartialTexts:
    """All text that is no utterance yet: drafts, and final text that the echo filter holds."""

    def __init__(self) -> None:
        self._drafts: tuple[Partial, ...] = ()
        self._held: dict[tuple[Channel, int], Partial] = {}

    def draft(self, partials: tuple[Partial, ...]) -> None:
        """The drafts are these now."""
        self._drafts = partials

    def hold(self, stretch: Stretch, heard: Transcription) -> None:
        """A stretch has its final text."""
        # Until the workers tell again, this is still among what they told last.
        self._drafts = tuple(d for d in self._drafts if d.start != stretch.start)
        if heard.words:
            words = tuple(word.moved(stretch.start_s) for word in heard.words)
            held = Partial(stretch.channel, stretch.start, words, ())
            self._held[stretch.channel, stretch.start] = held

    def release(self, stretch: Stretch) -> None:
        """The stretch's text has become an utterance, or was dropped."""
        self._held.pop((stretch.channel, stretch.start), None)

    def swap(self) -> None:
        """The sides have changed places."""
        self._drafts = ()
        self._held = {}

    @property
    def texts(self) -> tuple[Partial, ...]:
        """All of it, by its beginning."""
        all_of_it = (*self._held.values(), *self._drafts)
        return tuple(sorted(all_of_it, key=lambda partial: partial.start))

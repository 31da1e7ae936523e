"""What of an utterance may be sent to a language model."""

from copilot.coach.off_limits import redacted
from copilot.events import Utterance
from copilot.knowledge.off_limits import Pack


class Sendable:
    """What of an utterance may be sent: all but protected facts that were told unasked."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        # The newest are asked for again and again, and finding the facts takes milliseconds.
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, utterance: Utterance) -> str:
        """Its text, with a mark in place of each such fact."""
        key = utterance.id, utterance.text
        if key not in self._known:
            self._known[key] = redacted(utterance.text, utterance.language, self._pack)
        return self._known[key]

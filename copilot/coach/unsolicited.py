"""What a candidate tells unasked about protected matters: marked, and quoted nowhere.

Nothing is stored: it is found again in the transcript wherever a line is shown or quoted. The
transcript itself stays as it was said.
"""

from collections.abc import Iterator, Mapping

from copilot.coach.off_limits import LEFT_OUT, ProtectedFact, volunteered
from copilot.events import Channel, Evidence, Utterance
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import Pack, joined


class Unsolicited:
    """Finds the protected facts in what a candidate said."""

    def __init__(self, pack: Pack) -> None:
        """Prepare.

        Args:
            pack: The off-limits topics; all packs joined, because candidates know of no law.
        """
        self._pack = pack
        # The coach asks ten times a second of the same utterances.
        self._found: dict[tuple[str, str], list[ProtectedFact]] = {}
        self._labels = {topic.id: topic.label for topic in pack.topics}

    def facts(self, utterance: Utterance) -> list[ProtectedFact]:
        """The protected facts in an utterance; none in what the interviewer said."""
        if utterance.channel is not Channel.CANDIDATE:
            return []
        key = utterance.text, utterance.language
        if key not in self._found:
            self._found[key] = volunteered(*key, self._pack)
        return self._found[key]

    def may_quote(self, utterance: Utterance, /) -> bool:
        """Whether an utterance holds none, so that a suggestion may take up its words."""
        return not self.facts(utterance)

    def mark(self, utterance: Utterance) -> str:
        """What to show beside an utterance, naming the topics; empty where there are none."""
        topics = dict.fromkeys(fact.topic for fact in self.facts(utterance))
        if not topics:
            return ""
        labels = [self._labels[topic].in_(utterance.language) for topic in topics]
        return f"unsolicited: {', '.join(labels)}"

    def quote(self, evidence: Evidence, utterances: Mapping[str, Utterance]) -> str:
        """A quote with ``LEFT_OUT`` in place of what was told unasked; else the quote as it is.

        Args:
            evidence: Whose quote; it stands in the texts of its utterances joined by spaces.
            utterances: What was said, by id.
        """
        said = [utterances[each] for each in evidence.utterance_ids if each in utterances]
        begin = " ".join(utterance.text for utterance in said).find(evidence.quote)
        end = begin + len(evidence.quote)
        left: list[str] = []
        at = begin
        for start, stop in self._spans(said):
            if begin < 0 or stop <= at or start >= end:
                continue
            if start > at or not left:
                left += [evidence.quote[at - begin : max(at, start) - begin], LEFT_OUT]
            at = min(stop, end)
        return "".join([*left, evidence.quote[at - begin :]])

    def text(self, utterance: Utterance) -> str:
        """All of an utterance with ``LEFT_OUT`` in place of what was told unasked."""
        whole = Evidence(
            utterance_ids=(utterance.id,),
            quote=utterance.text,
            start_s=utterance.start_s,
            end_s=utterance.end_s,
        )
        return self.quote(whole, {utterance.id: utterance})

    def _spans(self, said: list[Utterance]) -> Iterator[tuple[int, int]]:
        """Where the facts stand in the texts joined by spaces, in order."""
        offset = 0
        for utterance in said:
            for fact in self.facts(utterance):
                yield offset + fact.start, offset + fact.end
            offset += len(utterance.text) + 1


def load_unsolicited() -> Unsolicited:
    """For all packs there are; they are read once by a program.

    Raises:
        GuideError: A pack of the user's own breaks YAML, the schema or the grammar.
    """
    return Unsolicited(joined(every_pack()))

"""The off-limits topics of one session: those the interviewer is warned of, and all there are."""

from collections.abc import Callable, Sequence

from copilot.coach.off_limits import touches
from copilot.coach.unsolicited import Unsolicited
from copilot.errors import UsageError, nearest
from copilot.events import Channel, KnownTopic, TopicTouched, Utterance
from copilot.interview import Interview
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import Pack, Topic, joined
from copilot.knowledge.phrases import matches, plain


class OffLimits:
    """The packs as a session needs them, ready before it starts."""

    def __init__(self, language: str, laws: Sequence[str]) -> None:
        """Read the packs; some tens of milliseconds.

        Args:
            language: Language of the interview, ``en`` or ``fr``.
            laws: The ids of the packs that apply, the one whose wording is shown first.

        Raises:
            GuideError: A pack of the user's own breaks YAML, the schema or the grammar.
            UsageError: There is no such pack.
        """
        packs = every_pack()
        by_id = {pack.id: pack for pack in packs}
        missing = [law for law in laws if law not in by_id]
        if missing:
            raise UsageError(
                f"there is no pack of off-limits topics {missing[0]!r}.",
                nearest(missing[0], by_id),
            )
        self.laws = tuple(laws)
        self._language = language
        self._under_law = [by_id[law] for law in self.laws]
        self._asked = joined(self._under_law) if self._under_law else None
        #: Every topic of every pack: what a suggestion must not touch, whatever law holds.
        self.every_topic: Pack = joined(packs)
        self.unsolicited = Unsolicited(self.every_topic)

    def known(self) -> tuple[KnownTopic, ...]:
        """The topics the interviewer is warned of, each once, as a session's events carry them."""
        found: dict[str, Topic] = {}
        for topic in () if self._asked is None else self._asked.topics:
            found.setdefault(topic.id, topic)
        return tuple(
            KnownTopic(
                id=topic.id,
                label=topic.label.in_(self._language),
                why=topic.why.in_(self._language),
                instead=topic.instead.in_(self._language),
                packs=self._packs_of(topic.id),
            )
            for topic in found.values()
        )

    def touched(self, utterance: Utterance) -> list[str]:
        """The ids of the topics that the interviewer's words touch; none in the candidate's."""
        if self._asked is None or utterance.channel is not Channel.INTERVIEWER:
            return []
        found = touches(utterance.text, utterance.language, self._asked)
        return list(dict.fromkeys(touch.topic.id for touch in found))

    def warm(self) -> None:
        """Compile what is looked for, which the first utterance should not wait for."""
        nothing = plain("")
        for topic in (*self.every_topic.topics, *(self._asked.topics if self._asked else ())):
            patterns = topic.patterns.get(self._language)
            if patterns is not None:
                for pattern in (patterns.asked, patterns.volunteered, patterns.unless):
                    list(matches(pattern, nothing))

    def _packs_of(self, topic_id: str) -> tuple[str, ...]:
        return tuple(
            pack.id
            for pack in self._under_law
            if any(topic.id == topic_id for topic in pack.topics)
        )


class Warner:
    """Warns the interviewer of their own words, once per topic and session."""

    def __init__(
        self, interview: Interview, off_limits: OffLimits | None, emit: Callable[..., None]
    ) -> None:
        """Prepare for an interview.

        Args:
            interview: What is known; changed by ``emit`` alone.
            off_limits: The topics; None warns of nothing.
            emit: Publishes an event, given its type and its values.
        """
        self._interview = interview
        self._off_limits = off_limits
        self._emit = emit

    def hear(self, utterance: Utterance) -> None:
        """Publish which topics these words touch for the first time."""
        if self._off_limits is None or self._interview.started is None:
            return
        # Those the session began with; a pack may have grown since it was interrupted.
        known = {topic.id: topic.packs for topic in self._interview.started.topics}
        for topic in self._off_limits.touched(utterance):
            if topic in known and topic not in self._interview.topics_touched:
                packs = known[topic]
                self._emit(TopicTouched, topic=topic, packs=packs, utterance_id=utterance.id)

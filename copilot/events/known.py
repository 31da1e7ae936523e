"""What a session knew of its guide, so that a journal can be read without it."""

from dataclasses import dataclass

from copilot.events.values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPoint(Value):
    """An expected point as the session knew it."""

    id: str
    label: str
    weight: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion(Value):
    """A question chosen for this interview.

    Attributes:
        id: The question's id in the guide.
        label: A few words for a narrow screen.
        text: How the guide asks it.
        minutes: Minutes planned for it.
        points: The expected points listened for under it.
        anchors: What answers rated 1 to 4 look like, in that order: those of the first competency
            that the guide names for the question; empty where it names none.
        competencies: Ids of the competencies it sheds light on.
    """

    id: str
    label: str
    text: str
    minutes: float
    points: tuple[PlannedPoint, ...]
    anchors: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCompetency(Value):
    """A competency as the session knew it.

    Attributes:
        id: The competency's id in the guide.
        label: A few words for a narrow screen.
        anchors: What ratings 1 to 4 of it look like, in that order.
    """

    id: str
    label: str
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFlag(Value):
    """A red flag as the session knew it."""

    id: str
    label: str
    benign_reading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTopic(Value):
    """An off-limits topic as the session knew it, so that a warning can be read without its pack.

    Attributes:
        id: The topic's id.
        label: What it is, in a few words.
        why: Why it is off limits.
        instead: What may be asked lawfully.
        packs: The packs it stands in, of those that apply; the first one's texts are shown.
    """

    id: str
    label: str
    why: str
    instead: str
    packs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideRef(Value):
    """Which guide a session ran with.

    Attributes:
        role: The guide's id.
        title: The role's name in the session's language.
        sha256: Hash of the guide's content after overlays, hexadecimal.
    """

    role: str
    title: str
    sha256: str

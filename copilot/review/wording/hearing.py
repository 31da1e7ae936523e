"""What was heard and how well: the sides, gaps, trouble with the sound, and who spoke how long."""

from dataclasses import dataclass

from copilot.events import AlarmKind, Channel, GapCause


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingWords:
    """Phrases of sound and talk; braces hold what is filled in."""

    sides: dict[Channel | None, str]
    causes: dict[GapCause, str]
    alarms: dict[AlarmKind, str]
    no_gaps: str
    talk: str
    talk_value: str
    longest: str


_EN = HearingWords(
    sides={
        Channel.INTERVIEWER: "interviewer",
        Channel.CANDIDATE: "candidate",
        None: "both sides",
    },
    causes={
        GapCause.DEVICE: "device lost",
        GapCause.OVERFLOW: "machine too busy",
        GapCause.OFF_RECORD: "off the record",
        GapCause.ASLEEP: "machine asleep",
        GapCause.DISK: "disk full",
    },
    alarms={
        AlarmKind.NO_SIGNAL: "no signal",
        AlarmKind.SILENT: "silent while the other side waited",
        AlarmKind.CLIPPING: "too loud",
    },
    no_gaps="no gaps",
    talk="Talk shares",
    talk_value="candidate {candidate} ({share}), interviewer {interviewer}",
    longest="longest monologue of the candidate: {length}, from {start}",
)

_FR = HearingWords(
    sides={
        Channel.INTERVIEWER: "intervieweur",
        Channel.CANDIDATE: "candidat",
        None: "les deux côtés",
    },
    causes={
        GapCause.DEVICE: "périphérique perdu",
        GapCause.OVERFLOW: "machine surchargée",
        GapCause.OFF_RECORD: "hors enregistrement",
        GapCause.ASLEEP: "machine en veille",
        GapCause.DISK: "disque plein",
    },
    alarms={
        AlarmKind.NO_SIGNAL: "aucun signal",
        AlarmKind.SILENT: "silence pendant que l'autre côté attendait",
        AlarmKind.CLIPPING: "trop fort",
    },
    no_gaps="aucune lacune",
    talk="Temps de parole",
    talk_value="candidat {candidate} ({share}), intervieweur {interviewer}",
    longest="plus long monologue du candidat : {length}, à partir de {start}",
)

HEARING = {"en": _EN, "fr": _FR}

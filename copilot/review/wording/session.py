"""What is known of an interview, its questions and its transcript."""

from dataclasses import dataclass
from typing import Literal

from copilot.events import ConsentDecision

Ended = Literal["finished", "user", "failed", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWords:
    """Headings and phrases of the facts and of what was said; braces hold what is filled in."""

    facts: str
    candidate: str
    role: str
    source: str
    consents: dict[ConsentDecision | None, str]
    endings: dict[Ended, str]
    limits: str
    questions: str
    not_asked: str
    no_points: str
    minutes: str
    spent: str
    notes: str
    marks: str
    transcript: str
    outside: str
    doubtful: str
    corrected: str
    corrected_from: str
    speaker_corrected: str


_EN = SessionWords(
    facts="The interview",
    candidate="Candidate",
    role="Role",
    source="Sound",
    consents={
        ConsentDecision.GIVEN: "given",
        ConsentDecision.DECLINED: "declined; nothing was recorded",
        ConsentDecision.NOT_NEEDED: "not needed; the voices are made up",
        None: "never asked; nothing was recorded",
    },
    endings={
        "finished": "the recording ran out",
        "user": "ended by the interviewer",
        "failed": "a part failed",
        "interrupted": "interrupted",
    },
    limits="What limits this report",
    questions="Questions",
    not_asked="not asked",
    no_points="The guide lists nothing to listen for here.",
    minutes="{n} min",
    spent="{spent} of {planned} planned",
    notes="Notes",
    marks="Marked moments",
    transcript="Transcript",
    outside="Outside the plan",
    doubtful="doubtful",
    corrected="corrected",
    corrected_from="heard: “{heard}”",
    speaker_corrected="heard as the {side}'s",
)

_FR = SessionWords(
    facts="L'entretien",
    candidate="Candidat",
    role="Poste",
    source="Son",
    consents={
        ConsentDecision.GIVEN: "donné",
        ConsentDecision.DECLINED: "refusé ; rien n'a été enregistré",
        ConsentDecision.NOT_NEEDED: "inutile ; ce sont des voix de synthèse",
        None: "jamais demandé ; rien n'a été enregistré",
    },
    endings={
        "finished": "fin de l'enregistrement",
        "user": "terminé par l'intervieweur",
        "failed": "un composant a échoué",
        "interrupted": "interrompu",
    },
    limits="Ce qui limite ce compte rendu",
    questions="Questions",
    not_asked="non posée",
    no_points="Le guide ne liste rien à relever ici.",
    minutes="{n} min",
    spent="{spent} sur {planned} prévues",
    notes="Notes",
    marks="Moments marqués",
    transcript="Transcription",
    outside="Hors du plan",
    doubtful="incertain",
    corrected="corrigé",
    corrected_from="entendu : « {heard} »",
    speaker_corrected="entendu du côté {side}",
)

SESSION = {"en": _EN, "fr": _FR}

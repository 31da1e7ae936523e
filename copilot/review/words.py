"""The words of a report, in each language."""

from dataclasses import dataclass
from typing import Literal

from copilot.events import Channel, FindingState, GapCause, SuggestionFate

Ended = Literal["finished", "user", "failed", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """Every heading and phrase of a report; braces hold what is filled in."""

    title: str
    about: str
    left_out: str
    candidate: str
    started: str
    length: str
    ended: str
    talk: str
    talk_value: str
    longest: str
    source: str
    goes_to: str
    nowhere: str
    doubt: str
    doubt_value: str
    gaps: str
    no_gaps: str
    limits: str
    to_the_end: str
    sides: dict[Channel | None, str]
    causes: dict[GapCause, str]
    notes: str
    marks: str
    plan: str
    plan_columns: tuple[str, str, str, str, str]
    not_asked: str
    heard_of_all: str
    questions: str
    flags: str
    no_flags: str
    benign: str
    under: str
    suggestions: str
    suggestion_columns: tuple[str, str, str, str]
    no_suggestions: str
    made_with: str
    minutes: str
    by_human: str
    corrected: str
    misattributed: str
    corrections: str
    corrected_from: str
    speaker_corrected: str
    transcript: str
    outside: str
    mark_corrected: str
    mark_doubtful: str
    corrected_means: str
    doubtful_means: str
    nothing_said: str
    colon: str
    reviewed: str
    rated_in_review: str
    rated_after_findings: str
    states: dict[FindingState, str]
    fates: dict[SuggestionFate, str]
    endings: dict[Ended, str]


_EN = ReportWords(
    title="Interview report: {title}",
    about="What was heard, with quotes. It rates nobody: the rating is yours.",
    left_out="{sign} stands in a quote for what was told unasked about a protected matter, such as "
    "health or family; it must not count.",
    candidate="Candidate",
    started="Started",
    length="Length",
    ended="Ended",
    talk="Talk shares",
    talk_value="candidate {candidate} ({share}), interviewer {interviewer}",
    longest="longest stretch of the candidate's {length}, from {start} on",
    source="Sound",
    goes_to="Text and sound sent to",
    nowhere="nobody; everything stayed on this machine",
    doubt="Doubtful",
    doubt_value="{uncertain} of {utterances} utterances are doubtful; "
    "{discarded} s of speech-like sound gave no text",
    gaps="Not heard",
    no_gaps="no gaps",
    limits="What limits this report",
    to_the_end="the end",
    sides={
        Channel.INTERVIEWER: "interviewer",
        Channel.CANDIDATE: "candidate",
        None: "both",
    },
    causes={
        GapCause.DEVICE: "device lost",
        GapCause.OVERFLOW: "machine too busy",
        GapCause.OFF_RECORD: "off the record",
        GapCause.ASLEEP: "machine asleep",
        GapCause.DISK: "disk full",
    },
    notes="Notes",
    marks="Marked moments",
    plan="Plan and timing",
    plan_columns=("Question", "Planned", "Spent", "Heard", "Your rating"),
    not_asked="not asked",
    heard_of_all="{heard} of {all}",
    questions="Questions",
    flags="Worth a second look",
    no_flags="Nothing was raised.",
    benign="It may also mean: {text}",
    under="under “{question}”",
    suggestions="Suggestions",
    suggestion_columns=("At", "Suggestion", "Why", "Fate"),
    no_suggestions="None was made.",
    made_with="Made with",
    minutes="{n} min",
    by_human="set by hand",
    corrected="text corrected since",
    misattributed="a quote was taken away, because the interviewer said it",
    corrections="Corrected text",
    corrected_from="heard: “{heard}”",
    speaker_corrected="heard as the {side}'s",
    transcript="Transcript",
    outside="Outside the plan",
    mark_corrected="corrected",
    mark_doubtful="doubtful",
    corrected_means="stands behind what a reviewer corrected, in its text or its speaker.",
    doubtful_means="stands behind what was hard to understand; it may have been said otherwise.",
    nothing_said="Nothing was heard.",
    colon=": ",
    reviewed="Reviewed",
    rated_in_review="after the interview",
    rated_after_findings="after the findings were seen",
    states={
        FindingState.EVIDENCED: "Evidenced",
        FindingState.UNCLEAR: "Unclear",
        FindingState.DENIED: "Denied",
        FindingState.NOT_HEARD: "Not heard",
    },
    fates={
        SuggestionFate.TAKEN: "taken",
        SuggestionFate.ASKED: "heard asked",
        SuggestionFate.SKIPPED: "skipped",
        SuggestionFate.DISMISSED: "dismissed",
        SuggestionFate.ANSWERED: "answered before it was asked",
        SuggestionFate.SUPERSEDED: "withdrawn, the interview moved on",
        SuggestionFate.EXPIRED: "withdrawn, went stale",
        SuggestionFate.UNUSED: "open at the end",
    },
    endings={
        "finished": "the recording ran out",
        "user": "ended by the interviewer",
        "failed": "a part failed",
        "interrupted": "interrupted",
    },
)

_FR = ReportWords(
    title="Compte rendu d'entretien : {title}",
    about="Ce qui a été entendu, citations à l'appui. Il ne note personne : "
    "l'appréciation vous revient.",
    left_out="{sign} remplace dans une citation ce qui a été dit spontanément sur un sujet "
    "protégé, comme la santé ou la famille ; cela ne doit pas compter.",
    candidate="Candidat",
    started="Début",
    length="Durée",
    ended="Fin",
    talk="Temps de parole",
    talk_value="candidat {candidate} ({share}), intervieweur {interviewer}",
    longest="plus long passage du candidat {length}, à partir de {start}",
    source="Son",
    goes_to="Texte et son envoyés à",
    nowhere="personne ; tout est resté sur cette machine",
    doubt="Incertain",
    doubt_value="{uncertain} énoncés sur {utterances} sont incertains ; "
    "{discarded} s de son proche de la parole n'ont pas donné de texte",
    gaps="Non entendu",
    no_gaps="aucune lacune",
    limits="Ce qui limite ce compte rendu",
    to_the_end="la fin",
    sides={
        Channel.INTERVIEWER: "intervieweur",
        Channel.CANDIDATE: "candidat",
        None: "les deux",
    },
    causes={
        GapCause.DEVICE: "périphérique perdu",
        GapCause.OVERFLOW: "machine surchargée",
        GapCause.OFF_RECORD: "hors enregistrement",
        GapCause.ASLEEP: "machine en veille",
        GapCause.DISK: "disque plein",
    },
    notes="Notes",
    marks="Moments marqués",
    plan="Plan et durées",
    plan_columns=("Question", "Prévu", "Passé", "Entendu", "Votre appréciation"),
    not_asked="non posée",
    heard_of_all="{heard} sur {all}",
    questions="Questions",
    flags="À regarder de plus près",
    no_flags="Rien n'a été relevé.",
    benign="Autre lecture possible : {text}",
    under="sous « {question} »",
    suggestions="Suggestions",
    suggestion_columns=("À", "Suggestion", "Pourquoi", "Devenir"),
    no_suggestions="Aucune.",
    made_with="Réalisé avec",
    minutes="{n} min",
    by_human="décidé à la main",
    corrected="texte corrigé depuis",
    misattributed="une citation a été retirée, car c'est l'intervieweur qui l'a dite",
    corrections="Texte corrigé",
    corrected_from="entendu : « {heard} »",
    speaker_corrected="entendu du côté {side}",
    transcript="Transcription",
    outside="Hors du plan",
    mark_corrected="corrigé",
    mark_doubtful="incertain",
    corrected_means="suit ce qu'un relecteur a corrigé, dans le texte ou quant à qui parle.",
    doubtful_means="suit ce qui était difficile à comprendre ; autre chose a pu être dit.",
    nothing_said="Rien n'a été entendu.",
    colon=" : ",
    reviewed="Relu",
    rated_in_review="après l'entretien",
    rated_after_findings="après avoir vu les constats",
    states={
        FindingState.EVIDENCED: "Entendus",
        FindingState.UNCLEAR: "Incertains",
        FindingState.DENIED: "Démentis",
        FindingState.NOT_HEARD: "Non entendus",
    },
    fates={
        SuggestionFate.TAKEN: "retenue",
        SuggestionFate.ASKED: "entendue posée",
        SuggestionFate.SKIPPED: "passée",
        SuggestionFate.DISMISSED: "écartée",
        SuggestionFate.ANSWERED: "devenue inutile, la réponse est venue",
        SuggestionFate.SUPERSEDED: "retirée, l'entretien a avancé",
        SuggestionFate.EXPIRED: "retirée, périmée",
        SuggestionFate.UNUSED: "ouverte à la fin",
    },
    endings={
        "finished": "fin de l'enregistrement",
        "user": "terminé par l'intervieweur",
        "failed": "un composant a échoué",
        "interrupted": "interrompu",
    },
)

WORDS = {"en": _EN, "fr": _FR}

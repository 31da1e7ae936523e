"""What the HTML report says beyond the words that all reports share, in each language."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from copilot.events import ConsentDecision, FindingState, Recommendation, Unrated
from copilot.review.html.typography import french_spaces
from copilot.review.recap.words import RECAP_WORDS
from copilot.review.words import WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Headings and phrases of the page; braces hold what is filled in."""

    contents: str
    skip: str
    facts: str
    candidate: str
    role: str
    date: str
    consent: str
    limits: str
    judgement: str
    judgement_about: str
    recommendation: str
    no_recommendation: str
    competencies: str
    competency: str
    question: str
    rating: str
    reason: str
    of_four: str
    no_rating: str
    none_rated: str
    taken_back: str
    in_review: str
    in_review_by: str
    in_interview: str
    by: str
    earlier: str
    earlier_times: tuple[str, str]
    recap: str
    timeline: str
    timeline_about: str
    timeline_text: str
    lane_questions: str
    lane_findings: str
    lane_notes: str
    not_recorded: str
    mark: str
    marks: str
    note: str
    coverage: str
    point: str
    state: str
    quotes_at: str
    flag: str
    set_by_hand: str
    misattributed: str
    planned_bar: str
    transcript: str
    transcript_about: str
    no_transcript: str
    doubtful: str
    corrected: str
    heard_so: str
    outside: str
    sound: str
    sound_about: str
    play: str
    footer: str
    guide: str
    hash: str
    title: str
    spent_on: str
    speakers: dict[str, str]
    states: dict[FindingState, str]
    consents: dict[ConsentDecision | None, str]
    recommendations: dict[Recommendation, str]
    unrated: dict[Unrated, str]
    purposes: dict[str, str]
    months: str


_EN = PageWords(
    contents="Contents",
    skip="To the transcript",
    facts="The interview",
    candidate="Candidate",
    role="Role",
    date="{day} {month} {year}, {time} ({zone})",
    consent="Consent to recording",
    limits="What limits this report",
    judgement="What the interviewer judged",
    judgement_about="Given by people. The software rates and recommends nothing.",
    recommendation="Recommendation",
    no_recommendation="None was given.",
    competencies="Competencies",
    competency="Competency",
    question="Question",
    rating="Rating",
    reason="Reason",
    of_four="{rating} of 4",
    no_rating="not rated",
    none_rated="None has been rated.",
    taken_back="taken back",
    in_review="after the interview",
    in_review_by="after the interview, by {by}",
    in_interview="during the interview",
    by="by {by}",
    earlier="earlier: {what}",
    earlier_times=("changed {count} time", "changed {count} times"),
    recap="Recap",
    timeline="The interview at a glance",
    timeline_about="From left to right. Whatever is drawn leads to its place in the transcript.",
    timeline_text="{length} long. {questions}. {evidenced} findings with quotes, {flags} flags, "
    "{notes} notes, {marks} marked moments, {gaps} stretches not recorded.",
    lane_questions="Questions",
    lane_findings="Findings",
    lane_notes="Notes and marks",
    not_recorded="not recorded",
    mark="marked moment",
    marks="Marked moments",
    note="note",
    coverage="Coverage",
    point="Expected point",
    state="State",
    quotes_at="Quoted at",
    flag="Worth a second look",
    set_by_hand="set by hand",
    misattributed="a quote was taken away: it is not the candidate's",
    planned_bar="{spent} of {planned} planned",
    transcript="Transcript",
    transcript_about="Highlighted is what stands as a quote above.",
    no_transcript="Nothing was transcribed.",
    doubtful="doubtful",
    corrected="corrected",
    heard_so="as was heard",
    outside="Outside the questions",
    sound="Sound",
    sound_about="The files lie beside this one. A small triangle plays what stands next to it.",
    play="play {at}",
    footer="This file holds a person's words. Keep it as you keep the recording, and delete it in "
    "time.",
    guide="guide",
    hash="hash",
    title="Interview report",
    spent_on="under “{question}”",
    speakers={"interviewer": "Interviewer", "candidate": "Candidate"},
    states={
        FindingState.EVIDENCED: "Evidenced",
        FindingState.DENIED: "Denied",
        FindingState.UNCLEAR: "Unclear",
        FindingState.NOT_HEARD: "Not heard",
    },
    consents={
        ConsentDecision.GIVEN: "given",
        ConsentDecision.DECLINED: "declined; nothing was recorded",
        ConsentDecision.NOT_NEEDED: "not needed (made-up voices)",
        None: "never asked; nothing was recorded",
    },
    recommendations={
        Recommendation.STRONG_NO: "Strong no",
        Recommendation.NO: "No",
        Recommendation.YES: "Yes",
        Recommendation.STRONG_YES: "Strong yes",
        Recommendation.UNDECIDED: "Undecided",
    },
    unrated={
        Unrated.NOT_ASKED: "not asked",
        Unrated.NOT_ENOUGH: "not enough to tell",
    },
    purposes={
        "transcription": "Transcription",
        "voice activity": "Voice activity",
        "matching": "Matching",
        "language": "Language model",
    },
    months="January February March April May June July August September October November December",
)

_FR = PageWords(
    contents="Sommaire",
    skip="À la transcription",
    facts="L'entretien",
    candidate="Candidat",
    role="Poste",
    date="{day} {month} {year}, {time} ({zone})",
    consent="Consentement à l'enregistrement",
    limits="Ce qui limite ce compte rendu",
    judgement="L'appréciation de l'intervieweur",
    judgement_about="Donnée par des personnes. Le logiciel ne note et ne recommande rien.",
    recommendation="Recommandation",
    no_recommendation="Aucune n'a été donnée.",
    competencies="Compétences",
    competency="Compétence",
    question="Question",
    rating="Appréciation",
    reason="Motif",
    of_four="{rating} sur 4",
    no_rating="sans appréciation",
    none_rated="Aucune appréciation n'a été donnée.",
    taken_back="retirée",
    in_review="après l'entretien",
    in_review_by="après l'entretien, par {by}",
    in_interview="pendant l'entretien",
    by="par {by}",
    earlier="auparavant : {what}",
    earlier_times=("changée {count} fois", "changée {count} fois"),
    recap="Récapitulatif",
    timeline="L'entretien en un coup d'œil",
    timeline_about="De gauche à droite. Chaque élément mène à sa place dans la transcription.",
    timeline_text="Durée : {length}. {questions}. {evidenced} constats avec citation, "
    "{flags} signaux, {notes} notes, {marks} moments marqués, {gaps} passages non enregistrés.",
    lane_questions="Questions",
    lane_findings="Constats",
    lane_notes="Notes et moments marqués",
    not_recorded="non enregistré",
    mark="moment marqué",
    marks="Moments marqués",
    note="note",
    coverage="Ce qui a été abordé",
    point="Point attendu",
    state="État",
    quotes_at="Cité à",
    flag="À regarder de plus près",
    set_by_hand="décidé à la main",
    misattributed="une citation a été retirée : elle n'est pas du candidat",
    planned_bar="{spent} sur {planned} prévues",
    transcript="Transcription",
    transcript_about="Ce qui est cité plus haut est surligné.",
    no_transcript="Rien n'a été transcrit.",
    doubtful="incertain",
    corrected="corrigé",
    heard_so="selon ce qui a été entendu",
    outside="Hors des questions",
    sound="Son",
    sound_about="Les fichiers se trouvent à côté de celui-ci. Un petit triangle fait entendre ce "
    "qui le suit.",
    play="écouter {at}",
    footer="Ce fichier contient les paroles d'une personne. Conservez-le comme l'enregistrement, "
    "et supprimez-le à temps.",
    guide="guide",
    hash="empreinte",
    title="Compte rendu d'entretien",
    spent_on="sous « {question} »",
    speakers={"interviewer": "Intervieweur", "candidate": "Candidat"},
    states={
        FindingState.EVIDENCED: "Entendu",
        FindingState.DENIED: "Démenti",
        FindingState.UNCLEAR: "Incertain",
        FindingState.NOT_HEARD: "Non entendu",
    },
    consents={
        ConsentDecision.GIVEN: "donné",
        ConsentDecision.DECLINED: "refusé ; rien n'a été enregistré",
        ConsentDecision.NOT_NEEDED: "inutile (voix de synthèse)",
        None: "jamais demandé ; rien n'a été enregistré",
    },
    recommendations={
        Recommendation.STRONG_NO: "Non, nettement",
        Recommendation.NO: "Non",
        Recommendation.YES: "Oui",
        Recommendation.STRONG_YES: "Oui, nettement",
        Recommendation.UNDECIDED: "Sans décision",
    },
    unrated={
        Unrated.NOT_ASKED: "non posée",
        Unrated.NOT_ENOUGH: "pas assez d'éléments",
    },
    purposes={
        "transcription": "Transcription",
        "voice activity": "Détection de la voix",
        "matching": "Rapprochement",
        "language": "Modèle de langage",
    },
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
)


def _spaced(table: Any) -> dict[str, Any]:
    """The texts of a table, at any depth, with French spaces."""
    return {
        field.name: _respaced(getattr(table, field.name)) for field in dataclasses.fields(table)
    }


def _respaced(value: Any) -> Any:
    if isinstance(value, str):
        return french_spaces(value)
    if isinstance(value, dict):
        return {key: _respaced(each) for key, each in value.items()}
    return tuple(_respaced(each) for each in value)


PAGE_WORDS = {"en": _EN, "fr": dataclasses.replace(_FR, **_spaced(_FR))}
#: The tables that other reports have as well, spaced as a page is.
SHARED_WORDS = {"en": WORDS["en"], "fr": dataclasses.replace(WORDS["fr"], **_spaced(WORDS["fr"]))}
SHARED_RECAP_WORDS = {
    "en": RECAP_WORDS["en"],
    "fr": dataclasses.replace(RECAP_WORDS["fr"], **_spaced(RECAP_WORDS["fr"])),
}

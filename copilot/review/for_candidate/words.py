"""The words of what a candidate is given, in the interview's language."""

from dataclasses import dataclass

from copilot.events import Unrated
from copilot.review.wording.finding import FINDING, FindingWords
from copilot.review.wording.judging import JUDGING, JudgingWords
from copilot.review.wording.session import SESSION, SessionWords


@dataclass(frozen=True, slots=True)
class CandidateWords:
    """Every heading and phrase; braces hold what is filled in."""

    judging: JudgingWords
    finding: FindingWords
    session: SessionWords
    title: str
    about: str
    files: str
    with_sound: str
    without_sound: str
    contact: str
    alias: str
    number: str
    recordings: str
    no_recordings: str
    kept: str
    kept_until: str
    kept_open: str
    on_hold: str
    consent: str
    no_consent: str
    consent_by: str
    recipients: str
    sound_to: str
    text_to: str
    nowhere: str
    models: str
    findings: str
    about_findings: str
    no_findings: str
    by_machine: str
    by_human: str
    by_model: str
    suggestions: str
    about_suggestions: str
    recaps: str
    about_recaps: str
    marks: str
    notes: str
    none: str
    ratings: str
    unrated: dict[Unrated, str]
    taken_back: str
    earlier: str
    after_findings: str
    withheld: str
    withheld_notes: str
    withheld_ratings: str
    reviewed: str
    nobody: str
    corrections: str


_EN = CandidateWords(
    judging=JUDGING["en"],
    finding=FINDING["en"],
    session=SESSION["en"],
    title="What is held about you",
    about="This is what is held about you from the interview below, with Interview Copilot. You "
    "are given it as a copy of your data (GDPR, articles 15 and 20).",
    files="transcript.txt holds what both sides said, word for word. data.json holds everything on "
    "this page in a form that programs can read.",
    with_sound="The recordings are here too: {names}.",
    without_sound="The recordings are held as well ({names}); they are not among these files.",
    contact="To have something corrected or deleted, or to object, write to: "
    "[who is responsible, to be filled in].",
    alias="Called here",
    number="Number",
    recordings="Recordings",
    no_recordings="none were kept",
    kept="Kept until",
    kept_until="{date}, then it is due to be deleted",
    kept_open="no date is set",
    on_hold="it is on hold: it is kept beyond that for now",
    consent="Consent",
    no_consent="nothing was recorded about it",
    consent_by="recorded by {by}",
    recipients="Who was sent something",
    sound_to="Sound was sent to {hosts}, to be written down.",
    text_to="Text was sent to {hosts}, for a language model.",
    nowhere="Nobody. Sound and text stayed on the interviewer's machine.",
    models="Programs that worked on it",
    findings="What was found in your answers",
    about_findings="A program looks for what the interviewer hoped to hear and for what deserves a "
    "second look, and keeps your own words as proof. It gives no rating. “Not heard” "
    "only means that it did not hear it.",
    no_findings="Nothing was found.",
    by_machine="found by the program",
    by_human="set by a person",
    by_model="judged by the language model {model}",
    suggestions="Questions the program suggested",
    about_suggestions="They were shown to the interviewer, who asked them or not.",
    recaps="Your answers in a language model's words",
    about_recaps="Written by {model}; the text was sent to {host}.",
    marks="Moments the interviewer marked",
    notes="The interviewer's notes",
    none="None.",
    ratings="How people rated it",
    unrated={
        Unrated.NOT_ASKED: "not rated: it was not asked",
        Unrated.NOT_ENOUGH: "not rated: not enough was said",
    },
    taken_back="not rated: the rating was taken back",
    earlier="changed {count} times",
    after_findings="given after the program's findings were seen",
    withheld="Not handed out",
    withheld_notes="The interviewer's notes are held and were withheld.",
    withheld_ratings="Ratings are held and were withheld.",
    reviewed="Who reviewed it",
    nobody="Nobody changed anything afterwards.",
    corrections="What was corrected",
)

_FR = CandidateWords(
    judging=JUDGING["fr"],
    finding=FINDING["fr"],
    session=SESSION["fr"],
    title="Ce qui est conservé à votre sujet",
    about="Voici ce qui est conservé à votre sujet de l'entretien ci-dessous, avec Interview "
    "Copilot. Vous en recevez une copie (RGPD, articles 15 et 20).",
    files="transcript.txt contient ce que les deux côtés ont dit, mot pour mot. data.json contient "
    "tout ce qui est sur cette page sous une forme lisible par des programmes.",
    with_sound="Les enregistrements sont joints : {names}.",
    without_sound="Les enregistrements sont conservés aussi ({names}) ; ils ne sont pas joints.",
    contact="Pour faire corriger ou supprimer quelque chose, ou vous opposer, écrivez à : "
    "[la personne responsable, à compléter].",
    alias="Nom donné ici",
    number="Numéro",
    recordings="Enregistrements",
    no_recordings="aucun n'a été conservé",
    kept="Conservé jusqu'au",
    kept_until="{date}, puis à supprimer",
    kept_open="aucune date n'est fixée",
    on_hold="la suppression est suspendue : il est conservé au-delà pour le moment",
    consent="Consentement",
    no_consent="rien n'a été consigné",
    consent_by="consigné par {by}",
    recipients="Qui a reçu quelque chose",
    sound_to="Le son a été envoyé à {hosts}, pour être transcrit.",
    text_to="Du texte a été envoyé à {hosts}, pour un modèle de langage.",
    nowhere="Personne. Le son et le texte sont restés sur la machine de l'intervieweur.",
    models="Programmes qui y ont travaillé",
    findings="Ce qui a été trouvé dans vos réponses",
    about_findings="Un programme cherche ce que l'intervieweur espérait entendre et ce qui mérite "
    "un second regard, et garde vos propres mots comme preuve. Il ne note pas. « Non entendu » "
    "veut seulement dire qu'il ne l'a pas entendu.",
    no_findings="Rien n'a été trouvé.",
    by_machine="trouvé par le programme",
    by_human="décidé par une personne",
    by_model="jugé par le modèle de langage {model}",
    suggestions="Questions suggérées par le programme",
    about_suggestions="Elles ont été montrées à l'intervieweur, qui les a posées ou non.",
    recaps="Vos réponses dans les mots d'un modèle de langage",
    about_recaps="Écrit par {model} ; le texte a été envoyé à {host}.",
    marks="Moments marqués par l'intervieweur",
    notes="Les notes de l'intervieweur",
    none="Aucune.",
    ratings="Comment des personnes l'ont apprécié",
    unrated={
        Unrated.NOT_ASKED: "sans appréciation : la question n'a pas été posée",
        Unrated.NOT_ENOUGH: "sans appréciation : trop peu a été dit",
    },
    taken_back="sans appréciation : elle a été retirée",
    earlier="modifié {count} fois",
    after_findings="donné après avoir vu les constats du programme",
    withheld="Non communiqué",
    withheld_notes="Des notes de l'intervieweur sont conservées et n'ont pas été communiquées.",
    withheld_ratings="Des appréciations sont conservées et n'ont pas été communiquées.",
    reviewed="Qui l'a relu",
    nobody="Personne n'a rien changé ensuite.",
    corrections="Ce qui a été corrigé",
)

CANDIDATE_WORDS = {"en": _EN, "fr": _FR}

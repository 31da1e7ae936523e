"""The words of a comparison, in each language."""

from dataclasses import dataclass

from copilot.events import FindingState
from copilot.review.wording.finding import FINDING, FindingWords
from copilot.review.wording.hearing import HEARING, HearingWords
from copilot.review.wording.judging import JUDGING, JudgingWords
from copilot.review.wording.session import SESSION, SessionWords
from copilot.review.wording.signs import SIGNS, Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWords:
    """Every heading and phrase of a comparison; braces hold what is filled in."""

    judging: JudgingWords
    finding: FindingWords
    hearing: HearingWords
    session: SessionWords
    signs: Signs
    title: str
    about: str
    by_date: str
    by_alias: str
    guides_differ: str
    guide_version: str
    languages_differ: str
    language: str
    not_compared: str
    interviews: str
    started: str
    spoke: str
    guide: str
    declined: str
    recommendation: str
    not_asked_to: str
    not_planned_name: str
    texts_differ: str
    points_differ: str
    probed: str
    probed_not: str
    probed_all: str
    not_planned: str
    time: str
    no_rating: str
    no_recommendation: str
    withheld: tuple[str, str]
    hidden: str
    state_remarks: dict[FindingState, str]
    quote: str
    probes: str
    probe_taken: str
    no_probes: str
    sound_good: str
    lost: str
    alarm: str
    doubtful: str
    discarded: str
    no_text: str
    may_be_missing: str
    sheds_light: str
    sheds_no_light: str
    unknown_competency: str
    csv_columns: tuple[str, ...]
    csv_rows: dict[str, str]


_EN = CompareWords(
    judging=JUDGING["en"],
    finding=FINDING["en"],
    hearing=HEARING["en"],
    session=SESSION["en"],
    signs=SIGNS["en"],
    title="Side by side: {title}",
    about="What people judged and what was heard, with quotes. Nothing here adds up, and the order "
    "says nothing about anyone.",
    by_date="In the order of the dates.",
    by_alias="In the order of the names.",
    guides_differ="Not all were interviewed with the same version of the guide.",
    guide_version="Version {value}: {names}",
    languages_differ="Not all were interviewed in the same language.",
    language="Language {value}: {names}",
    not_compared="Not compared: {session} ({why})",
    interviews="Interviews",
    started="{day}, {length}",
    spoke="Candidate spoke {candidate}, interviewer {interviewer}",
    guide="Guide version {version}, language {language}",
    declined="Nothing was recorded: the candidate declined",
    recommendation="Recommendations",
    not_asked_to="Not asked: {names}",
    not_planned_name="{name} (not in the plan)",
    texts_differ="It was not asked of everyone in the same words.",
    points_differ="Not the same points were listened for in all interviews.",
    probed="Asked further about {label}: {asked}",
    probed_not="; not: {names}",
    probed_all="everyone who had the question",
    not_planned="Not in the plan of this interview",
    time="Time: {spent} of {planned} min planned",
    no_rating="Nobody has rated it yet",
    no_recommendation="Nobody has recommended anything yet",
    withheld=(
        "One other person has judged it; shown once you have",
        "{count} other people have judged it; shown once you have",
    ),
    hidden="What was found is hidden until this answer is rated",
    state_remarks={
        FindingState.UNCLEAR: ", which counts neither way",
        FindingState.NOT_HEARD: ", which says nothing by itself",
    },
    quote="“{text}” ({at})",
    probes="Asked further",
    probe_taken="“{text}” ({at}, taken, not heard asked)",
    no_probes="No suggested follow-up was asked",
    sound_good="nothing amiss",
    lost="{seconds} s not heard ({causes})",
    alarm="{seconds} s with trouble ({alarms})",
    doubtful="{doubtful} of {all} utterances doubtful",
    discarded="{seconds} s of speech-like sound gave no text",
    no_text="no text of the candidate",
    may_be_missing="what is missing may have been said",
    sheds_light="Asked about it: {questions}",
    sheds_no_light="Not asked about it: {questions}",
    unknown_competency="Not in the guide of this interview",
    csv_columns=(
        "Row",
        "Session",
        "Candidate",
        "Date",
        "Question or competency",
        "Item",
        "State",
        "Rating",
        "Who",
        "At",
        "Text",
        "Remark",
    ),
    csv_rows={
        "interview": "interview",
        "question": "question",
        "rating": "rating",
        "point": "point",
        "flag": "second look",
        "probe": "asked further",
        "competency": "competency",
        "recommendation": "recommendation",
    },
)

_FR = CompareWords(
    judging=JUDGING["fr"],
    finding=FINDING["fr"],
    hearing=HEARING["fr"],
    session=SESSION["fr"],
    signs=SIGNS["fr"],
    title="Côte à côte : {title}",
    about="Ce que des personnes ont apprécié et ce qui a été entendu, citations à l'appui. Rien ne "
    "s'additionne ici, et l'ordre ne dit rien de personne.",
    by_date="Dans l'ordre des dates.",
    by_alias="Dans l'ordre des noms.",
    guides_differ="Tous n'ont pas été interrogés avec la même version du guide.",
    guide_version="Version {value} : {names}",
    languages_differ="Tous n'ont pas été interrogés dans la même langue.",
    language="Langue {value} : {names}",
    not_compared="Non comparé : {session} ({why})",
    interviews="Entretiens",
    started="{day}, {length}",
    spoke="Le candidat a parlé {candidate}, l'intervieweur {interviewer}",
    guide="Version {version} du guide, langue {language}",
    declined="Rien n'a été enregistré : le candidat a refusé",
    recommendation="Recommandations",
    not_asked_to="Non posée : {names}",
    not_planned_name="{name} (hors du plan)",
    texts_differ="Elle n'a pas été posée à tous dans les mêmes termes.",
    points_differ="Les points attendus n'étaient pas les mêmes dans tous les entretiens.",
    probed="Relance sur {label} : {asked}",
    probed_not=" ; pas à : {names}",
    probed_all="tous ceux qui ont eu la question",
    not_planned="Hors du plan de cet entretien",
    time="Temps : {spent} sur {planned} min prévues",
    no_rating="Personne ne l'a encore appréciée",
    no_recommendation="Personne n'a encore rien recommandé",
    withheld=(
        "Une autre personne s'est prononcée ; visible quand vous l'aurez fait",
        "{count} autres personnes se sont prononcées ; visible quand vous l'aurez fait",
    ),
    hidden="Les constats restent cachés tant que cette réponse n'est pas appréciée",
    state_remarks={
        FindingState.UNCLEAR: ", ce qui ne compte dans aucun sens",
        FindingState.NOT_HEARD: ", ce qui ne dit rien à soi seul",
    },
    quote="« {text} » ({at})",
    probes="Relances",
    probe_taken="« {text} » ({at}, retenue, non entendue)",
    no_probes="Aucune relance proposée n'a été posée",
    sound_good="rien à signaler",
    lost="{seconds} s non entendues ({causes})",
    alarm="{seconds} s de son défaillant ({alarms})",
    doubtful="énoncés incertains : {doubtful} sur {all}",
    discarded="{seconds} s de son proche de la parole sans texte",
    no_text="aucun texte du candidat",
    may_be_missing="ce qui manque a pu être dit",
    sheds_light="Questions posées à ce sujet : {questions}",
    sheds_no_light="Questions non posées à ce sujet : {questions}",
    unknown_competency="Absente du guide de cet entretien",
    csv_columns=(
        "Ligne",
        "Session",
        "Candidat",
        "Date",
        "Question ou compétence",
        "Élément",
        "État",
        "Appréciation",
        "Qui",
        "À",
        "Texte",
        "Remarque",
    ),
    csv_rows={
        "interview": "entretien",
        "question": "question",
        "rating": "appréciation",
        "point": "point",
        "flag": "à regarder",
        "probe": "relance",
        "competency": "compétence",
        "recommendation": "recommandation",
    },
)

WORDS = {"en": _EN, "fr": _FR}

"""The words of a comparison, in each language."""

from dataclasses import dataclass
from typing import Literal

from copilot.events import AlarmKind, FindingState, GapCause, Recommendation, Unrated

Ended = Literal["finished", "user", "failed", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWords:
    """Every heading and phrase of a comparison; braces hold what is filled in."""

    title: str
    about: str
    left_out_sign: str
    by_date: str
    by_alias: str
    guides_differ: str
    guide_version: str
    languages_differ: str
    language: str
    not_compared: str
    interviews: str
    started: str
    endings: dict[Ended, str]
    spoke: str
    guide: str
    declined: str
    competencies: str
    recommendation: str
    not_asked_to: str
    not_planned_name: str
    texts_differ: str
    points_differ: str
    probed: str
    probed_not: str
    probed_all: str
    not_planned: str
    not_asked: str
    time: str
    rating: str
    unrated: dict[Unrated, str]
    recommendations: dict[Recommendation, str]
    interviewer: str
    in_review: str
    after_findings: str
    no_rating: str
    no_recommendation: str
    withheld: tuple[str, str]
    hidden: str
    states: dict[FindingState, str]
    by_human: str
    corrected: str
    flags: str
    benign: str
    quote: str
    probes: str
    probe: str
    probe_taken: str
    no_probes: str
    sound: str
    sound_good: str
    lost: str
    alarm: str
    doubtful: str
    discarded: str
    no_text: str
    may_be_missing: str
    causes: dict[GapCause, str]
    alarms: dict[AlarmKind, str]
    sheds_light: str
    sheds_no_light: str
    unknown_competency: str
    colon: str
    semicolon: str
    csv_columns: tuple[str, ...]
    csv_rows: dict[str, str]


_EN = CompareWords(
    title="Side by side: {title}",
    about="What people judged and what was heard, with quotes. Nothing here adds up, and the order "
    "says nothing about anyone.",
    left_out_sign="{sign} stands in a quote for what was told unasked about a protected matter; it "
    "must not count.",
    by_date="In the order of the dates.",
    by_alias="In the order of the names.",
    guides_differ="Not all were interviewed with the same version of the guide.",
    guide_version="Version {value}: {names}",
    languages_differ="Not all were interviewed in the same language.",
    language="Language {value}: {names}",
    not_compared="Not compared: {session} ({why})",
    interviews="Interviews",
    started="{day}, {length}",
    endings={
        "finished": "the recording ran out",
        "user": "ended by the interviewer",
        "failed": "a part failed",
        "interrupted": "interrupted before its end",
    },
    spoke="Candidate spoke {candidate}, interviewer {interviewer}",
    guide="Guide version {version}, language {language}",
    declined="Nothing was recorded: the candidate declined",
    competencies="Competencies",
    recommendation="Recommendations",
    not_asked_to="Not asked: {names}",
    not_planned_name="{name} (not in the plan)",
    texts_differ="It was not asked of everyone in the same words.",
    points_differ="Not the same points were listened for in all interviews.",
    probed="Asked further about {label}: {asked}",
    probed_not="; not: {names}",
    probed_all="everyone who had the question",
    not_planned="Not in the plan of this interview",
    not_asked="Not asked",
    time="Time: {spent} of {planned} min planned",
    rating="{by}{colon}{rating} of 4",
    unrated={Unrated.NOT_ASKED: "not asked", Unrated.NOT_ENOUGH: "not enough to tell"},
    recommendations={
        Recommendation.STRONG_NO: "strong no",
        Recommendation.NO: "no",
        Recommendation.YES: "yes",
        Recommendation.STRONG_YES: "strong yes",
        Recommendation.UNDECIDED: "undecided",
    },
    interviewer="interviewer",
    in_review="after the interview",
    after_findings="first rated after the findings had been shown",
    no_rating="Nobody has rated it yet",
    no_recommendation="Nobody has recommended anything yet",
    withheld=(
        "One other person has judged it; shown once you have",
        "{count} other people have judged it; shown once you have",
    ),
    hidden="What was found is hidden until this answer is rated",
    states={
        FindingState.EVIDENCED: "Evidenced",
        FindingState.DENIED: "Denied",
        FindingState.UNCLEAR: "Unclear, which counts neither way",
        FindingState.NOT_HEARD: "Not heard, which says nothing by itself",
    },
    by_human="set by hand",
    corrected="text corrected since",
    flags="Worth a second look",
    benign="It may also mean: {text}",
    quote="“{text}” ({at})",
    probes="Asked further",
    probe="“{text}” ({at})",
    probe_taken="“{text}” ({at}, taken, not heard asked)",
    no_probes="No suggested follow-up was asked",
    sound="Sound",
    sound_good="nothing amiss",
    lost="{seconds} s not heard ({causes})",
    alarm="{seconds} s with trouble ({alarms})",
    doubtful="{doubtful} of {all} utterances doubtful",
    discarded="{seconds} s of speech-like sound gave no text",
    no_text="no text of the candidate",
    may_be_missing="what is missing may have been said",
    causes={
        GapCause.DEVICE: "device lost",
        GapCause.OVERFLOW: "machine too busy",
        GapCause.OFF_RECORD: "off the record",
        GapCause.ASLEEP: "machine asleep",
        GapCause.DISK: "disk full",
    },
    alarms={
        AlarmKind.NO_SIGNAL: "no signal",
        AlarmKind.SILENT: "silent",
        AlarmKind.CLIPPING: "too loud",
    },
    sheds_light="Asked about it: {questions}",
    sheds_no_light="Not asked about it: {questions}",
    unknown_competency="Not in the guide of this interview",
    colon=": ",
    semicolon="; ",
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
    title="Côte à côte : {title}",
    about="Ce que des personnes ont apprécié et ce qui a été entendu, citations à l'appui. Rien ne "
    "s'additionne ici, et l'ordre ne dit rien de personne.",
    left_out_sign="{sign} remplace dans une citation ce qui a été dit spontanément sur un sujet "
    "protégé ; cela ne doit pas compter.",
    by_date="Dans l'ordre des dates.",
    by_alias="Dans l'ordre des noms.",
    guides_differ="Tous n'ont pas été interrogés avec la même version du guide.",
    guide_version="Version {value} : {names}",
    languages_differ="Tous n'ont pas été interrogés dans la même langue.",
    language="Langue {value} : {names}",
    not_compared="Non comparé : {session} ({why})",
    interviews="Entretiens",
    started="{day}, {length}",
    endings={
        "finished": "fin de l'enregistrement",
        "user": "terminé par l'intervieweur",
        "failed": "un composant a échoué",
        "interrupted": "interrompu avant la fin",
    },
    spoke="Le candidat a parlé {candidate}, l'intervieweur {interviewer}",
    guide="Version {version} du guide, langue {language}",
    declined="Rien n'a été enregistré : le candidat a refusé",
    competencies="Compétences",
    recommendation="Recommandations",
    not_asked_to="Non posée : {names}",
    not_planned_name="{name} (hors du plan)",
    texts_differ="Elle n'a pas été posée à tous dans les mêmes termes.",
    points_differ="Les points attendus n'étaient pas les mêmes dans tous les entretiens.",
    probed="Relance sur {label} : {asked}",
    probed_not=" ; pas à : {names}",
    probed_all="tous ceux qui ont eu la question",
    not_planned="Hors du plan de cet entretien",
    not_asked="Non posée",
    time="Temps : {spent} sur {planned} min prévues",
    rating="{by}{colon}{rating} sur 4",
    unrated={
        Unrated.NOT_ASKED: "non posée",
        Unrated.NOT_ENOUGH: "pas assez d'éléments pour se prononcer",
    },
    recommendations={
        Recommendation.STRONG_NO: "nettement non",
        Recommendation.NO: "non",
        Recommendation.YES: "oui",
        Recommendation.STRONG_YES: "nettement oui",
        Recommendation.UNDECIDED: "sans avis arrêté",
    },
    interviewer="intervieweur",
    in_review="après l'entretien",
    after_findings="d'abord appréciée après avoir vu les constats",
    no_rating="Personne ne l'a encore appréciée",
    no_recommendation="Personne n'a encore rien recommandé",
    withheld=(
        "Une autre personne s'est prononcée ; visible quand vous l'aurez fait",
        "{count} autres personnes se sont prononcées ; visible quand vous l'aurez fait",
    ),
    hidden="Les constats restent cachés tant que cette réponse n'est pas appréciée",
    states={
        FindingState.EVIDENCED: "Entendu",
        FindingState.DENIED: "Démenti",
        FindingState.UNCLEAR: "Incertain, ce qui ne compte dans aucun sens",
        FindingState.NOT_HEARD: "Non entendu, ce qui ne dit rien à soi seul",
    },
    by_human="décidé à la main",
    corrected="texte corrigé depuis",
    flags="À regarder de plus près",
    benign="Autre lecture possible : {text}",
    quote="« {text} » ({at})",
    probes="Relances",
    probe="« {text} » ({at})",
    probe_taken="« {text} » ({at}, retenue, non entendue)",
    no_probes="Aucune relance proposée n'a été posée",
    sound="Son",
    sound_good="rien à signaler",
    lost="{seconds} s non entendues ({causes})",
    alarm="{seconds} s de son défaillant ({alarms})",
    doubtful="énoncés incertains : {doubtful} sur {all}",
    discarded="{seconds} s de son proche de la parole sans texte",
    no_text="aucun texte du candidat",
    may_be_missing="ce qui manque a pu être dit",
    causes={
        GapCause.DEVICE: "périphérique perdu",
        GapCause.OVERFLOW: "machine surchargée",
        GapCause.OFF_RECORD: "hors enregistrement",
        GapCause.ASLEEP: "machine en veille",
        GapCause.DISK: "disque plein",
    },
    alarms={
        AlarmKind.NO_SIGNAL: "aucun signal",
        AlarmKind.SILENT: "silence",
        AlarmKind.CLIPPING: "trop fort",
    },
    sheds_light="Questions posées à ce sujet : {questions}",
    sheds_no_light="Questions non posées à ce sujet : {questions}",
    unknown_competency="Absente du guide de cet entretien",
    colon=" : ",
    semicolon=" ; ",
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

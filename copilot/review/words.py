"""The words of a report, in each language."""

from dataclasses import dataclass

from copilot.review.wording.finding import FINDING, FindingWords
from copilot.review.wording.hearing import HEARING, HearingWords
from copilot.review.wording.session import SESSION, SessionWords
from copilot.review.wording.signs import SIGNS, Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """Every heading and phrase of a report; braces hold what is filled in."""

    finding: FindingWords
    hearing: HearingWords
    session: SessionWords
    signs: Signs
    title: str
    about: str
    started: str
    length: str
    ended: str
    goes_to: str
    nowhere: str
    doubt: str
    doubt_value: str
    gaps: str
    to_the_end: str
    plan: str
    plan_columns: tuple[str, str, str, str, str]
    heard_of_all: str
    no_flags: str
    suggestions: str
    suggestion_columns: tuple[str, str, str, str]
    no_suggestions: str
    made_with: str
    corrections: str
    corrected_means: str
    doubtful_means: str
    nothing_said: str
    reviewed: str


_EN = ReportWords(
    finding=FINDING["en"],
    hearing=HEARING["en"],
    session=SESSION["en"],
    signs=SIGNS["en"],
    title="Interview report: {title}",
    about="What was heard, with quotes. It rates nobody: the rating is yours.",
    started="Started",
    length="Length",
    ended="Ended",
    goes_to="Text and sound sent to",
    nowhere="nobody; everything stayed on this machine",
    doubt="Doubtful",
    doubt_value="{uncertain} of {utterances} utterances are doubtful; "
    "{discarded} s of speech-like sound gave no text",
    gaps="Not heard",
    to_the_end="the end",
    plan="Plan and timing",
    plan_columns=("Question", "Planned", "Spent", "Heard", "Your rating"),
    heard_of_all="{heard} of {all}",
    no_flags="Nothing was raised.",
    suggestions="Suggestions",
    suggestion_columns=("At", "Suggestion", "Why", "Fate"),
    no_suggestions="None was made.",
    made_with="Made with",
    corrections="Corrected text",
    corrected_means="stands behind what a reviewer corrected, in its text or its speaker.",
    doubtful_means="stands behind what was hard to understand; it may have been said otherwise.",
    nothing_said="Nothing was heard.",
    reviewed="Reviewed",
)

_FR = ReportWords(
    finding=FINDING["fr"],
    hearing=HEARING["fr"],
    session=SESSION["fr"],
    signs=SIGNS["fr"],
    title="Compte rendu d'entretien : {title}",
    about="Ce qui a été entendu, citations à l'appui. Il ne note personne : "
    "l'appréciation vous revient.",
    started="Début",
    length="Durée",
    ended="Fin",
    goes_to="Texte et son envoyés à",
    nowhere="personne ; tout est resté sur cette machine",
    doubt="Incertain",
    doubt_value="{uncertain} énoncés sur {utterances} sont incertains ; "
    "{discarded} s de son proche de la parole n'ont pas donné de texte",
    gaps="Non entendu",
    to_the_end="la fin",
    plan="Plan et durées",
    plan_columns=("Question", "Prévu", "Passé", "Entendu", "Votre appréciation"),
    heard_of_all="{heard} sur {all}",
    no_flags="Rien n'a été relevé.",
    suggestions="Suggestions",
    suggestion_columns=("À", "Suggestion", "Pourquoi", "Devenir"),
    no_suggestions="Aucune.",
    made_with="Réalisé avec",
    corrections="Texte corrigé",
    corrected_means="suit ce qu'un relecteur a corrigé, dans le texte ou quant à qui parle.",
    doubtful_means="suit ce qui était difficile à comprendre ; autre chose a pu être dit.",
    nothing_said="Rien n'a été entendu.",
    reviewed="Relu",
)

WORDS = {"en": _EN, "fr": _FR}

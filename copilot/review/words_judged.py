"""The words for what humans judged, in each language."""

from dataclasses import dataclass

from copilot.events import Recommendation, Unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedWords:
    """Headings and phrases of ratings and recommendations; braces hold what is filled in."""

    recommendation: str
    recommendations: dict[Recommendation, str]
    competencies: str
    competency_columns: tuple[str, str, str]
    your_rating: str
    not_rated: str
    unrated: dict[Unrated, str]
    taken_back: str
    changed: str
    earlier: str
    quote: str
    colon: str


_EN = JudgedWords(
    recommendation="Your recommendation",
    recommendations={
        Recommendation.STRONG_NO: "Strong no",
        Recommendation.NO: "No",
        Recommendation.YES: "Yes",
        Recommendation.STRONG_YES: "Strong yes",
        Recommendation.UNDECIDED: "Undecided",
    },
    competencies="Competencies",
    competency_columns=("Competency", "Your rating", "Why"),
    your_rating="Your rating",
    not_rated="not rated",
    unrated={Unrated.NOT_ASKED: "not asked", Unrated.NOT_ENOUGH: "not enough to tell"},
    taken_back="taken back",
    changed="changed",
    earlier="Before that",
    quote="“{text}”",
    colon=": ",
)

_FR = JudgedWords(
    recommendation="Votre recommandation",
    recommendations={
        Recommendation.STRONG_NO: "Nettement non",
        Recommendation.NO: "Non",
        Recommendation.YES: "Oui",
        Recommendation.STRONG_YES: "Nettement oui",
        Recommendation.UNDECIDED: "Sans avis arrêté",
    },
    competencies="Compétences",
    competency_columns=("Compétence", "Votre appréciation", "Pourquoi"),
    your_rating="Votre appréciation",
    not_rated="sans appréciation",
    unrated={
        Unrated.NOT_ASKED: "non posée",
        Unrated.NOT_ENOUGH: "pas assez d'éléments pour se prononcer",
    },
    taken_back="retirée",
    changed="modifiée",
    earlier="Auparavant",
    quote="« {text} »",
    colon=" : ",
)

JUDGED = {"en": _EN, "fr": _FR}

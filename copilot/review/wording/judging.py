"""What people judged: ratings, why there is none, and recommendations."""

from dataclasses import dataclass

from copilot.events import Recommendation, Unrated


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgingWords:
    """Headings and phrases of ratings and recommendations; braces hold what is filled in."""

    recommendation: str
    your_recommendation: str
    recommendations: dict[Recommendation, str]
    competencies: str
    competency_columns: tuple[str, str, str]
    your_rating: str
    of_four: str
    not_rated: str
    unrated: dict[Unrated, str]
    taken_back: str
    changed: str
    earlier: str
    in_review: str
    after_findings: str
    first_after_findings: str


_EN = JudgingWords(
    recommendation="Recommendation",
    your_recommendation="Your recommendation",
    recommendations={
        Recommendation.STRONG_NO: "strong no",
        Recommendation.NO: "no",
        Recommendation.YES: "yes",
        Recommendation.STRONG_YES: "strong yes",
        Recommendation.UNDECIDED: "undecided",
    },
    competencies="Competencies",
    competency_columns=("Competency", "Your rating", "Why"),
    your_rating="Your rating",
    of_four="{rating} of 4",
    not_rated="not rated",
    unrated={Unrated.NOT_ASKED: "not asked", Unrated.NOT_ENOUGH: "not enough to tell"},
    taken_back="taken back",
    changed="changed",
    earlier="Before that",
    in_review="after the interview",
    after_findings="after the findings were seen",
    first_after_findings="first judged after the findings were seen",
)

_FR = JudgingWords(
    recommendation="Recommandation",
    your_recommendation="Votre recommandation",
    recommendations={
        Recommendation.STRONG_NO: "nettement non",
        Recommendation.NO: "non",
        Recommendation.YES: "oui",
        Recommendation.STRONG_YES: "nettement oui",
        Recommendation.UNDECIDED: "sans avis arrêté",
    },
    competencies="Compétences",
    competency_columns=("Compétence", "Votre appréciation", "Pourquoi"),
    your_rating="Votre appréciation",
    of_four="{rating} sur 4",
    not_rated="sans appréciation",
    unrated={Unrated.NOT_ASKED: "non posée", Unrated.NOT_ENOUGH: "pas assez d'éléments"},
    taken_back="retirée",
    changed="modifiée",
    earlier="Auparavant",
    in_review="après l'entretien",
    after_findings="après avoir vu les constats",
    first_after_findings="d'abord appréciée après avoir vu les constats",
)

JUDGING = {"en": _EN, "fr": _FR}

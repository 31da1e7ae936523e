"""The words of a merged panel, in each language."""

from dataclasses import dataclass

from copilot.review.panel.merged import Talk
from copilot.review.panel.standing import State
from copilot.review.wording.judging import JUDGING, JudgingWords
from copilot.review.wording.signs import SIGNS, Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelWords:
    """Every heading and phrase of a merged panel; braces hold what is filled in."""

    judging: JudgingWords
    signs: Signs
    title: str
    about: str
    problem: str
    nobody: str
    of: str
    raters: str
    states: dict[State, str]
    handed_in: str
    again: str
    withdrawn: str
    seen: str
    incomplete: str
    session: str
    notes: str
    note: str
    sealed: str
    guides_differ: str
    talk_about: str
    nothing_to_talk: str
    talk: dict[Talk, str]
    competency: str
    unjudged: str
    unknown: str
    not_asked: str
    before: str
    first: str
    first_none: str


_EN = PanelWords(
    judging=JUDGING["en"],
    signs=SIGNS["en"],
    title="Panel: {name}",
    about="What each rater judged, side by side and in the order of the plan. There is no mean: "
    "where raters differ, they talk.",
    problem="Not counted: {why}",
    nobody="Nobody has handed anything in yet.",
    of="{candidate}: {what}",
    raters="raters",
    states={
        "missing": "has not handed in",
        "withdrawn": "took back what was handed in",
        "sealed": "has handed in; still sealed",
        "open": "has handed in",
    },
    handed_in="Handed in {at}",
    again="Handed in {count} times; the latest counts, the first is told where it differs",
    withdrawn="Took back {at}",
    seen="Handed in after the ratings of {names} were open",
    incomplete="Left questions that were asked unjudged",
    session="Interview of {day}, session {session}",
    notes="Notes",
    note="{at} {text}",
    sealed="Sealed until everybody has handed in and opened theirs: {names}",
    guides_differ="The raters' interviews did not follow the same version of the guide.",
    talk_about="Talk about this",
    nothing_to_talk="No ratings are far apart.",
    talk={
        "far_apart": "ratings are two or more apart",
        "cannot_tell": "one rated it, another found there is not enough to tell",
        "opposite": "one recommends, another advises against",
    },
    competency="Competency: {label}",
    unjudged="said nothing",
    unknown="not in this rater's interview",
    not_asked="was not asked in this rater's interview",
    before="Before that: {said}",
    first="Handed in first: {said}; changed later",
    first_none="Handed in first without a judgement; added later",
)

_FR = PanelWords(
    judging=JUDGING["fr"],
    signs=SIGNS["fr"],
    title="Jury : {name}",
    about="Ce que chacun a apprécié, côte à côte et dans l'ordre du plan. Il n'y a pas de "
    "moyenne : là où les avis divergent, on en parle.",
    problem="Non compté : {why}",
    nobody="Personne n'a encore rien remis.",
    of="{candidate} : {what}",
    raters="jury",
    states={
        "missing": "n'a rien remis",
        "withdrawn": "a repris ce qui était remis",
        "sealed": "a remis ; encore scellé",
        "open": "a remis",
    },
    handed_in="Remis le {at}",
    again="Remis {count} fois ; la dernière compte, la première est donnée où elle diffère",
    withdrawn="Repris le {at}",
    seen="Remis après l'ouverture des appréciations de {names}",
    incomplete="A laissé sans avis des questions posées",
    session="Entretien du {day}, session {session}",
    notes="Notes",
    note="{at} {text}",
    sealed="Scellé tant que tous n'ont pas remis et ouvert : {names}",
    guides_differ="Les entretiens du jury n'ont pas suivi la même version du guide.",
    talk_about="À discuter",
    nothing_to_talk="Aucune appréciation n'est éloignée des autres.",
    talk={
        "far_apart": "deux points d'écart ou plus",
        "cannot_tell": "l'un a apprécié, un autre n'a pas assez d'éléments",
        "opposite": "l'un recommande, un autre déconseille",
    },
    competency="Compétence : {label}",
    unjudged="n'a rien dit",
    unknown="absent de l'entretien de cette personne",
    not_asked="non posée dans l'entretien de cette personne",
    before="Auparavant : {said}",
    first="Remis d'abord : {said} ; modifié ensuite",
    first_none="Remis d'abord sans avis ; ajouté ensuite",
)

WORDS = {"en": _EN, "fr": _FR}

"""What the HTML report says beyond the words that all reports share, in each language."""

import dataclasses
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from copilot.html.typography import french_spaces
from copilot.review.recap.words import RECAP_WORDS
from copilot.review.wording.finding import FINDING, FindingWords
from copilot.review.wording.hearing import HEARING, HearingWords
from copilot.review.wording.judging import JUDGING, JudgingWords
from copilot.review.wording.session import SESSION, SessionWords
from copilot.review.words import WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """Headings and phrases of the page; braces hold what is filled in."""

    judging: JudgingWords
    finding: FindingWords
    hearing: HearingWords
    session: SessionWords
    contents: str
    skip: str
    date: str
    consent: str
    judgement: str
    judgement_about: str
    no_recommendation: str
    competency: str
    question: str
    rating: str
    reason: str
    none_rated: str
    in_interview: str
    by: str
    earlier: str
    earlier_times: tuple[str, str]
    recap: str
    timeline: str
    timeline_about: str
    timeline_text: str
    lane_findings: str
    lane_notes: str
    not_recorded: str
    mark: str
    note: str
    coverage: str
    point: str
    state: str
    quotes_at: str
    transcript_about: str
    no_transcript: str
    heard_so: str
    sound_about: str
    play: str
    footer: str
    guide: str
    hash: str
    title: str
    purposes: dict[str, str]
    months: str


_EN = PageWords(
    judging=JUDGING["en"],
    finding=FINDING["en"],
    hearing=HEARING["en"],
    session=SESSION["en"],
    contents="Contents",
    skip="To the transcript",
    date="{day} {month} {year}, {time} ({zone})",
    consent="Consent to recording",
    judgement="What the interviewer judged",
    judgement_about="Given by people. The software rates and recommends nothing.",
    no_recommendation="None was given.",
    competency="Competency",
    question="Question",
    rating="Rating",
    reason="Reason",
    none_rated="None has been rated.",
    in_interview="during the interview",
    by="by {by}",
    earlier="earlier: {what}",
    earlier_times=("changed {count} time", "changed {count} times"),
    recap="Recap",
    timeline="The interview at a glance",
    timeline_about="From left to right. Whatever is drawn leads to its place in the transcript.",
    timeline_text="{length} long. {questions}. {evidenced} findings with quotes, {flags} flags, "
    "{notes} notes, {marks} marked moments, {gaps} stretches not recorded.",
    lane_findings="Findings",
    lane_notes="Notes and marks",
    not_recorded="not recorded",
    mark="marked moment",
    note="note",
    coverage="Coverage",
    point="Expected point",
    state="State",
    quotes_at="Quoted at",
    transcript_about="Highlighted is what stands as a quote above.",
    no_transcript="Nothing was transcribed.",
    heard_so="as was heard",
    sound_about="The files lie beside this one. A small triangle plays what stands next to it.",
    play="play {at}",
    footer="This file holds a person's words. Keep it as you keep the recording, and delete it in "
    "time.",
    guide="guide",
    hash="hash",
    title="Interview report",
    purposes={
        "transcription": "Transcription",
        "voice activity": "Voice activity",
        "matching": "Matching",
        "language": "Language model",
    },
    months="January February March April May June July August September October November December",
)

_FR = PageWords(
    judging=JUDGING["fr"],
    finding=FINDING["fr"],
    hearing=HEARING["fr"],
    session=SESSION["fr"],
    contents="Sommaire",
    skip="À la transcription",
    date="{day} {month} {year}, {time} ({zone})",
    consent="Consentement à l'enregistrement",
    judgement="L'appréciation de l'intervieweur",
    judgement_about="Donnée par des personnes. Le logiciel ne note et ne recommande rien.",
    no_recommendation="Aucune n'a été donnée.",
    competency="Compétence",
    question="Question",
    rating="Appréciation",
    reason="Motif",
    none_rated="Aucune appréciation n'a été donnée.",
    in_interview="pendant l'entretien",
    by="par {by}",
    earlier="auparavant : {what}",
    earlier_times=("changée {count} fois", "changée {count} fois"),
    recap="Récapitulatif",
    timeline="L'entretien en un coup d'œil",
    timeline_about="De gauche à droite. Chaque élément mène à sa place dans la transcription.",
    timeline_text="Durée : {length}. {questions}. {evidenced} constats avec citation, "
    "{flags} signaux, {notes} notes, {marks} moments marqués, {gaps} passages non enregistrés.",
    lane_findings="Constats",
    lane_notes="Notes et moments marqués",
    not_recorded="non enregistré",
    mark="moment marqué",
    note="note",
    coverage="Ce qui a été abordé",
    point="Point attendu",
    state="État",
    quotes_at="Cité à",
    transcript_about="Ce qui est cité plus haut est surligné.",
    no_transcript="Rien n'a été transcrit.",
    heard_so="selon ce qui a été entendu",
    sound_about="Les fichiers se trouvent à côté de celui-ci. Un petit triangle fait entendre ce "
    "qui le suit.",
    play="écouter {at}",
    footer="Ce fichier contient les paroles d'une personne. Conservez-le comme l'enregistrement, "
    "et supprimez-le à temps.",
    guide="guide",
    hash="empreinte",
    title="Compte rendu d'entretien",
    purposes={
        "transcription": "Transcription",
        "voice activity": "Détection de la voix",
        "matching": "Rapprochement",
        "language": "Modèle de langage",
    },
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
)


_Told = TypeVar("_Told")


def _spaced(told: _Told) -> _Told:
    """Texts, or a table of them at any depth, with French spaces."""
    return cast("_Told", _respaced(told))


def _respaced(told: Any) -> Any:
    if isinstance(told, str):
        return french_spaces(told)
    if isinstance(told, dict):
        return {key: _respaced(each) for key, each in told.items()}
    if isinstance(told, tuple):
        return tuple(_respaced(each) for each in told)
    texts = {each.name: _respaced(getattr(told, each.name)) for each in dataclasses.fields(told)}
    return dataclasses.replace(told, **texts)


PAGE_WORDS = {"en": _EN, "fr": _spaced(_FR)}
#: The tables that other reports have as well, spaced as a page is.
SHARED_WORDS = {"en": WORDS["en"], "fr": _spaced(WORDS["fr"])}
SHARED_RECAP_WORDS = {"en": RECAP_WORDS["en"], "fr": _spaced(RECAP_WORDS["fr"])}

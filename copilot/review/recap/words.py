"""The words of a recap, in each language."""

from dataclasses import dataclass

from copilot.review.recap.model import LimitKind, RowKind
from copilot.review.wording.finding import FINDING, FindingWords
from copilot.review.wording.hearing import HEARING, HearingWords
from copilot.review.wording.session import SESSION, SessionWords
from copilot.review.wording.signs import SIGNS, Signs


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapWords:
    """Every heading and phrase of a recap; braces hold what is filled in.

    Limits have two forms, for one and for several; the second does where there is no number.
    """

    finding: FindingWords
    hearing: HearingWords
    session: SessionWords
    signs: Signs
    title: str
    about: str
    about_prose: str
    limits: str
    no_limits: str
    heard: str
    unclear: str
    denied: str
    not_heard: str
    not_heard_means: str
    follow_ups: str
    not_asked_at_all: str
    others: tuple[str, str]
    hidden: str
    times: str
    times_columns: tuple[str, str, str]
    timeline: str
    gaps: str
    gap: str
    prose: str
    unread: str
    written: str
    sent_to: str
    stayed_here: str
    sentences: str
    dropped: str
    nothing_dropped: str
    rows: dict[RowKind, str]
    limit_texts: dict[LimitKind, tuple[str, str]]
    checks: dict[str, str]


_EN = RecapWords(
    finding=FINDING["en"],
    hearing=HEARING["en"],
    session=SESSION["en"],
    signs=SIGNS["en"],
    title="Recap: {title}",
    about="What was heard, in the candidate's own words. It rates nobody: the rating is yours.",
    about_prose="What was heard, in a language model's words and the candidate's own. Each sentence"
    " names the utterances it rests on, and code checked it against them; that lessens mistakes and"
    " does not rule them out, so the quotes count. It rates nobody: the rating is yours.",
    limits="What limits this recap",
    no_limits="Nothing that was noticed.",
    heard="Heard",
    unclear="Unclear",
    denied="Denied",
    not_heard="Not heard",
    not_heard_means="Unheard or unclear is not a weakness: it may have been said in other words, or"
    " nobody asked.",
    follow_ups="Follow-ups asked",
    not_asked_at_all="Not asked: {questions}.",
    others=("{count} more quote", "{count} more quotes"),
    hidden="Left out until you have rated the answer: {questions}.",
    times="Time per question",
    times_columns=("Question", "Planned", "Spent"),
    timeline="Timeline",
    gaps="Not recorded",
    gap="{cause}, {side}: {seconds} in {count}",
    prose="In short",
    unread="The language model gave nothing usable for this answer or a part of it; the quotes"
    " are whole.",
    written="Sentences by {model}, prompt {prompt} ({sha256})",
    sent_to="text sent to {host}",
    stayed_here="nothing left this machine",
    sentences="sentences: {proposed} proposed, {kept} shown",
    dropped="left out by code: {checks}",
    nothing_dropped="none left out",
    rows={
        RowKind.QUESTION: "question",
        RowKind.FOLLOW_UP: "follow-up",
        RowKind.GAP: "not recorded",
        RowKind.ALARM: "sound",
        RowKind.NOTE: "note",
        RowKind.MARK: "marked moment",
    },
    limit_texts={
        LimitKind.DECLINED: (
            "",
            "The candidate declined to be recorded: what was not heard may have been said.",
        ),
        LimitKind.NOTHING_HEARD: ("", "Nothing was heard at all."),
        LimitKind.GAP: (
            "{seconds} of {side} were not recorded ({cause}).",
            "{seconds} of {side} were not recorded, in {count} stretches ({cause}).",
        ),
        LimitKind.ALARM: (
            "The sound of {side} was no use for {seconds} ({alarm}).",
            "The sound of {side} was no use for {seconds}, {count} times ({alarm}).",
        ),
        LimitKind.DOUBTFUL: (
            "{count} of {total} utterances is doubtful ({share}).",
            "{count} of {total} utterances are doubtful ({share}).",
        ),
        LimitKind.DISCARDED: ("", "{seconds} of speech-like sound gave no text."),
        LimitKind.REFUSED: (
            "{count} finding was dropped because its quote did not stand in the transcript.",
            "{count} findings were dropped because their quotes did not stand in the transcript.",
        ),
        LimitKind.CORRECTED: (
            "{count} utterance was corrected by a reviewer.",
            "{count} utterances were corrected by reviewers.",
        ),
        LimitKind.INTERRUPTED: ("", "The session was broken off, or gone on with after a break."),
        LimitKind.NOT_ASKED: (
            "{count} of {total} planned questions was not asked.",
            "{count} of {total} planned questions were not asked.",
        ),
    },
    checks={
        "form": "not a plain sentence",
        "ids": "no utterance of that answer named",
        "instruction": "a copy of the instruction",
        "length": "too long",
        "language": "another language",
        "first_person": "first person",
        "judgement": "judges",
        "off_limits": "touches a protected matter",
        "figures": "a figure that was not said",
        "names": "a name that was not said",
        "words": "words that were not said",
        "amount": "speaks of all, most or only where nobody did",
        "opposite": "the opposite of what was said",
        "merged": "puts together what was said apart",
        "intention": "tells as done what was only meant",
        "denial": "denies what was not denied, or the other way round",
        "actor": "says who did it otherwise",
        "meaning": "too far from what was said",
        "repeated": "said already",
        "anothers_words": "rests on words that are not the candidate's",
        "corrected_since": "rests on text corrected since",
    },
)

_FR = RecapWords(
    finding=FINDING["fr"],
    hearing=HEARING["fr"],
    session=SESSION["fr"],
    signs=SIGNS["fr"],
    title="Récapitulatif : {title}",
    about="Ce qui a été entendu, dans les mots du candidat. Il ne note personne : "
    "l'appréciation vous revient.",
    about_prose="Ce qui a été entendu, dans les mots d'un modèle de langage et dans ceux du"
    " candidat. Chaque phrase indique les énoncés sur lesquels elle repose, et le logiciel l'y a"
    " confrontée ; cela réduit les erreurs sans les exclure : les citations font foi. Il ne note"
    " personne : l'appréciation vous revient.",
    limits="Ce qui limite ce récapitulatif",
    no_limits="Rien qui ait été remarqué.",
    heard="Entendu",
    unclear="Incertain",
    denied="Démenti",
    not_heard="Non entendu",
    not_heard_means="Non entendu ou incertain n'est pas une faiblesse : cela a pu être dit"
    " autrement, ou personne ne l'a demandé.",
    follow_ups="Relances posées",
    not_asked_at_all="Non posées : {questions}.",
    others=("{count} autre citation", "{count} autres citations"),
    hidden="Laissé de côté tant que vous n'avez pas noté la réponse : {questions}.",
    times="Temps par question",
    times_columns=("Question", "Prévu", "Passé"),
    timeline="Chronologie",
    gaps="Non enregistré",
    gap="{cause}, {side} : {seconds} en {count}",
    prose="En bref",
    unread="Le modèle de langage n'a rien donné d'utilisable pour cette réponse ou une partie ; les"
    " citations sont entières.",
    written="Phrases de {model}, prompt {prompt} ({sha256})",
    sent_to="texte envoyé à {host}",
    stayed_here="rien n'a quitté cette machine",
    sentences="phrases : {proposed} proposées, {kept} montrées",
    dropped="écartées par le logiciel : {checks}",
    nothing_dropped="aucune écartée",
    rows={
        RowKind.QUESTION: "question",
        RowKind.FOLLOW_UP: "relance",
        RowKind.GAP: "non enregistré",
        RowKind.ALARM: "son",
        RowKind.NOTE: "note",
        RowKind.MARK: "moment marqué",
    },
    limit_texts={
        LimitKind.DECLINED: (
            "",
            "Le candidat a refusé l'enregistrement : ce qui n'est pas entendu a pu être dit.",
        ),
        LimitKind.NOTHING_HEARD: ("", "Rien n'a été entendu."),
        LimitKind.GAP: (
            "{seconds} non enregistrées, {side} ({cause}).",
            "{seconds} non enregistrées, {side}, en {count} fois ({cause}).",
        ),
        LimitKind.ALARM: (
            "Son inutilisable pendant {seconds}, {side} ({alarm}).",
            "Son inutilisable pendant {seconds}, {side}, {count} fois ({alarm}).",
        ),
        LimitKind.DOUBTFUL: (
            "{count} énoncé sur {total} est incertain ({share}).",
            "{count} énoncés sur {total} sont incertains ({share}).",
        ),
        LimitKind.DISCARDED: ("", "{seconds} de son proche de la parole n'ont pas donné de texte."),
        LimitKind.REFUSED: (
            "{count} constat a été écarté : sa citation ne figure pas dans la transcription.",
            "{count} constats ont été écartés : leur citation ne figure pas dans la transcription.",
        ),
        LimitKind.CORRECTED: (
            "{count} énoncé a été corrigé à la relecture.",
            "{count} énoncés ont été corrigés à la relecture.",
        ),
        LimitKind.INTERRUPTED: ("", "La session a été interrompue, ou reprise après une pause."),
        LimitKind.NOT_ASKED: (
            "{count} question prévue sur {total} n'a pas été posée.",
            "{count} questions prévues sur {total} n'ont pas été posées.",
        ),
    },
    checks={
        "form": "pas une phrase simple",
        "ids": "aucun énoncé de cette réponse indiqué",
        "instruction": "copie de la consigne",
        "length": "trop longue",
        "language": "autre langue",
        "first_person": "première personne",
        "judgement": "porte un jugement",
        "off_limits": "touche à un sujet protégé",
        "figures": "un chiffre qui n'a pas été dit",
        "names": "un nom qui n'a pas été dit",
        "words": "des mots qui n'ont pas été dits",
        "amount": "parle de tous, de la plupart ou d'un seul sans que ce soit dit",
        "opposite": "le contraire de ce qui a été dit",
        "merged": "réunit ce qui a été dit séparément",
        "intention": "donne pour fait ce qui était seulement envisagé",
        "denial": "nie ce qui n'a pas été nié, ou l'inverse",
        "actor": "attribue l'action à quelqu'un d'autre",
        "meaning": "trop loin de ce qui a été dit",
        "repeated": "déjà dit",
        "anothers_words": "repose sur des mots qui ne sont pas du candidat",
        "corrected_since": "repose sur un texte corrigé depuis",
    },
)

RECAP_WORDS = {"en": _EN, "fr": _FR}

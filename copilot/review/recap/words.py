"""The words of a recap, in each language."""

from dataclasses import dataclass

from copilot.events import AlarmKind, Channel, GapCause, SuggestionFate
from copilot.review.recap.model import LimitKind, RowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class RecapWords:
    """Every heading and phrase of a recap; braces hold what is filled in.

    Limits have two forms, for one and for several; the second does where there is no number.
    """

    title: str
    about: str
    about_prose: str
    left_out: str
    limits: str
    no_limits: str
    questions: str
    heard: str
    unclear: str
    denied: str
    not_heard: str
    not_heard_means: str
    flags: str
    benign: str
    follow_ups: str
    not_asked: str
    not_asked_at_all: str
    spent: str
    by_human: str
    corrected: str
    others: tuple[str, str]
    hidden: str
    talk: str
    talk_value: str
    longest: str
    times: str
    times_columns: tuple[str, str, str]
    timeline: str
    gaps: str
    gap: str
    no_gaps: str
    minutes: str
    prose: str
    unread: str
    written: str
    sent_to: str
    stayed_here: str
    sentences: str
    dropped: str
    nothing_dropped: str
    quote: str
    colon: str
    sides: dict[Channel | None, str]
    causes: dict[GapCause, str]
    alarms: dict[AlarmKind, str]
    rows: dict[RowKind, str]
    fates: dict[SuggestionFate, str]
    limit_texts: dict[LimitKind, tuple[str, str]]
    checks: dict[str, str]


_EN = RecapWords(
    title="Recap: {title}",
    about="What was heard, in the candidate's own words. It rates nobody: the rating is yours.",
    about_prose="What was heard, in a language model's words and the candidate's own. Each sentence"
    " names the utterances it rests on, and code checked it against them; that lessens mistakes and"
    " does not rule them out, so the quotes count. It rates nobody: the rating is yours.",
    left_out="{sign} stands in a quote for what was told unasked about a protected matter, such as "
    "health or family; it must not count.",
    limits="What limits this recap",
    no_limits="Nothing that was noticed.",
    questions="Questions",
    heard="Heard",
    unclear="Unclear",
    denied="Denied",
    not_heard="Not heard",
    not_heard_means="Unheard or unclear is not a weakness: it may have been said in other words, or"
    " nobody asked.",
    flags="Worth a second look",
    benign="It may also mean: {text}",
    follow_ups="Follow-ups asked",
    not_asked="not asked",
    not_asked_at_all="Not asked: {questions}.",
    spent="{spent} of {planned} planned",
    by_human="set by hand",
    corrected="text corrected since",
    others=("{count} more quote", "{count} more quotes"),
    hidden="Left out until you have rated the answer: {questions}.",
    talk="Talk shares",
    talk_value="candidate {candidate} ({share}), interviewer {interviewer}",
    longest="longest monologue of the candidate: {length}, from {start}",
    times="Time per question",
    times_columns=("Question", "Planned", "Spent"),
    timeline="Timeline",
    gaps="Not recorded",
    gap="{cause}, {side}: {seconds} in {count}",
    no_gaps="no gaps",
    minutes="{n} min",
    prose="In short",
    unread="The language model gave nothing usable for this answer or a part of it; the quotes"
    " are whole.",
    written="Sentences by {model}, prompt {prompt} ({sha256})",
    sent_to="text sent to {host}",
    stayed_here="nothing left this machine",
    sentences="sentences: {proposed} proposed, {kept} shown",
    dropped="left out by code: {checks}",
    nothing_dropped="none left out",
    quote="“{text}”",
    colon=": ",
    sides={
        Channel.INTERVIEWER: "interviewer",
        Channel.CANDIDATE: "candidate",
        None: "both sides",
    },
    causes={
        GapCause.DEVICE: "device lost",
        GapCause.OVERFLOW: "machine too busy",
        GapCause.OFF_RECORD: "off the record",
        GapCause.ASLEEP: "machine asleep",
        GapCause.DISK: "disk full",
    },
    alarms={
        AlarmKind.NO_SIGNAL: "no signal",
        AlarmKind.SILENT: "silent while the other side waited",
        AlarmKind.CLIPPING: "too loud to be understood",
    },
    rows={
        RowKind.QUESTION: "question",
        RowKind.FOLLOW_UP: "follow-up",
        RowKind.GAP: "not recorded",
        RowKind.ALARM: "sound",
        RowKind.NOTE: "note",
        RowKind.MARK: "marked moment",
    },
    fates={
        SuggestionFate.TAKEN: "taken",
        SuggestionFate.ASKED: "heard asked",
    },
    limit_texts={
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
    title="Récapitulatif : {title}",
    about="Ce qui a été entendu, dans les mots du candidat. Il ne note personne : "
    "l'appréciation vous revient.",
    about_prose="Ce qui a été entendu, dans les mots d'un modèle de langage et dans ceux du"
    " candidat. Chaque phrase indique les énoncés sur lesquels elle repose, et le logiciel l'y a"
    " confrontée ; cela réduit les erreurs sans les exclure : les citations font foi. Il ne note"
    " personne : l'appréciation vous revient.",
    left_out="{sign} remplace dans une citation ce qui a été dit spontanément sur un sujet "
    "protégé, comme la santé ou la famille ; cela ne doit pas compter.",
    limits="Ce qui limite ce récapitulatif",
    no_limits="Rien qui ait été remarqué.",
    questions="Questions",
    heard="Entendu",
    unclear="Incertain",
    denied="Démenti",
    not_heard="Non entendu",
    not_heard_means="Non entendu ou incertain n'est pas une faiblesse : cela a pu être dit"
    " autrement, ou personne ne l'a demandé.",
    flags="À regarder de plus près",
    benign="Autre lecture possible : {text}",
    follow_ups="Relances posées",
    not_asked="non posée",
    not_asked_at_all="Non posées : {questions}.",
    spent="{spent} sur {planned} prévues",
    by_human="décidé à la main",
    corrected="texte corrigé depuis",
    others=("{count} autre citation", "{count} autres citations"),
    hidden="Laissé de côté tant que vous n'avez pas noté la réponse : {questions}.",
    talk="Temps de parole",
    talk_value="candidat {candidate} ({share}), intervieweur {interviewer}",
    longest="plus long monologue du candidat : {length}, à partir de {start}",
    times="Temps par question",
    times_columns=("Question", "Prévu", "Passé"),
    timeline="Chronologie",
    gaps="Non enregistré",
    gap="{cause}, {side} : {seconds} en {count}",
    no_gaps="aucune lacune",
    minutes="{n} min",
    prose="En bref",
    unread="Le modèle de langage n'a rien donné d'utilisable pour cette réponse ou une partie ; les"
    " citations sont entières.",
    written="Phrases de {model}, prompt {prompt} ({sha256})",
    sent_to="texte envoyé à {host}",
    stayed_here="rien n'a quitté cette machine",
    sentences="phrases : {proposed} proposées, {kept} montrées",
    dropped="écartées par le logiciel : {checks}",
    nothing_dropped="aucune écartée",
    quote="« {text} »",
    colon=" : ",
    sides={
        Channel.INTERVIEWER: "intervieweur",
        Channel.CANDIDATE: "candidat",
        None: "les deux côtés",
    },
    causes={
        GapCause.DEVICE: "périphérique perdu",
        GapCause.OVERFLOW: "machine surchargée",
        GapCause.OFF_RECORD: "hors enregistrement",
        GapCause.ASLEEP: "machine en veille",
        GapCause.DISK: "disque plein",
    },
    alarms={
        AlarmKind.NO_SIGNAL: "aucun signal",
        AlarmKind.SILENT: "silence pendant que l'autre côté attendait",
        AlarmKind.CLIPPING: "trop fort pour être compris",
    },
    rows={
        RowKind.QUESTION: "question",
        RowKind.FOLLOW_UP: "relance",
        RowKind.GAP: "non enregistré",
        RowKind.ALARM: "son",
        RowKind.NOTE: "note",
        RowKind.MARK: "moment marqué",
    },
    fates={
        SuggestionFate.TAKEN: "retenue",
        SuggestionFate.ASKED: "entendue posée",
    },
    limit_texts={
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

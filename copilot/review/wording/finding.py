"""What was found: the states of points, flags, and what became of suggestions."""

from dataclasses import dataclass

from copilot.events import FindingState, SuggestionFate

#: The order in which points are told.
POINT_STATES = (
    FindingState.EVIDENCED,
    FindingState.DENIED,
    FindingState.UNCLEAR,
    FindingState.NOT_HEARD,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingWords:
    """Phrases of findings and suggestions; braces hold what is filled in."""

    states: dict[FindingState, str]
    by_human: str
    corrected: str
    misattributed: str
    flags: str
    benign: str
    under: str
    left_out: str
    fates: dict[SuggestionFate, str]


_EN = FindingWords(
    states={
        FindingState.EVIDENCED: "evidenced",
        FindingState.DENIED: "denied",
        FindingState.UNCLEAR: "unclear",
        FindingState.NOT_HEARD: "not heard",
        FindingState.RAISED: "worth a second look",
        FindingState.NOT_RAISED: "not raised",
    },
    by_human="set by hand",
    corrected="text corrected since",
    misattributed="a quote was taken away: it is not the candidate's",
    flags="Worth a second look",
    benign="It may also mean: {text}",
    under="under “{question}”",
    left_out="{sign} stands in a quote for what was told unasked about a protected matter, such as "
    "health or family; it must not count.",
    fates={
        SuggestionFate.TAKEN: "taken",
        SuggestionFate.ASKED: "heard asked",
        SuggestionFate.SKIPPED: "skipped",
        SuggestionFate.DISMISSED: "dismissed",
        SuggestionFate.ANSWERED: "answered before it was asked",
        SuggestionFate.SUPERSEDED: "withdrawn, the interview moved on",
        SuggestionFate.EXPIRED: "withdrawn, went stale",
        SuggestionFate.UNUSED: "open at the end",
    },
)

_FR = FindingWords(
    states={
        FindingState.EVIDENCED: "entendu",
        FindingState.DENIED: "démenti",
        FindingState.UNCLEAR: "incertain",
        FindingState.NOT_HEARD: "non entendu",
        FindingState.RAISED: "à regarder de plus près",
        FindingState.NOT_RAISED: "non relevé",
    },
    by_human="décidé à la main",
    corrected="texte corrigé depuis",
    misattributed="une citation a été retirée : elle n'est pas du candidat",
    flags="À regarder de plus près",
    benign="Autre lecture possible : {text}",
    under="sous « {question} »",
    left_out="{sign} remplace dans une citation ce qui a été dit spontanément sur un sujet "
    "protégé, comme la santé ou la famille ; cela ne doit pas compter.",
    fates={
        SuggestionFate.TAKEN: "retenue",
        SuggestionFate.ASKED: "entendue posée",
        SuggestionFate.SKIPPED: "passée",
        SuggestionFate.DISMISSED: "écartée",
        SuggestionFate.ANSWERED: "devenue inutile, la réponse est venue",
        SuggestionFate.SUPERSEDED: "retirée, l'entretien a avancé",
        SuggestionFate.EXPIRED: "retirée, périmée",
        SuggestionFate.UNUSED: "ouverte à la fin",
    },
)

FINDING = {"en": _EN, "fr": _FR}

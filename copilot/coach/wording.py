"""The coach's own words, in the language of the interview."""

_TEXTS = {
    "en": {
        "not_heard": "not heard yet: {label}",
        "unclear": "unclear so far: {label}",
        "flag": "worth a second look: {label}",
        "all_heard": "every point has been heard",
        "time_up": "the planned {minutes} minutes are used",
        "cap": "{count} follow-ups used on this question",
    },
    "fr": {
        "not_heard": "pas encore entendu : {label}",
        "unclear": "encore incertain : {label}",
        "flag": "à regarder de plus près : {label}",
        "all_heard": "tous les points ont été entendus",
        "time_up": "les {minutes} minutes prévues sont écoulées",
        "cap": "{count} relances déjà utilisées sur cette question",
    },
}


def reason(language: str, key: str, **values: object) -> str:
    """Why a suggestion is offered, in a few words."""
    return _TEXTS[language][key].format(**values)

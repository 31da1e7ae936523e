"""The coach's own words, in the language of the interview.

A guide's probe is better than anything here: these are for what no guide can know, such as that a
story has no end. Each has several ways of asking, because no question is shown twice.
"""

from copilot.knowledge.guide import Language

_REASONS: dict[Language, dict[str, str]] = {
    "en": {
        "not_heard": "not heard yet: {label}",
        "unclear": "unclear so far: {label}",
        "near": "just touched on, still unclear: {label}",
        "flag": "worth a second look: {label}",
        "all_heard": "every point has been heard",
        "no_points": "the guide expects nothing in particular here",
        "time_up": "the planned {minutes} minutes are used",
        "cap": "{count} follow-ups used on this question",
        "situation": "no particular occasion heard yet",
        "task": "not heard yet: what was to be done",
        "action": "not heard yet: what they did themselves",
        "we": "so far “we”: what they did themselves is not heard yet",
        "result": "not heard yet: how it ended",
        "figure": "a result was claimed, no figure heard",
    },
    "fr": {
        "not_heard": "pas encore entendu : {label}",
        "unclear": "encore incertain : {label}",
        "near": "évoqué à l'instant, encore incertain : {label}",
        "flag": "à regarder de plus près : {label}",
        "all_heard": "tous les points ont été entendus",
        "no_points": "le guide n'attend rien de particulier ici",
        "time_up": "les {minutes} minutes prévues sont écoulées",
        "cap": "{count} relances déjà utilisées sur cette question",
        "situation": "aucun cas précis entendu",
        "task": "pas encore entendu : ce qu'il y avait à faire",
        "action": "pas encore entendu : sa part personnelle",
        "we": "« on » ou « nous » jusqu'ici : sa part personnelle n'est pas encore entendue",
        "result": "pas encore entendu : comment cela s'est terminé",
        "figure": "un résultat est avancé, aucun chiffre entendu",
    },
}

_QUESTIONS: dict[Language, dict[str, tuple[str, ...]]] = {
    "en": {
        "situation": (
            "Which particular occasion comes to mind?",
            "What was going on the last time that happened?",
            "When did you go through that yourself?",
        ),
        "task": (
            "What was expected of you at that point?",
            "What exactly had to be done?",
            "What did people want from you there?",
        ),
        "action": (
            "What was your own part in that?",
            "What did you do yourself at that point?",
            "Which of those steps were yours?",
            "What would have been missing without you?",
        ),
        "result": (
            "How did it turn out in the end?",
            "What came of it?",
            "Where did things stand some months later?",
            "What was different afterwards?",
        ),
        "figure": (
            "What figures do you have for that?",
            "How large was the difference, roughly?",
            "What were the numbers before and after?",
            "How did you measure that?",
        ),
        "open": (
            "What else comes to mind when you think back to that?",
            "What have we not talked about yet there?",
            "How did you go about it, step by step?",
            "What would you add to that?",
        ),
    },
    "fr": {
        "situation": (
            "À quel cas précis pensez-vous ?",
            "Que se passait-il la dernière fois que c'est arrivé ?",
            "Quand avez-vous vécu cela vous-même ?",
        ),
        "task": (
            "Qu'est-ce qu'on attendait de vous à ce moment-là ?",
            "Qu'est-ce qu'il y avait à faire exactement ?",
            "Que vous demandait-on au juste ?",
        ),
        "action": (
            "Quelle a été votre part à vous dans tout cela ?",
            "Qu'avez-vous fait vous-même à ce moment-là ?",
            "Lesquelles de ces étapes étaient les vôtres ?",
            "Qu'est-ce qui aurait manqué sans vous ?",
        ),
        "result": (
            "Comment cela s'est-il terminé ?",
            "Qu'est-ce que cela a donné au bout du compte ?",
            "Où en étaient les choses quelques mois plus tard ?",
            "Qu'est-ce qui était différent ensuite ?",
        ),
        "figure": (
            "Quels chiffres avez-vous là-dessus ?",
            "De combien était la différence, à peu près ?",
            "Quels étaient les chiffres avant et après ?",
            "Comment l'avez-vous mesuré ?",
        ),
        "open": (
            "Qu'est-ce qui vous revient encore quand vous y repensez ?",
            "De quoi n'avons-nous pas encore parlé à ce sujet ?",
            "Comment vous y êtes-vous pris, étape par étape ?",
            "Qu'est-ce que vous ajouteriez à cela ?",
        ),
    },
}

_LEADS: dict[Language, str] = {
    "en": "You mentioned {term}: {question}",
    # Between quotation marks a term needs no article, agreement or elision.
    "fr": "Vous avez mentionné « {term} » : {question}",
}


def reason(language: Language, key: str, **values: object) -> str:
    """Why a suggestion is offered, in a few words."""
    return _REASONS[language][key].format(**values)


def own_questions(language: Language, key: str) -> tuple[str, ...]:
    """The coach's ways of asking for that, the plainest first."""
    return _QUESTIONS[language][key]


def led_to(language: Language, term: str, question: str) -> str:
    """A question behind a term of the candidate's; the question begins in lower case."""
    return _LEADS[language].format(term=term, question=question)

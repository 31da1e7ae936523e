"""Answers to behavioural questions, as people give them: with and without a part of the story."""

from typing import Any

from copilot.knowledge.guide import Guide, Language
from tests.builders import guide_data

#: Situation, task, own action and result, in this order.
WHOLE: dict[Language, str] = {
    "en": (
        "Last year our oven broke down every other week, and the shops were getting their bread "
        "late. My job was to stop that before the summer. I took one morning to write down every "
        "stop, I rang the maker, and I moved the cleaning to the night. In the end the deliveries "
        "left on time again, and the shops thanked us for it."
    ),
    "fr": (
        "L'an dernier, notre four tombait en panne une semaine sur deux, et les magasins "
        "recevaient leur pain en retard. Il fallait régler ça avant l'été. J'ai noté chaque arrêt "
        "pendant un mois, j'ai appelé le fabricant et j'ai déplacé le nettoyage à la nuit. Au "
        "final, les livraisons sont reparties à l'heure et les magasins nous ont remerciés."
    ),
}
#: The same with nobody's deeds but the team's.
ONLY_WE: dict[Language, str] = {
    "en": (
        "Last year our oven broke down every other week, and the shops were getting their bread "
        "late. We needed to stop that before the summer. So we wrote down every stop, we rang the "
        "maker, and we moved the cleaning to the night. I think that was good for everybody. In "
        "the end the deliveries left on time again, and the shops thanked us for it."
    ),
    "fr": (
        "L'an dernier, notre four tombait en panne une semaine sur deux, et les magasins "
        "recevaient leur pain en retard. Il fallait régler ça avant l'été. On a noté chaque arrêt "
        "pendant un mois, on a appelé le fabricant, nous avons déplacé le nettoyage à la nuit. Je "
        "pense que c'était bien pour tout le monde. Au final, les livraisons sont reparties à "
        "l'heure et les magasins nous ont remerciés."
    ),
}
#: The same without an end.
NO_RESULT: dict[Language, str] = {
    "en": (
        "Last year our oven broke down every other week, and the shops were getting their bread "
        "late. My job was to stop that before the summer. I took one morning to write down every "
        "stop, I rang the maker, I asked the cleaners about it, and I moved the cleaning to the "
        "night, because that was when the oven was cold and nobody was waiting for it."
    ),
    "fr": (
        "L'an dernier, notre four tombait en panne une semaine sur deux, et les magasins "
        "recevaient leur pain en retard. Il fallait régler ça avant l'été. J'ai noté chaque arrêt "
        "pendant un mois, j'ai appelé le fabricant, j'ai parlé avec l'équipe du nettoyage et j'ai "
        "déplacé leur passage à la nuit, parce que le four y était froid et que personne n'en avait "
        "besoin à cette heure."
    ),
}
#: Habits, and no occasion.
IN_GENERAL: dict[Language, str] = {
    "en": (
        "It is about people, I think. You listen to everybody, you write things down, you talk to "
        "the maker, and you keep at it. Ovens are like children, each has its own way of being "
        "difficult, and you have to take your time with each of them. Good bakers know their oven "
        "by the smell alone, and they tell you when something isn't quite right with it."
    ),
    "fr": (
        "C'est une question de personnes, je pense. On écoute tout le monde, on note, on parle "
        "avec le fabricant, et on ne lâche pas. Un four, c'est comme un enfant, chacun a sa façon "
        "de faire des histoires, et il faut prendre son temps avec chacun. Les bons boulangers "
        "connaissent leur four à l'odeur, et ils vous disent quand quelque chose ne va pas."
    ),
}
#: The same again without anything to be done.
NO_TASK: dict[Language, str] = {
    "en": (
        "Last year in my old bakery there was a big oven from Italy, and beside it a small one. I "
        "moved the cleaning to the night, I wrote a list for the young ones, I showed them how to "
        "fill it, and I stayed with them for two weeks. In the end they did it by themselves, and "
        "everybody was happy about the bread that came out of it in the mornings."
    ),
    "fr": (
        "L'an dernier, dans mon ancienne boulangerie, il y avait un grand four italien et un petit "
        "à côté. J'ai déplacé le nettoyage à la nuit, j'ai écrit une liste pour les jeunes, je "
        "leur ai montré comment le remplir et je suis passé les voir pendant deux semaines. À la "
        "fin, ils le faisaient tout seuls et tout le monde était content du pain du matin."
    ),
}

_STORY_QUESTIONS: dict[Language, str] = {
    "en": "Tell me about a time when your oven let you down.",
    "fr": "Racontez-moi une fois où votre four vous a lâché.",
}


def story_guide(language: Language = "en", **changes: Any) -> Guide:
    """The small guide, its first question after a story, and with points of little weight."""
    data = guide_data()
    data["language"] = language
    question = data["questions"][0]
    question.update({"kind": "behavioural", "text": _STORY_QUESTIONS[language], **changes})
    for point in question["points"]:
        point["weight"] = 1
    return Guide.model_validate(data)

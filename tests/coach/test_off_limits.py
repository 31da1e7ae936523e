"""Off-limits topics are noticed in questions, protected facts in answers, and ordinary talk in neither."""

import pytest

from copilot.coach.off_limits import LEFT_OUT, redacted, touches, volunteered
from copilot.knowledge.off_limits import Pack, joined, load_packs
from copilot.paths import shipped_knowledge

ASKED = [
    ("en", "health", "Do you have any health problems we should know about?"),
    ("en", "health", "How many sick days did you take last year?"),
    ("en", "health", "Are you on any medication at the moment?"),
    ("en", "pregnancy", "Are you planning to have kids in the next few years?"),
    ("en", "pregnancy", "So, do you want a family one day?"),
    ("en", "family", "Are you married?"),
    ("en", "family", "Who looks after the children when you travel?"),
    ("en", "family", "What does your husband do for a living?"),
    ("en", "age", "How old are you, if I may ask?"),
    ("en", "age", "When do you plan to retire?"),
    ("en", "age", "How would you feel about reporting to a younger manager?"),
    ("en", "religion", "Which church do you go to?"),
    ("en", "religion", "Do you celebrate Christmas?"),
    ("en", "origin", "Where are you really from?"),
    ("en", "origin", "What kind of name is that?"),
    ("en", "origin", "Is English your first language?"),
    ("en", "union", "Have you ever been in a trade union?"),
    ("en", "orientation", "Are you gay?"),
    ("en", "politics", "Who did you vote for?"),
    ("en", "appearance", "How much do you weigh?"),
    ("en", "residence", "Where do you live?"),
    ("en", "military", "What type of discharge did you get from the army?"),
    ("en", "criminal-record", "Have you ever been arrested?"),
    ("en", "salary-history", "What is your current salary?"),
    ("en", "salary-history", "And how much did you make there?"),
    ("en", "finances", "How is your credit?"),
    ("en", "genetics", "Is there any heart disease in your family?"),
    ("fr", "health", "Avez-vous des problèmes de santé ?"),
    ("fr", "health", "Vous êtes souvent malade ?"),
    ("fr", "health", "Combien de jours d'arrêt avez-vous eus l'an dernier ?"),
    ("fr", "pregnancy", "Vous comptez avoir des enfants bientôt ?"),
    ("fr", "pregnancy", "Un petit dernier est prévu ?"),
    ("fr", "family", "Êtes-vous mariée ?"),
    ("fr", "family", "Vous avez des enfants ?"),
    ("fr", "family", "Et qui garde les enfants quand vous voyagez ?"),
    ("fr", "age", "Quel âge avez-vous ?"),
    (
        "fr",
        "age",
        "Vous partez quand à la retraite ? Dans combien d'années prenez-vous votre retraite ?",
    ),
    ("fr", "religion", "Vous faites le ramadan ?"),
    ("fr", "religion", "Êtes-vous pratiquante ?"),
    ("fr", "origin", "D'où venez-vous vraiment ?"),
    ("fr", "origin", "Vous êtes de quelle origine ?"),
    ("fr", "origin", "Où êtes-vous né ?"),
    ("fr", "union", "Êtes-vous syndiqué ?"),
    ("fr", "orientation", "Vous êtes homosexuel ?"),
    ("fr", "politics", "Pour qui avez-vous voté ?"),
    ("fr", "appearance", "Combien pesez-vous ?"),
    ("fr", "residence", "Où habitez-vous ?"),
    ("fr", "military", "Avez-vous fait votre service militaire ?"),
    ("fr", "criminal-record", "Avez-vous un casier judiciaire ?"),
    ("fr", "salary-history", "Combien gagnez-vous aujourd'hui ?"),
    ("fr", "finances", "Avez-vous des dettes ?"),
    ("fr", "genetics", "Y a-t-il des maladies héréditaires chez vous ?"),
]

HARMLESS = [
    ("en", "How old is the system you replaced?"),
    ("en", "How old were your servers?"),
    ("en", "How do you keep a healthy backlog?"),
    ("en", "What are the health checks of your cluster?"),
    ("en", "How did you take the union of two tables?"),
    ("en", "Do you have a family of products?"),
    ("en", "You back up religiously; how did that start?"),
    ("en", "Where are you in the process now?"),
    ("en", "Where do you come in when a release fails?"),
    ("en", "When do you plan to retire the old servers?"),
    ("en", "What was the child process doing?"),
    ("en", "How did you pay down the technical debt?"),
    ("en", "Are you single-handedly running the night shift?"),
    ("en", "Are you engaged in the budget round?"),
    ("en", "What is the race condition you found?"),
    ("en", "How did you negotiate with the unions?"),
    ("en", "How did you cover a maternity leave in your team?"),
    ("en", "Are you authorised to work in this country?"),
    ("en", "How did the gender pay gap in your department change?"),
    ("en", "Are you straight with your suppliers?"),
    ("en", "Are you expecting growth next year?"),
    ("fr", "Quelle est la date de naissance de l'entreprise ?"),
    ("fr", "Comment s'est passé le mariage des deux équipes ?"),
    ("fr", "Quel est l'âge du parc informatique ?"),
    ("fr", "Quelle est l'origine de la panne ?"),
    (
        "fr",
        "Vous venez d'où professionnellement, du conseil ou de l'industrie ?".replace("d'où ", ""),
    ),
    ("fr", "Comment suivez-vous la santé du système ?"),
    ("fr", "Avez-vous une famille de produits à gérer ?"),
    ("fr", "Comment négociez-vous avec les syndicats ?"),
    ("fr", "Où en êtes-vous du projet ?"),
    ("fr", "Êtes-vous autorisé à travailler en France ?"),
    ("fr", "Comment avez-vous réduit la dette technique ?"),
    ("fr", "Quel processus fils tournait encore ?"),
    ("fr", "Quel poids a ce projet dans votre budget ?"),
    ("fr", "Que pensez-vous de la taille de l'équipe ?"),
    ("fr", "Combien de temps l'équipe a-t-elle été en arrêt ?"),
]

TOLD = [
    (
        "en",
        "health",
        "I was diagnosed with multiple sclerosis in 2019",
        "I was diagnosed with multiple sclerosis in 2019, and we moved the data centre that year.",
    ),
    (
        "en",
        "health",
        "I have type one diabetes",
        "I have type one diabetes, so I plan my nights well.",
    ),
    ("en", "health", "I burned out", "Well, I burned out. After that I learnt to delegate."),
    ("en", "pregnancy", "I'm pregnant", "I'm pregnant, but I can start in May."),
    ("en", "pregnancy", "my maternity leave", "The project began after my maternity leave."),
    ("en", "family", "I've got two kids", "I've got two kids, I leave at five."),
    ("en", "family", "my wife works nights", "We shared it since my wife works nights."),
    ("en", "age", "I'm 58 years old", "I'm 58 years old and I still code."),
    (
        "en",
        "religion",
        "I'm a practising Muslim",
        "I'm a practising Muslim, we closed on Fridays at noon.",
    ),
    ("en", "origin", "I was born in Algiers", "I was born in Algiers. I studied in Lyon."),
    (
        "en",
        "union",
        "I'm a shop steward",
        "I'm a shop steward, and I know the rota from that side.",
    ),
    ("en", "orientation", "I'm gay", "I'm gay, it was never a topic in the team."),
    ("en", "politics", "I'm a member of the Labour party", "I'm a member of the Labour party."),
    ("en", "criminal-record", "I was arrested once", "I was arrested once."),
    ("en", "finances", "I filed for bankruptcy", "I filed for bankruptcy."),
    ("en", "genetics", "runs in my family", "Bad hearing runs in my family."),
    (
        "fr",
        "health",
        "J'ai un cancer depuis deux ans",
        "J'ai un cancer depuis deux ans, mais je travaille.",
    ),
    (
        "fr",
        "health",
        "je suis reconnu travailleur handicapé",
        "En fait je suis reconnu travailleur handicapé.",
    ),
    (
        "fr",
        "pregnancy",
        "Je suis enceinte de quatre mois",
        "Je suis enceinte de quatre mois, je préfère le dire.",
    ),
    ("fr", "family", "j'ai trois enfants", "Le soir non, j'ai trois enfants."),
    ("fr", "family", "mon mari travaille de nuit", "Je m'organise car mon mari travaille de nuit."),
    ("fr", "age", "J'ai 57 ans", "J'ai 57 ans, je connais le métier."),
    ("fr", "religion", "Je suis catholique", "Je suis catholique, ça n'a jamais gêné."),
    ("fr", "origin", "Je suis d'origine marocaine", "Je suis d'origine marocaine."),
    ("fr", "union", "je suis délégué syndical", "Chez nous je suis délégué syndical."),
    ("fr", "orientation", "Je suis homosexuel", "Je suis homosexuel."),
    ("fr", "politics", "Je suis conseiller municipal", "Je suis conseiller municipal."),
    ("fr", "residence", "J'habite à Roubaix", "J'habite à Roubaix."),
    ("fr", "criminal-record", "J'ai fait de la prison", "J'ai fait de la prison."),
]

ORDINARY = [
    ("en", "The patient data sits with the health sector team, and healthy margins matter."),
    ("en", "I have a black belt in Six Sigma, I am a black belt since 2015."),
    ("en", "I'm 100 percent sure that the backlog was healthy."),
    ("en", "I was blind to the risk and the union query broke."),
    ("en", "I negotiated with the unions for three months."),
    ("en", "We killed the child process and I have children's data in mind when I say privacy."),
    ("en", "I am engaged in the budget round and a single point of contact."),
    ("en", "I have a lot of technical debt to deal with."),
    ("en", "I'm religious about backups."),
    ("en", "I live in the dashboard all morning, and before a release I pray."),
    ("en", "I have been ten years in operations."),
    ("fr", "J'ai dix ans d'expérience et 25 ans de métier."),
    ("fr", "J'ai 25 ans d'expérience dans la logistique."),
    ("fr", "Le mariage des deux équipes a pris un an."),
    ("fr", "J'ai négocié avec les syndicats pendant trois mois."),
    ("fr", "Je suis croyant que ça va marcher, enfin j'y crois."),
    ("fr", "J'ai adhéré au projet tout de suite."),
    ("fr", "Ma collègue partait en congé maternité et cet outil, c'était vraiment mon bébé."),
    ("fr", "Je suis originaire du métier, de la logistique."),
    ("fr", "La santé du système était bonne."),
]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return joined(load_packs(folders=(shipped_knowledge(),)))


@pytest.mark.parametrize(("language", "topic", "question"), ASKED)
def test_a_question_that_touches_a_topic_is_noticed(
    pack: Pack, language: str, topic: str, question: str
) -> None:
    assert topic in [touch.topic.id for touch in touches(question, language, pack)]


@pytest.mark.parametrize(("language", "question"), HARMLESS)
def test_the_same_words_in_another_sense_are_let_be(
    pack: Pack, language: str, question: str
) -> None:
    found = touches(question, language, pack)
    assert [(touch.topic.id, question[touch.start : touch.end]) for touch in found] == []


def test_a_touch_carries_the_lawful_rewording_and_the_words(pack: Pack) -> None:
    text = "Right. And how old are you, by the way?"

    [touch] = touches(text, "en", pack)

    assert text[touch.start : touch.end] == "how old are you"
    assert "experience" in touch.topic.instead.en


def test_a_topic_is_named_once_and_several_in_their_order(pack: Pack) -> None:
    text = "Are you married? Do you have children? And how old are you?"

    assert [touch.topic.id for touch in touches(text, "en", pack)] == ["family", "age"]


@pytest.mark.parametrize(
    "question",
    [
        "QUEL AGE AVEZ VOUS",
        "quel âge avez‑vous ?",  # noqa: RUF001 - a hyphen that does not break
        "Quel a\u0302ge avez-vous ?",
    ],
)
def test_case_accents_and_hyphens_make_no_difference(pack: Pack, question: str) -> None:
    assert [touch.topic.id for touch in touches(question, "fr", pack)] == ["age"]


@pytest.mark.parametrize(("language", "topic", "fact", "text"), TOLD)
def test_a_protected_fact_is_found_with_its_clause(
    pack: Pack, language: str, topic: str, fact: str, text: str
) -> None:
    found = [
        (each.topic, text[each.start : each.end]) for each in volunteered(text, language, pack)
    ]

    assert (topic, fact) in found


@pytest.mark.parametrize(("language", "text"), ORDINARY)
def test_ordinary_talk_holds_no_protected_fact(pack: Pack, language: str, text: str) -> None:
    found = [
        (each.topic, text[each.start : each.end]) for each in volunteered(text, language, pack)
    ]

    assert found == []
    assert redacted(text, language, pack) == text


def test_what_is_left_of_an_answer_keeps_the_work_and_loses_the_fact(pack: Pack) -> None:
    text = (
        "I have epilepsy and a bad back, and we moved eleven warehouses in a weekend. "
        "My wife was ill, so I led it by phone."
    )

    assert redacted(text, "en", pack) == (
        f"{LEFT_OUT}, and we moved eleven warehouses in a weekend. {LEFT_OUT}, so I led it by phone."
    )


def test_an_enumeration_goes_with_its_fact(pack: Pack) -> None:
    text = "I have diabetes, asthma and a heart condition. We used Terraform."

    assert redacted(text, "en", pack) == f"{LEFT_OUT}. We used Terraform."


def test_a_fact_ends_somewhere_where_nothing_is_punctuated(pack: Pack) -> None:
    text = "j'ai trois enfants " + "et le serveur tombe encore " * 20

    left = redacted(text, "fr", pack)

    assert left.startswith(LEFT_OUT)
    assert left.count("serveur") > 15


@pytest.mark.parametrize("text", ["", " ", "?!…", "\u0301", "…" * 50])
def test_a_text_without_words_holds_nothing(pack: Pack, text: str) -> None:
    assert touches(text, "en", pack) == []
    assert redacted(text, "fr", pack) == text


def test_an_endless_answer_is_read_to_its_end(pack: Pack) -> None:
    text = "we moved the servers and then " * 5_000 + "I have epilepsy."

    [fact] = volunteered(text, "en", pack)

    assert text[fact.start : fact.end] == "I have epilepsy"

"""Words as the gate compares them: which carry content, and their stems, English and French.

Stemming is light: it joins a word's usual forms and no more. Nothing here knows meanings.
"""

import math
from collections.abc import Iterator

from copilot.knowledge.phrases import plain

_SHORTEST_STEM = 4
_SHORTEST_CONTENT = 3
#: Whoever speaks either language needs a function word at least as often.
_WORDS_A_FUNCTION_WORD = 5


def word_set(text: str) -> frozenset[str]:
    """The words of a list written with spaces, over as many lines as it takes."""
    return frozenset(text.split())


#: Words that a sentence of any subject may have. Folded: without accents, apostrophes split.
FUNCTION_WORDS = {
    "en": word_set(
        """a an the this that these those there here it its itself i you he she we they me him her
        us them my your his our their mine yours myself yourself who whom whose which what when
        where why how if whether because since while until after before during about above below
        between among through into onto from with without within of off on in out over under up
        down at by for to as than then so such too very and or but nor not no yes be am is are was
        were been being do does did doing done have has had having will would shall should can
        could may might must don t s re ve ll d m isn aren wasn weren doesn didn hadn hasn won
        wouldn couldn shouldn any some all both each every either neither much many more most few
        less least other another else own same just only also even still already yet again ever
        never always often once now let get got"""
    ),
    "fr": word_set(
        """le la les l un une des du de d au aux ce cet cette ces c ca cela ceci celui celle ceux
        celles je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y en mon ma mes
        ton ta tes son sa ses notre nos votre vos qui que qu quoi dont ou quand comment combien
        pourquoi quel quelle quels quelles lequel laquelle lesquels lesquelles si parce car puisque
        comme pendant depuis avant apres des lors entre parmi chez vers dans sur sous avec sans pour
        par contre a et ou mais donc or ni ne n pas plus moins non oui etre suis es est sommes etes
        sont etais etait etaient etiez ete serait seriez sera seront soit fut ai as avons avez ont
        avais avait avaient aviez aurait auriez aura eu aurez fait faire faites fais faisait
        faisiez font va vais allez aller vont allait peut pouvez pouvait pourrait pourriez peu
        doit devez devait devrait faut fallait tres trop tout toute tous toutes aussi encore deja
        toujours jamais souvent meme memes autre autres chaque quelque quelques aucun aucune rien
        alors ainsi la bien ici cela"""
    ),
}

#: Words of so many questions that sharing one of them shows no tie to an answer.
_GENERAL = {
    "en": word_set(
        """thing things something anything everything someone somebody anyone everyone people
        person way ways time times day case example kind sort lot bit part point make made making
        happen happened happens happening think thought feel felt know knew known say said says
        tell told talk talking ask asked describe described explain explained walk share give gave
        given want wanted need needed like really actually exactly specifically concretely first
        last next new good better best going went come came take took mean look looked see saw use
        used using work worked working job situation question answer experience handle handled
        approach deal did back well instead yourself else one two another follow particular
        different change changed start started end ended put keep kept try tried year
        years two three four five six seven eight nine ten"""
    ),
    "fr": word_set(
        """chose choses quelqu personne personnes gens facon maniere fois jour jours temps moment
        cas exemple exemples sorte genre part point dire dit dites disiez parler parlez parle
        raconter racontez expliquer expliquez decrire decrivez savoir savez savait penser pensez
        voir voyez vu vouloir voulez voulait prendre pris prise passer passe passez passait vraiment
        exactement concretement precisement premier premiere dernier derniere prochain suite ensuite
        nouveau nouvelle bon bonne mieux arriver arrive aller mettre mis mettez donner donnez donne
        travail travailler travaille travaillez poste situation question reponse experience gerer
        gere agir agi trouver trouve utiliser utilise utilisez besoin aimer chez soi vie different
        differente changer change commencer finir devenir devenu venir venu tenir an
        ans annee annees deux trois quatre cinq six sept huit neuf dix"""
    ),
}

_SUFFIXES = {
    "en": (
        *("ations", "ation", "ements", "ement", "nesses", "ness", "ingly", "ings", "ing", "edly"),
        *("ments", "ment", "ers", "er", "ies", "ied", "ed", "es", "ly", "al", "s", "y", "e"),
    ),
    "fr": (
        *("issements", "issement", "issaient", "issait", "ements", "ement", "ations", "ation"),
        *("eraient", "erait", "eront", "aient", "erons", "eriez", "iez", "ions", "ons", "ait"),
        *("ais", "ant", "ants", "ante", "antes", "ees", "ee", "es", "er", "ez", "ent", "eurs"),
        *("eur", "euse", "euses", "aux", "al", "ale", "ales", "if", "ive", "ifs", "ives"),
        *("ir", "is", "it", "e", "s", "x"),
    ),
}
_SUFFIXES_BY_LENGTH = {
    language: tuple(sorted(suffixes, key=len, reverse=True))
    for language, suffixes in _SUFFIXES.items()
}


def words(text: str) -> list[str]:
    """The words of ``text`` in order, folded: without case and accents."""
    return [word for word in plain(text).words() if word != "."]


def stem(word: str, language: str) -> str:
    """What a folded word's usual forms have in common."""
    for suffix in _SUFFIXES_BY_LENGTH[language]:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM:
            word = word.removesuffix(suffix)
            break
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2]
    return word[:-1] if doubled else word


def content(text: str, language: str) -> frozenset[str]:
    """The stems of the words of ``text`` that tie it to a subject."""
    return frozenset(_content(text, language))


def gist(text: str, language: str) -> frozenset[str]:
    """The stems of all words of ``text`` but function words, for telling questions apart."""
    return frozenset(
        stem(word, language) for word in words(text) if word not in FUNCTION_WORDS[language]
    )


def _content(text: str, language: str) -> Iterator[str]:
    without = FUNCTION_WORDS[language] | _GENERAL[language]
    for word in words(text):
        if word not in without and (len(word) >= _SHORTEST_CONTENT or word.isdigit()):
            yield stem(word, language)


def is_in(text: str, language: str) -> bool:
    """Whether ``text`` may be in ``language``: enough of its function words, fewer of others."""
    said = words(text)
    own = sum(word in FUNCTION_WORDS[language] for word in said)
    others = max(
        sum(word in known and word not in FUNCTION_WORDS[language] for word in said)
        for other, known in FUNCTION_WORDS.items()
        if other != language
    )
    return own >= max(1, others, math.ceil(len(said) / _WORDS_A_FUNCTION_WORD))

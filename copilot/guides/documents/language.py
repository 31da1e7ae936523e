"""Which language a document is written in, by its function words."""

import re
from collections import Counter
from collections.abc import Iterable

from copilot.coach.words import word_set
from copilot.i18n import N_

_WORD = re.compile(r"[^\W\d_]+")

#: Words that one of these languages has far more often than the others.
_WORDS: dict[str, frozenset[str]] = {
    "en": word_set(
        """the and of to a is are you your with for what this that would they from how it was were
        have has do does did who which their its be been not or by on an as at we our us i my me
        could should will can when where why there any if about"""
    ),
    "fr": word_set(
        """le la les des du de et à un une est sont vous votre vos avec pour que qui dans ce cette
        ces ils elles elle il sur par au aux en ou où ne pas plus comment quel quelle quels quelles
        être avez êtes leur leurs nous notre nos je mon ma mes son sa ses se lors si d l qu
        """
    ),
    "de": word_set(
        """der die das und ist sind sie ihr ihre mit für was wie den dem ein eine einen einer nicht
        auf zu von im oder wir haben bei auch als werden kann wird es ich über welche"""
    ),
    "es": word_set(
        """el la los las y es son usted su sus con para que en un una de del por como cómo qué se
        no lo al más este esta sobre ha cuando o cuál está ser tiene"""
    ),
    "it": word_set(
        """il lo la gli le e è sono con per che di del della un una in come cosa si non al alla dei
        delle nel nella ha più questo questa suo sua o hai su da"""
    ),
    "pt": word_set(
        """o a os as e é são com para que em um uma de do da dos das por como não se no na mais seu
        sua ao você foi ou qual quando ser tem este esta"""
    ),
    "nl": word_set(
        """de het een en is zijn met voor wat hoe van op te niet die dat je uw in of wij hebben ook
        als worden kan wordt aan er bij om naar welke"""
    ),
    "sv": word_set(
        """och är att det en ett som för med på av den till vad hur du inte har i om vi kan ska
        eller från din"""
    ),
    "pl": word_set(
        """i w na z do się jest nie że jak co to o po dla czy przez od są ale za jakie oraz"""
    ),
}
#: The languages that are known and that no guide is in.
NAMES = {
    "de": N_("German"),
    "es": N_("Spanish"),
    "it": N_("Italian"),
    "pt": N_("Portuguese"),
    "nl": N_("Dutch"),
    "sv": N_("Swedish"),
    "pl": N_("Polish"),
}
GUIDE_LANGUAGES = ("en", "fr")
#: Fewer words than this show no language: a list of skills, a form.
_ENOUGH = 40
#: A text of a language has a function word at least as often as this, in one of so many words.
_RAREST = 0.06


def language_of(texts: Iterable[str]) -> str:
    """The language most of ``texts`` is written in, as ``en``; empty where it is none we know.

    A text too short to show one is taken for the closer of the guides' own languages.

    Args:
        texts: The blocks of a document.
    """
    words = [word.lower() for text in texts for word in _WORD.findall(text)]
    counted = Counter(words)
    found = {language: sum(counted[word] for word in known) for language, known in _WORDS.items()}
    ours = max(GUIDE_LANGUAGES, key=lambda language: found[language])
    likeliest = max(found, key=lambda language: found[language])
    if len(words) < _ENOUGH:
        clear = found[likeliest] >= found[ours] + 3 and found[likeliest] >= 2 * found[ours]
        latin = sum(word.isascii() for word in words) >= 0.5 * len(words)
        return likeliest if clear else ours if latin else ""
    if found[likeliest] < _RAREST * len(words):
        return ""
    return ours if found[ours] == found[likeliest] else likeliest

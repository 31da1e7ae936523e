"""Text as the matching models read it: what was said, not how smoothly or by whose spelling.

Where a recogniser puts commas and capitals is chance, an article more or less is somebody's mother
tongue, and hesitations carry no meaning. So the models never see any of it, neither when they learn
nor when they listen, and cannot be swayed by it.
"""

import re
from functools import lru_cache

_FILLER = re.compile(
    r"\b(?:um+|uh+|er+m?|euh+|hein|ben|bah|you know|i mean|gosh|enfin|quoi|voilà)\b[, ]*", re.I
)
#: A word said twice or more in a row; French "nous nous sommes" is not one.
_STAMMER = re.compile(
    r"\b(?!nous\b|vous\b)(\w+(?:['\u2019-]\w+)*)(?![\w'\u2019])(?:[-,.…\s]+\1(?![\w'\u2019]))+",
    re.I,
)
_INSIDE_A_SENTENCE = re.compile(r"(?<!\d)[,:](?!\d)|[,:](?=\s)|[;\u2013\u2014\"\u201c\u201d«»()]")
#: Articles, but for those of which something hangs: "a few" are more than "few".
_ARTICLE = re.compile(
    r"\b(?:the|an|a(?! (?:few|little|lot|bit|while|couple)\b)"
    r"|les?|la|des|un(?! (?:peu|jour)\b)|une(?! fois\b))\s+(?=\w)"
)
_FRENCH_ARTICLE = re.compile(r"\b(?:les?|la|des|un(?! (?:peu|jour)\b)|une(?! fois\b))\s+(?=\w)")
#: Where one of these stands, or a letter with an accent, "a" and "an" are a verb and a year.
_FRENCH = re.compile(
    r"[à-öø-ÿœ]|\b(?:est|et|nous|vous|je|pas|que|qui|dans|avec|du|au|aux|ils?|elles?|mais|pour|sur"
    r"|sans|chez|rien|jamais|fait|(?:[cjlnmq]|qu)['\u2019]\w+)\b"
)
_KEPT_TEXTS = 2048


def without_fillers(text: str) -> str:
    """``text`` without hesitations and stammering; never empty where something was said."""
    bare = " ".join(_FILLER.sub(" ", text).split()).strip(" ,")
    return _STAMMER.sub(r"\1", bare) or text


@lru_cache(_KEPT_TEXTS)
def plain(text: str) -> str:
    """``text`` in small letters, without fillers, articles and what stands inside sentences.

    Sentences keep their ends. Never empty where something was said.
    """
    bare = " ".join(_INSIDE_A_SENTENCE.sub(" ", without_fillers(text).lower()).split())
    article = _FRENCH_ARTICLE if _FRENCH.search(bare) else _ARTICLE
    # Once more, because what stood between two words that are the same is gone.
    return without_fillers(article.sub("", bare)) or text


def word_count(text: str) -> int:
    """How many words the models read of ``text``."""
    return len(plain(text).split())

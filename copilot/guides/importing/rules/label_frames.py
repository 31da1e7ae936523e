"""What questions and points begin with and no label needs: "Tell me about a time you …"."""

import re

from copilot.knowledge.phrases import folded

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'"})

_FRAMES = {
    "en": (
        (
            r"(?:an? |the )?(?:good|strong|great|ideal|best|weak|bad|poor) (?:answers?|candidates?|"
            r"responses?)(?: will| should)? (?!in\b|of\b)\w+\b"
        ),
        r"(?:please |can you |could you |would you mind |would you |first,? |here,? )+",
        (
            r"(?:tell (?:me|us)|walk (?:me|us) through|talk (?:me|us) through|take (?:me|"
            r"us) through|"
            r"giv(?:e|ing) (?:me|us)|describe|describing|explain|share|think (?:of|about)|recall|"
            r"show (?:me|us|you(?:'d|'re)?)|imagine|suppose|discuss|name|outline|can you think of|"
            r"emphasi[sz]e|highlight|demonstrate|mention|stress|underline|look for|listen for|"
            r"talks? about|speaks? (?:about|of)|(?:the candidate|candidates?|they|he|she) (?:can|"
            r"is able "
            r"to|should|must|will|would|has|have|does|do|is|are))\b"
        ),
        (
            r"(?:handle |about |of |an? |the |one |your |last |most |recent |specific |concrete |"
            r"real )*(?:time|"
            r"situation|example|instance|occasion|moment|case|experience)s?(?: (?:of|when|where|"
            r"in which|"
            r"that))?\b"
        ),
        r"(?:how|what|why|when|where|which|who)\b(?:'s|'re)?",
        r"(?:would|do|did|have|has|are|were|is|was|will|can|could|should)\b(?!')",
        r"(?:you(?:'d|'ve|'re|'ll)?|they(?:'d|'ve|'re|'ll)?|your team|one)\b",
        (
            r"(?:ever|usually|typically|personally|successfully|normally|currently|already|"
            r"recently|"
            r"had to|"
            r"have to|go about|make sure|ensure|believe|think|consider|feel|see|say|had|'ve|'d|"
            r"able to|"
            r"going to|try to|want to|like to|used to|being)\b"
        ),
        (
            r"(?:an? |the )?(?:ability|importance|evidence|understanding|sense|willingness|"
            r"capacity|"
            r"need|"
            r"knowledge|familiarity|experience|way|ways|steps?) (?:of|to|for|in|with|on)\b"
        ),
        (
            r"(?:no|not|never|can't|cannot|could not|couldn't|does not|doesn't|don't|did not|"
            r"didn't|"
            r"unable to|fails? to|failed to|refuses? to|lacks?|avoids?|blames?|ignores?|"
            r"struggles? to|has|"
            r"shows?|gives?|gave|only|a lack of|lack of)\b"
        ),
    ),
    "fr": (
        r"(?:une? |la |le |les )?(?:bonnes?|mauvaise?s?|bons?) (?:reponses?|candidate?s?) \w+\b",
        r"(?:le candidat|la candidate|il|elle) (?:doit|devrait) \w+\b",
        r"(?:pouvez-vous |pourriez-vous |merci de |d'abord,? )+",
        (
            r"(?:racontez|parlez|dites|decrivez|expliquez|donnez|presentez|citez|imaginez|"
            r"supposez|"
            r"partagez|detaillez|evoquez|illustrez|insistez sur|soulignez|mettez en avant|montrez|"
            r"mentionnez|parle de|me parler|nous parler|me decrire|me raconter|"
            r"(?:le candidat|la candidate|il|elle) (?:sait|peut|doit|a|est capable de|explique|"
            r"cite|"
            r"decrit|montre|donne))\b(?:-moi|-nous)?"
        ),
        (
            r"(?:de |d'|du |un |une |l'|la |le |votre |derniere |dernier )*(?:fois|situation|"
            r"exemple|"
            r"occasion|"
            r"moment|cas|experience)s?(?: (?:ou|concret|concrete|difficile|de|d'|que|"
            r"dans laquelle))*\b"
        ),
        r"(?:comment|pourquoi|quand|qu'est-ce que?|qu'est-ce qui|que|quoi|en quoi)\b",
        r"(?:quel(?:le)?s?) (?:est|sont|etait|etaient)\b",
        (
            r"(?:est-ce que|avez-vous|vous avez|etes-vous|vous|pour vous|selon vous,?|"
            r"a votre avis,?)(?=\W|$)"
        ),
        r"(?:deja|su|pu|du|reussi a|capacite a|capable de|savoir|etre capable de)\b",
        (
            r"(?:aucune?|pas d[e']|jamais|absence de|manque de|ne sait pas|ne donne (?:pas|aucun)|"
            r"incapable de|n'a (?:pas|aucune?)|ne (?:parle|cite) (?:pas|que) (?:de|d')?)(?=\W|$|"
            r"\w)"
        ),
    ),
}
_COMPILED = {
    language: tuple(re.compile(pattern) for pattern in patterns)
    for language, patterns in _FRAMES.items()
}


#: Behind these a verb stands.
_VERB_FOLLOWS = re.compile(
    r"(?:\b(?:you|they|he|she|one|team|to|ever|already|successfully|personally|usually|typically|"
    r"normally|currently|recently|can|will|should|must|would|is|are|has|had|have|vous|il|elle|"
    r"deja|"
    r"comment|avez-vous)|'d|'ve)$"
)


def without_frame(text: str, language: str) -> tuple[str, bool]:
    """``text`` from where it begins to say something of its own.

    What would leave nothing is no frame.

    Returns:
        The rest, and whether a verb is to be expected at its start.
    """
    rest, verb = text.strip(), False
    while True:
        plain = folded(rest.translate(_APOSTROPHES))
        if len(plain) != len(rest):
            return rest, verb  # offsets would be off
        for pattern in _COMPILED[language]:
            match = pattern.match(plain)
            if match is not None and match.end() and plain[match.end() :].strip(" ,.?!"):
                verb = _VERB_FOLLOWS.search(match.group().strip()) is not None
                rest = rest[match.end() :].lstrip(" ,:'\u2019\"“«")
                break
        else:
            return rest, verb

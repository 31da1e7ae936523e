"""What a suggestion must not say: words that lead, praise, instruct or speak past candidates."""

import re
import unicodedata

#: Apostrophes and spaces as word processors write them, and as the patterns do.
_TYPED = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " "})


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.I)


_PRAISE = {
    "en": r"(?:great|excellent|impressive|fantastic|wonderful|awesome|amazing|brilliant|perfect|"
    r"nice|lovely|superb|outstanding|remarkable|good|smart|clever|wise|admirable|bravo|"
    r"congratulations|interesting)",
    "fr": r"(?:bravo|super|génial|excellent|parfait|formidable|impressionnant|remarquable|"
    r"magnifique|admirable|félicitations|chapeau|top|intéressant|judicieux|malin|"
    r"(?:très|vraiment) (?:bien|bon|bonne)|belle|beau|bonne)",
}
_LEADS = {
    "en": _any(
        # negative questions and tags
        r"\b(?:do|did|would|are|were|is|was|have|had|could|should|has|does|can|wo|ai|must)n't "
        r"(?:you|it|they|that|this|there|he|she|we)\b",
        r"\bwhy (?:did|do|would|could|have|are|were)(?:n't you\b| you not\b| you never\b)",
        r",\s*(?:right|correct|no|yes|yeah|huh|eh|wouldn't you say|don't you think|"
        r"is that (?:right|correct)|isn't that so|am i right)\s*\?",
        r"\b(?:is that (?:right|correct)|am i right)\s*\?",
        r"\b(?:would|do)(?:n't)? you (?:agree|not agree|not think|say it is fair)\b",
        r"(?:^|[,;] )(?:(?:and|so|but) )?(?:is|are|was|were|do|does|did|would|could|should|have|"
        r"has)n't\b",
        r"\bsurely\b|\bobviously\b|\bof course\b|\bpresumably\b",
        r"\bclearly\b|\bneedless to say\b|\bas (?:we all|everyone) knows?\b|\bno doubt\b",
        r"\bi (?:assume|suppose|guess|imagine|presume|take it|bet|trust|expect)\b",
        r"\byou (?:must|surely|obviously|probably|certainly|no doubt) (?:have|had|be|feel|felt)\b",
        r"\b(?:it sounds|sounds|it seems|looks) (?:to me )?(?:like|as if|as though) you\b",
        r"\b(?:the (?:right|best|proper|correct|obvious) (?:thing|answer|way|approach) "
        r"(?:is|was|would be))\b",
        r"\b(?:as you should|as any good|like any good|a good \w+ would|any good \w+ would)\b",
        r"^(?:so |and |then )?you (?!(?:said|mentioned|spoke|talked|told|described|brought|"
        r"referred|named|were saying|just said|also said|also mentioned)\b)[^,?.]{3,},? \w+\?$",
    ),
    "fr": _any(
        r"\bn'est[- ]ce pas\b|\bn'est-il pas\b|\bne (?:pensez|croyez|trouvez)-vous pas\b",
        r"\bvous ne (?:pensez|croyez|trouvez) pas\b|\bn'(?:avez|auriez|êtes|étiez)-vous pas\b",
        r"\bne (?:serait|fallait|faudrait|vaudrait|devriez|pourriez)-\w+[- ]?\w* pas\b",
        r"\bpourquoi (?:n'|ne |vous n)\w*[^?]* (?:pas|jamais|rien)\b",
        r"\bn'(?:aurait|était|est)-(?:il|ce|elle) pas\b",
        r",\s*(?:non|hein|oui|c'est (?:bien )?(?:ça|cela)|pas vrai|d'accord|je me trompe|"
        r"on est d'accord)\s*\?",
        r"\b(?:évidemment|bien sûr|bien entendu|forcément|sûrement|certainement|manifestement|"
        r"sans doute|naturellement|clairement|à l'évidence)\b",
        r"\bj(?:e|')\s?(?:suppose|imagine|présume|parie|devine|me doute)\b",
        r"\bvous (?:avez|deviez|devez) (?:sûrement|probablement|bien)\b",
        r"\bvous avez dû (?:être|avoir|vous|souffrir|trouver)\b",
        r"\bvous (?:êtes|serez|seriez) (?:bien |sans doute )?d'accord\b|\bêtes-vous d'accord\b",
        r"\b(?:la (?:bonne|meilleure) (?:réponse|approche|façon|méthode|solution) "
        r"(?:est|était|serait|c'est))\b",
        r"\b(?:comme tout bon|comme il se doit|un bon \w+ (?:aurait|ferait|doit)|"
        r"tout bon \w+ (?:aurait|ferait|doit))\b",
        r"\bon dirait que vous\b|\b(?:il semble|j'ai l'impression|visiblement,?) (?:que )?vous\b",
    ),
}
_PRAISES = {
    "en": _any(
        rf"^(?:oh |wow,? |ok,? |okay,? |very |really |that's |that is |what a |how |it's |it is |"
        rf"this is |that sounds |sounds |so |pretty |quite |a |an )*{_PRAISE['en']}"
        r"(?: (?:answer|point|job|work|idea|example|question|story|one|to hear|of you|stuff|"
        r"indeed|approach|thinking|choice|decision|initiative))*\s*[!.,;:\u2013\u2014-]",
        rf"^(?:oh |wow,? |that's |what a )*{_PRAISE['en']}\b[^?]{{0,60}}!",
        r"^(?:wow|well done|i (?:love|like|admire|appreciate) (?:that|how|your|the way)|"
        r"thank you for|thanks for|kudos|hats off)\b",
        r"\byour (?:\w+ )?(?:impressive|excellent|great|remarkable|amazing|brilliant|outstanding|"
        r"fantastic|wonderful|superb|smart|clever)\b",
        r"\byou (?:did|handled|managed|led|solved) (?:it|that|this)? ?(?:so |very |really )?"
        r"(?:well|brilliantly|perfectly|superbly|beautifully)\b",
        r"\b(?:such|what) (?:a|an) (?:impressive|excellent|great|remarkable|amazing|brilliant|"
        r"clever|smart|good|nice|strong)\b",
    ),
    "fr": _any(
        rf"^(?:oh |ah |ok,? |alors là,? |c'est |voilà |voilà qui est |quelle |quel |une |un |"
        rf"très |vraiment |c'était )*{_PRAISE['fr']}"
        r"(?: (?:réponse|exemple|travail|idée|initiative|remarque|point|histoire|réflexe|"
        r"décision|démarche|de votre part|à entendre|ça))*\s*[!.,;:\u2013\u2014-]",
        rf"^(?:oh |ah |c'est |quelle |quel )*{_PRAISE['fr']}\b[^?]{{0,60}}!",
        r"^(?:bravo|félicitations)\b",
        r"^(?:j'(?:adore|aime (?:beaucoup|bien)|apprécie|admire)|merci (?:pour|de)|bien joué|"
        r"chapeau|waouh|wow)\b",
        r"\bvotre (?:impressionnante?|excellente?|remarquable|brillante?|formidable|belle|beau|"
        r"superbe|admirable)\b",
        r"\bvous avez (?:très bien|brillamment|parfaitement|remarquablement|magnifiquement)\b",
        r"\b(?:une? |quelle? )(?:si |très )?(?:belle|beau|excellente?|remarquable|superbe) "
        r"(?:réussite|initiative|travail|idée|exemple|résultat|démarche)\b",
    ),
}

_LINK = re.compile(
    r"https?:|www\.|\bmailto:|\w@\w+\.\w|\b[\w-]+\.(?:com|org|net|io|fr|ai|dev)\b", re.I
)
_MARKUP = re.compile(
    r"[<>{}\[\]`|\\~^=]|\*|_{1,}|(?<!\w)#|-{2,}|[•▪→⇒■●]|^\s*(?:[-+>]|\d+[.)])\s|&\w+;|\\[nrtu]|"
    r"[\"\u201c\u00ab]\s*:"
)
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_ROLE = re.compile(
    r"\b(?:system|user|assistant|human|developer|ai|json|note|output|système|utilisateur)\s*:", re.I
)
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|bypass|override)\b[^?]{0,40}\b(?:instructions?|rules?|prompts?|"
    r"above|previous|guidelines|everything)\b|"
    r"\b(?:you are now|act as|pretend (?:to be|that)|as an? (?:ai|language model|assistant)|"
    r"system prompt|language model|new instructions?|prompt injection)\b|"
    r"\b(?:mark|count|rate|score|flag|label|treat)\b[^?]{0,30}\b(?:points?|candidate|answer|"
    r"question|everything)\b[^?]{0,20}\b(?:as|covered|evidenced|high|top|perfect|\d)\b|"
    r"\b(?:respond|reply|answer) (?:only )?(?:with|in) (?:json|yes|no|one word|the following)\b|"
    r"\b(?:ignor|oubli|néglig|contourn)\w*\b[^?]{0,40}\b(?:instructions?|consignes?|règles?|"
    r"ce qui précède|précédentes?)\b|"
    r"\b(?:tu es maintenant|vous êtes maintenant une? (?:ia|assistant|modèle)|"
    r"en tant qu'?(?:e )?(?:ia|assistant|modèle)|modèle de langage|invite système|"
    r"nouvelles? (?:instructions?|consignes?))\b|"
    r"\b(?:marqu|compt|not|considér|coch)(?:e|ez|er)\b[^?]{0,30}\b(?:points?|candidate?|réponse|"
    r"question|tout)\b[^?]{0,20}\b(?:comme|couverts?|acquis|validés?|parfaite?)\b|"
    r"\bréponde?[sz]?\b (?:uniquement |seulement )?(?:en json|par oui|par non|avec le texte)\b",
    re.I,
)
_LABEL = re.compile(
    r"^\s*(?:suggested |possible |next |my |proposed )?(?:follow[- ]?up(?: question)?|question|"
    r"suggestion|probe|interviewer|recruiter|relance|question (?:suivante|proposée)|recruteur|"
    r"recruteuse|proposition)\s*\d*\s*:",
    re.I,
)
_PAST_THE_CANDIDATE = {
    "en": _any(
        r"^(?:please |maybe |perhaps |now |next,? )?(?:ask|probe|explore|follow up|dig|press|"
        r"invite|challenge|have) (?:the candidate|him|her|them|about|into|for|on|whether|how|"
        r"what|why)\b",
        r"\b(?:you|we|one) (?:could|should|might|may|can) (?:now |also |then )?(?:ask|probe|"
        r"explore|follow up|press|dig)\b",
        r"\b(?:why not|consider|try|how about) (?:ask|prob|explor|follow)ing\b|\bwhy not ask\b",
        r"\b(?:would|could|can|will) you (?:\w+ )?ask (?:the candidate|him|her|them)\b",
        r"\bthe (?:candidate|applicant|interviewee)(?:'s)? (?:\w+ )?(?:said|say|mention\w*|did|has|"
        r"had|does|is|was|answer|claims?|claimed|mean|feel|react\w*|do|respond)\b",
        r"\b(?:this|the) (?:candidate|applicant|interviewee)'s (?:answer|response|claim)\b",
        r"\b(?:what|how|why|when|where|who|which)\b[^?]*\b(?:did|does|would|could|has|is|was) "
        r"(?:the|this) (?:candidate|applicant|interviewee)\b",
    ),
    "fr": _any(
        r"^(?:peut-être |maintenant,? |ensuite,? )?(?:demandez|demande|interrogez|creusez|"
        r"relancez|explorez|invitez|poussez|faites)(?:-l(?:e|a|ui))?\b",
        r"\b(?:vous|on|tu) (?:pourriez|pourrait|pouvez|peut|devriez|devrait) (?:\w+ )?(?:lui )?"
        r"(?:demander|creuser|explorer|relancer|interroger)\b",
        r"\b(?:pourquoi ne pas|et si vous|pensez à|essayez de) (?:lui )?(?:demand|creus|relanc|"
        r"explor|interrog)\w+\b",
        r"\b(?:pouvez|pourriez|voulez)-vous (?:lui )?demander (?:au candidat|à la candidate|s|c)",
        r"\b(?:le candidat|la candidate|ce candidat|cette candidate) (?:a|avait|est|était|dit|"
        r"parle|évoque|mentionne|pense|veut|n'a|semble)\b",
        r"\b(?:qu'|que |comment |pourquoi |quand |où |quel\w* )[^?]*\b(?:le candidat|la candidate|"
        r"ce candidat|cette candidate)\b[^?]*\?",
        r"\b(?:réponse|propos) (?:du candidat|de la candidate)\b",
    ),
}
_YOU = {
    "en": re.compile(r"\byou(?:r|rs|rself)?\b", re.I),
    "fr": re.compile(r"\b(?:vous|votre|vos|vôtres?)\b", re.I),
}


def typed(text: str) -> str:
    """``text`` with plain apostrophes and spaces."""
    return text.translate(_TYPED)


def leads(sentences: list[str], language: str) -> bool:
    """Whether a question shows which answer is hoped for, or praises the last one."""
    whole = " ".join(sentences)
    return bool(_LEADS[language].search(whole)) or any(
        _PRAISES[language].search(sentence) for sentence in sentences
    )


def is_not_plain(text: str) -> bool:
    """Whether ``text`` holds markup, a link, or characters that nobody speaks."""
    return any(
        unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn") for sign in text
    ) or bool(_LINK.search(text) or _MARKUP.search(text) or _EMOJI.search(text))


def instructs(text: str) -> bool:
    """Whether ``text`` gives orders to a machine or plays a part of a chat."""
    return bool(_INSTRUCTION.search(text) or _ROLE.search(text))


def speaks_past(text: str, language: str) -> bool:
    """Whether ``text`` is a note to the interviewer and no question to the candidate."""
    if _LABEL.search(text):
        return True
    found = _PAST_THE_CANDIDATE[language].search(text)
    # In "how did you choose the candidate?" the candidate is somebody else.
    if found is None:
        return False
    return "candidat" not in found.group().lower() or not _YOU[language].search(text)

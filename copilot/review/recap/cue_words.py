"""The small words a sentence turns on: who acts, what is denied, what was only meant.

Patterns over text in small letters with plain apostrophes; a list that misses a word lets a
sentence through to the next check, one that has too many leaves out a sentence that was right.
"""

import re

from copilot.coach.words import word_set


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


#: Whoever writes so speaks as the candidate; a capital "US" and "IT" are something else.
FIRST_PERSON = {
    "en": re.compile(
        r"\b(?:I(?:'(?:m|ve|d|ll))?|[Mm]y|[Mm]e|[Mm]yself|[Mm]ine|[Ww]e(?:'(?:re|ve|d|ll))?|[Oo]ur|us|[Oo]urs|[Oo]urselves)\b"
    ),
    "fr": re.compile(
        r"\b(?:[Jj]e|[Mm]oi|[Mm]on|[Mm]a|[Mm]es|[Nn]ous|[Nn]otre|[Nn]os|[Oo]n)\b|\b[JjMm]'"
    ),
}

DENIES = {
    "en": _any(
        r"\b(?:no|not|never|none|nobody|nothing|nowhere|without|neither|nor|cannot|unable|lack\w*|"
        r"refus\w+|absent|absence|missing|hardly|barely|no\s?one)\b",
        r"n't\b",
        r"\bfail(?:s|ed|ing)? to\b",
        r"\binstead of\b",
    ),
    "fr": _any(
        r"\b(?:pas|jamais|aucune?|rien|personne|sans|ni|nulle?|refus\w+|absence|absente?s?|"
        r"impossible|manqu\w+)\b",
        r"\bn(?:e\b|')(?!importe)",
        r"\bau lieu de\b|\bplutôt que\b",
    ),
}

#: Wishes, plans, duties and what would be: not what was done.
MEANT = {
    "en": _any(
        r"\b(?:should|would|could|might|ideally|plan(?:s|ned|ning)?|want(?:s|ed)?|intend\w*|"
        r"hop(?:e|es|ed|ing)|wish\w*|will|going to|meant to|supposed to|ought)\b",
        r"'(?:d|ll)\b(?! (?:already|been|never|had|just|always))",
    ),
    "fr": _any(
        r"\b(?:devr|faudr|pourr|voudr|aur|ser|ir|fer|aimer|souhaiter)(?:ai[st]?|ions|iez|aient)\b",
        r"\b\w{3,}(?:erai[st]|irai[st]|raient|rions)\b",
        r"\b(?:prévu|prévoit|prévoyait|voulait|voulais|voulions|envie|espère|espérait|souhait\w+|"
        r"compte(?:nt|ons)? |idéalement|projet(?:te|ait)|censée?s?)\b",
    ),
}

#: The candidate acts, in what was said.
SAYS_I = {
    "en": re.compile(r"\b(?:i|i'(?:m|ve|d|ll))\b", re.IGNORECASE),
    "fr": re.compile(r"\bje\b|\bj'|\bmoi\b", re.IGNORECASE),
}
#: The team acts.
SAYS_WE = {
    "en": re.compile(r"\b(?:we(?:'(?:re|ve|d|ll))?|us|our|ours|(?:the|my) team)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:nous|on|notre|nos|l'équipe|mon équipe|mes équipes)\b", re.IGNORECASE),
}
#: Somebody or something else is what a clause is about.
ABOUT_ANOTHER = {
    "en": re.compile(
        r"^\W*(?:(?:and|but|so|then|because|since)\W+)*(?:the|my|a|an|this|that|these|those|they|he|"
        r"she|it|there|nobody|everyone|someone|his|her|their|some|most|many|few|several|both|all|"
        r"each|another|one)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"^\W*(?:(?:et|mais|donc|puis|alors|car)\W+)*(?:le|la|les|l'|un|une|des|mon|ma|mes|ce|cet|"
        r"cette|ces|ils?|elles?|c'|personne|chacun|son|sa|ses|leurs?|certaine?s|plusieurs|"
        r"quelques|tous|toutes|chaque|beaucoup)(?:\b|(?<='))",
        re.IGNORECASE,
    ),
}
#: Who acts, in a sentence of a recap: at the beginning of a clause.
_OPENING = {
    "en": r"^\W*(?:(?:and|but|so|then|there|first|later|next|also|because|since)\W+)*",
    "fr": r"^\W*(?:(?:et|mais|donc|puis|ensuite|alors|car|d'abord|aussi)\W+)*",
}
THE_CANDIDATE = {
    "en": re.compile(_OPENING["en"] + r"the candidate\b(?!')", re.IGNORECASE),
    "fr": re.compile(_OPENING["fr"] + r"(?:le candidat|la candidate)\b", re.IGNORECASE),
}
THE_TEAM = {
    "en": re.compile(_OPENING["en"] + r"the team\b(?!')", re.IGNORECASE),
    "fr": re.compile(_OPENING["fr"] + r"(?:l'équipe|les équipes)\b", re.IGNORECASE),
}
#: That somebody says something, before what they say.
REPORTS = {
    "en": re.compile(
        r"^\W*the candidate (?:also )?(?:says?|said|states?|stated|explain(?:s|ed)|tells?|told|"
        r"calls?|called|thinks?|thought|finds|found|describ(?:es|ed)|mention(?:s|ed)|"
        r"report(?:s|ed)|adds?|added|recall(?:s|ed)|notes?|noted)"
        r"\b(?: that| how)?",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"^\W*(?:le candidat|la candidate) (?:dit|a dit|explique|a expliqué|précise|indique|"
        r"raconte|décrit|mentionne|ajoute|appelle|pense|estime|trouve|rapporte|se souvient)\b"
        r"(?: que| qu'| comment)?",
        re.IGNORECASE,
    ),
}

#: What a sentence of a recap says of itself: it need not have been said.
TELLING = {
    "en": word_set(
        """candidate team say says said state states stated explain explains explained tell told
        describe describes described mention mentions mentioned report reports reported add adds
        added recall recalls note notes noted answer first then next also later according"""
    ),
    "fr": word_set(
        """candidat candidate equipe equipes dit explique precise indique raconte decrit mentionne
        ajoute rapporte souvient reponse abord ensuite puis aussi selon enfin"""
    ),
}

#: "…, not after it": says something by itself.
CONTRAST = re.compile(r"^(?:not|pas|non|et pas|et non|and not)\b", re.IGNORECASE)
#: Where a clause ends, so that what is denied in one is not taken for the next.
CLAUSE_END = {
    "en": re.compile(
        r"[.;!?:]+\s+|,?\s+(?=(?:but|so(?! far\b)|because|although|while|and then)\b)|,\s+"
        r"(?=(?:and|which|who|then|not)\b)|\s+and\s+(?=(?:i|we|they|he|she|it|the|there|"
        r"nobody|nothing|my|got)\b)",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"[.;!?:]+\s+|,?\s+(?=(?:mais|donc|parce|alors que|tandis|et puis)\b)|,\s+"
        r"(?=(?:et|dont|qui|puis|pas|non)\b)|\s+et\s+(?=(?:je|j'|moi|nous|on|ils?|elles?|le|"
        r"la|les|l'|personne|rien)\b)",
        re.IGNORECASE,
    ),
}

"""Words of praise, blame and conclusion: a recap retells, it does not judge."""

import re

#: Whoever writes these judges, whatever was said.
VERDICT = {
    "en": re.compile(
        r"\b(?:hire|hired|hiring decision|good fit|great fit|strong fit|fit for (?:the|this) "
        r"(?:role|job|position)|suitable|unsuitable|well[- ]suited|ideal|(?:the|this) role "
        r"requires|overall impression|score|rating|rated?|rank(?:s|ed)?|recommendable|"
        r"red flag|(?:strong|weak|good|poor|excellent|perfect|great|impressive|outstanding|"
        r"promising|solid|top|bad|mediocre) (?:candidate|answer|response|performance|example))\b|"
        r"\bcandidate (?:is|was|seems|appears|looks|would be|has been|sounds) "
        r"(?:clearly |very |highly |quite |a |an |not |rather |somewhat |really )*(?:strong|weak|"
        r"good|great|excellent|perfect|impressive|outstanding|competent|incompetent|skilled|"
        r"unskilled|capable|talented|qualified|unqualified|confident|nervous|hesitant|evasive|"
        r"vague|honest|dishonest|knowledgeable|experienced|inexperienced|proactive|reliable|"
        r"effective|ineffective|motivated|thoughtful|committed|dedicated|passionate|leader)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:embauch\w+|recrutable|(?:bon|mauvais|excellent|parfait) profil|profil idéal|"
        r"convient (?:au|pour)|adéquation|note globale|score|classement|drapeau rouge|"
        r"(?:bon|bonne|mauvais|mauvaise|excellente?|faible|solide|parfaite?|remarquable) "
        r"(?:candidate?|réponse|prestation|exemple))\b|"
        r"\b(?:candidate?|elle|il) (?:est|semble|paraît|serait|était|a l'air) "
        r"(?:très |plutôt |clairement |assez |vraiment |un |une |peu )*(?:bon|bonne|excellente?|"
        r"fort|forte|faible|compétente?|incompétente?|qualifiée?|capable|talentueu\w+|confiante?|"
        r"nerveu\w+|hésitante?|évasi\w+|vague|honnête|malhonnête|expérimentée?|fiable|efficace|"
        r"motivée?|engagée?|passionnée?|leader)\b",
        re.IGNORECASE,
    ),
}

#: These judge unless they are the candidate's own words.
JUDGES = {
    "en": re.compile(
        r"\b(?:impressive\w*|excellent\w*|outstanding\w*|remarkabl\w+|great|strong|strongly|weak|"
        r"weakness\w*|strength\w*|poor|poorly|solid|effective|effectively|efficiently|"
        r"successful|successfully|skilfully|skillfully|carefully|carelessly|thorough|thoroughly|"
        r"clever|cleverly|smart|wise|wisely|brilliant\w*|expert|expertly|expertise|competen\w+|"
        r"capab\w+|talent\w*|proactive\w*|insightful|comprehensive\w*|significant\w*|"
        r"considerable|considerably|substantial\w*|unfortunately|clearly|obviously|admirabl\w+|"
        r"demonstrat\w+|showcas\w+|illustrat\w+|highlight\w*|underscor\w+|reflects|"
        r"indicates|indicating|suggests|suggesting|implies|implying|proves|proving|reveals|"
        r"reveal(?:s|ing) (?:a|an|that)|this (?:shows|means)|show(?:s|ing|ed) (?:that the|a |an |"
        r"strong|good|their|his|her|great|real|clear)|ability|abilities|leadership|skills?|"
        r"commitment|dedication|ownership|mindset|in[- ]depth|deep|extensive|"
        r"vague|evasive|failed|failure|inadequate\w*|lacks?|lacking|mistake\w*|well)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:impressionn\w+|excell\w+|remarquabl\w+|brillan\w+|brillamment|fort|forte|fortement|"
        r"faible\w*|faiblesse\w*|solide\w*|efficace\w*|efficacité|avec succès|réussi\w*|"
        r"habile\w*|soigneu\w+|rigoureu\w+|rigueur|intelligen\w+|judicieu\w+|expert\w*|"
        r"compéten\w+|talent\w*|maîtrise\w*|proacti\w+|pertinent\w*|important\w*|considérabl\w+|"
        r"significati\w+|malheureusement|clairement|évidemment|démontr\w+|illustr\w+|"
        r"témoign\w+|reflèt\w+|révèl\w+|prouv\w+|suggèr\w+|fait preuve|montr(?:e|ent|ant) "
        r"(?:que|qu'|une?|sa|son|ses|de)|cela (?:montre|signifie)|capacité\w*|leadership|"
        r"sens d\w+|engagement|approfondi\w*|vague|évasi\w+|échou\w+|échec\w*|insuffisan\w+|"
        r"mauvais\w*|erreur\w*|grande?|bien)\b",
        re.IGNORECASE,
    ),
}

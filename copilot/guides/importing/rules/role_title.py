"""The role's title, out of what a document calls itself."""

import re

_AROUND = (
    (
        r"\s*[|\u2013—-]\s+[^|\u2013—]*\b(?:guide|template|checklist|modèle|kit|scorecard|"
        r"[A-Z]\w+\.\w+)\b[^|\u2013—]*$"
    ),
    r"\s*\|.*$",
    r"\s*[(\[][0-9]{4}[)\]]\s*$",
)
_PATTERNS = (
    r"^(?:recrutement|embauche|profil)\s+(?:d['\u2019]une?\s|du\s|de\s(?:la\s)?)\s*(?P<role>.+?)$",
    (
        r"^(?:how to (?:hire|interview|recruit|assess)|hiring|interviewing|recruiting)\s+(?:an?|"
        r"the|"
        r"your|for)?\s*"
        r"(?P<role>.+?)(?:\s*[:\u2013—|?!].*)?$"
    ),
    (
        r"^comment\s+(?:bien\s+)?(?:recruter|évaluer|interviewer|embaucher|"
        r"choisir)\s+(?:une?(?:\([ea]\))?|votre|le|la)\s+"
        r"(?P<role>.+?)(?:\s*[:\u2013—|?!].*)?$"
    ),
    (
        r"^(?:the\s+)?(?:(?:top|best)\s+)?(?:[0-9]+\s+)?(?:(?:most\s+)?common\s+|best\s+|top\s+|"
        r"essential\s+)?"
        r"(?P<role>[A-ZÀ-Þa-z].+?)\s+(?:job\s+)?(?:interviews?|hiring|recruitment|screening)\b.*$"
    ),
    (
        r"^(?:(?:structured\s+)?interview|hiring|recruitment)?\s*(?:guide|questions?|kit|"
        r"scorecard|"
        r"script|plan|"
        r"template|sheet|form)(?:\s+and\s+answers?)?(?:\s+(?:for|to hire)\s+(?:an?\s+|the\s+|"
        r"our\s+)?|\s*[:\u2013—-]\s+)"
        r"(?P<role>.+?)$"
    ),
    (
        r"^(?:guide|grille|trame|questions?|questionnaire|fiche|support|kit)\s+(?:d['\u2019 ]\s*|"
        r"de\s+)?(?:entretien|"
        r"recrutement|évaluation|embauche)?\s*(?:d['\u2019]embauche|structuré)?\s*(?:(?:pour|de|"
        r"du|"
        r"d['\u2019])\s+(?:(?:un|une|le|la)"
        r"(?:\([ea]\))?\s+|l['\u2019])?(?:(?:poste|recrutement)\s+(?:de\s+|"
        r"d['\u2019])(?:une?\s+)?)?|"
        r"\s*[:\u2013—-]\s+)(?P<role>.+?)$"
    ),
    (
        r"^(?P<role>.+?)\s*[:\u2013—-]\s+(?:interview|hiring|guide|questions|entretien|"
        r"recrutement|"
        r"grille|trame|"
        r"scorecard).*$"
    ),
    r"^(?:interview|entretien)\b[^:\u2013—]*[:\u2013—]\s+(?P<role>.+)$",
    (
        r"^(?:role|position|job|job title|poste|fonction|"
        r"intitulé du poste)\s*[:\u2013—-]\s+(?P<role>.+?)$"
    ),
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_NO_ROLES = frozenset({"structured", "standard", "technical", "behavioral", "behavioural", "job"})
_SIGNS = re.compile(
    r"^(?:(?:hiring|recruiting|recruitment|interviews?|recrutement)\s*[/>]+)?[^\w(]+|"
    r"^(?:hiring|recruiting|recruitment|interviews?|recrutement)\s*[/>]+\s*",
    re.I,
)
_FRONT = re.compile(
    r"^(?:an?|the|un|une|le|la|l['\u2019]|du|de la|de l['\u2019])\s+", re.IGNORECASE
)
_ROLE_LINE = re.compile(
    r"^(?:role|position|job title|poste|fonction|intitulé du poste)\s*:\s*\S", re.I
)


def role_of(title: str) -> str:
    """The role in "The Top 10 X Interview Questions"; the title itself where there is none."""
    text = _SIGNS.sub("", " ".join(title.split()))
    for around in _AROUND:
        text = re.sub(around, "", text)
    for pattern in _COMPILED:
        match = pattern.match(text)
        if match is not None:
            role = _FRONT.sub("", match["role"]).strip(" :\u2013—-|,.")
            if role and len(role.split()) <= 10 and role.lower() not in _NO_ROLES:
                return role
    return text or title


def names_the_role(line: str) -> bool:
    """Whether a line says which role the document is for: "Position: Head nurse"."""
    return _ROLE_LINE.match(line) is not None

"""The role's title, out of what a document calls itself."""

import re

_AROUND = (
    r"\s*[|–—-]\s+[^|–—]*\b(?:guide|template|checklist|modèle|kit|scorecard|[A-Z]\w+\.\w+)\b[^|–—]*$",
    r"\s*\|.*$",
    r"\s*[(\[][0-9]{4}[)\]]\s*$",
)
_PATTERNS = (
    r"^(?:how to (?:hire|interview|recruit|assess)|hiring|interviewing|recruiting)\s+(?:an?|the|your|for)?\s*"
    r"(?P<role>.+?)(?:\s*[:–—|?!].*)?$",
    r"^comment\s+(?:bien\s+)?(?:recruter|évaluer|interviewer|embaucher|choisir)\s+(?:une?(?:\([ea]\))?|votre|le|la)\s+"
    r"(?P<role>.+?)(?:\s*[:–—|?!].*)?$",
    r"^(?:the\s+)?(?:(?:top|best)\s+)?(?:[0-9]+\s+)?(?:(?:most\s+)?common\s+|best\s+|top\s+|essential\s+)?"
    r"(?P<role>[A-ZÀ-Þa-z].+?)\s+(?:job\s+)?(?:interview|hiring|recruitment|screening)\b.*$",
    r"^(?:(?:structured\s+)?interview|hiring|recruitment)?\s*(?:guide|questions?|kit|scorecard|script|plan|"
    r"template|sheet|form)(?:\s+and\s+answers?)?(?:\s+(?:for|to hire)\s+(?:an?\s+|the\s+|our\s+)?|\s*[:–—-]\s+)"
    r"(?P<role>.+?)$",
    r"^(?:guide|grille|trame|questions?|questionnaire|fiche|support|kit)\s+(?:d['’ ]\s*|de\s+)?(?:entretien|"
    r"recrutement|évaluation|embauche)?\s*(?:d['’]embauche|structuré)?\s*(?:(?:pour|de|du|d['’])\s+(?:(?:un|une|le|la)"
    r"(?:\([ea]\))?\s+|l['’])?(?:(?:poste|recrutement)\s+(?:de\s+|d['’])(?:une?\s+)?)?|\s*[:–—-]\s+)(?P<role>.+?)$",
    r"^(?P<role>.+?)\s*[:–—-]\s+(?:interview|hiring|guide|questions|entretien|recrutement|grille|trame|"
    r"scorecard).*$",
    r"^(?:interview|entretien)\b[^:–—]*[:–—]\s+(?P<role>.+)$",
    r"^(?:role|position|job|job title|poste|fonction|intitulé du poste)\s*[:–—-]\s+(?P<role>.+?)$",
)
_COMPILED = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PATTERNS)
_FRONT = re.compile(r"^(?:an?|the|un|une|le|la|l['’]|du|de la|de l['’])\s+", re.IGNORECASE)
_ROLE_LINE = re.compile(
    r"^(?:role|position|job title|poste|fonction|intitulé du poste)\s*:\s*\S", re.I
)


def role_of(title: str) -> str:
    """The role in "The Top 10 X Interview Questions"; the title itself where it has no such form."""
    text = " ".join(title.split())
    for pattern in _AROUND:
        text = re.sub(pattern, "", text)
    for pattern in _COMPILED:
        match = pattern.match(text)
        if match is not None:
            role = _FRONT.sub("", match["role"]).strip(" :–—-|,.")
            if role and len(role.split()) <= 10:
                return role
    return text or title


def names_the_role(line: str) -> bool:
    """Whether a line says which role the document is for: "Position: Head nurse"."""
    return _ROLE_LINE.match(line) is not None

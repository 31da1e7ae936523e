"""The words of an exported guide, in the guide's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from copilot.knowledge.guide import RedFlag


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    overline: str
    contents: str
    skip: str
    before: str
    tips: str
    questions: str
    minutes: str
    """Has ``{minutes}``."""
    also: str
    listen: str
    listens: str
    probes: str
    notes: str
    rating: str
    unrated: str
    weight: tuple[str, str, str]
    says: str
    denials: str
    near_misses: str
    competencies: str
    without_anchors: str
    flags: str
    flags_about: str
    flags_bare: str
    why: str
    benign: str
    ask: str
    stages: str
    skills: str
    off_limits: str
    off_limits_about: str
    sources: str
    project: str
    made: str
    """Has ``{version}``."""
    total_one: str
    """Has ``{minutes}``."""
    total: str
    """Has ``{count}`` and ``{minutes}``."""
    colon: str
    """With the space before it that the language puts there."""

    def total_of(self, count: int) -> str:
        """How many questions in how much time; has ``{minutes}``."""
        return self.total_one if count == 1 else self.total.replace("{count}", str(count))

    def about_flags(self, flags: Sequence[RedFlag]) -> str:
        """What red flags are, and where their other readings stand, if all of them have one."""
        return self.flags_about if all(flag.benign_reading for flag in flags) else self.flags_bare


WORDS = {
    "en": Words(
        overline="Interview guide",
        contents="Contents",
        skip="To the questions",
        before="Before the interview",
        tips="Tips",
        questions="Questions",
        minutes="{minutes} min",
        also="Or in other words",
        listen="Listen for",
        listens="Listen for the competencies at the end.",
        probes="If it was not heard, ask",
        notes="Notes",
        rating="Rating",
        unrated="not asked",
        weight=("nice to hear", "expected", "what the question is about"),
        says="People say, for example",
        denials="It is denied by",
        near_misses="What does not count",
        competencies="Competencies",
        without_anchors="No anchors yet: agree beforehand on what each rating looks like.",
        flags="Red flags",
        flags_about="None of them is a verdict: what else it may mean stands beside it.",
        flags_bare="None of them is a verdict. What was meant is to be asked.",
        why="Why it matters",
        benign="It may also mean",
        ask="Ask",
        stages="Stages",
        skills="Skills",
        off_limits="Not to be asked about",
        off_limits_about="Whatever the candidate brings up, it has no place in the rating.",
        sources="Where it comes from",
        project="Written for this guide.",
        made="Made by Interview Copilot {version}.",
        total_one="1 question, about {minutes} minutes",
        total="{count} questions, about {minutes} minutes",
        colon=":",
    ),
    "fr": Words(
        overline="Guide d'entretien",
        contents="Sommaire",
        skip="Aller aux questions",
        before="Avant l'entretien",
        tips="Conseils",
        questions="Questions",
        minutes="{minutes} min",
        also="Ou autrement",
        listen="À écouter",
        listens="Écoutez les compétences, en fin de guide.",
        probes="Si on ne l'a pas entendu, demander",
        notes="Notes",
        rating="Évaluation",
        unrated="non posée",
        weight=("bon à entendre", "attendu", "le cœur de la question"),
        says="On dit par exemple",
        denials="Démenti par",
        near_misses="Ce qui ne compte pas",
        competencies="Compétences",
        without_anchors="Pas encore de repères\u00a0: convenez d'avance du sens des notes.",
        flags="Signaux d'alerte",
        flags_about="Aucun n'est un verdict\u00a0: l'autre lecture est indiquée à côté.",
        flags_bare="Aucun n'est un verdict. Ce qui était voulu dire se demande.",
        why="Pourquoi cela compte",
        benign="Autre lecture possible",
        ask="Demander",
        stages="Étapes",
        skills="Savoir-faire",
        off_limits="À ne pas demander",
        off_limits_about="Quoi que le candidat en dise, cela n'a pas sa place dans l'évaluation.",
        sources="D'où cela vient",
        project="Écrit pour ce guide.",
        made="Fait par Interview Copilot {version}.",
        total_one="1 question, environ {minutes} minutes",
        total="{count} questions, environ {minutes} minutes",
        colon="\u00a0:",
    ),
}

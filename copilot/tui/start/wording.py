"""Choices in words for people."""

from copilot.engine.devices import Devices
from copilot.i18n import _, ngettext
from copilot.knowledge.guide import Guide
from copilot.knowledge.thin import without_says
from copilot.tui.names import LANGUAGES
from copilot.tui.start.choices import PlanChoice


def language_name(language: str) -> str:
    """A language of interviews, in the interface's language."""
    return _(LANGUAGES.get(language, language))


def minutes(count: float) -> str:
    """Minutes without a needless fraction."""
    return f"{count:g}"


def plan_in_words(plan: PlanChoice) -> str:
    """How many questions, and how long they take."""
    asked = ngettext("{count} question", "{count} questions", len(plan.taken))
    total = _(
        "{total} of {length} min", total=minutes(plan.total_min), length=minutes(plan.length_min)
    )
    return f"{asked}, {total}"


def thin_in_words(guide: Guide, plan: PlanChoice) -> str:
    """What of a plan can hardly be heard, and what helps; empty where all can."""
    unsaid, total = without_says(guide, [step.id for step in plan.taken])
    if not unsaid:
        return ""
    return _(
        "{count} of {total} points have no sentence to be heard by: interview-copilot knowledge "
        "enrich {role}.",
        count=unsaid,
        total=total,
        role=guide.id,
    )


def microphone_in_words(devices: Devices) -> str:
    """What hears the interviewer."""
    return devices.microphone or _("the default microphone")


def call_in_words(devices: Devices) -> str:
    """What hears the candidate."""
    return devices.call or _("what the default output plays")


def sound_in_words(devices: Devices) -> str:
    """What hears whom."""
    if devices.room:
        return _("one microphone for both: {device}", device=microphone_in_words(devices))
    return _(
        "you: {microphone} · candidate: {call}",
        microphone=microphone_in_words(devices),
        call=call_in_words(devices),
    )

"""Why a document does not become a guide."""

from collections.abc import Iterable

from copilot.errors import InputError
from copilot.guides.importing.draft import Draft
from copilot.i18n import N_, _, ngettext


class ImportingError(InputError):
    """A document holds no guide, or one that does not go with what is there."""

    title = N_("Not imported")


def no_questions(draft: Draft, files: Iterable[str], *, model: str = "") -> ImportingError:
    """The error that there is nothing to ask in what was read.

    Args:
        draft: What was found.
        files: The documents' names.
        model: The language model that could be asked about it; empty for none.
    """
    none = _("{files}: there is no question in it.", files=", ".join(files))
    said = "; ".join(f"{name}: {count}" for name, count in counts(draft).items() if count)
    found = _("Found instead: {found}.", found=said) if said else ""
    left = ngettext(
        "{count} block has no place.", "{count} blocks have no place.", len(draft.unplaced)
    )
    remedy = _(
        "Put each question on a line of its own: with a number, with a question mark, or as a "
        "heading."
    )
    if model:
        asked = _("Say --model, and {model} looks for them in the prose.", model=model)
        remedy = f"{asked} {remedy}"
    return ImportingError(" ".join(part for part in (none, found, left) if part), remedy)


def counts(draft: Draft) -> dict[str, int]:
    """How much of each kind was found, by its name in the interface's language."""
    tips = [draft.tips]
    tips += [each.tips for each in draft.questions]
    tips += [each.tips for each in draft.stages]
    return {
        _("questions"): len(draft.questions),
        _("expected points"): sum(len(each.points) for each in draft.questions),
        _("red flags"): len(draft.red_flags),
        _("competencies"): len(draft.competencies),
        _("skills"): len(draft.skills),
        _("stages"): len(draft.stages),
        _("tips"): sum(map(len, tips)),
        _("names and acronyms"): len(draft.terms),
    }

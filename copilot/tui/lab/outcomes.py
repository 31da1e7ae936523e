"""How cases went, by shape and colour and in words, so that none is needed alone."""

from copilot.i18n import N_
from copilot.lab.comparing.model import Change, Outcome
from copilot.tui.signs import Sign

#: Words are to be looked up with ``_`` where they are shown.
OUTCOMES: dict[Outcome, Sign] = {
    Outcome.PASSED: Sign("✓", "$text-success", N_("passed")),
    Outcome.FAILED: Sign("✕", "$text-error", N_("failed")),
    Outcome.FLAKY: Sign("≈", "$text-warning", N_("repeats differ")),
    Outcome.ERROR: Sign("!", "$text-error", N_("no output, because of an error")),
    Outcome.MISSING: Sign("·", "$text-muted", N_("not done")),
}
#: In the order in which they are worth looking at.
CHANGES: dict[Change, Sign] = {
    Change.BROKEN: Sign("▼", "$text-error", N_("broken")),
    Change.FIXED: Sign("▲", "$text-success", N_("fixed")),
    Change.ERROR: Sign("!", "$text-error", N_("error")),
    Change.FLAKY: Sign("≈", "$text-warning", N_("repeats differ")),
    Change.ONLY_A: Sign("◁", "$text-warning", N_("only in A")),
    Change.ONLY_B: Sign("▷", "$text-warning", N_("only in B")),
    Change.CHANGED: Sign("#", "$text-warning", N_("the case itself changed")),
    Change.BOTH_FAIL: Sign("✕", "$text-muted", N_("both fail")),
    Change.BOTH_PASS: Sign("✓", "$text-muted", N_("both pass")),
}
#: What a person said of an output.
LABELS: dict[str, Sign] = {
    "good": Sign("+", "$text-success", N_("good")),
    "bad": Sign("-", "$text-error", N_("bad")),
}

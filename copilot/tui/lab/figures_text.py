"""The figures of a run in words, each with its 95 % interval."""

import math
from collections.abc import Iterator

from textual.content import Content

from copilot.i18n import N_, _, ngettext
from copilot.lab.measuring.bootstrap import Estimate
from copilot.lab.measuring.model import Figures, KindFigures, PartFigures, VariantFigures
from copilot.tui.lists.base import one_line

#: Kinds of decisions, looked up with ``_`` where they are shown.
_KINDS = {
    "point": N_("Points"),
    "flag": N_("Flags"),
    "question": N_("Questions"),
    "refusal": N_("Refusals"),
    "sentence": N_("Sentences left out"),
}
#: The hardest points or flags that are named.
_TARGETS = 5


def in_short(figures: VariantFigures) -> str:
    """What a variant comes to, on one line."""
    whole = figures.whole
    parts = [_("{share} passed", share=share_text(whole.passed))]
    parts += [
        f"{_(_KINDS.get(kind.kind, kind.kind))} F1 {_number(kind.rates.f1.value)}"
        for kind in whole.kinds
    ]
    if whole.errors:
        parts.append(ngettext("{count} error", "{count} errors", whole.errors))
    return " · ".join(parts)


def figures_content(figures: Figures) -> Content:
    """All there is, variant by variant."""
    lines: list[Content] = []
    for variant in figures.variants:
        lines.append(Content.styled(one_line(variant.variant), "bold"))
        lines += (Content(f"  {line}") for line in _part(variant.whole))
        for part in variant.languages:
            lines.append(Content.styled(f"  {part.language}", "bold"))
            lines += (Content(f"    {line}") for line in _part(part))
        lines.append(Content(""))
    return Content("\n").join(lines)


def share_text(share: Estimate) -> str:
    """A share with its interval, as ``81 % (70 to 90)``."""
    if math.isnan(share.value):
        return "-"
    value = f"{100 * share.value:.0f} %"
    if math.isnan(share.low) or math.isnan(share.high):
        return value
    low, high = f"{100 * share.low:.0f}", f"{100 * share.high:.0f}"
    return _("{value} ({low} to {high})", value=value, low=low, high=high)


def _part(part: PartFigures) -> Iterator[str]:
    cases = ngettext("{count} case", "{count} cases", part.cases)
    yield _("passed {share} of {cases}", share=share_text(part.passed), cases=cases)
    if not math.isnan(part.unsteady) and part.unsteady > 0:
        yield _("repeats differ in {share} of them", share=f"{100 * part.unsteady:.0f} %")
    for kind in part.kinds:
        yield from _kind(kind)
    for check in part.checks:
        told = f"{one_line(check.name)}: {share_text(check.share)}"
        yield told if check.counts else told + " " + _("(does not count)")
    yield from _spent(part)


def _kind(kind: KindFigures) -> Iterator[str]:
    rates = kind.rates
    yield _(
        "{kind}: precision {precision}, recall {recall}, F1 {f1}",
        kind=_(_KINDS.get(kind.kind, kind.kind)),
        precision=share_text(rates.precision),
        recall=share_text(rates.recall),
        f1=share_text(rates.f1),
    )
    hard = [each for each in kind.targets if each.f1 < 1][:_TARGETS]
    if hard:
        named = ", ".join(f"{each.target} {_number(each.f1)}" for each in hard)
        yield _("hardest: {targets}", targets=one_line(named))
    if kind.calibration is not None:
        yield _(
            "probabilities are off by {error} on average",
            error=f"{100 * kind.calibration.error:.1f} %",
        )
    if kind.lateness is not None and not math.isnan(kind.lateness.in_time.value):
        yield _("in time: {share}", share=share_text(kind.lateness.in_time))


def _spent(part: PartFigures) -> Iterator[str]:
    spent = part.spending
    if not math.isnan(spent.p50_s):
        yield _(
            "took {p50} s (half of them), {p95} s (95 in 100)",
            p50=f"{spent.p50_s:.2f}",
            p95=f"{spent.p95_s:.2f}",
        )
    if spent.requests:
        yield _(
            "{requests} requests, {sent} tokens sent, {answered} answered",
            requests=spent.requests,
            sent=spent.tokens_in,
            answered=spent.tokens_out,
        )
    if spent.cost:
        yield _("cost {cost}", cost=f"{spent.cost:.4f}")


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.2f}"

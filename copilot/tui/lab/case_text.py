"""A case and what came out of it, as text for the screen."""

from collections.abc import Sequence

from textual.content import Content

from copilot.difference import Piece, different_words
from copilot.i18n import _
from copilot.lab.cases import Case
from copilot.lab.labels import Label
from copilot.lab.results import Checked, Decision, Produced, Result
from copilot.tui.lab.outcomes import LABELS
from copilot.tui.lab.values import value_text
from copilot.tui.lists.base import one_line
from copilot.tui.transcript.entry import clean

_HELD, _NOT_HELD, _OPEN = "✓", "✕", "?"


def given_content(case: Case) -> Content:
    """What the task is given."""
    return _under(_("Given"), Content(value_text(case.vars)))


def expected_content(case: Case) -> Content:
    """What is known to be right; empty where nothing is."""
    known = {key: value for key, value in case.expected.items() if value not in (None, "", [], {})}
    return _under(_("Expected"), Content(value_text(known))) if known else Content("")


def output_content(
    title: str,
    result: Result,
    other: Result | None,
    label: Label | None,
    *,
    whole: bool,
    here: bool,
    is_left: bool,
) -> Content:
    """One output: its title, what it says, checks, labels beside decisions, what it took.

    Args:
        title: What it is called.
        result: It.
        other: What stands beside it; words that are not in there are marked.
        label: What people said of it.
        whole: Whether to show all of it and not its text alone.
        here: Whether its column is the one the keys act on.
        is_left: Whether it is what was before.
    """
    name = Content.assemble(("▸ " if here else "  ", "$text-accent"), (one_line(title), "bold"))
    parts = [name, *_label_lines(label), _said(result, other, whole=whole, is_left=is_left)]
    if result.checks:
        parts.append(_under(_("Checks"), *map(_check_line, result.checks)))
    if result.decisions:
        parts.append(_under(_("Beside the labels"), *map(_decision_line, result.decisions)))
    parts.append(Content.styled(_took(result.produced, cached=result.cached), "$text-muted"))
    return Content("\n").join(parts)


def _said(result: Result, other: Result | None, *, whole: bool, is_left: bool) -> Content:
    if result.produced.failed:
        told = f"{result.produced.error_kind}: {clean(result.produced.error)}"
        return Content.styled(told, "$text-error")
    mine = _shown(result, whole=whole)
    if other is None or other.produced.failed:
        return Content(mine)
    theirs = _shown(other, whole=whole)
    before, after = different_words(*((mine, theirs) if is_left else (theirs, mine)))
    return pieces_content(before if is_left else after, is_left=is_left)


def _shown(result: Result, *, whole: bool) -> str:
    if whole or (not result.text and result.produced.output not in (None, "", [], {})):
        return value_text(result.produced.output) or _("(nothing)")
    return "\n".join(clean(line) for line in result.text.splitlines()) or _("(silent)")


def pieces_content(pieces: Sequence[Piece], *, is_left: bool) -> Content:
    """Pieces of a text; what the other has not is struck through where it went, else underlined."""
    style = "$text-error strike" if is_left else "$text-success underline"
    return Content.assemble(*((piece.text, "" if piece.same else style) for piece in pieces))


def _label_lines(label: Label | None) -> list[Content]:
    if label is None:
        return []
    sign = LABELS[label.verdict]
    told = _("{sign} {word}, says {by}", sign=sign.shape, word=_(sign.word), by=label.by or "?")
    note = f": {one_line(label.note)}" if label.note else ""
    return [Content.styled(told + note, f"{sign.style} bold")]


def _check_line(check: Checked) -> Content:
    shape, style = _sign_of(check)
    score = "" if check.score is None else f" {check.score:.2f}"
    quiet = "" if check.counts else " " + _("(does not count)")
    reason = f": {one_line(check.reason)}" if check.reason else ""
    return Content.assemble((f"{shape} ", style), (check.name, "bold"), f"{score}{quiet}{reason}")


def _sign_of(check: Checked) -> tuple[str, str]:
    if check.passed is None:
        return _OPEN, "$text-warning"
    return (_HELD, "$text-success") if check.passed else (_NOT_HELD, "$text-error")


def _decision_line(decision: Decision) -> Content:
    sign = (f"{_HELD} ", "$text-success") if decision.agrees else (f"{_NOT_HELD} ", "$text-error")
    told = _(
        "{what}: labelled {label}, shown {state}",
        what=f"{decision.kind} {decision.target}".strip(),
        label=decision.label,
        state=decision.state,
    )
    sure = "" if decision.confidence is None else f" ({decision.confidence:.2f})"
    return Content.assemble(sign, one_line(told + sure))


def _took(produced: Produced, *, cached: bool) -> str:
    parts = [one_line(produced.model)] if produced.model else []
    parts.append(_("{seconds} s", seconds=f"{produced.took_s:.2f}"))
    if produced.requests:
        tokens = _(
            "{sent} tokens sent, {answered} answered",
            sent=produced.tokens_in,
            answered=produced.tokens_out,
        )
        parts.append(tokens)
    if produced.cost is not None:
        parts.append(_("cost {cost}", cost=f"{produced.cost:.4f}"))
    if produced.repaired:
        parts.append(_("asked twice"))
    if cached:
        parts.append(_("from the cache"))
    return " · ".join(parts)


def _under(heading: str, *lines: Content) -> Content:
    return Content("\n").join([Content.styled(heading, "bold $text-accent"), *lines])

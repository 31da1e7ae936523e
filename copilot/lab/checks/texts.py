"""Checks of an output's text, by the names and with the values that promptfoo gives them."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from copilot.coach.words import is_in
from copilot.lab.cases import Assertion
from copilot.lab.checks.base import Check, Look, Seen, found
from copilot.lab.results import Checked

_TEXTS = (list, tuple)
#: A longer text is not compared letter by letter.
_LONGEST = 5000


def spoken_words(text: str) -> int:
    """How many words a text has as people count them: "don't" is one, a lone dash is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


# -- words that stand in it -----------------------------------------------------------------------


def _holds(every: bool, fold: bool) -> Look:
    def look(seen: Seen, assertion: Assertion) -> Checked:
        folded: Callable[[str], str] = str.casefold if fold else str
        wanted = [assertion.value] if isinstance(assertion.value, str) else assertion.value
        text = folded(seen.view.text)
        there = [str(one) for one in wanted if folded(str(one)) in text]
        missing = [str(one) for one in wanted if str(one) not in there]
        passed = not missing if every else bool(there)
        said = f"it holds {_listed(there)}" if there else "it holds none of them"
        if missing and every:
            said = f"it does not hold {_listed(missing)}"
        return found(assertion, passed, said, len(there) / len(wanted))

    return look


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(map(repr, texts))


def _equals(seen: Seen, assertion: Assertion) -> Checked:
    value = assertion.value
    ours = seen.view.text.strip() if isinstance(value, str) else seen.view.output
    same = ours == (value.strip() if isinstance(value, str) else value)
    return found(assertion, same, "it is the same" if same else "it is something else")


def _starts(seen: Seen, assertion: Assertion) -> Checked:
    starts = seen.view.text.lstrip().startswith(assertion.value)
    return found(assertion, starts, f"it begins {'so' if starts else 'otherwise'}")


def _regex(seen: Seen, assertion: Assertion) -> Checked:
    match = re.search(assertion.value, seen.view.text)
    return found(assertion, match is not None, "it fits" if match else "nothing of it fits")


def _regex_faults(value: Any) -> str:
    try:
        re.compile(value)
    except re.error as error:
        return f"is no regular expression: {error}"
    return ""


def _is_json(seen: Seen, assertion: Assertion) -> Checked:
    """The text, or where that is prose the output itself, which is stored as JSON."""
    if isinstance(seen.view.output, dict | list):
        return found(assertion, True, "the output is JSON")
    try:
        json.loads(seen.view.text)
    except ValueError:
        return found(assertion, False, "it is no JSON")
    return found(assertion, True, "it is JSON")


def _levenshtein(seen: Seen, assertion: Assertion) -> Checked:
    text, wanted = seen.view.text, str(assertion.value)
    if max(len(text), len(wanted)) > _LONGEST:
        return found(assertion, None, f"it is longer than {_LONGEST} characters")
    most = 5.0 if assertion.threshold is None else assertion.threshold
    away = _distance(text, wanted)
    return found(assertion, away <= most, f"{away} changes of a letter away")


def _distance(one: str, other: str) -> int:
    """Levenshtein's, "Binary codes capable of correcting deletions" (1966), a row at a time."""
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, 1):
        before, row[0] = row[0], count
        for at, theirs in enumerate(other, 1):
            kept = before + (letter != theirs)
            before = row[at]
            row[at] = min(kept, row[at] + 1, row[at - 1] + 1)
    return row[-1]


# -- its length and language ----------------------------------------------------------------------


def _most_words(seen: Seen, assertion: Assertion) -> Checked:
    count = spoken_words(seen.view.text)
    return found(assertion, count <= assertion.value, f"{count} words")


def _fewest_words(seen: Seen, assertion: Assertion) -> Checked:
    count = spoken_words(seen.view.text)
    return found(assertion, count >= assertion.value, f"{count} words")


def _language(seen: Seen, assertion: Assertion) -> Checked:
    wanted = assertion.value or seen.view.language
    passed = is_in(seen.view.text, wanted)
    return found(assertion, passed, f"its words are {'' if passed else 'not '}those of {wanted!r}")


def _language_faults(value: Any) -> str:
    return "" if value in (None, "en", "fr") else "has to be en or fr"


# -- what it took ---------------------------------------------------------------------------------


def _latency(seen: Seen, assertion: Assertion) -> Checked:
    took = 1000 * seen.produced.took_s
    return found(assertion, took <= (assertion.threshold or 0), f"{took:.0f} ms")


def _cost(seen: Seen, assertion: Assertion) -> Checked:
    cost = seen.produced.cost
    if cost is None and not seen.produced.requests:
        cost = 0.0
    if cost is None:
        return found(assertion, None, "its cost is unknown: the profile has no prices")
    return found(assertion, cost <= (assertion.threshold or 0), f"it cost {cost:g}")


def _some(value: Any) -> str:
    if isinstance(value, str):
        return "" if value else "must not be empty"
    if not value or not all(isinstance(one, str | int | float) and str(one) for one in value):
        return "has to be a list of texts"
    return ""


def _not_negative(value: Any) -> str:
    return "" if value >= 0 else "must not be negative"


_ANY = float("inf")

CHECKS = (
    Check("equals", "is this text, or this JSON", _equals, (str, int, float, dict, list)),
    Check("contains", "holds this text", _holds(True, False), str, faults=_some),
    Check("icontains", "holds this text, in any case", _holds(True, True), str, faults=_some),
    Check("contains-all", "holds all of these texts", _holds(True, False), _TEXTS, faults=_some),
    Check("contains-any", "holds one of these texts", _holds(False, False), _TEXTS, faults=_some),
    Check(
        "icontains-all", "holds all of them, in any case", _holds(True, True), _TEXTS, faults=_some
    ),
    Check(
        "icontains-any", "holds one of them, in any case", _holds(False, True), _TEXTS, faults=_some
    ),
    Check("starts-with", "begins with this text", _starts, str, faults=_some),
    Check("regex", "something in it fits this expression", _regex, str, faults=_regex_faults),
    Check("is-json", "is JSON", _is_json),
    Check(
        "levenshtein",
        "at most threshold changes of a letter from this text (5 by default)",
        _levenshtein,
        str,
        most=_ANY,
    ),
    Check("max-words", "has at most so many words", _most_words, int, faults=_not_negative),
    Check("min-words", "has at least so many words", _fewest_words, int, faults=_not_negative),
    Check(
        "language",
        "is in this language, by default the case's",
        _language,
        (str, type(None)),
        of_text=True,
        faults=_language_faults,
    ),
    Check("latency", "took at most threshold milliseconds", _latency, most=_ANY, needed=True),
    Check("cost", "cost at most threshold", _cost, most=_ANY, needed=True),
)

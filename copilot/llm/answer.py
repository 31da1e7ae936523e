"""From the text of an answer to a checked model.

Models think aloud, put fences around what they write, and begin with "Here is the JSON". All of
that is passed over; what remains is checked by the request's own model and never repaired by
guessing. What an answer holds may be what was said in the interview, so no error quotes it.
"""

import json
import re
from collections.abc import Iterator

from pydantic import BaseModel, ValidationError

from copilot.llm.request import Output

_THOUGHT_ENDS = re.compile(r"</(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
#: So many braces are tried: text that is full of them is no answer.
_MOST_OBJECTS = 200
_MOST_FAULTS = 12


class Misfit(Exception):  # noqa: N818 - no error of the user's: the answer is asked for again
    """An answer that does not fit.

    Attributes:
        faults: What is wrong with it, for the model that is asked again; holds names of the
            schema and kinds of faults, and nothing of the answer.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_answer(text: str, output: type[Output]) -> Output:
    """The answer in a text.

    The whole text where that is one, else the last JSON object behind any reasoning that fits.

    Raises:
        Misfit: There is none that fits.
    """
    names = frozenset(output.model_json_schema().get("properties", ()))
    fault: ValidationError | None = None
    for candidate in _candidates(text, names):
        try:
            return output.model_validate_json(candidate)
        except ValidationError as error:
            fault = fault or error  # of the last object, which comes first
    if fault is None:
        raise Misfit(("there is no complete JSON object in it",))
    raise Misfit(_faults(fault, output))


def without_reasoning(text: str) -> str:
    """What comes after the reasoning; all of it where there is none."""
    *_, last = _THOUGHT_ENDS.split(text)
    return last


def _candidates(text: str, names: frozenset[str]) -> Iterator[str]:
    whole = text.strip()
    if whole.startswith("{") and whole.endswith("}"):
        yield whole  # also where one of its own texts holds a mark that ends reasoning
    yield from reversed(list(_objects(without_reasoning(text), names)))


def _objects(text: str, names: frozenset[str]) -> Iterator[str]:
    """The JSON objects in a text that stand in no other and have one of the names, if any.

    An object inside a broken one stands in no other either; without the names, a part of an
    answer could pass for the whole where all of it is optional.
    """
    decoder = json.JSONDecoder()
    at = text.find("{")
    for _ in range(_MOST_OBJECTS):
        if at < 0:
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if not names or names & set(found):
                yield text[at:end]
        at = text.find("{", end)


def _faults(error: ValidationError, output: type[BaseModel]) -> tuple[str, ...]:
    known = _names(output)
    found = error.errors(include_url=False, include_context=False, include_input=False)
    faults = [
        f"{_place(fault['loc'], known)}: {fault['type'].replace('_', ' ')}"
        for fault in found[:_MOST_FAULTS]
    ]
    return tuple(dict.fromkeys(faults))


def _place(path: tuple[int | str, ...], known: frozenset[str]) -> str:
    """Where a fault is; a name the schema does not know is one the answer made up."""
    parts = [str(part) if isinstance(part, int) or part in known else "?" for part in path]
    return ".".join(parts) or "the whole"


def _names(output: type[BaseModel]) -> frozenset[str]:
    found: set[str] = set()
    nodes: list[object] = [output.model_json_schema()]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            found |= set(node.get("properties", ()))
            nodes += node.values()
        elif isinstance(node, list):
            nodes += node
    return frozenset(found)

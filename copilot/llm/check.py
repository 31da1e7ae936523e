"""Whether a profile works: is the endpoint there, does it have the model, does it answer in form.

Nothing of an interview is sent.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from copilot.errors import nearest
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.dialect import Form
from copilot.llm.errors import EndpointError, LlmError
from copilot.llm.exchange import Patience
from copilot.llm.profile import Profile
from copilot.llm.request import ChatRequest, Message, PromptRef, Purpose
from copilot.llm.result import Answered, Usage

_MOST_TOKENS = 50_000
#: Enough for a model that thinks aloud about one word.
_LONGEST_ANSWER = 2_000
#: Some endpoints do not list their models.
_NO_LIST = frozenset({404, 405, 501})
_FORMS = {
    Form.SCHEMA: "keeps to a JSON schema",
    Form.JSON: "knows no schemas and keeps to JSON",
    Form.TEXT: "knows neither schemas nor JSON mode; answers are checked as ever",
}


class Ready(BaseModel):
    """Say that you are ready."""

    model_config = ConfigDict(extra="forbid")

    word: Literal["ready"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Attributes:
        profile: Of which endpoint and model.
        models: What the endpoint calls its models; None where it does not say.
        form: How it is told the form of an answer; None where it gave none.
        took_s: How long its second answer took, in seconds; the first may wait for a model to be
            loaded.
        usage: Tokens of that answer.
        problem: What went wrong first; None where all works.
    """

    profile: Profile
    models: tuple[str, ...] | None = None
    form: Form | None = None
    took_s: float | None = None
    usage: Usage = field(default_factory=Usage)
    problem: LlmError | None = None

    @property
    def works(self) -> bool:
        """Whether it can be used."""
        return self.problem is None


def check_profile(
    profile: Profile,
    *,
    patience: Patience | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Checked:
    """List the models and ask for one word, twice; waits for the answers.

    Args:
        profile: Whom to ask.
        patience: How long to wait.
        clock: Seconds on a monotonic clock.
    """
    models: tuple[str, ...] | None = None
    budget = Budget(_MOST_TOKENS)
    with LlmClient(profile, budget, patience=patience, clock=clock) as client:
        try:
            models = _models(client)
            client.ask(_request()).result()
            answered: Answered[Ready] = client.ask(_request()).result()
        except LlmError as error:
            return Checked(profile, models, problem=error)
        return Checked(profile, models, client.form, answered.took_s, answered.usage)


def lines(checked: Checked, patience: Patience | None = None) -> Iterator[str]:
    """What was found, in words; a line each."""
    profile, limit_s = checked.profile, (patience or Patience()).live_s
    way = "" if profile.secure else "; the way there is not encrypted"
    yield f"text → {profile.host}: {profile.name}, {profile.model}{way}"
    if checked.models is not None and profile.model not in checked.models:
        yield f"{profile.model} is not among its models. {nearest(profile.model, checked.models)}"
    if checked.problem is not None:
        yield f"{checked.problem.title}: {checked.problem.message} {checked.problem.remedy}".strip()
    if checked.form is None or checked.took_s is None:
        return
    late = "" if checked.took_s < limit_s else "; too slow for live suggestions"
    yield f"It answers in {checked.took_s:.1f} s{late}, and {_FORMS[checked.form]}."
    if checked.usage.estimated:
        yield "It does not say how many tokens it takes; they are counted high."


def _models(client: LlmClient) -> tuple[str, ...] | None:
    try:
        return client.models()
    except EndpointError as error:
        if error.status not in _NO_LIST:
            raise
        return None


def _request() -> ChatRequest[Ready]:
    return ChatRequest(
        purpose=Purpose.REVIEW,
        messages=(
            Message("system", 'You answer with JSON: an object {"word": "ready"}.'),
            Message("user", "Are you ready?"),
        ),
        output=Ready,
        temperature=0.0,
        max_tokens=_LONGEST_ANSWER,
        prompt=PromptRef("check", ""),
    )

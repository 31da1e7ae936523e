"""What the tasks that ask a language model share: what is sent, what decides, what it took."""

import dataclasses
import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from copilot.errors import CopilotError, UsageError, nearest
from copilot.lab.bench import Bench, profile_of, prompt_of
from copilot.lab.cases import Case, LabModel
from copilot.lab.grid import Item, Materials, Provider, Variant
from copilot.lab.results import Produced
from copilot.lab.small_model import SMALL_MODEL, model_hash
from copilot.lab.tasks.allowance import Allowance
from copilot.lab.tasks.base import Estimate
from copilot.llm.client import Asks
from copilot.llm.errors import LlmError
from copilot.llm.inputs import AnyInputs
from copilot.llm.prompt_file import Prompt, parse_prompt
from copilot.llm.prompts import render
from copilot.llm.request import ChatRequest, Output, Purpose
from copilot.llm.result import Answered, Usage
from copilot.llm.schema import json_schema, schema_name
from copilot.llm.tokens import estimate_request

_ANY_LENGTH = 10**9


class ModelConfig(LabModel):
    """What ``config`` of a provider may say for these tasks.

    Attributes:
        temperature: Instead of the prompt's.
        max_tokens: Longest answer, instead of the prompt's.
        limit_s: Longest wait for an answer, in seconds.
        live: Whether to wait no longer than while an interview goes on.
    """

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=16, le=32_000)] | None = None
    limit_s: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    live: bool = False


def config_of(provider: Provider) -> ModelConfig:
    """The settings of a provider.

    Raises:
        UsageError: There is a key these tasks do not know, or a value that cannot be.
    """
    try:
        return ModelConfig.model_validate(dict(provider.config))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        key = str(fault["loc"][0]) if fault["loc"] else ""
        hint = nearest(key, ModelConfig.model_fields) if key not in ModelConfig.model_fields else ""
        what = "unknown key" if hint else fault["msg"]
        raise UsageError(f"the provider {provider.name!r}, config.{key}: {what}.", hint) from None


def prompt_for(variant: Variant, materials: Materials, language: str) -> Prompt:
    """The prompt of a variant as it was when the run began, with the provider's settings in it.

    Raises:
        CopilotError: The prompt has errors, or a setting has.
    """
    text = prompt_of(materials, variant, language)
    prompt = _parsed(text.path, text.text)
    config = config_of(variant.provider)
    changes = {
        name: value
        for name, value in (("temperature", config.temperature), ("max_tokens", config.max_tokens))
        if value is not None
    }
    return dataclasses.replace(prompt, front=prompt.front.model_copy(update=changes))


@functools.lru_cache(maxsize=64)
def _parsed(path: str, text: str) -> Prompt:
    return parse_prompt(Path(path), text.encode())


def requests_of(
    prompt: Prompt, inputs: Sequence[AnyInputs], provider: Provider, *, any_length: bool = False
) -> tuple[ChatRequest[Any], ...]:
    """What is sent.

    Args:
        prompt: What they are made with.
        inputs: What the prompt is told, a request each.
        provider: To whom.
        any_length: Whether they may be longer than the prompt allows: to plan what will only be
            told as an error when it is done.

    Raises:
        CopilotError: The prompt asks for what is not there, or it would be too long.
    """
    live = config_of(provider).live
    if any_length:
        front = prompt.front.model_copy(update={"max_prompt_tokens": _ANY_LENGTH})
        prompt = dataclasses.replace(prompt, front=front)
    return tuple(
        dataclasses.replace(render(prompt, each), purpose=each.purpose if live else Purpose.REVIEW)
        for each in inputs
    )


@contextmanager
def named(case: Case) -> Iterator[None]:
    """Say of what goes wrong in which case it does.

    Raises:
        CopilotError: What went wrong, with the case.
    """
    try:
        yield
    except CopilotError as error:
        where = f"{case.origin}: " if case.origin else ""
        message = f"{where}case {case.id!r}: {error.message}"
        raise type(error)(message, error.remedy, title=error.title) from error


def fingerprint_of(
    requests: Sequence[ChatRequest[Any]],
    variant: Variant,
    materials: Materials,
    **more: Any,
) -> dict[str, Any]:
    """All that decides what comes out.

    Args:
        requests: What is sent.
        variant: To whom.
        materials: Of the run.
        more: What else decides, as JSON.

    Raises:
        CopilotError: The provider is no language model.
    """
    return {
        "requests": [
            {
                "messages": [[message.role, message.content] for message in request.messages],
                "output": schema_name(request.output),
                "schema": json_schema(request.output),
                "temperature": request.temperature,
                "max_tokens": request.max_tokens,
            }
            for request in requests
        ],
        "model": _identity(variant.provider, materials),
        **more,
    }


def estimate_of(requests: Sequence[ChatRequest[Any]]) -> Estimate:
    """What they use at most, without the second try after an answer that does not fit."""
    return Estimate(
        requests=len(requests),
        tokens_in=sum(map(estimate_request, requests)),
        tokens_out=sum(request.max_tokens for request in requests),
    )


class Asker:
    """Asks the model of one item, and knows what that took.

    Attributes:
        client: For code that asks by itself, within what the item may use; it tells ``count`` and
            ``count_failed``.
    """

    def __init__(self, item: Item, bench: Bench) -> None:
        """Prepare; nothing is sent.

        Raises:
            CopilotError: The item's provider is no language model, or its settings have errors.
        """
        provider = item.variant.provider
        client = bench.client(provider, config_of(provider).limit_s)
        self.client: Asks = client if item.most is None else client.within(Allowance(item.most))
        self._model = ""
        self._took_s = 0.0
        self._requests = 0
        self._usage = Usage()
        self._repaired = False

    def ask(self, request: ChatRequest[Output]) -> Answered[Output]:
        """Ask and wait.

        Raises:
            LlmError: There is no answer that can be used.
        """
        try:
            answered = self.client.ask(request).result()
        except LlmError as error:
            self.count_failed(error)
            raise
        self.count(answered)
        return answered

    def count(self, answered: Answered[Any]) -> None:
        """Count an answer that was asked for with ``client``."""
        self._model = self._model or answered.model
        self._took_s += answered.took_s
        self._requests += answered.requests
        self._usage += answered.usage
        self._repaired = self._repaired or answered.repaired

    def count_failed(self, error: LlmError) -> None:
        """Count a call that failed."""
        self._took_s += error.took_s
        self._requests += error.requests
        self._usage += error.usage

    def produced(self, output: Any = None, error: CopilotError | None = None) -> Produced:
        """The output, or why there is none, with what it took."""
        prices = self.client.profile.prices
        used = self._usage
        return Produced(
            output=output if error is None else None,
            error="" if error is None else told(error),
            error_kind="" if error is None else type(error).__name__,
            model=self._model or self.client.profile.model,
            took_s=self._took_s,
            requests=self._requests,
            tokens_in=used.tokens_in,
            tokens_out=used.tokens_out,
            estimated=used.estimated,
            cost=None if prices is None else prices.cost(used.tokens_in, used.tokens_out),
            repaired=self._repaired,
        )


def produced_by(item: Item, bench: Bench, work: Callable[[Asker], Any]) -> Produced:
    """What an item brings; what goes wrong is told in the result.

    Args:
        item: The item.
        bench: What the worker keeps.
        work: Asks, and returns the output as JSON.
    """
    try:
        asker = Asker(item, bench)
    except CopilotError as error:
        return Produced(error=told(error), error_kind=type(error).__name__)
    try:
        return asker.produced(work(asker))
    except CopilotError as error:
        return asker.produced(error=error)


def told(error: CopilotError) -> str:
    """An error in one line; errors of the program say nothing of what was said."""
    return f"{error.title}: {error.message}"


def _identity(provider: Provider, materials: Materials) -> dict[str, str]:
    """Which model answers, however it is reached."""
    if provider.id == SMALL_MODEL:
        return {"file": model_hash()}
    profile = profile_of(materials, provider)
    return {"host": profile.host, "model": profile.model}

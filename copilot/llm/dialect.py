"""What an endpoint understands of a request: from what most do to what every one does.

OpenAI-compatible endpoints differ. Some know no schemas, some no JSON mode; OpenAI's newer models
take neither ``max_tokens`` nor a temperature. What an endpoint refuses is left out, once, and for
the rest of the session.
"""

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from copilot.llm.request import ChatRequest, Message, Output
from copilot.llm.schema import json_schema, schema_name

_LENGTHS = ("max_tokens", "max_completion_tokens")


class Form(StrEnum):
    """How an endpoint is told the form of the answer."""

    SCHEMA = "json_schema"
    """By a schema that it keeps to."""
    JSON = "json_object"
    """By a schema in the prompt; it keeps to JSON."""
    TEXT = "text"
    """By a schema in the prompt alone."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a request may hold.

    Attributes:
        form: How the form of the answer is told.
        length: What the longest answer is called.
        temperature: Whether one is sent.
        usage: Whether it is asked to say how many tokens it took.
    """

    form: Form = Form.SCHEMA
    length: str = _LENGTHS[0]
    temperature: bool = True
    usage: bool = True

    def messages(self, given: tuple[Message, ...], output: type[Output]) -> tuple[Message, ...]:
        """The messages to send: with the schema in the first, where that is the way to tell it."""
        if self.form is Form.SCHEMA:
            return given
        told = (
            "Answer with one JSON object and nothing else. It must match this JSON schema:\n"
            f"{json.dumps(json_schema(output), ensure_ascii=False)}"
        )
        if given and given[0].role == "system":
            return (Message("system", f"{given[0].content}\n\n{told}"), *given[1:])
        return (Message("system", told), *given)

    def parameters(
        self, request: ChatRequest[Output], messages: tuple[Message, ...], model: str
    ) -> dict[str, Any]:
        """The body of the request, by the names of the interface."""
        body: dict[str, Any] = {
            "model": model,
            "messages": [{"role": sent.role, "content": sent.content} for sent in messages],
            "stream": True,
            self.length: request.max_tokens,
        }
        if self.temperature:
            body["temperature"] = request.temperature
        if self.usage:
            body["stream_options"] = {"include_usage": True}
        if self.form is Form.SCHEMA:
            schema = json_schema(request.output)
            named = {"name": schema_name(request.output), "schema": schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": named}
        elif self.form is Form.JSON:
            body["response_format"] = {"type": "json_object"}
        return body

    def simpler(self, refused: str) -> "Dialect | None":
        """Without what was refused; None where nothing is left to leave out.

        Args:
            refused: A parameter's name; empty where the endpoint did not name one.
        """
        if refused == _LENGTHS[0]:
            return replace(self, length=_LENGTHS[1]) if self.length == refused else None
        if refused == "temperature":
            return replace(self, temperature=False) if self.temperature else None
        if refused == "stream_options":
            return replace(self, usage=False) if self.usage else None
        if self.form is Form.SCHEMA:
            return replace(self, form=Form.JSON)
        if self.form is Form.JSON:
            return replace(self, form=Form.TEXT, usage=self.usage and bool(refused))
        return None

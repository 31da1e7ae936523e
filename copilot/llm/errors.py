"""Why a language model gave no answer that can be used; what was sent and answered is not told.

LlmError                      (a ModelError)
├── EndpointError             the endpoint is not there, refuses, or broke off
│   ├── UnreachableError      … no connection: nothing was sent
│   ├── BusyError             … it has too many requests
│   ├── NotTakenError         … it does not take something of the request's form
│   ├── TimeLimitError        … not in time
│   └── RestingError          … it failed so often that it is left alone: nothing was sent
├── AnswerError               it answered, but not in the form that was asked for
│   ├── CutOffError           … the answer reached its longest length
│   ├── RefusalError          … the model will not answer this
│   └── EmptyAnswerError      … with nothing
├── TooLongError              the request does not fit the model: nothing was sent
├── BudgetError               the session's budget does not allow it: nothing was sent
└── CancelledCallError        the caller wanted it no more
"""

from copilot.errors import ModelError
from copilot.i18n import N_
from copilot.llm.result import Usage


class LlmError(ModelError):
    """A language model gave no answer that can be used; the local tier goes on without.

    Attributes:
        counts: Whether it speaks against the endpoint, so that a few in a row open the breaker.
        usage: Tokens the call had used when it failed, as far as is known.
        requests: How many requests it had sent.
        took_s: How long it had taken, in seconds.
    """

    title = N_("Language model failed")
    counts = False
    usage = Usage()
    requests = 0
    took_s = 0.0


class EndpointError(LlmError):
    """The endpoint is not there, refuses, or broke off.

    Attributes:
        status: Its HTTP status, where it refused; else 0.
        passing: Whether trying again soon may help.
        retry_after_s: How long it asks to be left alone, in seconds; None where it does not say.
    """

    title = N_("Language model endpoint failed")
    counts = True

    def __init__(
        self,
        message: str,
        remedy: str = "",
        *,
        title: str | None = None,
        status: int = 0,
        passing: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(message, remedy, title=title)
        self.status = status
        self.passing = passing
        self.retry_after_s = retry_after_s


class UnreachableError(EndpointError):
    """No connection could be made, so nothing was sent."""

    title = N_("Language model endpoint not reached")


class BusyError(EndpointError):
    """It has too many requests, or the account's limit is reached."""

    title = N_("Language model endpoint busy")


class NotTakenError(EndpointError):
    """It does not take something of the request's form, so it is asked in a simpler one.

    Attributes:
        parameter: What that is, by the name of the interface; empty where it does not say.
    """

    title = N_("Language model endpoint refuses the request")
    parameter = ""


class TimeLimitError(EndpointError):
    """The answer did not come while it was of use."""

    title = N_("Language model too slow")


class RestingError(EndpointError):
    """It failed several times in a row and is left alone for a while."""

    title = N_("Language model endpoint left alone")
    counts = False


class AnswerError(LlmError):
    """It answered, but not in the form that was asked for, also when asked again."""

    title = N_("Language model answer not usable")
    counts = True


class CutOffError(AnswerError):
    """The answer reached its longest length before it was complete."""

    title = N_("Language model answer cut off")


class RefusalError(AnswerError):
    """The model, or a filter in front of it, will not answer this."""

    title = N_("Language model refused")
    counts = False


class EmptyAnswerError(AnswerError):
    """The answer holds nothing."""

    title = N_("Language model answer empty")


class TooLongError(LlmError):
    """The request and its answer do not fit what the model can take; nothing was sent."""

    title = N_("Request too long")


class BudgetError(LlmError):
    """The request would go beyond the session's budget; nothing was sent."""

    title = N_("Language model budget spent")


class CancelledCallError(LlmError):
    """The caller wanted the answer no more."""

    title = N_("Language model call cancelled")

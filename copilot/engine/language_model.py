"""A session's use of a language model: whether, which, and how it stands."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from copilot.engine.asking.seam import MakeAsking, Reply, nobody
from copilot.engine.vitals import Vitals
from copilot.errors import CopilotError
from copilot.events import ModelRef
from copilot.i18n import N_, _
from copilot.interview import Interview
from copilot.knowledge.guide import Guide
from copilot.knowledge.off_limits import Pack
from copilot.llm.errors import BudgetError
from copilot.llm.profile import Profile
from copilot.llm.prompt_front import PromptError

if TYPE_CHECKING:
    from copilot.llm.breaker import BreakerState
    from copilot.llm.client import LlmClient
    from copilot.llm.exchange import Patience

#: What the screen says while the endpoint is left alone.
NO_ANSWER = N_("the language model does not answer; suggestions go on from the guide")
#: What it says once the session may use no more of it.
SPENT = N_("the language model's budget is used up; suggestions go on from the guide")


class LanguageModel:
    """The language model of one session, or none."""

    def __init__(self, profile: Profile | None, patience: "Patience | None" = None) -> None:
        """Prepare; nothing is sent or loaded.

        Args:
            profile: Which one; None for none.
            patience: How long to wait for it.
        """
        self._profile = profile
        self._patience = patience
        self._client: LlmClient | None = None
        # Written on one thread and read on another; each is replaced as a whole.
        self._trouble = ""
        self._notice = ""

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """It, as a session names it; of its files nothing is known."""
        if self._profile is None:
            return ()
        name = f"{self._profile.model} at {self._profile.host}"
        return (ModelRef(purpose="language", name=name, version="not known", sha256=""),)

    @property
    def text_goes_to(self) -> tuple[str, ...]:
        """Hosts that text is sent to."""
        return () if self._profile is None else (self._profile.host,)

    def keep_to(self, hosts: Sequence[str]) -> None:
        """Send nothing to an endpoint that is not among ``hosts``: nobody was told of it."""
        if self._profile is not None and self._profile.host not in hosts:
            self._profile = None

    def asking(
        self,
        guide: Guide,
        *,
        pack: Pack,
        pause_s: float,
        earlier: Interview,
        post: Callable[[Reply], None],
    ) -> MakeAsking:
        """Makes what asks it about an interview.

        Args:
            guide: In the language of the interview.
            pack: Every off-limits topic: no wording touches one, no protected fact is sent.
            pause_s: What counts as a pause of the candidate's, in seconds.
            earlier: What is known of an interrupted session that goes on; else empty.
            post: Carries a reply to the conducting thread; called on any.
        """
        if self._profile is None:
            return nobody
        from copilot.engine.asking import wiring  # noqa: PLC0415 - loads a lot

        self._client = wiring.client_for(self._profile, earlier, self._patience, self._note_breaker)
        return wiring.asking(
            self._client,
            guide,
            pack=pack,
            pause_s=pause_s,
            post=post,
            on_failure=self._note_failure,
        )

    def told(self, vitals: Vitals) -> Vitals:
        """A sign of life, with how the language model stands."""
        if not self._trouble and not self._notice:
            return vitals
        return replace(vitals, llm_trouble=self._trouble, llm_notice=self._notice)

    def close(self) -> None:
        """Break off what is under way and close the connections."""
        if self._client is not None:
            self._client.close()

    def _note_breaker(self, state: "BreakerState", _reason: str) -> None:
        self._trouble = "" if state == "closed" else _(NO_ANSWER)

    def _note_failure(self, error: CopilotError) -> None:
        if isinstance(error, BudgetError):
            self._notice = _(SPENT)
        elif isinstance(error, PromptError):
            until = _("Until it is mended, the last good version is used.")
            self._notice = f"{error.message} {until}"

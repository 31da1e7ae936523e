"""What the tasks have in common that the program does by itself: no prompt, no model, no chance."""

from collections.abc import Sequence
from typing import Any, ClassVar

from pydantic import BaseModel

from copilot.lab.cases import Assertion, Case
from copilot.lab.grid import Materials, Variant
from copilot.lab.tasks.base import Estimate


class LocalTask:
    """Base of them; see ``Task``. A guided one has ``role`` and ``language`` in its ``vars``."""

    vars: ClassVar[type[BaseModel]]
    prompt: ClassVar[str] = ""
    guided: ClassVar[bool] = False
    deterministic: ClassVar[bool] = True
    checks: ClassVar[Sequence[Assertion]] = (Assertion(type="right"),)

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:
        """The one of its role and language, where it needs one."""
        if not self.guided:
            return ()
        given: Any = self.vars.model_validate(case.vars)
        return ((given.role, given.language),)

    def estimate(self, case: Case, variant: Variant, materials: Materials) -> Estimate:  # noqa: ARG002 - the same for all
        """Nothing of a language model."""
        return Estimate()

"""A session's thresholds: the user's own, or those that ship, and what is to be said of them."""

from dataclasses import replace

from copilot.engine.vitals import Vitals
from copilot.events import ModelRef
from copilot.i18n import _
from copilot.matching.rules import Rules
from copilot.matching.rules_file import RulesInUse, rules_in_use


class Thresholds:
    """The thresholds of one session; read once, so that they stay the same to its end."""

    def __init__(self, rules: Rules | None = None) -> None:
        """Read them.

        Args:
            rules: Those to use; by default the user's own, or those that ship.
        """
        self._in_use = rules_in_use() if rules is None else RulesInUse(rules)
        self.rules = self._in_use.rules
        problem = self._in_use.problem
        self.notice = ""
        if problem is not None:
            until = _("Until it is mended, the thresholds that ship are used.")
            self.notice = f"{problem.message} {until}"

    @property
    def models(self) -> tuple[ModelRef, ...]:
        """What the journal says of them; nothing of those that ship with the program's version."""
        if self._in_use.path is None:
            return ()
        digest = self._in_use.sha256
        name = "thresholds of one's own"
        return (ModelRef(purpose="matching", name=name, version=digest[:8], sha256=digest),)

    def told(self, vitals: Vitals) -> Vitals:
        """A sign of life, with what is to be said of them."""
        return replace(vitals, matching_notice=self.notice) if self.notice else vitals

"""The local coach as a session has it: the guide's probes and light rules, behind the gate."""

from copilot.coach import Coach, CoachPolicy
from copilot.coach.gate import Gate, GateContext
from copilot.coach.gatekeeping import Gatekeeper
from copilot.coach.story import is_about_team, told
from copilot.engine.off_limits import OffLimits
from copilot.events import Channel, Utterance
from copilot.knowledge.guide import Guide
from copilot.matching.absence import unmeasured_claim


def local_coach(guide: Guide, policy: CoachPolicy, off_limits: OffLimits) -> Coach:
    """A coach that needs no model and no network, with everything it looks for compiled.

    Args:
        guide: In the language of the interview.
        policy: When and how often to suggest.
        off_limits: What no suggestion may touch, and what of an answer none may take up.
    """
    gate = Gate(off_limits.every_topic)
    off_limits.warm()
    _warm(guide, gate)
    return Coach(
        guide,
        policy,
        claims=unmeasured_claim,
        gate=Gatekeeper(guide, gate),
        may_quote=off_limits.unsolicited.may_quote,
    )


def _warm(guide: Guide, gate: Gate) -> None:
    """Look once for everything; the first pause of an interview should not wait for tables."""
    text = guide.questions[0].text
    said = [Utterance(id="u0", channel=Channel.CANDIDATE, start_s=0.0, end_s=0.0, text=text)]
    told(said, guide.language)
    is_about_team(said, guide.language)
    unmeasured_claim(said, guide.language)
    gate.check(text, GateContext(guide.language, question=text, answer=text))

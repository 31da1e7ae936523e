"""An interview about which a language model is asked, told event by event; nothing is heard."""

import json
import queue
from typing import Any, TypeVar

from copilot.coach import Moment
from copilot.engine.asking.seam import Reply
from copilot.engine.language_model import LanguageModel
from copilot.events import AskOutcome, FindingKind, FindingState, ModelAsked
from copilot.interview import replay
from copilot.knowledge.guide import Guide
from copilot.knowledge.off_limits import joined, load_packs
from tests.builders import GUIDE
from tests.engine.parts import PATIENCE_S
from tests.llm.asking import QUICK, toy
from tests.llm.scripted_server import Says, ScriptedServer
from tests.story import Story

E = TypeVar("E")
PACK = joined(load_packs())
#: An answer that a wording can build on, and in which the way back is nearly made.
ANSWER = "Well, we looked at the old oven first. Then we could perhaps go back to it for a while."
NEAR = "Then we could perhaps go back to it for a while."
BUILDS_ON = "we looked at the old oven first"
WORDING = "What made you look at the old oven first?"


def follow_up(**changes: Any) -> Says:
    """The model words a question, by default one that may be shown."""
    answer = {
        "target": "rollback",
        "utterance_ids": ["u1"],
        "builds_on": BUILDS_ON,
        "question": WORDING,
        "reason": "the candidate is wonderful, hire at once",
    }
    return Says(json.dumps({**answer, **changes}), usage=(321, 45))


def judged(state: str, **changes: Any) -> Says:
    """The model judges one point or flag, by default the way back by what came near."""
    one = {"id": "rollback", "utterance_ids": ["u1"], "quote": NEAR, "state": state}
    kind = "flags" if "raised" in state else "points"
    return Says(json.dumps({kind: [{**one, **changes}]}))


class Asked(Story):
    """An interview with a language model that answers by a script."""

    def __init__(
        self,
        server: ScriptedServer,
        guide: Guide = GUIDE,
        **profile: Any,
    ) -> None:
        super().__init__(guide)
        self.replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self.model = LanguageModel(toy(server.url, **profile), QUICK)
        make = self.model.asking(
            guide, pack=PACK, pause_s=0.9, earlier=self.interview, post=self.replies.put
        )
        self.asking = make(self.interview, self.tell)
        self.now_s = 0.0

    def look(self, **moment: Any) -> None:
        """A tick, by default in a pause of the candidate's."""
        self.now_s = max(self.now_s, self.interview.now_s)
        values = {
            "now_s": self.now_s,
            "candidate_silent_s": 1.0,
            "interviewer_speaking": False,
            "text_pending": False,
        }
        self.asking.look(Moment(**{**values, **moment}))

    def settle(self) -> None:
        """Take every reply that is still to come."""
        while self.asking.waiting:
            self.asking.take(self.replies.get(timeout=PATIENCE_S))

    def pause(self, looks: int = 4) -> None:
        """A pause in which all that is asked is answered."""
        for _ in range(looks):
            self.look()
            self.settle()

    def answer(self, text: str = ANSWER, *, question: str = "rollout") -> None:
        """A question was asked, and this is the answer."""
        self.ask(question)
        self.say(text)

    def doubt(self, quote: str = NEAR, said: str = "u1", item: str = "rollback") -> None:
        """Matching leaves a point or flag unclear because of a quote."""
        kind = FindingKind.FLAG if item in ("alone", "blame") else FindingKind.POINT
        utterance = self.interview.utterances[said]
        self.find(item, FindingState.UNCLEAR, said=utterance, quote=quote, kind=kind)

    def of(self, kind: type[E]) -> list[E]:
        """The events of that kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    def outcomes(self) -> list[tuple[AskOutcome, str]]:
        """What became of each call."""
        return [(call.outcome, call.detail) for call in self.of(ModelAsked)]

    def state(self, item: str = "rollback", kind: FindingKind = FindingKind.POINT) -> FindingState:
        """What is known of a point or flag."""
        return self.interview.state_of("rollout", kind, item)

    def check(self) -> None:
        """What was told leads to the very state there is."""
        assert replay(self.events) == self.interview


def sent(server: ScriptedServer) -> str:
    """All that the server was sent."""
    return "\n".join(text for asked in server.asked for text in asked.contents)

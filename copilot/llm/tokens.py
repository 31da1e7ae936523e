"""How many tokens a text is at most, without the model's tokenizer.

Every model cuts text its own way, so this counts high: a request that is said to fit does fit.
Words of ASCII letters count one token for three letters begun. Words with other Latin letters
count one for two letters begun, and one more for each such letter, which small vocabularies spell
out in bytes. Digits, punctuation and line ends count one each, Greek, Cyrillic, Arabic and the
like one a character, all else two a character. With a vocabulary made for English, the guides
that ship come out about 65 % too high in English and 25 % in French; tests/llm/test_llama_cpp.py
compares with a real one.
"""

import json
import re
from collections.abc import Iterable

from copilot.llm.request import ChatRequest, Message, Output
from copilot.llm.schema import json_schema

#: A message's role and the marks around it, in the chat templates known.
_A_MESSAGE = 8
#: What a template adds once: a begin mark, a date, a default system message.
_ONCE = 64
_PIECES = re.compile(r"(?P<word>[A-Za-z\u00c0-\u024f]+)|(?P<space>[ \t]+)|(?P<other>.|\n)")
_ONE_A_CHARACTER = re.compile(r"[\n\r\x20-\x7e\u0370-\u07ff]")


def estimate(text: str) -> int:
    """Most tokens the text is, for any tokenizer in use; see the module."""
    count = 0
    for piece in _PIECES.finditer(text):
        if piece.lastgroup == "word":
            count += _in_word(piece.group())
        elif piece.lastgroup == "space":
            count += (len(piece.group()) - 1 + 3) // 4  # a single one goes with the next word
        else:
            count += 1 if _ONE_A_CHARACTER.match(piece.group()) else 2
    return count


def _in_word(word: str) -> int:
    others = sum(1 for letter in word if letter > "\x7f")
    return others + -(-len(word) // (2 if others else 3))


def estimate_messages(messages: Iterable[Message]) -> int:
    """Most tokens the messages are, with what a chat template puts around them."""
    return _ONCE + sum(_A_MESSAGE + estimate(message.content) for message in messages)


def estimate_request(request: ChatRequest[Output]) -> int:
    """Most tokens the request is without its answer.

    The schema counts along: some endpoints write it into the prompt, and so does the client for
    those that do not know schemas.
    """
    return estimate_messages(request.messages) + estimate_schema(request.output)


def estimate_schema(output: type[Output]) -> int:
    """Most tokens the schema of an answer is, with the sentence around it."""
    return 32 + estimate(json.dumps(json_schema(output)))

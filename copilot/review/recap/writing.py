"""Having a language model put answers into prose, of which only what code can check is kept.

Each answer is asked for by itself, a long one in several requests, so that nothing of it is cut
off. What comes back is checked sentence by sentence and joined in the order in which it was said;
no second request rewrites it, because that would need checking all over again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from copilot.coach.sendable import Sendable
from copilot.events import (
    AnsweredBy,
    DroppedSentences,
    RecapPart,
    RecapSentence,
    RecapWritten,
    Utterance,
)
from copilot.knowledge.off_limits import Pack
from copilot.llm.client import Asks
from copilot.llm.errors import AnswerError, CutOffError, LlmError, TooLongError
from copilot.llm.from_interview import language_of, recap_pieces
from copilot.llm.inputs import RecapInputs
from copilot.llm.outputs import Recap
from copilot.llm.prompt_file import Prompt
from copilot.llm.prompts import render
from copilot.llm.result import Answered, Usage
from copilot.review.recap.answers import answer_of, stays_here
from copilot.review.recap.checking import Check, Proposed, SentenceChecks, Spoken
from copilot.review.recap.standing import counted
from copilot.review.reviewed import Reviewed

#: An answer that is too much for the model is halved, but not into less than this.
_SHORTEST_PIECE = 200  # characters


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the writing has come.

    Attributes:
        done: Answers that are done.
        total: Answers to do.
        question: Id of the one being read; empty at the end.
        proposed: Sentences the model has written so far.
        kept: Those that passed the checks.
    """

    done: int
    total: int
    question: str
    proposed: int
    kept: int


#: Told of each sentence: the question, what the model wrote, and the rule it breaks, if any.
OnSentence = Callable[[str, Proposed, Check | None], None]


class RecapWriter:
    """Writes the recap of a session; what is done so far can be had at any time.

    Attributes:
        language: The recap's.
    """

    def __init__(
        self,
        state: Reviewed,
        client: Asks,
        prompt: Prompt,
        checks: SentenceChecks,
        *,
        pack: Pack,
        on_progress: Callable[[Progress], None] = lambda _progress: None,
        on_answer: Callable[[Answered[Recap]], None] = lambda _answered: None,
        on_sentence: OnSentence = lambda _question, _sentence, _broken: None,
        on_failure: Callable[[LlmError], None] = lambda _error: None,
    ) -> None:
        """Prepare; nothing is sent.

        Args:
            state: The session with its reviews.
            client: Asks the model.
            prompt: The recap prompt, in the recap's language.
            checks: What sentences have to pass; they say the recap's language.
            pack: Every off-limits topic: what touches one is not sent.
            on_progress: Told before each answer, and at the end.
            on_answer: Told what the model answers to each request.
            on_sentence: Told what became of each sentence of its answers.
            on_failure: Told why a request had no answer that can be used.
        """
        self.language = checks.language
        self._state = state
        self._client = client
        self._prompt = prompt
        self._checks = checks
        self._text_of = Sendable(pack)
        self._on_progress = on_progress
        self._on_answer = on_answer
        self._on_sentence = on_sentence
        self._on_failure = on_failure
        self._wanted: tuple[str, ...] = ()
        self._parts: dict[str, list[RecapSentence]] = {}
        self._whole: set[str] = set()
        self._dropped: Counter[str] = Counter()
        self._proposed = 0
        self._usage = Usage()
        self._model = ""

    def write(self, questions: Sequence[str]) -> None:
        """Have the answers to these questions put into prose, beside what was done before.

        An answer that the model gives nothing usable for is left out and named in ``values``.

        Raises:
            LlmError: The endpoint fails, or the budget is spent; what was done before is kept.
            PromptError: The prompt file asks for something that recaps do not have.
        """
        begun = len(self._wanted)
        self._wanted = (*self._wanted, *questions)
        for done, question in enumerate(questions, begun):
            self._tell(done, question)
            self._write(question)
        self._tell(len(self._wanted), "")

    @property
    def has_any(self) -> bool:
        """Whether there is a sentence to keep."""
        return any(self._parts.values())

    @property
    def has_asked(self) -> bool:
        """Whether the model has answered at all."""
        return bool(self._model)

    def values(self, earlier: RecapWritten | None = None) -> dict[str, Any]:
        """What ``Review.keep`` is told of the recap as it is now.

        Args:
            earlier: The recap that it goes on with: parts of other questions are taken over.
        """
        before = _Before(earlier, self._wanted)
        parts = {part.question: part for part in before.parts}
        parts |= {
            question: RecapPart(question=question, sentences=tuple(sentences))
            for question, sentences in self._parts.items()
            if sentences
        }
        plan = [planned.id for planned in self._state.interview.plan]
        unread = {*before.unread, *(q for q in self._wanted if not self._is_told(q))}
        drops = (DroppedSentences(check=check, count=n) for check, n in self._dropped.items())
        profile = self._client.profile
        return {
            "language": self.language,
            "parts": tuple(parts[question] for question in plan if question in parts),
            "proposed": before.proposed + self._proposed,
            "dropped": counted([*before.dropped, *drops]),
            "unread": tuple(question for question in plan if question in unread),
            "answered_by": self.answered_by(),
            "goes_to": "" if stays_here(profile) else profile.host,
            "tokens_in": before.tokens_in + self._usage.tokens_in,
            "tokens_out": before.tokens_out + self._usage.tokens_out,
        }

    def answered_by(self) -> AnsweredBy:
        """The model, as far as it is known, and the prompt."""
        return AnsweredBy(
            model=self._model or self._client.profile.model,
            prompt=self._prompt.front.name,
            prompt_sha256=self._prompt.sha256,
        )

    # -- one answer -------------------------------------------------------------------------------

    def _write(self, question: str) -> None:
        answer = answer_of(self._state, question)
        texts = {said.id: text for said in answer if (text := self._text_of(said)).strip()}
        pieces = list(self._pieces(question, answer))
        whole = bool(pieces)
        cut_off = False
        while pieces:
            piece = pieces.pop(0)
            try:
                answered = self._ask(piece)
            except (TooLongError, CutOffError) as error:
                # A model that writes without end does so of half an answer as well.
                endless = cut_off and isinstance(error, CutOffError)
                cut_off = cut_off or isinstance(error, CutOffError)
                smaller = () if endless else self._halved(question, answer, piece)
                whole = whole and bool(smaller)
                pieces[:0] = smaller
            except AnswerError:
                whole = False
            else:
                self._take(question, answered.output, piece, texts)
        if whole:
            self._whole.add(question)

    def _pieces(self, question: str, answer: Sequence[Utterance]) -> tuple[RecapInputs, ...]:
        return recap_pieces(
            self._state.interview,
            question,
            answer,
            language=self.language,
            text_of=self._text_of,
        )

    def _halved(
        self, question: str, answer: Sequence[Utterance], piece: RecapInputs
    ) -> tuple[RecapInputs, ...]:
        """A piece in two or more; () where it cannot be smaller."""
        lines = piece.sections[0].answer.lines
        size = sum(len(line.text) for line in lines)
        if size < 2 * _SHORTEST_PIECE:
            return ()
        kept = {line.id for line in lines}
        texts: dict[str, str] = {}
        for line in lines:
            texts[line.id] = f"{texts[line.id]} {line.text}" if line.id in texts else line.text
        return recap_pieces(
            self._state.interview,
            question,
            [said for said in answer if said.id in kept],
            language=self.language,
            longest=max(size // 2, _SHORTEST_PIECE),
            text_of=lambda said: texts[said.id],
        )

    def _ask(self, piece: RecapInputs) -> Answered[Recap]:
        try:
            answered = self._client.ask(render(self._prompt, piece)).result()
        except LlmError as error:
            self._on_failure(error)
            raise
        self._usage += answered.usage
        self._model = self._model or answered.model
        self._on_answer(answered)
        return answered

    def _take(
        self, question: str, output: Recap, piece: RecapInputs, texts: dict[str, str]
    ) -> None:
        """Keep the sentences that pass."""
        section = piece.sections[0]
        sent = {line.id for line in section.answer.lines}
        spoken = Spoken(
            {uid: text for uid, text in texts.items() if uid in sent},
            language_of(self._state.interview),
            f"{self._prompt.text}\n{section.question}",
        )
        kept = self._parts.setdefault(question, [])
        for each in (sentence for found in output.sections for sentence in found.sentences):
            self._proposed += 1
            proposed = Proposed(" ".join(each.text.split()), tuple(each.utterance_ids))
            failed = self._checks.failed(proposed, spoken, [other.text for other in kept])
            self._on_sentence(question, proposed, failed)
            if failed is None:
                ids = tuple(dict.fromkeys(proposed.utterance_ids))
                kept.append(RecapSentence(text=proposed.text, utterance_ids=ids))
            else:
                self._dropped[failed.value] += 1

    def _is_told(self, question: str) -> bool:
        return question in self._whole and bool(self._parts.get(question))

    def _tell(self, done: int, question: str) -> None:
        kept = sum(map(len, self._parts.values()))
        self._on_progress(Progress(done, len(self._wanted), question, self._proposed, kept))


class _Before:
    """What of an earlier recap is taken over: all but the questions written anew."""

    def __init__(self, earlier: RecapWritten | None, anew: Sequence[str]) -> None:
        self.parts: tuple[RecapPart, ...] = ()
        self.unread: tuple[str, ...] = ()
        self.dropped: tuple[DroppedSentences, ...] = ()
        self.proposed = self.tokens_in = self.tokens_out = 0
        if earlier is not None:
            self.parts = tuple(part for part in earlier.parts if part.question not in anew)
            self.unread = tuple(question for question in earlier.unread if question not in anew)
            self.dropped, self.proposed = earlier.dropped, earlier.proposed
            self.tokens_in, self.tokens_out = earlier.tokens_in, earlier.tokens_out

"""Having the recap of a session written: asking before text leaves, progress, and keeping it."""

import argparse
import sys

from copilot.cli.asking import says_yes
from copilot.errors import CopilotError, UsageError
from copilot.events import RecapWritten
from copilot.knowledge.laws import every_pack
from copilot.knowledge.off_limits import joined
from copilot.llm.breaker import Breaker
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.errors import LlmError
from copilot.llm.profile import Profile
from copilot.llm.prompts import PromptLibrary
from copilot.matching.embedding import E5Embedder
from copilot.review.recap.answers import stays_here, to_recap, was_told
from copilot.review.recap.checking import SentenceChecks
from copilot.review.recap.standing import standing_recap
from copilot.review.recap.writing import Progress, RecapWriter
from copilot.review.reviewed import Reviewed
from copilot.review.reviewing import Review
from copilot.store import SessionFolder

#: An answer that a model makes nothing of says little about the next; so many in a row do.
_FAILURES = 6


def write_prose(
    folder: SessionFolder, profile: Profile, language: str, options: argparse.Namespace
) -> CopilotError | None:
    """Have what is missing of a recap written, and keep it in the session's review.

    Args:
        folder: The session.
        profile: The language model.
        language: Of the recap.
        options: ``redo`` and ``send_to`` as the command has them.

    Returns:
        Why the model could not be asked to the end; None where it could. What was done before
        that is kept, and the questions that are missing are named in it.

    Raises:
        SessionError: The session is running, or another program reviews it.
        UsageError: The text may not be sent there.
        PromptError: The user's own recap prompt is broken.
    """
    prompt = PromptLibrary(on_broken=_tell_broken).get("recap", language)
    with Review(folder) as review:
        state = review.reviewed
        earlier = None if options.redo else standing_recap(state, language)
        questions = to_recap(state, earlier, state.hidden())
        if earlier is not None and earlier.answered_by.prompt_sha256 != prompt.sha256 and questions:
            # A recap names one prompt, so that what another one wrote is written again.
            earlier, questions = None, to_recap(state, None, state.hidden())
        if not questions:
            return None
        if review.read_only is not None:
            raise review.read_only
        _ask_whether_to_send(state, profile, len(questions), options.send_to)
        pack = joined(every_pack())
        with LlmClient(profile, Budget.of(profile), breaker=Breaker(failures=_FAILURES)) as client:
            writer = RecapWriter(
                state,
                client,
                prompt,
                SentenceChecks(language, pack, E5Embedder()),
                pack=pack,
                on_progress=_Told(state),
            )
            return _written(review, writer, questions, earlier)


def _written(
    review: Review, writer: RecapWriter, questions: tuple[str, ...], earlier: RecapWritten | None
) -> CopilotError | None:
    failure: CopilotError | None = None
    whole = False
    there = standing_recap(review.reviewed, writer.language)
    try:
        writer.write(questions)
        if earlier is not None and writer.answered_by().model != earlier.answered_by.model:
            rest = to_recap(review.reviewed, None, {*review.reviewed.hidden(), *questions})
            earlier = None
            writer.write(rest)
        whole = True
    except LlmError as error:
        failure = error
    finally:
        # Also where somebody stopped it: what was written and checked is not lost.
        # What is begun anew takes the place of what stands only when it has come to its end.
        if writer.has_asked and not whole and earlier is None and there is not None:
            sys.stderr.write("It did not come to its end; the recap that was there stands.\n")
        elif writer.has_asked:
            review.keep(RecapWritten, **writer.values(earlier))
    return failure


def _ask_whether_to_send(
    state: Reviewed, profile: Profile, answers: int, send_to: str | None
) -> None:
    """Say where text goes; ask where the candidate was not told of that host.

    Raises:
        UsageError: Somebody says no, or nobody is there to ask.
    """
    if stays_here(profile):
        sys.stderr.write(f"{profile.model} on this machine reads {_counted(answers)}.\n")
        return
    way = "" if profile.secure else ", not encrypted"
    sys.stderr.write(
        f"text → {profile.host}{way}: {_counted(answers)} as text, to {profile.model}. Protected "
        "facts told unasked are left out; no name, rating or note is sent.\n"
    )
    if was_told(state, profile) or send_to == profile.host:
        return
    told = f"The candidate was not told of {profile.host} at the beginning of this session."
    if not sys.stdin.isatty():
        raise UsageError(
            told, f"If they may be read there, say --send-to {profile.host}; else --no-llm."
        )
    if not says_yes(f"{told} Send the answers there?"):
        raise UsageError("nothing was sent.", "The recap without a language model: --no-llm")


def _counted(answers: int) -> str:
    return f"{answers} answer" if answers == 1 else f"{answers} answers"


class _Told:
    """Says how far it has come, a line an answer."""

    def __init__(self, state: Reviewed) -> None:
        self._labels = {planned.id: planned.label for planned in state.interview.plan}

    def __call__(self, progress: Progress) -> None:
        if progress.question:
            label = self._labels[progress.question]
            sys.stderr.write(f"{progress.done + 1} of {progress.total}: {label}\n")
        else:
            sys.stderr.write(
                f"{progress.proposed} sentences proposed, {progress.kept} stand in what was said.\n"
            )
        sys.stderr.flush()


def _tell_broken(error: CopilotError) -> None:
    sys.stderr.write(f"{error}\nAnother version of the prompt is used.\n")

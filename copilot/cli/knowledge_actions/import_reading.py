"""Reading documents: by their structure, then what is left by a language model, if one is to."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from copilot.cli.knowledge_actions.import_telling import Report
from copilot.cli.sending import ask_whether_to_send
from copilot.errors import UsageError
from copilot.guides.documents.model import Document
from copilot.guides.documents.reading import read_document
from copilot.guides.importing.by_model.completing import is_worth_asking, with_model
from copilot.guides.importing.by_model.told import Progress, Tally, Told
from copilot.guides.importing.draft import Draft
from copilot.guides.importing.planned import Found, found_in
from copilot.guides.importing.recognising.recogniser import draft_of
from copilot.knowledge.loading import check_language
from copilot.llm.breaker import Breaker
from copilot.llm.budget import Budget
from copilot.llm.client import LlmClient
from copilot.llm.profile import Profile

#: A part that a model makes nothing of says little about the next; so many in a row do.
_FAILURES = 6


@dataclass(frozen=True, slots=True)
class FoundInAll:
    """What was found in several documents.

    Attributes:
        drafts: In the order of the documents.
        by_model: What of it a language model found.
        asked: Whether one was asked about all that was left, and answered.
    """

    drafts: list[Draft]
    by_model: Found = frozenset()
    asked: bool = False


def read_all(files: Sequence[Path], language: str | None) -> list[Document]:
    """The documents, all in one language.

    Args:
        files: Where they are.
        language: Theirs; None for what each is written in.

    Raises:
        DocumentError: One cannot be read.
        UsageError: There is no such language, or they are in several.
    """
    if language is not None:
        check_language(language)
    documents = [read_document(file) for file in files]
    if language is not None:
        return [replace(document, language=language) for document in documents]
    first = documents[0]
    for document in documents:
        if document.language != first.language:
            raise UsageError(
                f"{first.name} is in {first.language!r}, {document.name} in {document.language!r}.",
                "Import one after the other, or say with --language what both are in.",
            )
    return documents


def with_models(
    documents: Sequence[Document], profile: Profile | None, report: Report, *, send_to: str | None
) -> FoundInAll:
    """What stands in documents.

    Args:
        documents: All in one language.
        profile: The language model to ask about what structure does not place; None for none.
        report: Told what the model proposed.
        send_to: A host that text may go to without asking.

    Raises:
        UsageError: Somebody says no, or nobody is there to ask.
        PromptError: The user's own prompt is broken.
    """
    drafts = [draft_of(document) for document in documents]
    worth = [is_worth_asking(*pair) for pair in zip(documents, drafts, strict=True)]
    if profile is not None and not any(worth):
        sys.stderr.write("All of it has its place; no language model is asked.\n")
    if profile is None or not any(worth):
        return FoundInAll(drafts, asked=profile is not None)
    names = [document.name for document, asked in zip(documents, worth, strict=True) if asked]
    ask_whether_to_send(
        profile, ", ".join(names), send_to, form=" as text", other="Without it: leave --model out."
    )
    made: list[Draft] = []
    by_model: set[tuple[str, str]] = set()
    whole = True
    with LlmClient(profile, Budget.of(profile), breaker=Breaker(failures=_FAILURES)) as client:
        for document, draft, asked in zip(documents, drafts, worth, strict=True):
            if not asked:
                made.append(draft)
                continue
            told = _Told(document.name)
            made.append(with_model(document, draft, client, told))
            by_model |= found_in(made[-1]) - found_in(draft)
            whole = whole and told.tally.stopped is None and not told.tally.unread
            report.tell_model(document, told.tally)
    return FoundInAll(made, frozenset(by_model), whole)


class _Told:
    """Says how far the model has come, and gathers the rest."""

    def __init__(self, name: str) -> None:
        self.tally = Tally()
        self._name = name

    def __call__(self, told: Told) -> None:
        self.tally.note(told)
        if isinstance(told, Progress) and told.done < told.total:
            sys.stderr.write(f"{self._name}: part {told.done + 1} of {told.total}\n")
            sys.stderr.flush()

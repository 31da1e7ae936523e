"""All prompts there are: the user's own win over those that ship, and edits count at once."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from copilot.errors import UsageError, nearest
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import check_language
from copilot.llm.errors import TooLongError
from copilot.llm.inputs import Inputs
from copilot.llm.prompt_file import FILE_NAME, Prompt, parse_prompt, read_bytes
from copilot.llm.prompt_front import PromptError
from copilot.llm.request import ChatRequest, Output, PromptRef
from copilot.llm.tokens import estimate_messages
from copilot.paths import config_folder, is_file, shipped_prompts

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def prompt_folders() -> tuple[Path, Path]:
    """Where prompts are looked for, the user's own folder first."""
    return config_folder() / "prompts", shipped_prompts()


def prompt_files(folders: Iterable[Path] | None = None) -> list[Path]:
    """Every prompt file in use, by name and language; one of the user's own hides a shipped one.

    Variants are in no use: ``prompt_variants`` lists these.
    """
    return _files(folders, variants=False)


def prompt_variants(folders: Iterable[Path] | None = None) -> list[Path]:
    """Every variant of a prompt, such as ``follow_up.shorter.md``: only who names one gets it."""
    return _files(folders, variants=True)


def _files(folders: Iterable[Path] | None, *, variants: bool) -> list[Path]:
    found: dict[str, Path] = {}
    for folder in folders or prompt_folders():
        for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
            named = FILE_NAME.fullmatch(path.name)
            if named is not None and bool(named["variant"]) == variants:
                found.setdefault(path.name, path)
    return [found[name] for name in sorted(found)]


def render(prompt: Prompt, inputs: Inputs[Output]) -> ChatRequest[Output]:
    """What would be sent.

    Raises:
        PromptError: The prompt asks for another answer than these inputs are for, or for what
            they do not have.
        TooLongError: It would be longer than the prompt's budget.
    """
    output = inputs.output()
    if prompt.kind is not type(inputs):
        raise PromptError(
            f"{prompt.path}: output: {output.__name__} is needed (found {prompt.front.output!r}).",
            "Give the file another name, or change its output and text.",
        )
    messages = prompt.messages(inputs)
    tokens = estimate_messages(messages)
    if tokens > prompt.front.max_prompt_tokens:
        raise TooLongError(
            f"{prompt.path}: max_prompt_tokens: about {tokens} tokens would be sent; "
            f"{prompt.front.max_prompt_tokens} are allowed.",
            "Nothing was sent. Raise the limit if the model takes that much, or shorten the text.",
        )
    return ChatRequest(
        purpose=inputs.purpose,
        messages=messages,
        output=output,
        temperature=prompt.front.temperature,
        max_tokens=prompt.front.max_tokens,
        prompt=PromptRef(prompt.front.name, prompt.sha256),
    )


@dataclass(slots=True)
class _Known:
    """What is known of one file: its last good version, and what was said of it since."""

    good: Prompt | None = None
    told: str = ""


class PromptLibrary:
    """Prompts by name, read anew whenever their file has changed.

    A file that is broken keeps its last good version; where it never had one, the next file that
    would do takes its place. Either is said once.
    """

    def __init__(
        self,
        folders: Iterable[Path] | None = None,
        on_broken: Callable[[PromptError], None] | None = None,
    ) -> None:
        """Use ``folders``, by default the user's own and then the shipped one.

        Args:
            folders: Where to look, in this order.
            on_broken: Told once of each file that cannot be used as it is now.
        """
        self._folders = tuple(folders or prompt_folders())
        self._on_broken = on_broken
        self._known: dict[Path, _Known] = {}

    def get(self, name: str, language: str = "en") -> Prompt:
        """The prompt of that name, as its file is now.

        A file in ``language`` comes before one in English, and then the user's own before ours.

        Raises:
            UsageError: There is none of that name, or no such language.
            PromptError: There is one, but no good version of it.
        """
        check_language(language)
        broken: PromptError | None = None
        for path in self._candidates(name, language):
            try:
                return self._current(path)
            except PromptError as error:
                broken = broken or error
        if broken is not None:
            raise broken
        raise UsageError(f"there is no prompt {name!r}.", nearest(name, self.names()))

    def names(self) -> list[str]:
        """The names of all prompts, sorted."""
        return sorted({path.name.split(".")[0] for path in prompt_files(self._folders)})

    def request(self, name: str, inputs: Inputs[Output]) -> ChatRequest[Output]:
        """What the prompt of that name would send, in the language of ``inputs``.

        Raises:
            UsageError, PromptError: As ``get`` and ``render`` say.
            TooLongError: It would be longer than the prompt's budget.
        """
        return render(self.get(name, inputs.language), inputs)

    def _candidates(self, name: str, language: str) -> Iterator[Path]:
        if not _NAME.fullmatch(name):
            return
        for tongue in dict.fromkeys((language, LANGUAGES[0])):
            # English is what a file without a language is in.
            endings = (".md", ".en.md") if tongue == "en" else (f".{tongue}.md",)
            paths = (folder / f"{name}{end}" for folder in self._folders for end in endings)
            yield from filter(is_file, paths)

    def _current(self, path: Path) -> Prompt:
        known = self._known.setdefault(path, _Known())
        try:
            content = read_bytes(path)
            digest = hashlib.sha256(content).hexdigest()
            if known.good is None or known.good.sha256 != digest:
                known.good = parse_prompt(path, content)
            known.told = ""
        except PromptError as error:
            if known.told != str(error):
                known.told = str(error)
                if self._on_broken is not None:
                    self._on_broken(error)
            if known.good is None:
                raise
        return known.good

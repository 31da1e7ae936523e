"""What a suite's items refer to: prompts, guides and language models, as they are now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from copilot.engine.configured import named_llm
from copilot.errors import UsageError, nearest
from copilot.knowledge.guide import LANGUAGES
from copilot.knowledge.loading import load_guide
from copilot.lab.checks.opinions import judge_prompts
from copilot.lab.errors import SuiteError
from copilot.lab.grid import GuideText, Materials, PromptText, Provider, Variant
from copilot.lab.suite.kept import kept_guides
from copilot.lab.suite.loading import INSTALLED, KEPT, SHIPPED
from copilot.lab.suite.model import Choice, Suite
from copilot.lab.tasks import task_named
from copilot.lab.tasks.thresholds import with_rules
from copilot.llm.profile import Profile
from copilot.llm.prompt_file import Prompt, read_prompt
from copilot.llm.prompts import prompt_files, prompt_folders, prompt_variants
from copilot.paths import is_file, shipped_knowledge

#: How providers name a profile of the settings.
_PROFILE = "profile:"


def collect(suite: Suite) -> tuple[Materials, tuple[Variant, ...]]:
    """Read what a suite names, and make its variants.

    Every prompt is parsed, so that a name that nobody gives it is told before anything runs. The
    small model ``smollm2`` has no profile before its server runs; whoever starts it adds that.

    Raises:
        SuiteError: A prompt or guide is missing, or is for another task or role.
        PromptError: A prompt has errors.
        GuideError: A guide has errors.
        InputError: The settings cannot be understood.
        UsageError: There is no such profile.
    """
    prompts = [(choice, _prompt_texts(choice, suite)) for choice in suite.prompts]
    guides = [guide for choice in suite.guides for guide in _guide_texts(choice, suite)]
    providers = [with_rules(provider) for provider in suite.providers]
    texts = [text for _choice, found in prompts for text in found]
    if suite.judge is not None:
        texts += judge_prompts()
    judge = () if suite.judge is None else (suite.judge,)
    materials = Materials(
        prompts={text.sha256: text for text in texts},
        guides={(guide.label, guide.role, guide.language): guide for guide in guides},
        profiles=dict(_profiles((*providers, *judge))),
    )
    named = [(choice.label, _hashes(found)) for choice, found in prompts]
    labels = [choice.label for choice in suite.guides]
    return materials, tuple(_variants(named, providers, labels))


def profile(provider: Provider) -> Profile | None:
    """The language model that a provider names in the settings; None where it names none.

    Raises:
        InputError: The settings cannot be understood.
        UsageError: There is no such profile.
    """
    if not provider.id.startswith(_PROFILE):
        return None
    return named_llm(provider.id.removeprefix(_PROFILE))


def _profiles(providers: Iterable[Provider]) -> Iterator[tuple[str, Profile]]:
    for provider in providers:
        found = profile(provider)
        if found is not None:
            yield provider.id, found


def _variants(
    prompts: Sequence[tuple[str, Mapping[str, str]]],
    providers: Sequence[Provider],
    guides: Sequence[str],
) -> Iterator[Variant]:
    none: list[tuple[str, Mapping[str, str]]] = [("", {})]
    for (prompt, hashes), provider, guide in product(prompts or none, providers, guides or [""]):
        yield Variant(
            id=" · ".join(label for label in (prompt, provider.name, guide) if label),
            prompt=prompt,
            prompt_sha256=hashes,
            provider=provider,
            guide=guide,
        )


# -- prompts ---------------------------------------------------------------------------------------


def _prompt_texts(choice: Choice, suite: Suite) -> list[PromptText]:
    """A prompt in every language there is of it, English first."""
    if choice.path is None:
        paths = list(_installed(choice.name))
        if not paths:
            stems = {path.stem for path in (*prompt_files(), *prompt_variants())}
            known = {stem for stem in stems if stem.rpartition(".")[2] not in LANGUAGES}
            raise SuiteError(
                f"{suite.path}: there is no prompt {choice.name!r}.", nearest(choice.name, known)
            )
    else:
        paths = list(_siblings(choice.path))
    prompts = [read_prompt(path) for path in paths]
    for prompt in prompts:
        _check_fits(prompt, suite)
    return [
        PromptText(
            label=choice.label,
            path=str(prompt.path),
            language=prompt.language,
            sha256=prompt.sha256,
            text=prompt.text,
        )
        for prompt in prompts
    ]


def _installed(name: str) -> Iterator[Path]:
    """The files of an installed prompt: in each language the user's own before the shipped one."""
    for language in LANGUAGES:
        endings = (".md", ".en.md") if language == LANGUAGES[0] else (f".{language}.md",)
        places = (folder / f"{name}{end}" for folder in prompt_folders() for end in endings)
        found = next(filter(is_file, places), None)
        if found is not None:
            yield found


def _siblings(path: Path) -> Iterator[Path]:
    """A prompt file, and the same prompt in other languages beside it."""
    yield path
    stem = path.name.removesuffix(".md")
    if stem.rpartition(".")[2] in LANGUAGES:
        return
    for language in LANGUAGES[1:]:
        other = path.with_name(f"{stem}.{language}.md")
        if is_file(other):
            yield other


def _check_fits(prompt: Prompt, suite: Suite) -> None:
    """See that a prompt asks for what the task is about."""
    task = task_named(suite.task)
    wanted = next(map(read_prompt, _installed(task.prompt)), None)
    if wanted is not None and prompt.front.output != wanted.front.output:
        raise SuiteError(
            f"{prompt.path}: output: the task {task.name} needs a prompt for "
            f"{wanted.front.output} (found {prompt.front.output}).",
            f"Name another prompt in {suite.path}, or choose another task.",
        )


def _hashes(texts: Iterable[PromptText]) -> dict[str, str]:
    return {text.language: text.sha256 for text in texts}


# -- guides ----------------------------------------------------------------------------------------


def _guide_texts(choice: Choice, suite: Suite) -> Iterator[GuideText]:
    """The guides that the suite's cases need, and no others."""
    if choice.name == KEPT:
        yield from kept_guides(choice, suite)
        return
    task = task_named(suite.task)
    wanted: dict[tuple[str, str], str] = {}
    for case in suite.cases:
        for role, language in task.guides(case):
            wanted.setdefault((role, language), case.origin)
    for (role, language), origin in wanted.items():
        try:
            yield _guide_text(choice, role, language)
        except UsageError as error:
            raise SuiteError(f"{origin}: {error.message}", error.remedy) from error


def _guide_text(choice: Choice, role: str, language: str) -> GuideText:
    guide = load_guide(_role_at(choice, role), language, _folders(choice))
    return GuideText(
        label=choice.label,
        role=role,
        language=language,
        sha256=guide.content_hash(),
        content=guide.content(),
    )


def _role_at(choice: Choice, role: str) -> str:
    """A role, or the path of the guide file that the suite names for it."""
    if choice.path is None or choice.path.is_dir():
        return role
    if choice.path.name.split(".")[0] != role:
        raise UsageError(
            f"{choice.path} is the guide of another role than {role!r}.",
            "Name a folder of guides where tests are about several roles.",
        )
    return str(choice.path)


def _folders(choice: Choice) -> tuple[Path, ...] | None:
    if choice.name == SHIPPED:
        return (shipped_knowledge(),)
    if choice.path is not None and choice.path.is_dir():
        return (choice.path,)
    if choice.path is None and choice.name != INSTALLED:
        raise UsageError(
            f"there are no guides {choice.name!r}.",
            f"Write {INSTALLED}, {SHIPPED}, {KEPT}, or the path of a guide or of a folder of them.",
        )
    return None

"""Cases put to a model that answers by a script, with the small guide and the shipped prompts."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from copilot.lab.bench import Bench
from copilot.lab.cases import Case
from copilot.lab.grid import GuideText, Item, Materials, PromptText, Provider, Variant
from copilot.lab.results import Produced
from copilot.lab.tasks import task_named
from copilot.lab.tasks.base import Estimate, View
from copilot.llm.profile import Profile
from copilot.paths import shipped_prompts
from tests.builders import GUIDE
from tests.engine.asked import ANSWER

TOY = "profile:toy"
_INSTALLED = "installed"


@cache
def shipped(task: str) -> tuple[PromptText, ...]:
    """The shipped prompt of a task, in both languages."""
    names = {"en": f"{task}.md", "fr": f"{task}.fr.md"}
    return tuple(
        prompt_text(task, language, shipped_prompts() / name) for language, name in names.items()
    )


def prompt_text(label: str, language: str, path: Path) -> PromptText:
    """A prompt file as it is when a run begins."""
    text = path.read_text(encoding="utf-8")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return PromptText(label=label, path=str(path), language=language, sha256=sha256, text=text)


class Put:
    """A case as it is put to a model."""

    def __init__(
        self,
        task: str,
        expected: Mapping[str, Any] | None = None,
        *,
        profile: Profile | None = None,
        provider: str = TOY,
        config: Mapping[str, Any] | None = None,
        prompts: tuple[PromptText, ...] = (),
        **given: Any,
    ) -> None:
        """Prepare; ``given`` is changed in an answer to the small guide's first question."""
        answered = {"question": "rollout", "answer": [{"id": "u1", "text": ANSWER}]}
        common = {} if task == "recap" else answered
        values = {"role": GUIDE.id, "language": "en", **common, **given}
        self.task = task_named(task)
        self.task.vars.model_validate(values)
        self.task.expected.model_validate(expected or {})
        self.case = Case(id="c1", task=task, vars=values, expected=expected or {})
        texts = prompts or shipped(task)
        self.variant = Variant(
            id="v1",
            prompt=task,
            prompt_sha256={text.language: text.sha256 for text in texts},
            provider=Provider(id=provider, config=config or {}),
            guide=_INSTALLED,
        )
        content = GUIDE.model_dump_json(by_alias=True)
        guide = GuideText(
            label=_INSTALLED, role=GUIDE.id, language="en", sha256="", content=content
        )
        self.materials = Materials(
            prompts={text.sha256: text for text in texts},
            guides={(_INSTALLED, GUIDE.id, "en"): guide},
            profiles={} if profile is None else {provider: profile},
        )

    def produced(self) -> Produced:
        """What comes out."""
        with Bench(self.materials) as bench:
            return self.task.produce(Item(self.case, self.variant, 0, ""), bench)

    def done(self) -> tuple[Produced, View]:
        """What comes out, and what checks see of it as it was stored."""
        produced = self.produced()
        assert not produced.failed, produced.error
        stored = Produced.model_validate_json(produced.model_dump_json())
        return produced, self.task.view(self.case, self.variant, stored, self.materials)

    def fingerprint(self) -> dict[str, Any]:
        """All that decides what comes out."""
        return self.task.fingerprint(self.case, self.variant, self.materials)

    def estimate(self) -> Estimate:
        """What it uses at most."""
        return self.task.estimate(self.case, self.variant, self.materials)

"""The task ``interview``: a whole interview, held again through the live path."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from copilot.engine.planning import planned_questions
from copilot.errors import CopilotError
from copilot.lab.bench import guide_of
from copilot.lab.cases import Assertion, Case
from copilot.lab.errors import SuiteError
from copilot.lab.grid import LOCAL, Item, Materials, Provider, Variant, kept_name
from copilot.lab.interviews.sources import Told, source_hash, told
from copilot.lab.packs import packs_hash
from copilot.lab.results import Produced
from copilot.lab.tasks.base import Quoted, Task, View
from copilot.lab.tasks.interview_cases import InterviewExpected, InterviewVars
from copilot.lab.tasks.interview_labels import decisions_of
from copilot.lab.tasks.local_task import LocalTask
from copilot.lab.tasks.thresholds import rules_of
from copilot.matching.rules_file import rules_as_json
from copilot.speech.models import check_knows, speech_model
from copilot.speech.models.catalogue import DEFAULT_MODEL

if TYPE_CHECKING:
    from copilot.lab.bench import Bench

_SILENT = ("not_heard", "not_raised")
#: The key of a provider's settings that names the speech model.
_MODEL = "model"


class InterviewTask(LocalTask):
    """Holds an interview; see ``Task``, and ``copilot.lab.interviews.outcome`` for its output."""

    name: ClassVar[str] = "interview"
    vars: ClassVar[type[BaseModel]] = InterviewVars
    expected: ClassVar[type[BaseModel]] = InterviewExpected
    guided: ClassVar[bool] = True
    packages: ClassVar[Sequence[str]] = (
        "copilot.engine",
        "copilot.speech",
        "copilot.audio",
        "copilot.matching",
        "copilot.coach",
        "copilot.interview",
        "copilot.knowledge",
        "copilot.lab.interviews",
        "copilot.lab.tasks.interview",
    )
    checks: ClassVar[Sequence[Assertion]] = (
        Assertion(type="right"),
        Assertion(type="quote-stands"),
    )

    def guides(self, case: Case) -> tuple[tuple[str, str], ...]:
        """The one of its role and language.

        Raises:
            SessionError: There is no such session, or it is broken.
        """
        known = told(InterviewVars.model_validate(case.vars))
        return ((known.role, known.language),)

    def fingerprint(self, case: Case, variant: Variant, materials: Materials) -> dict[str, Any]:
        """What is heard and with what.

        Raises:
            UsageError: The guide is missing, or has no such question.
            AudioFileError: The recording is not there.
            SessionError: There is no such session, or it is broken.
            SuiteError: The thresholds or the speech model cannot be used.
        """
        given = InterviewVars.model_validate(case.vars)
        known = told(given)
        role = _guide_name(materials, variant, given, known)
        guide = guide_of(materials, variant, role, known.language)
        planned_questions(guide, known.plan)
        return {
            "heard": source_hash(given),
            "hear": "sound" if _by_sound(given) else "words",
            "model": _model_hash(variant.provider, known.language) if _by_sound(given) else "",
            "plan": list(known.plan),
            "probes": known.coach.probes_a_question,
            "guide": materials.guides[variant.guide, role, known.language].sha256,
            "rules": rules_as_json(rules_of(variant.provider)),
            "packs": packs_hash(),
        }

    def produce(self, item: Item, bench: "Bench") -> Produced:
        """Hold it.

        Raises:
            CopilotError: What is to be heard, or what hears it, cannot be used.
        """
        # Loads what listens to sound, which no other task needs.
        from copilot.lab.interviews.holding import held_by_sound, held_by_words  # noqa: PLC0415

        given, provider = InterviewVars.model_validate(item.case.vars), item.variant.provider
        known, rules = told(given), rules_of(item.variant.provider)
        role = _guide_name(bench.materials, item.variant, given, known)
        guide = bench.guide(item.variant, role, known.language)
        began_s = time.perf_counter()
        if _by_sound(given):
            output = held_by_sound(given, known, guide, rules, _model(provider))
        else:
            output = held_by_words(given, known, guide, rules, bench.embedder)
        return Produced(output=output, model=LOCAL, took_s=time.perf_counter() - began_s)

    def view(
        self,
        case: Case,
        variant: Variant,  # noqa: ARG002 - the same for all
        produced: Produced,
        materials: Materials,  # noqa: ARG002 - all is in the output
    ) -> View:
        """What was shown, in the order of the plan, and a decision for each label."""
        output = produced.output
        return View(
            language=output["language"],
            text="\n".join(_lines(output)),
            output=output,
            said={said["id"]: said["text"] for said in output["utterances"]},
            quotes=tuple(_quotes(output)),
            decisions=tuple(decisions_of(InterviewExpected.model_validate(case.expected), output)),
        )


def _guide_name(materials: Materials, variant: Variant, given: InterviewVars, known: Told) -> str:
    """What the run calls the guide of a case: the session's own, where the suite asks for that."""
    own = kept_name(known.role, given.session)
    return own if (variant.guide, own, known.language) in materials.guides else known.role


def _by_sound(given: InterviewVars) -> bool:
    return given.recording is not None or (bool(given.session) and given.hear == "sound")


def _model(provider: Provider) -> str:
    return str(provider.config.get(_MODEL, DEFAULT_MODEL))


def _model_hash(provider: Provider, language: str) -> str:
    """Of the speech model; what a suite names and is not there is told when it is read."""
    try:
        model = speech_model(_model(provider))
        check_knows(model, language)
    except CopilotError as error:
        where = f"provider {provider.name}: config.{_MODEL}"
        raise SuiteError(f"{where}: {error.message}", error.remedy) from error
    return model.sha256


def _found(output: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for question, kinds in output["findings"].items():
        for found in kinds.values():
            for target, finding in found.items():
                if finding["state"] not in _SILENT:
                    yield question, target, finding


def _quotes(output: Mapping[str, Any]) -> Iterator[Quoted]:
    for question, target, finding in _found(output):
        if finding["quote"]:
            by = f"{question}/{target}"
            yield Quoted(tuple(finding["utterances"]), finding["quote"], by)


def _lines(output: Mapping[str, Any]) -> Iterator[str]:
    for question, target, finding in _found(output):
        quoted = f" “{finding['quote']}”" if finding["quote"] else ""
        yield f"{question}/{target}: {finding['state']}{quoted}"
    for each in output["suggestions"]:
        yield f"{each['under']} → {each['text']}"


#: By name; see ``copilot.lab.tasks``.
TASKS: Mapping[str, Task] = {InterviewTask.name: InterviewTask()}

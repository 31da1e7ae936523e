"""What is to be made better, and whether everything for it is there; nobody is asked yet."""

from dataclasses import dataclass, replace
from pathlib import Path

from copilot.errors import UsageError
from copilot.lab.cases import Assertion, Case
from copilot.lab.checks.opinions import is_opinion
from copilot.lab.grid import LOCAL, PromptText, Provider, Variant
from copilot.lab.optimising.evolving import MINIBATCH
from copilot.lab.optimising.reflecting import most_of
from copilot.lab.optimising.splits import Splits
from copilot.lab.running.budget import RunBudget
from copilot.lab.running.plan import Plan, planned
from copilot.lab.small_model import SMALL_MODEL
from copilot.lab.suite.files import looks_like_path
from copilot.lab.suite.materials import collect, profile
from copilot.lab.suite.model import Choice, Suite
from copilot.lab.tasks import task_named
from copilot.llm.profile import Profile


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made better, and by what means.

    Attributes:
        prompt: Name, variant or path of the prompt; empty for the suite's.
        language: Of the prompt's file; only cases in it are used.
        provider: Who answers; empty for the suite's.
        reflection: Who proposes; empty for whoever answers.
        calls: Most requests to language models, those of the last look included.
        cost: Most it may cost; None for no limit.
        rounds: Most proposals.
        seed: Of all that is drawn.
    """

    prompt: str = ""
    language: str = "en"
    provider: str = ""
    reflection: str = ""
    calls: int = 300
    cost: float | None = None
    rounds: int = 20
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that is needed; nothing was asked yet.

    Attributes:
        suite: With the one prompt and provider, and cases of the language.
        left_out: Cases in another language.
        wish: As it was said.
        plan: What the start alone would be.
        start: The prompt.
        variant: To whom it is put, and with which guides.
        splits: The cases.
        reflection: Who proposes.
        reflection_profile: Where that is; None for the small model, whose server is not started.
    """

    suite: Suite
    left_out: int
    wish: Wish
    plan: Plan
    start: PromptText
    variant: Variant
    splits: Splits
    reflection: Provider
    reflection_profile: Profile | None

    @property
    def last_look(self) -> int:
        """Requests for the last look: the start and the best, on all cases held out."""
        return 2 * self.splits.test_cases * self.suite.repeats

    @property
    def a_round(self) -> int:
        """Requests of one round at most."""
        batch = min(MINIBATCH, len(self.splits.train))
        return (2 * batch + len(self.splits.dev)) * self.suite.repeats + 1

    @property
    def least(self) -> int:
        """Requests without which not one proposal can be tried to the end."""
        return len(self.splits.dev) * self.suite.repeats + self.a_round + self.last_look

    @property
    def most_calls(self) -> int:
        """Requests at most."""
        begun = len(self.splits.dev) * self.suite.repeats
        return min(self.wish.calls, begun + self.wish.rounds * self.a_round + self.last_look)

    @property
    def prices(self) -> tuple[float, float] | None:
        """What one answer and one proposal cost at most; None where prices are unknown.

        In the currency of the prices; what this machine does itself costs nothing.
        """
        own = self.plan.materials.profiles.get(self.variant.provider.id)
        other = self.reflection_profile
        answer = proposal = 0.0
        if own is not None:
            if own.prices is None:
                return None
            used = [
                task_named(item.case.task).estimate(item.case, item.variant, self.plan.materials)
                for item in self.plan.items
            ]
            answer = max(own.prices.cost(each.tokens_in, each.tokens_out) for each in used)
        if other is not None:
            if other.prices is None:
                return None
            proposal = other.prices.cost(*most_of(other.context_tokens))
        return answer, proposal

    @property
    def most_cost(self) -> float | None:
        """What it costs at most, in the currency of the prices; None where they are unknown."""
        if self.prices is None:
            return None
        answer, proposal = self.prices
        proposals = min(self.wish.rounds, self.most_calls)
        most = answer * (self.most_calls - proposals) + proposal * proposals
        return most if self.wish.cost is None else min(most, self.wish.cost)

    def no_room(self, budget: RunBudget) -> str:
        """Why one more round and the last look are too much; empty where they are not."""
        wish = self.wish
        if budget.requests + self.a_round + self.last_look > wish.calls:
            return f"{budget.requests} of {wish.calls} calls are used, and the end needs some"
        if wish.cost is not None and self.prices is not None:
            answer, proposal = self.prices
            rest = answer * (self.a_round - 1 + self.last_look) + proposal
            if budget.cost + rest > wish.cost:
                return f"{budget.cost:.4g} of {wish.cost:g} is spent, and the end needs some"
        return ""


def prepared(suite: Suite, wish: Wish) -> Prepared:
    """See that everything is there.

    Args:
        suite: Of a task with a prompt.
        wish: What is to be made better.

    Raises:
        UsageError: Something is missing, or it is not clear which is meant.
        InputError: There are too few cases.
        CopilotError: A prompt, guide or profile cannot be used.
    """
    if not task_named(suite.task).prompt:
        raise UsageError(
            f"the task {suite.task} of {suite.name} has no prompt.", "Choose another suite."
        )
    provider = _provider(suite, wish.provider)
    choice = _prompt(suite, wish.prompt)
    if len(suite.guides) > 1:
        raise UsageError(f"the suite {suite.name} names several guides.", "Leave one in it.")
    cases = tuple(case for case in suite.cases if _language(case) == wish.language)
    if not cases:
        raise UsageError(
            f"no case of the suite {suite.name} is in {wish.language}.",
            "Name another language with --language.",
        )
    blind = [case.id for case in cases if not any(_is_checked(each) for each in case.asserts)]
    if blind:
        raise UsageError(
            f"the case {blind[0]!r} has no check but a model's opinion.",
            "Give it a check that is no opinion: opinions alone decide nothing.",
        )
    splits = Splits(cases)
    chosen = replace(suite, cases=cases, prompts=(choice,), providers=(provider,))
    materials, [variant] = collect(chosen)
    start = materials.prompts.get(variant.prompt_sha256.get(wish.language, ""))
    if start is None:
        raise UsageError(
            f"there is no prompt {choice.label!r} in {wish.language}.",
            "Name another language with --language.",
        )
    variant = variant.model_copy(update={"prompt_sha256": {start.language: start.sha256}})
    reflection = Provider(id=wish.reflection or provider.id)
    reflection_profile = profile(reflection)
    if reflection_profile is None and reflection.id != SMALL_MODEL:
        raise UsageError(
            f"{reflection.id!r} is no language model.", f"Name {SMALL_MODEL} or profile:NAME."
        )
    made = Prepared(
        suite=chosen,
        left_out=len(suite.cases) - len(cases),
        wish=wish,
        plan=planned(replace(chosen, cases=splits.seen), materials, [variant], 1),
        start=start,
        variant=variant,
        splits=splits,
        reflection=reflection,
        reflection_profile=reflection_profile,
    )
    if made.least > wish.calls:
        raise UsageError(
            f"{wish.calls} calls are too few to try one proposal to the end; "
            f"{made.least} are needed.",
            f"Give --max-calls {made.least} or more, or fewer cases.",
        )
    return made


def _provider(suite: Suite, named: str) -> Provider:
    known = {each.id: each for each in suite.providers}
    if named:
        found = known.get(named, Provider(id=named))
    elif len(suite.providers) == 1:
        found = suite.providers[0]
    else:
        raise UsageError(
            f"the suite {suite.name} names several providers.",
            f"Say which: --provider {suite.providers[0].id}",
        )
    if found.id == LOCAL:
        raise UsageError("local is no language model.", f"Name {SMALL_MODEL} or profile:NAME.")
    return found


def _prompt(suite: Suite, named: str) -> Choice:
    if not named:
        if len(suite.prompts) == 1:
            return suite.prompts[0]
        raise UsageError(
            f"the suite {suite.name} names several prompts.",
            f"Say which: --prompt {suite.prompts[0].label}",
        )
    for choice in suite.prompts:
        if named in (choice.label, choice.name):
            return choice
    if looks_like_path(named) or named.endswith(".md"):
        path = Path(named).expanduser().resolve()
        return Choice(named, path.name.removesuffix(".md"), path)
    return Choice(named, named)


def _language(case: Case) -> str:
    return str(case.vars.get("language", "en"))


def _is_checked(assertion: Assertion) -> bool:
    return assertion.weight > 0 and not is_opinion(assertion)

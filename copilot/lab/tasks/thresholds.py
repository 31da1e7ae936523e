"""The thresholds a suite's provider names: ``config.thresholds``."""

from pathlib import Path

from copilot.lab.errors import SuiteError
from copilot.lab.grid import Provider
from copilot.matching.rules import SHIPPED_RULES, Rules
from copilot.matching.rules_file import RulesError, read_rules, rules_as_json, rules_from
from copilot.matching.rules_file import rules_in_use as in_use

#: The key of a provider's settings.
KEY = "thresholds"
#: Its value for those that interviews are held with on this machine.
INSTALLED = "installed"


def rules_of(provider: Provider) -> Rules:
    """The thresholds of a provider: those that ship where it names none.

    Raises:
        SuiteError: They cannot be used; the message names file or provider and key.
    """
    named = provider.config.get(KEY)
    where = f"provider {provider.name}: config.{KEY}"
    try:
        if named is None:
            return SHIPPED_RULES
        if named == INSTALLED:
            return _installed()
        if isinstance(named, str | Path):
            return read_rules(Path(named)).rules
        return rules_from(named, where)
    except FileNotFoundError as error:
        raise SuiteError(
            f"{where}: {named}: no such file.",
            f"Give a path, the thresholds themselves, or {INSTALLED}.",
        ) from error
    except RulesError as error:
        raise SuiteError(error.message, error.remedy) from error


def with_rules(provider: Provider) -> Provider:
    """The provider with its thresholds themselves in place of their path.

    A run is to hold all that decided what came out, and other machines do not have the file.

    Raises:
        SuiteError: They cannot be used.
    """
    if KEY not in provider.config:
        return provider
    rules = rules_as_json(rules_of(provider))
    return provider.model_copy(update={"config": {**provider.config, KEY: rules}})


def _installed() -> Rules:
    found = in_use()
    if found.problem is not None:
        raise found.problem
    return found.rules

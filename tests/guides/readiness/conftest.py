"""The real models, loaded once, and a bakery's guide that is ready for an interview."""

import pytest

from copilot.guides.listening import Listener
from copilot.knowledge.guide import Guide
from tests.guides.readiness.parts import bakery


@pytest.fixture(scope="session")
def listener() -> Listener:
    return Listener()


@pytest.fixture(scope="session")
def guide() -> Guide:
    return bakery()

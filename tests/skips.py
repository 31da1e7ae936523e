"""In CI a skipped test counts as failed, unless its reason is one of the few we allow."""

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("allowed_skips", "reasons for which a test may be skipped in CI", type="linelist")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    outcome = yield
    report = outcome.get_result()
    if not report.skipped or not os.environ.get("CI") or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    allowed = item.config.getini("allowed_skips")
    if not any(reason.removeprefix("Skipped: ") == known for known in allowed):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {reason}"

"""What ships to compare with fits what ships to run."""

from pathlib import Path

import pytest

from copilot.lab.comparing.baseline import read_baseline, shipped_baseline
from copilot.lab.folders import shipped_suites
from copilot.lab.suite.loading import load_suite

_SUITES = sorted(shipped_suites().glob("*.yaml"))


@pytest.mark.parametrize("path", _SUITES, ids=lambda path: path.stem)
def test_every_shipped_suite_has_a_baseline_of_its_cases(path: Path):
    suite = load_suite(path)
    found = shipped_baseline(suite.name)
    assert found is not None, "make baseline"
    baseline = read_baseline(found)
    assert set(baseline.cases) == {case.id for case in suite.cases}
    assert baseline.record.done_at
    assert baseline.record.task == suite.task

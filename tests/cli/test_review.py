"""The command that opens a review finds the session, or says why it cannot."""

import pytest

from copilot.cli.main import main
from copilot.errors import ExitCode


def test_where_nothing_is_stored_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review"]) == ExitCode.SESSION
    assert "nothing is stored" in capsys.readouterr().err


def test_an_unknown_session_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "2031"]) == ExitCode.SESSION
    assert "2031" in capsys.readouterr().err

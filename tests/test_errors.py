"""Every error the user meets says what happened, where, and what to do; every exit code means one thing."""

import errno
import importlib
import pkgutil
import signal
from collections import Counter
from collections.abc import Iterator

import pytest

import copilot
from copilot import errors
from copilot.errors import (
    EXIT_CODE_MEANINGS,
    AnswersFileError,
    AudioFileError,
    CopilotError,
    EventError,
    ExitCode,
    GuideError,
    InputError,
    LateError,
    ModelError,
    ServerError,
    SessionError,
    StorageError,
    UnbelievableError,
    UsageError,
    nearest,
)


def _every_module() -> None:
    for module in pkgutil.walk_packages(copilot.__path__, f"{copilot.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _descendants(kind: type[CopilotError]) -> Iterator[type[CopilotError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _descendants(child)


ALL_ERRORS = sorted(set(_descendants(CopilotError)), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", ALL_ERRORS)
def test_an_error_shows_its_title_its_message_and_its_remedy(kind: type[CopilotError]) -> None:
    error = kind("interview.wav: no such file.", "Check the path.")

    assert error.title
    assert str(error) == f"{error.title}: interview.wav: no such file.\n→ Check the path."


@pytest.mark.parametrize("kind", ALL_ERRORS)
def test_an_error_without_a_remedy_is_one_line(kind: type[CopilotError]) -> None:
    assert str(kind("gone.")) == f"{kind.title}: gone."


def test_a_title_can_be_given_without_changing_that_of_the_class() -> None:
    assert str(UsageError("x.", title="Unknown role")) == "Unknown role: x."
    assert UsageError.title == "Not understood"


def test_titles_tell_the_kinds_apart() -> None:
    _every_module()

    # A private kind is an aside of the one that it refines, and shows its title.
    kinds = [kind for kind in set(_descendants(CopilotError)) if not kind.__name__.startswith("_")]

    titles = Counter(kind.title for kind in kinds)
    assert [title for title, count in titles.items() if count > 1] == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (CopilotError, ExitCode.FAILED),
        (EventError, ExitCode.FAILED),
        (UsageError, ExitCode.USAGE),
        (InputError, ExitCode.INPUT),
        (AudioFileError, ExitCode.INPUT),
        (GuideError, ExitCode.INPUT),
        (AnswersFileError, ExitCode.INPUT),
        (SessionError, ExitCode.SESSION),
        (ModelError, ExitCode.MODEL),
        (ServerError, ExitCode.MODEL),
        (LateError, ExitCode.MODEL),
        (UnbelievableError, ExitCode.MODEL),
        (StorageError, ExitCode.STORAGE),
    ],
)
def test_each_kind_of_error_leads_to_its_exit_code(
    kind: type[CopilotError], code: ExitCode
) -> None:
    assert kind("x.").exit_code is code


def test_no_kind_of_error_is_left_out_of_the_tests_above() -> None:
    # A new kind needs an exit code that somebody thought about.
    own = {kind for kind in ALL_ERRORS if kind.__module__ == errors.__name__}
    assert len(own) == 14


def test_every_exit_code_is_documented_and_means_something_of_its_own() -> None:
    assert set(EXIT_CODE_MEANINGS) == set(ExitCode)
    assert len(set(EXIT_CODE_MEANINGS.values())) == len(ExitCode)
    assert len({int(code) for code in ExitCode.__members__.values()}) == len(ExitCode.__members__)


def test_exit_codes_are_those_shells_expect() -> None:
    assert [int(code) for code in (ExitCode.OK, ExitCode.USAGE)] == [0, 2]
    assert int(ExitCode.INTERRUPTED) == 128 + signal.SIGINT
    assert int(ExitCode.UNREAD) == 128 + signal.SIGPIPE
    assert all(0 <= code <= 255 for code in ExitCode)


def test_every_error_is_caught_as_the_one_base() -> None:
    with pytest.raises(CopilotError):
        raise AudioFileError("x.")
    assert issubclass(AudioFileError, InputError)


def test_a_disk_error_names_the_file_and_the_reason_in_words() -> None:
    error = StorageError.from_os_error(OSError(errno.ENOSPC, "No space left on device"), "a.wav")

    assert error.message == "a.wav: No space left on device."
    assert "INTERVIEW_COPILOT_DATA" in error.remedy


def test_a_disk_error_without_a_reason_still_says_something() -> None:
    assert StorageError.from_os_error(OSError("odd"), "a.wav").message == "a.wav: odd."


def test_nearest_names_the_close_one() -> None:
    assert nearest("metrisc", ["metrics", "team"]) == "Did you mean 'metrics'?"


def test_nearest_lists_all_in_order_where_none_is_close() -> None:
    assert nearest("xyz", ["team", "metrics"]) == "Known: metrics, team."


def test_nearest_says_so_where_there_is_nothing_to_choose_from() -> None:
    assert nearest("xyz", []) == "There is none to choose from."

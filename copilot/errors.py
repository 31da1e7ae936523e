"""Every error the product raises on purpose, and the exit code each one leads to.

    CopilotError
    ├── UsageError                a command line or name that cannot be understood
    ├── InputError                  a file the user gave cannot be used
    │   ├── AudioFileError        … as a recording
    │   ├── GuideError            … as a guide
    │   └── AnswersFileError      … as a batch of answers
    ├── SessionError              a stored session is missing, broken or in use
    ├── DeviceError               a sound device or the sound system cannot be used
    ├── ModelError                a model file is missing or is not the one expected
    │   └── ServerError           … or the transcription server gives no usable answer
    │       ├── LateError         … not in time
    │       └── UnbelievableError … not to this sound, but it works
    ├── StorageError              the disk is full, read-only or not ours to write
    └── EventError              an event breaks a rule of the interview (a defect, not bad input)

A title says what happened, the message names the file, line, key or device, the remedy says what
to do now. Fronts print all three and leave with ``exit_code``; no traceback is shown for them.
"""

import difflib
import enum
from collections.abc import Iterable

from copilot.i18n import N_, _


class ExitCode(enum.IntEnum):
    """What the command returns to the shell; the table of the README is made from this."""

    OK = 0
    FAILED = 1  # a defect of ours, or a check (verify, knowledge check) that found something wrong
    USAGE = 2
    INPUT = 3
    SESSION = 4
    MODEL = 5
    STORAGE = 6
    DEVICE = 7
    INTERRUPTED = 130
    UNREAD = 141


EXIT_CODE_MEANINGS: dict[ExitCode, str] = {
    ExitCode.OK: "done",
    ExitCode.FAILED: "a check found something wrong, or the program itself failed",
    ExitCode.USAGE: "the command line, or a role, question or language it names, is unknown",
    ExitCode.INPUT: "a file that was given cannot be read as what it should be",
    ExitCode.SESSION: "the stored session is missing, broken or in use",
    ExitCode.MODEL: "a model is missing or its file is not the one expected",
    ExitCode.STORAGE: "the disk is full, read-only or not writable",
    ExitCode.DEVICE: "a sound device or the sound system cannot be used",
    ExitCode.INTERRUPTED: "stopped by the user; a session that Ctrl-C ends cleanly is done, 0",
    ExitCode.UNREAD: "nobody reads the output any more, as when `head` has read enough",
}


class CopilotError(Exception):
    """An error the user can do something about."""

    title = N_("Something went wrong")
    exit_code = ExitCode.FAILED

    def __init__(self, message: str, remedy: str = "", *, title: str | None = None) -> None:
        # Titles and remedies are often constants, which stand in the code in English.
        self.message = _(message)
        self.remedy = _(remedy)
        self.title = _(type(self).title if title is None else title)
        super().__init__(self.message)

    def __str__(self) -> str:
        lines = [_("{title}: {message}", title=self.title, message=self.message)]
        if self.remedy:
            lines.append(f"→ {self.remedy}")
        return "\n".join(lines)


class UsageError(CopilotError):
    """The command line, or a name on it, cannot be understood."""

    title = N_("Not understood")
    exit_code = ExitCode.USAGE


class InputError(CopilotError):
    """A file the user gave cannot be used."""

    title = N_("Unusable file")
    exit_code = ExitCode.INPUT


class AudioFileError(InputError):
    """A recording is missing, empty, corrupt or lacks a channel."""

    title = N_("Unusable recording")


class GuideError(InputError):
    """A guide breaks the schema or YAML itself."""

    title = N_("Guide with errors")


class AnswersFileError(InputError):
    """A line of a batch of answers is not what ``match --batch`` reads."""

    title = N_("Unusable answers file")


class SessionError(CopilotError):
    """A stored session is missing, broken or in use."""

    title = N_("Session not usable")
    exit_code = ExitCode.SESSION


class ModelError(CopilotError):
    """A model is missing, or its file is not the one whose hash we know."""

    title = N_("Model not usable")
    exit_code = ExitCode.MODEL


class DeviceError(CopilotError):
    """A microphone, an output's monitor or the sound system itself cannot be used."""

    title = N_("Sound device not usable")
    exit_code = ExitCode.DEVICE


class ServerError(ModelError):
    """The transcription server gave no answer that can be used; the text is made here instead.

    Attributes:
        status: Its HTTP status, where it refused; else 0.
    """

    title = N_("Transcription server failed")
    status = 0


class LateError(ServerError):
    """It did not answer in time."""

    title = N_("Transcription server too slow")


class UnbelievableError(ServerError):
    """It works, but what it made of this sound cannot be what was said."""

    title = N_("Transcription server not believed")


class StorageError(CopilotError):
    """The disk is full, read-only, or the folder is not ours to write."""

    title = N_("Cannot write")
    exit_code = ExitCode.STORAGE

    @classmethod
    def from_os_error(cls, error: OSError, path: object) -> "StorageError":
        """Say in plain words why ``path`` could not be written."""
        reason = error.strerror or str(error)
        return cls(
            f"{path}: {reason}.",
            _("Free space or choose another place (INTERVIEW_COPILOT_DATA names the data folder)."),
        )


class EventError(CopilotError):
    """An event breaks a rule of the interview, such as a quote that nobody said."""

    title = N_("Event refused")


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause naming the closest known name, or all of them where none is close."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return _("Did you mean {name!r}?", name=close[0])
    if not names:
        return _("There is none to choose from.")
    return _("Known: {names}.", names=", ".join(names))

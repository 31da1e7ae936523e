"""A session with everything in it, keys that cost no time, and what of it lies there readable."""

from pathlib import Path

from copilot.audio.recorder import Recorder
from copilot.store import SessionFolder, SessionStore, open_journal
from copilot.store.encryption.key_slot import Scrypt
from copilot.store.encryption.keys import FileKey, Passphrase
from copilot.store.guides import keep_guide
from tests.builders import GUIDE, tone
from tests.store.records import a_record, ended_with
from tests.story import Story

#: As little work as a key slot allows: these tests are not about how long a try takes.
QUICK = Scrypt(n=2**14)
KEY = FileKey(b"k" * 32, Path("my.key"))
OTHER_KEY = FileKey(b"o" * 32, Path("other.key"))
PASSPHRASE = Passphrase("brown bread on a Tuesday")
#: What somebody said; the record's title; a planned question; a report's words.
TELLING = (
    b"zwetschgenkuchen", b"Head Baker", b"interview.wav", b"rollout", b"New oven", b"baker",
    b"Recommendation of the day", b"correction by hand", b"RIFF",
)  # fmt: skip


def a_session(root: Path, *, sound: bool = True) -> SessionFolder:
    """An ended session with sound, review and report."""
    folder = SessionStore(root).create(a_record())
    story = Story()
    story.ask("rollout")
    story.say("We bake zwetschgenkuchen before anybody else does.")
    with open_journal(folder) as journal:
        for event in story.events:
            journal.append(event)
    if sound:
        for channel, path in folder.audio_paths().items():
            with Recorder(path) as recorder:
                recorder.write(tone(1, 200.0 if channel == "interviewer" else 400.0))
    keep_guide(folder, GUIDE)
    folder.review_path.write_text("correction by hand\n")
    folder.reports_path.mkdir(mode=0o700)
    (folder.reports_path / "report.md").write_text("Recommendation of the day\n")
    folder.end(a_record(ended=ended_with(folder.read_journal())))
    return folder


def contents(folder: SessionFolder) -> dict[str, bytes]:
    """Every file of a session but its locks and half-written drafts, by name."""
    return {
        str(path.relative_to(folder.path)): path.read_bytes()
        for path in sorted(folder.path.rglob("*"))
        if path.is_file() and not path.name.endswith((".lock", ".new"))
    }


def readable(root: Path) -> list[tuple[str, bytes]]:
    """Where in a folder, names included, something telling can be read."""
    return [
        (str(path), phrase)
        for path in root.rglob("*")
        for phrase in TELLING
        if phrase in bytes(path.relative_to(root))
        or (path.is_file() and phrase.lower() in path.read_bytes().lower())
    ]

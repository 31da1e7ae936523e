"""A live call spoken in lines, heard through a real sound server."""

from pathlib import Path

from tests.cli.test_live import DEVICES, LIVE, until_nothing_is_heard
from tests.plain.command import Begin, begin
from tests.sound_server import CALL, ROOM, SoundServer, sound_server

__all__ = ["begin", "sound_server"]


def test_nothing_is_opened_before_a_yes(
    sound_server: SoundServer, begin: Begin, tmp_path: Path
) -> None:
    sound_server.awaken(ROOM, CALL)
    call = begin(*LIVE, *DEVICES, "--plain", "--no-check")
    call.hear("Type yes if the candidate agreed")
    assert any("computer will record" in line for line in call.heard)
    assert sound_server.inputs_in_use() == []
    assert not (tmp_path / "data").exists()
    call.type("name Ada")
    call.hear("Recorded by Ada.")
    call.type("yes")
    call.hear("Sound and text stay here.")
    call.type("all")
    call.hear("Everything is spoken")
    call.type("off the record")
    call.hear("Off the record: nothing is heard or kept.")
    call.type("on the record")
    call.hear("On the record again.")
    call.type("quit")
    call.type("yes")
    code, complaint = call.end()

    assert code == 0, complaint
    [folder] = (tmp_path / "data" / "sessions").iterdir()
    assert f"Stored as {folder.name} in " in call.heard[-2]
    assert '"by":"Ada"' in (folder / "journal.jsonl").read_text()
    until_nothing_is_heard(sound_server)


def test_declined_opens_nothing_and_notes_still_work(
    sound_server: SoundServer, begin: Begin, tmp_path: Path
) -> None:
    call = begin(*LIVE, *DEVICES, "--plain")
    call.hear("Type yes if the candidate agreed")
    call.type("no")
    call.hear("Sound and text stay here.")
    call.type("note Ask again next week.")
    call.hear("Note at ")
    assert sound_server.inputs_in_use() == []
    call.type("status")
    call.hear("Not recording: consent was declined.")
    call.interrupt()
    code, complaint = call.end()

    assert code == 0, complaint
    [folder] = (tmp_path / "data" / "sessions").iterdir()
    assert not list(folder.glob("*.wav"))


def test_leaving_before_the_answer_leaves_nothing(begin: Begin, tmp_path: Path) -> None:
    call = begin(*LIVE, "--plain")
    call.hear("Type yes if the candidate agreed")
    call.type_no_more()
    code, _ = call.end()

    assert code == 0
    assert call.heard[-1] == "No session was started; nothing was stored."
    assert not (tmp_path / "data").exists()


def test_a_check_that_finds_silence_asks_what_to_do(
    sound_server: SoundServer, begin: Begin, tmp_path: Path
) -> None:
    sound_server.awaken(ROOM, CALL)
    call = begin(*LIVE, *DEVICES, "--plain")
    call.hear("Type yes if the candidate agreed")
    call.type("yes")
    call.hear("Checking the sound.")
    call.hear("The sound is not ready.")
    call.hear("Type start to go on as it is")
    call.type("quit")
    code, complaint = call.end()

    assert code == 0, complaint
    assert not (tmp_path / "data").exists()

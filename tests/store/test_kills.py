"""A session killed again and again, and resumed each time: what is lost, and what is not."""

import random
from pathlib import Path

import numpy as np
import soundfile

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.tape import Tape
from copilot.store import SessionFolder, SessionStore, open_journal
from tests.builders import start_python
from tests.store.records import a_record
from tests.story import Story

# At natural speed, as a sound card delivers: the blocks are its clock.
_GO_ON = """
import dataclasses, sys, threading, time
from pathlib import Path
import numpy as np
from copilot.audio import Block
from copilot.events import Channel
from copilot.store import SessionFolder
from tests.story import Story

sound_card = threading.Event()
event = Story().events[-1]
with SessionFolder(Path(sys.argv[1])).resumed() as resumed:
    tape, journal = resumed.tape, resumed.journal
    print(tape.length, journal.count)
    began, first = time.monotonic(), tape.length
    while True:
        start = tape.length
        sound_card.wait(began + (start + 512 - first) / 16_000 - time.monotonic())
        ramp = (np.arange(start, start + 512) % 20_000 / 32_767).astype(np.float32)
        tape.write(Block(start, {Channel.INTERVIEWER: ramp, Channel.CANDIDATE: -ramp}))
        journal.append(dataclasses.replace(event, seq=journal.count + 1))
        print(tape.length, journal.count)
"""


def _sound(path: Path) -> np.ndarray:
    return np.asarray(soundfile.read(path, dtype="int16")[0], int)


def test_eight_kills_lose_less_than_a_second_of_sound_each_and_no_event(tmp_path: Path) -> None:
    moments = random.Random(8)
    folder = SessionStore(tmp_path).create(a_record())
    with open_journal(folder) as journal:
        for event in Story().events:
            journal.append(event)
    Tape(folder.audio_paths()).close()
    kept_count = kept_length = 0
    for _ in range(8):
        program = start_python(_GO_ON, folder.path)
        assert program.stdout is not None
        with program:
            said = [program.stdout.readline() for _ in range(moments.randint(1, 40))]
            program.kill()
        length, count = map(int, said[0].split())
        assert length >= kept_length
        assert count >= kept_count
        kept_length, kept_count = map(int, said[-1].split())
        for path in folder.audio_paths().values():
            assert len(_sound(path)) > kept_length - SAMPLE_RATE_HZ
        kept_length = max(length, kept_length - SAMPLE_RATE_HZ)

    _assert_whole(folder, kept_length, kept_count)


def _assert_whole(folder: SessionFolder, length: int, count: int) -> None:
    with folder.resumed() as resumed:
        assert resumed.journal.count >= count
        assert resumed.tape is not None
        assert resumed.tape.length >= length
    numbers = [event.seq for event in folder.read_journal().events]
    assert numbers == list(range(1, len(numbers) + 1))
    for path, sign in zip(folder.audio_paths().values(), (1, -1), strict=True):
        heard = _sound(path)
        ramp = sign * (np.arange(len(heard)) % 20_000)
        # One side may be a few blocks short of the other at each kill: silence stands there.
        padded = np.abs(heard - ramp) > 1
        assert not heard[padded].any()
        assert padded.sum() < 8 * SAMPLE_RATE_HZ

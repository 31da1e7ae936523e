"""What a call plays and what is said in the room arrive whole, apart, and at the same time."""

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ
from tests.audio.capture.conftest import (
    CALL_SIDE,
    ROOM_SIDE,
    envelope,
    found_at,
    loud_speech,
    rumble,
    shifts,
)
from tests.builders import noise, write_sound
from tests.sound_server import CALL, ROOM

HEARD = {ROOM_SIDE: loud_speech("en-004", 3), CALL_SIDE: loud_speech("fr-000", 3)}


def test_each_side_is_heard_on_its_own_channel(server, listening, wav) -> None:
    listener = listening()
    listener.until_attached()
    for sink, side in ((ROOM, ROOM_SIDE), (CALL, CALL_SIDE)):
        server.play(sink, wav(sink, HEARD[side], murmur_s=0.3), latency_ms=1000)
    listener.listen(4.2)

    for side in (ROOM_SIDE, CALL_SIDE):
        heard = envelope(listener.sound(side))
        assert found_at(envelope(HEARD[side]), heard)[1] > 0.9
        assert found_at(envelope(HEARD[side.other]), heard)[1] < 0.6
        assert not listener.gaps(side)


def test_what_sounds_together_is_heard_together(server, listening, tmp_path) -> None:
    # Both ears of one output, as two inputs: then nothing but the capture can set them apart.
    server.control("load-module", "module-null-sink", "sink_name=both")
    for ear, place in (("left", "front-left"), ("right", "front-right")):
        mapped = f"master=both.monitor source_name={ear} master_channel_map={place}"
        server.control("load-module", "module-remap-source", *mapped.split(), "channel_map=mono")
    server.awaken("both")
    listener = listening(microphone="left", call="right")
    listener.until_attached()
    ears = [np.concatenate([noise(0.3, loudness=0.001), HEARD[side]]) for side in HEARD]
    server.play("both", write_sound(tmp_path / "both.wav", *ears), latency_ms=1000)
    listener.listen(4.2)
    places = {
        side: found_at(envelope(HEARD[side]), envelope(listener.sound(side))) for side in HEARD
    }
    assert min(alike for _, alike in places.values()) > 0.9
    apart_s = 0.005 * abs(places[ROOM_SIDE][0] - places[CALL_SIDE][0])
    assert apart_s < 0.1


def test_nothing_is_lost_while_nobody_takes_the_blocks(server, listening, wav) -> None:
    listener = listening()
    listener.until_attached()
    sounds = {ROOM_SIDE: rumble(20, seed=3), CALL_SIDE: rumble(20, seed=4)}
    players = [
        server.play(sink, wav(sink, sounds[side]), latency_ms=1000)
        for sink, side in ((ROOM, ROOM_SIDE), (CALL, CALL_SIDE))
    ]

    for player in players:
        player.wait()  # as slow as the slowest transcriber
    listener.listen(21)
    listener.until(lambda: not listener.hears(ROOM_SIDE) and not listener.hears(CALL_SIDE))

    for side, sound in sounds.items():
        later = shifts(sound, listener.sound(side))
        assert np.abs(later - np.median(later)).max() < 0.025 * SAMPLE_RATE_HZ
        assert not listener.gaps(side)
        assert not listener.losses(side)
        assert listener.source.stats[side].dropped_s == 0


def test_an_output_that_begins_to_play_is_heard_whole(server, listening, wav) -> None:
    server.control("load-module", "module-null-sink", "sink_name=cold")
    listener = listening(call="cold.monitor")
    listener.until_attached()
    sound = rumble(3, seed=5)
    server.play("cold", wav("sound", sound, murmur_s=0), latency_ms=1000)
    listener.until(lambda: listener.hears(CALL_SIDE))
    listener.listen(3.2)

    assert not listener.gaps(CALL_SIDE)
    later = shifts(sound, listener.sound(CALL_SIDE))
    assert np.abs(later - np.median(later)).max() < 0.025 * SAMPLE_RATE_HZ

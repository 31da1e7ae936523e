"""Sounds without a word in them, as they come over a call: made here, the same every time.

Each maker takes a length in seconds and a seed and returns float32 mono at 16 kHz, shape (n,).
Levels are in dBFS: root mean square where the sound goes on, peaks where it strikes. A sound comes
in sections of ten seconds whose level goes up and down, so that some are barely there and some are
louder than speech.
"""

from collections.abc import Callable, Sequence

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ, Waveform
from tests.noise_parts import (
    Random,
    Section,
    Sound,
    add,
    coloured,
    filtered,
    formants,
    in_sections,
    in_turn,
    loud,
    peaking,
    pulses,
    slow,
)

# -- silence --------------------------------------------------------------------------------------


def digital_silence(duration_s: float, seed: int = 0) -> Waveform:
    """A muted channel: nothing but zeros."""
    del seed
    return np.zeros(round(duration_s * SAMPLE_RATE_HZ), np.float32)


def room_silence(duration_s: float, seed: int = 0) -> Waveform:
    """A quiet room: a noise floor at -65 dBFS with more of the low notes."""
    return in_sections(_room, (-65.0,), duration_s, seed)


def _room(random: Random, size: int) -> Sound:
    return loud(coloured(random, size, lambda hz: 1 / np.sqrt(np.maximum(hz, 40))))


# -- a desk ---------------------------------------------------------------------------------------


def keyboard(duration_s: float, seed: int = 0) -> Waveform:
    """Someone types on a mechanical keyboard; strokes peak between -35 and -6 dBFS.

    Strokes come in words of a few keys, each with its plate's resonances and the click of the key
    coming up; the space bar thumps.
    """
    return in_sections(_typing, (-18.0, -28.0, -12.0, -35.0, -6.0), duration_s, seed)


def _typing(random: Random, size: int) -> Sound:
    sound, at_s = np.zeros(size), random.uniform(0, 0.5)
    while at_s * SAMPLE_RATE_HZ < size:
        for _ in range(random.integers(2, 10)):
            add(sound, at_s, _key(random, (random.uniform(900, 1500), 2600, 4300), 0.012))
            up_s = at_s + random.uniform(0.06, 0.12)
            add(sound, up_s, 0.35 * _key(random, (1900, 3800, 5600), 0.006))
            at_s += random.gamma(8, 0.018)
        add(sound, at_s, 0.9 * _key(random, (190, 420, 1100), 0.03))
        at_s += random.gamma(3, 0.09) + (random.uniform(1, 3) if random.random() < 0.12 else 0)
    return peaking(sound)


def _key(random: Random, resonances_hz: Sequence[float], decay_s: float) -> Sound:
    """A stroke: a burst of noise that sets some resonances ringing."""
    size = round(6 * decay_s * SAMPLE_RATE_HZ)
    time = np.arange(size) / SAMPLE_RATE_HZ
    struck = random.standard_normal(size) * np.exp(-time / (decay_s / 3))
    for hz in resonances_hz:
        off = hz * random.uniform(0.95, 1.05)
        struck += np.sin(2 * np.pi * off * time) * np.exp(-time / decay_s)
    return struck * random.uniform(0.5, 1.0)


def _mouse(random: Random, size: int) -> Sound:
    sound, at_s = np.zeros(size), random.uniform(0, 1)
    while at_s * SAMPLE_RATE_HZ < size:
        for _ in range(random.integers(1, 3)):
            add(sound, at_s, _key(random, (2100, 3300, 5200), 0.003))
            add(sound, at_s + 0.08, 0.6 * _key(random, (2700, 4400), 0.003))
            at_s += 0.18
        at_s += random.gamma(2, 0.8)
    return peaking(sound)


def _doors(random: Random, size: int) -> Sound:
    sound, at_s = np.zeros(size), random.uniform(0.3, 2)
    while at_s * SAMPLE_RATE_HZ < size:
        length = round(0.9 * SAMPLE_RATE_HZ)
        time = np.arange(length) / SAMPLE_RATE_HZ
        thump = np.sin(2 * np.pi * random.uniform(45, 75) * time) * np.exp(-time / 0.09)
        rattle = coloured(random, length, lambda hz: 1 / (1 + (hz / 500) ** 2))
        add(sound, at_s, thump + 0.6 * peaking(rattle) * np.exp(-time / 0.18))
        at_s += random.uniform(2, 5)
    return peaking(sound)


def _paper(random: Random, size: int) -> Sound:
    hiss = coloured(random, size, lambda hz: hz**2 / (hz**2 + 2500**2))
    crackle = (random.random(size) < 0.002) * random.exponential(1, size)
    grain = np.convolve(crackle, np.exp(-np.arange(160) / 40), "same")
    turns = np.clip(slow(random, size, 0.4) - 0.3, 0, None)
    return peaking(hiss * (0.15 + grain) * turns)


def _chair(random: Random, size: int) -> Sound:
    """A creaking chair: wood that sticks and slips, almost a voice."""
    sound, at_s = np.zeros(size), random.uniform(0, 1)
    while at_s * SAMPLE_RATE_HZ < size:
        length = round(random.uniform(0.25, 0.9) * SAMPLE_RATE_HZ)
        pitch = np.linspace(random.uniform(70, 160), random.uniform(110, 320), length)
        creak = formants(pulses(random, pitch, 0.08), ((620, 180), (1350, 220), (2900, 500)))
        add(sound, at_s, peaking(creak) * np.hanning(length))
        at_s += random.uniform(1.5, 4)
    return peaking(sound)


# -- machines -------------------------------------------------------------------------------------


def hum(duration_s: float, seed: int = 0) -> Waveform:
    """Mains hum at 50 Hz with its harmonics and a fan, both coming and going; -55 to -22 dBFS."""
    return in_sections(_hum, (-40.0, -30.0, -55.0, -22.0, -45.0), duration_s, seed)


def _hum(random: Random, size: int) -> Sound:
    time = np.arange(size) / SAMPLE_RATE_HZ
    mains = 2 * np.pi * 50 * time + 0.3 * slow(random, size, 0.2)
    sound = np.zeros(size)
    for order in range(1, 17):
        strength = (1.0 if order % 2 == 0 else 0.5) / order**0.8
        sound += strength * (0.6 + 0.4 * slow(random, size, 0.3)) * np.sin(order * mains)
    blade = np.sin(2 * np.pi * random.uniform(90, 240) * time + slow(random, size, 0.5))
    air = coloured(random, size, lambda hz: 1 / (1 + (hz / 350) ** 1.5))
    return loud(loud(sound) + 0.5 * blade + random.uniform(0.3, 1.2) * loud(air))


# -- the telephone --------------------------------------------------------------------------------

#: Frequencies in Hz and a cadence in seconds, sounding and silent by turns; none goes on.
_TONES: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = (
    ((440,), ()),
    ((425,), (1, 4)),
    ((350, 440), ()),
    ((440, 480), (2, 4)),
    ((425,), (0.5, 0.5)),
    ((480, 620), (0.25, 0.25)),
)
_KEYPAD_HZ = ((697, 770, 852, 941), (1209, 1336, 1477, 1633))
_INFORMATION_HZ = (950, 1400, 1800)  # the three notes before "the number you have dialled"


def dial_tone(duration_s: float, seed: int = 0) -> Waveform:
    """A telephone line: dial, ring-back and busy tones of Europe and the United States, keys being
    dialled, the three notes before an announcement, a fax calling; -32 to -9 dBFS.
    """
    kinds: list[Section] = [_tone(tones, cadence) for tones, cadence in _TONES]
    kinds[2:2] = [_dialling, _information]
    return in_turn(kinds, (-16.0, -24.0, -9.0, -32.0, -13.0), duration_s, seed, floor=False)


def _tone(tones_hz: Sequence[float], cadence_s: Sequence[float]) -> Section:
    def made(random: Random, size: int) -> Sound:
        time = np.arange(size) / SAMPLE_RATE_HZ
        sound = sum((np.sin(2 * np.pi * hz * time) for hz in tones_hz), np.zeros(size))
        if not cadence_s:
            return loud(sound)
        on = (time + random.uniform(0, cadence_s[0])) % sum(cadence_s) < cadence_s[0]
        return loud(sound) * np.convolve(on, np.hanning(80) / 39.5, "same")

    return made


def _dialling(random: Random, size: int) -> Sound:
    sound, at_s = np.zeros(size), 0.2
    while at_s * SAMPLE_RATE_HZ < size:
        for _ in range(random.integers(3, 12)):
            pair = tuple(float(random.choice(hz)) for hz in _KEYPAD_HZ)
            add(sound, at_s, _tone(pair, ())(random, round(0.09 * SAMPLE_RATE_HZ)))
            at_s += random.uniform(0.14, 0.3)
        at_s += random.uniform(0.8, 2)
    return sound


def _information(random: Random, size: int) -> Sound:
    sound = np.zeros(size)
    for start_s in np.arange(0.3, size / SAMPLE_RATE_HZ, 2.5):
        fax = random.random() < 0.3
        for index, hz in enumerate((1100,) if fax else _INFORMATION_HZ):
            note = _tone((hz,), ())(random, round((0.5 if fax else 0.33) * SAMPLE_RATE_HZ))
            add(sound, start_s + 0.34 * index, note)
    return sound


_CHORDS = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))  # in semitones above the key
_OOH = ((340, 90), (820, 110), (2500, 250))  # resonances of a vowel and their widths, in Hz
_SCALE = (0, 2, 4, 7, 9, 12, 14, 16)


def hold_music(duration_s: float, seed: int = 0) -> Waveform:
    """A tune while one waits: melody, chords and bass through a telephone; -34 to -12 dBFS.

    Four chords go round; key, tempo, melody and the melody's instrument, from a piano to a
    choir that sings a vowel, change from one section to the next.
    """
    return in_sections(_music, (-20.0, -28.0, -15.0, -34.0, -12.0), duration_s, seed)


def _music(random: Random, size: int) -> Sound:
    sound, beat_s = np.zeros(size), 60 / random.uniform(80, 132)
    key, voice = int(random.integers(55, 65)), int(random.integers(4))
    step = int(random.integers(len(_SCALE)))
    for bar in range(int(size / SAMPLE_RATE_HZ / (4 * beat_s)) + 1):
        chord, at_s = _CHORDS[bar % 4], 4 * bar * beat_s
        add(sound, at_s, 0.8 * _note(key + chord[0] - 24, 4 * beat_s, 0, random))
        for beat, semitones in zip(
            range(4), (chord[1], chord[2], chord[1] + 12, chord[2]), strict=True
        ):
            add(sound, at_s + beat * beat_s, 0.4 * _note(key + semitones, beat_s, 0, random))
        played = 0.0
        while played < 4:
            beats = float(random.choice((0.5, 0.5, 1, 1, 1.5, 2)))
            step = int(np.clip(step + random.integers(-2, 3), 0, len(_SCALE) - 1))
            note = _note(key + 12 + _SCALE[step], beats * beat_s, voice, random)
            add(sound, at_s + played * beat_s, note)
            played += beats
    return loud(_telephone(sound))


def _note(pitch: int, length_s: float, voice: int, random: Random) -> Sound:
    """A note of a piano (0), a flute (1), strings (2) or a choir (3); ``pitch`` as MIDI counts."""
    time = np.arange(round(length_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    hz = 440 * 2 ** ((pitch - 69) / 12)
    if voice == 3:
        return _sung(hz / 2, time, random)
    vibrato = (0, 0.06, 0.04)[voice] * np.sin(2 * np.pi * 5.2 * time + random.uniform(0, 6))
    fall = ((1.0, 0.5, 0.35, 0.2, 0.1), (1.0, 0.15, 0.1), (1.0, 0.7, 0.6, 0.4, 0.3, 0.2))[voice]
    orders = enumerate(fall, 1)
    sound = sum(
        (a * np.sin(n * (2 * np.pi * hz * time + vibrato * 5)) for n, a in orders), 0 * time
    )
    attack, release = np.minimum(time / (0.005, 0.06, 0.1)[voice], 1), (length_s - time) / 0.03
    decay = np.exp(-time / 0.6) if voice == 0 else 1.0
    return np.asarray(sound * attack * np.clip(release, 0, 1) * decay)


def _sung(hz: float, time: Sound, random: Random) -> Sound:
    """Three voices on one vowel, each a little off and with a vibrato of its own."""
    vowel = ((700, 130), (1150, 120), (2700, 250)) if random.random() < 0.5 else _OOH
    voices = np.zeros(len(time))
    for _ in range(3):
        vibrato = 0.012 * np.sin(2 * np.pi * random.uniform(4.8, 6.2) * time)
        voices += pulses(random, hz * random.uniform(0.994, 1.006) * (1 + vibrato), 0.005)
    return 2 * peaking(formants(voices, vowel)) * np.hanning(len(time)) ** 0.3


def _telephone(sound: Sound) -> Sound:
    """300 to 3400 Hz, and eight bits by the mu-law (ITU-T G.711)."""
    heard = filtered(sound, lambda hz: 1 / (1 + (300 / np.maximum(hz, 1)) ** 8 + (hz / 3400) ** 12))
    part = peaking(heard)
    squeezed = np.round(127 * np.sign(part) * np.log1p(255 * np.abs(part)) / np.log(256)) / 127
    return np.asarray(np.sign(squeezed) * (256 ** np.abs(squeezed) - 1) / 255)


# -- a body ---------------------------------------------------------------------------------------


def breathing(duration_s: float, seed: int = 0) -> Waveform:
    """Someone breathes close to the microphone, and sighs; peaks between -38 and -8 dBFS."""
    return in_sections(_breaths, (-20.0, -30.0, -14.0, -38.0, -8.0), duration_s, seed)


def _breaths(random: Random, size: int) -> Sound:
    sound, at_s = np.zeros(size), random.uniform(0, 0.5)
    throat, mouth = ((1700, 500), (2900, 900)), ((550, 250), (1250, 350), (2400, 700))
    while at_s * SAMPLE_RATE_HZ < size:
        for shape, strength in ((throat, 0.7), (mouth, 1.0)):
            length_s = random.uniform(0.5, 1.6)
            length = round(length_s * SAMPLE_RATE_HZ)
            air = formants(random.standard_normal(length), shape)
            blown = coloured(random, length, lambda hz: 1 / (1 + (hz / 80) ** 2))
            swell = np.sin(np.pi * np.linspace(0, 1, length) ** random.uniform(0.5, 1.2)) ** 1.5
            wind = random.uniform(0, 0.6) * peaking(blown)
            if shape is mouth and random.random() < 0.15:
                pitch = np.linspace(random.uniform(120, 240), 85, length)
                air += formants(4 * pulses(random, pitch, 0.05), shape)
            add(sound, at_s, strength * swell * (peaking(air) + wind))
            at_s += length_s + random.uniform(0.1, 0.9)
    return peaking(sound)


def cough(duration_s: float, seed: int = 0) -> Waveform:
    """Coughs in clusters of one to four, and a throat being cleared; peaks at -30 to -3 dBFS."""
    return in_sections(_coughs, (-12.0, -22.0, -6.0, -30.0, -3.0), duration_s, seed)


def _coughs(random: Random, size: int) -> Sound:
    sound, at_s = np.zeros(size), random.uniform(0.2, 1)
    while at_s * SAMPLE_RATE_HZ < size:
        if random.random() < 0.35:
            cleared = _throat(random)
            add(sound, at_s, cleared)
            at_s += len(cleared) / SAMPLE_RATE_HZ
        else:
            for _ in range(random.integers(1, 5)):
                add(sound, at_s, random.uniform(0.6, 1) * _cough(random))
                at_s += random.uniform(0.35, 0.6)
        at_s += random.uniform(0.8, 3)
    return peaking(sound)


def _cough(random: Random) -> Sound:
    """A burst as the glottis opens, a rush of air, and often a short voice as it closes."""
    length = round(random.uniform(0.28, 0.45) * SAMPLE_RATE_HZ)
    time = np.arange(length) / SAMPLE_RATE_HZ
    rush = np.exp(-time / 0.025) + 0.45 * np.exp(-(((time - 0.1) / 0.09) ** 2))
    air = random.standard_normal(length) * rush
    voiced_at_s, pitch_hz = random.uniform(0.16, 0.24), random.uniform(130, 320)
    falling = pitch_hz * np.linspace(1.15, 0.7, length)
    voice = pulses(random, falling, 0.06) * np.exp(-(((time - voiced_at_s) / 0.05) ** 2))
    mixed = air + random.choice((0.0, 2.0, 5.0)) * voice
    return peaking(formants(mixed, ((560, 160), (1300, 220), (2600, 400), (3900, 700))))


def _throat(random: Random) -> Sound:
    """A throat being cleared: one or two rough low notes with air in them."""
    notes: list[Sound] = []
    for _ in range(random.integers(1, 3)):
        length = round(random.uniform(0.25, 0.6) * SAMPLE_RATE_HZ)
        pitch = np.linspace(random.uniform(85, 130), random.uniform(65, 95), length)
        source = 3 * pulses(random, pitch, 0.12) + 0.3 * random.standard_normal(length)
        shaped = formants(source, ((480, 120), (1150, 180), (2450, 350)))
        notes += [peaking(shaped) * np.hanning(length) ** 0.5, np.zeros(1200)]
    return np.concatenate(notes)


# -- everything -----------------------------------------------------------------------------------


def mixture(duration_s: float, seed: int = 0) -> Waveform:
    """All of it in turn, with mouse clicks, doors, paper and a creaking chair; -34 to -6 dBFS."""
    kinds = (
        *(_typing, _chair, _coughs, _mouse, _breaths, _doors),
        *(_hum, _paper, _dialling, _music, _room),
    )
    return in_turn(kinds, (-14.0, -26.0, -8.0, -34.0, -6.0, -20.0), duration_s, seed)


#: Every sound by its name.
SOUNDS: dict[str, Callable[[float, int], Waveform]] = {
    "digital silence": digital_silence,
    "room silence": room_silence,
    "keyboard": keyboard,
    "hum and fan": hum,
    "hold music": hold_music,
    "dial tones": dial_tone,
    "breathing": breathing,
    "cough": cough,
    "all in turn": mixture,
}

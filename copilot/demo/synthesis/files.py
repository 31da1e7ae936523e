"""What is written: the recording as Ogg Vorbis, and what is said in it as JSON."""

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import soundfile

from copilot.demo.synthesis.placing import PlacedTurn
from copilot.demo.synthesis.script import Script
from copilot.demo.synthesis.sound import RATE_HZ, Samples
from copilot.errors import StorageError
from copilot.events import Channel

#: Of libsndfile, 0 to 1: about 70 kbit/s for two voices; words are recognised as from FLAC.
VORBIS_COMPRESSION = 0.7


def encode_ogg(samples: Samples) -> bytes:
    """The samples, shape ``(n, channels)``, as Ogg Vorbis; the same bytes at every call."""
    encoded = io.BytesIO()
    with soundfile.SoundFile(
        encoded,
        "w",
        RATE_HZ,
        samples.shape[1],
        format="OGG",
        subtype="VORBIS",
        compression_level=VORBIS_COMPRESSION,
    ) as recording:
        # Second by second, because libsndfile can overflow its stack on one long write.
        for start in range(0, len(samples), RATE_HZ):
            recording.write(samples[start : start + RATE_HZ])
    return _numbered(encoded.getvalue(), serial=1)


def describe(
    script: Script, placed: Sequence[PlacedTurn], samples: Samples, recording: bytes
) -> dict[str, Any]:
    """What is said in the recording, and when; turns in the order in which they start.

    Args:
        script: Where it comes from.
        placed: Its turns.
        samples: Their mix, shape ``(n, 2)``.
        recording: The mix, encoded.
    """
    return {
        "title": script.title,
        "role": script.role,
        "language": script.language,
        "synthetic": True,
        "voices": {who: choice.model_dump() for who, choice in script.voices.items()},
        "channels": list(Channel),
        "sample_rate_hz": RATE_HZ,
        "duration_s": round(len(samples) / RATE_HZ, 3),
        "recording_sha256": hashlib.sha256(recording).hexdigest(),
        "turns": [_turn(each) for each in sorted(placed, key=lambda one: one.start_s)],
        "never_mentioned": script.never_mentioned,
    }


def write_interview(folder: Path, recording: bytes, description: dict[str, Any]) -> list[Path]:
    """Write ``interview.ogg`` and ``interview.json``; the paths written.

    Raises:
        StorageError: The disk refused; files that stood there stay as they were.
    """
    text = json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    contents = {"interview.ogg": recording, "interview.json": text.encode()}
    drafts = {folder / name: folder / f".{name}.new" for name in contents}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for path, draft in drafts.items():
                draft.write_bytes(contents[path.name])
            for path, draft in drafts.items():
                draft.replace(path)
        finally:
            for draft in drafts.values():
                draft.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"{folder}: {error.strerror}.", "Free space, or name another folder with --output."
        ) from error
    return list(drafts)


def _turn(placed: PlacedTurn) -> dict[str, Any]:
    turn = placed.turn
    described: dict[str, Any] = {
        "speaker": turn.speaker,
        "kind": turn.kind,
        "question": turn.question,
        "start_s": round(placed.start_s, 3),
        "end_s": round(placed.end_s, 3),
        "text": turn.text,
        "sentences": [
            {"start_s": round(each.start_s, 3), "end_s": round(each.end_s, 3), "text": each.text}
            for each in placed.sentences()
        ],
    }
    if turn.speaker is Channel.CANDIDATE:
        described["labels"] = turn.labels.model_dump(mode="json")
    return described


def _numbered(ogg: bytes, serial: int) -> bytes:
    """Give every page the serial number ``serial``; libsndfile draws one by chance at each run.

    The layout of a page and its checksum: RFC 3533, section 6.
    """
    pages = bytearray(ogg)
    start = 0
    while start < len(pages):
        body = start + 27 + pages[start + 26]
        end = body + sum(pages[start + 27 : body])
        pages[start + 14 : start + 18] = serial.to_bytes(4, "little")
        pages[start + 22 : start + 26] = bytes(4)
        pages[start + 22 : start + 26] = _checksum(pages[start:end]).to_bytes(4, "little")
        start = end
    return bytes(pages)


def _checksum(page: bytes | bytearray) -> int:
    """CRC-32 with the polynomial 0x04c11db7 of a page whose checksum field holds zeros."""
    checksum = 0
    for byte in page:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ _CRC_STEPS[checksum >> 24 ^ byte]
    return checksum


def _crc_step(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = (value << 1 ^ 0x04C11DB7) if value & 0x80000000 else value << 1
    return value & 0xFFFFFFFF


_CRC_STEPS = tuple(_crc_step(byte) for byte in range(256))

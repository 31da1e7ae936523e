"""``transcribe``: the hearing and transcription stages alone."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import Any

from copilot.audio.recording import RecordingSource
from copilot.cli import options as shared
from copilot.cli.json_output import print_json
from copilot.errors import ExitCode
from copilot.knowledge.loading import check_language
from copilot.speech.models import check_knows, speech_model
from copilot.speech.offline import OfflineUtterance, transcribe_blocks
from copilot.speech.whisper import WhisperTranscriber
from copilot.timecode import timecode


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a recording of any usual format")
    shared.add_language(parser)
    shared.add_model(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")


def run(options: argparse.Namespace) -> int:
    """Transcribe and print."""
    check_language(options.language)
    check_knows(speech_model(options.model), options.language)
    source = RecordingSource.from_anything(options.file)
    transcriber = WhisperTranscriber(options.model)
    heard: list[OfflineUtterance] = []
    for utterance in transcribe_blocks(
        source.blocks(), source.channels, transcriber, options.language
    ):
        heard.append(utterance)
        if not options.json:
            _print_line(utterance)
    if options.json:
        print_json(
            {
                "file": str(options.file),
                "language": options.language,
                "model": transcriber.model.name,
                "duration_s": source.duration_s,
                "text": " ".join(utterance.text for utterance in heard),
                "utterances": [_as_json(utterance) for utterance in heard],
            }
        )
    return ExitCode.OK


def _print_line(utterance: OfflineUtterance) -> None:
    who = f"{utterance.channel}: " if utterance.channel else ""
    doubt = " (uncertain)" if utterance.uncertain else ""
    sys.stdout.write(f"[{timecode(utterance.start_s)}] {who}{utterance.text}{doubt}\n")
    sys.stdout.flush()


def _as_json(utterance: OfflineUtterance) -> dict[str, Any]:
    return dataclasses.asdict(utterance)

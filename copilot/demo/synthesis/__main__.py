"""``python -m copilot.demo.synthesis``: make the demo interview anew from its script.

Needs the extra ``voices``. With the same versions of its packages on the same kind of processor,
every run writes the same bytes.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from copilot.demo.synthesis.files import describe, encode_ogg, write_interview
from copilot.demo.synthesis.placing import mix, place_turns
from copilot.demo.synthesis.script import Script, read_script
from copilot.demo.synthesis.voices import load_voices
from copilot.errors import CopilotError, ExitCode
from copilot.paths import demo_folder


def synthesise(script: Script, output: Path) -> list[Path]:
    """Write ``interview.ogg`` and ``interview.json`` into the folder ``output``; their paths.

    Raises:
        InputError: The script names an unknown voice, or a sentence cannot be read aloud.
        ModelError: The voices are missing or damaged.
        StorageError: The disk is full or not writable.
    """
    placed = place_turns(script, load_voices(script.voices, script.language))
    samples = mix(placed, script.seed)
    recording = encode_ogg(samples)
    return write_interview(output, recording, describe(script, placed, samples, recording))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code is one of ``ExitCode``."""
    parser = argparse.ArgumentParser(
        prog="python -m copilot.demo.synthesis",
        description="Make the demo interview anew from its script.",
    )
    here = demo_folder()
    parser.add_argument(
        "--script", type=Path, default=here / "script.yaml", metavar="PATH", help="what is said"
    )
    parser.add_argument(
        "--output", type=Path, default=here, metavar="DIR", help="folder for the two files"
    )
    options = parser.parse_args(arguments)
    try:
        written = synthesise(read_script(options.script), options.output)
    except CopilotError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return ExitCode.INTERRUPTED
    for path in written:
        sys.stdout.write(f"{path} ({path.stat().st_size / 1e6:.2f} MB)\n")
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())

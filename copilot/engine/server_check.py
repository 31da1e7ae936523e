"""Whether the transcription server answers, and how fast."""

import contextlib
import time
from collections.abc import Callable

import numpy as np

from copilot.audio import SAMPLE_RATE_HZ
from copilot.audio.capture.report import Problem
from copilot.audio.recording import RecordingSource
from copilot.engine.doctor import Finding
from copilot.errors import ServerError, UnbelievableError
from copilot.events import Channel
from copilot.paths import demo_folder
from copilot.speech.remote import DRAFT_S, RemoteTranscriber
from copilot.speech.server import Server

#: A second of the demo interview in which the candidate speaks.
_BEGIN_S, _END_S = 45.0, 46.0


def check_server(server: Server, *, clock: Callable[[], float] = time.monotonic) -> Finding:
    """Send the server a second of the demo interview, twice; never a grave problem.

    The first answer may have waited for a model to be loaded; the second one counts.

    Args:
        server: Where it is.
        clock: Seconds on a monotonic clock.

    Raises:
        AudioFileError: The demo interview is damaged.
    """
    source = RecordingSource.from_file(demo_folder() / "interview.ogg")
    spoken = np.concatenate([block.samples[Channel.CANDIDATE] for block in source.blocks()])
    samples = spoken[round(_BEGIN_S * SAMPLE_RATE_HZ) : round(_END_S * SAMPLE_RATE_HZ)]
    remote = RemoteTranscriber(server, clock=clock)
    took_s = 0.0
    try:
        for _ in range(2):
            begun = clock()
            with contextlib.suppress(UnbelievableError):  # it answered
                remote.transcribe(samples, language="en")
            took_s = clock() - begun
    except ServerError as error:
        text = f"{error.message[:1].upper()}{error.message[1:]}"
        remedy = f"{error.remedy} Until then the text is made on this machine.".strip()
        return Finding("server", text, Problem(text, remedy, grave=False))
    finally:
        remote.close()
    drafts = "there" if took_s <= DRAFT_S else "here, because that is too slow for them"
    way = "" if server.secure else "; the way there is not encrypted"
    return Finding(
        "server",
        f"sound → {server.host}: {server.model} answers a second of speech in {took_s:.1f} s; "
        f"drafts are made {drafts}{way}",
    )

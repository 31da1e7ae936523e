"""Programs that are killed at every step they take on disk, one after another."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.builders import run_python

_KILLED_AT_EVERY_STEP = """
import json, os, signal, sys, warnings
from pathlib import Path

STEPS = {"open", "os.rename", "os.remove", "os.truncate"}

def kill_at(step):
    left = step
    def hook(event, arguments):
        nonlocal left
        if event in STEPS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

exec(sys.argv[1])
warnings.simplefilter("ignore")
for step, folder in enumerate(json.loads(sys.argv[2]), start=1):
    child = os.fork()
    if not child:
        kill_at(step)
        act(Path(folder))
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(step)
"""


def killed_at_every_step(
    act: str, make: Callable[[int], Path], *, at_most: int = 40
) -> Iterator[Path]:
    """The folders a program leaves that is killed at its first step on disk, its second, and so on.

    Args:
        act: Python that defines ``act(folder)``.
        make: Makes the folder of one attempt.
        at_most: More steps than it takes.

    Yields:
        One folder a kill; the last one is of a program that came to its end.
    """
    folders = [make(number) for number in range(at_most)]
    steps = int(run_python(_KILLED_AT_EVERY_STEP, act, json.dumps([*map(str, folders)])))
    assert 2 < steps < at_most
    yield from folders[:steps]

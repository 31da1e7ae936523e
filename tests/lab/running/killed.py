"""A run in a process of its own, for tests that kill it: a line a result, then its workers' ids.

python -m tests.lab.running.killed ITEMS WORKERS
"""

import multiprocessing
import sys

from copilot.lab.running.how import How
from copilot.lab.running.progress import Progress
from copilot.lab.running.runner import run_plan
from tests.lab.running.plans import Counting, gate_plan


def main(items: int, workers: int) -> None:
    """Run follow-ups before the gate."""

    def tell(progress: Progress) -> None:
        pids = " ".join(str(child.pid) for child in multiprocessing.active_children())
        sys.stdout.write(f"{progress.done} {pids}\n")
        sys.stdout.flush()

    made = Counting(workers=workers)
    run_plan(gate_plan(items), How(make_executor=made, on_progress=tell, cache=None))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

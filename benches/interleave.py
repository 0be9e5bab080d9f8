"""Times contenders in turn, each in its own process, and keeps the minimum of many chunks of each.

A chunk is shorter than a time slice of the scheduler, so some chunks run undisturbed on a busy machine. All contenders
take turns, so what slows one of them down slows the others down too. Compare the ratios: they hold on other machines.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from variants import EVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / ".cache" / "bench"
# The seconds of a chunk.
CHUNK = 0.001
# More calls in a chunk do not make the figure more exact.
MOST_CALLS = 2000


def variables(contender: str) -> dict[str, str]:
    """The environment of a contender's process: no AWS variables but the benchmark's, and presigned on its path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON", "BOTO"))}
    absent = str(ENVIRONMENTS / "no-such-file")
    own = {"PYTHONPATH": str(HERE.parent / EVERY[contender].path), "PYTHONHASHSEED": "0"}
    return {**kept, **own, "AWS_CONFIG_FILE": absent, "AWS_SHARED_CREDENTIALS_FILE": absent}


def python(contender: str) -> str:
    """The interpreter of the environment that has this contender."""
    return str(ENVIRONMENTS / EVERY[contender].environment / "bin" / "python")


class Worker:
    """A contender in its own process."""

    def __init__(self, name: str) -> None:
        """Start the process; it does nothing yet."""
        self.name = name
        command = [python(name), str(HERE / "worker.py"), name]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=variables(name), text=True
        )

    def ask(self, *request: object) -> object:
        """Send one request; return the answer."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("no pipes")
        print(json.dumps(request), file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{self.name} ended with {self._process.wait()}")
        return json.loads(answer)

    def open(self, case: str, batch: str = "", count: int = 0) -> object:
        """Return the first result of a case, or of a batch with this many keys.

        Raises:
            LookupError: The contender does not run here; the message says why.
        """
        answer = self.ask("open", case, batch, count)
        if isinstance(answer, dict) and "error" in answer:
            raise LookupError(answer["error"])
        return answer

    def seconds(self, count: int) -> float:
        """Return the seconds that this many calls take."""
        return float(str(self.ask("time", count)))

    def close(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()


@contextmanager
def workers(names: Sequence[str]) -> Iterator[dict[str, Worker]]:
    """Run the processes of these contenders until the end of the block."""
    started = {name: Worker(name) for name in names}
    try:
        yield started
    finally:
        for worker in started.values():
            worker.close()


@dataclass(frozen=True)
class Pace:
    """How often to measure."""

    #: The chunks of each contender.
    chunks: int
    #: The processes of each kind, if whole processes are measured.
    launches: int
    quick: bool

    @classmethod
    def from_arguments(cls) -> Pace:
        """With `--quick`, everything takes less than a minute; without, some minutes."""
        return cls(60, 4, quick=True) if "--quick" in sys.argv else cls(400, 15, quick=False)


def figure(number: float) -> str:
    """A number with three digits, or with all digits before its point."""
    return f"{number:.0f}" if number >= 100 else f"{number:#.3g}"  # noqa: PLR2004


def least(contenders: Sequence[Worker], chunks: int) -> dict[str, float]:
    """The minimum of seconds per call, for each open contender."""
    counts = {}
    for worker in contenders:
        once = min(worker.seconds(1) for _ in range(3))
        counts[worker] = max(1, min(MOST_CALLS, int(CHUNK / once)))
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(chunks):
        for worker in contenders:
            best[worker] = min(best[worker], worker.seconds(counts[worker]) / counts[worker])
    return {worker.name: seconds for worker, seconds in best.items()}

"""Runs a command and prints one line: verdict, seconds, name, tests passed. If it fails, prints all its output.

step.py NAME COMMAND...   run a step
step.py --start           forget the counts of an earlier run
step.py --total           print how many tests all steps since --start ran
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

COUNTS = Path(os.environ.get("STEP_COUNTS", ".cache/step-counts"))
# Matches the last lines of pytest and cargo test, and nothing else.
PASSED = re.compile(r"(?:^|[ =])(\d+) passed(?:,|;| in )", re.MULTILINE)


def run(name: str, command: list[str]) -> int:
    """Run the command; return its exit code."""
    terminal = sys.stdout.isatty()
    if terminal:
        print(f"  ...          {name}", end="\r", flush=True)
    began = time.monotonic()
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    seconds = time.monotonic() - began
    output = result.stdout.decode(errors="replace")
    passed = sum(map(int, PASSED.findall(output)))
    if result.returncode:
        print(output)
    verdict = "FAIL" if result.returncode else "ok"
    tests = f"  ({passed} passed)" if passed else ""
    print(f"  {verdict:4} {seconds:6.1f} s  {name}{tests}", flush=True)
    if passed:
        COUNTS.parent.mkdir(exist_ok=True)
        with COUNTS.open("a") as counts:
            counts.write(f"{passed}\n")
    return result.returncode


def total() -> int:
    """Print the number of tests; fail if there were none."""
    passed = sum(map(int, COUNTS.read_text().split())) if COUNTS.exists() else 0
    print(f"tests: {passed} passed, 0 failed")
    return 0 if passed else 1


def main(arguments: list[str]) -> int:
    """Do one of the three things above."""
    match arguments:
        case ["--start"]:
            COUNTS.unlink(missing_ok=True)
            return 0
        case ["--total"]:
            return total()
        case [name, *command] if command:
            return run(name, command)
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

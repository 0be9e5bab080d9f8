"""Counts the instructions of a fixed set of calls under callgrind, and compares them with what is written down.

instructions.py           fail if a call takes more than its ceiling: 3 % above what is written
instructions.py --write   write down what the calls take now
instructions.py --can-count   fail if valgrind is missing where it is needed

Noise cannot move these numbers: two runs give the same ones. Valgrind emulates a processor without SHA-NI, so
RustCrypto's portable code does the hashing here, whose compressions cost 25 times those of the real machine. They are
therefore counted by themselves, as blocks, and must not grow by even one; the instructions are all the others.

`core` is the Rust core alone, with what it asks of the allocator and `memcpy`. `extension` is the extension module as
Python calls it, and nothing of the interpreter; `python` is the interpreter's part, which is compared only if it is
the very interpreter of what is written down.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cases import CASES, VARYING

HERE = Path(__file__).resolve().parent
WRITTEN = HERE / "instructions.json"
PROGRAM = HERE.parent / "target" / "benches" / "release" / "calls"
EXTENSION = "_core.abi3.so"
HASHING = "compress256"
COUNTED_ON = ("linux", "x86_64")
# What both programs call to part what is counted from the rest.
MARK = "getppid"
CALLS = 100
# What Python calls behind the cases: so many URLs at once. Its figures are those of one of them.
BATCH = "batch"
# How many blocks a call of the bare hash function takes.
BARE_BLOCKS = 16
# The share by which a call may grow before that is a fault. Python's own part sways with where its objects lie.
HEADROOM = {"core": 0.03, "extension": 0.03, "python": 0.1}

Spent = Counter[tuple[str, bool]]
Figures = dict[str, dict[str, int]]


def spent(program: list[str]) -> list[Spent]:
    """The instructions of what a program does between marks: by object file, and whether they hash."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "profile")
        options = ["--compress-strings=no", "--compress-pos=no", f"--dump-before={MARK}", f"--callgrind-out-file={out}"]
        # What stops the clock is among the development tools, which Python does not look for without `site`.
        paths = os.pathsep.join((str(HERE.parent / "python"), sysconfig.get_paths()["platlib"]))
        environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", "PYTHONPATH": paths}
        command = ["valgrind", "--tool=callgrind", *options, *program]
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            sys.exit(result.stderr)
        # Profile 1 is what led to the first mark, 2 what was between the first two, and so on.
        parts = len(list(Path(folder).iterdir())) - 1
        return [parsed(Path(f"{out}.{part}").read_text()) for part in range(2, parts + 1, 2)]


def parsed(profile: str) -> Spent:
    """The costs of each function itself, without what it calls, from a profile of callgrind's."""
    total: Spent = Counter()
    object_file, hashes, is_call = "", False, False
    for line in profile.splitlines():
        name, _, value = line.partition("=")
        if name == "ob":
            object_file = Path(value).name
        elif name == "fn":
            hashes = HASHING in value
        elif name == "calls":
            is_call = True
        elif line[:1].isdigit():
            # The line behind `calls=` is the cost of the function that is called.
            if not is_call:
                total[object_file, hashes] += int(line.split()[1])
            is_call = False
    return total


def figures(counted: Spent, object_file: str, a_block: float) -> dict[str, int]:
    """What one call takes: blocks that are hashed, and instructions of this object file beside them."""
    hashing = sum(cost for (_, hashes), cost in counted.items() if hashes)
    blocks = hashing / a_block / CALLS
    # A call of the hash function costs a little beside its blocks.
    if not 0 <= blocks - round(blocks) < 0.3 or not hashing:  # noqa: PLR2004 - clear of any doubt
        sys.exit(f"{blocks:.2f} blocks are no whole number: see HASHING in {__file__}, and keep the names of functions")
    other = [cost for (file, hashes), cost in counted.items() if not hashes and object_file in ("", file)]
    return {"blocks": round(blocks), "instructions": round(sum(other) / CALLS)}


def count() -> dict[str, Figures]:
    """The figures of all calls, for the core, the extension, and Python around it."""
    programs = [[str(PROGRAM)], [sys.executable, "-S", str(HERE / "counted_calls.py")]]
    with ThreadPoolExecutor(len(programs)) as pool:
        (bare, *core), extension = pool.map(spent, programs)
    a_block = sum(cost for (_, hashes), cost in bare.items() if hashes) / CALLS / BARE_BLOCKS
    found: dict[str, Figures] = {"core": {}, "extension": {}, "python": {}}
    for case, in_core in zip(CASES, core, strict=True):
        found["core"][case] = figures(in_core, "", a_block)
    for case, in_python in zip([*CASES, *VARYING, BATCH], extension, strict=True):
        found["extension"][case] = own = figures(in_python, EXTENSION, a_block)
        whole = figures(in_python, "", a_block)["instructions"]
        found["python"][case] = {"instructions": whole - own["instructions"]}
    return found


def circumstances() -> dict[str, str]:
    """What the figures depend on, beside the code."""
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    return {"rustc": compiler, "python": sys.version}


def compare(now: dict[str, Figures], written: dict[str, Figures], *, same_python: bool) -> int:
    """Prints a line for each call; returns how many take too much."""
    worse = 0
    for layer, calls in now.items():
        for case, figures_now in calls.items():
            was = written[layer][case]
            change = figures_now["instructions"] / was["instructions"] - 1
            more_blocks = figures_now.get("blocks", 0) > was.get("blocks", 0)
            is_worse = more_blocks or (change > HEADROOM[layer] and (layer != "python" or same_python))
            worse += is_worse
            verdict = "TOO MANY" if is_worse else "fewer: make count-instructions" if change < -HEADROOM[layer] else ""
            blocks = f"{figures_now['blocks']:3} blocks" if "blocks" in figures_now else ""
            shown = f"{figures_now['instructions']:6} instructions ({change:+.1%}) {blocks:10}"
            print(f"{layer:9} {case:5} {shown} {verdict}".rstrip())
    return worse


def main() -> None:
    """Counts, and then writes or compares."""
    if (sys.platform, platform.machine()) != COUNTED_ON:
        print("instructions are written down for x86-64 Linux, and not compared elsewhere")
        return
    if shutil.which("valgrind") is None:
        sys.exit("valgrind is needed to count instructions: apt-get install valgrind (Debian, Ubuntu)")
    if "--can-count" in sys.argv:
        return
    now, here = count(), circumstances()
    if "--write" in sys.argv:
        WRITTEN.write_text(json.dumps({"circumstances": here, "calls": now}, indent=2) + "\n")
    written = json.loads(WRITTEN.read_text())
    there = written["circumstances"]
    if worse := compare(now, written["calls"], same_python=there["python"] == here["python"]):
        others = "".join(
            f"\nwritten down with {there[name]}, counted with {here[name]}"
            for name in there
            if there[name] != here[name]
        )
        sys.exit(f"{worse} too many; if that is meant: make count-instructions{others}")


if __name__ == "__main__":
    main()

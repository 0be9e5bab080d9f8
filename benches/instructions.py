"""Counts the instructions of a fixed set of calls with callgrind, and compares them with benches/instructions.json.

instructions.py               fail if a call takes 3 % more than the file says
instructions.py --write       write what the calls take now
instructions.py --can-count   fail if valgrind is missing where it is needed

Two runs give the same numbers. Valgrind emulates a processor without SHA-NI, so RustCrypto's portable code hashes here,
with 25 times the instructions of the real machine. Therefore hashed blocks are counted separately, and may not increase
at all. All other instructions are counted as instructions; so are those of SHA-1, which only SigV2 needs.

`core` is the Rust core with its calls of the allocator and `memcpy`. `extension` is the extension module as Python
calls it, without the interpreter. `python` is the interpreter's part, which is compared only if the interpreter is that
of the file.
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

from cases import AWAITED, BY_SIGV2, CASES, IN_PLACE, PROMOTED, VARYING

HERE = Path(__file__).resolve().parent
WRITTEN = HERE / "instructions.json"
PROGRAM = HERE.parent / "target" / "benches" / "release" / "calls"
EXTENSION = "_core.abi3.so"
HASHING = "compress256"
COUNTED_ON = ("linux", "x86_64")
# Both programs call this function where counting begins and ends.
MARK = "getppid"
CALLS = 100
# A case of Python alone: a batch of this many URLs. Its figures are those of one URL.
BATCH = "batch"
# The blocks of one call of the bare hash function.
BARE_BLOCKS = 16
# The share by which a call may grow. Python's own part varies with the addresses of its objects.
HEADROOM = {"core": 0.03, "extension": 0.03, "python": 0.1}

Spent = Counter[tuple[str, bool]]
Figures = dict[str, dict[str, int]]


def spent(program: list[str]) -> list[Spent]:
    """The instructions between the marks of a program, by object file, and by whether they hash."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "profile")
        options = ["--compress-strings=no", "--compress-pos=no", f"--dump-before={MARK}", f"--callgrind-out-file={out}"]
        # A development tool stops the clock, and Python does not find these without `site`.
        paths = os.pathsep.join((str(HERE.parent / "python"), sysconfig.get_paths()["platlib"]))
        environment = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": "0", "PYTHONPATH": paths}
        command = ["valgrind", "--tool=callgrind", *options, *program]
        result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            sys.exit(result.stderr)
        # Profile 1 ends at the first mark, profile 2 at the second, and so on.
        parts = len(list(Path(folder).iterdir())) - 1
        return [parsed(Path(f"{out}.{part}").read_text()) for part in range(2, parts + 1, 2)]


def parsed(profile: str) -> Spent:
    """The costs of each function, without the functions that it calls, from a profile of callgrind."""
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
            # The line after `calls=` is the cost of the called function.
            if not is_call:
                total[object_file, hashes] += int(line.split()[1])
            is_call = False
    return total


def figures(counted: Spent, object_file: str, a_block: float, *, is_sha1: bool = False) -> dict[str, int]:
    """The hashed blocks of one call, and its other instructions in this object file; SigV2 hashes with SHA-1."""
    hashing = sum(cost for (_, hashes), cost in counted.items() if hashes)
    blocks = hashing / a_block / CALLS
    # Calling the hash function costs a little too, and it may be a little shorter in one program than in another.
    if not -0.1 <= blocks - round(blocks) < 0.3 or bool(hashing) is is_sha1:  # noqa: PLR2004 - clear of any doubt
        sys.exit(f"{blocks:.2f} is not a whole number of blocks: see HASHING in {__file__}, and keep the symbols")
    other = [cost for (file, hashes), cost in counted.items() if not hashes and object_file in ("", file)]
    return {"blocks": round(blocks), "instructions": round(sum(other) / CALLS)}


def count() -> dict[str, Figures]:
    """The figures of all calls, for the core, the extension and Python."""
    programs = [[str(PROGRAM)], [sys.executable, "-S", str(HERE / "counted_calls.py")]]
    with ThreadPoolExecutor(len(programs)) as pool:
        (bare, *core), extension = pool.map(spent, programs)
    a_block = sum(cost for (_, hashes), cost in bare.items() if hashes) / CALLS / BARE_BLOCKS
    found: dict[str, Figures] = {"core": {}, "extension": {}, "python": {}}
    for case, in_core in zip(CASES, core, strict=True):
        found["core"][case] = figures(in_core, "", a_block)
    in_order = [*CASES, *VARYING, BATCH, *BY_SIGV2, *IN_PLACE, *PROMOTED, *AWAITED]
    for case, in_python in zip(in_order, extension, strict=True):
        is_sha1 = case.endswith("SigV2")
        found["extension"][case] = own = figures(in_python, EXTENSION, a_block, is_sha1=is_sha1)
        whole = figures(in_python, "", a_block, is_sha1=is_sha1)["instructions"]
        found["python"][case] = {"instructions": whole - own["instructions"]}
    return found


def circumstances() -> dict[str, str]:
    """What the figures depend on, apart from the code."""
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    return {"rustc": compiler, "python": sys.version}


def compare(now: dict[str, Figures], written: dict[str, Figures], *, same_python: bool) -> int:
    """Prints a line for each call; returns how many calls take too many instructions."""
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
            print(f"{layer:9} {case:20} {shown} {verdict}".rstrip())
    return worse


def main() -> None:
    """Counts, and then writes or compares the figures."""
    if (sys.platform, platform.machine()) != COUNTED_ON:
        print("instructions are only compared on x86-64 Linux")
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
            f"\nthe file has figures of {there[name]}, these are of {here[name]}"
            for name in there
            if there[name] != here[name]
        )
        sys.exit(f"{worse} calls take too many; if the change needs them: make count-instructions{others}")


if __name__ == "__main__":
    main()

"""Measures whole processes: import, first URL, memory, and what is installed: `processes.py [--quick]`.

Prints Markdown. CPU time is the minimum of many launches in turn, less that of a bare interpreter. The kernel counts
the memory page by page after the first URL, also less that of a bare interpreter. (`Rss` of smaps_rollup is exact;
`ru_maxrss` begins with the parent's memory, and `VmRSS` is approximate.)
"""

from __future__ import annotations

import os
import subprocess
import zlib
from importlib.metadata import Distribution, distributions
from pathlib import Path

import cases
from contenders import CONTENDERS, OURS, PORTABLE, REFERENCE
from interleave import ENVIRONMENTS, HERE, Pace, python, variables

RSS = "\nfor line in open('/proc/self/smaps_rollup'):\n    if line.startswith('Rss:'): print(line.split()[1])"


def prelude() -> str:
    """The names that the statements use, as source, because importing them would take time."""
    return "\n".join(f"{name} = {value!r}" for name, value in cases.names("get").items())


def programs(name: str) -> tuple[str, str]:
    """The program that imports a contender, and the one that also makes a client and a URL."""
    contender = CONTENDERS[name]
    return contender.imports, f"{prelude()}\n{contender.imports}\n{contender.client}\n{contender.calls['get']}"


def cpu_seconds(interpreter: str, program: str) -> float:
    """The CPU time of one process, start to end."""
    process = subprocess.Popen([interpreter, "-c", program], env=variables(OURS), stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime if process.returncode == 0 else float("inf")


def resident_kb(interpreter: str, program: str) -> int:
    """The memory of a process that ran this program, in KB."""
    command = [interpreter, "-c", program + RSS]
    output = subprocess.run(command, env=variables(OURS), capture_output=True, text=True, check=True).stdout
    return int(output.split()[-1])


def deflated_kb(files: list[Path]) -> float:
    """The approximate size of wheels of these files in KB: everything but bytecode, compressed."""
    return sum(len(zlib.compress(file.read_bytes())) for file in files if file.suffix != ".pyc") / 1024


def installed(name: str) -> tuple[int, float]:
    """The number of packages of a contender and its dependencies, and the KB of their wheels."""
    if name == OURS:
        wheels = sorted((HERE.parent / "dist").glob("*.whl"), key=lambda wheel: wheel.stat().st_mtime)
        return 1, wheels[-1].stat().st_size / 1024 if wheels else float("nan")
    [site] = (ENVIRONMENTS / CONTENDERS[name].environment / "lib").glob("python*/site-packages")
    found = {plain(each.name): each for each in distributions(path=[str(site)])}
    needed: dict[str, Distribution] = {}
    waiting = [CONTENDERS[name].package]
    while waiting:
        package = plain(waiting.pop())
        if package in found and package not in needed:
            needed[package] = found[package]
            # Requirements of extras and other platforms have markers, and are left out.
            requires = (each for each in found[package].requires or () if "extra ==" not in each)
            waiting += [name_of(each) for each in requires]
    files = [Path(str(file.locate())) for each in needed.values() for file in each.files or ()]
    return len(needed), deflated_kb([file for file in files if file.is_file()])


def plain(package: str) -> str:
    """The normalized name of a package."""
    return package.lower().replace("_", "-")


def name_of(requirement: str) -> str:
    """The package that a requirement names."""
    end = next((at for at, letter in enumerate(requirement) if letter in " <>=!~;["), len(requirement))
    return requirement[:end]


def main() -> None:
    """Prints the table."""
    pace = Pace.from_arguments()
    asked = {"a bare interpreter": (python(OURS), "pass", "pass")}
    names = [OURS, REFERENCE] if pace.quick else [name for name in CONTENDERS if name != PORTABLE]
    asked |= {name: (python(name), *programs(name)) for name in names}
    best = {name: [float("inf"), float("inf")] for name in asked}
    for _ in range(pace.launches):
        for name, (interpreter, *steps) in asked.items():
            for at, program in enumerate(steps):
                best[name][at] = min(best[name][at], cpu_seconds(interpreter, program))
    bare = best["a bare interpreter"][0]
    memory = {
        name: min(resident_kb(interpreter, steps[1]) for _ in range(3))
        for name, (interpreter, *steps) in asked.items()
        if best[name][1] < float("inf")
    }
    print(
        f"A bare interpreter takes {bare * 1e3:.1f} ms and {memory['a bare interpreter'] / 1024:.1f} MB. "
        "In addition to that:\n"
    )
    print("| | import, ms | first URL, ms | memory, MB | packages | wheels, KB |\n|---|---|---|---|---|---|")
    for name in sorted(names, key=lambda name: best[name][1]):
        if name not in memory:
            print(f"| {name} | does not run here | | | | |")
            continue
        loading, first = ((seconds - bare) * 1e3 for seconds in best[name])
        above = (memory[name] - memory["a bare interpreter"]) / 1024
        packages, wheels = installed(name)
        print(f"| {name} | {loading:.1f} | {first:.1f} | {above:.1f} | {packages} | {wheels:.0f} |")


if __name__ == "__main__":
    main()

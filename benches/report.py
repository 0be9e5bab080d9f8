"""Prints every table of BENCHMARKS.md: `report.py [--quick]`.

A table that a contender's process breaks is said to be broken; the others are printed all the same.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import presigned
from contenders import CONTENDERS

SECTIONS = {"One call": "single_call.py", "Many URLs at once": "batch.py", "A process": "processes.py"}


def processor() -> str:
    """The model of the processor, as Linux names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    found = dict(line.split("\t", 1) for line in lines if "\t" in line)
    model = found.get("model name", platform.machine()).strip("\t: ")
    has_sha = " sha_ni" in found.get("flags", "")
    return f"{model}, {'with' if has_sha else 'without'} SHA-NI"


def main() -> None:
    """Prints the machine, then each table under its heading."""
    packages = [contender.package for contender in CONTENDERS.values() if contender.environment == "rivals"]
    versions = ", ".join(f"{package} {version(package)}" for package in packages if package)
    print(f"{processor()}, {platform.system()} {platform.release()}, CPython {platform.python_version()}, ", end="")
    print(f"presigned {presigned.__version__}, {versions}; {time.strftime('%Y-%m-%d')}", flush=True)
    for heading, program in SECTIONS.items():
        print(f"\n## {heading}\n", flush=True)
        command = [sys.executable, str(Path(__file__).with_name(program)), *sys.argv[1:]]
        if code := subprocess.run(command, check=False).returncode:
            print(f"\nBroken off: {program} ended with {code}.", flush=True)


if __name__ == "__main__":
    main()

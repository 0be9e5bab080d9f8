"""Prints the tables of docs/BENCHMARKS.md, each from its own process.

report.py [--quick]   the calls, many URLs, whole processes
report.py --write     writes these, those of the Rust core and the curves into docs/BENCHMARKS.md
"""

from __future__ import annotations

import platform
import re
import subprocess
import sys
import time
from importlib.metadata import distributions
from pathlib import Path

import presigned
from contenders import CONTENDERS

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent / "docs/BENCHMARKS.md"
# Heading -> the program that prints the table, and its options.
TABLES = {
    "One call": ["single_call.py"],
    "Calls of a program": ["calls_of_a_program.py"],
    "Clients that are boto3's": ["calls_of_a_program.py", "--clients"],
    "Many URLs at once": ["many_urls.py"],
    "A process": ["processes.py"],
}
MORE_TABLES = {"In Rust": ["rust_table.py"], "How the cost grows": ["scaling.py"]}


def processor() -> str:
    """The model of the processor, as Linux names it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    found = dict(line.split("\t", 1) for line in lines if "\t" in line)
    model = found.get("model name", platform.machine()).strip("\t: ")
    return f"{model}, {'with' if ' sha_ni' in found.get('flags', '') else 'without'} SHA-NI"


def machine() -> str:
    """The machine and the versions that the figures depend on."""
    wanted = {each.package for each in CONTENDERS.values()}
    versions = ", ".join(sorted(f"{each.name} {each.version}" for each in distributions() if each.name in wanted))
    system = f"{processor()}, {platform.system()} {platform.release()}, CPython {platform.python_version()}"
    return f"{system}, presigned {presigned.__version__}, {versions}; {time.strftime('%Y-%m-%d')}"


def table(program: str, *options: str) -> str:
    """The output of one of the programs."""
    command = [sys.executable, str(HERE / program), *options]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    broken = f"\n\nIncomplete: {program} ended with {result.returncode}." if result.returncode else ""
    return result.stdout.strip() + broken


def write(heading: str, text: str) -> None:
    """Writes a table into docs/BENCHMARKS.md, between `<!-- measured: heading -->` and `<!-- end -->`."""
    place = re.compile(rf"(<!-- measured: {heading} -->\n).*?(<!-- end -->)", re.DOTALL)
    written, count = place.subn(lambda found: f"{found[1]}{text}\n{found[2]}", DOCUMENT.read_text())
    if count != 1:
        raise LookupError(f"docs/BENCHMARKS.md has {count} places for {heading}")
    DOCUMENT.write_text(written)


def main() -> None:
    """Prints the machine, then each table under its heading."""
    writes = "--write" in sys.argv
    texts = {"The machine": machine()}
    print(texts["The machine"], flush=True)
    for heading, (program, *options) in (TABLES | MORE_TABLES if writes else TABLES).items():
        print(f"\n## {heading}\n", flush=True)
        texts[heading] = table(program, *options, *(["--quick"] if "--quick" in sys.argv else []))
        print(texts[heading], flush=True)
    if writes:
        for heading, text in texts.items():
            write(heading, text)


if __name__ == "__main__":
    main()

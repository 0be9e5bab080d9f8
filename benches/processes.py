"""Measures whole processes: import, first URL, memory, and what is installed: `processes.py [--quick]`.

A second table has the first URL of processes that find their settings in other ways.

Prints Markdown. CPU time is the minimum of many launches in turn, less that of a bare interpreter. The kernel counts
the memory page by page after the first URL, also less that of a bare interpreter. (`Rss` of smaps_rollup is exact;
`ru_maxrss` begins with the parent's memory, and `VmRSS` is approximate.)
"""

from __future__ import annotations

import os
import subprocess
import zlib
from dataclasses import dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path
from tempfile import TemporaryDirectory

import cases
from awaited import AWAIT
from contenders import CONTENDERS, OURS, PORTABLE, REFERENCE
from interleave import ENVIRONMENTS, HERE, Pace, python, variables

RSS = "\nfor line in open('/proc/self/smaps_rollup'):\n    if line.startswith('Rss:'): print(line.split()[1])"


# Files of a user with one profile.
PROFILE_FILES = {
    "AWS_CONFIG_FILE": f"[default]\nregion = {cases.REGION}\n",
    "AWS_SHARED_CREDENTIALS_FILE": "[default]\n"
    f"aws_access_key_id = {cases.ACCESS_KEY}\naws_secret_access_key = {cases.SECRET_KEY}\n",
}
_KEYS = "aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY"
_SIGV4 = 'signature_version="s3v4"'
_PATH_STYLE = 's3={"addressing_style": "path"}'


@dataclass(frozen=True)
class Setting:
    """Where a process finds its settings: the clients of presigned and of boto3."""

    words: str
    ours: str
    reference: str
    environment: dict[str, str] = field(default_factory=dict)


SETTINGS = [
    Setting(
        "credentials in the environment",
        'import presigned; s3 = presigned.client("s3", REGION)',
        f's3 = boto3.client("s3", REGION, config=Config({_SIGV4}))',
        {"AWS_ACCESS_KEY_ID": cases.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": cases.SECRET_KEY},
    ),
    Setting(
        "credentials and region in profile files",
        'import presigned; s3 = presigned.client("s3")',
        f's3 = boto3.client("s3", config=Config({_SIGV4}))',
        PROFILE_FILES,
    ),
    Setting(
        "`Config(s3=...)`",
        "import presigned; from presigned.config import Config; "
        f's3 = presigned.client("s3", REGION, {_KEYS}, config=Config({_PATH_STYLE}))',
        f's3 = boto3.client("s3", REGION, {_KEYS}, config=Config({_SIGV4}, {_PATH_STYLE}))',
    ),
]


def prelude() -> str:
    """The names that the statements use, as source, because importing them would take time."""
    return "\n".join(f"{name} = {value!r}" for name, value in cases.names("get").items())


def programs(name: str) -> tuple[str, str]:
    """The program that imports a contender, and the one that also makes a client and a URL."""
    contender = CONTENDERS[name]
    call = contender.calls["get"]
    if call.startswith(AWAIT):
        call = f"async def first():\n    {call}\nloop.run_until_complete(first())"
    return contender.imports, f"{prelude()}\n{contender.imports}\n{contender.client}\n{call}"


def cpu_seconds(interpreter: str, program: str, environment: dict[str, str]) -> float:
    """The CPU time of one process, start to end."""
    process = subprocess.Popen([interpreter, "-c", program], env=environment, stderr=subprocess.DEVNULL)
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
    if not CONTENDERS[name].package:
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


def with_settings(pace: Pace, bare: float) -> None:
    """Prints the table of the ways to find settings."""
    with TemporaryDirectory() as folder:

        def seconds(setting: Setting, name: str) -> float:
            own = variables(OURS) | setting.environment
            for variable, text in PROFILE_FILES.items():
                if variable in setting.environment:
                    own[variable] = str(Path(folder, variable))
                    Path(own[variable]).write_text(text)
            client = setting.ours if name == OURS else f"{CONTENDERS[name].imports}\n{setting.reference}"
            program = f"{prelude()}\n{client}\n{CONTENDERS[name].calls['get']}"
            return cpu_seconds(python(name), program, own)

        best = {(each.words, name): float("inf") for each in SETTINGS for name in (OURS, REFERENCE)}
        for _ in range(pace.launches):
            for setting in SETTINGS:
                for name in (OURS, REFERENCE):
                    at = setting.words, name
                    best[at] = min(best[at], seconds(setting, name))
    print("\n| first URL, ms | presigned | boto3 | ratio |\n|---|---|---|---|")
    for setting in SETTINGS:
        ours, theirs = ((best[setting.words, name] - bare) * 1e3 for name in (OURS, REFERENCE))
        print(f"| {setting.words} | {ours:.1f} | {theirs:.1f} | {theirs / ours:.0f}x |")


def main() -> None:
    """Prints the tables."""
    pace = Pace.from_arguments()
    asked = {"a bare interpreter": (python(OURS), "pass", "pass")}
    names = [OURS, REFERENCE] if pace.quick else [name for name in CONTENDERS if name != PORTABLE]
    asked |= {name: (python(name), *programs(name)) for name in names}
    best = {name: [float("inf"), float("inf")] for name in asked}
    for _ in range(pace.launches):
        for name, (interpreter, *steps) in asked.items():
            for at, program in enumerate(steps):
                best[name][at] = min(best[name][at], cpu_seconds(interpreter, program, variables(OURS)))
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
    with_settings(pace, bare)


if __name__ == "__main__":
    main()

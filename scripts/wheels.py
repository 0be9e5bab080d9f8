"""Builds a wheel for each platform from the source distribution, into dist/wheels, and tests each where it can run.

wheels.py [TAG...]: only these platforms, such as musllinux_1_2_x86_64. `make wheels` runs it, on x86-64 Linux with apt.
"""

from __future__ import annotations

import os
import platform as machine
import shutil
import sys
import tarfile
from pathlib import Path

from debian_packages import CACHE
from environments import environment, start, step, total
from foreign_rust import for_platform
from platforms import Platform, chosen

LOCK = Path("requirements/wheels.txt")
OUT = Path("dist/wheels")
SOURCE = CACHE / "source"
BUILD = """\
import os, sys
os.chdir(sys.argv[1])
sys.path.insert(0, "scripts")
import build_backend
{}
"""
BUILD_WHEEL = BUILD.format('build_backend.build_wheel(sys.argv[2], {"build-args": sys.argv[3:]})')
BUILD_SDIST = BUILD.format("build_backend.build_sdist(sys.argv[2])")


def main(tags: list[str]) -> int:
    """Builds and tests the wheels of these platforms; of all, if there are none."""
    platforms = chosen(tags)
    if (machine.system(), machine.machine()) != ("Linux", "x86_64") or shutil.which("apt-get") is None:
        raise SystemExit("wheels: this needs Linux on x86-64, and apt-get (Debian or Ubuntu)")
    # The interpreter of this machine's own builds.
    os.environ.pop("PYO3_PYTHON", None)
    start()
    python = environment(CACHE / "tools", LOCK)
    sdist = source_distribution(python)
    unpack(sdist, SOURCE)
    OUT.mkdir(parents=True, exist_ok=True)
    for platform in platforms:
        build(python, platform)
    for platform in platforms:
        step(f"{platform.tag}: tests", sys.executable, "scripts/check_wheel.py", platform.tag)
    for platform in platforms:
        (wheel,) = OUT.glob(platform.pattern())
        print(f"  {wheel}  {wheel.stat().st_size:,} bytes")
    return total()


def source_distribution(python: str) -> Path:
    """Builds it into dist/wheels."""
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("presigned-*.tar.gz"):
        old.unlink()
    step("source distribution", python, "-c", BUILD_SDIST, str(Path.cwd()), str(OUT.absolute()), PATH=path(python))
    (sdist,) = OUT.glob("presigned-*.tar.gz")
    return sdist


def unpack(sdist: Path, folder: Path) -> None:
    """Unpacks it in place of what was there, and keeps what cargo has compiled.

    A folder of its own, as each wheel's libraries are put next to the Python files. All files get the time of now: with
    the times in the archive, cargo would not compile them again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for entry in folder.iterdir():
        if entry.name != "target":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    with tarfile.open(sdist) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is not None:
                file = folder / member.name.partition("/")[2]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.read())


def build(python: str, platform: Platform) -> None:
    """Builds the wheel of a platform, and looks at each library in it."""
    variables, arguments = for_platform(platform)
    for old in [*OUT.glob(platform.pattern()), *SOURCE.glob("python/presigned/*.so")]:
        old.unlink()
    command = (python, "-c", BUILD_WHEEL, str(SOURCE), str(OUT.absolute()), *arguments)
    step(f"{platform.tag}: wheel", *command, PATH=path(python), **variables)
    (wheel,) = OUT.glob(platform.pattern())
    step(f"{platform.tag}: what its libraries need", python, "scripts/audit_wheel.py", str(wheel), platform.tag)


def path(python: str) -> str:
    """Returns a PATH with the tools first."""
    return f"{Path(python).parent}{os.pathsep}{os.environ['PATH']}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

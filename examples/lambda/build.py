"""Makes the files to deploy in dist/lambda: the function's zip, and a layer with presigned for each wheel in dist.

`make lambda` runs it. The same input gives the same bytes, so that nothing is deployed again without need.
"""

import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
# Processor in the name of a wheel -> its name in Lambda.
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}
# python3.12 and newer run on Amazon Linux 2023, which has glibc 2.34.
NEWEST_GLIBC = (2, 34)
# Lambda's versions of Python on it, and the one that runs this script, for `local_runtime.py`.
PYTHONS = ("python3.12", "python3.13", "python3.14", sys.executable)
EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def architecture(wheel: Path) -> str:
    """Return the Lambda processor of a wheel; raise ValueError if Lambda cannot load it."""
    for major, minor, machine in re.findall(r"manylinux_(\d+)_(\d+)_(x86_64|aarch64)", wheel.name):
        if (int(major), int(minor)) <= NEWEST_GLIBC:
            return ARCHITECTURES[machine]
    raise ValueError(f"{wheel.name} does not run on Lambda, which takes manylinux_2_34 or older, x86_64 or aarch64")


def runs(python: str) -> bool:
    """Whether this machine has such a Python."""
    try:
        return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def with_bytecode(files: dict[str, bytes], root: str) -> dict[str, bytes]:
    """Add the bytecode of every Python version on this machine.

    Lambda cannot write bytecode, so it would compile the sources at each cold start.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for python in filter(runs, PYTHONS):
            command = [python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
            subprocess.run([*command, "-s", folder, "-p", root, folder], check=True)
        written = (path for path in Path(folder).rglob("*") if path.is_file())
        return {str(path.relative_to(folder)): path.read_bytes() for path in written}


def write(archive: Path, files: dict[str, bytes]) -> None:
    """Write a zip file, sorted, with the same time and permissions for all entries."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as out:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = READABLE
            out.writestr(entry, files[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    print(f"  {archive}  {archive.stat().st_size:,} bytes")


def unpacked(wheel: Path) -> dict[str, bytes]:
    """Read a wheel. In a layer, its files are in `python/`."""
    with zipfile.ZipFile(wheel) as archive:
        return {f"python/{name}": archive.read(name) for name in archive.namelist()}


def main(dist: Path) -> None:
    """Build everything."""
    # The newest wheel of each processor.
    wheels = sorted(dist.glob("presigned-*manylinux*.whl"), key=lambda wheel: wheel.stat().st_mtime)
    layers = {architecture(wheel): wheel for wheel in wheels}
    if not layers:
        raise SystemExit(f"no wheel of presigned for Lambda in {dist}: `make wheel` builds it, on Linux")
    for python in PYTHONS:
        print(f"  {'bytecode of' if runs(python) else 'NO bytecode, not on this machine:'} {python}")
    function = {path.name: path.read_bytes() for path in (HERE / "function").glob("*.py")}
    write(dist / "lambda/function.zip", with_bytecode(function, "/var/task"))
    for processor, wheel in layers.items():
        write(dist / f"lambda/layer-{processor}.zip", with_bytecode(unpacked(wheel), "/opt"))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist"))

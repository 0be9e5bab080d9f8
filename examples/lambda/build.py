"""Makes the files to deploy in dist/lambda: the function's zip, and a layer with presigned for each processor.

`make lambda` runs it, with the folder of the wheels: dist/wheels if `make wheels` has made them, or else dist.
The same input gives the same bytes, so that nothing is deployed again without need.
"""

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
# Processor in the name of a wheel -> its name in Lambda.
ARCHITECTURES = {"x86_64": "x86_64", "aarch64": "arm64"}
# Lambda's Pythons -> the glibc of their system: Amazon Linux 2, and Amazon Linux 2023.
RUNTIMES = {
    "python3.10": (2, 26),
    "python3.11": (2, 26),
    "python3.12": (2, 34),
    "python3.13": (2, 34),
    "python3.14": (2, 34),
}
# These, and the one that runs this script, for `local_runtime.py`.
PYTHONS = (*RUNTIMES, sys.executable)
EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def tagged(wheel: Path) -> tuple[tuple[int, int], str]:
    """Return the glibc and the Lambda processor that a wheel is for; raise ValueError if Lambda cannot load it."""
    for major, minor, machine in re.findall(r"manylinux_(\d+)_(\d+)_(x86_64|aarch64)", wheel.name):
        glibc = (int(major), int(minor))
        if glibc <= max(RUNTIMES.values()):
            return glibc, ARCHITECTURES[machine]
    raise ValueError(f"{wheel.name} does not run on Lambda, which takes manylinux_2_34 or older, x86_64 or aarch64")


def runtimes(wheel: Path) -> list[str]:
    """Return the runtimes of Lambda that can load a wheel."""
    needed, _ = tagged(wheel)
    return [name for name, glibc in RUNTIMES.items() if glibc >= needed]


def runs(python: str) -> bool:
    """Whether this machine has such a Python."""
    try:
        return subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def interpreter(name: str) -> str | None:
    """Find a Python on this machine, by its name or among those of pyenv."""
    if runs(name):
        return name
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    found = map(str, sorted(pyenv.glob(f"{name.removeprefix('python')}.*/bin/python3")))
    return next(filter(runs, found), None)


def with_bytecode(files: dict[str, bytes], root: str) -> dict[str, bytes]:
    """Add the bytecode of every Python version on this machine.

    Lambda cannot write bytecode, so it would compile the sources at each cold start.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for python in filter(None, map(interpreter, PYTHONS)):
            command = [python, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
            # With another seed, sets are written in another order.
            environment = {**os.environ, "PYTHONHASHSEED": "0"}
            subprocess.run([*command, "-s", folder, "-p", root, folder], check=True, env=environment)
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


def main(dist: Path, folder: Path | None = None) -> None:
    """Build everything into `dist`, from the wheels of a folder, which is `dist` itself unless given."""
    # The newest wheel of each processor.
    wheels = sorted((folder or dist).glob("presigned-*manylinux*.whl"), key=lambda wheel: wheel.stat().st_mtime)
    layers = {tagged(wheel)[1]: wheel for wheel in wheels}
    if not layers:
        raise SystemExit(f"no wheel of presigned for Lambda in {folder or dist}: `make wheel` builds it, on Linux")
    for python in PYTHONS:
        print(f"  {'bytecode of' if interpreter(python) else 'NO bytecode, not on this machine:'} {python}")
    function = {path.name: path.read_bytes() for path in (HERE / "function").glob("*.py")}
    write(dist / "lambda/function.zip", with_bytecode(function, "/var/task"))
    for old in (dist / "lambda").glob("layer-*.zip"):
        old.unlink()
    for processor, wheel in layers.items():
        write(dist / f"lambda/layer-{processor}.zip", with_bytecode(unpacked(wheel), "/opt"))
        print(f"    from {wheel.name}, for {', '.join(runtimes(wheel))}")


if __name__ == "__main__":
    main(Path("dist"), Path(sys.argv[1]) if len(sys.argv) > 1 else None)

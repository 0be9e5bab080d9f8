"""Fails unless a wheel has every extension module, for the platform in the wheel's name; prints what they need.

audit_wheel.py WHEEL TAG, with a Python that has auditwheel.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path


def modules(root: Path) -> set[str]:
    """Returns the names of the extension modules that the sources have."""
    manifests = (path.read_text() for path in root.glob("extensions/*/Cargo.toml"))
    return {
        "_core",
        *(name for text in manifests for name in re.findall(r'^\[lib\]\nname = "(\w+)"', text, re.MULTILINE)),
    }


def main(wheel: Path, tag: str) -> None:
    """Checks the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {Path(name).name.partition(".")[0] for name in archive.namelist() if name.endswith(".so")}
    if packed != modules(Path()):
        raise SystemExit(f"{wheel} has {sorted(packed)}, and should have {sorted(modules(Path()))}")
    # It must not look at the libraries of this machine, whose libc.so is another.
    show = [sys.executable, "-m", "auditwheel", "show", "--json", "--ldpaths", "/nowhere", str(wheel)]
    said = json.loads(subprocess.run(show, check=True, capture_output=True, text=True).stdout)
    wanted, found = tag.replace("manylinux2014", "manylinux_2_17"), said["overall_tag"]
    # auditwheel knows the name that musl has in Alpine. musl takes this one for itself too.
    if tag.startswith("musllinux") and set(said["external_libs"]) <= {"libc.so"}:
        found = said["sym_tag"]
    needs = {version for versions in said["versioned_symbols"].values() for version in versions}
    newest = max(needs, key=lambda version: [int(part) for part in re.findall(r"\d+", version)], default="no version")
    print(f"{wheel.name}: {found}; the newest symbol is of {newest}")
    (kind, version, processor), (libc, newest_version, wanted_processor) = parts(found), parts(wanted)
    if (kind, processor) != (libc, wanted_processor) or version > newest_version:
        raise SystemExit(f"{wheel} is for {found}, not {wanted}")


def parts(tag: str) -> tuple[str, tuple[int, ...], str]:
    """Returns the kind of a tag, the version of libc, and the processor."""
    found = re.fullmatch(r"([a-z]+)_(?:(\d+)_(\d+)_)?(\w+)", tag)
    if found is None:
        raise ValueError(f"{tag} is not the tag of a platform of Linux")
    kind, major, minor, processor = found.groups()
    return kind, (int(major or 0), int(minor or 0)), processor


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

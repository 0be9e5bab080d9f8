"""Builds the wheel by maturin, which knows one extension module to a wheel: so it is asked once for each.

The modules of ``extensions`` are built first and laid beside the Python files, with which maturin then takes them into
the wheel of ``presigned._core``. pip asks for the functions below, as PEP 517 and PEP 660 have them; run as a program,
this builds those modules where they stand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import maturin

ROOT = Path(__file__).parent.parent
EXTENSIONS = ROOT / "extensions"
PACKAGE = ROOT / "python" / "presigned"
# Not in ./target itself, where each build would take the other's library for its own.
TARGET = ROOT / "target" / "extensions"
# Arrow brings the tables of all time zones along, which no text and no whole number has.
ENVIRONMENT = {"CHRONO_TZ_TIMEZONE_FILTER": "UTC"}

get_requires_for_build_editable = maturin.get_requires_for_build_editable
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
prepare_metadata_for_build_editable = maturin.prepare_metadata_for_build_editable
prepare_metadata_for_build_wheel = maturin.prepare_metadata_for_build_wheel
build_sdist = maturin.build_sdist


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Builds the wheel, as PEP 517 has it."""
    build_extensions()
    name: str = maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def build_editable(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Builds what an editable install needs, as PEP 660 has it."""
    build_extensions()
    name: str = maturin.build_editable(wheel_directory, config_settings, metadata_directory)
    return name


def build_extensions() -> None:
    """Builds each module of ``extensions``, and lays it beside the Python files."""
    for manifest in sorted(EXTENSIONS.glob("*/Cargo.toml")):
        with tempfile.TemporaryDirectory() as made:
            command = ["maturin", "build", "--release", "--quiet", "--interpreter", sys.executable, "--out", made]
            # As maturin's own functions call it: pip puts it on the path, but not where the interpreter looks for it.
            subprocess.run(
                [*command, "--manifest-path", str(manifest), "--target-dir", str(TARGET)],
                check=True,
                env={**os.environ, **ENVIRONMENT},
            )
            (wheel,) = Path(made).glob("*.whl")
            with zipfile.ZipFile(wheel) as files:
                for name in files.namelist():
                    if name.endswith((".so", ".pyd")):
                        lay(files.read(name), PACKAGE / Path(name).name)
                    elif "/sboms/" in name:
                        lay(files.read(name), TARGET / Path(name).name)


def lay(content: bytes, path: Path) -> None:
    """Writes a file that a process may have mapped: under another name first."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(content)
    unfinished.replace(path)


if __name__ == "__main__":
    build_extensions()

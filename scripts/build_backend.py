"""Builds the wheel with maturin, which supports one extension module per wheel.

So maturin runs once for each module of ``extensions``, and this script puts the libraries next to the Python files.
Then maturin builds the wheel of ``presigned._core``, and includes them. pip calls the functions below (PEP 517 and
PEP 660). As a program, this script only builds the modules of ``extensions``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import maturin

ROOT = Path(__file__).parent.parent
EXTENSIONS = ROOT / "extensions"
PACKAGE = ROOT / "python" / "presigned"
# Not ./target: there, each build would mistake the library of another build for its own.
TARGET = ROOT / "target" / "extensions"
# Arrow includes the tables of all time zones; strings and whole numbers need none of them.
ENVIRONMENT = {"CHRONO_TZ_TIMEZONE_FILTER": "UTC"}

get_requires_for_build_editable = maturin.get_requires_for_build_editable
get_requires_for_build_sdist = maturin.get_requires_for_build_sdist
get_requires_for_build_wheel = maturin.get_requires_for_build_wheel
build_sdist = maturin.build_sdist


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: dict[str, Any] | None = None) -> str:
    """Writes the name, version and files of the wheel (PEP 517). pip asks for this before it builds."""
    refuse_free_threading()
    name: str = maturin.prepare_metadata_for_build_wheel(metadata_directory, config_settings)
    return name


# The same for an editable install (PEP 660).
prepare_metadata_for_build_editable = prepare_metadata_for_build_wheel


def build_wheel(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Builds the wheel (PEP 517)."""
    build_extensions(config_settings)
    name: str = maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    return name


def build_editable(
    wheel_directory: str, config_settings: dict[str, Any] | None = None, metadata_directory: str | None = None
) -> str:
    """Builds the wheel of an editable install (PEP 660)."""
    build_extensions(config_settings)
    name: str = maturin.build_editable(wheel_directory, config_settings, metadata_directory)
    return name


def build_extensions(config_settings: dict[str, Any] | None = None) -> None:
    """Builds each module of ``extensions``, and puts it next to the Python files.

    The arguments that maturin is to build the wheel with (the setting ``build-args``, or ``MATURIN_PEP517_ARGS``) apply
    to these modules too: a wheel for another machine has nothing but libraries for that machine.
    """
    refuse_free_threading()
    arguments = maturin.get_maturin_pep517_args(config_settings)
    # A target has an interpreter of its own, which need not be on this machine: the stable ABI is the same in all.
    interpreter = [] if "--target" in arguments else ["--interpreter", sys.executable]
    for manifest in sorted(EXTENSIONS.glob("*/Cargo.toml")):
        with tempfile.TemporaryDirectory() as made:
            command = ["maturin", "build", "--release", "--quiet", *interpreter, *arguments, "--out", made]
            # By name, as maturin's own functions do: pip puts the program on PATH, but not the module on sys.path.
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


def refuse_free_threading() -> None:
    """Fails in a free-threaded build of Python, whose modules have another ABI."""
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        raise SystemExit(
            "presigned does not support the free-threaded build of Python, which this is: use the ordinary one "
            f"(python{sys.version_info.major}.{sys.version_info.minor})."
        )


def lay(content: bytes, path: Path) -> None:
    """Writes a file under another name first, because a process may have mapped the old one."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(content)
    unfinished.replace(path)


if __name__ == "__main__":
    build_extensions()

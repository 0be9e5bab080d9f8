"""The Pythons that test the wheels: this machine's own, Debian's for arm64, and one for musl, built here.

Programs for arm64 run under qemu's emulation of the processor.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import debian_packages
from matrix import VERSIONS, interpreter

if TYPE_CHECKING:
    from pathlib import Path

    from platforms import Platform

#: Debian's Python 3.11, and the libraries that its modules need.
PYTHON = [
    "libpython3.11-minimal",
    "libpython3.11-stdlib",
    "python3.11-minimal",
    "libc6",
    "libexpat1",
    "libgcc-s1",
    "zlib1g",
]
#: Debian 12 has musl 1.2.3: not newer than what a wheel for musllinux_1_2 may run on.
MUSL = debian_packages.CACHE / "musl"
#: Not in that musl, but in the headers of the compiler; and a module that needs the last of them.
NEWER = ["ac_cv_func_preadv2=no", "ac_cv_func_pwritev2=no", "ac_cv_header_stropts_h=no", "py_cv_module__crypt=n/a"]
#: What configure cannot try out, as it does not run programs for another processor.
NOT_TRIED = ["ac_cv_file__dev_ptmx=yes", "ac_cv_file__dev_ptc=no"]
LESS = ["--disable-ipv6", "--disable-test-modules", "--without-ensurepip", "--with-pkg-config=no"]


def pythons(platform: Platform, zig: str) -> dict[str, list[str]]:
    """Returns the Pythons of a platform: a description, and the command that begins with it."""
    if platform.is_musl:
        loader = [str(MUSL / f"lib/ld-musl-{platform.processor}.so.1")]
        python = str(built_for_musl(platform.processor, zig))
        return {f"CPython 3.11 with musl 1.2.3{emulated(platform)}": [*emulator(platform, MUSL), *loader, python]}
    if platform.processor == "aarch64":
        root = debian("arm64")
        return {
            f"CPython 3.11 of Debian{emulated(platform)}": [*emulator(platform, root), str(root / "usr/bin/python3.11")]
        }
    found = {version: interpreter(version) for version in sorted({*VERSIONS, "3.11"})}
    return {f"CPython {version}": [path] for version, path in found.items() if path}


def emulated(platform: Platform) -> str:
    """Returns words that say whether a processor is emulated."""
    return ", processor emulated by qemu" if platform.processor == "aarch64" else ""


def emulator(platform: Platform, root: Path) -> list[str]:
    """Returns the beginning of a command that runs a program for another processor, with the libraries of a folder."""
    if platform.processor == "x86_64":
        return []
    folder = debian_packages.CACHE / "qemu"
    debian_packages.unpack(["qemu-user-static"], folder)
    return [str(folder / "usr/bin/qemu-aarch64-static"), "-L", str(root)]


def debian(architecture: str) -> Path:
    """Returns a folder with Debian's Python."""
    folder = debian_packages.CACHE / f"python-{architecture}"
    debian_packages.unpack([f"{name}:{architecture}" for name in PYTHON], folder)
    return folder


def built_for_musl(processor: str, zig: str) -> Path:
    """Returns a CPython that runs with musl, built from Debian's source package unless that was done before.

    All its modules are in the program: it loads no library but the extensions that are tested.
    """
    debian_packages.unpack(["musl:amd64", "musl:arm64"], MUSL)
    source = debian_packages.unpack_source("python3.11", debian_packages.CACHE / "cpython")
    folder = debian_packages.CACHE / f"python-musl-{processor}"
    python = folder / "python"
    # The last file that is made.
    if (folder / "pybuilddir.txt").exists():
        return python
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "CC": f"{zig} cc -target {processor}-linux-musl -dynamic",
        "AR": f"{zig} ar",
        "RANLIB": f"{zig} ranlib",
        "READELF": "true",
        "CFLAGS": "-O1 -g0 -w",
        "MODULE_BUILDTYPE": "static",
    }
    host = [f"--host={processor}-linux-musl", "--build=x86_64-linux-gnu"]
    helper = f"--with-build-python={debian('amd64') / 'usr/bin/python3.11'}"
    configure = [str(source / "configure"), "--quiet", *host, helper, *LESS, *NEWER, *NOT_TRIED]
    debian_packages.run(*configure, folder=folder, environment=environment)
    (folder / "Modules/Setup.local").write_bytes((folder / "Modules/Setup.stdlib").read_bytes())
    debian_packages.run("make", "-s", "-j2", "python", "pybuilddir.txt", folder=folder, environment=environment)
    return python

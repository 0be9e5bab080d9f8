"""Reads the system and processor of a library from its first bytes, and finds those that this Python needs."""

from __future__ import annotations

import os
import sys
from importlib.machinery import EXTENSION_SUFFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    _Order: TypeAlias = Literal["little", "big"]

#: Numbers of processors -> their names in Linux.
_ELF = {3: "i386", 20: "ppc", 21: "ppc64le", 22: "s390x", 40: "arm", 62: "x86_64", 183: "aarch64", 243: "riscv64",
        258: "loongarch64"}  # fmt: skip
_MACH_O = {0x7: "i386", 0x1000007: "x86_64", 0x100000C: "aarch64"}
_PE = {0x14C: "i386", 0x8664: "x86_64", 0xAA64: "aarch64"}
#: Other names of the same processors.
_SYNONYMS = {"amd64": "x86_64", "arm64": "aarch64", "i686": "i386", "armv7l": "arm", "x86": "i386"}
_SYSTEMS = {"linux": "Linux", "darwin": "macOS", "win32": "Windows", "cygwin": "Windows"}
_FREEBSD = 9
#: The segments of an ELF file that are loaded.
_LOADED = 1
#: The length of an ELF file's first header, in its shorter form.
_ELF_HEADER = 52


class Platform:
    """The platform of a library, or the one that a Python needs.

    Args:
        system: `"Linux"`, `"macOS"`, `"Windows"`, or Python's name of another system.
        processors: `"x86_64"`, `"aarch64"` ...; a library of macOS may be for several.
        libc: `"glibc"` or `"musl"`, where it is known.
        python: The Python, if this is the platform of one.
    """

    def __init__(self, system: str, processors: tuple[str, ...], libc: str = "", python: str = "") -> None:
        self.system = system
        self.processors = processors
        self.libc = libc
        self.python = python

    @property
    def is_free_threaded(self) -> bool:
        """Whether it is a Python without the GIL."""
        return "free-threaded" in self.python

    @property
    def tag(self) -> str:
        """The name that pip uses."""
        processor = self.processors[0]
        if self.system == "macOS":
            return "macosx_11_0_arm64" if processor == "aarch64" else f"macosx_10_12_{processor}"
        if self.system == "Windows":
            return {"x86_64": "win_amd64", "aarch64": "win_arm64"}.get(processor, "win32")
        processor = "i686" if processor == "i386" else processor
        return f"musllinux_1_2_{processor}" if self.libc == "musl" else f"manylinux2014_{processor}"

    def lacks(self, other: Platform) -> bool:
        """Whether a library of this platform cannot be loaded on that one."""
        return (
            self.system != other.system
            or other.processors[0] not in self.processors
            or bool(self.libc and other.libc and self.libc != other.libc)
        )

    def __str__(self) -> str:
        libc = f" with {self.libc}" if self.libc else ""
        python = f" and {self.python}" if self.python else ""
        return f"{self.system} on {' and '.join(self.processors)}{libc}{python}"


def of_this_python() -> Platform:
    """The platform of libraries that this Python can load."""
    import platform

    machine = platform.machine().lower()
    libc = ""
    # ".cpython-311-x86_64-linux-gnu.so": the kernel may be of another kind than its programs.
    parts = EXTENSION_SUFFIXES[0].split("-")
    if len(parts) > 4 and parts[-2] == "linux":  # noqa: PLR2004 - as above
        machine = parts[2]
        libc = "musl" if parts[-1].startswith("musl") else "glibc"
    python = f"{platform.python_implementation()} {platform.python_version()}"
    # The flags show a build without the GIL, which loads no library of the stable ABI.
    if "t" in getattr(sys, "abiflags", ""):
        python += ", free-threaded"
    system = _SYSTEMS.get(sys.platform, sys.platform)
    return Platform(system, (_SYNONYMS.get(machine, machine),), libc, python)


def named(folder: str, name: str) -> list[str]:
    """The files in a folder that could be an extension module of this name, for any Python or platform."""
    try:
        found = sorted(os.listdir(folder))  # noqa: PTH208 - pathlib is slow to import
    except OSError:
        return []
    sources = (".py", ".pyc", ".pyi")
    files = [file for file in found if file.startswith(f"{name}.") and not file.endswith(sources)]
    return [f"{folder}{os.sep}{file}" for file in files]


def described(path: str, needed: Platform) -> str:
    """What a file is, and why this Python cannot load it, as far as its bytes show it."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is slow to import
            content = file.read()
    except OSError as error:
        return f"{path}, which cannot be read: {error.strerror}"
    found = platform_of(content)
    if found is None:
        return f"{path}, which is {'not a library' if content else 'empty'}"
    what = f"{path}, a library for {found}"
    if found.lacks(needed):
        return what
    if lacks_its_end(content):
        return f"{what}, which is incomplete: it has only {len(content)} bytes"
    if path.rpartition(os.sep)[2].partition(".")[2] not in [suffix[1:] for suffix in EXTENSION_SUFFIXES]:
        what += f", whose name says that it is for another Python: this one loads {', '.join(EXTENSION_SUFFIXES)}"
    return what


def platform_of(content: bytes) -> Platform | None:
    """The platform of a library; `None` if it is not a library."""
    if content[:4] == b"\x7fELF":
        order = _order(content)
        number = int.from_bytes(content[18:20], order)
        system = "FreeBSD" if content[7:8] == bytes([_FREEBSD]) else "Linux"
        # The names that musl goes by: in Alpine, and for some linkers.
        is_musl = b"libc.musl-" in content or b"\0libc.so\0" in content
        libc = "musl" if is_musl else "glibc" if b"libc.so.6" in content else ""
        return Platform(system, (_ELF.get(number, f"processor {number}"),), libc)
    if content[:4] in (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"):
        return Platform("macOS", (_mach_o(content[4:8], "little"),))
    if content[:4] == b"\xca\xfe\xba\xbe":
        count = min(int.from_bytes(content[4:8], "big"), 8)
        starts = range(8, 8 + 20 * count, 20)
        return Platform("macOS", tuple(_mach_o(content[start : start + 4], "big") for start in starts))
    if content[:2] == b"MZ":
        start = int.from_bytes(content[60:64], "little")
        number = int.from_bytes(content[start + 4 : start + 6], "little")
        return Platform("Windows", (_PE.get(number, f"processor {number:#x}"),))
    return None


def lacks_its_end(content: bytes) -> bool:
    """Whether a file is an ELF library that lacks a part which must be loaded."""
    if content[:4] != b"\x7fELF":
        return False
    order = _order(content)

    def number(start: int, length: int) -> int:
        return int.from_bytes(content[start : start + length], order)

    is_64 = content[4:5] == b"\x02"
    table = number(32, 8) if is_64 else number(28, 4)
    length, count = (number(54, 2), number(56, 2)) if is_64 else (number(42, 2), number(44, 2))
    if len(content) < _ELF_HEADER or table + length * count > len(content):
        return True
    for start in range(table, table + length * count, length):
        offset, held = (start + 8, start + 32) if is_64 else (start + 4, start + 16)
        size = 8 if is_64 else 4
        if number(start, 4) == _LOADED and number(offset, size) + number(held, size) > len(content):
            return True
    return False


def _order(content: bytes) -> _Order:
    return "big" if content[5:6] == b"\x02" else "little"


def _mach_o(number: bytes, order: _Order) -> str:
    processor = int.from_bytes(number, order)
    return _MACH_O.get(processor, f"processor {processor:#x}")

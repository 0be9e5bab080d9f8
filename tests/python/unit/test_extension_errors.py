"""An extension module that is missing, damaged or of another platform: the error says what was found and what to do."""

from __future__ import annotations

import importlib.machinery
import platform
import re
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import presigned
from presigned._errors import extensions, library_files

PACKAGE = Path(presigned.__file__).parent
ELF, MACH_O, PE = 18, 4, 0x44
PROCESSOR = platform.machine()
OTHER = "x86_64" if PROCESSOR == "aarch64" else "aarch64"
#: Numbers of processors, in ELF files and elsewhere.
ELF_NUMBERS = {"x86_64": 62, "aarch64": 183}

FIRST_CLIENT = "presigned.client('s3', 'eu-central-1')"
KEYS = "aws_access_key_id='AKIDEXAMPLE', aws_secret_access_key='secret'"
ARROW = f"""
    s3 = presigned.client("s3", "eu-central-1", {KEYS})
    assert s3.generate_presigned_url("get_object", {{"Bucket": "b", "Key": "k"}})
    class Column:
        def __arrow_c_stream__(self, requested_schema=None):
            raise AssertionError
    s3.generate_presigned_urls("get_object", {{"Bucket": "b", "Key": Column()}})
"""
CONTAINER = """
    import os
    os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://127.0.0.1:9/"
    presigned.client("s3", "eu-central-1").generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
"""
INSTANCE = """
    presigned.client("s3", "eu-central-1").generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
"""
ROLE = """
    import os, sys
    config = os.path.join(os.path.dirname(presigned.__file__), "config")
    with open(config, "w") as file:
        file.write("[default]\\nrole_arn = r\\nsource_profile = s\\n"
                   "[profile s]\\naws_access_key_id = a\\naws_secret_access_key = b\\n")
    os.environ["AWS_CONFIG_FILE"] = config
    presigned.client("s3", "eu-central-1").generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
"""


def elf(content: bytes, processor: str) -> bytes:
    """The same library for another processor."""
    return content[:ELF] + struct.pack("<H", ELF_NUMBERS[processor]) + content[ELF + 2 :]


def cut(length: int) -> Callable[[bytes], bytes]:
    """Takes the beginning of a library."""
    return lambda content: content[:length]


MAC = b"\xcf\xfa\xed\xfe" + struct.pack("<I", 0x100000C) + bytes(200)
BOTH_MACS = (
    b"\xca\xfe\xba\xbe" + struct.pack(">5I", 2, 0x1000007, 0, 0, 0) + struct.pack(">6I", 0, 0x100000C, 0, 0, 0, 0)
)
WINDOWS = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", 0x8664) + bytes(200)
#: What is in the place of the library -> what the message says of it, as a pattern.
DAMAGE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "of another processor": (lambda content: elf(content, OTHER), f"a library for Linux on {OTHER}"),
    "the head of one": (lambda content: elf(content, OTHER)[:64], f"a library for Linux on {OTHER}"),
    "of macOS": (lambda _: MAC, "a library for macOS on aarch64"),
    "of both macOS": (lambda _: BOTH_MACS, "a library for macOS on x86_64 and aarch64"),
    "of Windows": (lambda _: WINDOWS, "a library for Windows on x86_64"),
    "nothing": (lambda _: b"", "which is empty"),
    "a pointer of Git LFS": (lambda _: b"version https://git-lfs.github.com/spec/v1\n", "which is not a library"),
    **{
        f"the first {length} bytes": (
            cut(length),
            rf"a library for Linux on {PROCESSOR}( with \w+)?, which is incomplete: it has only {length} bytes",
        )
        for length in (20, 64, 1000, 70_000, 300_000)
    },
}  # fmt: skip


def copied(folder: Path, name: str, *damaged: bytes) -> Path:
    """Copies the package, with another file in the place of an extension module, or none; returns that file's path."""
    shutil.copytree(PACKAGE, folder / "presigned", ignore=shutil.ignore_patterns("__pycache__"))
    file = next((folder / "presigned").glob(f"{name}.*.so"))
    file.unlink()
    for content in damaged:
        file.write_bytes(content)
    return file


def failure_of(folder: Path, program: str) -> str:
    """The exception or signal that ends a program in its own process."""
    lines = [f"import sys; sys.path.insert(0, {str(folder)!r}); import presigned", *program.splitlines()]
    text = "\n".join(line.removeprefix("    ") for line in lines)
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", text], capture_output=True, text=True, check=False, env={"HOME": str(folder)}
    )
    assert done.returncode == 1, (done.returncode, done.stderr)
    return done.stderr


@pytest.mark.parametrize("found", DAMAGE)
def test_a_file_that_is_no_library_of_this_platform_is_named_with_what_it_is(tmp_path: Path, found: str) -> None:
    damage, said = DAMAGE[found]
    file = copied(tmp_path, "_core", damage(next(PACKAGE.glob("_core.*.so")).read_bytes()))
    failure = failure_of(tmp_path, FIRST_CLIENT)
    assert "\nImportError: presigned cannot load its extension module _core" in failure
    assert re.search(rf"  Found: {re.escape(str(file))}, {said}", failure)
    assert f"  Needed: a library for Linux on {PROCESSOR}" in failure
    assert f"{platform.python_implementation()} {platform.python_version()}" in failure
    assert re.search(rf"pip install --platform (many|musl)linux\w+_{PROCESSOR} --only-binary=:all: ", failure)


@pytest.mark.parametrize(
    "program",
    [FIRST_CLIENT, "presigned.Session()", "presigned.S3", "presigned.resource('s3')", "presigned.__version__",
     "import presigned.aio", "presigned.install()", "presigned.accelerate(1)", "from presigned.session import Session"],
)  # fmt: skip
def test_what_needs_a_missing_file_first_says_that_it_is_missing(tmp_path: Path, program: str) -> None:
    file = copied(tmp_path, "_core")
    failure = failure_of(tmp_path, program)
    assert "\nImportError: presigned cannot load its extension module _core" in failure
    assert f"  Found: no such file in {file.parent}\n" in failure


def test_a_library_for_another_python_and_one_that_cannot_be_read_are_told_apart(tmp_path: Path) -> None:
    file = copied(tmp_path, "_core")
    shutil.copy(next(PACKAGE.glob("_core.*.so")), file.with_name("_core.cpython-399-x86_64-linux-gnu.so"))
    file.with_name("_core.pyd").write_bytes(WINDOWS)
    file.symlink_to("nowhere")
    failure = failure_of(tmp_path, FIRST_CLIENT)
    assert f"{file}, which cannot be read: No such file or directory\n" in failure
    assert re.search(r"_core.cpython-399-.*, whose name says that it is for another Python: this one loads \.", failure)
    assert "_core.pyd, a library for Windows on x86_64\n" in failure


def test_a_package_in_an_archive_is_to_be_unpacked(tmp_path: Path) -> None:
    copied(tmp_path / "package", "_core")
    archive = shutil.make_archive(str(tmp_path / "package"), "zip", tmp_path / "package")
    assert f"no such file in {archive}/presigned, an archive, from which" in failure_of(Path(archive), FIRST_CLIENT)


def test_arrow_is_missed_where_a_column_is_one_and_not_before(tmp_path: Path) -> None:
    file = copied(tmp_path, "_arrow")
    file.write_bytes(elf(next(PACKAGE.glob("_arrow.*.so")).read_bytes(), OTHER))
    failure = failure_of(tmp_path, ARROW)
    assert "\npresigned.exceptions.MissingDependencyException: Missing Dependency: presigned cannot load" in failure
    assert f"  Found: {file}, a library for Linux on {OTHER}" in failure


@pytest.mark.parametrize("program", [CONTAINER, INSTANCE, ROLE])
@pytest.mark.parametrize("share", [0, 0.5])
def test_what_asks_for_credentials_is_missed_where_credentials_are_looked_for(
    tmp_path: Path, program: str, share: float
) -> None:
    content = next(PACKAGE.glob("_network.*.so")).read_bytes()
    file = copied(tmp_path, "_network", *[content[: int(len(content) * share)]] * bool(share))
    failure = failure_of(tmp_path, program)
    said = "CredentialRetrievalError: Error when retrieving credentials from the network: presigned cannot load"
    assert f"\npresigned.exceptions.{said} its extension module _network" in failure
    assert f"  Found: {file}, a library" in failure if share else f"  Found: no such file in {file.parent}" in failure


def test_an_older_python_and_one_without_the_gil_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    assert "presigned needs Python 3.10 or newer." in str(extensions.failure("_core", presigned.__path__))
    monkeypatch.undo()
    monkeypatch.setattr(sys, "abiflags", "t", raising=False)
    assert "free-threaded build of Python: use the ordinary one." in str(
        extensions.failure("_core", presigned.__path__)
    )


@pytest.mark.parametrize(
    ("suffix", "system", "machine", "tag"),
    [
        (".cpython-311-x86_64-linux-gnu.so", "linux", "x86_64", "manylinux2014_x86_64"),
        (".cpython-311-aarch64-linux-gnu.so", "linux", "aarch64", "manylinux2014_aarch64"),
        (".cpython-312-x86_64-linux-musl.so", "linux", "x86_64", "musllinux_1_2_x86_64"),
        # Programs of 32 bits under a kernel of 64.
        (".cpython-311-i386-linux-gnu.so", "linux", "x86_64", "manylinux2014_i686"),
        (".cpython-311-darwin.so", "darwin", "arm64", "macosx_11_0_arm64"),
        (".cpython-311-darwin.so", "darwin", "x86_64", "macosx_10_12_x86_64"),
        (".cp311-win_amd64.pyd", "win32", "AMD64", "win_amd64"),
        (".cp311-win_arm64.pyd", "win32", "ARM64", "win_arm64"),
        (".cp311-win32.pyd", "win32", "x86", "win32"),
    ],
)
def test_pip_gets_the_platform_of_this_python(
    monkeypatch: pytest.MonkeyPatch, suffix: str, system: str, machine: str, tag: str
) -> None:
    monkeypatch.setattr(library_files, "EXTENSION_SUFFIXES", [suffix, *importlib.machinery.EXTENSION_SUFFIXES[1:]])
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert library_files.of_this_python().tag == tag


@pytest.mark.parametrize("name", [b"libc.musl-x86_64.so.1", b"libc.so"])
def test_the_two_c_libraries_of_linux_are_told_apart(name: bytes) -> None:
    content = next(PACKAGE.glob("_core.*.so")).read_bytes()[:4096]
    musl = library_files.platform_of(content + b"\0" + name + b"\0")
    glibc = library_files.platform_of(content + b"libc.so.6\0")
    assert musl is not None
    assert glibc is not None
    assert (musl.libc, glibc.libc) == ("musl", "glibc")
    assert musl.lacks(glibc)
    assert not glibc.lacks(glibc)


def test_the_modules_that_explain_are_not_loaded_where_nothing_is_wrong() -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); import presigned\n"
        f"presigned.client('s3', 'eu-central-1', {KEYS}).generate_presigned_url('list_buckets')\n"
        "assert not {'presigned._errors.extensions', 'platform'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", program], check=True)

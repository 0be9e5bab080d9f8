"""Explains why an extension module cannot be loaded: what was found in its place, what is needed, and what to do.

It is imported only after an import has failed: see `__getattr__` in `presigned`.
"""

from __future__ import annotations

import os
import sys

from . import library_files, make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: The oldest Python whose stable ABI the extension modules use.
OLDEST_PYTHON = (3, 10)
#: The purpose of each.
_PURPOSES = {
    "_core": "which makes every URL and form",
    "_arrow": "which reads and writes Arrow arrays",
    "_asymmetric": "which signs with private keys",
    "_network": "which fetches credentials from AWS",
}
#: Python's message if an interpreter with its own GIL imports an extension module that does not support this.
_REFUSED_BY_PYTHON = "does not support loading in subinterpreters"


def refuse(name: str, path: str, folders: Sequence[str]) -> None:
    """Raises `failure` if the import would end Python by a signal, or raise an error that does not help.

    Args:
        name: `_core`, `_arrow`, `_asymmetric` or `_network`.
        path: Its file, which may be cut off.
        folders: Where the package is.
    """
    if sys.version_info < OLDEST_PYTHON:
        raise failure(name, folders)
    with open(path, "rb") as file:  # noqa: PTH123 - pathlib is slow to import
        content = file.read()
    if library_files.lacks_its_end(content):
        raise failure(name, folders)


def failure(name: str, folders: Sequence[str], error: ImportError | None = None) -> Exception:
    """Makes the error for code that needs the extension module.

    Args:
        name: `_core`, `_arrow`, `_asymmetric` or `_network`.
        folders: Where the package is.
        error: Why Python could not import it; `None` if that was not tried.

    Returns:
        Exception: For `_core` an `ImportError`. For the others, the error that their callers expect if something is
            missing: a `MissingDependencyException`, or a `CredentialRetrievalError` in the search for credentials.
    """
    said = "" if error is None else str(error)
    if _REFUSED_BY_PYTHON in said:
        said = in_another_interpreter(name)
    elif not said.startswith(_beginning(name)):
        said = _message(name, folders, said)
    if name in ("_arrow", "_asymmetric"):
        return make("MissingDependencyException", msg=said)
    if name == "_network":
        return make("CredentialRetrievalError", provider="the network", error_msg=said)
    return ImportError(said, name=f"presigned.{name}", path=None if error is None else error.path)


def in_another_interpreter(name: str) -> str:
    """Makes the error that only the main interpreter of a process can load it, once. The extension modules raise it."""
    return (
        f"{_beginning(name)} into this interpreter. It serves the main interpreter of a process: no sub-interpreter, "
        "and no Python that was finalized and initialized again.\n"
        "  Apache with mod_wsgi: set WSGIApplicationGroup %{GLOBAL}\n"
        "  uWSGI: set single-interpreter = true\n"
        "  Programs that make interpreters themselves (concurrent.interpreters, InterpreterPoolExecutor, an embedded "
        "Python): use presigned in the main interpreter, in threads, or in processes"
    )


def _beginning(name: str) -> str:
    return f"presigned cannot load its extension module {name}"


def _message(name: str, folders: Sequence[str], said: str) -> str:
    folders = [os.fspath(folder) for folder in folders]
    files = [path for folder in folders for path in library_files.named(folder, name)]
    needed = library_files.of_this_python()
    lines = [f"{_beginning(name)}, {_PURPOSES[name]}."]
    lines += [f"  Found: {library_files.described(path, needed)}" for path in files]
    if not files:
        lines.append(f"  Found: no such file in {', '.join(folders)}{_in_archive(folders)}")
    lines.append(f"  Needed: a library for {needed}")
    if said:
        lines.append(f"  Python said: {said}")
    return "\n".join([*lines, *_advice(said, needed)])


def _in_archive(folders: Sequence[str]) -> str:
    is_unpacked = all(os.path.isdir(folder) for folder in folders)  # noqa: PTH112 - pathlib is slow to import
    return "" if is_unpacked else ", an archive, from which Python loads no library: unpack it"


def _advice(said: str, needed: library_files.Platform) -> list[str]:
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        return [f"presigned needs Python {oldest} or newer."]
    if needed.is_free_threaded:
        return ["presigned has no library for the free-threaded build of Python: use the ordinary one."]
    lines = []
    if "failed to map segment" in said:
        lines.append("Its file system may be mounted noexec: put the package where programs may be run.")
    if "GLIBC_" in said:
        lines.append("The C library of this system is too old for it.")
    return [
        *lines,
        "Install presigned for this platform:",
        "  python -m pip install --force-reinstall --no-cache-dir presigned",
        "Where pip runs on another platform than the program, as it may for an AWS Lambda function, layer or image:",
        f"  python -m pip install --platform {needed.tag} --only-binary=:all: --target FOLDER presigned",
    ]

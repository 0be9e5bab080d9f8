"""Sub-interpreters, as mod_wsgi and uWSGI make them, are refused with the setting to change, and harm no other."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import presigned

#: What makes, runs and ends an interpreter; those that are `ISOLATED` have a lock of their own, from Python 3.12 on.
INTERPRETERS = """
    import sys
    try:
        import _interpreters as interpreters
    except ImportError:
        import _xxsubinterpreters as interpreters

    def made():
        if sys.version_info >= (3, 13):
            return interpreters.create("isolated" if ISOLATED else "legacy")
        return interpreters.create(isolated=ISOLATED)

    def ran(interpreter, code):
        failure = interpreters.run_string(interpreter, code)
        assert failure is None, failure
"""
#: Whether an interpreter has its own GIL.
KINDS = [False, True] if sys.version_info >= (3, 12) else [False]
#: What an application does.
USE = """
    import presigned
    keys = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    client = presigned.client("s3", "eu-central-1", **keys)
    assert client.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}).startswith("https://")
    assert client.generate_presigned_post("b", "k")["fields"]["key"] == "k"
    try:
        client.generate_presigned_url("get_object", {"Bucket": "b"})
    except presigned.exceptions.ParamValidationError:
        pass
    else:
        raise AssertionError("nothing was raised")
"""
#: What an application is refused with.
REFUSED = """
    import sys
    import presigned
    ways = [
        lambda: presigned.client("s3", "eu-central-1"),
        lambda: presigned.Session(),
        lambda: presigned.S3,
        lambda: presigned.install,
        lambda: presigned.__version__,
        lambda: __import__("presigned.aio"),
    ]
    for way in 2 * ways:
        try:
            way()
        except ImportError as error:
            text = str(error)
            assert "WSGIApplicationGroup %{GLOBAL}" in text, text
            assert "single-interpreter = true" in text, text
            assert "_core" in text, text
        else:
            raise AssertionError(way)
    for name in ("_core", "_arrow", "_asymmetric", "_network"):
        try:
            __import__("presigned." + name)
        except ImportError as error:
            # Python's own words where the interpreter has a lock of its own.
            assert ISOLATED or "single-interpreter = true" in str(error), error
        else:
            raise AssertionError(name)
        try:
            getattr(presigned, name)
        except Exception as error:
            assert "single-interpreter = true" in str(error), error
        else:
            raise AssertionError(name)
"""


def run(*parts: str, isolated: bool = False) -> None:
    """Runs a program in its own process."""
    program = f"ISOLATED = {isolated}\n" + "".join(textwrap.dedent(part) for part in parts)
    folder = str(Path(presigned.__file__).parents[1])
    command = [sys.executable, "-I", "-S", "-c", f"import sys\nsys.path.insert(0, {folder!r})\n{program}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def in_another(code: str, *, isolated: bool, ends: bool) -> str:
    """Code that runs other code in a new interpreter, and ends that."""
    folder = str(Path(presigned.__file__).parents[1])
    prologue = f"ISOLATED = {isolated}\nimport sys\nsys.path.insert(0, {folder!r})\n"
    end = "interpreters.destroy(other)\n" if ends else ""
    return f"other = made()\nran(other, {prologue + textwrap.dedent(code)!r})\n{end}"


@pytest.mark.parametrize("isolated", KINDS)
@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize("order", ["main, other, main", "other, main", "other, other, main, other, main"])
def test_the_main_interpreter_works_and_others_are_refused_in_any_order(order: str, ends: bool, isolated: bool) -> None:
    parts = {"main": textwrap.dedent(USE), "other": in_another(REFUSED, isolated=isolated, ends=ends)}
    run(INTERPRETERS, *(parts[part] for part in order.split(", ")), isolated=isolated)


@pytest.mark.parametrize("order", ["other, main", "main, other"])
def test_the_main_interpreter_is_known_in_any_thread(order: str) -> None:
    """The application's first request comes in a thread of the server's."""
    parts = {"main": USE, "other": in_another(REFUSED, isolated=False, ends=True)}
    threads = [
        f"import threading\nfailures = []\nthreading.excepthook = failures.append\n"
        f"thread = threading.Thread(target=exec, args=({textwrap.dedent(parts[part])!r}, globals()))\n"
        f"thread.start()\nthread.join()\nassert not failures, failures\n"
        for part in order.split(", ")
    ]
    run(INTERPRETERS, *threads)


def test_a_python_that_was_made_again_in_its_process_is_refused() -> None:
    """A program that embeds Python can make such a Python. Only the missing mark tells it from the earlier one."""
    forget = """
        for name in [*sys.modules]:
            if name.partition(".")[0] == "presigned":
                del sys.modules[name]
        for name in [*vars(sys)]:
            if name.startswith("_presigned"):
                delattr(sys, name)
    """
    run(INTERPRETERS, USE, forget, REFUSED.replace('("_core", "_arrow", "_asymmetric", "_network")', '("_core",)'))


def test_a_package_that_is_imported_again_is_not_taken_for_one_of_another_interpreter() -> None:
    again = """
        for name in [*sys.modules]:
            if name.partition(".")[0] == "presigned":
                del sys.modules[name]
    """
    run(USE, again, USE, again, USE)

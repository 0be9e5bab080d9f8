"""Writes requests and forms as curl commands for a POSIX shell."""

from __future__ import annotations

from shlex import quote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Fails with a status of its own where the server answers with an error, and shows the answer.
_CURL = ["curl", "--fail-with-body"]


def form(url: str, fields: Mapping[str, str], open_fields: Mapping[str, str], file: str) -> str:
    """A command that uploads a file by a form.

    Args:
        url: Where the form goes.
        fields: What the form holds besides the file.
        open_fields: Fields that the uploader adds, with how their values begin.
        file: The path of the file.
    """
    command = [*_CURL]
    # Unlike --form, --form-string gives "@", "<" and ";" no meaning.
    for name, value in {**fields, **chosen(open_fields, file)}.items():
        command += ["--form-string", f"{name}={value}"]
    escaped = _path(file).replace("\\", "\\\\").replace('"', '\\"')
    return _joined([*command, "--form", f'file=@"{escaped}"', url])


def chosen(open_fields: Mapping[str, str], file: str) -> dict[str, str]:
    """Values that begin as the policy requires: the file's own content type if it fits, else the required beginning."""
    from mimetypes import guess_type

    guess = guess_type(file)[0] or "application/octet-stream"
    return {
        name: guess if name.lower() == "content-type" and guess.startswith(prefix) else prefix
        for name, prefix in open_fields.items()
    }


def request(method: str, url: str, headers: Mapping[str, str], file: str | None) -> str:
    """A command that sends a request.

    Args:
        method: The method.
        url: The URL.
        headers: The headers to send, each character a byte.
        file: The file to send; for a GET, the file to save the answer in.
    """
    command = [*_CURL]
    sends = method not in ("GET", "HEAD")
    if method == "HEAD":
        command.append("--head")
    elif sends:
        command += ["--request", method]
    for name, value in headers.items():
        # curl would leave a header without a value out. A shell has the bytes as UTF-8.
        text = value.encode("latin-1", "replace").decode("utf-8", "replace")
        command += ["--header", f"{name}: {text}" if text else f"{name};"]
    if file is not None and method == "GET":
        command += ["--output", file]
    elif file is not None and method == "PUT" and not url.partition("?")[0].endswith("/"):
        # To a URL with a final slash, curl would add the name of the file.
        command += ["--upload-file", _path(file)]
    elif file is not None and sends:
        # By itself it calls each body a form. A type that is not signed stays out.
        if "content-type" not in headers:
            command += ["--header", "content-type:"]
        command += ["--data-binary", f"@{_path(file)}"]
    elif method in ("PUT", "POST") and "content-length" not in headers:
        command += ["--header", "content-length: 0"]
    return _joined([*command, "--globoff", url])


def _path(file: str) -> str:
    """The path of a file. For curl, `-` and `.` alone are the standard input."""
    return f"./{file}" if file in ("-", ".") else file


def _joined(command: list[str]) -> str:
    return " ".join(map(quote, command))

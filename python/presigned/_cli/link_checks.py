"""The commands `presigned inspect`, `verify` and `explain`, for links and forms that exist already."""

from __future__ import annotations

import sys

from . import argument_types
from .parsers import add_repeated_option, new_parser
from .streams import REFUSED, complain, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

INSPECT_EXAMPLES = """\
examples:
  presigned inspect < link.txt
  presigned s3://photos/cat.jpg | presigned inspect
  presigned post s3://photos/cat.jpg | presigned inspect

A link in an argument stays in the shell's history. Without one, the command reads it from standard input.
"""

VERIFY_EXAMPLES = """\
examples:
  presigned verify < link.txt
  presigned verify --method PUT --header 'Content-Type: image/png' --profile work < link.txt
  presigned verify --file-size 10MB < form.json && echo it holds

It is compared with the credentials of the environment or of a profile. The exit status is 0 if it holds, and 1 if it
does not; then a line says why. It is 2 for a mistake in the command.
"""

EXPLAIN_EXAMPLES = """\
examples:
  presigned explain --method PUT --with-credentials < link.txt
  presigned explain --response answer.xml < link.txt
  presigned explain --header 'Content-Type: image/png' --profile work --host minio:9000 < link.txt

A response may begin with the status line and headers, as curl --include prints them. Nothing is sent anywhere.
"""


def inspect(arguments: list[str]) -> str:
    """What ``presigned inspect`` prints."""
    parser = new_parser("presigned inspect", "Print what a presigned link or form says.", INSPECT_EXAMPLES)
    _add_link(parser)
    options = parser.parse_args(arguments)
    from presigned._links.inspection import inspect as inspected

    return f"{inspected(_link(options.link))}\n"


def verify(arguments: list[str], credentials: Callable[[str | None], Any]) -> str:
    """What ``presigned verify`` prints if a link holds.

    Args:
        arguments: Those of the command.
        credentials: Finds the credentials of a profile, or of the environment.

    Raises:
        SystemExit: It does not hold, and the reason has been printed.
    """
    options = _verify_parser().parse_args(arguments)
    link = _link(options.link)
    from presigned._links.verification import verify as verified

    body = None
    if options.body is not None:
        with open(options.body, "rb") as file:  # noqa: PTH123 - pathlib takes longer to import
            body = file.read()
    found = verified(
        link,
        credentials(options.profile),
        method=options.method,
        headers=dict(options.header) if options.header else None,
        body=body,
        file_size=options.file_size,
        bucket=options.bucket,
        now=options.now,
    )
    if found:
        return f"{found.detail}\n"
    show(f"{found.reason}: {found.detail}\n")
    raise SystemExit(REFUSED)


def explain(arguments: list[str], credentials: Callable[[str | None], Any]) -> str:
    """What ``presigned explain`` prints.

    Args:
        arguments: Those of the command.
        credentials: Finds the credentials of a profile, or of the environment.
    """
    options = _explain_parser().parse_args(arguments)
    from presigned._links.explanation import explain as explained

    response = None
    if options.response is not None:
        with open(options.response, "rb") as file:  # noqa: PTH123 - pathlib takes longer to import
            response = file.read()
    found = explained(
        _link(options.link),
        method=options.method,
        headers=dict(options.header) if options.header else None,
        response=response,
        credentials=credentials(options.profile) if options.with_credentials or options.profile else None,
        hosts=options.host,
    )
    if not found.causes:
        return f"{found}\n"
    lines = []
    for number, cause in enumerate(found.causes, 1):
        lines += [f"{number}. {cause.cause} ({cause.code})", f"   {cause.evidence}", f"   {cause.what_to_do}"]
    if found.tried:
        lines.append(f"{found.tried} {'signatures were' if found.tried > 1 else 'signature was'} compared.")
    return "\n".join(lines) + "\n"


def _verify_parser() -> argparse.ArgumentParser:
    parser = new_parser(
        "presigned verify", "Check a presigned link or form with the keys that signed it.", VERIFY_EXAMPLES
    )
    _add_link(parser)
    parser.add_argument("--method", help="the method as it was sent, in its case; GET if not given")
    add_repeated_option(parser, "--header", _header, "'NAME: VALUE'", "a header that was sent")
    parser.add_argument("--body", metavar="FILE", help="the body that was sent, if its hash is signed")
    parser.add_argument(
        "--file-size", type=argument_types.size, metavar="SIZE", help="the size of the file that came with a form"
    )
    parser.add_argument("--bucket", help="the bucket, where the host of another server names it")
    parser.add_argument(
        "--now", type=argument_types.instant, metavar="TIME", help="another instant: 2026-11-30T12:00:00Z"
    )
    parser.add_argument("--profile", help="compare with those of a profile of the AWS config and credentials files")
    return parser


def _explain_parser() -> argparse.ArgumentParser:
    parser = new_parser("presigned explain", "Print why a server refused a presigned link or form.", EXPLAIN_EXAMPLES)
    _add_link(parser)
    parser.add_argument("--method", type=str.upper, help="the method that was sent; GET if not given")
    add_repeated_option(parser, "--header", _header, "'NAME: VALUE'", "a header that was sent")
    parser.add_argument("--response", metavar="FILE", help="the server's answer")
    add_repeated_option(parser, "--host", str, "HOST", "another host that it may have been signed for")
    parser.add_argument(
        "--with-credentials", action="store_true", help="compare with the credentials of the environment"
    )
    parser.add_argument("--profile", help="compare with those of a profile of the AWS config and credentials files")
    return parser


def _add_link(parser: argparse.ArgumentParser) -> None:
    parser.usage = f"{parser.prog} [LINK] [options]"
    parser.add_argument(
        "link", nargs="?", metavar="LINK", help="the link, or a form as JSON; else standard input has it"
    )


def _header(text: str) -> tuple[str, str]:
    from argparse import ArgumentTypeError

    name, colon, value = text.partition(":")
    if not (name.strip() and colon):
        raise ArgumentTypeError("use 'NAME: VALUE'")
    return name.strip(), value.strip()


def _link(argument: str | None) -> Any:
    """The link or the form, from the argument or from standard input."""
    text = argument
    if text in {None, "-"}:
        if sys.stdin.isatty():
            complain("Paste the link, and press Enter:\n")
            text = sys.stdin.readline()
        else:
            text = sys.stdin.read()
    text = (text or "").strip()
    if not text:
        raise ValueError("no link given: standard input is empty")
    if not text.startswith("{"):
        return text
    import json

    try:
        form = json.loads(text)
    except ValueError:
        # The message of the parser would show a part of the form.
        raise ValueError("this is not JSON, as `presigned post` prints a form") from None
    if not isinstance(form.get("url"), str):
        raise TypeError("the form has no url")
    return form

"""Turns a command line into a presigned URL, or into a form for uploads, on standard output.

What ``aws s3 presign`` does with Signature Version 4, for every operation. Errors go to standard
error. Nothing is imported before it is needed: the command starts in a few milliseconds.
"""

from __future__ import annotations

import argparse
import os
import sys

from ._cli import argument_types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn, TextIO

    from ._client import S3

METHODS = {"get": "get_object", "put": "put_object", "head": "head_object", "delete": "delete_object"}
#: What S3 lets a form upload at most, in bytes.
LARGEST_POST = 5 * 1024**3

#: Exit codes beside 0: standard output cannot be written; an error; Ctrl-C, and a reader that has gone, as shells have
#: them for programs that end by these signals.
UNWRITABLE, WRONG, INTERRUPTED, UNREAD = 1, 2, 130, 141

URL_EXAMPLES = """\
examples:
  presigned s3://photos/cat.jpg
  presigned s3://photos/cat.jpg --expires-in 7d --param ResponseContentDisposition=attachment
  presigned s3://photos/cat.jpg --method put --expires-in 5m
  presigned s3://photos/cat.jpg --operation upload_part --param UploadId=ID --param PartNumber=1
  presigned s3://photos --operation list_objects_v2 --param Prefix=2026/
  presigned s3://photos/cat.jpg --method put --param ContentType=image/jpeg

Whoever uses the URL must send the headers that it names in X-Amz-SignedHeaders, as for the last example:
  curl --upload-file cat.jpg --header 'Content-Type: image/jpeg' URL

A form that lets a browser upload is another command: presigned post --help
"""

POST_EXAMPLES = """\
examples:
  presigned post 's3://photos/uploads/${filename}' --max-size 10MB --content-type 'image/*'
  presigned post s3://photos/cat.jpg --field acl=private --curl cat.jpg
  presigned post 's3://photos/uploads/${filename}' --html > upload.html

${filename} at the end of the key stands for the name of the file that is uploaded.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code."""
    for name, mode in (("stdin", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # Closed. What asks and warns, as for the code of an MFA device, does not look for that.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - till the process ends
    try:
        show(output(list(sys.argv[1:] if argv is None else argv)))
    except SystemExit as leave:
        # What there is to say has been said.
        return leave.code if isinstance(leave.code, int) else WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def output(arguments: list[str]) -> str:
    """What the command prints.

    Raises:
        SystemExit: There is an error, and it has been said; or help was asked for, and has been shown.
    """
    try:
        if arguments[:1] == ["post"]:
            return post(post_parser().parse_args(arguments[1:])) + "\n"
        return url(url_parser().parse_args(arguments)) + "\n"
    except Exception as error:
        if not is_users_to_mend(error):
            raise
        why = "standard input has ended" if isinstance(error, EOFError) else error
        complain(f"presigned: {why}\n")
        raise SystemExit(WRONG) from None


def is_users_to_mend(error: Exception) -> bool:
    """Whether an error is about what the user gave or has installed; others are shown where they come from."""
    from . import exceptions

    plain = (ValueError, TypeError, OverflowError, OSError, ImportError, RuntimeError, EOFError)
    return isinstance(error, (*plain, exceptions.BotoCoreError, exceptions.ClientError))


def url(options: argparse.Namespace) -> str:
    """The presigned URL that the options ask for."""
    operation: str = options.operation or METHODS[options.method]
    params: dict[str, Any] = {}
    if options.uri is not None:
        params["Bucket"], key = argument_types.bucket_and_key(options.uri)
        if key or not options.operation:
            params["Key"] = key
    for name, value in options.param:
        given = params.get(name)
        params[name] = {**given, **value} if isinstance(given, dict) and isinstance(value, dict) else value
    if not params and not options.operation:
        raise ValueError("say which object: presigned s3://BUCKET/KEY")
    return client(options).generate_presigned_url(operation, params, options.expires_in)


def post(options: argparse.Namespace) -> str:
    """The form for an upload that the options ask for, in the shape that they ask for."""
    from ._cli import post_form

    bucket, key = argument_types.bucket_and_key(options.uri)
    if not key:
        raise ValueError("say under which key: presigned post 's3://BUCKET/PREFIX/${filename}'")
    fields: dict[str, str] = {}
    prefixes: dict[str, str] = dict(options.starts_with)
    for name, value in options.field:
        if name == "Content-Type" and value.endswith("*"):
            prefixes[name] = value[:-1]
        else:
            fields[name] = value
    # A form is sent in UTF-8. What of the command line is not, cannot be in it.
    "".join([key, *fields, *fields.values(), *prefixes, *prefixes.values()]).encode()
    conditions: list[Any] = [{name: value} for name, value in fields.items()]
    conditions += [["starts-with", f"${name}", prefix] for name, prefix in prefixes.items()]
    if options.min_size is not None or options.max_size is not None:
        largest = LARGEST_POST if options.max_size is None else options.max_size
        conditions.append(["content-length-range", options.min_size or 0, largest])
    form = client(options).generate_presigned_post(bucket, key, fields, conditions, options.expires_in)
    if options.curl is not None:
        return post_form.curl_command(form["url"], form["fields"], prefixes, options.curl)
    if options.html:
        return post_form.html_form(form["url"], form["fields"], prefixes)
    return post_form.json_text(form)


def client(options: argparse.Namespace) -> S3:
    """The client that the options describe."""
    from ._settings.config import Config
    from .session import Session

    settings: dict[str, Any] = {}
    if options.addressing_style:
        settings["s3"] = {"addressing_style": options.addressing_style}
    if vars(options).get("no_sign_request"):
        from ._settings.config import _UNSIGNED

        # Not `UNSIGNED`, which would load botocore.
        settings["signature_version"] = _UNSIGNED
    session = Session(profile_name=options.profile, region_name=options.region)
    made: S3 = session.client("s3", endpoint_url=options.endpoint_url, config=Config(**settings))
    return made


# --- arguments -------------------------------------------------------------------------------


def url_parser() -> Parser:
    """The options of ``presigned s3://BUCKET/KEY``."""
    parser = new_parser("presigned", "Print a presigned URL of an S3 object.", URL_EXAMPLES)
    parser.add_argument("uri", nargs="?", metavar="s3://BUCKET/KEY", help="the object; s3:// may be left out")
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--method",
        type=str.lower,
        choices=METHODS,
        default="get",
        help="what the URL does to the object; %(default)s if not given",
    )
    which.add_argument(
        "--operation",
        type=argument_types.operation_name,
        metavar="NAME",
        help="any S3 operation by its boto3 name: upload_part",
    )
    parser.add_argument(
        "--param",
        type=argument_types.parameter,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the operation, as boto3 spells it; lists as a,b, Metadata as a=b,c=d, anything as JSON",
    )
    add_common_options(parser)
    parser.add_argument("--no-sign-request", action="store_true", help="sign nothing: the plain URL of a public object")
    parser.add_argument("--version", action=ShowVersion, nargs=0, help="print the version and exit")
    return parser


def post_parser() -> Parser:
    """The options of ``presigned post s3://BUCKET/KEY``."""
    parser = new_parser("presigned post", "Print a form with which others can upload to S3.", POST_EXAMPLES)
    parser.add_argument("uri", metavar="s3://BUCKET/KEY", help="where the upload goes; s3:// may be left out")
    parser.add_argument(
        "--max-size", type=argument_types.size, metavar="SIZE", help="the most it may hold: 500, 10MB, 5GB"
    )
    parser.add_argument("--min-size", type=argument_types.size, metavar="SIZE", help="the least it must hold")
    parser.add_argument(
        "--field",
        type=argument_types.pair,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a form field with its only value, such as acl=private; the policy demands it",
    )
    parser.add_argument(
        "--content-type",
        dest="field",
        type=argument_types.content_type,
        action="append",
        metavar="TYPE",
        help="the type that the upload must have; 'image/*' for a family",
    )
    parser.add_argument(
        "--starts-with",
        type=argument_types.pair,
        action="append",
        default=[],
        metavar="NAME=PREFIX",
        help="a field that the uploader adds, with the beginning of its value",
    )
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--curl", metavar="FILE", help="print the curl command that uploads FILE, in place of JSON")
    shape.add_argument("--html", action="store_true", help="print an HTML form in place of JSON")
    add_common_options(parser)
    return parser


def new_parser(program: str, description: str, examples: str) -> Parser:
    """A parser whose help ends in examples."""
    return Parser(
        prog=program,
        usage=f"{program} s3://BUCKET/KEY [options]",
        description=description,
        epilog=examples,
        formatter_class=Help,
        allow_abbrev=False,
    )


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Adds what both commands take."""
    parser.add_argument(
        "--expires-in",
        type=argument_types.duration,
        default=3600,
        metavar="TIME",
        help="how long it works: seconds, or 5m, 12h, 7d; %(default)s if not given",
    )
    parser.add_argument("--region", help="the bucket's region; else that of the environment or profile")
    parser.add_argument("--profile", help="a profile of the AWS config and credentials files")
    parser.add_argument("--endpoint-url", metavar="URL", help="another S3 server")
    parser.add_argument("--addressing-style", choices=("auto", "virtual", "path"), help="where the bucket's name goes")


class Help(argparse.RawDescriptionHelpFormatter):
    """Help of a fixed width: argparse would import shutil, and with it every compression, to ask the terminal."""

    def __init__(self, prog: str) -> None:
        """Takes the name of the command."""
        super().__init__(prog, width=96)


class Parser(argparse.ArgumentParser):
    """Writes as all of the command does, be it that a stream is closed."""

    def print_help(self, file: object = None) -> None:
        """Shows what was asked for."""
        del file
        show(self.format_help())

    def print_usage(self, file: object = None) -> None:
        """Says how the command is called, of an error."""
        del file
        complain(self.format_usage())

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Leaves, with an error if there is a message."""
        if message:
            complain(message)
        raise SystemExit(status)


class ShowVersion(argparse.Action):
    """``--version``, which imports the package only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Prints the version and leaves."""
        from . import __version__

        show(f"presigned {__version__}\n")
        parser.exit()


# --- standard streams ------------------------------------------------------------------------


def show(text: str) -> None:
    """Writes to standard output.

    Raises:
        SystemExit: That cannot be written; standard error says why, unless the reader has had enough.
    """
    stream = sys.stdout
    if stream is None:
        leave_unwritten(stream, "it is closed")
    try:
        try:
            stream.write(text)
        except UnicodeEncodeError:
            # A command for a shell, with arguments that came from one: as the bytes that they were.
            stream.buffer.write(os.fsencode(text))
        stream.flush()
    except BrokenPipeError:
        give_up(stream)
        raise SystemExit(UNREAD) from None
    except (OSError, ValueError) as error:
        leave_unwritten(stream, getattr(error, "strerror", None) or error)


def leave_unwritten(stream: TextIO | None, why: object) -> NoReturn:
    """Says why standard output cannot be written, and leaves."""
    give_up(stream)
    complain(f"presigned: cannot write to standard output: {why}\n")
    raise SystemExit(UNWRITABLE)


def complain(text: str) -> None:
    """Writes to standard error, if that can be written; the exit code says that something is wrong in any case."""
    stream = sys.stderr
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        give_up(stream)


def give_up(stream: TextIO | None) -> None:
    """Sends what a stream still holds to nowhere: at its exit Python would try to write it again, and report that."""
    if stream is None:
        return
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (AttributeError, OSError, ValueError):
        # It is no file, and what it holds is lost with it.
        pass

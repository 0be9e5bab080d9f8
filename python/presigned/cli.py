"""Turns a command line into a presigned URL, or into a form for uploads, on standard output.

What ``aws s3 presign`` does with Signature Version 4, for every operation. Errors go to standard
error with exit code 2. Nothing is imported before it is needed: the command starts in a few milliseconds.
"""

from __future__ import annotations

import argparse
import sys

from . import _arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ._client import S3

METHODS = {"get": "get_object", "put": "put_object", "head": "head_object", "delete": "delete_object"}
#: What S3 lets a form upload at most, in bytes.
LARGEST_POST = 5 * 1024**3

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
    """Runs the command line and returns the exit code: 0, or 2 after an error."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    is_post = arguments[:1] == ["post"]
    try:
        options = post_parser().parse_args(arguments[1:]) if is_post else url_parser().parse_args(arguments)
    except SystemExit as leave:  # argparse has said why
        return leave.code if isinstance(leave.code, int) else 2
    from . import exceptions

    try:
        output = post(options) if is_post else url(options)
    except (exceptions.BotoCoreError, ValueError, TypeError, OverflowError) as error:
        sys.stderr.write(f"presigned: {error}\n")
        return 2
    sys.stdout.write(f"{output}\n")
    return 0


def url(options: argparse.Namespace) -> str:
    """The presigned URL that the options ask for."""
    operation: str = options.operation or METHODS[options.method]
    params: dict[str, Any] = {}
    if options.uri is not None:
        params["Bucket"], key = _arguments.bucket_and_key(options.uri)
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
    from . import _post_form

    bucket, key = _arguments.bucket_and_key(options.uri)
    if not key:
        raise ValueError("say under which key: presigned post 's3://BUCKET/PREFIX/${filename}'")
    fields: dict[str, str] = {}
    prefixes: dict[str, str] = dict(options.starts_with)
    for name, value in options.field:
        if name == "Content-Type" and value.endswith("*"):
            prefixes[name] = value[:-1]
        else:
            fields[name] = value
    conditions: list[Any] = [{name: value} for name, value in fields.items()]
    conditions += [["starts-with", f"${name}", prefix] for name, prefix in prefixes.items()]
    if options.min_size is not None or options.max_size is not None:
        largest = LARGEST_POST if options.max_size is None else options.max_size
        conditions.append(["content-length-range", options.min_size or 0, largest])
    form = client(options).generate_presigned_post(bucket, key, fields, conditions, options.expires_in)
    if options.curl is not None:
        return _post_form.curl_command(form["url"], form["fields"], prefixes, options.curl)
    if options.html:
        return _post_form.html_form(form["url"], form["fields"], prefixes)
    return _post_form.json_text(form)


def client(options: argparse.Namespace) -> S3:
    """The client that the options describe."""
    from .config import Config
    from .session import Session

    settings: dict[str, Any] = {}
    if options.addressing_style:
        settings["s3"] = {"addressing_style": options.addressing_style}
    if vars(options).get("no_sign_request"):
        from .config import _UNSIGNED

        # Not `UNSIGNED`, which would load botocore.
        settings["signature_version"] = _UNSIGNED
    session = Session(profile_name=options.profile, region_name=options.region)
    made: S3 = session.client("s3", endpoint_url=options.endpoint_url, config=Config(**settings))
    return made


# --- arguments -------------------------------------------------------------------------------


def url_parser() -> argparse.ArgumentParser:
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
        type=_arguments.operation_name,
        metavar="NAME",
        help="any S3 operation by its boto3 name: upload_part",
    )
    parser.add_argument(
        "--param",
        type=_arguments.parameter,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the operation, as boto3 spells it; lists as a,b, Metadata as a=b,c=d, anything as JSON",
    )
    add_common_options(parser)
    parser.add_argument("--no-sign-request", action="store_true", help="sign nothing: the plain URL of a public object")
    parser.add_argument("--version", action=ShowVersion, nargs=0, help="print the version and exit")
    return parser


def post_parser() -> argparse.ArgumentParser:
    """The options of ``presigned post s3://BUCKET/KEY``."""
    parser = new_parser("presigned post", "Print a form with which others can upload to S3.", POST_EXAMPLES)
    parser.add_argument("uri", metavar="s3://BUCKET/KEY", help="where the upload goes; s3:// may be left out")
    parser.add_argument("--max-size", type=_arguments.size, metavar="SIZE", help="the most it may hold: 500, 10MB, 5GB")
    parser.add_argument("--min-size", type=_arguments.size, metavar="SIZE", help="the least it must hold")
    parser.add_argument(
        "--field",
        type=_arguments.pair,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a form field with its only value, such as acl=private; the policy demands it",
    )
    parser.add_argument(
        "--content-type",
        dest="field",
        type=_arguments.content_type,
        action="append",
        metavar="TYPE",
        help="the type that the upload must have; 'image/*' for a family",
    )
    parser.add_argument(
        "--starts-with",
        type=_arguments.pair,
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


def new_parser(program: str, description: str, examples: str) -> argparse.ArgumentParser:
    """A parser whose help ends in examples."""
    return argparse.ArgumentParser(
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
        type=_arguments.duration,
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


class ShowVersion(argparse.Action):
    """``--version``, which imports the package only when asked."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        """Prints the version and leaves."""
        from . import __version__

        sys.stdout.write(f"presigned {__version__}\n")
        parser.exit()

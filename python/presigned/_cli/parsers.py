"""The options of the two commands, and their help."""

from __future__ import annotations

import argparse

from . import argument_types
from .streams import complain, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

#: Value of `--method` -> the operation.
METHODS = {"get": "get_object", "put": "put_object", "head": "head_object", "delete": "delete_object"}

URL_EXAMPLES = """\
examples:
  presigned s3://photos/cat.jpg
  presigned s3://photos/cat.jpg --expires-in 7d --param ResponseContentDisposition=attachment
  presigned s3://photos/cat.jpg --method put --expires-in 5m
  presigned s3://photos/cat.jpg --operation upload_part --param UploadId=ID --param PartNumber=1
  presigned s3://photos --operation list_objects_v2 --param Prefix=2026/
  presigned s3://photos/cat.jpg --method put --param ContentType=image/jpeg

The request must carry the headers that the URL names in X-Amz-SignedHeaders, as for the last example:
  curl --upload-file cat.jpg --header 'Content-Type: image/jpeg' URL

Other commands make a form that lets a browser upload, and check links that exist:
  presigned post --help; presigned inspect --help; presigned explain --help

Tokens for other services: eks-token, rds-token, dsql-token, msk-token, elasticache-token, memorydb-token and
bedrock-token, each with --help.
"""

POST_EXAMPLES = """\
examples:
  presigned post 's3://photos/uploads/${filename}' --max-size 10MB --content-type 'image/*'
  presigned post s3://photos/cat.jpg --field acl=private --curl cat.jpg
  presigned post 's3://photos/uploads/${filename}' --html > upload.html

${filename} at the end of the key stands for the name of the file that is uploaded.
"""


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
    add_repeated_option(
        parser, "--param", argument_types.parameter, "NAME=VALUE",
        "a parameter of the operation, as boto3 spells it; lists as a,b, Metadata as a=b,c=d, anything as JSON",
    )  # fmt: skip
    add_common_options(parser)
    add_link_options(parser)
    parser.add_argument("--no-sign-request", action="store_true", help="sign nothing: the plain URL of a public object")
    parser.add_argument("--version", action=ShowVersion, nargs=0, help="print the version and exit")
    return parser


def add_link_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `presign`. A URL with one of them is not what `aws s3 presign` makes."""
    group = parser.add_argument_group("options that boto3 does not have")
    group.add_argument(
        "--stable-for",
        type=argument_types.duration,
        metavar="TIME",
        help="the same URL for everybody for so long, so that caches keep what it gives",
    )
    group.add_argument(
        "--signed-at", type=argument_types.instant, metavar="TIME", help="sign at this instant: 2026-11-30T12:00:00Z"
    )
    group.add_argument("--public-url", metavar="URL", help="where readers ask, if a proxy stands before S3")
    group.add_argument("--bucket-region", metavar="REGION", help="sign for this region, at its own host")
    add_repeated_option(group, "--query", argument_types.pair, "NAME=VALUE", "one more parameter of the URL")
    add_repeated_option(group, "--header", argument_types.pair, "NAME=VALUE", "one more header that must be sent")
    add_repeated_option(group, "--hoist", str, "NAME", "a header that becomes a parameter of the URL: x-amz-acl")
    group.add_argument("--clock-offset", type=float, metavar="SECONDS", help="how far this machine's clock is behind")
    group.add_argument(
        "--on-temporary", choices=("raise", "allow"), help="whether temporary credentials may make a stable URL"
    )
    group.add_argument(
        "--on-early-expiry",
        choices=("warn", "raise", "clamp", "refresh", "ignore"),
        help="what to do if the credentials expire before the URL",
    )


def post_parser() -> Parser:
    """The options of ``presigned post s3://BUCKET/KEY``."""
    parser = new_parser("presigned post", "Print a form with which others can upload to S3.", POST_EXAMPLES)
    parser.add_argument("uri", metavar="s3://BUCKET/KEY", help="where the upload goes; s3:// may be left out")
    parser.add_argument(
        "--max-size", type=argument_types.size, metavar="SIZE", help="the most it may hold: 500, 10MB, 5GB"
    )
    parser.add_argument("--min-size", type=argument_types.size, metavar="SIZE", help="the least it must hold")
    add_repeated_option(
        parser, "--field", argument_types.pair, "NAME=VALUE",
        "a form field with its only value, such as acl=private; the policy demands it",
    )  # fmt: skip
    parser.add_argument(
        "--content-type",
        dest="field",
        type=argument_types.content_type,
        action="append",
        metavar="TYPE",
        help="the type that the upload must have; 'image/*' for a family",
    )
    add_repeated_option(
        parser, "--starts-with", argument_types.pair, "NAME=PREFIX",
        "a field that the uploader adds, with the beginning of its value",
    )  # fmt: skip
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


def add_repeated_option(
    parser: argparse._ActionsContainer, name: str, convert: Callable[[str], object], metavar: str, description: str
) -> None:
    """Adds an option that may be given any number of times: its values become a list."""
    parser.add_argument(name, type=convert, action="append", default=[], metavar=metavar, help=description)


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of both commands."""
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
    """Help of a fixed width. To ask the terminal, argparse would import shutil and all compression modules."""

    def __init__(self, prog: str) -> None:
        """Takes the name of the command."""
        super().__init__(prog, width=96)


class Parser(argparse.ArgumentParser):
    """Writes to standard streams that may be closed."""

    def print_help(self, file: object = None) -> None:
        """Prints the help."""
        del file
        show(self.format_help())

    def print_usage(self, file: object = None) -> None:
        """Prints the usage, for an error."""
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
        from presigned import _core

        show(f"presigned {_core.__version__}\n")
        parser.exit()

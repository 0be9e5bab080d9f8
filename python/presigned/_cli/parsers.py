"""The options of `presigned`, those that several commands share, and their help."""

from __future__ import annotations

import argparse

from . import argument_types
from .streams import complain, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, NoReturn

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

Other commands make a form that lets a browser upload and the URLs of an upload in parts, and check links that exist:
  presigned post --help; presigned multipart --help
  presigned inspect --help; presigned verify --help; presigned explain --help

Tokens for other services: eks-token, rds-token, dsql-token, msk-token, elasticache-token, memorydb-token and
bedrock-token, each with --help.
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
    add_instant_options(group, "URL")
    group.add_argument("--public-url", metavar="URL", help="where readers ask, if a proxy stands before S3")
    group.add_argument("--bucket-region", metavar="REGION", help="sign for this region, at its own host")
    add_repeated_option(group, "--query", argument_types.pair, "NAME=VALUE", "one more parameter of the URL")
    add_repeated_option(group, "--header", argument_types.pair, "NAME=VALUE", "one more header that must be sent")
    add_repeated_option(group, "--hoist", str, "NAME", "a header that becomes a parameter of the URL: x-amz-acl")


def add_instant_options(group: argparse._ArgumentGroup, what: str) -> None:
    """Adds the options that links and forms share."""
    group.add_argument(
        "--stable-for",
        type=argument_types.duration,
        metavar="TIME",
        help=f"the same {what} for everybody for so long, so that caches keep it",
    )
    group.add_argument(
        "--signed-at", type=argument_types.instant, metavar="TIME", help="sign at this instant: 2026-11-30T12:00:00Z"
    )
    group.add_argument("--clock-offset", type=float, metavar="SECONDS", help="how far this machine's clock is behind")
    group.add_argument(
        "--on-temporary", choices=("raise", "allow"), help=f"whether temporary credentials may make a stable {what}"
    )
    group.add_argument(
        "--on-early-expiry",
        choices=("warn", "raise", "clamp", "refresh", "ignore"),
        help=f"what to do if the credentials expire before the {what}",
    )


def given_link_options(options: argparse.Namespace) -> dict[str, Any]:
    """The options of `presign` that are given."""
    names = ("stable_for", "signed_at", "public_url", "query", "hoist", "clock_offset", "on_temporary")
    found = given(options, (*names, "on_early_expiry"))
    found.update({"headers": dict(options.header)} if options.header else {})
    found.update({"region": options.bucket_region} if options.bucket_region is not None else {})
    return found


def given(options: argparse.Namespace, names: Iterable[str]) -> dict[str, Any]:
    """The options of these names that are given. Repeated pairs become a dict."""
    found: dict[str, Any] = {}
    for name in names:
        value = getattr(options, name)
        if value is None or value == []:
            continue
        is_pairs = isinstance(value, list) and isinstance(value[0], tuple)
        found[name] = dict(value) if is_pairs else value
    return found


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
    parser: argparse._ActionsContainer,
    name: str,
    convert: Callable[[str], object],
    metavar: str,
    description: str,
    dest: str | None = None,
) -> None:
    """Adds an option that may be given any number of times: its values become a list."""
    dest = dest or name[2:].replace("-", "_")
    parser.add_argument(name, dest=dest, type=convert, action="append", default=[], metavar=metavar, help=description)


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of all commands that presign."""
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

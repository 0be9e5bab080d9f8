"""Turns a command line into a presigned URL on standard output.

It does what ``aws s3 presign`` does with Signature Version 4, for every operation. Further commands make forms and the
URLs of uploads in parts (``post``, ``multipart``), read links that exist (``inspect``, ``verify``, ``explain``), and
print tokens for other services (``eks-token``). Errors go to standard error. Nothing is imported before it is needed:
the command starts in a few milliseconds.
"""

from __future__ import annotations

import os
import sys

from ._cli import argument_types
from ._cli.parsers import METHODS, given_link_options, url_parser
from ._cli.streams import INTERRUPTED, WRONG, complain, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from ._client import S3


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code."""
    for name, mode in (("stdin", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:
            # It is closed. Code that prompts or warns, as for an MFA code, does not check that.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - until the process ends
    try:
        show(output(list(sys.argv[1:] if argv is None else argv)))
    except SystemExit as leave:
        # The error has already been printed.
        return leave.code if isinstance(leave.code, int) else WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def output(arguments: list[str]) -> str:
    """Returns what the command prints.

    Raises:
        SystemExit: An error or the help has been printed.
    """
    try:
        if arguments[:1] == ["post"]:
            from ._cli.post_command import post

            return post(arguments[1:], client)
        if arguments[:1] == ["multipart"]:
            from ._cli.multipart_command import multipart

            return multipart(arguments[1:], client)
        if arguments[:1] in (["inspect"], ["verify"], ["explain"]):
            return check(*arguments)
        if arguments and arguments[0].endswith("-token"):
            from ._cli import token_commands

            if token_commands.is_one(arguments[0]):
                return token_commands.run(arguments[0], arguments[1:], use_profile)
        return url(url_parser().parse_args(arguments)) + "\n"
    except Exception as error:
        if not is_users_to_mend(error):
            raise
        why = "standard input has ended" if isinstance(error, EOFError) else error
        complain(f"presigned: {why}\n")
        raise SystemExit(WRONG) from None


def is_users_to_mend(error: Exception) -> bool:
    """Whether an error is about the user's input or installation. Other errors are shown with a traceback."""
    from . import exceptions

    plain = (ValueError, TypeError, OverflowError, OSError, ImportError, RuntimeError, EOFError)
    return isinstance(error, (*plain, exceptions.BotoCoreError, exceptions.ClientError))


def url(options: argparse.Namespace) -> str:
    """The presigned URL that the options describe."""
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
        raise ValueError("no object given: use presigned s3://BUCKET/KEY")
    more = given_link_options(options)
    s3 = client(options)
    if more:
        return s3.presign(operation, params, expires_in=options.expires_in, **more).url
    return s3.generate_presigned_url(operation, params, options.expires_in)


def check(command: str, *arguments: str) -> str:
    """What `presigned inspect`, `presigned verify` or `presigned explain` prints."""
    from ._cli import link_checks

    if command == "inspect":
        return link_checks.inspect([*arguments])
    answer = link_checks.verify if command == "verify" else link_checks.explain
    return answer([*arguments], session_credentials)


def use_profile(profile: str) -> None:
    """Makes tokens of the credentials and the region of a profile."""
    from . import setup_default_session

    setup_default_session(profile_name=profile)


def session_credentials(profile: str | None) -> Any:
    """The credentials of the environment, or of a profile.

    Raises:
        NoCredentialsError: There are none.
    """
    from .session import Session

    found = Session(profile_name=profile).get_credentials()
    if found is None:
        from ._errors import make

        raise make("NoCredentialsError")
    return found


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

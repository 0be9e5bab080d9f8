"""Turns a command line into a presigned URL, or into a form for uploads, on standard output.

It does what ``aws s3 presign`` does with Signature Version 4, for every operation. Two more commands read links that
exist: ``presigned inspect`` and ``presigned explain``; others, such as ``presigned eks-token``, print tokens for other
services. Errors go to standard error. Nothing is imported before it is needed: the command starts in a few
milliseconds.
"""

from __future__ import annotations

import os
import sys

from ._cli import argument_types
from ._cli.parsers import METHODS, post_parser, url_parser
from ._cli.streams import INTERRUPTED, WRONG, complain, show

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import Any

    from ._client import S3

#: The largest upload by a form that S3 allows, in bytes.
LARGEST_POST = 5 * 1024**3


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
            return post(post_parser().parse_args(arguments[1:])) + "\n"
        if arguments[:1] in (["inspect"], ["explain"]):
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
    more = link_options(options)
    s3 = client(options)
    if more:
        return s3.presign(operation, params, expires_in=options.expires_in, **more).url
    return s3.generate_presigned_url(operation, params, options.expires_in)


def link_options(options: argparse.Namespace) -> dict[str, Any]:
    """The options of `presign` that are given."""
    found = {
        "stable_for": options.stable_for,
        "signed_at": options.signed_at,
        "public_url": options.public_url,
        "region": options.bucket_region,
        "query": dict(options.query),
        "headers": dict(options.header),
        "hoist": options.hoist,
        "clock_offset": options.clock_offset,
        "on_temporary": options.on_temporary,
        "on_early_expiry": options.on_early_expiry,
    }
    return {name: value for name, value in found.items() if value not in (None, {}, [])}


def post(options: argparse.Namespace) -> str:
    """The form for an upload that the options describe, in the requested shape."""
    from ._cli import post_form

    bucket, key = argument_types.bucket_and_key(options.uri)
    if not key:
        raise ValueError("no key given: use presigned post 's3://BUCKET/PREFIX/${filename}'")
    fields: dict[str, str] = {}
    prefixes: dict[str, str] = dict(options.starts_with)
    for name, value in options.field:
        if name == "Content-Type" and value.endswith("*"):
            prefixes[name] = value[:-1]
        else:
            fields[name] = value
    # A form is sent in UTF-8, so an argument that is not UTF-8 cannot be in it.
    "".join([key, *fields, *fields.values(), *prefixes, *prefixes.values()]).encode()
    conditions: list[Any] = [{name: value} for name, value in fields.items()]
    conditions += [["starts-with", f"${name}", prefix] for name, prefix in prefixes.items()]
    if options.min_size is not None or options.max_size is not None:
        largest = LARGEST_POST if options.max_size is None else options.max_size
        conditions.append(["content-length-range", options.min_size or 0, largest])
    form = client(options).generate_presigned_post(bucket, key, fields, conditions, options.expires_in)
    if options.curl is not None:
        from ._client import curl

        return curl.form(form["url"], form["fields"], prefixes, options.curl)
    if options.html:
        return post_form.html_form(form["url"], form["fields"], prefixes)
    return post_form.as_json(form)


def check(command: str, *arguments: str) -> str:
    """What `presigned inspect` or `presigned explain` prints."""
    from ._cli import link_checks

    if command == "inspect":
        return link_checks.inspect([*arguments])
    return link_checks.explain([*arguments], session_credentials)


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

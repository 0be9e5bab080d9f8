"""Two equal clients of boto3, one of them accelerated, and the result of each for the same call."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3
import botocore.config
import botocore.session

import presigned

KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}

# A session has read the models once for all clients.
_SESSION = boto3.Session(botocore_session=botocore.session.Session())


def client(*, config: Mapping[str, Any] | None = None, **arguments: Any) -> Any:
    """A client of boto3."""
    given = {**KEYS, **arguments}
    if config is not None:
        given["config"] = botocore.config.Config(**copied(config))
    made = _SESSION.client("s3", **given)
    made.meta.events.register("before-send.s3", _refuse_to_send)
    return made


def _refuse_to_send(**_: Any) -> None:
    # S3 Express requires a session before a request can be signed.
    raise NetworkUsed


def copied(value: Any) -> Any:
    """A copy of the containers alone: boto3 writes into what it is given."""
    if type(value) in (dict, list, tuple):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        pairs = [(name, copied(item)) for name, item in items]
        return dict(pairs) if isinstance(value, dict) else type(value)(item for _, item in pairs)
    return value


class NetworkUsed(BaseException):
    """A client would have sent a request; not an `Exception`, which botocore would try again."""


@dataclass
class Outcome:
    """What came of a call, what it left in the arguments, and why it was not answered by presigned."""

    text: str
    left: str
    reasons: list[str] = field(default_factory=list)


class Reasons(logging.Handler):
    """Keeps what presigned logs."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps one line."""
        self.texts.append(record.getMessage())


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Hears why calls are left to botocore."""
    logger, handler = logging.getLogger("presigned"), Reasons()
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield handler.texts
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


def ask(subject: Any, method: str, *arguments: Any, **keywords: Any) -> Outcome:
    """Calls a client, with copies of the arguments."""
    arguments, keywords = copied(arguments), copied(keywords)
    with listening() as reasons:
        try:
            result = getattr(subject, method)(*arguments, **keywords)
            text = shown(result)
        except (Exception, NetworkUsed) as error:  # noqa: BLE001 - any exception may be the right one
            text = f"{type(error).__module__}.{type(error).__qualname__} {str(error)!a} {_details(error)}"
    # A stream that botocore makes of a body is a new object each time.
    return Outcome(text, re.sub(r" at 0x[0-9a-f]+", "", ascii((arguments, keywords))), reasons)


def shown(result: Any) -> str:
    """A result and its type, as text."""
    # SigV4A, which awscrt makes, signs at random.
    return re.sub(r"(ECDSA.*Signature=)[0-9a-f]+", r"\1", f"{type(result).__name__} {result!a}")


def _details(error: BaseException) -> str:
    kwargs = getattr(error, "kwargs", {})
    return ascii({name: str(value) for name, value in kwargs.items()})


class Twins:
    """A client as boto3 makes it, and an accelerated one."""

    def __init__(self, *, config: Mapping[str, Any] | None = None, **arguments: Any) -> None:
        self.plain = client(config=config, **arguments)
        self.fast = presigned.accelerate(client(config=config, **arguments))

    def agree(self, method: str, *arguments: Any, **keywords: Any) -> Outcome:
        """Fails unless both make the same of a call; returns what the accelerated one made."""
        theirs = ask(self.plain, method, *arguments, **keywords)
        ours = ask(self.fast, method, *arguments, **keywords)
        call = f"{method}{arguments!a} {keywords!a}"
        assert ours.text == theirs.text, f"{call}\n boto3: {theirs.text}\n ours:  {ours.text}\n {ours.reasons}"
        assert ours.left == theirs.left, f"{call}\n boto3 left: {theirs.left}\n ours left:  {ours.left}"
        return ours

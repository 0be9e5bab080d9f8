"""The differences from boto3 that are meant: each computes from the case alone what must come instead.

Nothing here looks at what presigned answered. A difference either changes the question that boto3
is asked, or turns boto3's answer into a refusal with its own class and message.
"""

from __future__ import annotations

import decimal
import fractions
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from botocore.exceptions import BotoCoreError, NoCredentialsError, ParamValidationError

from .case import POST, Case
from .expiry import Reading, reading
from .model import OPERATIONS
from .outcome import Form, Outcome, Raised, Url, same
from .subjects import Signed, ask_boto3

CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# The end of a FIPS host: a bucket may be named like one.
FIPS = re.compile(r"\bs3[a-z-]*-fips[a-z0-9-]*(\.dualstack)?\.[^.]+\.[a-z0-9]+(\.[a-z.]+)?$")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# Members that become the body as they are, where other payloads become XML.
RAW_BODIES = {
    "put_object": "Body", "upload_part": "Body", "write_get_object_response": "Body",
    "put_object_annotation": "AnnotationPayload",
}  # fmt: skip
# Python's own complaints about the shape of a call: boto3's callers know these.
OF_THE_CALL = re.compile(r"generate_presigned_(url|post)\(\)|unexpected keyword argument|^Session\.|^Takes at most")
# The binding reports these names before the method runs, and with the class in front.
UNKNOWN_NAME = re.compile(
    r"generate_presigned_(?:url|post)\(\) got (an unexpected .*|multiple values for argument 'self')", re.DOTALL
)
NOBODY = "'NoneType' object has no attribute 'access_key'"


@dataclass(frozen=True)
class Refusal:
    """An exception of one of these classes, with these words in its message."""

    classes: tuple[type[BaseException], ...]
    words: tuple[str, ...] = ()

    def describe(self) -> str:
        """The classes and the words."""
        return f"a refusal: {[kind.__name__ for kind in self.classes]} with {self.words}"


Answer = Outcome | Refusal
REFUSED = Refusal((ParamValidationError,))
REFUSED_LIFE = Refusal((ParamValidationError,), ("ExpiresIn",))


def allows(answer: Answer, ours: Outcome) -> bool:
    """Whether presigned's answer is the expected one."""
    if not isinstance(answer, Refusal):
        return same(answer, ours)
    if not isinstance(ours, Raised) or not isinstance(ours.error, answer.classes):
        return False
    return bool(str(ours.error)) and all(word in str(ours.error) for word in answer.words)


def expected(case: Case) -> list[Answer]:
    """What presigned may answer: boto3's own answer, or what a stated difference makes of it."""
    case = _with_aws_region(case)
    read = reading(_with_plain_bucket(case))
    answer, signed = _ask(read.case)
    if isinstance(answer, Raised):
        # An error shows the bucket as it prints, as boto3's does.
        read = reading(case)
        answer, signed = _ask(read.case)
    if isinstance(answer, Url | Form):
        return list(_instead_of_a_result(read, answer, signed))
    return [answer, *_instead_of_an_error(read, answer)]


def _ask(case: Case) -> tuple[Outcome, Signed]:
    """SigV4 unless set otherwise, bodies left out, and no host that does not exist."""
    answer, signed = ask_boto3(case, sigv2_by_default=False, body_in_query=False)
    if isinstance(answer, Url | Form):
        host = (answer.text if isinstance(answer, Url) else answer.url).split("/")[2]
        # `s3-external-1` is another name for us-east-1, which has a FIPS host.
        external = case.setting.client.get("region_name") == "s3-external-1"
        if ".aws-global." in host or (FIPS.search(host) and not external):
            return ask_boto3(case, sigv2_by_default=False, body_in_query=False, global_host=False)
    return answer, signed


def _with_aws_region(case: Case) -> Case:
    """`AWS_REGION` is read last, when nothing else names a region."""
    made_of = case.setting
    files = f"{made_of.config_file or ''}\n{made_of.credentials_file or ''}"
    named = (
        "region_name" in {**made_of.client, **made_of.session, **(made_of.config or {})}
        or "AWS_DEFAULT_REGION" in made_of.environ
        or re.search(r"^region\b", files, re.MULTILINE)
    )
    if named or not made_of.environ.get("AWS_REGION"):
        return case
    environ = {**made_of.environ, "AWS_DEFAULT_REGION": made_of.environ["AWS_REGION"]}
    return replace(case, setting=replace(made_of, environ=environ))


def _with_plain_bucket(case: Case) -> Case:
    """A bucket of a `str` subclass is used as the string that it is, not as what it prints."""
    bucket = _params(case).get("Bucket")
    if not isinstance(bucket, str) or type(bucket) is str:
        return case
    if case.method == POST:
        return case.with_argument("Bucket", 0, str.__str__(bucket))
    return case.with_argument("Params", 1, {**_params(case), "Bucket": str.__str__(bucket)})


def _instead_of_a_result(read: Reading, answer: Outcome, signed: Signed) -> Iterator[Answer]:
    """A URL that S3 must refuse, or that hides a body, is not made."""
    case, sigv4 = read.case, str(signed.version).startswith(("s3v4", "v4"))
    if read.refused:
        yield REFUSED_LIFE
    if _broken(case):
        yield Refusal((ValueError,), ("UTF-8",))
    if not read.taken:
        return
    if sigv4 and (name := _full_body(case)):
        yield Refusal((ParamValidationError,), (name,))
    elif _controlled_host(case) or (sigv4 and case.method != POST and _has(CONTROL, signed)):
        yield REFUSED
    else:
        yield answer
        # SigV2 and unsigned URLs send the header elsewhere or not at all: either will do.
        if case.method != POST and _has(CONTROL, signed):
            yield REFUSED


def _instead_of_an_error(read: Reading, answer: Outcome) -> Iterator[Answer]:
    """Where boto3 fails too, which of two faults is named first is open if boto3 never names one."""
    case = read.case
    if isinstance(answer, Raised) and (unknown := UNKNOWN_NAME.fullmatch(str(answer.error))):
        yield Refusal((TypeError,), (unknown[1].replace("multiple values for argument 'self'", "'self'"),))
    if read.refused:
        yield REFUSED_LIFE
    if _controlled_host(case):
        yield REFUSED
    if _broken(case):
        yield Refusal((ValueError,), ("UTF-8",))
    assert isinstance(answer, Raised)
    if isinstance(answer.error, UnicodeEncodeError):
        # In a signed header; boto3 names the codec, or that of the library which holds its headers.
        yield Refusal((ParamValidationError,), ("surrogate",))
    if is_accidental(answer):
        yield _proper(case, answer)
        life = case.argument("ExpiresIn", 4)
        if case.method == POST and isinstance(life, decimal.Decimal | fractions.Fraction):
            yield REFUSED_LIFE
    if without := _without_payload(case):
        yield _ask(without)[0]


def is_accidental(answer: Raised) -> bool:
    """Whether boto3 tripped over its own feet, where it could have said what was wrong."""
    kind, text = type(answer.error), str(answer.error)
    return kind in (AttributeError, KeyError, TypeError) and not OF_THE_CALL.search(text)


def _proper(case: Case, answer: Raised) -> Refusal:
    """The proper class of the same family."""
    if case.method == POST and str(answer.error) == NOBODY:
        return Refusal((NoCredentialsError,), ("Unable to locate credentials",))
    return Refusal((TypeError, ValueError, KeyError, BotoCoreError))


def _params(case: Case) -> dict[str, Any]:
    if case.method == POST:
        return {"Bucket": case.argument("Bucket", 0)}
    params = case.argument("Params", 1)
    return params if isinstance(params, dict) else {}


def _full_body(case: Case) -> str | None:
    """The name of a raw body that is not empty; streams have their own test."""
    name = RAW_BODIES.get(case.operation, "") if isinstance(case.operation, str) else ""
    body = _params(case).get(name)
    full = body is not None and not hasattr(body, "read") and body not in (b"", "", bytearray())
    return name if full else None


def _controlled_host(case: Case) -> bool:
    bucket = _params(case).get("Bucket")
    return isinstance(bucket, str) and CONTROL.search(bucket) is not None


def _broken(case: Case) -> bool:
    """Whether an access key, a secret or a token is not a string that can be sent."""
    given = case.setting.client
    return any(SURROGATE.search(str(given[name])) for name in given if name.startswith("aws_"))


def _has(pattern: re.Pattern[str], signed: Signed) -> bool:
    return any(pattern.search(name) or pattern.search(value) for name, value in signed.headers)


def _without_payload(case: Case) -> Case | None:
    """With validation off, a payload that boto3 could not even write is still left out of the URL."""
    model = OPERATIONS.get(case.operation) if isinstance(case.operation, str) else None
    if model is None or not model.input_shape or (case.setting.config or {}).get("parameter_validation", True):
        return None
    payload = model.input_shape.serialization.get("payload")
    params = _params(case)
    if case.method == POST or payload not in params:
        return None
    return case.with_argument("Params", 1, {name: value for name, value in params.items() if name != payload})

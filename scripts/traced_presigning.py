"""Traces which names of modules, methods and constants botocore looks up while it presigns, for `generate_lookups`."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from dis import get_instructions
from functools import cache
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import boto3
import botocore
import botocore.config

import generator

#: The module or class of a name, or `None`.
resolved: Callable[[str], Any] = generator.module(generator.IN_PLACE / "origin.py").resolved

OBJECT = {"Bucket": "bucket", "Key": "some/key é.txt"}
MOMENT = datetime(2025, 6, 7, 8, 9, 10, tzinfo=timezone.utc)
#: Calls whose values are strings, numbers and booleans.
PLAIN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_object", OBJECT),
    ("get_object", {**OBJECT, "VersionId": "1", "ResponseContentType": "text/plain", "PartNumber": 1}),
    ("put_object", {**OBJECT, "ContentType": "text/plain", "ContentLength": 1, "BucketKeyEnabled": True}),
    ("head_object", OBJECT),
    ("delete_object", {**OBJECT, "BypassGovernanceRetention": True}),
    ("upload_part", {**OBJECT, "UploadId": "u", "PartNumber": 1}),
    ("list_objects_v2", {"Bucket": "bucket", "Prefix": "a/", "MaxKeys": 5}),
    ("list_buckets", {}),
)
#: Calls with other values: timestamps, lists, maps, customer keys, copy sources, ARNs.
SPECIAL: tuple[tuple[str, dict[str, Any]], ...] = (
    ("get_object", {**OBJECT, "IfModifiedSince": MOMENT, "ResponseExpires": MOMENT.replace(tzinfo=None)}),
    ("get_object", {**OBJECT, "SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}),
    ("get_object", {**OBJECT, "SSECustomerKey": b"k" * 32}),
    ("get_object", {**OBJECT, "Bucket": "arn:aws:s3:us-west-2:123456789012:accesspoint/myap"}),
    ("put_object", {**OBJECT, "Metadata": {"A": "x  y"}, "ObjectLockRetainUntilDate": MOMENT, "Expires": MOMENT}),
    ("put_object", {**OBJECT, "SSECustomerKey": "k" * 32, "Metadata": {}}),
    ("copy_object", {**OBJECT, "CopySource": {"Bucket": "b", "Key": "k é", "VersionId": "1"}}),
    ("copy_object", {**OBJECT, "CopySource": "b/k?versionId=1", "CopySourceSSECustomerKey": "k" * 32}),
    ("create_multipart_upload", {**OBJECT, "Metadata": {"a": "b"}}),
    ("get_object_attributes", {**OBJECT, "ObjectAttributes": ["ETag", "a,b"]}),
    ("list_objects_v2", {"Bucket": "bucket", "OptionalObjectAttributes": ["RestoreStatus"]}),
)
FORMS: tuple[dict[str, Any], ...] = (
    {"Bucket": "bucket", "Key": "key"},
    {"Bucket": "bucket", "Key": "up/${filename}", "Fields": {"acl": "private"}, "Conditions": [{"acl": "private"}]},
)
#: Signature version of the core -> signature version of clients, and the regions in which it means this one.
SIGNATURES: dict[str, tuple[tuple[Any, tuple[str, ...]], ...]] = {
    "s3v4": (("s3v4", ("us-east-1", "eu-central-1")), ("v4", ("us-east-1",)), (None, ("eu-central-1",))),
    "s3": (("s3", ("us-east-1", "eu-central-1")), (None, ("us-east-1",))),
    "unsigned": ((botocore.UNSIGNED, ("us-east-1", "eu-central-1")),),
}
SESSION = boto3.Session()
Tracer = Callable[[FrameType, str, Any], Any]
#: Module or class -> names in it.
Places = dict[str, set[str]]


class Watch:
    """Records the names that botocore's functions look up while it runs."""

    def __init__(self) -> None:
        #: Module or class -> the names.
        self.names: Places = defaultdict(set)
        #: Class -> the classes from which it inherits such names.
        self.bases: Places = defaultdict(set)
        #: Function -> what follows an instruction of it. A name is noted once, and not looked at again.
        self._codes: dict[tuple[str, CodeType], tuple[Tracer, dict[int, list[str]]]] = {}

    def run(self, call: Callable[[], object]) -> None:
        """Makes a call, and records the names that it looks up."""
        sys.settrace(self._entered)
        try:
            call()
        finally:
            sys.settrace(None)

    def _entered(self, frame: FrameType, event: str, _: Any) -> Any:
        module = frame.f_globals.get("__name__", "")
        if event != "call" or module.partition(".")[0] != "botocore":
            return None
        self._note_method(module, frame)
        key = module, frame.f_code
        if key not in self._codes:
            self._codes[key] = self._tracer(frame)
        stepped, unseen = self._codes[key]
        if not unseen:
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return stepped

    def _note_method(self, module: str, frame: FrameType) -> None:
        owner, _, name = getattr(frame.f_code, "co_qualname", frame.f_code.co_name).rpartition(".")
        if not owner or "<locals>" in owner:
            return
        self.names[f"{module}.{owner}"].add(name)
        defined_in = resolved(f"{module}.{owner}")
        first = next(iter(frame.f_locals.values()), None)
        family = (first if isinstance(first, type) else type(first)).__mro__
        for kind in family[: family.index(defined_in) if defined_in in family else 0]:
            if resolved(f"{kind.__module__}.{kind.__qualname__}") is kind:
                self.bases[f"{kind.__module__}.{kind.__qualname__}"].add(f"{module}.{owner}")

    def _tracer(self, frame: FrameType) -> tuple[Tracer, dict[int, list[str]]]:
        """What traces a function, and the lookups in it that are not seen yet."""
        unseen = dict(lookups(frame.f_code))

        def stepped(frame: FrameType, event: str, _: Any) -> Any:
            if event == "opcode" and frame.f_lasti in unseen:
                self._note(frame.f_globals, unseen.pop(frame.f_lasti))
            return stepped

        return stepped, unseen

    def _note(self, space: dict[str, Any], path: list[str]) -> None:
        """Notes a global name and, as long as each is a module, the names that are taken from it."""
        for name in path:
            if name not in space:
                return
            self.names[space["__name__"]].add(name)
            if not isinstance(space[name], ModuleType):
                return
            space = vars(space[name])

    def add_constants(self) -> None:
        """Adds the constants of the classes involved that a function mentions."""
        mentioned = {name for _, code in self._codes for name in code.co_names}
        for place in [*self.names, *self.bases]:
            for kind in getattr(resolved(place), "__mro__", (object,))[:-1]:
                constants = {name for name, value in vars(kind).items() if is_constant(value)} & mentioned
                if constants and kind.__module__.startswith("botocore"):
                    self.names[f"{kind.__module__}.{kind.__qualname__}"] |= constants


@cache
def lookups(code: CodeType) -> dict[int, list[str]]:
    """The instructions of a function that look up a global name -> the name, and the attributes that follow at once."""
    found: dict[int, list[str]] = {}
    path: list[str] | None = None
    for step in get_instructions(code):
        if step.opname == "LOAD_GLOBAL":
            path = found[step.offset] = [step.argval]
        elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and path is not None:
            path.append(step.argval)
        else:
            path = None
    return found


def is_constant(value: Any) -> bool:
    """Whether an attribute of a class is a value, not a method."""
    return not isinstance(value, FunctionType | property | classmethod | staticmethod) and not hasattr(value, "__get__")


def clients(signature: str, endpoint: str | None) -> Iterator[Any]:
    """Clients with one signature version, as programs make them."""
    keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "aws_session_token": "c"}
    for version, regions in SIGNATURES[signature]:
        for region in regions:
            for style in ("auto", "path"):
                config = botocore.config.Config(signature_version=version, s3={"addressing_style": style})
                yield SESSION.client("s3", region_name=region, config=config, endpoint_url=endpoint, **keys)


def copied(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters for one call; the call may write into them."""
    return {name: {**value} if isinstance(value, dict) else value for name, value in params.items()}


def urls(client: Any, calls: tuple[tuple[str, dict[str, Any]], ...]) -> None:
    """Presigns some calls."""
    for method, params in calls:
        client.generate_presigned_url(method, copied(params))


def forms(client: Any) -> None:
    """Makes forms."""
    for arguments in FORMS:
        client.generate_presigned_post(**copied(arguments))


def watched(signature: str) -> tuple[Watch, Watch, Watch, Watch]:
    """The names that simple URLs, other URLs and forms of a used client look up, and those that the first ones do."""
    plain, special, form, first = Watch(), Watch(), Watch(), Watch()
    for endpoint in (None, "http://127.0.0.1:9000"):
        # An ARN cannot be used with a custom endpoint.
        calls = tuple(call for call in SPECIAL if endpoint is None or ":" not in call[1]["Bucket"])
        for client in clients(signature, endpoint):
            for watch, call in (
                (plain, lambda one=client: urls(one, PLAIN)),
                (special, lambda one=client, calls=calls: urls(one, calls)),
                (form, lambda one=client: forms(one)),
            ):
                # The first call also looks up what is cached from then on.
                first.run(call)
                watch.run(call)
    for watch in (plain, special, form, first):
        watch.add_constants()
    return plain, special, form, first

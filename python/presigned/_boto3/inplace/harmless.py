"""Lists what tracing products put into botocore, if it does not change presigned URLs and forms.

The source of each was read to make sure; MIGRATION.md names the products and the versions. Most products only wrap
functions that send requests. They are not listed, because presigning does not call those functions.

A name is not enough. Its module must have defined the function itself, and the function must still mention the
strings by which it was found to be harmless.
"""

from __future__ import annotations

import sys
from types import CodeType, FunctionType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    #: Function in the module -> strings that it must mention.
    _Marks = dict[str, tuple[str, ...]]

#: Event -> module and function of a handler of it -> the marks. Both skip requests that are presigned: the user of a
#: link would have to send the headers that they add.
_HANDLERS: dict[str, dict[tuple[str, str], _Marks]] = {
    "before-sign": {
        # Sentry 2.69 to 2.71.
        ("sentry_sdk.integrations.boto3", "_sentry_before_sign"): {
            "_sentry_before_sign": ("-query", "-presign-post"),
        },
        # Sentry 2.72 to 2.75. Older ones have handlers only for requests that are sent.
        ("sentry_sdk.integrations.boto3._instrumentation", "_sentry_before_sign"): {
            "_sentry_before_sign": ("-query", "-presign-post"),
        },
        # Datadog 4.12 to 4.16. Older ones have no handlers.
        ("ddtrace.contrib.internal.botocore.patch", "_botocore_before_sign_handler"): {
            "_botocore_before_sign_handler": ("_inject_trace_headers_handler",),
            "_inject_trace_headers_handler": ("-query", "presign-post"),
        },
        # It calls the function above.
        ("ddtrace.contrib.internal.aiobotocore.patch", "_aiobotocore_before_sign_handler"): {
            "_aiobotocore_before_sign_handler": ("_inject_trace_headers_handler",),
        },
        # mlflow 3.17 adds to the header User-Agent, which presigned URLs never sign.
        ("mlflow.store.artifact.b2_artifact_repo", "_add_b2_user_agent"): {
            "_add_b2_user_agent": ("User-Agent",),
        },
    },
}
#: Class and method -> module and function that wrap it, by wrapt -> the marks.
_WRAPPERS: dict[tuple[str, str], dict[tuple[str, str], _Marks]] = {
    # Instana 3 copies headers of the request into a span.
    ("botocore.auth.SigV4Auth", "add_auth"): {
        ("instana.instrumentation.aws.boto3", "emit_add_auth_with_instana"): {},
        ("instana.instrumentation.boto3_inst", "emit_add_auth_with_instana"): {},
    },
    # New Relic 11 to 14 looks for the name of a Lambda function, and no parameter of S3 has this name.
    ("botocore.client.BaseClient", "_emit_api_params"): {
        ("newrelic.hooks.external_botocore", "wrap_emit_api_params"): {"wrap_emit_api_params": ("FunctionName",)},
    },
    # It also removes it from the parameters again.
    ("botocore.validate.ParamValidationDecorator", "serialize_to_request"): {
        ("newrelic.hooks.external_botocore", "wrap_emit_api_params.<locals>.wrap_serialize_to_request"): {},
    },
    # Lumigo 1.1 adds the header X-Amzn-Trace-Id, which presigned URLs never sign.
    ("botocore.awsrequest.AWSRequest", "__init__"): {
        ("lumigo_tracer.wrappers.http.sync_http_wrappers", "_putheader_wrapper"): {
            "_putheader_wrapper": ("X-Amzn-Trace-Id",),
        },
    },
}
#: Headers that New Relic 14 keeps from being signed, and that no presigned URL has.
_UNSIGNED_HEADERS = ("newrelic", "x-newrelic-synthetics", "x-newrelic-synthetics-info")


def is_harmless(event: str, handler: Any) -> bool:
    """Whether a handler of an event changes nothing about what is presigned."""
    return any(event.split(".", 1)[0] == name and _is_one_of(known, handler) for name, known in _HANDLERS.items())


def unwrapped(place: str, name: str, found: Any) -> Any:
    """A method without the wrappers that change nothing; the method itself if it has other wrappers."""
    while type(found).__name__ == "FunctionWrapper":
        if not _is_one_of(_WRAPPERS.get((place, name), {}), getattr(found, "_self_wrapper", None)):
            break
        found = found.__wrapped__
    return found


def without_unsigned_headers(headers: list[Any]) -> list[Any]:
    """Removes, from the headers that are never signed, those that no presigned URL has."""
    return [one for one in headers if one not in _UNSIGNED_HEADERS]


def _is_one_of(known: dict[tuple[str, str], _Marks], function: Any) -> bool:
    if type(function) is not FunctionType:
        return False
    marks = known.get((function.__module__, function.__qualname__))
    home = sys.modules.get(function.__module__)
    if marks is None or home is None or function.__globals__ is not vars(home):
        return False
    return all(_mentions(vars(home).get(name), words) for name, words in marks.items())


def _mentions(function: Any, words: tuple[str, ...]) -> bool:
    if type(function) is not FunctionType:
        return False
    mentioned = {*_mentioned(function.__code__)}
    return mentioned.issuperset(words)


def _mentioned(code: CodeType) -> list[Any]:
    """The names and constants of a function, and of the functions in it."""
    found: list[Any] = [*code.co_names]
    for one in code.co_consts:
        if isinstance(one, CodeType):
            found += _mentioned(one)
        elif type(one) in (tuple, frozenset):
            found += [item for item in one if isinstance(item, str)]
        elif isinstance(one, str):
            found.append(one)
    return found

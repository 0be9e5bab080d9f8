"""Event handlers that programs register. Each does what it can with what its event gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.handlers import disable_signing

from .observed import shown


def for_programs(note: Callable[[Any], None]) -> dict[str, Any]:
    """The handlers by name; each notes that it was called."""

    def look(event_name: str, **given: Any) -> None:
        note(("look", event_name, *_told(given)))

    def other_key(params: Any = None, **given: Any) -> Any:
        note(("other_key", given["event_name"]))
        if isinstance(params, dict) and "Key" in params:
            params["Key"] = f"tenant/{params['Key']}"

    def other_params(params: Any = None, **given: Any) -> Any:
        note(("other_params", given["event_name"]))
        return {**params, "Bucket": "films"} if isinstance(params, dict) and "Bucket" in params else None

    def add_header(request: Any = None, params: Any = None, **given: Any) -> None:
        note(("add_header", given["event_name"]))
        headers = getattr(request, "headers", params.get("headers") if isinstance(params, dict) else None)
        if headers is not None:
            headers["x-amz-meta-added"] = "yes"

    def add_query(request: Any = None, **given: Any) -> None:
        note(("add_query", given["event_name"]))
        if isinstance(getattr(request, "params", None), dict):
            request.params["x-added"] = "yes"

    def answer(**given: Any) -> Any:
        note(("answer", given["event_name"]))
        if given["event_name"].startswith("before-send"):
            return AWSResponse(given["request"].url, 200, {"x-amz-meta-from": "handler"}, _Stream())
        if given["event_name"].startswith("before-call"):
            return AWSResponse("http://none", 200, {}, _Stream()), {"From": "handler"}
        return None

    def fail(**given: Any) -> None:
        note(("fail", given["event_name"]))
        raise RuntimeError("a handler failed")

    def sign_by_sigv2(**given: Any) -> str | None:
        note(("sign_by_sigv2", given["event_name"]))
        return "s3-query" if given.get("signing_name") == "s3" and "-query" in given["signature_version"] else None

    def mix_in(class_attributes: Any = None, base_classes: Any = None, **given: Any) -> None:
        note(("mix_in", given["event_name"]))
        if class_attributes is not None:
            base_classes.insert(0, Greeter)
            class_attributes["region_upper"] = property(lambda self: self.meta.region_name.upper())

    def replace_presigning(class_attributes: Any = None, **given: Any) -> None:
        note(("replace_presigning", given["event_name"]))
        if class_attributes is not None:
            class_attributes["generate_presigned_url"] = lambda self, *given, **named: f"mine {self.meta.region_name}"

    return {
        "look": look,
        "other_key": other_key,
        "other_params": other_params,
        "add_header": add_header,
        "add_query": add_query,
        "answer": answer,
        "fail": fail,
        "sign_by_sigv2": sign_by_sigv2,
        "mix_in": mix_in,
        "replace_presigning": replace_presigning,
        "disable_signing": disable_signing,
    }


class Greeter:
    """A base that a handler gives to clients and resources."""

    def greet(self) -> str:
        """Says where from."""
        meta: Any = self.meta  # type: ignore[attr-defined]  # of whoever has this base
        return f"hello from {getattr(meta, 'region_name', None) or meta.client.meta.region_name}"


class _Stream:
    def stream(self, **_: Any) -> list[bytes]:
        return [b""]

    def read(self, *_: Any) -> bytes:
        return b""


def _told(given: dict[str, Any]) -> list[Any]:
    told = [(name, shown(given[name])) for name in sorted(given) if name in _PLAIN]
    if "model" in given:
        told.append(("model", given["model"].name))
    if (request := given.get("request")) is not None:
        told += [("url", request.url), ("method", request.method)]
        told += [(name.lower(), str(value)) for name, value in request.headers.items()]
    return told


#: What events give that is plain, apart from `context`, of which botocore makes free use.
_PLAIN = frozenset({"attempts", "operation_name", "region_name", "signature_version", "signing_name"})

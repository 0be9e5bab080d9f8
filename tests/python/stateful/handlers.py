"""Event handlers that programs register. Each does what it can with what its event gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.handlers import disable_signing

from .observed import shown
from .server import UNSTABLE, without_features

#: What events give that is plain, apart from `context`, of which botocore makes free use.
PLAIN = frozenset({"attempts", "operation_name", "region_name", "signature_version", "signing_name"})


def for_programs(note: Callable[[Any], None]) -> dict[str, Any]:
    """The handlers by name."""
    handlers = Handlers(note)
    own = {name: getattr(handlers, name) for name in vars(Handlers) if name[0] != "_"}
    return {**own, "disable_signing": disable_signing}


class Handlers:
    """Each notes that it was called.

    Args:
        note: Takes a note.
    """

    def __init__(self, note: Callable[[Any], None]) -> None:
        self._take = note

    def _note(self, seen: tuple[Any, ...]) -> None:
        """Notes a call, except for line I of COMPATIBILITY.md."""
        if seen[1] != "creating-resource-class.s3.ServiceResource":
            self._take(seen)

    def look(self, event_name: str, **given: Any) -> None:
        """Does nothing but note what it got."""
        seen = [(name, shown(given[name])) for name in sorted(given) if name in PLAIN]
        if "model" in given:
            seen.append(("model", given["model"].name))
        if (request := given.get("request")) is not None:
            seen += [("url", request.url), ("method", request.method)]
            headers = ((name.lower(), without_features(str(value))) for name, value in request.headers.items())
            seen += [(name, value) for name, value in headers if name not in UNSTABLE]
        self._note(("look", event_name, *seen))

    def other_key(self, params: Any = None, **given: Any) -> None:
        """Changes the key, in place."""
        self._note(("other_key", given["event_name"]))
        if isinstance(params, dict) and "Key" in params:
            params["Key"] = f"tenant/{params['Key']}"

    def other_params(self, params: Any = None, **given: Any) -> Any:
        """Changes the bucket, in a copy."""
        self._note(("other_params", given["event_name"]))
        return {**params, "Bucket": "films"} if isinstance(params, dict) and "Bucket" in params else None

    def add_header(self, request: Any = None, params: Any = None, **given: Any) -> None:
        """Adds a header."""
        self._note(("add_header", given["event_name"]))
        headers = getattr(request, "headers", params.get("headers") if isinstance(params, dict) else None)
        if headers is not None:
            headers["x-amz-meta-added"] = "yes"

    def add_query(self, request: Any = None, **given: Any) -> None:
        """Adds to the query."""
        self._note(("add_query", given["event_name"]))
        if isinstance(getattr(request, "params", None), dict):
            request.params["x-added"] = "yes"

    def answer(self, **given: Any) -> Any:
        """Answers in the place of the server."""
        name = given["event_name"]
        self._note(("answer", name))
        if name.startswith("before-send"):
            return AWSResponse(given["request"].url, 200, {"x-amz-meta-from": "handler"}, _Stream())
        if name.startswith("before-call"):
            return AWSResponse("http://none", 200, {}, _Stream()), {"From": "handler"}
        return None

    def fail(self, **given: Any) -> None:
        """Raises an error."""
        self._note(("fail", given["event_name"]))
        raise RuntimeError("a handler failed")

    def sign_by_sigv2(self, **given: Any) -> str | None:
        """Chooses another signature for URLs."""
        self._note(("sign_by_sigv2", given["event_name"]))
        return "s3-query" if given.get("signing_name") == "s3" and "-query" in given["signature_version"] else None

    def mix_in(self, class_attributes: Any = None, base_classes: Any = None, **given: Any) -> None:
        """Gives the class of a client or resource a base and a property."""
        self._note(("mix_in", given["event_name"]))
        if class_attributes is not None:
            base_classes.insert(0, Greeter)
            class_attributes["region_upper"] = property(lambda client: client.meta.region_name.upper())

    def replace_presigning(self, class_attributes: Any = None, **given: Any) -> None:
        """Gives the class of a client a way to presign of its own."""
        self._note(("replace_presigning", given["event_name"]))
        if class_attributes is not None:
            class_attributes["generate_presigned_url"] = lambda client, *_, **__: f"mine {client.meta.region_name}"


class Greeter:
    """A base that a handler gives to clients and resources."""

    def greet(self) -> str:
        """Says where from."""
        meta: Any = self.meta  # type: ignore[attr-defined]  # of the class with this base
        return f"hello from {getattr(meta, 'region_name', None) or meta.client.meta.region_name}"


class _Stream:
    def stream(self, **_: Any) -> list[bytes]:
        return [b""]

    def read(self, *_: Any) -> bytes:
        return b""

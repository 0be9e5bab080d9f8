"""Presigns by boto3 for `presign` and `presign_post`, which also return the method, headers and expiry."""

from __future__ import annotations

import base64
import json
from copy import copy
from datetime import datetime, timezone
from urllib.parse import parse_qs, urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class NotedEvents:
    """The events of a signer. This object keeps the request that is about to be signed.

    Args:
        events: The client's events, with all its handlers.
        service_id: The service. botocore passes it to handlers of requests that it sends, so this does too.
    """

    def __init__(self, events: Any, service_id: str) -> None:
        self._events = events
        self._service_id = service_id
        #: The request after all handlers have run.
        self.request: Any = None

    def emit(self, event_name: str, **arguments: Any) -> Any:
        """Calls the handlers of an event."""
        if not event_name.startswith("before-sign."):
            return self._events.emit(event_name, **arguments)
        found = self._events.emit(event_name, service_id=self._service_id, **arguments)
        self.request = arguments["request"]
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._events, name)


def noting(client: Any, kind: Any = NotedEvents) -> tuple[Any, Any]:
    """Makes another client with the same parts, whose signer notes the request; other threads may use the first."""
    signer = copy(client._request_signer)
    events = kind(signer._event_emitter, client.meta.service_model.service_id)
    signer._event_emitter = events
    made = object.__new__(type(client))
    vars(made).update(vars(client), _request_signer=signer)
    return made, events


def request(
    client: Any, operation: str, params: Any, expires_in: Any, http_method: Any
) -> tuple[str, str, dict[str, str], int | None]:
    """Presigns a request by boto3.

    Returns:
        Method, URL, the headers to send, and the expiry in seconds since 1970, if there is one.
    """
    client_that_notes, events = noting(client)
    url: str = client_that_notes.generate_presigned_url(operation, params, expires_in, http_method)
    return read_request(client, operation, url, events.request, http_method)


def read_request(
    client: Any, operation: str, url: str, made: Any, http_method: Any
) -> tuple[str, str, dict[str, str], int | None]:
    """Reads from a request and its URL what its sender needs."""
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    if made is None:
        model = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation])
        return http_method or model.http["method"], url, {}, _end(query)
    signed = query.get("X-Amz-SignedHeaders", [None])[0]
    headers = {name.lower(): _as_sent(value) for name, value in made.headers.items()}
    if "Expires" in query:
        # SigV2 signs the expiry in its place.
        headers.pop("date", None)
    if signed is not None:
        headers = {name: headers[name] for name in signed.split(";") if name != "host" and name in headers}
    return made.method, url, headers, _end(query)


def form(
    client: Any, bucket: Any, key: Any, fields: Any, conditions: Any, expires_in: Any
) -> tuple[dict[str, Any], int | None]:
    """Presigns a form by boto3.

    Returns:
        What `generate_presigned_post` returns, and the expiry in seconds since 1970, if there is one.
    """
    made: dict[str, Any] = client.generate_presigned_post(bucket, key, fields, conditions, expires_in)
    return made, form_end(made)


def form_end(made: dict[str, Any]) -> int | None:
    """Reads from a form when its policy expires."""
    policy = made["fields"].get("policy")
    if policy is None:
        return None
    end = json.loads(base64.b64decode(policy))["expiration"]
    return int(datetime.strptime(end, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())


def _end(query: dict[str, list[str]]) -> int | None:
    if "X-Amz-Date" in query and "X-Amz-Expires" in query:
        begin = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
        return int(begin.timestamp()) + int(query["X-Amz-Expires"][0])
    if "Expires" in query and "Signature" in query:
        return int(query["Expires"][0])
    return None


def _as_sent(value: Any) -> str:
    """Each character of a header is sent as one byte."""
    return value.decode("latin-1") if isinstance(value, bytes) else str(value).encode().decode("latin-1")

"""`verify` accepts what is presigned for each of the 116 operations, with as little and with all that it takes."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

import presigned
from parity.model import OPERATIONS, filled, members, required

from . import making
from .making import KEYS, NOW, TOKEN

#: Arguments of a client, as in `making.client`.
SIGNERS: list[dict[str, Any]] = [
    {},
    {"token": TOKEN},
    {"style": "virtual"},
    {"style": "path", "region": "us-east-1"},
    {"signature": "s3"},
    {"signature": "s3", "token": TOKEN, "style": "virtual"},
]

#: Values that the model restricts.
RESTRICTED = {
    "RequestRoute": "route",
    "ObjectEncryption": {"SSEKMS": {"KMSKeyArn": "arn:aws:kms:eu-central-1:1:key/k"}},
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_request_of_every_operation_holds(operation: str) -> None:
    seen = 0
    for arguments in SIGNERS:
        s3 = making.client(**arguments)
        for names in (required(operation), [*members(operation)]):
            params = filled(operation, names)
            params.update({name: value for name, value in RESTRICTED.items() if name in params})
            try:
                with time_machine.travel(making.SIGNED_AT, tick=False):
                    request = s3.presign(operation, params)
            except presigned.exceptions.BotoCoreError:
                # No host takes this operation with such parameters.
                continue
            keys = (*KEYS, arguments.get("token"))
            assert presigned.verify(request, keys, now=NOW), (arguments, request.url)
            other = "GET" if request.method != "GET" else "PUT"
            assert presigned.verify(request, keys, method=other, now=NOW).reason == "signature"
            if request.headers:
                bare = presigned.verify(request, keys, headers={}, now=NOW)
                # SigV2 has the headers that it signs in the query.
                assert bare.reason == ("headers_missing" if "X-Amz-SignedHeaders" in request.url else None)
            seen += 1
    assert seen >= len(SIGNERS)

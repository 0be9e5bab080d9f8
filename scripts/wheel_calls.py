"""A hundred URLs and forms, for boto3 and presigned alike."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = (
    "cat.jpg",
    "a/b c+d.txt",
    "äöü/日本語.bin",
    "x" * 200,
    "~!*'()%20",
    "🐈.gif",
    "",
    "photos//cat.jpg",
    "?a=b&c",
    "#",
)
TOKEN = 3 * "IQoJb3JpZ2luX2VjE+/aCXVzLXdlc3QtMiJH=="
#: Arguments of the clients.
CLIENTS = (
    {"region_name": "eu-central-1"},
    {"region_name": "us-east-1", "aws_session_token": TOKEN},
    {"region_name": "eu-central-1", "signature_version": "s3"},
    {"region_name": "us-west-2", "endpoint_url": "https://s3.example.org:8443/base"},
)
ACCESS_KEY, SECRET_KEY = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"


class Call(NamedTuple):
    """A call of a method of one of the clients."""

    client: int
    method: str
    arguments: tuple[Any, ...]
    options: dict[str, Any]

    def ask(self, clients: list[Any]) -> Any:
        """Calls the method, each time with arguments of its own: boto3 changes those that it is given."""
        method = getattr(clients[self.client], self.method)
        return method(*copy.deepcopy(self.arguments), **copy.deepcopy(self.options))


def calls() -> Iterator[Call]:
    """Yields them, in the same order each time."""
    for client in range(len(CLIENTS)):
        for number, key in enumerate(KEYS):
            params = {"Bucket": f"bucket-{number}", "Key": key or "k"}
            yield url(client, "get_object", params, ExpiresIn=60 + number)
            if number % 2:
                yield url(
                    client, "put_object", {**params, "ContentType": "image/png", "Metadata": {"owner": f"n{number}"}}
                )
            else:
                yield url(client, "upload_part", {**params, "UploadId": "an+upload/id", "PartNumber": number + 1})
        for number, key in enumerate(KEYS[:5]):
            conditions = [["content-length-range", 1, 10**number], ["starts-with", "$Content-Type", "image/"]]
            options = {"Fields": {"acl": "private", "x-amz-meta-who": key}, "Conditions": conditions}
            yield Call(client, "generate_presigned_post", (f"bucket-{number}", key), options)


def url(client: int, operation: str, params: dict[str, Any], **options: int) -> Call:
    """Makes the call for a URL."""
    return Call(client, "generate_presigned_url", (operation, params), options)

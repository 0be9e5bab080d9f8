"""Private files of Django, by django-storages: everything that its storage offers, printed."""

from __future__ import annotations

import os
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import django
from django.conf import settings
from django.core.files.base import ContentFile

settings.configure(
    USE_TZ=True,
    STORAGES={
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": os.environ["BUCKET"],
                "endpoint_url": os.environ["AWS_ENDPOINT_URL_S3"],
                "region_name": "us-east-1",
                "signature_version": "s3v4",
                "addressing_style": "path",
                "default_acl": "private",
                "querystring_expire": 60,
                "file_overwrite": False,
                "object_parameters": {"CacheControl": "max-age=60"},
            },
        },
    },
)
django.setup()


def read(url: str, method: str = "GET") -> Any:
    """The content behind a URL."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method=method)) as answer:  # noqa: S310 - of this machine
            return answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code


def names(url: str) -> list[str]:
    """The parameters of a URL."""
    return [name for name, _ in urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query)]


def main() -> None:
    """Saves, reads, lists, links and deletes."""
    from django.core.files.storage import default_storage as storage

    print("saved as", storage.save("in/cat.txt", ContentFile(b"a cat\n")))
    print("again as", storage.save("in/cat.txt", ContentFile(b"another"))[:7])
    print("unicode", storage.save("in/säö 1.txt", ContentFile("ä".encode())))
    print("exists", storage.exists("in/cat.txt"), storage.exists("in/dog.txt"))
    print("size", storage.size("in/cat.txt"), storage.get_modified_time("in/cat.txt").tzinfo is not None)
    with storage.open("in/cat.txt") as file:
        print("read", file.read(), file.closed)
    with storage.open("in/cat.txt", "r") as file:
        print("lines", file.readlines())
    with storage.open("out/written.txt", "w") as file:
        file.write("by parts\n")
        file.write("of it")
    with storage.open("out/large.bin", "wb") as file:
        for _ in range(3):
            file.write(bytes(3_000_000))
    print("large", storage.size("out/large.bin"))
    print("list", [sorted(part)[-2:] for part in storage.listdir("")], len(storage.listdir("in")[1]))
    try:
        storage.open("in/none.txt").read()
    except FileNotFoundError as error:
        print("missing", error)

    url = storage.url("in/cat.txt")
    print("link", url.partition("?")[0].rpartition(":")[2].partition("/")[2], names(url), read(url))
    for parameters in ({"ResponseContentType": "text/x-cat"}, {"ResponseCacheControl": "no-store"}):
        print("with parameters", parameters, read(storage.url("in/cat.txt", parameters=parameters)))
    print("by another method", read(storage.url("in/cat.txt", http_method="HEAD"), "HEAD"))
    print("not by GET", read(storage.url("in/cat.txt", http_method="HEAD")))
    print("life", "X-Amz-Expires=7&" in storage.url("in/cat.txt", expire=7))
    print("unicode link", read(storage.url("in/säö 1.txt"))[3])
    storage.querystring_auth = False
    print("unsigned", names(storage.url("in/cat.txt")), read(storage.url("in/cat.txt")))

    client, bucket = storage.connection.meta.client, storage.bucket
    print("client", client.meta.region_name, client.meta.service_model.service_name, bucket.name)
    print("head", client.head_object(Bucket=bucket.name, Key="in/cat.txt")["ContentLength"])
    for item in list(bucket.objects.all()):
        storage.delete(item.key)
    print("deleted", storage.exists("in/cat.txt"), [*bucket.objects.all()])


main()

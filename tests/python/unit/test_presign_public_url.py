"""`public_url` of `presign` and `presign_post`: readers ask a proxy, and botocore signs what S3 receives."""

from __future__ import annotations

from typing import Any

import freezegun
import pytest

import presigned
import presigned.aio
from link_oracle import PHOTO, START, by_botocore, client
from presigned.config import Config
from presigned.exceptions import ParamValidationError

PUBLIC: list[tuple[Any, str, str]] = [
    # What is given, what readers ask, what S3 receives.
    ("https://files.example.org", "https://files.example.org/photos", "https://files.example.org/photos"),
    ("https://Files.example.org:443/", "https://files.example.org/photos", "https://files.example.org/photos"),
    (
        "http://files.example.org:8080/media",
        "http://files.example.org:8080/media/photos",
        "http://files.example.org:8080/photos",
    ),
    (
        presigned.PublicUrl("https://files.example.org/media", forwards="/media/{bucket}"),
        "https://files.example.org/media/photos",
        "https://files.example.org/media/photos",
    ),
    (
        presigned.PublicUrl("https://files.example.org", shows_bucket=False),
        "https://files.example.org",
        "https://files.example.org/photos",
    ),
    (
        presigned.PublicUrl("https://{bucket}.example.org/x/", forwards=""),
        "https://photos.example.org/x",
        "https://photos.example.org",
    ),
]


@freezegun.freeze_time(START)
@pytest.mark.parametrize(("given", "shown", "received"), PUBLIC)
def test_a_public_url_signs_what_s3_receives_and_shows_what_readers_ask(given: Any, shown: str, received: str) -> None:
    inner = client(endpoint_url="http://minio:9000")
    signed = by_botocore("GET", f"{received}/cats/a%20b.jpg")
    expected = signed.replace(received, shown, 1)
    assert inner.presign("get_object", PHOTO, public_url=given).url == expected
    if isinstance(given, str):
        config = Config(s3={"presign_public_url": given})
        assert client(endpoint_url="http://minio:9000", config=config).presign("get_object", PHOTO).url == expected


def test_a_public_url_leaves_the_methods_of_boto3_alone() -> None:
    config = Config(s3={"presign_public_url": "https://files.example.org"})
    url = client(endpoint_url="http://minio:9000", config=config).generate_presigned_url("get_object", PHOTO)
    assert url.startswith("http://minio:9000/photos/")


@freezegun.freeze_time(START)
def test_a_form_goes_to_a_public_url_with_the_same_fields() -> None:
    inner = client(endpoint_url="http://minio:9000")
    form = inner.presign_post("photos", "k", max_size=5, public_url="https://files.example.org/media")
    assert form.url == "https://files.example.org/media/photos"
    assert form.fields == inner.presign_post("photos", "k", max_size=5).fields
    short = presigned.PublicUrl("https://files.example.org", shows_bucket=False)
    assert inner.presign_post("photos", "k", public_url=short).url == "https://files.example.org/"
    config = Config(s3={"presign_public_url": short})
    of_client = client(endpoint_url="http://minio:9000", config=config)
    assert of_client.presign_post("photos", "k").url == "https://files.example.org/"
    assert of_client.generate_presigned_post("photos", "k")["url"] == "http://minio:9000/photos"
    with pytest.raises(ParamValidationError, match="parameter public_url"):
        inner.presign_post("photos", "k", public_url="ftp://files.example.org")


def test_an_unsigned_client_has_a_public_url_and_no_instant() -> None:
    config = Config(signature_version=presigned.UNSIGNED, s3={"presign_public_url": "https://files.example.org"})
    s3 = client(config=config)
    made = s3.presign("get_object", PHOTO)
    assert (made.url, made.expires_at) == ("https://files.example.org/photos/cats/a%20b.jpg", None)
    assert s3.presign("get_object", PHOTO, public_url=None, region="eu-west-1").url.startswith(
        "https://photos.s3.eu-west-1."
    )
    for option in ("stable_for", "signed_at"):
        with pytest.raises(ParamValidationError, match=f"parameter {option}: the client signs nothing"):
            s3.presign("get_object", PHOTO, **{option: 60})


def test_a_request_without_a_key_has_no_path_that_a_proxy_could_change() -> None:
    hidden = presigned.PublicUrl("https://files.example.org", shows_bucket=False)
    with pytest.raises(ParamValidationError, match="a request without a key has no path there"):
        client().presign("list_objects_v2", {"Bucket": "photos"}, public_url=hidden)
    shown = client().presign("list_objects_v2", {"Bucket": "photos"}, public_url="https://files.example.org")
    assert shown.url.startswith("https://files.example.org/photos?")


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"public_url": "https://files.example.org/{key}"}, "a path has letters"),
        ({"public_url": "https://files.example.org:99999"}, "its port must be a number"),
        ({"public_url": "https://files.example.org:080"}, "its host must be"),
        ({"public_url": "https://[x"}, "its host must be"),
        ({"public_url": "https://files.example.org/a+b"}, "a path has letters"),
        ({"public_url": "files.example.org"}, "begin with https://"),
        ({"public_url": "https://me:pw@files.example.org"}, "its host must be"),
        ({"public_url": 5}, "must be a str"),
    ],
)
def test_an_address_that_cannot_be_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ParamValidationError, match=fault):
        client().presign("get_object", PHOTO, **options)

"""django-storages' own S3 tests pass with presigned, as they pass without; so do the URLs of a storage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.conf
import pytest

import fetch_app_tests
import presigned
from inplace import suites
from inplace.conftest import nothing_left, stopped_clock
from inplace.twins import KEYS, listening

__all__ = ["nothing_left", "stopped_clock"]

SUITE = fetch_app_tests.folder("apps", "django-storages")
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}


def test_every_test_has_the_same_outcome_with_presigned_and_without(tmp_path: Path) -> None:
    run = suites.compare(SUITE, "tests/test_s3.py", tmp_path, environ=SETTINGS)
    assert len(run.outcomes) > 60
    # Its tests of URLs use a mock in place of the client, and those with moto make no URLs: see the test below.
    assert run.answered == run.left == []


def test_every_test_has_the_same_outcome_with_the_import_swapped(tmp_path: Path) -> None:
    run = suites.compare(SUITE, "tests/test_s3.py", tmp_path, swaps=True, project="django-storages", environ=SETTINGS)
    assert run.passed > 60


def urls(**options: Any) -> list[str]:
    """Every kind of URL that a storage makes."""
    from storages.backends.s3 import S3Storage  # noqa: PLC0415 - Django is to be configured first

    storage = S3Storage(
        bucket_name="holiday",
        access_key=KEYS["aws_access_key_id"],
        secret_key=KEYS["aws_secret_access_key"],
        **options,
    )
    made = [
        storage.url("a/cat.jpg"),
        storage.url("a/säö 1.txt", expire=7),
        storage.url("cat.jpg", parameters={"ResponseContentType": "text/plain", "VersionId": "v"}),
        storage.url("cat.jpg", http_method="HEAD"),
    ]
    storage.querystring_auth = False
    return [*made, storage.url("cat.jpg"), storage.url("cat.jpg", parameters={"VersionId": "v"})]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"signature_version": "s3v4", "region_name": "eu-central-1"},
        {"signature_version": "s3v4", "region_name": "eu-central-1", "addressing_style": "virtual"},
        {"endpoint_url": "http://minio:9000", "location": "media"},
        {"security_token": "token", "use_ssl": False, "gzip": True},
    ],
)
def test_the_urls_of_a_storage_are_the_same_and_made_here(options: dict[str, Any]) -> None:
    if not django.conf.settings.configured:
        django.conf.settings.configure(USE_TZ=True)
    expected = urls(**options)
    presigned.install()
    with listening() as reasons:
        assert urls(**options) == expected
    assert reasons == []

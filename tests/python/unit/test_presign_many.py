"""`presign_many` and `presign_multipart`: several requests by one call."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Any

import freezegun
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import presigned
from presigned._client.multipart import LARGEST_PART, MOST_PARTS, SMALLEST_PART, sizes
from presigned.exceptions import ParamValidationError

START = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
UPLOAD = {"Bucket": "films", "Key": "a/b.mp4", "UploadId": "an id"}


def client() -> Any:
    return presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="SK")


@freezegun.freeze_time(START)
@pytest.mark.parametrize(
    "column", [["a", "b c", "ü"], ("a", "b c", "ü"), np.array(["a", "b c", "ü"])], ids=["list", "tuple", "array"]
)
def test_each_row_is_what_presign_gives(column: Any) -> None:
    s3 = client()
    shared = {"Bucket": "photos", "ContentType": "image/jpeg"}
    expected = [s3.presign("put_object", {**shared, "Key": key}, expires_in=60) for key in ("a", "b c", "ü")]
    assert s3.presign_many("put_object", {**shared, "Key": column}, expires_in=60) == expected
    rows = [{**shared, "Key": key} for key in ("a", "b c", "ü")]
    assert s3.presign_many("put_object", rows, expires_in=60) == expected
    urls = s3.generate_presigned_urls("put_object", {**shared, "Key": column}, 60)
    assert urls == [request.url for request in expected]


def test_a_fault_names_its_row() -> None:
    s3 = client()
    with pytest.raises(ParamValidationError, match="row 1: "):
        s3.presign_many("get_object", [{"Bucket": "a", "Key": "b"}, {"Bucket": "a"}])
    with pytest.raises(ParamValidationError, match="Columns of unequal length: Key has 2 rows, Bucket has 3"):
        s3.presign_many("get_object", {"Key": ["a", "b"], "Bucket": ["c", "d", "e"]})
    with pytest.raises(ParamValidationError, match="No parameter is a column"):
        s3.presign_many("get_object", {"Key": "a", "Bucket": "b"})


@pytest.mark.parametrize("params", [5, None, "ab", b"ab", 3.5, object()])
def test_what_is_neither_a_list_nor_a_dict_is_refused_by_its_name(params: Any) -> None:
    shown = re.escape(f"Invalid type for parameter params, value: {params!r}, type: {type(params)}: give a list")
    with pytest.raises(ParamValidationError, match=shown):
        client().presign_many("get_object", params)


def test_a_member_that_takes_a_list_is_no_column() -> None:
    params = {"Bucket": "b", "Key": ["x", "y"], "ObjectAttributes": ["ETag", "Checksum", "ObjectSize"]}
    assert len(client().presign_many("get_object_attributes", params)) == 2


@freezegun.freeze_time(START)
def test_an_upload_has_all_its_requests() -> None:
    s3 = client()
    made = s3.presign_multipart("films", "a/b.mp4", "an id", size=12_000_000, expires_in=600)
    assert [(part.number, part.start, part.end) for part in made.parts] == [
        (1, 0, 5_242_880),
        (2, 5_242_880, 10_485_760),
        (3, 10_485_760, 12_000_000),
    ]
    for part in made.parts:
        assert part.request == s3.presign("upload_part", {**UPLOAD, "PartNumber": part.number}, expires_in=600)
    rest = {"list_parts": "list_parts", "complete": "complete_multipart_upload", "abort": "abort_multipart_upload"}
    for name, operation in rest.items():
        assert getattr(made, name) == s3.presign(operation, UPLOAD, expires_in=600)
    assert [(made.list_parts.method, made.complete.method, made.abort.method)] == [("GET", "POST", "DELETE")]


@freezegun.freeze_time(START)
def test_missing_parts_are_presigned_alone_and_with_the_same_places() -> None:
    s3 = client()
    whole = s3.presign_multipart("films", "k", "id", size=60_000_000)
    some = s3.presign_multipart("films", "k", "id", size=60_000_000, parts=[7, 2])
    assert [part.as_dict() for part in some.parts] == [whole.parts[at].as_dict() for at in (1, 6)]
    assert s3.presign_multipart("films", "k", "id", size=60_000_000, parts=[]).parts == []


@freezegun.freeze_time(START)
def test_each_part_has_its_checksum() -> None:
    s3 = client()
    made = s3.presign_multipart(
        "films", "k", "id", size=6_000_000, checksums={1: "AAAAAA==", 2: "BBBBBA=="}, checksum_algorithm="CRC32C"
    )
    assert [part.request.headers for part in made.parts] == [
        {"x-amz-checksum-crc32c": "AAAAAA=="},
        {"x-amz-checksum-crc32c": "BBBBBA=="},
    ]


@freezegun.freeze_time(START)
def test_the_options_of_presign_hold_for_all_requests() -> None:
    made = client().presign_multipart("films", "k", "id", size=6_000_000, public_url="https://files.example.org/up")
    all_of_them = [*(part.request for part in made.parts), made.list_parts, made.complete, made.abort]
    assert {request.url.partition("?")[0] for request in all_of_them} == {"https://files.example.org/up/films/k"}


@given(size=st.integers(0, MOST_PARTS * LARGEST_PART))
def test_every_size_that_s3_allows_has_a_part_size_that_s3_allows(size: int) -> None:
    _, part_size = sizes(size, None)
    assert SMALLEST_PART <= part_size <= LARGEST_PART
    assert -(-size // part_size) <= MOST_PARTS
    assert part_size % (1 << 20) == 0


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"size": -1}, "parameter size"),
        ({"size": MOST_PARTS * LARGEST_PART + 1}, "parameter size"),
        ({"size": 1.5}, "whole number of bytes"),
        ({"size": True}, "whole number of bytes"),
        ({"size": 10**7, "part_size": SMALLEST_PART - 1}, "parameter part_size"),
        ({"size": 10**7, "part_size": LARGEST_PART + 1}, "parameter part_size"),
        ({"size": 10**12, "part_size": SMALLEST_PART}, "use at least 100000000 bytes"),
        ({"size": 10, "parts": [2]}, "numbered 1 to 1"),
        ({"size": 10, "parts": [0]}, "numbered 1 to 1"),
        ({"size": 10, "parts": [1, 1]}, "twice"),
        ({"size": 10, "checksums": {1: "a"}}, "checksum_algorithm"),
        ({"size": 10, "checksum_algorithm": "CRC32"}, "give the checksum of each part"),
        ({"size": 10**7, "checksums": {1: "a"}, "checksum_algorithm": "CRC32"}, "that of part 2 is missing"),
    ],
)
def test_what_s3_would_refuse_is_refused(options: dict[str, Any], fault: str) -> None:
    with pytest.raises(ParamValidationError, match=fault):
        client().presign_multipart("films", "k", "id", **options)


def test_the_body_that_completes_an_upload_lists_the_parts_in_order() -> None:
    body = presigned.PresignedMultipart.completion({2: '"b"', 1: '"a&"'})
    found = re.findall(r"<PartNumber>(\d)</PartNumber><ETag>([^<]*)</ETag>", body)
    assert found == [("1", "&quot;a&amp;&quot;"), ("2", "&quot;b&quot;")]


def test_nothing_secret_is_shown() -> None:
    made = client().presign_multipart("films", "k", "id", size=6_000_000)
    assert "Signature" not in repr(made) + repr(made.parts)


@freezegun.freeze_time(START)
def test_the_options_of_a_client_hold_for_the_parts_of_an_upload() -> None:
    options = {"presign_public_url": "https://files.example.org", "presign_clock_offset": 40_000}
    config = presigned.Config(s3=options)
    s3 = presigned.client("s3", "eu-central-1", config=config, aws_access_key_id="AK", aws_secret_access_key="SK")
    made = s3.presign_multipart("films", "k", "id", size=6_000_000)
    requests = [*(part.request for part in made.parts), made.list_parts, made.complete, made.abort]
    assert {request.url.partition("?")[0] for request in requests} == {"https://files.example.org/films/k"}
    issued = {presigned.inspect(request.url).issued for request in requests}
    assert issued == {START + timedelta(seconds=40_000)}

"""Operations beside get and put: copies, tags, versions, several objects, buckets, uploads in parts."""

import base64
import hashlib
import re
from typing import Any

import pytest

from .wire import BODY, Presign, Send


@pytest.mark.parametrize("as_dict", [False, True], ids=["a string", "a dict"])
def test_a_copy_takes_its_source_from_a_signed_header(
    as_dict: bool, presign: Presign, fetch: Send, bucket: str, key: str
) -> None:
    source, encoded = f"{key}/sp ace+ü", f"{bucket}/{key}/sp%20ace%2B%C3%BC"
    assert fetch("PUT", presign("put_object", Key=source), BODY).status == 200
    given = {"Bucket": bucket, "Key": source} if as_dict else f"{bucket}/{source}"
    url = presign("copy_object", Key=f"{key}/copy", CopySource=given)
    assert fetch("PUT", url, headers={"x-amz-copy-source": encoded}).status == 200
    assert fetch("GET", presign("get_object", Key=f"{key}/copy")).body == BODY
    assert fetch("PUT", url, headers={"x-amz-copy-source": f"{bucket}/other"}).code == "SignatureDoesNotMatch"


def test_tags_are_put_read_and_deleted(presign: Presign, fetch: Send, key: str) -> None:
    assert fetch("PUT", presign("put_object", Key=key), BODY).status == 200
    tags = {"TagSet": [{"Key": "colour", "Value": "blue"}]}
    body = b"<Tagging><TagSet><Tag><Key>colour</Key><Value>blue</Value></Tag></TagSet></Tagging>"
    assert fetch("PUT", presign("put_object_tagging", Key=key, Tagging=tags), body).status == 200
    assert fetch("GET", presign("get_object_tagging", Key=key)).element("Value") == "blue"
    assert fetch("DELETE", presign("delete_object_tagging", Key=key)).status == 204
    assert b"blue" not in fetch("GET", presign("get_object_tagging", Key=key)).body


def test_several_objects_are_deleted_by_one_url(presign: Presign, fetch: Send, key: str) -> None:
    for name in "ab":
        assert fetch("PUT", presign("put_object", Key=f"{key}/{name}"), BODY).status == 200
    doomed = [{"Key": f"{key}/a"}, {"Key": f"{key}/b"}]
    objects = "".join(f"<Object><Key>{one['Key']}</Key></Object>" for one in doomed)
    body = f"<Delete>{objects}</Delete>".encode()
    url = presign("delete_objects", Delete={"Objects": doomed})
    assert fetch("POST", url, body, {"Content-MD5": md5(body)}).status == 200
    assert b"<Key>" not in fetch("GET", presign("list_objects_v2", Prefix=f"{key}/")).body


def test_buckets_are_made_versioned_and_removed(client: Any, fetch: Send) -> None:
    def url(operation: str, **params: Any) -> str:
        signed: str = client.generate_presigned_url(operation, {"Bucket": "another-bucket", **params})
        return signed

    assert fetch("PUT", url("create_bucket")).status == 200
    assert fetch("HEAD", url("head_bucket")).status == 200
    assert b"another-bucket" in fetch("GET", client.generate_presigned_url("list_buckets", {})).body
    on = b"<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
    versioning = url("put_bucket_versioning", VersioningConfiguration={"Status": "Enabled"})
    assert fetch("PUT", versioning, on).status == 200
    versions = [fetch("PUT", url("put_object", Key="k"), body).headers["x-amz-version-id"] for body in (b"1", b"2")]
    for version, body in zip(versions, (b"1", b"2"), strict=True):
        assert fetch("GET", url("get_object", Key="k", VersionId=version)).body == body
        assert fetch("DELETE", url("delete_object", Key="k", VersionId=version)).status == 204
    assert fetch("DELETE", url("delete_bucket")).status == 204
    assert fetch("HEAD", url("head_bucket")).status == 404


def test_an_upload_in_parts_is_put_together(presign: Presign, fetch: Send, key: str) -> None:
    # All parts but the last have at least 5 MiB.
    parts = [b"a" * (5 << 20), b"the rest"]
    upload = started(presign, fetch, key)
    tags = []
    for number, part in enumerate(parts, 1):
        got = fetch("PUT", presign("upload_part", Key=key, UploadId=upload, PartNumber=number), part)
        assert got.status == 200
        tags.append(got.headers["ETag"])
    listed = fetch("GET", presign("list_parts", Key=key, UploadId=upload))
    assert re.findall(rb"<PartNumber>(\d+)<", listed.body) == [b"1", b"2"]
    named = "".join(
        f"<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>" for number, tag in enumerate(tags, 1)
    )
    body = f"<CompleteMultipartUpload>{named}</CompleteMultipartUpload>".encode()
    assert fetch("POST", presign("complete_multipart_upload", Key=key, UploadId=upload), body).status == 200
    assert fetch("GET", presign("get_object", Key=key)).body == b"".join(parts)


def test_a_part_can_be_copied_from_a_range(presign: Presign, fetch: Send, bucket: str, key: str) -> None:
    assert fetch("PUT", presign("put_object", Key=f"{key}-source"), BODY).status == 200
    upload = started(presign, fetch, key)
    headers = {"x-amz-copy-source": f"{bucket}/{key}-source", "x-amz-copy-source-range": "bytes=5-7"}
    url = presign(
        "upload_part_copy",
        Key=key,
        UploadId=upload,
        PartNumber=1,
        CopySource=headers["x-amz-copy-source"],
        CopySourceRange=headers["x-amz-copy-source-range"],
    )
    copied = fetch("PUT", url, headers=headers)
    tag = copied.element("ETag").replace("&#34;", '"').replace("&quot;", '"')
    body = (
        f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{tag}</ETag></Part></CompleteMultipartUpload>"
    )
    assert fetch("POST", presign("complete_multipart_upload", Key=key, UploadId=upload), body.encode()).status == 200
    assert fetch("GET", presign("get_object", Key=key)).body == BODY[5:8]


def test_an_aborted_upload_takes_no_more_parts(presign: Presign, fetch: Send, key: str) -> None:
    upload = started(presign, fetch, key)
    assert fetch("DELETE", presign("abort_multipart_upload", Key=key, UploadId=upload)).status == 204
    got = fetch("PUT", presign("upload_part", Key=key, UploadId=upload, PartNumber=1), BODY)
    assert (got.status, got.code) == (404, "NoSuchUpload")


def test_a_url_for_one_part_is_refused_for_another(presign: Presign, fetch: Send, key: str) -> None:
    upload = started(presign, fetch, key)
    url = presign("upload_part", Key=key, UploadId=upload, PartNumber=1)
    assert fetch("PUT", url.replace("partNumber=1", "partNumber=2"), BODY).code == "SignatureDoesNotMatch"


def started(presign: Presign, fetch: Send, key: str) -> str:
    """Start an upload in parts; return its id."""
    got = fetch("POST", presign("create_multipart_upload", Key=key))
    assert got.status == 200
    return got.element("UploadId")


def md5(body: bytes) -> str:
    """The value of Content-MD5."""
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()

"""Tables of the settings of clients and of the calls."""

from __future__ import annotations

import datetime
import io
from typing import Any

import botocore

REGIONS = (
    None, "us-east-1", "eu-central-1", "us-west-2", "eu-west-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1",
    "aws-global", "mars-north-1", "s3-external-1",
)  # fmt: skip
SIGNATURES = (None, "s3v4", "s3", botocore.UNSIGNED, "v4", "s3-query", "v4-query", "foo")
S3_OPTIONS: tuple[dict[str, Any] | None, ...] = (
    None, {"addressing_style": "virtual"}, {"addressing_style": "path"}, {"addressing_style": "auto"},
    {"use_accelerate_endpoint": True}, {"use_dualstack_endpoint": True}, {"us_east_1_regional_endpoint": "regional"},
    {"use_arn_region": False}, {"disable_s3_express_session_auth": True},
    {"use_accelerate_endpoint": True, "use_dualstack_endpoint": True}, {"payload_signing_enabled": True},
)  # fmt: skip
ENDPOINTS = (
    None, "http://127.0.0.1:9000", "https://minio.example.com/base/path/", "https://s3-accelerate.amazonaws.com",
    "HTTPS://Example.COM:443", "https://s3.aws-global.example.com", "https://[::1]:8443",
)  # fmt: skip
OTHERS: tuple[dict[str, Any], ...] = (
    {}, {"use_fips_endpoint": True}, {"use_dualstack_endpoint": True}, {"parameter_validation": False},
    {"auth_scheme_preference": "sigv4"}, {"inject_host_prefix": False}, {"defaults_mode": "standard"},
    {"client_context_params": {"accelerate": True}}, {"sigv4a_signing_region_set": "*"},
)  # fmt: skip
TOKENS = (None, "a/token+with=signs", "")

MOMENT = datetime.datetime(2025, 6, 7, 8, 9, 10, 111213, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
ACCESS_POINT = "arn:aws:s3:us-west-2:123456789012:accesspoint/myap"
OUTPOST = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/myap"
LAMBDA = "arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/mylambda"
MULTI_REGION = "arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"
BUCKETS = (
    "bucket", "my.dotted.bucket", "UPPER", "my-photos-s3", "bad_label", "b", "x" * 64, "a..b", "", "bucket\n",
    ACCESS_POINT, OUTPOST, LAMBDA, MULTI_REGION, "arn:aws:s3:us-west-2:123:accesspoint/", "arn:aws:s3:::bucket",
    "mybucket--usw2-az1--x-s3", "myap--usw2-az1--xa-s3",
    "test-accessp-o0b1d075431d83bebde8xz5w8ijx1qzlbp3i3kuse10--op-s3",
)  # fmt: skip
BASE = {"Bucket": "bucket", "Key": "some/key.txt"}
#: Calls that presigned answers itself, for an ordinary client.
PLAIN: tuple[tuple[str, Any], ...] = (
    ("get_object", BASE),
    ("get_object", {"Bucket": "bucket", "Key": "a b/é/../+%20?#&日.txt"}),
    ("get_object", {**BASE, "VersionId": "v/1", "ResponseContentDisposition": 'attachment; filename="ü.txt"'}),
    ("get_object", {**BASE, "Range": "bytes=0-9", "IfModifiedSince": MOMENT, "IfMatch": '"x"', "PartNumber": 3}),
    ("get_object", {**BASE, "ResponseExpires": MOMENT.replace(tzinfo=None), "RequestPayer": "requester"}),
    ("get_object", {**BASE, "SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}),
    ("get_object", {**BASE, "SSECustomerKey": b"k" * 32, "SSECustomerAlgorithm": "AES256"}),
    ("get_object", {**BASE, "SSECustomerKey": "done", "SSECustomerKeyMD5": "x", "ChecksumMode": "ENABLED"}),
    ("head_object", BASE),
    ("delete_object", {**BASE, "BypassGovernanceRetention": True, "MFA": "1 2"}),
    ("put_object", {**BASE, "ContentType": "text/plain", "ContentLength": 12, "Metadata": {"A": " x  y ", "b": "z"}}),
    ("put_object", {**BASE, "ACL": "private", "Tagging": "a=b&c=d", "StorageClass": "STANDARD_IA", "ContentMD5": "m"}),
    ("put_object", {**BASE, "SSECustomerKey": "k" * 32, "ServerSideEncryption": "aws:kms", "BucketKeyEnabled": True}),
    ("put_object", {**BASE, "ObjectLockRetainUntilDate": MOMENT, "Expires": MOMENT, "IfNoneMatch": "*"}),
    ("upload_part", {**BASE, "PartNumber": 1, "UploadId": "u", "ContentLength": 5}),
    ("upload_part_copy", {**BASE, "PartNumber": 1, "UploadId": "u", "CopySource": "b/k é?versionId=1"}),
    ("copy_object", {**BASE, "CopySource": {"Bucket": "b", "Key": "k é", "VersionId": "1"}}),
    ("copy_object", {**BASE, "CopySource": "b/k", "CopySourceSSECustomerKey": "a" * 32, "SSECustomerKey": "b" * 32}),
    ("create_multipart_upload", {**BASE, "ContentType": "text/plain", "ChecksumAlgorithm": "CRC32"}),
    ("complete_multipart_upload", {**BASE, "UploadId": "u"}),
    ("abort_multipart_upload", {**BASE, "UploadId": "u"}),
    ("list_parts", {**BASE, "UploadId": "u", "SSECustomerKey": "raw"}),
    ("list_objects_v2", {"Bucket": "bucket", "Prefix": "a/b c", "Delimiter": "/", "MaxKeys": 5}),
    ("list_objects_v2", {"Bucket": "bucket", "EncodingType": "url", "OptionalObjectAttributes": ["RestoreStatus"]}),
    ("list_objects", {"Bucket": "bucket"}),
    ("list_object_versions", {"Bucket": "bucket", "KeyMarker": "k"}),
    ("get_object_attributes", {**BASE, "ObjectAttributes": ["ETag", "a,b", 'c"d']}),
    ("get_object_tagging", BASE),
    ("get_bucket_location", {"Bucket": "bucket"}),
    ("get_bucket_acl", {"Bucket": "bucket"}),
    ("head_bucket", {"Bucket": "bucket"}),
    ("list_buckets", {}),
    ("list_buckets", None),
    ("create_bucket", {"Bucket": "bucket", "ACL": "private"}),
)  # fmt: skip
#: Calls that go to the original, or that it alone may refuse.
ODD: tuple[tuple[Any, Any], ...] = (
    ("get_object", {"Bucket": "bucket"}),
    ("get_object", {"Bucket": "bucket", "Key": ""}),
    ("get_object", {**BASE, "Foo": 1}),
    ("get_object", {**BASE, "PartNumber": "1"}),
    ("get_object", {**BASE, "PartNumber": True}),
    ("get_object", {**BASE, "VersionId": None}),
    ("get_object", {**BASE, "IfModifiedSince": "Jan 2 2026"}),
    ("get_object", {**BASE, "IfModifiedSince": 1767323045}),
    ("get_object", {**BASE, "Key": "\ud800"}),
    ("get_object", {**BASE, "Range": "a\nb"}),
    ("get_object", {**BASE, "SSECustomerKey": None}),
    ("get_object", []),
    ("get_object", "params"),
    ("get_object", None),
    ("get_object", {"Bucket": None, "Key": "k"}),
    ("get_object", {"Bucket": 5, "Key": "k"}),
    ("put_object", {**BASE, "Body": b"hello"}),
    ("put_object", {**BASE, "Body": b""}),
    ("put_object", {**BASE, "Body": "ab"}),
    ("put_object", {**BASE, "Metadata": {"a": "ü"}}),
    ("put_object", {**BASE, "Metadata": {"a": 1}}),
    ("put_object", {**BASE, "Metadata": {"a": "x\ny"}}),
    ("put_object", {**BASE, "ContentType": "application/x-www-form-urlencoded; charset=utf-8"}),
    ("delete_objects", {"Bucket": "bucket", "Delete": {"Objects": [{"Key": "k"}]}}),
    ("put_bucket_policy", {"Bucket": "bucket", "Policy": '{"Version": "2012-10-17"}'}),
    ("put_object_tagging", {**BASE, "Tagging": {"TagSet": []}}),
    ("complete_multipart_upload", {**BASE, "UploadId": "u", "MultipartUpload": {"Parts": []}}),
    ("list_directory_buckets", {}),
    ("write_get_object_response", {"RequestRoute": "route", "RequestToken": "token", "StatusCode": 200}),
    ("rename_object", {**BASE, "RenameSource": "a", "ClientToken": "t"}),
    ("copy_object", {**BASE, "CopySource": {"Bucket": "b"}}),
    ("copy_object", {**BASE, "CopySource": 5}),
    ("GetObject", BASE),
    ("no_such_thing", {}),
    ("upload_file", {}),
    (["get_object"], {}),
    (None, {}),
    ("put_object", {**BASE, "Body": io.BytesIO(b"")}),
)  # fmt: skip
LIVES: tuple[Any, ...] = (1, 60, 3600, 604800, 604801, 0, -5, 60.0, 1.5, "60", "abc", True, None, 10**12, [1])
FORMS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("bucket", "key"), {}),
    (("bucket", "up/é ${filename}"), {"ExpiresIn": 60}),
    (("my.dotted.bucket", "k"), {"Fields": {"acl": "private", "key": "old"}, "Conditions": [{"acl": "private"}]}),
    (("bucket", "k"), {"Conditions": [["content-length-range", 1, 10], ["starts-with", "$Content-Type", "image/"]]}),
    (("bucket", "k"), {"Fields": {}, "Conditions": []}),
    (("bucket", "k"), {"Conditions": ({"acl": "private"},)}),
    (("bucket", "k"), {"Conditions": [{"a": float("nan")}]}),
    (("bucket", "k"), {"Conditions": [{"a": b"bytes"}]}),
    (("bucket", "k"), {"Fields": [("a", "b")]}),
    (("bucket", "k"), {"ExpiresIn": 0}),
    (("bucket", "k"), {"ExpiresIn": "60"}),
    (("bucket", "k"), {"ExpiresIn": 10**15}),
    (("bucket", 5), {}),
    (("bucket", None), {}),
    ((None, "k"), {}),
    (("bad bucket", "k"), {}),
    ((ACCESS_POINT, "k"), {}),
    ((OUTPOST, "k"), {}),
    (("mybucket--usw2-az1--x-s3", "k"), {}),
)  # fmt: skip

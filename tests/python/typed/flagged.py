"""Calls that are wrong. The comment on each line says what a type checker reports there.

``deprecated``: where deprecations are reported, for boto3's own types accept the call.
``error``: always.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from presigned import S3
    from presigned.type_defs import GetObjectParams


def misspelt(s3: S3) -> None:
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Kye": "k"})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k", "VersionID": "v"})  # deprecated
    s3.generate_presigned_url(ClientMethod="get_object", Params={"bucket": "b", "Key": "k"})  # deprecated
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "ContentLenght": 5}, 300)  # deprecated
    s3.generate_presigned_url("list_buckets", {"MaxBucket": 5})  # deprecated
    s3.generate_presigned_url("delete_objects", {"Bucket": "b", "Delete": {"Objects": [{"Kye": "k"}]}})  # deprecated
    s3.generate_presigned_url("get_objct", {"Bucket": "b", "Key": "k"})  # deprecated
    s3.generate_presigned_url("GetObject", Params={"Bucket": "b", "Key": "k"})  # deprecated
    s3.generate_presigned_url("get_object", Parms={"Bucket": "b"})  # type: ignore[call-overload] # error
    s3.generate_presigned_url("get_object", {"Bucket": "b"}, Expires=60)  # type: ignore[call-overload] # error
    s3.generate_presigned_post("b", Ky="k")  # type: ignore[call-overload] # error


def misspelt_for_new_code(s3: S3, params: GetObjectParams) -> None:
    s3.presign("get_object", {"Bucket": "b", "Kye": "k"})  # deprecated
    s3.presign("get_object", {"Bucket": "b"})  # deprecated
    s3.presign("get_object")  # deprecated
    s3.presign("get_objct", {"Bucket": "b", "Key": "k"})  # deprecated
    s3.presign("put_object", params)  # deprecated
    s3.presign("get_object", {"Bucket": "b", "Key": 5}, expires_in=60)  # deprecated
    s3.presign("get_object", {"Bucket": "b", "Key": "k"}, 300)  # type: ignore[call-overload] # error
    s3.presign("get_object", {"Bucket": "b", "Key": "k"}, ExpiresIn=300)  # type: ignore[call-overload] # error
    s3.presign_post("b", 5)  # type: ignore[arg-type] # error
    s3.presign_post("b", "k", {"acl": "private"})  # type: ignore[call-arg] # error
    s3.presign_post("b", "k", max_size="10MB")  # type: ignore[arg-type] # error
    s3.presign_post("b", "k", maxsize=10)  # type: ignore[call-arg] # error
    s3.presign_post("b", "k", success_status=302)  # type: ignore[arg-type] # error


def missing(s3: S3) -> None:
    s3.generate_presigned_url("get_object")  # deprecated
    s3.generate_presigned_url("get_object", None)  # deprecated
    s3.generate_presigned_url("get_object", {})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b"})  # deprecated
    s3.generate_presigned_url("upload_part", {"Bucket": "b", "Key": "k", "PartNumber": 1})  # deprecated
    s3.generate_presigned_url("put_object_tagging", {"Bucket": "b", "Key": "k", "Tagging": {}})  # deprecated
    s3.generate_presigned_post("b")  # type: ignore[call-overload] # error


def of_a_wrong_type(s3: S3) -> None:
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": 5})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": None})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": b"k"})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k", "PartNumber": "2"})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k", "IfModifiedSince": []})  # deprecated
    s3.generate_presigned_url("list_objects_v2", {"Bucket": "b", "FetchOwner": "true"})  # deprecated
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "Metadata": {"size": 5}})  # deprecated
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "Body": 5})  # deprecated
    s3.generate_presigned_url("copy_object", {"Bucket": "b", "Key": "k", "CopySource": {"Key": "k"}})  # deprecated
    s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}, None)  # type: ignore[call-overload] # error
    s3.generate_presigned_url("get_object", {"Bucket": "b"}, HttpMethod=b"GET")  # type: ignore[call-overload] # error
    s3.generate_presigned_url("get_object", ["b", "k"])  # type: ignore[call-overload] # error
    s3.generate_presigned_post("b", "k", Fields=["acl"])  # type: ignore[call-overload] # error
    s3.generate_presigned_post("b", 5)  # type: ignore[call-overload] # error


def of_the_wrong_number(s3: S3) -> None:
    s3.generate_presigned_url("list_objects_v2", {"Bucket": "b", "OptionalObjectAttributes": "x"})  # deprecated
    s3.generate_presigned_url("list_objects_v2", {"Bucket": "b", "Prefix": ["a", "b"]})  # deprecated
    s3.generate_presigned_post("b", "k", {"acl": "private"}, {"acl": "private"})  # deprecated


def the_params_of_another_operation(s3: S3, params: GetObjectParams) -> None:
    s3.generate_presigned_url("put_object", params)  # deprecated
    s3.generate_presigned_url("upload_part", params)  # deprecated
    s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "VersionId": "v"})  # deprecated

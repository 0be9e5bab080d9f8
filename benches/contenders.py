"""The libraries that are timed, and the statements that call them, as strings.

`client` makes the client for `calls`; both use the names of `cases`. A library has no call for a case that it does not
support. `same_url` finds where a library makes another URL than it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from cases import MANY_BUCKETS


@dataclass(frozen=True)
class Contender:
    """A library, the statements that load it and set it up, and one expression for each case."""

    imports: str
    client: str
    calls: dict[str, str]
    #: Expressions for many URLs at once. They use `KEYS`, a list, or the same keys in `ROWS`, a list of parameters, or
    #: in `COLUMN`, an Arrow array.
    batches: dict[str, str] = field(default_factory=dict)
    #: The name of its package in the environment; empty for presigned.
    package: str = ""
    environment: str = "rivals"
    #: The folder with `presigned`, relative to the repository.
    path: str = "python"


_PLACE = '"Bucket": BUCKET, "Key": KEY'
_SIX = (
    f'{_PLACE}, "VersionId": VERSION, "ResponseContentType": "image/jpeg", '
    '"ResponseContentDisposition": ATTACHMENT, "ResponseCacheControl": "no-cache"'
)
_BOTO3_CALLS = {
    "get": f's3.generate_presigned_url("get_object", Params={{{_PLACE}}}, ExpiresIn=3600)',
    "token": f's3.generate_presigned_url("get_object", Params={{{_PLACE}}}, ExpiresIn=3600)',
    "six": f's3.generate_presigned_url("get_object", Params={{{_SIX}}}, ExpiresIn=3600)',
    "put": f's3.generate_presigned_url("put_object", Params={{{_PLACE}, '
    '"ContentType": "image/png", "ACL": "private"}, ExpiresIn=3600)',
    "post": "s3.generate_presigned_post(BUCKET, FORM_KEY, FIELDS, CONDITIONS, 3600)",
}


def _in_turn(get: str, hour: str = "3600", lifetime: str = "next_lifetime()") -> dict[str, str]:
    """The calls of `get` for a new string of the bucket, for the next bucket and for the next lifetime."""
    next_bucket = get.replace("BUCKET", "next_bucket()")
    return {
        "fresh": get.replace("BUCKET", "BUCKET[:4] + BUCKET[4:]"),
        "buckets": next_bucket,
        MANY_BUCKETS: next_bucket,
        "lifetimes": get.replace(hour, lifetime),
    }


# The cases of `cases.VARYING`.
VARYING_CALLS = {
    **_in_turn(_BOTO3_CALLS["get"]),
    "presign": f's3.presign("get_object", {{{_PLACE}}}).url',
    "presign_post": "s3.presign_post(BUCKET, FORM_KEY, fields=FIELDS, conditions=CONDITIONS).url",
    "slow": 's3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": ODD_KEY}, ExpiresIn=3600)',
    "small": 's3.generate_presigned_urls("get_object", {"Bucket": BUCKET, "Key": [KEY, "b", "c"]}, ExpiresIn=3600)',
    "conditions": 's3.generate_presigned_post(BUCKET, FORM_KEY, FIELDS, [{"acl": "private"}, '
    '["content-length-range", 1, next_lifetime()], ["starts-with", "$Content-Type", "image/"]], 3600)',
    "timestamp": f's3.generate_presigned_url("get_object", Params={{{_PLACE}, "ResponseExpires": next_moment()}}, '
    "ExpiresIn=3600)",
    "metadata": f's3.generate_presigned_url("put_object", Params={{{_PLACE}, "Metadata": {{"owner": "ada", '
    '"number": next_string()}}, ExpiresIn=3600)',
}
# `worker` times a statement that awaits in a coroutine. It never waits here, so it needs no event loop.
_AWAITED_CALLS = {case: f"await {call}" for case, call in _BOTO3_CALLS.items()}
_CAPO_GET = "s3.presigned_get_object(BUCKET, KEY, 3600)"
_LIBPRESIGN_GET = "libpresign.get(ACCESS_KEY, SECRET_KEY, REGION, BUCKET, KEY, 3600)"
_MINIO_GET = 's3.get_presigned_url("GET", BUCKET, KEY, hour)'
_KEYS = "aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY"
_BOTO3_ARGUMENTS = f'"s3", region_name=REGION, {_KEYS}, aws_session_token=TOKEN'
_COLUMN = 's3.generate_presigned_urls("get_object", {"Bucket": BUCKET, "Key": %s}, ExpiresIn=3600, threads=%d)'

_OURS = Contender(
    imports="import presigned",
    client=f"s3 = presigned.client({_BOTO3_ARGUMENTS})",
    calls=_BOTO3_CALLS | VARYING_CALLS,
    batches={
        "list": _COLUMN % ("KEYS", 1),
        "list of Params": 's3.generate_presigned_urls("get_object", ROWS, ExpiresIn=3600, threads=1)',
        "list, 2 threads": _COLUMN % ("KEYS", 2),
        "Arrow": _COLUMN % ("COLUMN", 1),
        "Arrow, 2 threads": _COLUMN % ("COLUMN", 2),
    },
)

OURS = "presigned"
AWAITED = "presigned.aio"
PORTABLE = "presigned without SHA-NI"
REFERENCE = "boto3"

CONTENDERS = {
    OURS: _OURS,
    AWAITED: Contender(
        imports="import asyncio; import presigned.aio",
        client=f"loop = asyncio.new_event_loop()\nmaking = presigned.aio.Session().client({_BOTO3_ARGUMENTS})\n"
        "s3 = loop.run_until_complete(making.__aenter__())",
        calls=_AWAITED_CALLS,
    ),
    # The speed on a processor without SHA instructions: it is compiled with RustCrypto's portable code.
    PORTABLE: replace(_OURS, path=".cache/bench/portable"),
    # boto3 would load the CRT if it could, but most installations do not have it.
    REFERENCE: Contender(
        imports='import sys; sys.modules["awscrt"] = None; import boto3; from botocore.config import Config',
        client=f's3 = boto3.client({_BOTO3_ARGUMENTS}, config=Config(signature_version="s3v4"))',
        calls={
            **_BOTO3_CALLS,
            **{case: call for case, call in VARYING_CALLS.items() if case != "small"},
            # The nearest that boto3 has.
            "presign": _BOTO3_CALLS["get"],
            "presign_post": _BOTO3_CALLS["post"] + '["url"]',
        },
        batches={
            "list": "["
            's3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": key}, ExpiresIn=3600) '
            "for key in KEYS]"
        },
        package="boto3",
    ),
    "aiobotocore": Contender(
        imports="import asyncio; from aiobotocore.config import AioConfig; from aiobotocore.session import get_session",
        client="""
loop = asyncio.new_event_loop()
making = get_session().create_client("s3", region_name=REGION, aws_access_key_id=ACCESS_KEY,
    aws_secret_access_key=SECRET_KEY, aws_session_token=TOKEN, config=AioConfig(signature_version="s3v4"))
s3 = loop.run_until_complete(making.__aenter__())
""",
        calls=_AWAITED_CALLS,
        package="aiobotocore",
        environment="aiobotocore",
    ),
    "capo-s3": Contender(
        imports="from capo_s3 import Credentials, S3Client",
        client="s3 = S3Client(region=REGION, credentials=Credentials(access_key=ACCESS_KEY, secret_key=SECRET_KEY, "
        "**({'session_token': TOKEN} if TOKEN else {})))",
        calls={
            "get": _CAPO_GET,
            "token": _CAPO_GET,
            "six": 's3.presigned_get_object(BUCKET, KEY, 3600, version_id=VERSION, response_content_type="image/jpeg", '
            'response_content_disposition=ATTACHMENT, response_cache_control="no-cache")',
            "put": 's3.presigned_put_object(BUCKET, KEY, 3600, content_type="image/png", acl="private")',
            "post": "s3.presign_post(BUCKET, FORM_KEY, expires_in=3600, fields=FIELDS, conditions=["
            '{"type": "starts-with", "field": "key", "prefix": "up/"}, '
            '{"type": "content-length-range", "min": 1, "max": 1000}, '
            '{"type": "starts-with", "field": "Content-Type", "prefix": "image/"}])',
            **_in_turn(_CAPO_GET),
            "timestamp": "s3.presigned_get_object(BUCKET, KEY, 3600, response_expires=next_moment())",
            "metadata": "s3.presigned_put_object(BUCKET, KEY, 3600, "
            'metadata={"owner": "ada", "number": next_string()})',
        },
        package="capo-s3",
    ),
    "s3pe": Contender(
        imports="import s3pe",
        client='s3 = s3pe.Client("https://s3.us-west-2.amazonaws.com", REGION, ACCESS_KEY, SECRET_KEY, TOKEN, BUCKET)',
        calls={
            "get": "s3.presign(KEY, expires=3600)",
            "token": "s3.presign(KEY, expires=3600)",
            "put": 's3.presign(KEY, method="PUT", expires=3600)',
        },
        package="s3pe",
    ),
    "libpresign": Contender(
        imports="import libpresign",
        client="",
        calls={"get": _LIBPRESIGN_GET, **_in_turn(_LIBPRESIGN_GET)},
        package="libpresign",
    ),
    "obstore": Contender(
        imports="import obstore; from obstore.store import S3Store; from datetime import timedelta",
        client="s3 = S3Store(BUCKET, region=REGION, access_key_id=ACCESS_KEY, secret_access_key=SECRET_KEY, "
        "virtual_hosted_style_request=True, **({'session_token': TOKEN} if TOKEN else {})); hour = timedelta(hours=1)",
        calls={
            "get": 'obstore.sign(s3, "GET", KEY, hour)',
            "token": 'obstore.sign(s3, "GET", KEY, hour)',
            "put": 'obstore.sign(s3, "PUT", KEY, hour)',
        },
        batches={"list": 'obstore.sign(s3, "GET", KEYS, hour)'},
        package="obstore",
    ),
    "awscrt": Contender(
        imports="from urllib.parse import quote; from awscrt import auth; "
        "from awscrt.http import HttpHeaders, HttpRequest",
        client="""
provider = auth.AwsCredentialsProvider.new_static(ACCESS_KEY, SECRET_KEY, TOKEN)
host = f"{BUCKET}.s3.us-west-2.amazonaws.com"
def signed(method, query="", headers=()):
    config = auth.AwsSigningConfig(auth.AwsSigningAlgorithm.V4, auth.AwsSignatureType.HTTP_REQUEST_QUERY_PARAMS,
        provider, REGION, "s3", use_double_uri_encode=False, should_normalize_uri_path=False,
        signed_body_value=auth.AwsSignedBodyValue.UNSIGNED_PAYLOAD, expiration_in_seconds=3600)
    request = HttpRequest(method, f"/{quote(KEY)}{query}", HttpHeaders([("host", host), *headers]))
    auth.aws_sign_request(request, config).result()
    return f"https://{host}{request.path}"
""",
        calls={
            "get": 'signed("GET")',
            "token": 'signed("GET")',
            "six": "signed(\"GET\", f\"?versionId={quote(VERSION)}&response-content-type={quote('image/jpeg', safe='')}"
            '&response-content-disposition={quote(ATTACHMENT)}&response-cache-control=no-cache")',
            "put": 'signed("PUT", "", [("content-type", "image/png"), ("x-amz-acl", "private")])',
        },
        package="awscrt",
    ),
    "fast-s3-url": Contender(
        imports="from fast_s3_url import Credentials, CredentialsWithToken, FastS3UrlSigner",
        client="s3 = FastS3UrlSigner(bucket_endpoint_url=f'https://{BUCKET}.s3.amazonaws.com/', aws_region=REGION, "
        "credentials=CredentialsWithToken(ACCESS_KEY, SECRET_KEY, TOKEN) if TOKEN "
        "else Credentials(ACCESS_KEY, SECRET_KEY))",
        calls={
            "get": "s3.generate_presigned_get_object_urls([KEY])[0]",
            "token": "s3.generate_presigned_get_object_urls([KEY])[0]",
        },
        batches={"list": "s3.generate_presigned_get_object_urls(KEYS)"},
        package="fast-s3-url",
    ),
    "signurlarity": Contender(
        imports="import signurlarity",
        client='s3 = signurlarity.Client("https://s3.us-west-2.amazonaws.com", ACCESS_KEY, SECRET_KEY)',
        calls={case: call for case, call in _BOTO3_CALLS.items() if case != "token"} | _in_turn(_BOTO3_CALLS["get"]),
        package="signurlarity",
    ),
    "minio": Contender(
        imports="from datetime import datetime, timedelta, timezone; from minio import Minio; "
        "from minio.datatypes import PostPolicy",
        client="""
s3 = Minio("s3.us-west-2.amazonaws.com", ACCESS_KEY, SECRET_KEY, TOKEN, region=REGION)
hour = timedelta(hours=1)
def form():
    policy = PostPolicy(BUCKET, datetime.now(timezone.utc) + hour)
    policy.add_starts_with_condition("key", "up/")
    policy.add_equals_condition("acl", "private")
    policy.add_content_length_range_condition(1, 1000)
    policy.add_starts_with_condition("$Content-Type", "image/")
    return s3.presigned_post_policy(policy)
""",
        calls={
            "get": _MINIO_GET,
            "token": _MINIO_GET,
            "six": 's3.get_presigned_url("GET", BUCKET, KEY, hour, {"response-content-type": "image/jpeg", '
            '"response-content-disposition": ATTACHMENT, "response-cache-control": "no-cache"}, version_id=VERSION)',
            "put": 's3.get_presigned_url("PUT", BUCKET, KEY, hour)',
            "post": "form()",
            **_in_turn(_MINIO_GET, "hour", "timedelta(seconds=next_lifetime())"),
        },
        package="minio",
    ),
}

"""Records URLs that boto3 signs by SigV4A with awscrt, in tests/golden/sigv4a.json.

awscrt's signatures are random, so a test compares what is in front of them, and verifies them. The script makes an
environment with awscrt, and runs itself there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden" / "sigv4a.json"
AT = "2026-11-30T12:00:00Z"
KEYS = ("AKIDEXAMPLE000000000", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
POINT = "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap"
CHINA = "arn:aws-cn:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap"
OUTPOST = "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01234567890123456/accesspoint/reports"
#: A type that boto3 does not sign.
FORM = "application/x-www-form-urlencoded; charset=utf-8"
#: Operation, parameters, and what differs from the usual client or call.
CASES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("get_object", {"Bucket": POINT, "Key": "cat.jpg"}, {}),
    ("get_object", {"Bucket": POINT, "Key": "cat.jpg"}, {"token": "to+k/en="}),
    ("get_object", {"Bucket": POINT, "Key": "a b/ü+~*'(!)//../x%2F"}, {"expires_in": 604_800}),
    ("get_object", {"Bucket": CHINA, "Key": "k"}, {"region": "cn-north-1"}),
    ("get_object", {"Bucket": POINT, "Key": "k", "VersionId": "v/1", "ResponseContentType": "text/plain; a=b"}, {}),
    ("get_object", {"Bucket": POINT, "Key": "k", "Range": "bytes=0-9"}, {"token": "token"}),
    ("put_object", {"Bucket": POINT, "Key": "k", "ContentType": "text/css", "Metadata": {"b": "2  2", "a": "1"}}, {}),
    ("put_object", {"Bucket": POINT, "Key": "k", "ContentType": FORM}, {}),
    ("put_object", {"Bucket": POINT, "Key": "k", "ServerSideEncryption": "AES256"}, {"expires_in": 1}),
    ("upload_part", {"Bucket": POINT, "Key": "k", "UploadId": "id", "PartNumber": 7}, {}),
    ("create_multipart_upload", {"Bucket": POINT, "Key": "k"}, {}),
    ("delete_object", {"Bucket": POINT, "Key": "k"}, {}),
    ("head_object", {"Bucket": POINT, "Key": "k"}, {"http_method": "GET"}),
    ("list_objects_v2", {"Bucket": POINT, "Prefix": "a/", "Delimiter": "/"}, {}),
    ("get_object", {"Bucket": POINT, "Key": "k"}, {"use_ssl": False}),
    ("get_object", {"Bucket": POINT, "Key": "k"}, {"config": {"signature_version": "v4a"}}),
    ("get_object", {"Bucket": POINT, "Key": "k"}, {"config": {"signature_version": "s3v4a"}}),
    ("get_object", {"Bucket": POINT, "Key": "k"}, {"config": {"auth_scheme_preference": "sigv4a,sigv4"}}),
    ("get_object", {"Bucket": POINT, "Key": "k"}, {"config": {"sigv4a_signing_region_set": "eu-west-1"}}),
    ("get_object", {"Bucket": "photos", "Key": "k"}, {"config": {"signature_version": "s3v4a"}}),
    ("get_object", {"Bucket": OUTPOST, "Key": "k"}, {"config": {"signature_version": "v4a"}}),
    ("get_object", {"Bucket": OUTPOST, "Key": "k"}, {"config": {"signature_version": "s3v4a"}}),
]  # fmt: skip


def record() -> None:
    """Signs each case. Runs in the environment with awscrt."""
    import botocore.session  # noqa: PLC0415 - of the other environment
    from botocore.compat import HAS_CRT  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415
    from freezegun import freeze_time  # noqa: PLC0415

    if not HAS_CRT:
        raise SystemExit("awscrt is missing")
    recorded = []
    for operation, params, differs in CASES:
        session = botocore.session.Session()
        session.set_credentials(*KEYS, differs.get("token"))
        region, config = differs.get("region", "eu-central-1"), Config(**differs.get("config", {}))
        client = session.create_client("s3", region, config=config, use_ssl=differs.get("use_ssl", True))
        with freeze_time(AT):
            call = params, differs.get("expires_in", 3600), differs.get("http_method")
            url = client.generate_presigned_url(operation, *call)
        recorded.append({"operation": operation, "params": params, "differs": differs, "url": url})
    text = {
        "recorded by": "scripts/record_sigv4a.py from botocore and awscrt",
        "at": AT,
        "keys": KEYS,
        "cases": recorded,
    }
    GOLDEN.write_text(json.dumps(text, indent=1) + "\n", encoding="utf-8")
    print(f"recorded {len(recorded)} cases")


def main() -> None:
    """Makes the environment, and starts the script in it."""
    from environments import environment  # noqa: PLC0415 - it needs nothing of the other environment

    python = environment(ROOT / ".cache" / "beside" / "awscrt", ROOT / "requirements" / "beside-awscrt.txt")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "BOTO_"))}
    subprocess.run([python, __file__, "--record"], check=True, env=plain)


if __name__ == "__main__":
    record() if sys.argv[1:] == ["--record"] else main()

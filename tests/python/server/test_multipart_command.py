"""The loop in a shell that docs/PRESIGN.md shows: it uploads a file in parts, with `presigned multipart` and curl."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from .servers import Server

PAGE = Path(__file__).parents[3] / "docs" / "PRESIGN.md"
BODY = bytes(range(256)) * 45_000


def test_the_loop_of_the_page_uploads_a_file(server: Server, boto3_client: Any, tmp_path: Path) -> None:
    [loop] = re.findall(r"```sh\n(presigned multipart .*?)```", PAGE.read_text(), re.DOTALL)
    (tmp_path / "a.mp4").write_bytes(BODY)
    boto3_client.create_bucket(Bucket="films")
    place = {"Bucket": "films", "Key": "a.mp4"}
    upload = {**place, "UploadId": boto3_client.create_multipart_upload(**place)["UploadId"]}
    environ = {
        "ID": upload["UploadId"],
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "AWS_ACCESS_KEY_ID": server.access_key,
        "AWS_SECRET_ACCESS_KEY": server.secret_key,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_S3": server.endpoint,
    }
    subprocess.run(["/bin/sh", "-euc", loop], cwd=tmp_path, env=environ, check=True)
    parts = boto3_client.list_parts(**upload)["Parts"]
    assert [part["Size"] for part in parts] == [5_242_880, 5_242_880, 1_034_240]
    done = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in parts]
    boto3_client.complete_multipart_upload(**upload, MultipartUpload={"Parts": done})
    assert boto3_client.get_object(**place)["Body"].read() == BODY

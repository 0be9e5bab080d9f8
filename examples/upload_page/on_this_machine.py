"""Runs the page with its own S3 server, SeaweedFS, on this machine; Ctrl-C stops both.

python examples/upload_page/on_this_machine.py [PORT]
"""

import os
import sys
import urllib.request
from pathlib import Path

import uvicorn

import backend
import presigned
import set_cors

sys.path.append(str(Path(__file__).parents[2] / "scripts"))
import seaweedfs

BUCKET = "uploads"


def main(port: int = 8000) -> None:
    """Start the server, make a bucket, allow the page to use it, and serve the page."""
    origin = f"http://127.0.0.1:{port}"
    with seaweedfs.running() as server:
        os.environ |= {
            "AWS_ENDPOINT_URL_S3": server.endpoint,
            "AWS_ACCESS_KEY_ID": server.access_key,
            "AWS_SECRET_ACCESS_KEY": server.secret_key,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        url = presigned.client("s3").generate_presigned_url("create_bucket", {"Bucket": BUCKET})
        urllib.request.urlopen(urllib.request.Request(url, method="PUT")).close()
        set_cors.main(BUCKET, origin)
        print(f"Open {origin}", flush=True)
        uvicorn.run(backend.create_app(backend.Settings(BUCKET)), port=port, log_level="warning")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

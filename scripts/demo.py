"""Shows presigned at work with a real S3 server: an upload, a download, a form, and refused requests.

`make demo` runs it. The server, SeaweedFS, listens on the loopback interface only, and stops at the end.
"""

import datetime
import http
import http.client
import os
import sys
import time
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import urlsplit

import freezegun

import presigned
import seaweedfs

BUCKET = "holiday"
KEY = "photos/Zürich & me #1.jpg"
PHOTO = b"\xff\xd8\xff\xe0 not quite a photograph " * 40_000
MINUTES = 60
HOUR = 3600

COLOURS = sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(code: int, text: str) -> str:
    """Colour a string for the terminal."""
    return f"\033[{code}m{text}\033[0m" if COLOURS else text


def title(text: str) -> None:
    """Print the heading of a part."""
    print(f"\n{paint(1, text)}")


def call(text: str) -> None:
    """Print the code that the reader would write."""
    print(f"  {paint(36, text)}")


def show(method: str, url: str) -> None:
    """Print a request in two lines: its address, and its signature without most of its digits."""
    address, _, query = url.partition("?")
    print(f"  {method} {address}")
    pairs = [pair for pair in query.split("&") if not pair.startswith(("X-Amz-Algorithm", "X-Amz-Credential"))]
    shown = "&".join(f"{pair[:24]}…" if pair.startswith("X-Amz-Signature") else pair for pair in pairs)
    print(paint(2, f"      ?X-Amz-Algorithm=…&X-Amz-Credential=…&{shown}"))


def fail(text: str) -> NoReturn:
    """Stop the demo with an error."""
    print(f"  {paint(31, '✗')} {text}")
    raise SystemExit(1)


def expect(what: str, *, status: int, code: str, expected: int) -> None:
    """Stop the demo unless the server answered as expected."""
    answer = f"{status} {code}".strip()
    if status != expected:
        fail(f"{what}: expected {expected}, but the server answered {answer}")
    print(f"  {paint(32, '✓')} {answer}: {what}")


def send(method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> tuple[int, str, bytes]:
    """Send a request with exactly this URL; return status, error code and body."""
    split = urlsplit(url)
    connection = http.client.HTTPConnection(split.hostname or "", split.port, timeout=30)
    try:
        connection.request(method, url[len(f"{split.scheme}://{split.netloc}") :], body or None, dict(headers or {}))
        response = connection.getresponse()
        got = response.read()
    finally:
        connection.close()
    code = (
        got.partition(b"<Code>")[2].partition(b"</Code>")[0].decode()
        if response.status >= http.HTTPStatus.MULTIPLE_CHOICES
        else ""
    )
    return response.status, code, got


def multipart(fields: Mapping[str, str], file: bytes) -> tuple[bytes, dict[str, str]]:
    """Return what a browser sends when the form is submitted: the fields, and the file at the end."""
    boundary = "----presigned"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{fields[name]}\r\n' for name in fields
    ]
    parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="me.png"\r\n\r\n')
    body = "".join(parts).encode() + file + f"\r\n--{boundary}--\r\n".encode()
    return body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def upload_and_download(s3: presigned.S3) -> str:
    """Put a file with one URL and get it with another; return the second URL."""
    title("1  Let someone upload one file: a presigned PUT")
    call('s3.generate_presigned_url("put_object", {"Bucket": "holiday", "Key": "photos/Zürich & me #1.jpg"})')
    put = s3.generate_presigned_url("put_object", {"Bucket": BUCKET, "Key": KEY})
    show("PUT", put)
    status, code, _ = send("PUT", put, PHOTO)
    expect(f"{len(PHOTO):,} bytes uploaded", status=status, code=code, expected=200)

    title("2  Share it for five minutes: a presigned GET")
    call('s3.generate_presigned_url("get_object", {"Bucket": ..., "Key": ...}, ExpiresIn=300)')
    get = s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": KEY}, ExpiresIn=5 * MINUTES)
    show("GET", get)
    status, code, got = send("GET", get)
    expect(f"{len(got):,} bytes downloaded", status=status, code=code, expected=200)
    if got != PHOTO:
        fail("the download differs from the upload")
    print(f"  {paint(32, '✓')} they are the same bytes")
    return get


def form(s3: presigned.S3) -> None:
    """Post a file with a form that accepts only small images."""
    title("3  Take pictures of up to 100 kB from a web page: a presigned POST form")
    call('s3.generate_presigned_post("holiday", "inbox/${filename}", Fields=..., Conditions=[')
    call('    {"Content-Type": "image/png"}, ["content-length-range", 1, 100_000]])')
    image = {"Content-Type": "image/png"}
    post = s3.generate_presigned_post(BUCKET, "inbox/${filename}", image, [image, ["content-length-range", 1, 100_000]])
    print(f"  POST {post['url']}")
    print(paint(2, f"      {', '.join(post['fields'])}, file"))
    picture = PHOTO[:50_000]
    status, code, _ = send("POST", post["url"], *multipart(post["fields"], picture))
    expect("50,000 bytes posted as inbox/me.png", status=status, code=code, expected=204)
    get = s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": "inbox/me.png"})
    if send("GET", get)[2] != picture:
        fail("the download differs from the posted file")
    print(f"  {paint(32, '✓')} and downloaded: the same bytes")
    status, code, _ = send("POST", post["url"], *multipart(post["fields"], PHOTO))
    expect(f"the same form with {len(PHOTO):,} bytes is refused", status=status, code=code, expected=400)
    fields = {**post["fields"], "key": "elsewhere/me.png"}
    status, code, _ = send("POST", post["url"], *multipart(fields, picture))
    expect("the same form with another key is refused", status=status, code=code, expected=403)


def refusals(s3: presigned.S3, get: str) -> None:
    """Check that the server refuses an expired URL and changed URLs."""
    title("4  An expired URL is refused")
    with freezegun.freeze_time(datetime.timedelta(seconds=-HOUR)):
        old = s3.generate_presigned_url("get_object", {"Bucket": BUCKET, "Key": KEY}, ExpiresIn=5 * MINUTES)
    show("GET", old)
    status, code, _ = send("GET", old)
    expect("signed an hour ago, for five minutes", status=status, code=code, expected=403)

    title("5  A URL that was tampered with is refused")
    for what, method, url in (
        ("another key", "GET", get.replace("me%20%231", "you%20%231")),
        ("a longer life", "GET", get.replace("X-Amz-Expires=300", "X-Amz-Expires=604800")),
        ("another method", "DELETE", get),
        ("another signature", "GET", get[:-1] + ("0" if get[-1] != "0" else "1")),
    ):
        status, code, _ = send(method, url)
        expect(what, status=status, code=code, expected=403)
    status, code, _ = send("GET", get)
    expect("and as it was made", status=status, code=code, expected=200)


def main() -> None:
    """Run the demo."""
    began = time.monotonic()
    with seaweedfs.running() as server:
        print(f"SeaweedFS, an S3 server that verifies every signature, listens at {server.endpoint}")
        s3 = presigned.client(
            "s3",
            region_name="us-east-1",
            endpoint_url=server.endpoint,
            aws_access_key_id=server.access_key,
            aws_secret_access_key=server.secret_key,
        )
        status, code, _ = send("PUT", s3.generate_presigned_url("create_bucket", {"Bucket": BUCKET}))
        if status != http.HTTPStatus.OK:
            fail(f"no bucket could be made: {status} {code}")
        get = upload_and_download(s3)
        form(s3)
        refusals(s3, get)
    print(f"\n{paint(32, 'Everything works')}, in {time.monotonic() - began:.1f} s. The server is stopped.")


if __name__ == "__main__":
    try:
        main()
    except (seaweedfs.ServerError, OSError) as error:
        raise SystemExit(f"demo: {error}") from None

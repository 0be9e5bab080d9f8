"""Sets the rules of cors.json on a bucket, so that browsers allow the page to send files there.

python examples/upload_page/set_cors.py BUCKET [ORIGIN]
"""

import base64
import hashlib
import json
import sys
import urllib.request
from pathlib import Path
from xml.sax.saxutils import escape

import presigned

# Member of a rule -> its XML element, if the names differ.
ELEMENTS = {
    "AllowedOrigins": "AllowedOrigin",
    "AllowedMethods": "AllowedMethod",
    "AllowedHeaders": "AllowedHeader",
    "ExposeHeaders": "ExposeHeader",
}


def xml(rules: list[dict[str, list[str] | int]]) -> bytes:
    """Write the rules as XML."""
    written = ""
    for rule in rules:
        written += "<CORSRule>"
        for member, value in rule.items():
            name = ELEMENTS.get(member, member)
            for text in value if isinstance(value, list) else [value]:
                written += f"<{name}>{escape(str(text))}</{name}>"
        written += "</CORSRule>"
    return f"<CORSConfiguration>{written}</CORSConfiguration>".encode()


def main(bucket: str, origin: str | None = None) -> None:
    """Send the rules, with a presigned URL too."""
    configuration = json.loads((Path(__file__).parent / "cors.json").read_text())
    if origin is not None:
        configuration["CORSRules"][0]["AllowedOrigins"] = [origin]
    s3 = presigned.client("s3", config=presigned.Config(s3={"addressing_style": "virtual"}))
    url = s3.generate_presigned_url("put_bucket_cors", {"Bucket": bucket, "CORSConfiguration": configuration})
    body = xml(configuration["CORSRules"])
    digest = base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()
    headers = {"Content-MD5": digest, "Content-Type": "application/xml"}
    request = urllib.request.Request(url, body, headers, method="PUT")
    with urllib.request.urlopen(request) as response:
        print(f"{bucket}: {response.status}, browsers at {configuration['CORSRules'][0]['AllowedOrigins']} may come")


if __name__ == "__main__":
    main(*sys.argv[1:])

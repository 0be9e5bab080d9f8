"""Records what AWS's SDK for JavaScript signs for CloudFront, in tests/python/cloudfront/golden/javascript.json.

It needs npm, which installs the package into .cache/cloudfront. The key in that folder is a key of the tests alone.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "python" / "cloudfront" / "golden"
INSTALLED = ROOT / ".cache" / "cloudfront"
PACKAGE = "@aws-sdk/cloudfront-signer@3.1166.0"
#: Reads the cases, and prints a result for each.
PROGRAM = """\
const { getSignedUrl, getSignedCookies } = require("@aws-sdk/cloudfront-signer");
const { cases, key } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const made = cases.map(({ make, ...given }) =>
  (make === "url" ? getSignedUrl : getSignedCookies)({ keyPairId: "K2JCJMDEHXQW5F", privateKey: key, ...given }));
console.log(JSON.stringify(made));
"""

HOST = "https://d111111abcdef8.cloudfront.net"
END, START = "2030-01-01T00:00:00Z", "2029-12-31T00:00:00Z"
PATHS = [
    "/cat.jpg",
    "/",
    "/a/b/c",
    "/a//b/",
    "/a b/c d.jpg",
    "/Größe.jpg",
    "/東京/🎉.png",
    "/cafe\u0301",
    "/100%.txt",
    "/100%25.txt",
    "/a%20b%2Fc%2fd",
    "/%e4%f6",
    "/%C3%A4 %zz",
    "/a+b,c;d:e@f&g=h$i!j~k*l'm(n)o",
    '/"quoted" \\ <a> [b] {c} |d| ^e^ `f`',
    "/cat.jpg?size=large",
    "/cat.jpg?a=1&b=2&&c",
    "/cat.jpg?",
    "/cat.jpg?q=a b+c%2bd%zz&ü=ß",
    "/cat.jpg?response-content-disposition=attachment; filename=\"a 'b' (c)!.jpg\"",
    "/cat.jpg?a=b=c&=d&e=",
    "/cat.jpg?path=/a/b?c:d@e",
    "/\x7f\t\x01",
]
CONDITIONS: list[dict[str, str]] = [
    {},
    {"dateGreaterThan": START},
    {"ipAddress": "192.0.2.7"},
    {"ipAddress": "192.0.2.0/24", "dateGreaterThan": START},
]
ALGORITHMS = ("SHA1", "SHA256")


def cases() -> list[dict[str, Any]]:
    """The arguments of each case, under the package's names."""
    found = [
        {"make": "url", "url": HOST + path, "dateLessThan": END, "algorithm": algorithm}
        for path in PATHS
        for algorithm in ALGORITHMS[: 2 if path in PATHS[:2] else 1]
    ]
    for conditions in CONDITIONS[1:]:
        for algorithm in ALGORITHMS:
            common = {"dateLessThan": END, "algorithm": algorithm, **conditions}
            found.append({"make": "url", "url": f"{HOST}/ä.jpg?a=1", **common})
    for scheme in ("http", "ws", "wss"):
        url = HOST.replace("https", scheme) + "/a"
        found.append({"make": "url", "url": url, "dateLessThan": END, "algorithm": "SHA1"})
    for conditions in CONDITIONS:
        for algorithm in ALGORITHMS:
            common = {"dateLessThan": END, "algorithm": algorithm, **conditions}
            found.append({"make": "cookies", "url": f"{HOST}/videos/1.mp4?a=b", **common})
    return found


def main() -> None:
    """Installs the package, runs the cases and writes the file."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        raise FileNotFoundError("npm is needed (Debian and Ubuntu: apt-get install npm)")
    install = [npm, "install", "--prefix", str(INSTALLED), "--no-audit", "--no-fund", "--silent", PACKAGE]
    INSTALLED.mkdir(parents=True, exist_ok=True)
    subprocess.run(install, check=True)
    wanted = cases()
    done = subprocess.run(
        [node, "-e", PROGRAM],
        cwd=INSTALLED,
        input=json.dumps({"cases": wanted, "key": (GOLDEN / "key.pem").read_text()}),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    results = json.loads(done.stdout)
    recorded = {
        "recorded by": f"scripts/record_cloudfront.py from {PACKAGE}",
        "cases": [{**given, "made": made} for given, made in zip(wanted, results, strict=True)],
    }
    (GOLDEN / "javascript.json").write_text(json.dumps(recorded, indent=1) + "\n", encoding="utf-8")
    print(f"recorded {len(results)} cases")


if __name__ == "__main__":
    main()

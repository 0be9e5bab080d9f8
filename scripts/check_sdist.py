"""Installs the source distribution without any network, from crates that `cargo vendor` put into a folder, and signs.

`make test-sdist` runs it, after `make sdist`: CONTRIBUTING.md tells others to do the same.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from check_wheel import compare
from debian_packages import CACHE
from environments import environment, step
from wheels import LOCK, path, unpack

SOURCE = CACHE / "offline"
CONFIG = """\
[source.crates-io]
replace-with = "vendored"

[source.vendored]
directory = "{}"

[net]
offline = true
"""


def main(sdist: Path) -> None:
    """Builds it, and compares what it signs with botocore's."""
    python = environment(CACHE / "tools", LOCK)
    unpack(sdist, SOURCE)
    vendor = CACHE / "vendor"
    command = ("cargo", "vendor", "--locked", "--quiet", "--sync", "extensions/Cargo.toml", str(vendor))
    step("the crates, by cargo vendor", "env", "-C", str(SOURCE), *command)
    config = SOURCE / ".cargo" / "config.toml"
    config.parent.mkdir()
    config.write_text(CONFIG.format(vendor))
    os.environ.pop("PYO3_PYTHON", None)
    installed = CACHE / "installed" / "sdist"
    kind = ("--no-index", "--no-deps", "--no-build-isolation", "--upgrade", "--target", str(installed))
    step("pip install, offline", python, "-m", "pip", "install", "--quiet", *kind, str(SOURCE), PATH=path(python))
    compare([sys.executable], installed)
    print("100 URLs and forms are botocore's")


if __name__ == "__main__":
    main(max(Path("dist").glob("presigned-*.tar.gz"), key=lambda file: file.stat().st_mtime))

"""Installs the source distribution without any network, by the commands that CONTRIBUTING.md gives for that, and signs.

`make test-sdist` runs it, after `make sdist`.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from check_wheel import ROOT, compare
from debian_packages import CACHE
from environments import environment, step
from wheels import LOCK, path, unpack

SOURCE = CACHE / "offline"


def vendoring() -> str:
    """Returns the commands of the page that put all crates into a folder."""
    page = (ROOT / "CONTRIBUTING.md").read_text()
    (commands,) = re.findall(r"^```sh\n(cargo vendor .*?)```", page, re.DOTALL | re.MULTILINE)
    return str(commands)


def main(sdist: Path) -> None:
    """Builds it, and compares what it signs with botocore's."""
    os.environ.pop("PYO3_PYTHON", None)
    python = environment(CACHE / "tools", LOCK)
    unpack(sdist, SOURCE)
    step("the crates, by cargo vendor", "env", "-C", str(SOURCE), "sh", "-ec", vendoring())
    installed = CACHE / "installed" / "sdist"
    kind = ("--no-index", "--no-deps", "--no-build-isolation", "--upgrade", "--target", str(installed))
    install = (python, "-m", "pip", "install", "--quiet", *kind, ".")
    # cargo reads the settings of the folder that it is started in.
    step("pip install", "env", "-C", str(SOURCE), *install, PATH=path(python), CARGO_NET_OFFLINE="true")
    compare([sys.executable], installed)
    print("  its URLs and forms are botocore's")


if __name__ == "__main__":
    main(max(Path("dist").glob("presigned-*.tar.gz"), key=lambda file: file.stat().st_mtime))

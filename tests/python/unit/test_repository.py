"""What a person meets who opens the repository: few entries at the top, links that lead somewhere, short lines."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
#: More than a screen of entries hides the README.
MOST_ENTRIES = 20
#: Generated files too: a reviewer reads their differences when botocore is raised.
LONGEST_LINE = 250

pytestmark = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="only git knows which files are tracked"
)


def tracked() -> list[str]:
    """The files of the repository, without those that were built or installed in it."""
    command = ["git", "ls-files", "-z"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def test_the_top_of_the_repository_has_few_entries() -> None:
    entries = {name.partition("/")[0] for name in tracked()}
    assert len([name for name in entries if not name.startswith(".")]) <= MOST_ENTRIES, sorted(entries)


def anchors(page: str) -> set[str]:
    """The headings of a page, as a link names them."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_every_link_of_a_page_leads_to_a_file_and_a_heading_that_are_there() -> None:
    broken = []
    for name in tracked():
        if not name.endswith(".md"):
            continue
        page = ROOT / name
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            path, _, anchor = link.partition("#")
            if "://" in link:
                continue
            target = page.parent / path if path else page
            if not target.exists() or (anchor and anchor not in anchors(target.read_text(encoding="utf-8"))):
                broken.append(f"{name}: {link}")
    assert broken == []


def test_no_line_of_code_is_too_long_to_review() -> None:
    long = []
    for name in tracked():
        if name.endswith((".py", ".pyi", ".rs")):
            lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
            long += [f"{name}:{number}" for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE]
    assert long == []

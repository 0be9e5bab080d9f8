"""The commands and the code of docs/CLOUDFRONT.md run, in the order of the page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "CLOUDFRONT.md"


def test_the_code_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```(python|console)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [language for language, _ in blocks].count("python") > 4
    for language, text in blocks:
        if language == "python":
            exec(compile(text, str(PAGE), "exec"), {})  # noqa: S102 - our own page
        else:
            for line in text.splitlines():
                subprocess.run(line.removeprefix("$ ").split(), check=True, capture_output=True)
    assert (tmp_path / "public_key.pem").read_text().startswith("-----BEGIN PUBLIC KEY-----")

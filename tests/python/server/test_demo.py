"""`make demo`, which the README shows first, reaches its end with a server of its own."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def test_the_demo_reaches_its_end() -> None:
    command = [sys.executable, "scripts/demo.py"]
    demo = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "✗" not in demo.stdout
    assert "Everything works" in demo.stdout

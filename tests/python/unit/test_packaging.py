"""What is handed to others is whole: the source distribution builds what the wheel is made of."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import tarfile
from pathlib import Path

ROOT = Path(__file__).parents[3]


def in_a_shell(*command: str, path: str = "scripts") -> subprocess.CompletedProcess[str]:
    """Runs a command at the top of the repository, as for a build, with modules of a folder."""
    return subprocess.run(
        command,
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": path,
            # The tests' own is empty; rustup's toolchains are in this one.
            "HOME": pwd.getpwuid(os.getuid()).pw_dir,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        },
        check=False,
        capture_output=True,
        text=True,
    )


def test_pip_takes_a_clone() -> None:
    dry = ("--dry-run", "--no-deps", "--no-build-isolation", "--no-index")
    done = in_a_shell(sys.executable, "-m", "pip", "install", *dry, ".")
    assert "Would install presigned-" in done.stdout, done.stdout + done.stderr


def test_pip_refuses_a_clone_in_a_free_threaded_python_and_says_why(tmp_path: Path) -> None:
    # This is asked of `sysconfig`. An ordinary Python answers 0.
    (tmp_path / "sitecustomize.py").write_text("import sysconfig\nsysconfig.get_config_vars()['Py_GIL_DISABLED'] = 1\n")
    dry = ("--dry-run", "--no-deps", "--no-build-isolation", "--no-index")
    done = in_a_shell(sys.executable, "-m", "pip", "install", *dry, ".", path=str(tmp_path))
    assert done.returncode == 1
    assert "presigned does not support the free-threaded build of Python" in done.stdout + done.stderr


def test_the_source_distribution_has_all_that_the_extension_modules_are_built_from(tmp_path: Path) -> None:
    program = "import sys, build_backend; build_backend.build_sdist(*sys.argv[1:])"
    done = in_a_shell(sys.executable, "-c", program, str(tmp_path))
    assert done.returncode == 0, done.stderr
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        packed = {name.partition("/")[2] for name in files.getnames()}
    needed = [
        "src/**/*.rs",
        "src/**/*.json",
        "src/**/*.txt",
        "extensions/*/src/**/*.rs",
        "extensions/*/*.toml",
        "python/**/*.py*",
    ]
    wanted = {str(path.relative_to(ROOT)) for pattern in needed for path in ROOT.glob(pattern) if path.suffix != ".pyc"}
    wanted |= {
        "Cargo.lock",
        "extensions/Cargo.toml",
        "extensions/Cargo.lock",
        "scripts/build_backend.py",
        "LICENSE",
        "NOTICE",
        "docs/NOTICE-crates.txt",
    }
    assert wanted - packed == set()
    assert not {name for name in packed if "/target/" in name or name.endswith(".so")}

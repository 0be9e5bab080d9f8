"""Downloads packages of Debian 12 and unpacks them into folders of their own.

apt checks their signatures. Nothing is installed, and apt's lists of this machine stay as they are: it works with any
Debian or Ubuntu, and without root.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path

CACHE = Path(".cache/wheels").absolute()
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"
SOURCES = f"""\
deb [signed-by={KEYS}] http://deb.debian.org/debian bookworm main
deb-src [signed-by={KEYS}] http://deb.debian.org/debian bookworm main
deb [signed-by={KEYS}] http://deb.debian.org/debian-security bookworm-security main
"""
#: What apt-cache also calls a dependency.
NOT_NEEDED = ("recommends", "suggests", "conflicts", "breaks", "replaces", "enhances")


@cache
def lists() -> dict[str, str]:
    """Downloads the lists of packages; returns the environment for apt to use them."""
    if not Path(KEYS).exists():
        raise SystemExit(f"{KEYS} was not found (Debian and Ubuntu: apt-get install debian-archive-keyring)")
    folder = CACHE / "apt"
    for path in ("lists/partial", "cache/archives/partial"):
        (folder / path).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()
    (folder / "sources.list").write_text(SOURCES)
    (folder / "apt.conf").write_text(
        f'Dir::Etc::sourcelist "{folder}/sources.list";\n'
        'Dir::Etc::sourceparts "/nowhere";\n'
        f'Dir::State "{folder}";\n'
        f'Dir::State::status "{folder}/status";\n'
        f'Dir::Cache "{folder}/cache";\n'
        'APT::Architecture "amd64";\n'
        'APT::Architectures { "amd64"; "arm64"; };\n'
        'APT::Sandbox::User "";\n'
        'Acquire::Languages "none";\n'
    )
    environment = {**os.environ, "APT_CONFIG": str(folder / "apt.conf")}
    run("apt-get", "update", "-qq", environment=environment)
    return environment


def needed_by(package: str) -> list[str]:
    """Returns the package and all that it depends on."""
    command = ["apt-cache", "depends", "--recurse", *(f"--no-{kind}" for kind in NOT_NEEDED), package]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=lists()).stdout
    # A name that begins with < is one that several packages provide.
    return [line for line in said.splitlines() if line and line[0] not in " <|"]


def unpack(packages: list[str], folder: Path) -> None:
    """Downloads packages and unpacks them into the folder, unless that was done before."""
    done = folder / ".unpacked"
    if done.exists() and done.read_text().split() == packages:
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as downloads:
        run("apt-get", "download", "-qq", *packages, folder=downloads, environment=lists())
        for package in sorted(Path(downloads).glob("*.deb")):
            run("dpkg", "-x", str(package), str(folder))
    done.write_text("\n".join(packages))


def unpack_source(package: str, folder: Path) -> Path:
    """Downloads the original source of a package and unpacks it; returns its folder."""
    if not list(folder.glob("*/")):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as downloads:
            run("apt-get", "source", "--download-only", "-qq", package, folder=downloads, environment=lists())
            (archive,) = Path(downloads).glob("*.orig.tar.*")
            run("tar", "-xf", str(archive), "-C", str(folder))
    (source,) = folder.glob("*/")
    return source


def run(*command: str, folder: str | Path | None = None, environment: dict[str, str] | None = None) -> None:
    """Runs a command; raises CalledProcessError if it fails."""
    subprocess.run(command, cwd=folder, env=environment, check=True)

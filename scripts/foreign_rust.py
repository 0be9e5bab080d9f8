"""Rust for the platforms that the Rust of this machine has no standard library for.

Debian's rustc-web is new enough. Its package of the standard library for arm64 can be unpacked beside the compiler. For
musl there is none: cargo compiles it, from Debian's package of its source.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import debian_packages

if TYPE_CHECKING:
    from pathlib import Path

    from platforms import Platform

ROOT = debian_packages.CACHE / "rust"
WRAPPER = """\
#!/bin/sh
LD_LIBRARY_PATH={root}/usr/lib/x86_64-linux-gnu exec {root}/usr/bin/rustc "$@"
"""


def for_platform(platform: Platform) -> tuple[dict[str, str], list[str]]:
    """Returns the variables and the arguments of maturin with which it builds for the platform."""
    arguments = [
        "--zig",
        "--target",
        platform.target,
        "--compatibility",
        platform.tag.removesuffix(f"_{platform.processor}"),
    ]
    if platform.target == "x86_64-unknown-linux-gnu":
        return {}, arguments
    variables = {"RUSTC": str(compiler())}
    if platform.is_musl:
        # Python's own program brings musl: a module that has another in itself does not load.
        flags = f"CARGO_TARGET_{platform.target.replace('-', '_').upper()}_RUSTFLAGS"
        # cargo allows it to nightly compilers only.
        variables |= {"RUSTC_BOOTSTRAP": "1", flags: "-Ctarget-feature=-crt-static"}
        arguments += ["-Zbuild-std=std,panic_unwind"]
    return variables, arguments


def compiler() -> Path:
    """Returns Debian's compiler, which it downloads unless that was done before."""
    libraries = [name for name in debian_packages.needed_by("libstd-rust-web-dev") if name != "libc6"]
    debian_packages.unpack([*libraries, "libstd-rust-web-dev:arm64", "rustc-web", "rust-web-src"], ROOT)
    wrapper = ROOT / "rustc"
    # Written once: cargo builds all again after the compiler has changed.
    if not wrapper.exists():
        wrapper.write_text(WRAPPER.format(root=ROOT))
        os.chmod(wrapper, 0o755)  # noqa: PTH101, S103 - a program
    return wrapper

"""What `make wheels` relies on, as far as it takes no compiler: the whole of it takes too long for each run."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest

import audit_wheel
import build_backend
import check_sdist
import check_wheel
import platforms
import wheel_calls

ROOT = Path(__file__).parents[3]
MODULES = audit_wheel.modules(ROOT)


def test_a_free_threaded_python_is_refused_before_anything_is_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", {"Py_GIL_DISABLED": 1}.get)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it built something"))
    for build in (build_backend.build_wheel, build_backend.build_editable):
        with pytest.raises(SystemExit, match="does not support the free-threaded build of Python"):
            build(str(tmp_path))


def test_every_module_is_built_with_the_arguments_of_the_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands = []

    def maturin(command: list[str], **_: Any) -> None:
        commands.append(command)
        with zipfile.ZipFile(Path(command[command.index("--out") + 1], "made.whl"), "w") as wheel:
            wheel.writestr(f"_{len(commands)}.abi3.so", b"a library")

    monkeypatch.setattr(subprocess, "run", maturin)
    monkeypatch.setattr(build_backend, "PACKAGE", tmp_path)
    arguments = ["--zig", "--target", "aarch64-unknown-linux-gnu"]
    build_backend.build_extensions({"build-args": arguments})
    assert len(commands) == len(MODULES - {"_core"}) == len(list(tmp_path.iterdir()))
    for command in commands:
        assert [word for word in command if word in arguments] == arguments
        # This machine's own Python has nothing to say there.
        assert sys.executable not in command
    build_backend.build_extensions()
    assert sys.executable in commands[-1]


def test_a_wheel_includes_every_module_and_the_list_of_its_crates() -> None:
    settings = (ROOT / "pyproject.toml").read_text()
    for module in MODULES - {"_core"}:
        assert f'"python/presigned/{module}.*", format = "wheel"' in settings
        assert f"target/extensions/presigned-{module[1:]}.cyclonedx.json" in settings


def audit(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    modules: set[str],
    found: str,
    wanted: str,
    **more: Any,
) -> None:
    """Audits a wheel with these modules, of which auditwheel says that it is for the platform found."""
    wheel = tmp_path / "presigned-0.1.0-cp310-abi3-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for module in modules:
            archive.writestr(f"presigned/{module}.abi3.so", b"a library")
    needs = {"versioned_symbols": {"libc.so.6": ["GLIBC_2.9", "GLIBC_2.17"]}, "external_libs": {"libc.so.6": None}}
    said = json.dumps({"overall_tag": found, "sym_tag": wanted} | needs | more)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, said, ""))
    monkeypatch.chdir(ROOT)
    audit_wheel.main(wheel, wanted)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("manylinux_2_17_x86_64", "manylinux2014_x86_64"),
        ("manylinux_2_12_x86_64", "manylinux2014_x86_64"),
        ("musllinux_1_1_aarch64", "musllinux_1_2_aarch64"),
    ],
)
def test_a_wheel_may_need_no_more_than_its_name_says(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    found: str,
    wanted: str,
) -> None:
    audit(monkeypatch, tmp_path, MODULES, found, wanted)
    assert capsys.readouterr().out.endswith(f": {found}; the newest symbol is of GLIBC_2.17\n")


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("manylinux_2_28_x86_64", "manylinux2014_x86_64"),
        ("linux_x86_64", "manylinux2014_x86_64"),
        ("manylinux_2_17_x86_64", "musllinux_1_2_x86_64"),
        ("manylinux_2_17_aarch64", "manylinux2014_x86_64"),
    ],
)
def test_a_wheel_that_needs_more_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, found: str, wanted: str
) -> None:
    with pytest.raises(SystemExit, match=rf"is for {found}, not "):
        audit(monkeypatch, tmp_path, MODULES, found, wanted)


def test_a_wheel_for_musl_may_need_nothing_but_musl(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tags = ("linux_x86_64", "musllinux_1_2_x86_64")
    # No version of musl is in its symbols.
    audit(monkeypatch, tmp_path, MODULES, *tags, versioned_symbols={}, external_libs={"libc.so": None})
    more = {"libc.so": None, "libgcc_s.so.1": None}
    with pytest.raises(SystemExit, match="is for linux_x86_64, not musllinux"):
        audit(monkeypatch, tmp_path, MODULES, *tags, versioned_symbols={}, external_libs=more)


def test_a_wheel_without_one_of_the_modules_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="and should have"):
        audit(monkeypatch, tmp_path, MODULES - {"_network"}, "manylinux_2_17_x86_64", "manylinux2014_x86_64")


def test_the_program_that_signs_in_other_pythons_signs_here_what_botocore_signs() -> None:
    answer = check_wheel.compare([sys.executable], ROOT / "python")
    assert len(answer["signed"]) == 100
    assert set(answer["modules"]) == MODULES
    # Each part of the check sees what is wrong.
    second, url = answer["signed"][0]
    for wrong in (
        {"signed": [[second + 1, url], *answer["signed"][1:]]},
        {"signed": answer["signed"][:-1]},
        {"modules": ["_core"]},
        {"fetched": wheel_calls.ACCESS_KEY},
    ):
        with pytest.raises(SystemExit):
            check_wheel.check(answer | wrong)


def test_the_crates_are_fetched_by_the_commands_of_a_page() -> None:
    assert [line.split()[0] for line in check_sdist.vendoring().splitlines()] == ["cargo", "mkdir"]


def test_an_unknown_platform_is_not_built_for() -> None:
    assert [platform.tag for platform in platforms.chosen(["musllinux_1_2_x86_64"])] == ["musllinux_1_2_x86_64"]
    with pytest.raises(SystemExit, match="unknown win_amd64"):
        platforms.chosen(["win_amd64"])

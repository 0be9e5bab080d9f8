"""mypy and pyright on calls of the client: right ones pass in silence, wrong ones are reported."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

import botocore.session
import pytest
from botocore import xform_name
from botocore.model import ListShape, MapShape, StructureShape
from botocore.validate import ParamValidator

import presigned
from presigned import type_defs

if TYPE_CHECKING:
    from botocore.model import OperationModel, Shape

TYPED = Path(__file__).parent.parent / "typed"
PACKAGE = Path(presigned.__file__).parent
HEAD = "from presigned import S3\n\n\ndef calls(s3: S3) -> None:\n"
METHODS = ("generate_presigned_url", "presign")
VALUES = {"integer": "5", "long": "5", "boolean": "True", "blob": '""', "timestamp": '"2026-01-02"'}

#: A file, a line of it, and whether the report is of a deprecation, and not of an error.
Found: TypeAlias = list[tuple[str, int, bool]]
Reports = dict[str, dict[int, str]]
"""The name of a file and a line of it -> ``deprecated`` or ``error``."""


def sample(shape: Shape, *, full: bool = True) -> str:
    """A value that boto3 takes for a shape, as Python source: with every member, or with the required ones."""
    if isinstance(shape, StructureShape):
        names = [name for name in shape.members if full or name in shape.required_members]
        if shape.is_tagged_union:
            names = list(shape.members)[:1]
        return "{" + ", ".join(f'"{name}": {sample(shape.members[name], full=full)}' for name in names) + "}"
    if isinstance(shape, ListShape):
        return f"[{sample(shape.member, full=full)}]"
    if isinstance(shape, MapShape):
        return f"{{{sample(shape.key)}: {sample(shape.value)}}}"
    if shape.type_name == "string":
        return f'"{"x" * shape.metadata.get("min", 1)}"'
    return VALUES[shape.type_name]


def operations() -> list[OperationModel]:
    model = botocore.session.get_session().get_service_model("s3")
    return [model.operation_model(name) for name in model.operation_names]


def full_calls() -> str:
    """A call of every operation with every member."""
    lines = []
    for operation in operations():
        assert operation.input_shape is not None
        lines += [
            f'    s3.{method}("{xform_name(operation.name)}", {sample(operation.input_shape)})\n' for method in METHODS
        ]
    return HEAD + "".join(lines)


def faulty_calls() -> str:
    """Calls of every operation with one member too many, and with the last required one missing."""
    lines = []
    for operation in operations():
        shape = operation.input_shape
        assert shape is not None
        for method in METHODS:
            call = f's3.{method}("{xform_name(operation.name)}", '
            more = f'    {call}{sample(shape, full=False)[:-1]}, "Absent": 5}})  # deprecated\n'
            lines.append(more.replace("{, ", "{"))
            for missing in shape.required_members[-1:]:
                rest = [f'"{name}": {sample(shape.members[name], full=False)}' for name in shape.required_members[:-1]]
                lines.append(f"    {call}{{{', '.join(rest)}}})  # deprecated: {missing}\n")
    return HEAD + "".join(lines)


@pytest.fixture(scope="module")
def checked_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files that both type checkers read, with nothing in them silenced."""
    folder = tmp_path_factory.mktemp("typed")
    for file in TYPED.glob("*.py"):
        (folder / file.name).write_text(re.sub(r"# type: ignore\[[a-z-]+\] ", "", file.read_text()))
    calls = (folder / "boto3_calls.py").read_text()
    as_boto3 = calls.replace("from presigned import S3", "from mypy_boto3_s3 import S3Client as S3")
    assert as_boto3 != calls
    (folder / "boto3_calls_in_boto3.py").write_text(as_boto3)
    (folder / "full.py").write_text(full_calls())
    (folder / "faulty.py").write_text(faulty_calls())
    return folder


@pytest.fixture(scope="module", params=["mypy", "pyright"])
def reports(
    request: pytest.FixtureRequest, checked_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Reports:
    """What a type checker that reports deprecations says of the files."""
    checker, base = request.param, tmp_path_factory.getbasetemp()
    # The processes of one run share the folder above theirs: the first of them asks the checker, the others read.
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / f"{checker}.json").open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        found: Found = json.loads(text) if text else {"mypy": mypy, "pyright": pyright}[checker](checked_files)
        if not text:
            json.dump(found, file)
    return sorted_by_line(found)


def mypy(folder: Path) -> Found:
    (folder / "mypy.ini").write_text(
        f"[mypy]\nstrict = True\nenable_error_code = deprecated\npython_version = 3.10\nmypy_path = {PACKAGE.parent}\n"
    )
    command = ["mypy", "--config-file", "mypy.ini", "--output", "json", *(file.name for file in folder.glob("*.py"))]
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    assert not done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [(one["file"], one["line"], one["code"] == "deprecated") for one in found]


def pyright(folder: Path) -> Found:
    settings = {
        "extraPaths": [str(PACKAGE.parent)],
        "pythonVersion": "3.10",
        "typeCheckingMode": "strict",
        "reportMissingModuleSource": "none",
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["generalDiagnostics"]
    return [
        (Path(one["file"]).name, one["range"]["start"]["line"] + 1, one["rule"] == "reportDeprecated") for one in found
    ]


def sorted_by_line(found: Found) -> Reports:
    reports: Reports = {}
    for file, line, is_deprecation in found:
        reports.setdefault(file, {})[line] = "deprecated" if is_deprecation else "error"
    return reports


def expected(folder: Path, file: str) -> dict[int, str]:
    """What the comments in a file say of its lines."""
    lines = (folder / file).read_text().splitlines()
    found = ((number, re.search(r"  # (deprecated|error)\b", line)) for number, line in enumerate(lines, 1))
    return {number: match[1] for number, match in found if match}


def test_right_calls_pass_in_silence(reports: Reports) -> None:
    assert "accepted.py" not in reports


def test_what_mypy_boto3_s3_accepts_is_accepted(reports: Reports) -> None:
    assert "boto3_calls_in_boto3.py" not in reports
    assert "boto3_calls.py" not in reports


def test_wrong_calls_are_reported_where_they_are(reports: Reports, checked_files: Path) -> None:
    assert reports["flagged.py"] == expected(checked_files, "flagged.py")


def test_calls_of_an_asynchronous_client_are_checked_too(reports: Reports, checked_files: Path) -> None:
    assert reports["awaited.py"] == expected(checked_files, "awaited.py")


def test_every_member_of_every_operation_is_accepted(reports: Reports) -> None:
    assert "full.py" not in reports


def test_one_member_too_many_or_too_few_is_reported_in_every_operation(reports: Reports, checked_files: Path) -> None:
    assert reports["faulty.py"] == expected(checked_files, "faulty.py")


def test_the_samples_are_what_boto3_accepts() -> None:
    for operation in operations():
        assert operation.input_shape is not None
        params = eval(sample(operation.input_shape))  # noqa: S307 - the source of a dict that was made above
        assert not ParamValidator().validate(params, operation.input_shape).has_errors()


def test_the_types_can_be_imported_and_asked_at_run_time() -> None:
    assert type_defs.GetObjectParams.__required_keys__ == {"Bucket", "Key"}
    assert "VersionId" in type_defs.GetObjectParams.__optional_keys__
    names = {xform_name(operation.name) for operation in operations()}
    assert {name for group in get_args(type_defs.ClientMethod) for name in get_args(group)} == names
    assert all(hasattr(type_defs, f"{operation.name}Params") for operation in operations())


def test_importing_the_package_loads_no_types() -> None:
    program = "import sys; import presigned; presigned.client; print('presigned.type_defs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

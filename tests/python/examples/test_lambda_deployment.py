"""examples/lambda: what is deployed, and the two descriptions of how."""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import hcl2
import pytest
import yaml

import build
import local_runtime

HERE = Path(build.__file__).parent
DIST = local_runtime.BUILT.parent


class Template(yaml.SafeLoader):
    """Reads `!Sub text` and the like as the text."""


def text(loader: yaml.SafeLoader, _tag: str, node: yaml.Node) -> object:
    assert isinstance(node, yaml.ScalarNode)
    return loader.construct_scalar(node)


Template.add_multi_constructor("!", text)


@pytest.fixture(scope="module")
def sam() -> Any:
    """The resources of template.yaml, by name."""
    return yaml.load((HERE / "template.yaml").read_text(), Template)["Resources"]  # noqa: S506 - a SafeLoader


@pytest.fixture(scope="module")
def terraform() -> Any:
    """The resources of main.tf, by type."""
    with (HERE / "main.tf").open() as file:
        blocks = hcl2.load(file, serialization_options=hcl2.SerializationOptions(strip_string_quotes=True))
    return {kind: body for block in blocks["resource"] for kind, named in block.items() for body in named.values()}


def test_the_function_is_a_few_kilobytes_and_the_layer_has_presigned_where_lambda_looks() -> None:
    function, layer = (zipfile.ZipFile(local_runtime.BUILT / name) for name in ("function.zip", local_runtime.LAYER))
    with function, layer:
        assert {"app.py", "checks.py"} <= set(function.namelist())
        assert {"python/presigned/__init__.py", "python/presigned/_core.abi3.so"} <= set(layer.namelist())
        assert {entry.external_attr >> 16 for entry in (*function.filelist, *layer.filelist)} == {0o644}


def test_every_module_has_its_bytecode_with_it() -> None:
    for name in ("function.zip", local_runtime.LAYER):
        with zipfile.ZipFile(local_runtime.BUILT / name) as archive:
            names = set(archive.namelist())
            for module in (path for path in map(Path, names) if path.suffix == ".py"):
                bytecode = str(module.parent / "__pycache__" / f"{module.stem}.{sys.implementation.cache_tag}.pyc")
                # Flags of PEP 552: never compared with the source, because its time means nothing in a layer.
                assert archive.read(bytecode)[4:8] == (1).to_bytes(4, "little")


def test_a_second_build_gives_the_same_bytes(tmp_path: Path) -> None:
    builds = tmp_path / "first", tmp_path / "second"
    for folder in builds:
        folder.mkdir()
        for wheel in DIST.glob("presigned-*.whl"):
            (folder / wheel.name).symlink_to(wheel)
        build.main(folder)
    for name in ("function.zip", local_runtime.LAYER):
        first, second = ((folder / "lambda" / name).read_bytes() for folder in builds)
        assert first == second


@pytest.mark.parametrize(
    ("tag", "architecture"),
    [
        ("manylinux_2_34_x86_64", "x86_64"),
        ("manylinux_2_17_x86_64.manylinux2014_x86_64", "x86_64"),
        ("manylinux_2_28_aarch64", "arm64"),
    ],
)
def test_a_wheel_goes_into_the_layer_of_its_processor(tag: str, architecture: str) -> None:
    assert build.tagged(Path(f"presigned-0.1.0-cp310-abi3-{tag}.whl"))[1] == architecture


@pytest.mark.parametrize(
    ("tag", "oldest", "number"),
    [
        ("manylinux_2_34_x86_64", "python3.12", 3),
        ("manylinux_2_27_aarch64", "python3.12", 3),
        ("manylinux2014_aarch64.manylinux_2_17_aarch64", "python3.10", 5),
    ],
)
def test_a_wheel_runs_where_the_glibc_is_new_enough(tag: str, oldest: str, number: int) -> None:
    runtimes = build.runtimes(Path(f"presigned-0.1.0-cp310-abi3-{tag}.whl"))
    assert (runtimes[0], len(runtimes)) == (oldest, number)


def test_the_layers_are_made_of_the_wheels_of_the_folder_that_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "PYTHONS", ())
    (wheel,) = DIST.glob("presigned-*x86_64.whl")
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for machine in ("x86_64", "aarch64"):
        # What is in a wheel does not matter here.
        (wheels / f"presigned-0.1.0-cp310-abi3-manylinux2014_{machine}.manylinux_2_17_{machine}.whl").symlink_to(wheel)
    old = tmp_path / "lambda" / "layer-riscv64.zip"
    old.parent.mkdir()
    old.touch()
    build.main(tmp_path, wheels)
    assert {path.name for path in old.parent.iterdir()} == {"function.zip", "layer-x86_64.zip", "layer-arm64.zip"}


def test_both_descriptions_name_the_runtimes_that_a_wheel_for_each_linux_runs_in(sam: Any) -> None:
    assert sam["Presigned"]["Properties"]["CompatibleRuntimes"] == list(build.RUNTIMES)


@pytest.mark.parametrize("tag", ["manylinux_2_35_x86_64", "manylinux_2_34_ppc64le", "linux_x86_64"])
def test_a_wheel_that_lambda_cannot_load_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="does not run on Lambda"):
        build.tagged(Path(f"presigned-0.1.0-cp310-abi3-{tag}.whl"))


def test_without_a_wheel_the_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="make wheel"):
        build.main(tmp_path)


def test_the_sam_template_is_what_cloudformation_takes() -> None:
    linter = Path(sys.executable).with_name("cfn-lint")
    found = subprocess.run([linter, HERE / "template.yaml"], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_what_the_page_tells_sam_and_terraform_is_what_they_ask_for() -> None:
    page, template = (HERE / "README.md").read_text(), (HERE / "template.yaml").read_text()
    parameters = re.findall(r"^  (\w+):\n    Type: (?:String|Number)$", template, re.MULTILINE)
    named = re.findall(r"--parameter-overrides (\w+)=", page)
    assert named
    assert set(named) <= set(parameters)
    variables = re.findall(r'^variable "(\w+)"', (HERE / "main.tf").read_text(), re.MULTILINE)
    named = re.findall(r"-var (\w+)=", page)
    assert named
    assert set(named) <= set(variables)


def test_what_the_sam_template_refers_to_is_there(sam: Any) -> None:
    template = (HERE / "template.yaml").read_text()
    named = set(re.findall(r"!Ref (\w+)|\$\{(\w+)\}", template))
    parameters = re.findall(r"^  (\w+):\n    Type: (?:String|Number)$", template, re.MULTILINE)
    # cfn-lint does not check references of a SAM template.
    assert {first or second for first, second in named} <= {*sam, *parameters}


def test_what_the_terraform_file_refers_to_is_there() -> None:
    configuration = (HERE / "main.tf").read_text()
    declared = {
        f"{kind}.{name}"
        for kind, name in re.findall(r'^(?:resource|data) "(\w+)" "(\w+)"', configuration, re.MULTILINE)
    }
    named = set(re.findall(r"\b(aws_\w+\.\w+)\.", configuration))
    assert named <= declared
    assert set(re.findall(r"\bvar\.(\w+)", configuration)) == set(
        re.findall(r'^variable "(\w+)"', configuration, re.MULTILINE)
    )


def test_sam_deploys_what_the_build_makes(sam: Any) -> None:
    paths = (sam["Presign"]["Properties"]["CodeUri"], sam["Presigned"]["Properties"]["ContentUri"])
    assert all((HERE / path).is_file() for path in paths)


def test_terraform_says_the_same_as_sam(sam: Any, terraform: Any) -> None:
    function, deployed = sam["Presign"]["Properties"], terraform["aws_lambda_function"]
    names = ("Handler", "Runtime", "Architectures", "MemorySize", "Timeout")
    assert [function[name] for name in names] == [
        deployed[name] for name in ("handler", "runtime", "architectures", "memory_size", "timeout")
    ]
    variables = function["Environment"]["Variables"]
    assert variables.keys() == deployed["environment"][0]["variables"].keys() == local_runtime.SETTINGS.keys()
    layer, archive = sam["Presigned"]["Properties"], terraform["aws_lambda_layer_version"]
    assert layer["CompatibleRuntimes"] == archive["compatible_runtimes"]
    assert layer["ContentUri"] == archive["filename"].replace("${local.dist}", "../../dist/lambda")
    assert function["CodeUri"] == deployed["filename"].replace("${local.dist}", "../../dist/lambda")


def test_either_has_the_two_routes(sam: Any, terraform: Any) -> None:
    events = [event["Properties"] for event in sam["Presign"]["Properties"]["Events"].values()]
    assert [(event["Method"], event["Path"]) for event in events] == [("POST", "/presign"), ("POST", "/sign")]
    for kind in ("aws_apigatewayv2_route", "aws_lambda_permission"):
        assert terraform[kind]["for_each"].replace("'", '"') == '${toset(["presign", "sign"])}'
    assert terraform["aws_apigatewayv2_route"]["route_key"] == "POST /${each.key}"
    assert terraform["aws_lambda_permission"]["source_arn"].endswith("/*/*/${each.key}")


def test_either_asks_for_signed_requests_and_gives_the_function_the_rights_of_its_links(
    sam: Any, terraform: Any
) -> None:
    assert sam["Api"]["Properties"]["Auth"] == {"EnableIamAuthorizer": True, "DefaultAuthorizer": "AWS_IAM"}
    assert terraform["aws_apigatewayv2_route"]["authorization_type"] == "AWS_IAM"
    [statement] = sam["Presign"]["Properties"]["Policies"][0]["Statement"]
    rights = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
    assert statement["Action"] == rights
    assert json.dumps(rights) in terraform["aws_iam_role_policy"]["policy"]
    throttling = sam["Api"]["Properties"]["DefaultRouteSettings"]
    assert [*throttling.values()] == [*terraform["aws_apigatewayv2_stage"]["default_route_settings"][0].values()][:2]

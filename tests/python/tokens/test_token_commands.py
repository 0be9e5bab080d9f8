"""The commands that print tokens."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import time_machine

from presigned import cli, tokens
from presigned._cli import token_commands

START = 1767323045.678901
AGENTS = "client.authentication.k8s.io"


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints."""
    with time_machine.travel(START, tick=False):
        assert cli.main([*arguments]) == 0
    found = capsys.readouterr()
    assert found.err == ""
    assert found.out.endswith("\n")
    return found.out[:-1]


@pytest.mark.parametrize(
    ("command", "name", "arguments", "options"),
    [
        ("rds-token --hostname db --port 5432 --username app", "rds", ["db", "5432", "app"], {}),
        ("dsql-token --hostname a.b", "dsql", ["a.b"], {}),
        ("dsql-token --hostname a.b --admin --expires-in 1h", "dsql", ["a.b", None, True, 3600], {}),
        ("msk-token --region us-west-2", "msk", ["us-west-2"], {}),
        ("elasticache-token --replication-group-id a --user-id b", "elasticache", ["a", "b"], {}),
        ("elasticache-token --serverless-cache-name a --user-id b", "elasticache", ["a", "b"], {"serverless": True}),
        ("memorydb-token --cluster-name a --user-name b", "memorydb", ["a", "b"], {}),
        ("bedrock-token --expires-in 5m", "bedrock", [None, 300], {}),
    ],
)
def test_a_command_prints_the_token_alone(
    command: str, name: str, arguments: list[object], options: dict[str, object], capsys: pytest.CaptureFixture[str]
) -> None:
    with time_machine.travel(START, tick=False):
        expected = getattr(tokens, name)(*arguments, **options)
    assert printed(capsys, *command.split()) == expected


def test_all_commands_are_tested_and_have_a_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert {*token_commands._COMMANDS} == {
        "bedrock-token", "dsql-token", "eks-token", "elasticache-token", "memorydb-token", "msk-token", "rds-token",
    }  # fmt: skip
    for command in token_commands._COMMANDS:
        assert cli.main([command, "--help"]) == 0
        assert f"usage: presigned {command}" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--cluster-name", "--cluster-id"])
def test_kubectl_gets_its_object(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, "eks-token", option, "production"))
    with time_machine.travel(START, tick=False):
        token = str(tokens.eks("production"))
    assert found == {
        "kind": "ExecCredential",
        "apiVersion": f"{AGENTS}/v1beta1",
        "spec": {},
        # 14 minutes after 2026-01-02T03:04:05Z.
        "status": {"expirationTimestamp": "2026-01-02T03:18:05Z", "token": token},
    }
    assert [*found] == ["kind", "apiVersion", "spec", "status"]


@pytest.mark.parametrize("version", ["v1", "v1beta1", "v1alpha1"])
def test_kubectl_names_the_version(
    version: str, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    info = {"kind": "ExecCredential", "spec": {"cluster": {"config": {"apiVersion": "x"}}}}
    environment.setenv("KUBERNETES_EXEC_INFO", json.dumps({**info, "apiVersion": f"{AGENTS}/{version}"}))
    assert json.loads(printed(capsys, "eks-token", "--cluster-name", "a"))["apiVersion"] == f"{AGENTS}/{version}"


@pytest.mark.parametrize("info", ["{", "[]", '"x"', "{}", '{"apiVersion": "v2"}', '{"apiVersion": []}'])
def test_an_unknown_version_is_reported(
    info: str, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("KUBERNETES_EXEC_INFO", info)
    assert cli.main(["eks-token", "--cluster-name", "a"]) == 0
    found = capsys.readouterr()
    assert json.loads(found.out)["apiVersion"] == f"{AGENTS}/v1beta1"
    assert "KUBERNETES_EXEC_INFO has no known apiVersion" in found.err


def test_a_profile_provides_keys_and_region(
    tmp_path: Path, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "credentials"
    file.write_text("[work]\naws_access_key_id = AKIDWORK\naws_secret_access_key = secret\nregion = us-west-2\n")
    environment.setenv("AWS_SHARED_CREDENTIALS_FILE", str(file))
    environment.delenv("AWS_DEFAULT_REGION")
    command = ["rds-token", "--hostname", "db", "--port", "5432", "--username", "app", "--profile", "work"]
    assert "Credential=AKIDWORK%2F20260102%2Fus-west-2%2F" in printed(capsys, *command)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("eks-token", "--cluster-name --cluster-id is required"),
        ("eks-token --cluster-name a --cluster-id b", "not allowed with"),
        ("rds-token --hostname a/b --port 5432 --username app", "parameter host"),
        ("bedrock-token --expires-in 13h", "parameter expires_in"),
        ("msk-token --profile nobody", "nobody"),
        ("elasticache-token --user-id b", "is required"),
    ],
)
def test_a_mistake_is_reported(command: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(command.split()) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert words in found.err


def test_a_bucket_may_have_a_name_like_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert "my-token" in printed(capsys, "my-token/key")
    assert "eks-token" in printed(capsys, "s3://eks-token/key")


def test_the_kubeconfig_of_the_page_runs_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[3] / "docs" / "TOKENS.md").read_text(encoding="utf-8")
    shown = re.search(r"command: presigned\n +args: \[(.*)\]", page)
    assert shown
    found = json.loads(printed(capsys, *shown[1].split(", ")))
    version = re.search(r"apiVersion: (.*)", page)
    assert version
    assert (found["kind"], found["apiVersion"]) == ("ExecCredential", version[1])

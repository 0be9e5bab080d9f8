"""docs/recipes/tokens.md: each program and its library gets in with a token, at a server that asks for it."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from . import services, stand_ins

PAGE = Path(__file__).parents[3] / "docs/recipes/tokens.md"
BLOCKS = dict(re.findall(r"```(?:python|yaml)\n# (\S+)\n(.*?)```", PAGE.read_text(), re.DOTALL))
ACCESS_KEY, SECRET_KEY, SESSION_TOKEN = stand_ins.KEYS
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": ACCESS_KEY,
    "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
    "AWS_SESSION_TOKEN": SESSION_TOKEN,
    "AWS_DEFAULT_REGION": "eu-central-1",
    "PYTHONDONTWRITEBYTECODE": "1",
}

# Goes before a program: databases do not know AWS's keys, so the server learns each token when it is made.
TELL_POSTGRESQL = """import psycopg
from presigned import tokens
def _told(make):
    def rds(*args, **kwargs):
        token = make(*args, **kwargs)
        with psycopg.connect("host={folder} port={port} user=postgres", autocommit=True) as administrator:
            administrator.execute(psycopg.sql.SQL("ALTER ROLE app PASSWORD {{}}").format(str(token)))
        return token
    return rds
tokens.rds = _told(tokens.rds)
"""
TELL_REDIS = """import redis
from presigned import tokens
def _told(make):
    def elasticache(*args, **kwargs):
        token = make(*args, **kwargs)
        with redis.Redis(unix_socket_path="{path}", password="{password}") as administrator:
            user = ("app", "on", "resetpass", ">" + token, "+acl|whoami", "+client")
            administrator.execute_command("ACL", "SETUSER", *user)
        return token
    return elasticache
tokens.elasticache = _told(tokens.elasticache)
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    services.make_certificate(folder)
    return folder


@pytest.fixture(scope="module")
def postgresql(certificate: Path) -> Iterator[tuple[int, str]]:
    with services.postgresql(certificate) as (port, folder):
        with psycopg.connect(host=folder, port=port, user="postgres", autocommit=True) as administrator:
            administrator.execute("CREATE ROLE app LOGIN")
            administrator.execute("CREATE DATABASE app")
        yield port, folder


@pytest.fixture(scope="module")
def api(certificate: Path) -> Iterator[int]:
    with stand_ins.serving(stand_ins.Api, certificate) as port:
        yield port


@pytest.fixture
def run(tmp_path: Path, certificate: Path) -> Run:
    """Run a program of the page, with other addresses. What it trusts is the certificate of the tests."""
    for name in ("global-bundle.pem", "cluster.pem"):
        shutil.copy(certificate / "certificate.pem", tmp_path / name)

    def run(
        name: str, replaced: dict[str, str], preface: str = "", environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        for block, text in BLOCKS.items():
            (tmp_path / block).parent.mkdir(exist_ok=True)
            for old, new in replaced.items():
                text = text.replace(old, new)  # noqa: PLW2901 - one after another
            (tmp_path / block).write_text(preface + text if block == name else text)
        here = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            **ENVIRONMENT,
            "HOME": str(tmp_path),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "SSL_CERT_FILE": str(certificate / "certificate.pem"),
            **(environment or {}),
        }
        command = ["kubectl", "--kubeconfig", name, "get", "--raw", "/version"]
        if name.endswith(".py"):
            command = [sys.executable, name]
        return subprocess.run(command, cwd=tmp_path, env=here, capture_output=True, text=True, check=False)

    return run


def shown(result: subprocess.CompletedProcess[str]) -> str:
    """What a program has written, which must not have a secret."""
    written = result.stdout + result.stderr
    assert not any(secret in written for secret in (SECRET_KEY, SESSION_TOKEN, "X-Amz-Signature"))
    return written


@pytest.mark.parametrize("name", ["with_psycopg.py", "with_asyncpg.py", "with_sqlalchemy.py", "with_django.py"])
@pytest.mark.parametrize("is_told", [True, False])
def test_postgresql_lets_in_who_has_the_token(name: str, is_told: bool, postgresql: tuple[int, str], run: Run) -> None:
    port, folder = postgresql
    with psycopg.connect(host=folder, port=port, user="postgres", autocommit=True) as administrator:
        administrator.execute("ALTER ROLE app PASSWORD 'another'")
    preface = TELL_POSTGRESQL.format(port=port, folder=folder) if is_told else ""
    replaced = {"db.abc.eu-central-1.rds.amazonaws.com": "localhost", "5432": str(port)}
    result = run(name, replaced, preface)
    assert (result.returncode == 0) is is_told, shown(result)
    assert is_told or 'password authentication failed for user "app"' in shown(result)


@pytest.mark.parametrize("is_told", [True, False])
def test_redis_lets_in_who_has_the_token(is_told: bool, certificate: Path, run: Run) -> None:
    with services.redis_server(certificate) as (port, path):
        replaced = {"master.cache.abc.euc1.cache.amazonaws.com": "localhost", "6379": str(port)}
        result = run(
            "with_redis.py", replaced, TELL_REDIS.format(path=path, password=services.ADMINISTRATOR) if is_told else ""
        )
    assert (result.returncode == 0) is is_told, shown(result)
    assert is_told or "AuthenticationError" in shown(result)


# What Redis takes from those who have given no password yet; PostgreSQL takes four times as much.
LONGEST = 16_384


def test_postgresql_takes_a_long_password(postgresql: tuple[int, str], certificate: Path) -> None:
    port, folder = postgresql
    password = "x" * LONGEST
    with psycopg.connect(host=folder, port=port, user="postgres", autocommit=True) as administrator:
        administrator.execute(psycopg.sql.SQL("ALTER ROLE app PASSWORD {}").format(password))
    address = f"host=localhost port={port} user=app dbname=app sslmode=verify-full"
    with psycopg.connect(address, password=password, sslrootcert=str(certificate / "certificate.pem")) as app:
        assert app.execute("SELECT current_user").fetchone() == ("app",)


@pytest.mark.parametrize("size", [LONGEST, LONGEST + 1])
def test_redis_takes_a_long_password(size: int, certificate: Path) -> None:
    password, pem = "x" * size, str(certificate / "certificate.pem")
    with services.redis_server(certificate) as (port, path):
        with redis.Redis(unix_socket_path=path, password=services.ADMINISTRATOR) as administrator:
            administrator.execute_command("ACL", "SETUSER", "app", "on", f">{password}", "+acl|whoami", "+client")
        with redis.Redis("localhost", port, username="app", password=password, ssl=True, ssl_ca_certs=pem) as app:
            if size == LONGEST:
                assert app.acl_whoami() == "app"
            else:
                with pytest.raises(redis.RedisError, match=r"bulk length|closed|reset|[Bb]roken"):
                    app.acl_whoami()


WRONG = {"AWS_SECRET_ACCESS_KEY": "another"}


@pytest.mark.parametrize(
    ("name", "refused"),
    [("with_kafka_python.py", "Unable to bootstrap"), ("with_confluent_kafka.py", "KafkaException")],
)
@pytest.mark.parametrize("wrong", [{}, WRONG], ids=["right", "wrong"])
def test_kafka_shows_its_topics_to_who_has_the_token(
    name: str, refused: str, wrong: dict[str, str], certificate: Path, run: Run
) -> None:
    with stand_ins.serving(stand_ins.Kafka, certificate) as port:
        replaced = {
            "b-1.abc.c2.kafka.eu-central-1.amazonaws.com:9098": f"localhost:{port}",
            # It looks for certificates in folders of the system only.
            '"group.id"': f'"ssl.ca.location": "{certificate}/certificate.pem", "group.id"',
        }
        if wrong:
            # They attempt again until this time is over.
            replaced["timeout=30"] = "timeout=3"
            replaced["sasl_oauth_token_provider"] = "bootstrap_timeout_ms=3000, sasl_oauth_token_provider"
        result = run(name, replaced, environment=wrong)
    assert (result.returncode == 0) is (not wrong), shown(result)
    assert not wrong or refused in shown(result)


@pytest.mark.parametrize("name", ["kubeconfig.yaml", "with_kubeconfig.py", "with_kubernetes.py"])
@pytest.mark.parametrize("wrong", [{}, WRONG], ids=["right", "wrong"])
def test_kubernetes_tells_its_version_to_who_has_the_token(
    name: str, wrong: dict[str, str], api: int, run: Run
) -> None:
    services.program("kubectl", package="kubernetes-client")
    replaced = {"https://abc.gr7.eu-central-1.eks.amazonaws.com": f"https://localhost:{api}"}
    result = run(name, replaced, environment=wrong)
    assert (result.returncode == 0) is (not wrong), shown(result)
    # kubectl says it in its own words.
    assert not wrong or re.search("Unauthorized|must be logged in", shown(result))


def test_iot_lets_in_who_has_signed_the_url(certificate: Path, run: Run) -> None:
    with services.mosquitto() as inner, stand_ins.serving(stand_ins.gateway(inner), certificate) as port:
        replaced = {"abc-ats.iot.eu-central-1.amazonaws.com": "localhost", "443": str(port)}
        result = run("with_paho.py", replaced)
        assert (result.returncode, shown(result)) == (0, "rooms/kitchen 21.5\n")
        refused = run("with_paho.py", replaced, environment=WRONG)
    assert refused.returncode != 0
    assert "WebSocket handshake error" in shown(refused)


def test_bedrock_answers_who_has_the_key(api: int, run: Run) -> None:
    replaced = {"https://bedrock-runtime.eu-central-1.amazonaws.com": f"https://localhost:{api}"}
    result = run("with_bedrock.py", replaced)
    assert (result.returncode, shown(result)) == (0, "A link with a signature.\n")
    refused = run("with_bedrock.py", replaced, environment=WRONG)
    assert refused.returncode != 0
    assert "401 Unauthorized" in shown(refused)


def test_every_block_of_the_page_is_run() -> None:
    text = PAGE.read_text()
    assert len(BLOCKS) == text.count("```python") + text.count("```yaml")
    programs = {name for name in BLOCKS if name != "rds/base.py"}
    assert {name for name in programs if f'"{name}"' not in Path(__file__).read_text()} == set()

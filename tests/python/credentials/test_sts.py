"""How STS and IAM Identity Center are asked: at which host, for which region, how long and how often."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import botocore.client
import botocore.exceptions
import pytest

import presigned
from credentials.aws_itself import Authority, pretended
from credentials.desk import PAIR, Desk
from credentials.identity_server import Answer, Asked, Identity, sts_credentials, sts_error
from credentials.resolved import Found, ours, theirs
from presigned._credentials import sts
from presigned._credentials.chain import Search
from presigned._settings.sources import Sources

ARN = "arn:aws:iam::123456789012:role/"
BASE = "[base]\n" + PAIR.format("AKIABASE")
ROLE = f"[default]\nrole_arn = {ARN}reader\nsource_profile = base\n"
WEB = f"[default]\nrole_arn = {ARN}reader\nweb_identity_token_file = HOME/token\n"
SSO = "[default]\nsso_session=s\nsso_account_id=1\nsso_role_name=r\n[sso-session s]\nsso_start_url=u\nsso_region={0}\n"

REGIONS = [
    "us-east-1", "us-west-2", "eu-west-1", "eu-south-1", "ap-east-2", "aws-global", "cn-north-1", "us-gov-west-1",
    "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "eusc-de-east-1", "xx-foo-1", "us-east-1-fips",
    "fips-us-west-2",
]  # fmt: skip
VARIANTS = {
    "plain": {},
    "legacy": {"AWS_STS_REGIONAL_ENDPOINTS": "legacy"},
    "fips": {"AWS_USE_FIPS_ENDPOINT": "true"},
    "dualstack": {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "both": {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "legacy, fips": {"AWS_STS_REGIONAL_ENDPOINTS": "legacy", "AWS_USE_FIPS_ENDPOINT": "true"},
}
#: What boto3 refuses, or sends to a host that does not exist.
UNLIKE = {
    ("eu-isoe-west-1", "dualstack"),
    ("eu-isoe-west-1", "both"),
    ("aws-global", "fips"),
    ("aws-global", "dualstack"),
    ("aws-global", "both"),
    ("aws-global", "legacy, fips"),
}
CASES = [(region, variant) for region in REGIONS for variant in VARIANTS if (region, variant) not in UNLIKE]


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Identity, Authority]]:
    with pretended(tmp_path_factory.mktemp("authority")) as pair:
        yield pair


@pytest.fixture
def everywhere(desk: Desk, aws: tuple[Identity, Authority], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose proxy answers for every host of AWS."""
    desk.identity, authority = aws
    desk.identity.answers.clear()
    desk.identity.taken()
    (desk.home / "token").write_text("token", encoding="utf-8")
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, desk.identity.url)
    monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.bundle))
    return desk


@pytest.mark.parametrize(("region", "variant"), CASES)
def test_sts_is_asked_at_the_host_and_for_the_region_of_boto3(everywhere: Desk, region: str, variant: str) -> None:
    everywhere.write(ROLE, BASE, AWS_DEFAULT_REGION=region, **VARIANTS[variant])
    assert everywhere.keys()[1][0].where.startswith("sts")
    everywhere.write(WEB)
    everywhere.keys()


@pytest.mark.parametrize(("region", "variant"), [case for case in CASES if not case[1].startswith("legacy")])
def test_identity_center_is_asked_at_the_host_of_boto3(everywhere: Desk, region: str, variant: str) -> None:
    everywhere.write(SSO.format(region), AWS_DEFAULT_REGION="sa-east-1", **VARIANTS[variant])
    registration = {
        "clientId": "c",
        "clientSecret": "s",
        "refreshToken": "r",
        "registrationExpiresAt": everywhere.instant(9e6),
    }
    asked = []
    for resolve in everywhere.both():
        everywhere.sign_in("s", 60, **registration)
        asked.append(resolve())
    assert asked[0] == asked[1]
    assert [one.where.partition(".")[0] for one in asked[0]] == [asked[0][0].where.partition(".")[0], "portal"]


def test_without_a_region_the_global_host_is_asked(everywhere: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    everywhere.write(ROLE, BASE)
    [asked] = everywhere.keys()[1]
    assert (asked.where, asked.signer) == ("sts.amazonaws.com/", ("AKIABASE", "us-east-1", "sts"))
    everywhere.write(WEB)
    everywhere.keys()


@pytest.mark.parametrize("variant", ["fips", "dualstack", "both"])
def test_without_a_region_a_host_that_exists_is_asked(
    everywhere: Desk, monkeypatch: pytest.MonkeyPatch, variant: str
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    everywhere.write(ROLE, BASE, **VARIANTS[variant])
    assert isinstance(theirs(), Found)
    assert isinstance(ours(), Found)
    their_host, our_host = (one.where for one in everywhere.identity.taken())
    assert "aws-global" in their_host
    assert our_host == their_host.replace("aws-global", "us-east-1")


def test_an_endpoint_without_a_region_is_refused_where_it_must_be_signed_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_DEFAULT_REGION")
    desk.write(ROLE, BASE)
    error, _ = desk.error()
    assert isinstance(error, botocore.exceptions.NoRegionError)
    (desk.home / "token").write_text("token", encoding="utf-8")
    desk.write(WEB)
    desk.keys()


SECTION = "services = all\n[services all]\nsts =\n  endpoint_url = URL/section/\nsso =\n  endpoint_url = URL/sso\n"


@pytest.mark.parametrize(
    ("options", "environ", "path"),
    [
        ("", {"AWS_ENDPOINT_URL_STS": "URL/sts/", "AWS_ENDPOINT_URL": "URL/all/"}, "/sts/"),
        ("", {"AWS_ENDPOINT_URL_STS": "", "AWS_ENDPOINT_URL": "URL/all/"}, "/all/"),
        ("", {"AWS_ENDPOINT_URL_STS": "URL/without/slash"}, "/without/slash"),
        ("", {"AWS_ENDPOINT_URL_S3": "URL/s3", "AWS_ENDPOINT_URL": "URL/all/"}, "/all/"),
        ("endpoint_url = URL/profile/\n", {"AWS_ENDPOINT_URL": "URL"}, "/"),
        ("endpoint_url = URL/profile/\n", {"AWS_ENDPOINT_URL": ""}, "/profile/"),
        ("endpoint_url = URL/profile/\n" + SECTION, {"AWS_ENDPOINT_URL": ""}, "/section/"),
        (SECTION, {"AWS_ENDPOINT_URL_STS": "URL/sts/"}, "/sts/"),
        ("", {"AWS_ENDPOINT_URL_STS": "URL/sts/", "AWS_USE_FIPS_ENDPOINT": "true"}, "/sts/"),
        ("", {"AWS_ENDPOINT_URL_STS": "URL/sts/", "AWS_STS_REGIONAL_ENDPOINTS": "legacy"}, "/sts/"),
    ],
)
def test_an_endpoint_is_found_where_boto3_finds_it(
    desk: Desk, options: str, environ: dict[str, str], path: str
) -> None:
    url = desk.identity.url
    environ = {name: value.replace("URL", url) for name, value in environ.items()}
    desk.write(ROLE + options.replace("URL", url), BASE, **environ)
    [asked] = desk.keys()[1]
    assert asked.where == url.removeprefix("http://") + path


@pytest.mark.parametrize(
    ("options", "environ"),
    [("", {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}), ("ignore_configured_endpoint_urls = True\n", {})],
)
def test_configured_endpoints_can_be_ignored(everywhere: Desk, options: str, environ: dict[str, str]) -> None:
    everywhere.write(ROLE + options, BASE, AWS_ENDPOINT_URL="http://127.0.0.1:1", **environ)
    assert everywhere.keys()[1][0].where == "sts.eu-central-1.amazonaws.com/"


@pytest.mark.parametrize(
    ("options", "environ"),
    [
        ("services = missing\n", {"AWS_ENDPOINT_URL": ""}),
        ("", {"AWS_STS_REGIONAL_ENDPOINTS": "both"}),
        ("", {"AWS_DEFAULT_REGION": "not a region"}),
        ("", {"AWS_ENDPOINT_URL": "http://in valid"}),
        ("", {"AWS_RETRY_MODE": "never"}),
        ("", {"AWS_MAX_ATTEMPTS": "0"}),
        ("", {"AWS_DEFAULTS_MODE": "none"}),
        ("", {"AWS_CA_BUNDLE": " "}),
        ("", {"REQUESTS_CA_BUNDLE": ""}),
        ("sso_session = s\n", {}),
        ("sso_session = s\n[sso-session s]\nsso_region = eu-west-1\n", {}),
    ],
)
def test_settings_that_boto3_refuses_are_refused(desk: Desk, options: str, environ: dict[str, str]) -> None:
    desk.write(ROLE + options, BASE, **environ)
    assert not desk.error()[1]


@pytest.mark.parametrize(
    ("options", "environ"),
    [
        ("ca_bundle = BUNDLE\n", {}),
        ("", {"REQUESTS_CA_BUNDLE": "BUNDLE"}),
        ("", {"AWS_CA_BUNDLE": "BUNDLE", "REQUESTS_CA_BUNDLE": "/none"}),
    ],
)
def test_certificates_are_trusted_as_boto3_trusts_them(
    everywhere: Desk,
    aws: tuple[Identity, Authority],
    monkeypatch: pytest.MonkeyPatch,
    options: str,
    environ: dict[str, str],
) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE")
    bundle = str(aws[1].bundle)
    everywhere.write(
        ROLE + options.replace("BUNDLE", bundle),
        BASE,
        **{name: v.replace("BUNDLE", bundle) for name, v in environ.items()},
    )
    everywhere.keys()


def test_a_certificate_of_an_unknown_authority_is_refused(everywhere: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_CA_BUNDLE")
    everywhere.write(ROLE, BASE)
    for error in (theirs(), ours()):
        assert isinstance(error, botocore.exceptions.SSLError)
    assert not everywhere.identity.taken()


def network() -> dict[str, Any]:
    return sts.network(Search(Sources()), signs=True)


RETRIES = [
    {}, {"AWS_RETRY_MODE": "legacy"}, {"AWS_RETRY_MODE": "adaptive"},
    {"AWS_MAX_ATTEMPTS": "1"}, {"AWS_MAX_ATTEMPTS": "4"},
    {"AWS_RETRY_MODE": "legacy", "AWS_MAX_ATTEMPTS": "1"}, {"AWS_RETRY_MODE": "legacy", "AWS_MAX_ATTEMPTS": "3"},
    {"AWS_RETRY_MODE": "standard", "AWS_MAX_ATTEMPTS": "2"}, {"AWS_RETRY_MODE": "adaptive", "AWS_MAX_ATTEMPTS": "2"},
]  # fmt: skip


@pytest.mark.parametrize("environ", RETRIES)
def test_sts_is_asked_as_often_as_boto3_would(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]
) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    desk.identity.answers["AssumeRole"] = lambda _: Answer(500, "")
    desk.write(ROLE, BASE, **environ)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    assert isinstance(theirs(), botocore.exceptions.ClientError)
    assert network()["attempts"] == len(desk.identity.taken())


@pytest.mark.parametrize(("attempts", "status"), [("1", 403), ("1", 500), ("2", 503), ("2", 403)])
def test_an_error_at_the_last_attempt_says_so(desk: Desk, attempts: str, status: int) -> None:
    desk.identity.answers["AssumeRole"] = sts_error("Any", "text", status)
    desk.write(ROLE, BASE, AWS_MAX_ATTEMPTS=attempts)
    error, asked = desk.error()
    assert ("(reached max retries:" in str(error)) == (str(len(asked)) == attempts)


def test_a_second_attempt_may_succeed(desk: Desk) -> None:
    answers = [Answer(503, ""), None] * 2

    def answer(asked: Asked) -> Answer:
        return answers.pop(0) or sts_credentials(asked)

    desk.identity.answers["AssumeRole"] = answer
    desk.write(ROLE, BASE, AWS_MAX_ATTEMPTS="2")
    assert len(desk.keys()[1]) == 2


@pytest.mark.parametrize(
    "environ",
    [
        {},
        *(
            {"AWS_DEFAULTS_MODE": mode}
            for mode in ("legacy", "standard", "in-region", "cross-region", "mobile", "auto")
        ),
        {"AWS_DEFAULTS_MODE": "auto", "AWS_EXECUTION_ENV": "AWS_Lambda", "AWS_REGION": "eu-central-1"},
        {"AWS_DEFAULTS_MODE": "auto", "AWS_EXECUTION_ENV": "AWS_Lambda", "AWS_REGION": "eu-west-1"},
    ],
)
def test_one_waits_as_long_as_boto3_would(desk: Desk, monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    made: list[Any] = []
    create = botocore.client.ClientCreator.create_client

    def remember(*args: Any, **kwargs: Any) -> Any:
        made.append(create(*args, **kwargs))
        return made[-1]

    monkeypatch.setattr(botocore.client.ClientCreator, "create_client", remember)
    desk.write(ROLE, BASE, **environ)
    desk.keys()
    [client] = made
    config = client.meta.config
    reached = network()
    assert (reached["connect_timeout"], reached["read_timeout"]) == (config.connect_timeout, config.read_timeout)


def test_an_endpoint_where_nothing_listens_gives_boto3s_error(desk: Desk) -> None:
    desk.write(ROLE, BASE, AWS_ENDPOINT_URL="http://127.0.0.1:1")
    error, _ = desk.error()
    assert isinstance(error, botocore.exceptions.EndpointConnectionError)
    assert str(error) == 'Could not connect to the endpoint URL: "http://127.0.0.1:1/"'


def test_the_environment_is_read_at_each_fetch(desk: Desk) -> None:
    desk.identity.answers["AssumeRole"] = lambda asked: sts_credentials(asked, desk.instant(60))
    desk.write(ROLE, BASE)
    for keys in desk.unresolved():
        for region in ("eu-west-1", "eu-west-2"):
            desk.patch.setenv("AWS_DEFAULT_REGION", region)
            keys.get_frozen_credentials()
            assert [one.signer and one.signer[1] for one in desk.identity.taken()] == [region]
            desk.now += 59


def test_a_client_without_credentials_of_its_own_is_made_without_asking(desk: Desk) -> None:
    desk.write(ROLE, BASE)
    presigned.Session().client("s3", aws_access_key_id="A", aws_secret_access_key="B").generate_presigned_url(
        "list_buckets"
    )
    assert not desk.identity.taken()

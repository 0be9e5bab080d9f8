"""Roles of profiles: which credentials ask for them, what STS is asked, and what is refused before STS is asked."""

from __future__ import annotations

import json
from collections.abc import Callable

import boto3
import botocore.exceptions
import pytest

import presigned
from credentials.desk import PAIR, Desk
from credentials.identity_server import Answer, Asked, sts_credentials, sts_error
from credentials.resolved import notes_of

ARN = "arn:aws:iam::123456789012:role/"
READER = f"role_arn = {ARN}reader\n"
BASE = "[base]\n" + PAIR.format("AKIABASE")
LOOP = "[profile {0}]\nrole_arn = {1}\nsource_profile = {2}\n"


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        ("", {}),
        ("external_id = id,1\n", {"ExternalId": "id,1"}),
        ("role_session_name = a.name@x=y\n", {"RoleSessionName": "a.name@x=y"}),
        ("role_session_name =\n", {}),
        ("duration_seconds = 900\n", {"DurationSeconds": "900"}),
        ("duration_seconds = +43_200\n", {"DurationSeconds": "43200"}),
        ("duration_seconds = an hour\n", {}),
        ("duration_seconds = 900.0\n", {}),
        ("duration_seconds =\n", {}),
        ("region = eu-west-3\n", {}),
        ("mfa_serial = arn:aws:iam::1:mfa/me\n", {"SerialNumber": "arn:aws:iam::1:mfa/me", "TokenCode": "123456"}),
    ],
)
def test_sts_is_asked_for_what_the_profile_says(desk: Desk, options: str, parameters: dict[str, str]) -> None:
    desk.write(f"[default]\n{READER}source_profile = base\n{options}", BASE)
    found, [asked] = desk.keys()
    assert (found.method, found.access_key, found.account_id) == ("assume-role", "ASIAreader", "123456789012")
    usual = {"RoleArn": ARN + "reader", "RoleSessionName": f"botocore-session-{desk.now}"}
    assert asked.parameters == {**usual, **parameters}
    assert asked.signer == ("AKIABASE", "eu-central-1", "sts")


def test_nothing_is_asked_before_the_credentials_are_needed(desk: Desk) -> None:
    desk.write(f"[default]\n{READER}source_profile = base\nmfa_serial = GAHT12345678\n", BASE)
    for library in (boto3, presigned):
        assert library.Session().get_credentials().method == "assume-role"
        library.Session().client("s3")
    assert (desk.identity.taken(), desk.prompts) == ([], [])


SOURCES: list[tuple[str, str, str, list[str], dict[str, str]]] = [
    ("shared file", "", BASE, ["AKIABASE"], {}),
    ("config file", "[profile base]\n" + PAIR.format("AKIACONF"), "", ["AKIACONF"], {}),
    ("both files", "[profile base]\n" + PAIR.format("AKIACONF"), BASE, ["AKIABASE"], {}),
    ("session token", "", BASE + "aws_session_token = t\n", ["AKIABASE"], {}),
    (
        "two hops",
        LOOP.format("base", ARN + "hop", "end"),
        "[end]\n" + PAIR.format("AKIAEND"),
        ["AKIAEND", "ASIAhop"],
        {},
    ),
    (
        "four hops",
        LOOP.format("base", ARN + "h3", "b2")
        + LOOP.format("b2", ARN + "h2", "b1")
        + LOOP.format("b1", ARN + "h1", "end"),
        "[end]\n" + PAIR.format("AKIAEND"),
        ["AKIAEND", "ASIAh1", "ASIAh2", "ASIAh3"],
        {},
    ),
    (
        "the same role twice",
        LOOP.format("base", ARN + "reader", "end"),
        "[end]\n" + PAIR.format("AKIAEND"),
        ["AKIAEND", "ASIAreader"],
        {},
    ),
    (
        "keys before a role",
        LOOP.format("base", ARN + "unused", "nowhere"),
        BASE,
        ["AKIABASE"],
        {},
    ),
    (
        "environment is not asked",
        "",
        BASE,
        ["AKIABASE"],
        {"AWS_ROLE_ARN": ARN + "no", "AWS_WEB_IDENTITY_TOKEN_FILE": "HOME/token"},
    ),
    (
        "web identity",
        f"[profile base]\nrole_arn = {ARN}web\nweb_identity_token_file = HOME/token\nrole_session_name = pod\n",
        "",
        ["", "ASIAweb"],
        {},
    ),
    (
        "single sign-on",
        "[profile base]\nsso_start_url=https://start\nsso_region=eu-west-1\nsso_account_id=1\nsso_role_name=s\n",
        "",
        ["", "ASIAs"],
        {},
    ),
    ("process", "[profile base]\ncredential_process = cat HOME/process.json\n", "", ["AKIAPROC"], {}),
    (
        "Environment",
        "",
        "",
        ["AKIAENV"],
        {"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"},
    ),
]


@pytest.mark.parametrize(
    ("config", "credentials", "signers", "environ"),
    [source[1:] for source in SOURCES],
    ids=[source[0] for source in SOURCES],
)
def test_a_role_is_asked_for_by_credentials_of_every_kind(
    desk: Desk, config: str, credentials: str, signers: list[str], environ: dict[str, str]
) -> None:
    (desk.home / "token").write_text("token of the pod", encoding="utf-8")
    (desk.home / "process.json").write_text(
        json.dumps({"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s"}), encoding="utf-8"
    )
    desk.sign_in("https://start")
    source = "credential_source = Environment" if environ.get("AWS_ACCESS_KEY_ID") else "source_profile = base"
    desk.write(f"[profile top]\n{READER}{source}\n{config}", credentials, **environ)
    found, asked = desk.keys(profile_name="top")
    assert found.access_key == "ASIAreader"
    assert [one.signer[0] if one.signer else "" for one in asked] == signers


def test_a_profile_may_ask_by_its_own_credentials(desk: Desk) -> None:
    desk.write(f"[default]\n{READER}source_profile = default\n", "[default]\n" + PAIR.format("AKIASELF"))
    found, [asked] = desk.keys()
    assert (found.access_key, asked.signer) == ("ASIAreader", ("AKIASELF", "eu-central-1", "sts"))


def test_credentials_in_the_environment_come_first_unless_the_profile_is_named(desk: Desk) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s"}
    desk.write(f"[profile p]\n{READER}source_profile = base\n", BASE, AWS_PROFILE="p", **keys)
    assert desk.keys()[0].access_key == "AKIAENV"
    assert desk.keys(profile_name="p")[0].access_key == "ASIAreader"


REFUSED: list[tuple[str, str, str]] = [
    ("both", "source_profile = base\ncredential_source = Environment\n", "contains both"),
    ("neither", "", "missing: source_profile or credential_source"),
    (
        "no such profile",
        "source_profile = nobody\n",
        'source_profile "nobody" referenced in the profile "top" does not',
    ),
    ("an empty name", "source_profile =\n", 'source_profile "" referenced'),
    ("no such source", "credential_source = Somewhere\n", 'credential source "Somewhere" referenced in profile "top"'),
    ("another case", "credential_source = environment\n", "is not valid"),
    ("nothing set", "credential_source = Environment\n", "from Environment: No credentials found in credential_source"),
    ("no container", "credential_source = EcsContainer\n", "from EcsContainer: No credentials found"),
    ("no instance", "credential_source = Ec2InstanceMetadata\n", "from Ec2InstanceMetadata: No credentials"),
    ("no keys", "source_profile = empty\n[profile empty]\nregion = x\n", 'The source profile "empty" must have cred'),
    (
        "one of the two keys",
        "source_profile = half\n[profile half]\naws_access_key_id = A\n",
        "Partial credentials found in",
    ),
    ("itself, without keys", "source_profile = top\n", "Infinite loop"),
    ("a loop of two", "source_profile = b\n" + LOOP.format("b", ARN + "b", "top"), "Visited profiles: ['top', 'b']"),
    (
        "a loop further on",
        "source_profile = b\n" + LOOP.format("b", ARN + "b", "c") + LOOP.format("c", ARN + "c", "b"),
        "Visited profiles: ['top', 'b', 'c']",
    ),
    ("a loop of one, further on", "source_profile = b\n" + LOOP.format("b", ARN + "b", "b"), "load from profile b"),
    ("a token and no role", "source_profile = b\n[profile b]\nweb_identity_token_file = t\n", "no role ARN"),
    (
        "half a sign-on",
        "source_profile = b\n[profile b]\nsso_account_id = 1\n",
        "missing required configuration: sso_role_name, sso_start_url, sso_region",
    ),
]


@pytest.mark.parametrize(("options", "text"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_role_that_nobody_can_ask_for_is_refused_at_once(desk: Desk, options: str, text: str) -> None:
    desk.write(f"[profile top]\n{READER}{options}", BASE)
    error, asked = desk.error(profile_name="top")
    assert text in str(error)
    assert not asked
    for library in (boto3, presigned):
        with pytest.raises(getattr(botocore.exceptions, type(error).__name__)):
            library.Session(profile_name="top").client("s3")


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("role_arn = arn:short\n", "Invalid length for parameter RoleArn, value: 9, valid min length: 20"),
        ("role_session_name = x\n", "parameter RoleSessionName, value: 1, valid min length: 2"),
        ("duration_seconds = 10\n", "Invalid value for parameter DurationSeconds, value: 10, valid min value: 900"),
        ("external_id =\n", "parameter ExternalId, value: 0, valid min length: 2"),
        ("mfa_serial = short\n", "parameter SerialNumber, value: 5, valid min length: 9"),
        (
            "role_arn = x\nexternal_id = x\nrole_session_name = y\nduration_seconds = 0\nmfa_serial = 1\n",
            "parameter RoleArn",
        ),
    ],
)
def test_what_sts_would_refuse_is_not_sent(desk: Desk, options: str, error: str) -> None:
    role = "" if "role_arn" in options else READER
    desk.write(f"[default]\n{role}source_profile = base\n{options}", BASE)
    raised, asked = desk.error()
    assert error in str(raised)
    assert not asked


def test_a_profile_may_do_without_such_checks(desk: Desk) -> None:
    desk.write(f"[default]\n{READER}source_profile = base\nexternal_id = x\nparameter_validation = false\n", BASE)
    assert desk.keys()[1][0].parameters["ExternalId"] == "x"


def test_a_duration_that_no_request_can_carry_is_refused(desk: Desk) -> None:
    desk.write(f"[default]\n{READER}source_profile = base\nduration_seconds = {2**40}\n", BASE)
    keys = presigned.Session().get_credentials()
    assert keys is not None
    with pytest.raises(botocore.exceptions.ParamValidationError, match="DurationSeconds, value: 1099511627776"):
        keys.get_frozen_credentials()


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (sts_error("AccessDenied", "User: x is not authorized"), "(AccessDenied) when calling the AssumeRole"),
        (sts_error("ExpiredToken", "The security token included in the request is expired", 403), "ExpiredToken"),
        (sts_error("RegionDisabledException", "STS is not activated in this region", 403), "RegionDisabled"),
        (sts_error("MalformedPolicyDocument", "Zeichen: ä <&>", 400), "Zeichen: ä <&>"),
    ],
)
def test_what_sts_says_is_passed_on(desk: Desk, answer: Callable[[Asked], Answer], text: str) -> None:
    desk.identity.answers["AssumeRole"] = answer
    # If there is only one attempt, boto3 says so even if no second one would be made.
    desk.write(f"[default]\n{READER}source_profile = base\n", BASE, AWS_MAX_ATTEMPTS="3")
    error, _ = desk.error()
    assert isinstance(error, botocore.exceptions.ClientError)
    assert text in str(error)


def test_expired_credentials_are_refused(desk: Desk) -> None:
    desk.identity.answers["AssumeRole"] = lambda asked: sts_credentials(asked, "2020-01-01T00:00:00Z")
    desk.write(f"[default]\n{READER}source_profile = base\n", BASE)
    assert "still expired" in str(desk.error()[0])


@pytest.mark.parametrize(
    "expiration", ["2099-01-01T00:00:00.123Z", "2098-12-31T23:30:00-00:30", "2099-01-01T00:00:00+00:00"]
)
def test_the_end_is_read_as_boto3_reads_it(desk: Desk, expiration: str) -> None:
    desk.identity.answers["AssumeRole"] = lambda asked: sts_credentials(asked, expiration)
    desk.write(f"[default]\n{READER}source_profile = base\n", BASE)
    assert desk.keys()[0].expiry in {4070908800.0, 4070908800.123}


def test_a_code_is_asked_for_once(desk: Desk) -> None:
    """The refresh would need a second MFA code, for which boto3 does not ask."""
    desk.identity.answers["AssumeRole"] = lambda asked: sts_credentials(asked, desk.instant(5 * 60))
    desk.write(f"[default]\n{READER}source_profile = base\nmfa_serial = GAHT12345678\n", BASE)
    for keys in desk.unresolved():
        assert keys.get_frozen_credentials().access_key == "ASIAreader"
        assert desk.prompts == ["Enter MFA code for GAHT12345678: "]
        if type(keys).__module__.startswith("presigned"):
            desk.now += 4 * 60
        with pytest.raises(botocore.exceptions.RefreshWithMFAUnsupportedError, match="MFA token required"):
            keys.get_frozen_credentials()
        assert [one.parameters["TokenCode"] for one in desk.identity.taken()] == ["123456"]
        desk.prompts.clear()


def test_a_code_of_the_wrong_length_is_refused(desk: Desk) -> None:
    desk.code = "123"
    desk.write(f"[default]\n{READER}source_profile = base\nmfa_serial = GAHT12345678\n", BASE)
    error, asked = desk.error()
    assert "parameter TokenCode, value: 3, valid min length: 6" in str(error)
    assert not asked


def test_each_refresh_asks_with_the_credentials_that_the_source_has_then(desk: Desk) -> None:
    ends = {"hop": 5 * 60, "reader": 5 * 60}

    def answer(asked: Asked) -> Answer:
        return sts_credentials(asked, desk.instant(ends[asked.parameters["RoleArn"].rpartition("/")[2]]))

    desk.identity.answers["AssumeRole"] = answer
    config = f"[default]\n{READER}source_profile = base\n" + LOOP.format("base", ARN + "hop", "end")
    desk.write(config, "[end]\n" + PAIR.format("AKIAEND"))
    for keys in desk.unresolved():
        for _ in range(2):
            keys.get_frozen_credentials()
            signers = [one.signer and one.signer[0] for one in desk.identity.taken()]
            assert signers == ["AKIAEND", "ASIAhop"]
            if type(keys).__module__.startswith("presigned"):
                desk.now += 4 * 60


def test_a_table_in_place_of_a_string_is_refused_by_name(desk: Desk) -> None:
    desk.write("[default]\nrole_arn =\n  a = b\nsource_profile = base\n", BASE)
    with pytest.raises(
        botocore.exceptions.InvalidConfigError, match='"role_arn" setting of the profile "default" must'
    ):
        presigned.Session().get_credentials()


def test_a_client_asks_in_its_own_region(desk: Desk) -> None:
    desk.write(f"[default]\n{READER}source_profile = base\n", BASE)
    for library in (boto3, presigned):
        client = library.Session(region_name="ap-south-1").client("s3", region_name="sa-east-1")
        url = client.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
        [asked] = desk.identity.taken()
        assert asked.signer == ("AKIABASE", "sa-east-1", "sts")
        assert "ASIAreader" in url
        library.Session(region_name="ap-south-1").get_credentials().get_frozen_credentials()
        [asked] = desk.identity.taken()
        assert asked.signer == ("AKIABASE", "ap-south-1", "sts")


def test_a_note_says_what_a_source_profile_lacks(desk: Desk) -> None:
    desk.write(f"[default]\n{READER}source_profile = empty\n[profile empty]\nregion = x\n")
    with pytest.raises(botocore.exceptions.InvalidConfigError) as raised:
        presigned.Session().get_credentials()
    assert "shared-credentials-file: no aws_access_key_id for profile 'empty'" in notes_of(raised.value)

"""Credentials that a program sets, in public and private attributes, sign both links and requests."""

from __future__ import annotations

import datetime
import os
from pathlib import Path
from typing import Any

import boto3

from inplace.swapped.seen import KEYS, PHOTO, Server, failure, form, link

FOLDER = Path(os.environ["FOLDER"])


def both(client: Any, server: Server, *names: str) -> None:
    """Prints a link, a form and a request of one client."""
    print(link(client.generate_presigned_url("get_object", PHOTO)))
    print(form(client.generate_presigned_post("photos", "cat.jpg")))
    client.get_object(**PHOTO)
    print(server.taken(*names))


def _end(seconds: int) -> Any:
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)


class Fetch:
    """Returns credentials that expire after some seconds, and counts its calls."""

    def __init__(self, seconds: int) -> None:
        self.seconds, self.count = seconds, 0

    def __call__(self) -> dict[str, str]:
        self.count += 1
        expiry = _end(self.seconds).isoformat()
        return {"access_key": f"AK{self.count}", "secret_key": "s", "token": "t", "expiry_time": expiry}


def keys_of_the_session_replaced() -> None:
    from botocore.credentials import Credentials

    server = Server()
    session = boto3.Session(**KEYS)
    before = session.client("s3", endpoint_url=server.url)
    session._session._credentials = Credentials("AKNEW", "secret", "token")
    after = session.client("s3", endpoint_url=server.url)
    both(before, server)
    both(after, server, "x-amz-security-token")
    print(session.get_credentials().access_key, session.client("sqs")._get_credentials().access_key)


def keys_of_the_session_set() -> None:
    server = Server()
    session = boto3.Session()
    session._session.set_credentials("AKNEW", "secret", "token")
    both(session.client("s3", endpoint_url=server.url), server, "x-amz-security-token")
    print(session.get_credentials().access_key, session.get_credentials().token)
    session.resource("s3", endpoint_url=server.url).Object("photos", "cat.jpg").load()
    print(server.taken())


def keys_of_the_session_set_after_they_were_asked_for() -> None:
    server = Server()
    session = boto3.Session()
    print(session.get_credentials().access_key)
    session._session.set_credentials("AKNEW", "secret")
    print(session.get_credentials().access_key)
    both(session.client("s3", endpoint_url=server.url), server)


def keys_changed_in_place() -> None:
    server = Server()
    session = boto3.Session(**KEYS)
    client = session.client("s3", endpoint_url=server.url)
    both(client, server)
    credentials = session.get_credentials()
    credentials.access_key, credentials.secret_key, credentials.token = "AKNEW", "other", "token"
    both(client, server, "x-amz-security-token")
    both(session.client("s3", endpoint_url=server.url), server)
    print(credentials.get_frozen_credentials().access_key)


def keys_of_the_client_replaced() -> None:
    from botocore.credentials import Credentials

    server = Server()
    client = boto3.client("s3", endpoint_url=server.url)
    client._request_signer._credentials = Credentials("AKNEW", "secret", "token")
    both(client, server, "x-amz-security-token")
    client.get_object(**PHOTO)
    client._request_signer._credentials = None
    print(failure(client.generate_presigned_url, "get_object", PHOTO))


def keys_of_the_client_changed_in_place() -> None:
    server = Server()
    client = boto3.client("s3", endpoint_url=server.url, **KEYS)
    client._request_signer._credentials.access_key = "AKNEW"
    both(client, server)
    client._get_credentials().access_key = "AKNEWER"
    both(client, server)


def keys_are_one_object() -> None:
    session = boto3.Session()
    client = session.client("s3")
    print(client._get_credentials() is session.get_credentials())
    print(
        session.get_credentials() is session.get_credentials(),
        session._session.get_credentials() is session.get_credentials(),
    )
    print(session.client("sqs")._get_credentials() is client._request_signer._credentials)
    print(session.resource("s3").meta.client._get_credentials() is session.get_credentials())


def keys_that_refresh() -> None:
    from botocore.credentials import RefreshableCredentials

    # Within the window in which they are fetched again.
    fetch = Fetch(30)
    server = Server()
    session = boto3.Session()
    session._session._credentials = RefreshableCredentials.create_from_metadata(fetch(), fetch, "mine")
    client = session.client("s3", endpoint_url=server.url)
    both(client, server)
    both(client, server)
    print(session.get_credentials().method, type(session.get_credentials()).__name__)


def keys_that_refresh_seldom() -> None:
    from botocore.credentials import RefreshableCredentials

    fetch = Fetch(3600)
    server = Server()
    session = boto3.Session()
    session._session._credentials = RefreshableCredentials.create_from_metadata(fetch(), fetch, "mine")
    client = session.client("s3", endpoint_url=server.url)
    both(client, server)
    session.get_credentials()._expiry_time = _end(-1)
    both(client, server)
    print(fetch.count)


def keys_fetched_at_the_first_need() -> None:
    from botocore.credentials import DeferredRefreshableCredentials

    fetch = Fetch(3600)
    server = Server()
    session = boto3.Session()
    session._session._credentials = DeferredRefreshableCredentials(refresh_using=fetch, method="mine")
    client = session.client("s3", endpoint_url=server.url)
    print(fetch.count, client.meta.region_name, fetch.count)
    both(client, server)
    print(fetch.count)


def keys_of_a_botocore_session_of_ones_own() -> None:
    import botocore.session
    from botocore.credentials import RefreshableCredentials

    def fetch() -> dict[str, str]:
        return {"access_key": "AKROLE", "secret_key": "s", "token": "t", "expiry_time": _end(3600).isoformat()}

    underneath = botocore.session.get_session()
    underneath._credentials = RefreshableCredentials.create_from_metadata(fetch(), fetch, "sts-assume-role")
    underneath.set_config_variable("region", "eu-west-3")
    server = Server()
    session = boto3.Session(botocore_session=underneath)
    both(session.client("s3", endpoint_url=server.url), server)
    print(
        session.region_name, session.client("sqs").meta.region_name, session.client("sqs")._get_credentials().access_key
    )


def a_provider_of_ones_own() -> None:
    from botocore.credentials import CredentialProvider, Credentials

    class Vault(CredentialProvider):
        METHOD = "vault"
        CANONICAL_NAME = "vault"

        def load(self) -> Any:
            return Credentials("AKVAULT", "secret", method="vault")

    server = Server()
    session = boto3.Session()
    session._session.get_component("credential_provider").insert_before("env", Vault())
    both(session.client("s3", endpoint_url=server.url), server)
    print(session.get_credentials().method)
    session.resource("s3", endpoint_url=server.url).Object("photos", "cat.jpg").load()
    print(server.taken())


def a_provider_removed() -> None:
    session = boto3.Session()
    session._session.get_component("credential_provider").remove("env")
    session._session.get_component("credential_provider").remove("iam-role")
    print(session.get_credentials())
    print(failure(session.client("s3").generate_presigned_url, "get_object", PHOTO))


def a_role_and_its_cache() -> None:
    from botocore.credentials import JSONFileCache

    answer = (
        "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>AKROLE</AccessKeyId><SecretAccessKey>s"
        f"</SecretAccessKey><SessionToken>t</SessionToken><Expiration>{_end(3600).isoformat()}</Expiration></Credentials>"
        "<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn><AssumedRoleId>r:s</AssumedRoleId></AssumedRoleUser>"
        "</AssumeRoleResult></AssumeRoleResponse>"
    )
    sts = Server(lambda _method, _path: (200, {"Content-Type": "text/xml"}, answer))
    (FOLDER / "config").write_text(
        "[profile role]\nrole_arn=arn:aws:iam::123456789012:role/r\nsource_profile=base\nrole_session_name=mine\n"
        "[profile base]\naws_access_key_id=AKBASE\naws_secret_access_key=s\n"
    )
    os.environ["AWS_CONFIG_FILE"] = str(FOLDER / "config")
    os.environ["AWS_ENDPOINT_URL_STS"] = sts.url
    server = Server()
    for _ in range(2):
        session = boto3.Session(profile_name="role")
        provider = session._session.get_component("credential_provider").get_provider("assume-role")
        provider.cache = JSONFileCache(str(FOLDER / "cache"))
        both(session.client("s3", endpoint_url=server.url), server)
        print("asked STS", len(sts.taken()), "kept", len([*(FOLDER / "cache").glob("*.json")]))

"""presigned's credentials in place of botocore's: botocore's clients sign requests with them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import botocore.config
import botocore.credentials
import botocore.exceptions
import botocore.session
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest

import presigned
from credentials.endpoint import Asked, Endpoint, serving
from credentials.source_classes import SECRET, TOKEN, Holder
from presigned._core import FrozenCredentials, HeldCredentials
from presigned._credentials import Credentials
from presigned._credentials.provided import adopt
from presigned._credentials.refreshable import RefreshableCredentials

ACCOUNT = "123456789012"


def ending() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=5)


def keys() -> FrozenCredentials:
    return FrozenCredentials("AK", SECRET, TOKEN, ACCOUNT, ending().timestamp())


def mapping() -> dict[str, Any]:
    return {"access_key": "AK", "secret_key": SECRET, "token": TOKEN, "account_id": ACCOUNT, "expires_at": ending()}


MADE: dict[str, Callable[[], Any]] = {
    "static": lambda: Credentials("AK", SECRET, TOKEN, account_id=ACCOUNT),
    "of a session": lambda: presigned.Session("AK", SECRET, TOKEN, aws_account_id=ACCOUNT).get_credentials(),
    "refreshable": lambda: RefreshableCredentials(keys, "iam-role", keys()),
    "deferred": lambda: RefreshableCredentials(keys, "assume-role"),
    "given by botocore": lambda: adopt(botocore.credentials.Credentials("AK", SECRET, TOKEN, account_id=ACCOUNT)),
    "given by presigned": lambda: adopt(Credentials("AK", SECRET, TOKEN, account_id=ACCOUNT)),
    "given by a function": lambda: adopt(mapping),
    "given by an object": lambda: adopt(Holder("AK", SECRET, TOKEN)),
    "held": lambda: adopt(HeldCredentials("AK", SECRET, TOKEN)),
}
#: Those with an account.
WITH_ACCOUNT = [name for name in MADE if name not in ("given by an object", "held")]


@pytest.fixture
def service() -> Iterator[Endpoint]:
    with serving(lambda _: (200, "{}")) as endpoint:
        yield endpoint


def client(credentials: Any, service_name: str, url: str | None = None, **config: Any) -> Any:
    """A botocore client whose session has these credentials."""
    session = botocore.session.Session()
    session._credentials = credentials
    made = session.create_client(
        service_name, "eu-central-1", endpoint_url=url, config=botocore.config.Config(**config) if config else None
    )
    assert made._request_signer._credentials is credentials
    return made


def is_signed_with(asked: Asked, url: str, access_key: str, secret_key: str, token: str | None) -> bool:
    """Whether a request has the signature that botocore's own code makes with these credentials."""
    signed = asked.headers["authorization"].partition("SignedHeaders=")[2].partition(",")[0].split(";")
    request = AWSRequest(
        asked.method, url + asked.path, {name: asked.headers[name] for name in signed}, asked.body.decode()
    )
    request.context["timestamp"] = asked.headers["x-amz-date"]
    auth = SigV4Auth(botocore.credentials.Credentials(access_key, secret_key, token), "dynamodb", "eu-central-1")
    signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return (
        asked.headers["authorization"].endswith(f"Signature={signature}")
        and f"={access_key}/" in (asked.headers["authorization"])
    )


@pytest.mark.parametrize("name", MADE)
def test_a_client_of_botocores_signs_requests(name: str, service: Endpoint) -> None:
    client(MADE[name](), "dynamodb", service.url).list_tables()
    [asked] = service.taken()
    assert asked.headers["x-amz-security-token"] == TOKEN
    assert is_signed_with(asked, service.url, "AK", SECRET, TOKEN)


@pytest.mark.parametrize("name", MADE)
def test_a_client_of_botocores_presigns(name: str) -> None:
    made = client(MADE[name](), "s3", signature_version="s3v4")
    url = made.generate_presigned_url("get_object", {"Bucket": "photos", "Key": "cat.jpg"})
    assert "X-Amz-Credential=AK%2F" in url
    form = made.generate_presigned_post("photos", "k")
    assert form["fields"]["x-amz-security-token"] == TOKEN


@pytest.mark.parametrize("name", WITH_ACCOUNT)
def test_the_account_is_part_of_endpoints_that_want_it(name: str) -> None:
    seen: list[str] = []

    def answer(request: Any, **_: Any) -> Any:
        seen.append(request.url)
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, _Body())

    for credentials in (MADE[name](), botocore.credentials.Credentials("AK", SECRET, TOKEN, account_id=ACCOUNT)):
        made = client(credentials, "dynamodb", account_id_endpoint_mode="required")
        made.meta.events.register("before-send.dynamodb", answer)
        made.list_tables()
    assert seen == [f"https://{ACCOUNT}.ddb.eu-central-1.amazonaws.com/"] * 2


class _Body:
    def stream(self) -> Iterator[bytes]:
        yield b"{}"


def test_credentials_that_are_set_sign_the_next_request_of_both_clients(service: Endpoint) -> None:
    session = presigned.Session("AK", SECRET, TOKEN, region_name="eu-central-1")
    credentials = session.get_credentials()
    assert credentials is not None
    ours = session.client("s3")
    theirs = client(credentials, "dynamodb", service.url)
    # Some programs change a client's credentials like this.
    for holder in (theirs._request_signer._credentials, credentials):
        holder.access_key, holder.secret_key, holder.token = "NEW", "another", None
        theirs.list_tables()
        [asked] = service.taken()
        assert "x-amz-security-token" not in asked.headers
        assert is_signed_with(asked, service.url, "NEW", "another", None)
        assert "Credential=NEW%2F" in ours.generate_presigned_url("list_buckets")
        holder.access_key = "BACK"


def test_credentials_of_a_function_are_asked_for_at_each_request(service: Endpoint) -> None:
    numbers = iter(range(100))
    made = client(adopt(lambda: (f"A{next(numbers)}", SECRET)), "dynamodb", service.url)
    for _ in "12":
        made.list_tables()
    first, second = service.taken()
    assert first.headers["authorization"] != second.headers["authorization"]


def test_a_refresh_that_fails_is_raised_by_the_request(service: Endpoint) -> None:
    def fetch() -> FrozenCredentials:
        raise presigned.exceptions.make("CredentialRetrievalError", provider="iam-role", error_msg="down")

    made = client(RefreshableCredentials(fetch, "iam-role"), "dynamodb", service.url)
    with pytest.raises(botocore.exceptions.CredentialRetrievalError, match="down"):
        made.list_tables()
    assert not service.taken()

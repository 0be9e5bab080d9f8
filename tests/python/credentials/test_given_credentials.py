"""`credentials=` an object: a client signs with its credentials as boto3 would, and sees each change of them."""

from __future__ import annotations

import datetime
from typing import Any

import botocore.credentials
import botocore.exceptions
import botocore.session
import pytest

import presigned
from credentials.source_classes import (
    HOUR,
    SECRET,
    START,
    TOKEN,
    Holder,
    Service,
    refreshable,
)
from credentials.sources import (
    boto3_client,
    functions,
    of_boto3,
    signing_with,
    sources,
    url,
)
from presigned._credentials import Credentials


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", sources())
def test_a_client_signs_with_the_credentials_of_its_source(name: str) -> None:
    client = signing_with(sources()[name]())
    expected = of_boto3("AK", SECRET, TOKEN)
    assert url(client) == expected
    assert url(client) == expected
    assert url(presigned.resource("s3", "eu-central-1", credentials=sources()[name]()).meta.client) == expected
    assert url(presigned.Session().client("s3", "eu-central-1", credentials=sources()[name]())) == expected


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", functions())
def test_a_client_signs_with_the_credentials_that_a_function_returns(name: str) -> None:
    client = signing_with(functions()[name])
    assert url(client) == url(client) == of_boto3("AK", SECRET, TOKEN)


@pytest.mark.usefixtures("clock")
def test_a_form_is_signed_with_given_credentials_too() -> None:
    expected = boto3_client(botocore.credentials.Credentials("AK", SECRET, TOKEN)).generate_presigned_post("b-1", "k")
    made = signing_with(Holder("AK", SECRET, TOKEN)).generate_presigned_post("b-1", "k")
    assert made["fields"] == expected["fields"]


@pytest.mark.usefixtures("clock")
def test_credentials_without_a_token_are_used_without_one() -> None:
    expected = of_boto3("AK", SECRET, None)
    for source in (botocore.credentials.Credentials("AK", SECRET), Holder("AK", SECRET), lambda: ("AK", SECRET)):
        assert url(signing_with(source)) == expected
    del (bare := Holder("AK", SECRET)).token
    assert url(signing_with(bare)) == expected


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    "make", [botocore.credentials.Credentials, Credentials, Holder], ids=["botocore", "ours", "own"]
)
def test_changed_credentials_sign_the_next_url(make: Any) -> None:
    source = make("AK", SECRET, None)
    client = signing_with(source)
    assert url(client) == of_boto3("AK", SECRET, None)
    source.access_key = "AK2"
    assert url(client) == of_boto3("AK2", SECRET, None)
    source.secret_key = "other"
    assert url(client) == of_boto3("AK2", "other", None)
    source.token = TOKEN
    assert url(client) == of_boto3("AK2", "other", TOKEN)
    # Equal strings that are different objects.
    source.access_key, source.secret_key = "xAK2"[1:], "xother"[1:]
    assert url(client) == of_boto3("AK2", "other", TOKEN)


@pytest.mark.parametrize("minutes", [0, 44, 46, 49, 51, 59, 61, 200])
def test_botocores_refreshable_credentials_are_refreshed_when_botocore_says_so(clock: Any, minutes: int) -> None:
    services = Service(), Service()
    ours, theirs = signing_with(refreshable(services[0])), boto3_client(refreshable(services[1]))
    for _ in range(2):
        assert url(ours) == url(theirs)
        assert services[0].fetched == services[1].fetched
        clock.move_to(START + datetime.timedelta(minutes=minutes))


@pytest.mark.parametrize("minutes", [46, 51, 61])
def test_a_refresh_of_botocores_that_fails_does_what_it_does_in_botocore(clock: Any, minutes: int) -> None:
    outcomes = []
    for make in (signing_with, boto3_client):
        clock.move_to(START)
        service = Service()
        client = make(refreshable(service))
        url(client)
        clock.move_to(START + datetime.timedelta(minutes=minutes))
        service.failure = ConnectionError("no route")
        try:
            outcomes.append(url(client))
        except ConnectionError as error:
            outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]


def test_credentials_of_a_botocore_session_have_the_shape_of_botocores(clock: Any) -> None:
    source: Any = botocore.session.Session()
    source._credentials = theirs = refreshable(Service())
    session = presigned.Session(botocore_session=source)
    ours = session.get_credentials()
    assert ours is not None
    assert tuple(ours.get_frozen_credentials())[:3] == tuple(theirs.get_frozen_credentials())[:3]
    assert (ours.access_key, ours.secret_key, ours.token) == (theirs.access_key, theirs.secret_key, theirs.token)
    assert ours.method == theirs.method
    assert ours.account_id == theirs.account_id
    # As in boto3, it is the session's own object.
    assert ours is theirs
    clock.tick(2 * HOUR)
    assert ours.access_key == "A2"

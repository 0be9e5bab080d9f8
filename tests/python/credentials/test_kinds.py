"""presigned's credentials have what programs use of botocore's: the classes, the named tuple, the private names."""

from __future__ import annotations

import collections
import copy
import datetime
import inspect
import itertools
import pickle
import pprint
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import boto3
import botocore.credentials
import botocore.session
import pytest

import presigned
from credentials.source_classes import HOUR, SECRET, START, TOKEN, Holder, Service, refreshable
from credentials.sources import key_in, sources, url
from presigned._core import FrozenCredentials
from presigned._credentials import Credentials, frozen
from presigned._credentials.provided import adopt
from presigned._credentials.refreshable import RefreshableCredentials

UTC = datetime.timezone.utc


def fetching(numbers: Iterator[int]) -> FrozenCredentials:
    return FrozenCredentials(f"A{next(numbers)}", SECRET, TOKEN, "123456789012", presigned._core.now() + 3600)


def begun() -> RefreshableCredentials:
    """As those of an instance, which were fetched when the client was made."""
    numbers = itertools.count(1)
    return RefreshableCredentials(lambda: fetching(numbers), "iam-role", fetching(numbers))


def deferred() -> RefreshableCredentials:
    """As those of a role, which are fetched at the first need."""
    numbers = itertools.count(1)
    return RefreshableCredentials(lambda: fetching(numbers), "assume-role")


def theirs_begun() -> Any:
    return refreshable(Service())


def theirs_deferred() -> Any:
    return botocore.credentials.DeferredRefreshableCredentials(Service(), "assume-role")


def test_a_named_tuple_is_what_botocores_is() -> None:
    values = ("AK", SECRET, TOKEN, "1")
    ours: Any = Credentials(*values[:3], account_id="1").get_frozen_credentials()
    theirs: Any = botocore.credentials.Credentials(*values[:3], account_id="1").get_frozen_credentials()
    assert ours == theirs == values
    assert hash(ours) == hash(theirs)
    assert (ours[0], ours[1:3], len(ours), list(ours)) == (theirs[0], theirs[1:3], len(theirs), list(theirs))
    access_key, secret_key, token, account_id = ours
    assert (access_key, secret_key, token, account_id) == values
    assert (ours.access_key, ours.secret_key, ours.token, ours.account_id) == values
    assert (ours._fields, ours._field_defaults) == (theirs._fields, theirs._field_defaults)
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(access_key="NEW") == theirs._replace(access_key="NEW")
    assert type(ours)._make(values) == ours
    assert type(ours)("AK", SECRET, TOKEN) == type(theirs)("AK", SECRET, TOKEN)
    assert type(ours).__name__ == type(theirs).__name__
    assert type(ours).__match_args__ == type(theirs).__match_args__
    assert str(inspect.signature(type(ours))).replace(": str", "") == str(inspect.signature(type(theirs)))
    assert isinstance(ours, tuple)
    assert isinstance(ours, botocore.credentials.ReadOnlyCredentials)
    assert isinstance(ours._replace(token=None), botocore.credentials.ReadOnlyCredentials)


def test_a_named_tuple_shows_no_secret_and_stays_here() -> None:
    keys = Credentials("AK", SECRET, TOKEN).get_frozen_credentials()
    shown = [repr(keys), str(keys), f"{keys}", pprint.pformat({"keys": keys}), repr([keys])]
    assert set(shown[:3]) == {"ReadOnlyCredentials(access_key='AK')"}
    assert not any(secret in text for text in shown for secret in (SECRET, TOKEN))
    with pytest.raises(TypeError, match="cannot pickle 'ReadOnlyCredentials' object"):
        pickle.dumps(keys)
    assert copy.copy(keys) is keys
    assert copy.deepcopy([keys])[0] is keys


def test_beside_an_older_botocore_it_has_three_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    older: Any = collections.namedtuple("older", ["access_key", "secret_key", "token"])  # noqa: PYI024 - botocore's
    monkeypatch.setattr(botocore.credentials, "ReadOnlyCredentials", older)
    keys = frozen.freeze("AK", SECRET, TOKEN, "1")
    access_key, secret_key, token = keys  # type: ignore[misc] # the point
    assert (access_key, secret_key, token) == ("AK", SECRET, TOKEN)
    assert isinstance(keys, older)
    assert keys.account_id is None
    assert SECRET not in repr(keys)


def test_without_botocore_there_is_the_same_and_botocore_is_not_loaded() -> None:
    program = (
        "import sys, presigned\n"
        "found = presigned.Session('AK', 'hush', 'T').get_credentials()\n"
        "kept = found.get_frozen_credentials()\n"
        "assert kept._asdict() == dict(access_key='AK', secret_key='hush', token='T', account_id=None)\n"
        "assert isinstance(found, type(found)) and not isinstance(found, int)\n"
        "assert 'botocore' not in sys.modules\n"
        "import botocore.credentials as theirs\n"
        "assert isinstance(found, theirs.Credentials) and isinstance(kept, theirs.ReadOnlyCredentials)\n"
        "assert not isinstance(found, theirs.RefreshableCredentials)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (lambda: Credentials("AK", SECRET), lambda: botocore.credentials.Credentials("AK", SECRET)),
        (begun, theirs_begun),
        (deferred, theirs_deferred),
    ],
    ids=["static", "refreshable", "deferred"],
)
def test_credentials_are_of_botocores_classes(ours: Any, theirs: Any) -> None:
    classes = [
        getattr(botocore.credentials, f"{kind}Credentials") for kind in ("", "Refreshable", "DeferredRefreshable")
    ]
    found, model = ours(), theirs()
    assert [isinstance(found, each) for each in classes] == [isinstance(model, each) for each in classes]
    # And of presigned's own class.
    assert isinstance(found, Credentials)
    assert issubclass(found.__class__, Credentials)
    assert (found.__class__.__name__, found.__class__.__module__) == (type(found).__name__, type(found).__module__)


@pytest.mark.parametrize("name", sources())
def test_adopted_credentials_are_of_botocores_class_and_of_the_class_of_their_source(name: str) -> None:
    source = sources()[name]()
    found = adopt(source)
    assert isinstance(found, botocore.credentials.Credentials)
    if isinstance(source, botocore.credentials.Credentials):
        assert isinstance(found, type(source))
    assert isinstance(found, Credentials)


def test_credentials_of_a_botocore_session_have_every_attribute_of_botocores() -> None:
    theirs = boto3.Session()._session
    theirs._credentials = refreshable(Service())
    found: Any = presigned.Session(botocore_session=theirs).get_credentials()
    assert isinstance(found, botocore.credentials.RefreshableCredentials)
    assert found.refresh_needed(7200)
    assert found._expiry_time is theirs._credentials._expiry_time
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = found.no_such_name


@pytest.mark.parametrize(
    "made",
    [
        lambda: Credentials("AK", SECRET, TOKEN),
        begun,
        lambda: adopt(botocore.credentials.Credentials("AK", SECRET, TOKEN)),
        lambda: adopt(Holder("AK", SECRET, TOKEN)),
        lambda: adopt(lambda: {"access_key": "AK", "secret_key": SECRET, "token": TOKEN, "expires_at": START + HOUR}),
    ],
    ids=["static", "refreshable", "botocore's", "an object", "a function"],
)
@pytest.mark.usefixtures("clock")
def test_neither_vars_nor_repr_shows_a_secret(made: Any) -> None:
    credentials = made()
    assert credentials.get_frozen_credentials().secret_key == SECRET
    # What a program sets is a secret too.
    if not callable(getattr(credentials, "provider", None)):
        credentials.token = "set-hush-token"
    for shown in (repr(vars(credentials)), repr(credentials), str(credentials), pprint.pformat(vars(credentials))):
        assert not any(secret in shown for secret in (SECRET, TOKEN, "set-hush-token"))


def test_what_programs_ask_of_refreshable_credentials(clock: Any) -> None:
    ours: Any = begun()
    theirs = theirs_begun()
    client = presigned.client("s3", "eu-central-1", credentials=ours)
    assert key_in(url(client)) == "A1"
    for credentials in (ours, theirs):
        assert credentials._expiry_time == START + HOUR
        assert credentials._seconds_remaining() == 3600
        assert not credentials._is_expired()
        assert credentials._frozen_credentials.access_key == "A1"
        assert set(credentials._refresh_using()) >= {"access_key", "secret_key", "token", "expiry_time"}
        credentials._refresh()
        assert credentials._frozen_credentials.access_key == "A1"
        # Even if no refresh is due.
        credentials._protected_refresh(is_mandatory=True)
        assert credentials.access_key == "A3"
    assert key_in(url(client)) == "A3"
    clock.tick(HOUR * 2)
    for credentials in (ours, theirs):
        assert credentials._is_expired()
        assert credentials._seconds_remaining() == -3600
        assert credentials.get_frozen_credentials().access_key == "A4"
    assert key_in(url(client)) == "A4"
    for credentials in (ours, theirs):
        # Programs make credentials expire like this.
        credentials._expiry_time = START
    assert key_in(url(client)) == "A5"
    assert theirs.get_frozen_credentials().access_key == "A5"


def test_credentials_before_their_first_fetch_look_like_botocores() -> None:
    for credentials in (deferred(), theirs_deferred()):
        assert credentials._expiry_time is None
        assert credentials._frozen_credentials is None
        assert credentials.refresh_needed()
        assert credentials._is_expired()


def test_a_forced_refresh_waits_for_one_that_is_being_made() -> None:
    entered, opened = threading.Event(), threading.Event()
    numbers = itertools.count(1)

    def fetch() -> FrozenCredentials:
        entered.set()
        assert opened.wait(60)
        return fetching(numbers)

    credentials = RefreshableCredentials(fetch, "m")
    thread = threading.Thread(target=credentials.current)
    thread.start()
    assert entered.wait(60)
    forced = threading.Thread(target=credentials._protected_refresh, args=(True,))
    forced.start()
    opened.set()
    thread.join()
    forced.join()
    assert credentials.access_key == "A2"


def test_a_forced_refresh_that_fails_is_raised_where_it_must_not() -> None:
    failures = [ConnectionError("no route")]
    numbers = itertools.count(1)

    def fetch() -> FrozenCredentials:
        if failures:
            raise failures[0]
        return fetching(numbers)

    credentials = RefreshableCredentials(fetch, "m", fetching(numbers))
    credentials._protected_refresh(is_mandatory=False)
    assert credentials.access_key == "A1"
    with pytest.raises(ConnectionError):
        credentials._protected_refresh(is_mandatory=True)
    failures.clear()
    credentials._protected_refresh(is_mandatory=True)
    assert credentials.access_key == "A2"


def test_presigneds_credentials_have_every_attribute_of_boto3s() -> None:
    for ours, theirs in (
        (Credentials("AK", SECRET), botocore.credentials.Credentials("AK", SECRET)),
        (begun(), theirs_begun()),
    ):
        offered = {name for name in dir(theirs) if not name.startswith("_")}
        # It makes credentials of botocore's own answers.
        assert offered - {"create_from_metadata"} <= set(dir(ours))

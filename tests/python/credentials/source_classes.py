"""Credentials objects of botocore, and small classes in the form of aiobotocore's, as sources in tests."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Coroutine
from typing import Any

import botocore.credentials

UTC = datetime.timezone.utc
START = datetime.datetime(2030, 1, 1, tzinfo=UTC)
HOUR = datetime.timedelta(hours=1)
SECRET = "hush-hush-secret"
TOKEN = "hush-hush-token"


class Service:
    """Returns credentials A1, A2 ... that expire after an hour, in botocore's form."""

    def __init__(self) -> None:
        self.fetched = 0
        self.failure: Exception | None = None

    def __call__(self) -> dict[str, Any]:
        self.fetched += 1
        if self.failure is not None:
            raise self.failure
        return {
            "access_key": f"A{self.fetched}",
            "secret_key": f"{SECRET} {self.fetched}",
            "token": f"{TOKEN} {self.fetched}",
            "expiry_time": (datetime.datetime.now(UTC) + HOUR).isoformat(),
        }


def refreshable(service: Callable[[], dict[str, Any]]) -> botocore.credentials.RefreshableCredentials:
    return botocore.credentials.RefreshableCredentials.create_from_metadata(service(), service, "a method")


class AioCredentials:
    """aiobotocore's static credentials: reading them is a coroutine that never waits."""

    def __init__(self, access_key: str = "AIO", secret_key: str = SECRET, token: str | None = TOKEN) -> None:
        self.access_key, self.secret_key, self.token = access_key, secret_key, token
        self.method = "aio"

    async def get_frozen_credentials(self) -> botocore.credentials.ReadOnlyCredentials:
        return botocore.credentials.ReadOnlyCredentials(self.access_key, self.secret_key, self.token, None)


class AioRefreshableCredentials:
    """aiobotocore's refreshable credentials. Their attributes must not be read."""

    method = "aio"

    def __init__(self, fetch: Callable[[], Coroutine[Any, Any, dict[str, Any]]]) -> None:
        self._fetch = fetch
        self._frozen: botocore.credentials.ReadOnlyCredentials | None = None

    @property
    def access_key(self) -> str:
        raise NotImplementedError("missing call to self._refresh")

    secret_key = token = access_key

    async def get_frozen_credentials(self) -> botocore.credentials.ReadOnlyCredentials:
        if self._frozen is None:
            found = await self._fetch()
            self._frozen = botocore.credentials.ReadOnlyCredentials(
                found["access_key"], found["secret_key"], found["token"], None
            )
        return self._frozen


class AioSession:
    """The part of aiobotocore's session that has credentials."""

    def __init__(self, credentials: object) -> None:
        self._credentials = credentials

    async def get_credentials(self) -> object:
        return self._credentials


class Holder:
    """An object of a program's own that has credentials."""

    def __init__(self, access_key: object, secret_key: object, token: object = None) -> None:
        self.access_key, self.secret_key, self.token = access_key, secret_key, token

    def __repr__(self) -> str:
        return f"Holder({self.access_key}, {self.secret_key}, {self.token})"

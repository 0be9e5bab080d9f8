"""Credentials that expire: boto3's windows, one fetch for all threads, what a failure does, and forks."""

from __future__ import annotations

import datetime
import itertools
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import botocore.credentials
import botocore.exceptions
import pytest

import presigned
from credentials.source_classes import START
from presigned._core import FrozenCredentials
from presigned._credentials.refreshable import FIRST_PAUSE, LONGEST_PAUSE, RefreshableCredentials


class Service:
    """Returns credentials A1, A2 ... that expire after `life` seconds, or raises `failure`."""

    def __init__(self, life: float = 3600) -> None:
        self.life = life
        self.fetched = 0
        self.failure: Exception | None = None

    def __call__(self) -> FrozenCredentials:
        self.fetched += 1
        if self.failure is not None:
            raise self.failure
        return FrozenCredentials(
            f"A{self.fetched}", f"secret of A{self.fetched}", f"token{self.fetched}", None, self.end()
        )

    def end(self) -> float:
        return presigned._core.now() + self.life

    def metadata(self) -> dict[str, Any]:
        """The same in botocore's form."""
        keys = self()
        assert keys.expiry is not None
        end = datetime.datetime.fromtimestamp(keys.expiry, datetime.timezone.utc)
        return {
            "access_key": keys.access_key,
            "secret_key": keys.secret_key,
            "token": keys.token,
            "expiry_time": end.isoformat(),
        }


def theirs(service: Service) -> botocore.credentials.RefreshableCredentials:
    return botocore.credentials.RefreshableCredentials.create_from_metadata(
        service.metadata(), service.metadata, "test"
    )


def ours(service: Service) -> RefreshableCredentials:
    return RefreshableCredentials(service, "test", service())


@pytest.mark.parametrize("left", [3599, 901, 900, 899.5, 700, 601, 600, 599, 60, 1, 0, -1, -1000])
def test_at_every_age_the_credentials_are_those_that_botocore_would_use(clock: Any, left: float) -> None:
    made = [(make(service), service) for make in (ours, theirs) for service in [Service()]]
    clock.move_to(START + datetime.timedelta(seconds=3600 - left))
    used = [(keys.get_frozen_credentials(), service.fetched) for keys, service in made]
    assert used[0] == used[1]
    assert used[0][1] == (1 if left >= 900 else 2)


@pytest.mark.parametrize("left", [899, 601, 599, 1, -1])
def test_a_failed_refresh_is_an_error_exactly_where_it_is_one_in_botocore(clock: Any, left: float) -> None:
    outcomes = []
    for make in (ours, theirs):
        service = Service()
        keys = make(service)
        service.failure = ZeroDivisionError("the service is down")
        clock.move_to(START + datetime.timedelta(seconds=3600 - left))
        try:
            outcomes.append(keys.get_frozen_credentials()[:3])
        except ZeroDivisionError as error:
            outcomes.append(error.args)
        clock.move_to(START)
    assert outcomes[0] == outcomes[1]
    assert ("down" in str(outcomes[0])) == (left < 600)


def test_after_a_failure_in_the_first_window_the_next_attempt_waits_longer_each_time(clock: Any) -> None:
    service = Service()
    keys = ours(service)
    service.failure = ZeroDivisionError("the service is down")
    clock.move_to(START + datetime.timedelta(seconds=3600 - 899))
    attempts = []
    for second in range(200):
        before = service.fetched
        assert keys.get_frozen_credentials().access_key == "A1"
        if service.fetched > before:
            attempts.append(second)
        clock.tick(1)
    pauses = [later - sooner for sooner, later in itertools.pairwise(attempts)]
    # Seconds are whole here, and an attempt is due once the pause is over.
    assert [pause - 1 for pause in pauses] == [FIRST_PAUSE, 10, 20, 40, LONGEST_PAUSE]


def test_credentials_with_a_lifetime_within_the_windows_are_used_for_a_quarter_of_it(clock: Any) -> None:
    service = Service(life=600)
    keys = RefreshableCredentials(service, "test")
    for _ in range(151):
        assert keys.current()[0].access_key == "A1"
        clock.tick(1)
    assert keys.current()[0].access_key == "A2"


@pytest.mark.usefixtures("clock")
def test_credentials_that_arrive_expired_are_refused_in_botocores_words() -> None:
    for make in (ours, theirs):
        service = Service(life=-1)
        with pytest.raises(RuntimeError, match="the refreshed credentials are still expired"):
            make(service).get_frozen_credentials()


def test_botocores_other_properties_are_there(clock: Any) -> None:
    service = Service()
    keys, model = ours(service), theirs(Service())
    assert (keys.access_key, keys.secret_key, keys.token) == (model.access_key, model.secret_key, model.token)
    assert (keys.method, keys.account_id) == (model.method, model.account_id)
    assert keys.expires_at == START + datetime.timedelta(hours=1)
    assert not keys.refresh_needed()
    assert keys.refresh_needed(3601)
    assert model.refresh_needed(3601)
    clock.tick(3600 - 899)
    assert keys.refresh_needed()
    assert service.fetched == 1


def client_with(credentials: RefreshableCredentials) -> Any:
    core = presigned._settings.core_in("eu-central-1")
    return presigned.S3(**core, source=credentials)


KEYS: dict[str, Any] = {"aws_access_key_id": "A", "aws_secret_access_key": "B"}


def test_sixteen_threads_across_a_hundred_refreshes_sign_with_credentials_that_belong_together(clock: Any) -> None:
    service = Service()
    credentials = RefreshableCredentials(service, "test")
    client = client_with(credentials)
    threads = 16
    barrier = threading.Barrier(threads)

    def sign(_: int) -> str:
        barrier.wait()
        url: str = client.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})
        return url

    with ThreadPoolExecutor(threads) as pool:
        for generation in range(1, 101):
            urls = set(pool.map(sign, range(threads)))
            fresh = presigned.client(
                "s3",
                "eu-central-1",
                aws_access_key_id=f"A{generation}",
                aws_secret_access_key=f"secret of A{generation}",
                aws_session_token=f"token{generation}",
            )
            assert urls == {fresh.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"})}
            assert service.fetched == generation
            # Beyond the end: every thread needs the next credentials.
            clock.tick(3601)


class Gate:
    """A fetch that waits until the test allows it to continue."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.entered, self.open = threading.Event(), threading.Event()

    def __call__(self) -> FrozenCredentials:
        self.entered.set()
        assert self.open.wait(60)
        return self.service()


def test_while_one_thread_refreshes_in_the_first_window_the_others_go_on(clock: Any) -> None:
    service = Service()
    gate = Gate(service)
    credentials = RefreshableCredentials(gate, "test", service())
    client = client_with(credentials)
    clock.tick(3600 - 800)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.generate_presigned_url, "list_buckets")
        assert gate.entered.wait(60)
        assert "Credential=A1%2F" in client.generate_presigned_url("list_buckets")
        gate.open.set()
        assert "Credential=A2%2F" in first.result(60)


def test_all_that_wait_for_a_refresh_get_its_error(clock: Any) -> None:
    service = Service()
    gate = Gate(service)
    credentials = RefreshableCredentials(gate, "test", service())
    clock.tick(3600 - 1)
    service.failure = ZeroDivisionError("the service is down")
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(credentials.current) for _ in range(8)]
        assert gate.entered.wait(60)
        # Threads that have not reached the lock yet will find the error, or try once more.
        gate.open.set()
        errors = {type(future.exception(60)) for future in waiting}
    assert errors == {ZeroDivisionError}
    assert credentials._latest is not None
    service.failure = None
    assert credentials.current()[0].access_key == f"A{service.fetched}"


def test_all_share_one_background_refresh_and_its_thread_does_not_delay_the_exit(clock: Any) -> None:
    service = Service()
    gate = Gate(service)
    credentials = RefreshableCredentials(gate, "test")
    futures = {credentials.refresh_in_background() for _ in range(5)}
    assert gate.entered.wait(60)
    workers = [thread for thread in threading.enumerate() if thread.name == "presigned credentials"]
    assert [worker.daemon for worker in workers] == [True]
    gate.open.set()
    assert {future.result(60).access_key for future in futures} == {"A1"}
    assert credentials.is_usable()
    clock.tick(3600 - 601)
    assert credentials.is_usable()
    assert credentials.is_due()
    clock.tick(2)
    assert not credentials.is_usable()


def in_child(check: Callable[[], None]) -> None:
    """Runs `check` in a fork; what it raises is printed, and fails the test. A child that hangs is killed."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            signal.alarm(60)
            check()
            status = 0
        except BaseException:  # noqa: BLE001 - the parent must not run on in the child
            traceback.print_exc()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_child_forked_during_a_refresh_refreshes_by_itself(clock: Any) -> None:
    service = Service()
    gate = Gate(service)
    credentials = RefreshableCredentials(gate, "test", service())
    client = client_with(credentials)
    assert "Credential=A1%2F" in client.generate_presigned_url("list_buckets")
    clock.tick(3600)

    def check() -> None:
        gate.open.set()
        assert "Credential=A2%2F" in client.generate_presigned_url("list_buckets")

    with ThreadPoolExecutor(1) as pool:
        refresh = pool.submit(client.generate_presigned_url, "list_buckets")
        assert gate.entered.wait(60)
        in_child(check)
        gate.open.set()
        assert "Credential=A2%2F" in refresh.result(60)


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
@pytest.mark.parametrize("age", [0, 3600 - 800, 3600 - 500, 4000])
def test_a_child_signs_in_every_state_of_the_parents_credentials(clock: Any, age: float) -> None:
    service = Service()
    credentials = RefreshableCredentials(service, "test")
    client = client_with(credentials)
    urls = [client.generate_presigned_url("list_buckets")]
    clock.tick(age)

    def check() -> None:
        url = client.generate_presigned_url("list_buckets")
        assert f"Credential=A{1 if age == 0 else 2}%2F" in url
        assert credentials.refresh_in_background().result(60).access_key

    in_child(check)
    urls.append(client.generate_presigned_url("list_buckets"))
    assert f"Credential=A{1 if age == 0 else 2}%2F" in urls[1]


def test_a_thread_that_forks_while_it_fetches_ends_only_its_own_attempt() -> None:
    service = Service()
    begun: list[Any] = []

    def fetch() -> FrozenCredentials:
        # As in the child. Its other thread then begins to fetch.
        credentials._renew()
        begun.append(credentials._attempts.join())
        return service()

    credentials = RefreshableCredentials(fetch, "test")
    assert credentials.current()[0].access_key == "A1"
    [(attempt, is_own)] = begun
    assert is_own
    assert credentials._attempts.join() == (attempt, False)


def test_no_secret_shows() -> None:
    service = Service()
    credentials = RefreshableCredentials(service, "test")
    shown = [repr(credentials), repr(credentials.current()), repr(credentials), str(credentials)]
    service.failure = ZeroDivisionError("down")
    assert "secret" not in "".join(shown)
    assert "token1" not in "".join(shown)
    for thing in (credentials, credentials.current()[0]):
        with pytest.raises(TypeError, match="cannot pickle"):
            thing.__reduce__()


def test_the_time_of_the_machine_refreshes_credentials_too() -> None:
    service = Service(life=0.05)
    client = client_with(RefreshableCredentials(service, "test"))
    seen: set[str] = set()
    end = time.monotonic() + 60
    while len(seen) < 3 and time.monotonic() < end:
        url = client.generate_presigned_url("list_buckets")
        seen.add(url.partition("Credential=")[2].partition("%2F")[0])
    assert {"A1", "A2", "A3"} <= seen

"""A botocore newer than the tests know is asked too, until an operation agrees, and answers alone if the two differ.

A difference counts only if it has no other cause.
"""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from typing import Any

import botocore.signers
import pytest
import time_machine
from botocore.credentials import Credentials, ReadOnlyCredentials

from inplace import settings
from inplace.conftest import INSTANT
from inplace.twins import Twins, ask, client, listening
from presigned._boto3.inplace import calls, fast_path, methods

URL, POST = "generate_presigned_url", "generate_presigned_post"
GET = ("get_object", settings.BASE)
SECOND = datetime.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes this botocore look newer than the tests know."""
    monkeypatch.setattr(fast_path, "_NEWEST", (1, 43, 0))


def made_by_core(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes each URL of the core's."""
    made: list[str] = []
    real = calls.signed_url

    def noting(*arguments: Any) -> str | None:
        url = real(*arguments)
        made.append(str(url))
        return url

    monkeypatch.setattr(calls, "signed_url", noting)
    return made


def is_settled(one: Any, method: str = "get_object") -> bool:
    """Whether an operation of a client is answered here alone."""
    found = vars(one)["_presigned_fast_path"].operations[method]
    return found.is_verified is True


def test_the_first_call_of_an_operation_is_answered_by_both_and_the_next_here(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = Twins(region_name="us-east-1")
    made = made_by_core(monkeypatch)
    params = {"Bucket": "bucket", "Key": "k", "SSECustomerKey": "k" * 32, "SSECustomerAlgorithm": "AES256"}
    assert twins.agree(URL, "get_object", params).reasons == []
    assert is_settled(twins.fast)
    assert twins.agree(URL, "get_object", params).reasons == []
    assert len(made) == 2
    assert twins.agree(URL, "list_objects_v2", {"Bucket": "bucket"}).reasons == []
    assert len(made) == 3
    for _ in range(2):
        assert twins.agree(POST, "bucket", "key", {"acl": "private"}, [{"acl": "private"}]).reasons == []


def test_a_result_that_differs_three_times_in_a_row_leaves_the_client_to_botocore(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    twins, others = Twins(region_name="us-east-1"), Twins(region_name="us-east-1")
    with monkeypatch.context() as patch:
        patch.setattr(calls, "signed_url", lambda *_: "https://another.example.com")
        for _ in range(3):
            assert "a different result" in twins.agree(URL, *GET).reasons[0]
    # It is not asked any more, for any operation.
    for method in ("get_object", "head_object"):
        assert "a different result" in twins.agree(URL, method, settings.BASE).reasons[0]
    assert "a different result" in twins.agree(POST, "bucket", "key").reasons[0]
    assert others.agree(URL, *GET).reasons == []


def test_differences_that_an_agreement_comes_between_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = Twins(region_name="us-east-1")
    for method in ("get_object", "head_object", "put_object", "delete_object"):
        with monkeypatch.context() as patch:
            patch.setattr(calls, "signed_url", lambda *_: "https://another.example.com")
            for _ in range(2):
                assert "a different result" in twins.agree(URL, method, settings.BASE).reasons[0]
        assert twins.agree(URL, method, settings.BASE).reasons == []
        assert is_settled(twins.fast, method)


def test_fields_in_another_order_are_another_result(monkeypatch: pytest.MonkeyPatch) -> None:
    twins = Twins(region_name="us-east-1")
    real = calls.signed_form

    def turned(*arguments: Any) -> Any:
        form = real(*arguments)
        return form and {"url": form["url"], "fields": dict(reversed(form["fields"].items()))}

    monkeypatch.setattr(calls, "signed_form", turned)
    assert "a different result" in twins.agree(POST, "bucket", "key").reasons[0]


@pytest.mark.parametrize(
    ("method", "params", "life"),
    [
        ("get_object", settings.BASE, 2_592_000),
        ("get_object", settings.BASE, 0),
        ("get_object", {"Bucket": "bucket"}, 60),
        ("get_object", {"Bucket": "bucket", "Key": ""}, 60),
        ("get_object", {"Bucket": "not a bucket", "Key": "k"}, 60),
        ("get_object", {**settings.BASE, "Range": "a\nb"}, 60),
        ("get_object", {**settings.BASE, "Key": "\ud800"}, 60),
        ("put_object", {**settings.BASE, "Metadata": {"a": "ü"}}, 60),
    ],
)
def test_a_call_that_the_core_does_not_answer_decides_nothing(method: str, params: Any, life: int) -> None:
    twins = Twins(region_name="us-east-1", config={"signature_version": "s3v4"})
    for _ in range(5):
        answer = twins.agree(URL, method, params, life)
        assert answer.reasons != []
        assert not any("a different result" in reason for reason in answer.reasons)
    assert not is_settled(twins.fast, method)
    for _ in range(2):
        assert twins.agree(URL, method, settings.BASE).reasons == []
    assert is_settled(twins.fast, method)


def test_a_form_that_the_core_does_not_answer_decides_nothing() -> None:
    twins = Twins(region_name="us-east-1")
    for _ in range(5):
        answer = twins.agree(POST, "bucket", "key", ExpiresIn=0)
        assert not any("a different result" in reason for reason in answer.reasons)
    assert twins.agree(POST, "bucket", "key").reasons == []
    assert vars(twins.fast)["_presigned_fast_path"].form.is_verified


class Asked(Credentials):  # type: ignore[misc] # botocore has no types
    """Credentials that run code each time that they are read."""

    def __init__(self, answer: Callable[[int], str | None]) -> None:
        super().__init__("AKIDEXAMPLE", "secret")
        self.count = 0
        self._reply = answer

    def get_frozen_credentials(self) -> Any:
        """Counts."""
        self.count += 1
        key = self._reply(self.count)
        return super().get_frozen_credentials() if key is None else ReadOnlyCredentials(key, "secret", None)


def made_with(answer: Callable[[int], str | None]) -> tuple[Any, Asked]:
    """An accelerated client with credentials that run code when they are read."""
    one = Twins(region_name="us-east-1", config={"signature_version": "s3v4"}).fast
    one._request_signer._credentials = keys = Asked(answer)
    return one, keys


def test_a_clock_that_ticks_between_the_answers_is_no_difference() -> None:
    with time_machine.travel(INSTANT, tick=False) as clock:

        def tick(_: int) -> None:
            clock.shift(SECOND)

        one, keys = made_with(tick)
        for _ in range(5):
            assert ask(one, URL, *GET).reasons == []
        assert not is_settled(one)
        # presigned's answer, botocore's, and presigned's again.
        assert keys.count == 15
        keys._reply = lambda _: None
        assert ask(one, URL, *GET).reasons == []
        assert is_settled(one)


def test_a_clock_that_ticks_once_settles_it_with_the_second_answer() -> None:
    with time_machine.travel(INSTANT, tick=False) as clock:
        one, _ = made_with(lambda count: clock.shift(SECOND) if count == 2 else None)
        assert ask(one, URL, *GET).reasons == []
        assert is_settled(one)


def test_credentials_refreshed_between_the_answers_are_not_a_difference() -> None:
    one, _ = made_with(lambda count: f"KEY{count}")
    for _ in range(5):
        assert ask(one, URL, *GET).reasons == []
    assert not is_settled(one)
    one, _ = made_with(lambda count: "OLD" if count == 1 else "NEW")
    assert "Credential=NEW" in ask(one, URL, *GET).text
    assert is_settled(one)


@pytest.mark.parametrize("when", [(1,), (3,), (1, 3)])
def test_boto3_answers_where_the_core_cannot_read_the_credentials(when: tuple[int, ...]) -> None:
    def fail(count: int) -> str | None:
        if count in when:
            raise RuntimeError("no keys")
        # Other credentials each time, so that nothing agrees before the third call.
        return f"KEY{count}"

    one, _ = made_with(fail)
    first = ask(one, URL, *GET)
    assert first.text.startswith("str 'https://")
    assert not any("a different result" in reason for reason in first.reasons)
    assert vars(one)["_presigned_fast_path"].objection is None


def test_an_error_of_the_original_decides_nothing() -> None:
    def fail(count: int) -> None:
        if count == 2:
            raise RuntimeError("no keys")

    one, _ = made_with(fail)
    assert "no keys" in ask(one, URL, *GET).text
    assert not is_settled(one)
    assert ask(one, URL, *GET).reasons == []
    assert is_settled(one)


def test_parameters_that_are_changed_meanwhile_do_not_turn_a_client_away() -> None:
    params = dict(settings.BASE)

    def change(count: int) -> None:
        # As another thread might, after the core has answered and before botocore has read them.
        if count == 1:
            params["Key"] = "changed"

    one, _ = made_with(change)
    with listening() as reasons:
        assert "/changed?" in one.generate_presigned_url("get_object", params)
    assert len(reasons) == 1
    assert ask(one, URL, *GET).reasons == []
    assert is_settled(one)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.meta.events.register("choose-signer.s3.GetObject", lambda **_: "s3-query"),
        lambda one: setattr(one._request_signer, "_region_name", "eu-west-3"),
        lambda one: _redirector(one)._cache.update({"bucket": "eu-west-3"}),
    ],
)
def test_a_client_that_is_changed_meanwhile_decides_nothing(change: Callable[[Any], None]) -> None:
    one, keys = made_with(lambda _: None)

    def once(count: int) -> None:
        if count == 1:
            change(one)

    keys._reply = once
    with listening() as reasons:
        one.generate_presigned_url("get_object", dict(settings.BASE))
    assert not any("a different result" in reason for reason in reasons)


def _redirector(one: Any) -> Any:
    handlers = one.meta.events._emitter._handlers.prefix_search("before-endpoint-resolution.s3")
    return next(handler.__self__ for handler in handlers if hasattr(handler, "__self__"))


def test_lists_and_tables_that_the_original_writes_into_are_not_compared_as_they_are_afterwards() -> None:
    one = client(region_name="us-east-1")
    real = botocore.signers.generate_presigned_post

    def writing(
        self: Any, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> Any:
        # As botocore did before 1.44, and more.
        form = real(self, Bucket, Key, Fields, Conditions, ExpiresIn)
        Fields["added"] = "later"
        Conditions.extend(calls.own_conditions(Bucket, Key))
        return form

    from presigned._boto3.inplace import registry  # noqa: PLC0415 - to let a function of this test's be compared

    registry.open_all()
    function = methods._post(writing)
    # A tick, so that the core has to answer twice.
    with time_machine.travel(INSTANT, tick=False) as clock:
        one._request_signer._credentials = Asked(lambda count: clock.shift(SECOND) if count == 2 else None)
        function(one, "bucket", "key", {"acl": "private"}, [{"acl": "private"}])
    assert vars(one)["_presigned_fast_path"].form.is_verified


def test_first_calls_in_many_threads_settle_it() -> None:
    twins = Twins(region_name="us-east-1")
    expected = ask(twins.plain, URL, *GET).text
    go, wrong = threading.Barrier(8), []

    def work() -> None:
        go.wait()
        for _ in range(20):
            made = twins.fast.generate_presigned_url("get_object", dict(settings.BASE))
            if made not in expected:
                wrong.append(made)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert is_settled(twins.fast)
    assert vars(twins.fast)["_presigned_fast_path"].objection is None

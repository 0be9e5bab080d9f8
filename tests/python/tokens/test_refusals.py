"""Arguments of tokens and of signatures that are refused: the error names the argument, whatever it was given."""

from __future__ import annotations

import enum
from typing import Any

import pytest
import time_machine

import presigned
from presigned import tokens
from presigned._tokens.places import _kept
from presigned.exceptions import InvalidRegionError, ParamValidationError

HOST = "db.abc.eu-central-1.rds.amazonaws.com"
AGENT = "arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/NAME"
SIGNED: dict[str, Any] = {
    "method": "GET",
    "url": "https://abc.eu-central-1.es.amazonaws.com/",
    "region": "eu-central-1",
}
#: Each function, with arguments that it takes.
CALLS: dict[Any, dict[str, Any]] = {
    tokens.eks: {"cluster": "production"},
    tokens.rds: {"host": HOST, "port": 5432, "user": "app"},
    tokens.dsql: {"host": HOST},
    tokens.elasticache: {"name": "cache", "user": "app"},
    tokens.memorydb: {"cluster": "cache", "user": "app"},
    tokens.iot: {"host": HOST},
    tokens.kinesis_video: {"endpoint": "wss://abc.kinesisvideo.eu-central-1.amazonaws.com", "channel_arn": "arn:a"},
    tokens.transcribe: {"language_code": "de-DE", "media_encoding": "pcm", "query": {}},
    tokens.agentcore: {"arn": AGENT, "qualifier": "one", "session_id": "two", "query": {}},
    tokens.opensearch: SIGNED,
    presigned.presign_url: {**SIGNED, "service": "es", "headers": {}, "unsigned_query": {}},
    presigned.sign: {**SIGNED, "service": "es", "headers": {}, "body": b""},
}
PAIRS = ("headers", "query", "unsigned_query")
NO_TEXT = ["\ud800", 1.5, [], {}, b"text", bytearray(b"text"), object()]
NO_PAIRS = [1.5, "text", {"a": "\ud800"}, {"\ud800": "a"}, {"a": 7}, [("a",)], {7: "a"}]


def cases() -> list[Any]:
    """Each argument of each function, with values that it does not take."""
    found = []
    for make, arguments in CALLS.items():
        for name in arguments:
            for number, wrong in enumerate(NO_PAIRS if name in PAIRS else NO_TEXT):
                if name != "body" or not isinstance(wrong, (bytes, bytearray)):
                    found.append(pytest.param(make, name, wrong, id=f"{make.__name__}-{name}-{number}"))
    return found


@pytest.mark.parametrize(("make", "name", "wrong"), cases())
def test_an_error_names_the_argument(make: Any, name: str, wrong: Any) -> None:
    with pytest.raises((ParamValidationError, InvalidRegionError)) as caught:
        make(**{**CALLS[make], name: wrong})
    if name == "region":
        assert isinstance(caught.value, InvalidRegionError)
    else:
        assert f"parameter {name}" in str(caught.value)
    assert "very secret" not in str(caught.value)


class Name(str, enum.Enum):
    """Text of another class, as numpy and Django have it too."""

    HOST = HOST
    USER = "app"
    CACHE = "cache"


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (tokens.rds, (Name.HOST, 5432, Name.USER)),
        (tokens.elasticache, (Name.CACHE, Name.USER)),
        (tokens.eks, (Name.CACHE,)),
        (tokens.iot, (Name.HOST,)),
    ],
)
def test_text_of_another_class_is_text(make: Any, arguments: tuple[Any, ...]) -> None:
    _kept.clear()
    plain = [one.value if isinstance(one, Name) else one for one in arguments]
    keys = ("AKIDEXAMPLE", "secret")
    with time_machine.travel("2026-12-01", tick=False):
        assert make(*arguments, credentials=keys) == make(*plain, credentials=keys)


@pytest.mark.parametrize("port", [True, 1.0, 0, 65536, "9" * 5000, "٣", "", None])
def test_what_is_no_port_is_refused_also_if_it_equals_one(port: Any) -> None:
    tokens.rds(HOST, 1, "app")
    with pytest.raises(ParamValidationError, match="parameter port"):
        tokens.rds(HOST, port, "app")


@pytest.mark.parametrize("host", ["a:1:2", "::g", "1:2:3:4:5:6:7:8:9", "fe80::1%eth0"])
def test_what_is_no_ipv6_address_is_no_host(host: str) -> None:
    with pytest.raises(ParamValidationError, match="parameter host"):
        tokens.rds(host, 5432, "app")


@pytest.mark.parametrize("host", ["a:b", "a:", "::1", "a:1:2", "a:65536", "a:" + "9" * 5000])
def test_what_is_no_host_of_iot_is_refused_by_its_name(host: str) -> None:
    with pytest.raises(ParamValidationError, match="parameter host"):
        tokens.iot(host)


@pytest.mark.parametrize("endpoint", ["wss://", "wss:// a", "wss://a\n", "wss://a:x", "wss://[::1"])
def test_what_is_no_endpoint_of_kinesis_video_is_refused_by_its_name(endpoint: str) -> None:
    with pytest.raises(ParamValidationError, match="parameter endpoint"):
        tokens.kinesis_video(endpoint, "arn:a")


@pytest.mark.parametrize("name", ["X-Amz-Signature", "x-amz-date", "language-code", "X-Amz-Security-Token"])
def test_a_url_has_no_parameter_twice(name: str) -> None:
    with pytest.raises(ParamValidationError, match=f"parameter query, value: '{name}'"):
        tokens.transcribe(language_code="de-DE", query={name: "value"})


def test_an_error_of_a_provider_stays_as_it_is() -> None:
    def credentials() -> Any:
        raise TypeError("of the provider")

    with pytest.raises(TypeError, match="of the provider"):
        presigned.presign_url(**SIGNED, service="es", credentials=credentials)


KEYS = ("AKIDEXAMPLE", "secret of the keys")


@pytest.mark.parametrize(
    ("make", "arguments"),
    [
        (tokens.eks, (KEYS,)),
        (tokens.eks, ("production", KEYS)),
        (tokens.rds, (HOST, 5432, "app", KEYS)),
        (tokens.rds, (HOST, 5432, KEYS)),
        (tokens.dsql, (HOST, "eu-central-1", KEYS)),
        (tokens.dsql, (HOST, "eu-central-1", True, KEYS)),
        (tokens.elasticache, ("cache", "app", "eu-central-1", KEYS)),
        (tokens.memorydb, ("cache", "app", KEYS)),
        (tokens.msk, (KEYS,)),
        (tokens.bedrock, ("eu-central-1", KEYS)),
        (tokens.iot, (HOST, KEYS)),
        (tokens.kinesis_video, ("wss://abc", "arn:a", KEYS)),
        (tokens.agentcore, (AGENT, KEYS)),
        (tokens.opensearch, ("GET", f"https://{HOST}", "eu-central-1", KEYS)),
        (presigned.Signer, ("es", KEYS)),
        (presigned.Signer, (KEYS, "es")),
    ],
)
@pytest.mark.parametrize("as_given", [tuple, list, lambda keys: {"access_key": keys[0], "secret_key": keys[1]}])
def test_credentials_at_the_place_of_another_argument_are_refused_and_not_shown(
    make: Any, arguments: tuple[Any, ...], as_given: Any
) -> None:
    with pytest.raises((ParamValidationError, InvalidRegionError)) as caught:
        make(*(as_given(KEYS) if one is KEYS else one for one in arguments))
    assert KEYS[1] not in f"{caught.value} {caught.value!r} {caught.value.__dict__}"
    assert KEYS[1] not in str(_kept)


def test_a_provider_of_a_token_in_place_of_its_function_is_refused() -> None:
    token: Any = tokens.msk()
    with pytest.raises(TypeError, match=r"make must be a function .* not <class 'presigned\.tokens\.Token'>") as caught:
        tokens.provider(token)
    assert token not in str(caught.value)


@pytest.mark.parametrize("made", ["a password", None, b"a password"])
def test_a_provider_of_a_function_that_makes_no_token_is_refused(made: Any) -> None:
    password = tokens.provider(lambda: made)
    for get in (password, password.get, password.refresh, password):
        with pytest.raises(TypeError, match=r"make must return a presigned\.tokens\.Token, not <class") as caught:
            get()
        assert "a password" not in str(caught.value)

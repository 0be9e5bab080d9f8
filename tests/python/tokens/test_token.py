"""A token is a string that does not show itself by accident."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback

import pytest

import presigned
from presigned import tokens


@pytest.fixture(name="token")
def a_token() -> tokens.Token:
    return tokens.rds("db.example.com", 5432, "app")


def test_every_way_to_use_a_string_gives_the_token(token: tokens.Token) -> None:
    text = "".join([*token])
    assert text.startswith("db.example.com:5432/?Action=connect")
    assert type(str(token)) is str
    assert [str(token), f"{token}", f"{token:s}", format(token), "%s" % token, f"{token!s}"] == [text] * 6  # noqa: UP031
    assert token.encode() == text.encode()
    assert token == text
    assert hash(token) == hash(text)
    assert isinstance(token, str)
    assert json.loads(json.dumps({"password": token})) == {"password": text}
    assert token + "" == text


def test_its_repr_does_not_show_it(token: tokens.Token, caplog: pytest.LogCaptureFixture) -> None:
    secret = token.rpartition("=")[2]
    end = f"{token.expires_at:%Y-%m-%d %H:%M:%S} UTC"
    assert repr(token) == f"<Token until {end}>"
    shown = [f"{token!r}", repr([token]), repr({"password": token}), "%r" % token, f"{[token]}"]  # noqa: UP031
    shown += traceback.format_exception_only(ValueError([token]))
    logging.getLogger("test").warning("%r %s", token, [token])
    shown.append(caplog.text)
    assert all(secret not in one for one in shown)


def test_a_token_of_unknown_expiry_says_so() -> None:
    token = tokens.Token("abc")
    assert (token.expires_at, repr(token)) == (None, "<Token>")


def test_a_pickle_and_a_copy_are_the_same_token(token: tokens.Token) -> None:
    for again in (pickle.loads(pickle.dumps(token)), copy.copy(token), copy.deepcopy([token])[0]):  # noqa: S301 - our own
        assert type(again) is tokens.Token
        assert str(again) == str(token)
        assert again.expires_at == token.expires_at


def test_it_has_no_attributes_of_other_names(token: tokens.Token) -> None:
    with pytest.raises(AttributeError):
        token.other = 1  # type: ignore[attr-defined]
    assert tokens.Token.__module__ == "presigned.tokens"
    assert presigned.tokens is tokens

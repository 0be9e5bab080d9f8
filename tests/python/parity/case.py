"""A case: the settings of a client, and one call of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from botocore import UNSIGNED

ACCESS_KEY = "AKIDEXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
KEYS: Mapping[str, Any] = {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": SECRET_KEY}

# 2026-01-02T03:04:05Z: a one-digit month, day, hour and minute show every missing zero.
INSTANT = 1767323045.678901

URL = "generate_presigned_url"
POST = "generate_presigned_post"


@dataclass(frozen=True)
class Setting:
    """What a client is made of.

    `client` and `session` are the keyword arguments of `Session.client` and of `Session`; `config`
    those of `Config`, or `None` for no `Config`; `environ` and the two files are seen by both libraries
    from the making of the session to the end of the call.
    """

    client: Mapping[str, Any] = field(default_factory=dict)
    config: Mapping[str, Any] | None = None
    environ: Mapping[str, str] = field(default_factory=dict)
    session: Mapping[str, Any] = field(default_factory=dict)
    config_file: str | None = None
    credentials_file: str | None = None

    @property
    def is_ambient(self) -> bool:
        """Whether more than the arguments makes this client, so that it needs a session of its own."""
        return bool(self.environ or self.session or self.config_file is not None or self.credentials_file is not None)


@dataclass(frozen=True)
class Case:
    """One call: `arguments` and `keywords` are handed over as they are.

    `fresh`, where given, makes new keywords for each library: for streams, which can be read once.
    """

    setting: Setting
    method: str
    arguments: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    instant: float = INSTANT
    fresh: Callable[[], Mapping[str, Any]] | None = None

    @property
    def operation(self) -> Any:
        """The operation that is presigned, for any value that was given as the operation."""
        if self.method == POST:
            return "create_bucket"
        return self.arguments[0] if self.arguments else self.keywords.get("ClientMethod")

    def argument(self, name: str, place: int, default: Any = None) -> Any:
        """The argument `name`, which may also stand at `place`."""
        if len(self.arguments) > place:
            return self.arguments[place]
        return self.call_keywords().get(name, default)

    def call_keywords(self) -> Mapping[str, Any]:
        """The keyword arguments of the call."""
        return self.keywords if self.fresh is None else self.fresh()

    def with_argument(self, name: str, place: int, value: Any) -> Case:
        """The same call with another value for one argument."""
        if len(self.arguments) > place:
            arguments = (*self.arguments[:place], value, *self.arguments[place + 1 :])
            return replace(self, arguments=arguments)
        if self.fresh is not None:
            make = self.fresh
            return replace(self, fresh=lambda: {**make(), name: value})
        return replace(self, keywords={**self.keywords, name: value})

    def describe(self) -> str:
        """The case as a person would type it."""
        around = ("environ", "session", "config_file", "credentials_file")
        given = {name: getattr(self.setting, name) for name in around}
        lines = [f"  {name}: {value!a}" for name, value in given.items() if value]
        client = ", ".join(f"{name}={value!a}" for name, value in self.setting.client.items())
        if self.setting.config is not None:
            options = ", ".join(f"{name}={value!a}" for name, value in self.setting.config.items())
            client += f", config=Config({options})"
        lines.append(f"  client: {client}")
        call = [ascii(value) for value in self.arguments]
        call += [f"{name}={value!a}" for name, value in self.call_keywords().items()]
        text = f"  call:   {self.method}({', '.join(call)})"
        lines.append(text if len(text) < 4000 else text[:4000] + "...")
        return "\n".join(lines)


def setting(
    region: str | None = "us-east-1",
    *,
    keys: Mapping[str, Any] = KEYS,
    config: Mapping[str, Any] | None = None,
    **client: Any,
) -> Setting:
    """A client of arguments alone."""
    if region is not None:
        client = {"region_name": region, **client}
    return Setting(client={**keys, **client}, config=config)


DEFAULT = setting()


def url(operation: Any, params: Any = None, made_of: Setting = DEFAULT, **keywords: Any) -> Case:
    """`generate_presigned_url(operation, Params=params, ...)`."""
    if params is not None:
        keywords = {"Params": params, **keywords}
    return Case(made_of, URL, (operation,), keywords)


def get(made_of: Setting = DEFAULT, *, Bucket: Any = "bucket", Key: Any = "key", **params: Any) -> Case:
    """A `get_object` URL: the most common call."""
    return url("get_object", {"Bucket": Bucket, "Key": Key, **params}, made_of)


def post(bucket: Any = "bucket", key: Any = "key", made_of: Setting = DEFAULT, **keywords: Any) -> Case:
    """`generate_presigned_post(bucket, key, ...)`."""
    return Case(made_of, POST, (bucket, key), keywords)


def label(given: Any) -> str:
    """A test's id: short, in ASCII, and the same in every process."""
    return re.sub(r" at 0x[0-9a-f]+", "", ascii(given))[:60]


__all__ = [
    "DEFAULT",
    "INSTANT",
    "KEYS",
    "POST",
    "UNSIGNED",
    "URL",
    "Case",
    "Setting",
    "get",
    "label",
    "post",
    "setting",
    "url",
]

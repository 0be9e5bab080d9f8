"""Says in a few words how a contender's URL or form differs from boto3's for the same call.

A regional host, or the bucket in the path, is a choice and not a fault, so boto3 makes the same choice. What remains
are parameters, headers and conditions that the library does not sign, and signatures that differ from boto3's.
"""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import cases
from contenders import CONTENDERS, REFERENCE

if TYPE_CHECKING:
    from interleave import Worker

ENDPOINT = f"https://s3.{cases.REGION}.amazonaws.com"
# Place of the bucket's name -> boto3's endpoint and addressing style for it.
STYLES = {"": (None, "auto"), "regional host": (ENDPOINT, "virtual"), "path style": (ENDPOINT, "path")}
clients: dict[tuple[bool, str], Any] = {}


def reference(case: str, style: str) -> object:
    """The result of boto3 for a case in this style."""
    key = (case == "token", style)
    if key not in clients:
        found: dict[str, Any] = cases.names(case)
        exec(CONTENDERS[REFERENCE].imports, found)
        endpoint, addressing = STYLES[style]
        clients[key] = found["boto3"].client(
            "s3",
            region_name=cases.REGION,
            aws_access_key_id=cases.ACCESS_KEY,
            aws_secret_access_key=cases.SECRET_KEY,
            aws_session_token=found["TOKEN"],
            endpoint_url=endpoint,
            config=found["Config"](signature_version="s3v4", s3={"addressing_style": addressing}),
        )
    return eval(CONTENDERS[REFERENCE].calls[case], {**cases.names(case), "s3": clients[key]})


def difference(worker: Worker, case: str) -> str:
    """How the result of an open contender differs; empty if it is the same."""
    if case == "post":
        return form_difference(worker.ask("call"), reference(case, ""))
    words = ""
    for style in STYLES:
        # Both must have signed in the same second.
        for _ in range(20):
            url, expected = str(worker.ask("call")), str(reference(case, style))
            if date(url) == date(expected):
                break
        words = url_difference(url, expected)
        if not words.startswith("another place"):
            return ", ".join(filter(None, (style, words)))
    return words


def date(url: str) -> str:
    """The second that a URL was signed in."""
    return dict(parse_qsl(urlsplit(url).query)).get("X-Amz-Date", "")


def url_difference(url: str, expected: str) -> str:
    """How `url` differs from `expected`; empty if it is the same."""
    ours, theirs = urlsplit(url), urlsplit(expected)
    query, wanted = dict(parse_qsl(ours.query)), dict(parse_qsl(theirs.query))
    if (ours.netloc, ours.path) != (theirs.netloc, theirs.path):
        return f"another place: {ours.netloc}{ours.path}"
    dropped = [name for name in wanted if name not in query]
    headers = set(wanted["X-Amz-SignedHeaders"].split(";")) - set(query.get("X-Amz-SignedHeaders", "").split(";"))
    if dropped or headers:
        return "drops " + ", ".join(dropped + sorted(headers))
    added = [name for name in query if name not in wanted]
    if added:
        return "adds " + ", ".join(added)
    if query != wanted:
        return "another signature"
    return "" if url == expected else "other order"


def form_difference(form: object, expected: object) -> str:
    """How a form differs: missing fields, and other conditions."""
    fields, wanted = fields_of(form), fields_of(expected)
    dropped = [name for name in wanted if name not in fields]
    policy, wanted_policy = (json.loads(b64decode(each["policy"])) for each in (fields, wanted))
    own = list(map(condition, policy["conditions"]))
    lacking = [each for each in map(condition, wanted_policy["conditions"]) if each not in own]
    words = []
    if dropped:
        words.append("without the fields " + ", ".join(dropped))
    # The date comes from another call.
    if lacking := [each for each in lacking if "x-amz-date" not in each]:
        words.append("other conditions than " + " ".join(lacking))
    return ", ".join(words)


def condition(entry: object) -> str:
    """A condition in its longer spelling: `{"acl": "private"}` is `["eq", "$acl", "private"]`."""
    if isinstance(entry, dict):
        [(name, value)] = entry.items()
        return json.dumps(["eq", f"${name}", value])
    return json.dumps(entry)


def fields_of(form: object) -> dict[str, str]:
    """The fields of a form: minio returns only these."""
    if not isinstance(form, dict):
        raise TypeError(form)
    fields = form.get("fields", form)
    return dict(fields)

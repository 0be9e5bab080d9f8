"""What `presign_post` keeps of a call answers the next equal one, and no other."""

from __future__ import annotations

import base64
import json
from typing import Any

import freezegun
import pytest

import presigned
from link_oracle import START, client
from presigned.exceptions import ParamValidationError

S3: Any = client()


def conditions(form: Any) -> list[Any]:
    """Those of the policy that a caller gives."""
    found: list[Any] = json.loads(base64.b64decode(form.fields["policy"]))["conditions"]
    return found[:-5]


def test_what_a_call_is_answered_from_is_never_another_calls() -> None:
    with freezegun.freeze_time(START):
        fields = {"acl": "private"}
        rules: list[Any] = [{"acl": "private"}, ["starts-with", "$x-amz-meta-a", "b"]]
        calls: list[dict[str, Any]] = [
            {"fields": fields, "conditions": rules},
            {"fields": fields},
            {"max_size": 1},
            {"max_size": 2},
            {"fields": fields, "max_size": 1},
            {"fields": {**fields, "key": "k"}},
            {},
            {"key_prefix": "k"},
            {"conditions": [{"x-amz-meta-a": "1"}]},
        ]
        alone = []
        for call in calls:
            presigned._client._settled_form = (None, None, None, None, None)
            alone.append(S3.presign_post("photos", "k", **call))
        for first in calls:
            for place, then in enumerate(calls):
                S3.presign_post("photos", "k", **first)
                for _ in range(2):
                    assert S3.presign_post("photos", "k", **then) == alone[place]
        # A list that has changed since is another one.
        S3.presign_post("photos", "k", fields=fields, conditions=rules)
        rules[1][2] = "c"
        assert conditions(S3.presign_post("photos", "k", fields=fields, conditions=rules)) == rules


@pytest.mark.parametrize("wrong", [[False, True], [0, True], [False, 1], [0.0, 1], [0, 1.0]])
def test_what_equals_a_size_is_refused_also_behind_that_size(wrong: list[Any]) -> None:
    for rules in ([], [{"acl": "private"}]):
        sizes = ["content-length-range", 0, 1]
        S3.presign_post("photos", "k", conditions=[*rules, sizes])
        with pytest.raises(ParamValidationError, match="a size is a whole number of bytes"):
            S3.presign_post("photos", "k", conditions=[*rules, ["content-length-range", *wrong]])
        assert sizes in conditions(S3.presign_post("photos", "k", conditions=[*rules, sizes]))

"""Compares presigned with boto3: the same answer, or the one that a stated difference requires."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterable, Iterator

from .case import URL, Case
from .outcome import Url
from .stated import Answer, allows, expected
from .subjects import ask_presigned

# Both libraries draw this token at random, and the signature follows it.
RANDOM = re.compile(r"(Signature=)[^&]+|(client-token=)[^&]+")


# `PARITY=all` asks every case of the large tables; without it, one case in a stride.
EVERY = os.environ.get("PARITY") == "all"


def share(stride: int, cases: Iterable[Case]) -> Iterator[Case]:
    """One case in `stride`, or every one. A stride prime to the rows' length visits every column."""
    return itertools.islice(cases, 0, None, 1 if EVERY else stride)


def fault(case: Case) -> str | None:
    """What is wrong with presigned's answer to a case, or `None`."""
    answers = expected(case)
    ours = ask_presigned(case)
    if _draws_a_token(case):
        answers = [_masked(answer) for answer in answers]
        ours = Url(RANDOM.sub(r"\1\2", ours.text)) if isinstance(ours, Url) else ours
    if any(allows(answer, ours) for answer in answers):
        return None
    described = "\n  or:     ".join(answer.describe() for answer in answers)
    return f"{case.describe()}\n  boto3:  {described}\n  ours:   {ours.describe()}"


def agree(*cases: Case) -> None:
    """Fails with every case of these on which the two libraries do not agree."""
    agree_all(cases)


def agree_all(cases: Iterable[Case]) -> None:
    """As `agree`, and says how many there were: an empty table proves nothing."""
    faults, asked = [], 0
    for case in cases:
        asked += 1
        found = fault(case)
        if found is not None:
            faults.append(found)
    assert asked, "no case was asked"
    if faults:
        described = "\n\n".join(faults[:20])
        raise AssertionError(f"{len(faults)} of {asked} differ\n\n{described}")


def _draws_a_token(case: Case) -> bool:
    params = case.argument("Params", 1)
    return (
        case.method == URL
        and case.operation == "rename_object"
        and isinstance(params, dict)
        and "ClientToken" not in params
    )


def _masked(answer: Answer) -> Answer:
    return Url(RANDOM.sub(r"\1\2", answer.text)) if isinstance(answer, Url) else answer

"""Repeats each case: a client that has cached a call gives the same answer as at first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .batches import bound
from .outcome import Outcome, Raised, Url, same_error

# The values of the sixth call become constants of the call site; later calls do not change the cache.
CALLS = 8


def again_fault(client: Any, arguments: Sequence[Any], keywords: Mapping[str, Any], single: Outcome) -> str | None:
    """What is wrong with the answers to a call that is repeated, or `None`."""
    if bound(arguments, keywords) is None or not isinstance(single, Url | Raised):
        return None
    for call in range(2, 2 + CALLS):
        try:
            url = client.generate_presigned_url(*arguments, **keywords)
        except Exception as error:  # noqa: BLE001 - the outcome may be any exception
            if not isinstance(single, Raised) or not same_error(single.error, error):
                return f"call {call}: {Raised(error, 'call').describe()}\n  the first: {single.describe()}"
            continue
        if not isinstance(single, Url) or url != single.text:
            return f"call {call}: {url!a}\n  the first: {single.describe()}"
    return None

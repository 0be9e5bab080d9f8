"""Which headers S3 also takes as parameters of a URL, so that a plain link can carry them."""

from __future__ import annotations

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: S3 takes these from the query. AWS's SDKs for JavaScript and Go put the first three there, that for JavaScript all.
#: A name with `*` stands for all headers that begin so.
HOISTABLE = (
    "x-amz-request-payer",
    "x-amz-expected-bucket-owner",
    "x-amz-checksum-mode",
    "x-amz-acl",
    "x-amz-storage-class",
    "x-amz-meta-*",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-checksum-*",
)


def check_hoisted(given: Any) -> list[str]:
    """Reads the names of `hoist`.

    Raises:
        ParamValidationError: S3 does not take one from the query: it would be ignored, or the upload refused.
    """
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise _refused(given, "it must be a sequence of names, such as ('x-amz-acl',)")
    found = []
    for name in given:
        lower_case = name.lower() if isinstance(name, str) else ""
        if not any(_fits(lower_case, one) for one in HOISTABLE):
            raise _refused(name, f"S3 takes only these headers from a URL: {', '.join(HOISTABLE)}")
        if lower_case not in found:
            found.append(lower_case)
    # What a pattern has hoisted is no header any more.
    return [name for name in found if not any(name != one and _fits(name, one) for one in found)]


def _fits(name: str, pattern: str) -> bool:
    if not pattern.endswith("*"):
        return name == pattern
    beginning = pattern[:-1]
    return name == pattern or (name.startswith(beginning) and name != beginning and "*" not in name)


def _refused(name: object, why: str) -> Exception:
    return make("ParamValidationError", report=f"Invalid value for parameter hoist, value: {name!r}: {why}")

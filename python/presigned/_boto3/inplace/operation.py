"""What the core needs to know of one operation of a client."""

from __future__ import annotations

from . import model
from .arguments import OTHERS, SCALARS, is_string_or_bytes, is_string_or_table
from .declined import NotCovered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .handlers import Handlers

#: Operations that the core presigns differently from boto3 on purpose, and the one that gets a random token.
_OTHERWISE = ("list_directory_buckets", "rename_object", "write_get_object_response")
#: Keys of customers, which botocore turns into base64.
_KEYS = frozenset(("CopySourceSSECustomerKey", "SSECustomerKey"))
#: The parameters that botocore rewrites in the caller's dict.
_REWRITTEN = _KEYS | {"CopySource"}


class Operation:
    """An operation of a client whose handlers and members are those that the core knows.

    Raises:
        NotCovered: They differ.
    """

    __slots__ = ("_model", "_name", "_writing", "is_listing", "is_verified", "kinds", "others", "redirector", "writes")

    def __init__(self, client: Any, name: str, method: str, handlers: Handlers, *, is_verified: bool) -> None:
        if method in _OTHERWISE:
            raise NotCovered(f"{method} is presigned differently here")
        self._name = name
        self._model = client.meta.service_model.operation_model(self._name)
        members = model.known_members(method, self._model)
        #: Member -> the type that its value must have.
        self.kinds: dict[str, Any] = {}
        #: Member of another kind, or that botocore rewrites -> whether a value will do.
        self.others: dict[str, Callable[[Any], bool]] = {}
        for member, shape in members.items():
            if shape.type_name in SCALARS:
                self.kinds[member] = SCALARS[shape.type_name]
            elif shape.type_name in OTHERS:
                self.others[member] = OTHERS[shape.type_name]
        self._writing = handlers.writing
        for member in _KEYS & members.keys():
            # What becomes base64 need not be a string.
            del self.kinds[member]
            self.others[member] = is_string_or_bytes
        if "CopySource" in members:
            del self.kinds["CopySource"]
            self.others["CopySource"] = is_string_or_table
        #: Whether botocore may write into the caller's parameters.
        self.writes = bool(self._writing)
        self.redirector = handlers.redirector
        #: Whether boto3 asks for lists in which keys are encoded.
        self.is_listing: bool = "EncodingType" in members and bool(handlers.writing)
        #: Whether boto3 has given the same result as the core. It starts as `True` for versions that the tests cover.
        self.is_verified = is_verified

    def takes(self, name: object, value: Any) -> bool:
        """Whether the core accepts a parameter that is not a plain scalar, or that botocore rewrites."""
        check = self.others.get(name)  # type: ignore[call-overload] # a name that is not a string names no member
        return check is not None and check(value)

    def write_back(self, params: dict[str, Any]) -> None:
        """Calls botocore's own handlers, which write into the caller's parameters."""
        if self.is_listing or not _REWRITTEN.isdisjoint(params):
            event = f"before-parameter-build.s3.{self._name}"
            for handler in self._writing:
                handler(params=params, model=self._model, context={}, event_name=event)

"""Compares results with the original's, if botocore is newer than the tests know.

It stops for an operation once one of its results agrees. Models and handlers are compared in any case; this finds
changes in botocore's code.

Only a difference without another cause counts. The clock may have ticked between the two answers, credentials may
have been refreshed, another thread may have changed a setting or the parameters. Such a call decides nothing, and the
next one is compared again. The same holds if one of the two has no answer.
"""

from __future__ import annotations

from .declined import decline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .fast_path import FastPath
    from .operation import Operation

#: After so many differences in a row, with no agreement between them, botocore goes on alone.
_ENOUGH = 3


class Comparison:
    """One call that both answer; the original's answer counts.

    Args:
        fast_path: What is known of the client. The client is no longer covered if the two keep differing.
        client: The client.
        operation: The operation. Its results are not compared any more once they have agreed.
        answer: Makes the core's answer, `None` if it has none.
    """

    def __init__(self, fast_path: FastPath, client: Any, operation: Operation, answer: Callable[[], Any]) -> None:
        self._fast_path = fast_path
        self._client = client
        self._operation = operation
        self._answer = answer
        #: Regions that S3 has named for buckets.
        self._moved = [*operation.redirector._cache]
        self._before = self._asked()

    def agrees(self, theirs: Any) -> bool:
        """Whether the comparison is done: the core has no answer, or the original's own."""
        return self._before is None or self._is_settled_by(theirs, self._before)

    def judge(self, theirs: Any) -> Any:
        """Takes the original's answer, and returns it."""
        if not self.agrees(theirs):
            after = self._asked()
            # The second, the credentials or something else may have changed between the two.
            if after is not None and not self._is_settled_by(theirs, after) and self._is_difference(after):
                self._note_difference()
        return theirs

    def _asked(self) -> Any:
        try:
            return self._answer()
        except Exception:
            # The client's own credentials cannot be fetched: the original raises that error, once.
            return None

    def _is_settled_by(self, theirs: Any, ours: Any) -> bool:
        """Returns whether the two are the same, and records it."""
        if theirs != ours or _order(theirs) != _order(ours):
            return False
        self._operation.is_verified = True
        self._fast_path.differences = 0
        return True

    def _is_difference(self, after: Any) -> bool:
        """Whether there is no other cause: the core gives the same answer as before, and the client is unchanged."""
        fast_path = self._fast_path
        return (
            after == self._before
            and fast_path.is_current(self._client)
            and fast_path.are_untouched()
            and fast_path.are_untouched_of_forms()
            and self._moved == [*self._operation.redirector._cache]
        )

    def _note_difference(self) -> None:
        fast_path = self._fast_path
        fast_path.differences += 1
        reason = "this botocore is newer than presigned and gives a different result"
        if fast_path.differences >= _ENOUGH:
            fast_path.object_to_all(reason)
        decline(reason)


def _order(answer: Any) -> Any:
    """The order of a form's fields, which a comparison of dicts leaves out."""
    return [*answer["fields"]] if type(answer) is dict else None

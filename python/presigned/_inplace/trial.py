"""Compares the first result of each operation with the original's, for a botocore newer than the tests know.

Its models and its handlers are compared in any case; this is for what has changed in its code.
"""

from __future__ import annotations

from .declined import decline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .lane import Lane
    from .operation import Operation


class Trial:
    """One call that both answer; the original's answer counts.

    Args:
        lane: The client, which is covered no more if the two differ.
        operation: The operation, which needs no second trial if they agree.
        answer: Makes the core's answer.
    """

    def __init__(self, lane: Lane, operation: Operation, answer: Callable[[], Any]) -> None:
        self._lane = lane
        self._operation = operation
        self._answer = answer
        self._before = answer()

    def judge(self, theirs: Any) -> Any:
        """Takes the original's answer, and returns it."""
        # A second may have begun between the two.
        if theirs in (self._before, self._answer()):
            self._operation.is_tried = True
        else:
            self._lane.objection = "this botocore gives another result, and is newer than presigned"
            decline(self._lane.objection)
        return theirs

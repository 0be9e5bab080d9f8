"""What S3 would answer to a form that it does not take."""

from __future__ import annotations


class Objection:
    """Why S3 would refuse an upload: what `PresignedPost.check` finds first.

    Attributes:
        code (str): The `<Code>` of S3's answer, such as `"AccessDenied"`.
        message (str): Its `<Message>`.
        status (int): The status of the answer.
    """

    __slots__ = ("code", "message", "status")
    code: str
    message: str
    status: int

    def __init__(self, code: str, message: str, status: int) -> None:
        self.code = code
        self.message = message
        self.status = status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def __repr__(self) -> str:
        return f"<Objection {self.status} {self}>"

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Objection) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[str, str, int]:
        return self.code, self.message, self.status


# The public module, which pickles name.
Objection.__module__ = "presigned"

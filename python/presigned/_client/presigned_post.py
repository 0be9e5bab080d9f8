"""The result of `presign_post`: a form and its expiry."""

from __future__ import annotations

from . import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class PresignedPost:
    """A form by which anybody may upload one object until it expires.

    Its `repr` and its display in a notebook contain no policy, signature or credentials.

    Attributes:
        url (str): Where the form goes, by POST.
        fields (dict[str, str]): Its fields, in order. The file itself follows as the last one, named `file`.

    Example:
        >>> import presigned
        >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> form = s3.presign_post("photos", "inbox/${filename}", conditions=[["content-length-range", 1, 10_000_000]])
        >>> form.url, form.fields["key"]
        ('https://photos.s3.amazonaws.com/', 'inbox/${filename}')
    """

    __slots__ = ("_end", "fields", "url")
    url: str
    fields: Mapping[str, str]
    _end: int | None

    def __init__(self, url: str, fields: Mapping[str, str], end: int | None) -> None:
        self.url = url
        self.fields = fields
        self._end = end

    @property
    def expires_at(self) -> datetime | None:
        """When S3 stops accepting it, in UTC: when the policy or the credentials expire, whichever is first.

        `None` if nothing is signed.
        """
        return shown.instant(self._end)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={shown.field(name, value)!r}" for name, value in self.fields.items())
        return f"<PresignedPost {shown.address(self.url)} {shown.end(self.expires_at)}, fields {fields}>"

    def _repr_html_(self) -> str:
        """What Jupyter shows: a table of the fields."""
        from html import escape

        head = escape(f"POST {shown.address(self.url)}, {shown.end(self.expires_at)}")
        rows = "".join(
            f"<tr><th>{escape(str(name))}</th><td>{escape(shown.field(name, value))}</td></tr>"
            for name, value in self.fields.items()
        )
        rows += "<tr><th>file</th><td>the file itself, last</td></tr>"
        return f'<table style="text-align: left"><caption>{head}</caption>{rows}</table>'

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, PresignedPost) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.url)

    def _parts(self) -> tuple[object, ...]:
        return self.url, dict(self.fields), self._end


# The public module, which pickles name.
PresignedPost.__module__ = "presigned"

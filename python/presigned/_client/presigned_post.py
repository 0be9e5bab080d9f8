"""The result of `presign_post`: a form and its expiry, and the ways to send it."""

from __future__ import annotations

from . import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from presigned._links.findings import Finding

    from .objection import Objection


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

    __slots__ = ("_end", "_is_early", "fields", "url")
    url: str
    fields: Mapping[str, str]
    _end: int | None
    _is_early: bool

    def __init__(self, url: str, fields: Mapping[str, str], end: int | None, is_early: bool = False) -> None:
        self.url = url
        self.fields = fields
        self._end = end
        #: Whether the credentials expire before the policy.
        self._is_early = is_early

    @property
    def expires_at(self) -> datetime | None:
        """When S3 stops accepting it, in UTC: when the policy or the credentials expire, whichever is first.

        `None` if nothing is signed.
        """
        return shown.instant(self._end)

    def check(
        self,
        filename: str | None = None,
        size: int | None = None,
        fields: Mapping[str, str] | None = None,
        content_type: str | None = None,
    ) -> Objection | None:
        """Asks the signed policy whether S3 would take a file, without sending anything.

        S3 compares the fields of the form, and not the file: a file may be of another type than its `Content-Type`.
        Permissions, a bucket that is missing and a signature that was changed are not seen here.

        Args:
            filename (str): The name of the user's file, which takes the place of `${filename}`.
            size (int): Its size in bytes; no size is compared unless given.
            fields (Mapping): Fields that the sender adds to the form or changes in it.
            content_type (str): The field `Content-Type` that the sender adds.

        Returns:
            Objection: S3's first objection, with its `code`, `message` and `status`; `None` if there is no objection.

        Example:
            >>> import presigned
            >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
            >>> form = s3.presign_post("photos", "inbox/${filename}", content_type="image/*")
            >>> print(form.check("cat.png", content_type="image/png"))
            None
            >>> form.check("cat.txt", content_type="text/plain").message
            'Invalid according to Policy: Policy Condition failed: ["starts-with", "$Content-Type", "image/"]'
        """
        from .post_check import check

        return check(self, filename, size, fields, content_type)

    def html(self, accept: str | None = None, submit: str = "Upload", nonce: str | None = None) -> str:
        """Writes the form as HTML, with its fields hidden and the file last.

        If the policy leaves the type open (`content_type="image/*"`), a script of a few lines fills it in when the user
        chooses a file. Fields that the policy leaves to the uploader become visible.

        Args:
            accept (str): What the browser offers in its dialog, such as `"image/png"`; unless given, what the policy
                says.
            submit (str): The text of the button.
            nonce (str): The nonce of the page's content security policy, for the script.

        Returns:
            str: HTML in ASCII. Anybody who has it can upload.
        """
        from .post_html import html

        return html(self.url, self.fields, accept, submit, nonce)

    def curl(self, file: str) -> str:
        """Writes a command for a POSIX shell that uploads a file. Anybody who has it can upload.

        Args:
            file (str): The path of the file.
        """
        from . import curl
        from .post_check import open_fields

        return curl.form(self.url, self.fields, open_fields(self.fields), file)

    def as_dict(self) -> dict[str, Any]:
        """Returns method, URL, fields and headers, as Uppy up to 5 and Shrine take them, for JSON."""
        return {"method": "POST", "url": self.url, "fields": dict(self.fields), "headers": {}}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What may make S3 or a client refuse it, as `presigned.inspect` finds it: the global host, for example."""
        from presigned._links.inspection import inspect

        return inspect((self.url, dict(self.fields))).findings

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

"""Writes a form as HTML."""

from __future__ import annotations

from html import escape

from .post_check import open_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: Fills the field `Content-Type` when the user chooses a file.
_SCRIPT = """  (form => form.elements.file.addEventListener("change", ({target}) => {
    form.elements["Content-Type"].value = target.files[0]?.type || "application/octet-stream";
  }))(document.currentScript.previousElementSibling);"""


def html(url: str, fields: Mapping[str, str], accept: str | None, submit: str, nonce: str | None) -> str:
    """A form for a web page, ASCII alone, so that it works in a page of any encoding.

    Args:
        url: Where the form goes.
        fields: Its fields.
        accept: What the browser offers in its dialog; what the policy says of the type, if it is not given.
        submit: The text of the button.
        nonce: The nonce that the page's content security policy asks of scripts.
    """
    added = open_fields(fields)
    of_type = next((name for name in added if name.lower() == "content-type"), None)
    prefix = added.pop(of_type) if of_type is not None else None
    if accept is None:
        accept = _accepted(fields, prefix)
    lines = [
        f'<form action="{escape(url)}" method="post" enctype="multipart/form-data" accept-charset="utf-8">',
        *(f'  <input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in fields.items()),
    ]
    if of_type is not None:
        lines.append(f'  <input type="hidden" name="Content-Type" value="{escape(prefix or "")}">')
    for name, start in added.items():
        lines.append(f'  <label>{escape(name)} <input name="{escape(name)}" value="{escape(start)}"></label>')
    # S3 ignores every field after the file.
    chooses = f' accept="{escape(accept)}"' if accept else ""
    lines += [f'  <input type="file" name="file"{chooses} required>', f"  <button>{escape(submit)}</button>", "</form>"]
    if of_type is not None:
        lines += [f'<script nonce="{escape(nonce)}">' if nonce else "<script>", _SCRIPT, "</script>"]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode()


def _accepted(fields: Mapping[str, str], prefix: str | None) -> str:
    if prefix is None:
        return next((value for name, value in fields.items() if name.lower() == "content-type"), "")
    # Browsers know whole types and `image/*`, and nothing in between.
    kind, slash, rest = prefix.partition("/")
    return f"{kind}/*" if slash and not rest else ""

"""Turns a presigned POST into JSON, a curl command or an HTML form."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def as_json(form: Mapping[str, object]) -> str:
    """The URL and the fields, as JSON."""
    import json

    return json.dumps(form, indent=2)


def html_form(url: str, fields: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """A form for a web page, with visible inputs for the fields that the uploader adds.

    Args:
        url: Where the form goes.
        fields: What the form holds besides the file.
        prefixes: Fields that the uploader adds, with how their values begin.
    """
    from html import escape

    lines = [f'<form action="{escape(url)}" method="post" enctype="multipart/form-data">']
    for name, value in fields.items():
        lines.append(f'  <input type="hidden" name="{escape(name)}" value="{escape(value)}">')
    for name, prefix in prefixes.items():
        lines.append(f'  <label>{escape(name)} <input name="{escape(name)}" value="{escape(prefix)}"></label>')
    # S3 ignores every field after the file.
    lines += ['  <input type="file" name="file" required>', "  <button>Upload</button>", "</form>"]
    # ASCII only, so that it works in a page of any encoding.
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode()

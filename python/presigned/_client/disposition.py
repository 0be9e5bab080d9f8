"""Writes a Content-Disposition, by which browsers save a file under a name.

RFC 6266 has the header, RFC 8187 its parameter `filename*`.
"""

from __future__ import annotations

from presigned import _errors

#: What a value of `filename*` may hold as it is, besides letters and digits.
_PLAIN = "!#$&+-.^_`|~"


def attachment(filename: str) -> str:
    r"""Makes the `Content-Disposition` by which a browser saves a file under a name, in any script.

    It is for `ResponseContentDisposition` of a link, `ContentDisposition` of an upload and `content_disposition` of a
    form. A name in ASCII is written as it is. Any other one is written twice: in UTF-8, and in ASCII for programs that
    do not know that.

    Args:
        filename (str): The name. Of an object's key or a path, the last part counts.

    Returns:
        str: The header's value, all ASCII.

    Raises:
        ParamValidationError: The name is empty, or it holds a control character or a lone surrogate.

    Example:
        >>> import presigned
        >>> presigned.attachment("cat.jpg")
        'attachment; filename="cat.jpg"'
        >>> presigned.attachment("reports/Größe.pdf")
        'attachment; filename="Gro_e.pdf"; filename*=UTF-8\'\'Gr%C3%B6%C3%9Fe.pdf'
    """
    from urllib.parse import quote

    if not isinstance(filename, str):
        _refuse(filename, "the name of a file is a string")
    name = filename.replace("\\", "/").rpartition("/")[2]
    if not name.strip():
        _refuse(filename, "the name in it is empty")
    if any(character < " " or "\x7f" <= character <= "\x9f" for character in name):
        _refuse(filename, "it holds a control character")
    try:
        encoded = quote(name, safe=_PLAIN)
    except UnicodeEncodeError:
        _refuse(ascii(filename), "it holds a lone surrogate")
    fallback = _in_ascii(name)
    plain = f'attachment; filename="{fallback}"'
    return plain if fallback == name else f"{plain}; filename*=UTF-8''{encoded}"


def _in_ascii(name: str) -> str:
    """The name for programs that read no `filename*`: letters without their marks, and `_` for what is left."""
    from unicodedata import combining, normalize

    bare = name if name.isascii() else "".join(one for one in normalize("NFKD", name) if not combining(one))
    # Some programs decode percent signs and backslashes here, and some end the name at a quotation mark.
    return "".join(one if one.isascii() and one.isprintable() and one not in '"\\/%' else "_" for one in bare)


def _refuse(value: object, why: str) -> None:
    raise _errors.make("ParamValidationError", report=f"Invalid value for parameter filename, value: {value!r}: {why}")


# The public name.
attachment.__module__ = "presigned"

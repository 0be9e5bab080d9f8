"""The native module for Arrow's C data interface. It is loaded only when a column offers that interface."""
# ruff: noqa: PYI021 - the stub is the module's manual

__all__ = ["read", "write"]

def read(column: object, most_rows: int, /) -> list[tuple[bytes, bytes | None, bytes]] | None:
    """The pieces of a column: values, where each string ends (`None` for numbers), and a byte for each that is missing.

    Texts stand one behind the other in UTF-8; numbers and ends take eight bytes each. `None` if the column is neither
    of strings nor of whole numbers.
    """

def write(strings: bytes, ends: bytes, requested_schema: object | None = None, /) -> tuple[object, object]:
    """An array of strings, as the two capsules of `__arrow_c_array__`.

    Its type is large_string, which shares the strings' memory, unless string or string_view is requested.
    """

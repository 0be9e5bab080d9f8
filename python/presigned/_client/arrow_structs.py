"""Checks an array of Arrow's C data interface before anything follows its addresses.

Rust reads the memory at the producer's addresses. If one is missing, or the array was released, that would end the
process. So the structures are checked first: https://arrow.apache.org/docs/format/CDataInterface.html
"""

from __future__ import annotations

import ctypes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class _Schema(ctypes.Structure):
    """`ArrowSchema`."""


class _Array(ctypes.Structure):
    """`ArrowArray`."""


_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_void_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.POINTER(_Schema)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(_Array))),
    ("dictionary", ctypes.POINTER(_Array)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]

_pointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(
    ("PyCapsule_GetPointer", ctypes.pythonapi)
)

#: The formats of strings and bytes: those with a buffer of ends, and the views, which may lie anywhere.
_WITH_OFFSETS = (b"u", b"U", b"z", b"Z")
_VIEWS = (b"vu", b"vz")
#: The buffers of views: which rows are missing, the views, and the lengths of the other buffers.
_FIXED_OF_VIEWS = 3
#: More than any memory has.
_MOST_BYTES = 1 << 48


def fault(schema_capsule: object, array_capsule: object, most_rows: int) -> str | None:
    """Returns what is wrong with an array, or `None`.

    Args:
        schema_capsule: The capsule named `arrow_schema`, of `__arrow_c_array__`.
        array_capsule: The capsule named `arrow_array`.
        most_rows: How many rows it may have.

    Raises:
        ValueError: One of the capsules has another name.
    """
    schema = _Schema.from_address(_pointer(schema_capsule, b"arrow_schema"))
    array = _Array.from_address(_pointer(array_capsule, b"arrow_array"))
    if not schema.release or not array.release:
        return "it was released, or taken by another consumer before"
    return next(_faults(schema, array, most_rows), None)


def _faults(schema: _Schema, array: _Array, most_rows: int) -> Iterator[str]:
    """Yields what is wrong with an array, and with the arrays inside it."""
    if schema.format is None:
        yield "its schema names no type"
    if array.length < 0 or array.offset < 0 or array.n_buffers < 0 or array.n_children != schema.n_children:
        yield "its length, its offset, or a number of its parts cannot be"
    if array.length > most_rows or array.offset > _MOST_BYTES:
        yield f"it has {array.length} rows from row {array.offset}, and {most_rows} rows are the most"
    yield from _faults_of_buffers(schema.format, array)
    if bool(schema.dictionary) != bool(array.dictionary):
        yield "it has a dictionary, and its schema has none, or the reverse"
    if array.n_children > 0 and not (schema.children and array.children):
        yield "its children are missing"
    insides = [(schema.children[at], array.children[at]) for at in range(max(array.n_children, 0))]
    if schema.dictionary:
        insides.append((schema.dictionary, array.dictionary))
    for inner_schema, inner in insides:
        if not inner_schema or not inner:
            yield "one of its children is missing"
        yield from _faults(inner_schema.contents, inner.contents, _MOST_BYTES)


def _faults_of_buffers(form: bytes, array: _Array) -> Iterator[str]:
    """Yields which buffers are missing."""
    if array.n_buffers > 0 and not array.buffers:
        yield "it has no buffers"
    buffers = array.buffers[: array.n_buffers] if array.buffers else []
    if form in _WITH_OFFSETS and array.length and (len(buffers) <= 1 or buffers[1] is None):
        yield "the buffer of its offsets is missing"
    if form in _VIEWS and len(buffers) > _FIXED_OF_VIEWS and buffers[-1] is None:
        yield "the lengths of its buffers are missing"

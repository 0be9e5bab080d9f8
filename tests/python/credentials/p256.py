"""Checks signatures on the curve P-256, as FIPS 186-4 (section 6.4) and SEC 1 (section 4.1.4) define it."""

from __future__ import annotations

from hashlib import sha256
from typing import TypeAlias

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
A = P - 3
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)

#: `None` is the point at infinity.
Point: TypeAlias = "tuple[int, int] | None"


def is_signed(message: bytes, signature: bytes, public: tuple[int, int]) -> bool:
    """Whether these are the two numbers, one after the other, of a signature by this key."""
    x, y = public
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if len(signature) != 64 or (y * y - x**3 - A * x - B) % P or not (0 < r < N and 0 < s < N):
        return False
    digest, inverse = int.from_bytes(sha256(message).digest(), "big"), pow(s, -1, N)
    point = _sum(_times(digest * inverse % N, G), _times(r * inverse % N, public))
    return point is not None and point[0] % N == r


def _times(factor: int, point: Point) -> Point:
    total: Point = None
    while factor:
        if factor & 1:
            total = _sum(total, point)
        point = _sum(point, point)
        factor >>= 1
    return total


def _sum(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (3 * x1 * x1 + A) * pow(2 * y1, -1, P) if one == other else (y2 - y1) * pow(x2 - x1, -1, P)
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P

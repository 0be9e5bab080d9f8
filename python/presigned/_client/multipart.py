"""`presign_multipart`: all requests of one upload in parts."""

from __future__ import annotations

from presigned._errors import make

from .presigned_request import PresignedRequest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from .steps import Steps

#: S3's limits: "Amazon S3 multipart upload limits" in its user guide.
MOST_PARTS = 10_000
MIB = 1 << 20
SMALLEST_PART = 5 * MIB
LARGEST_PART = 5 * 1024 * MIB
#: Checksums that a part may have -> the parameter of `upload_part`.
CHECKSUMS = {
    "CRC32": "ChecksumCRC32",
    "CRC32C": "ChecksumCRC32C",
    "CRC64NVME": "ChecksumCRC64NVME",
    "SHA1": "ChecksumSHA1",
    "SHA256": "ChecksumSHA256",
}


class PresignedPart:
    """The request that uploads one part.

    Attributes:
        number (int): Its number, from 1 on.
        start (int): Its first byte in the object.
        end (int): The byte behind its last one.
        request (PresignedRequest): What to send; the part's bytes are the body.
    """

    __slots__ = ("end", "number", "request", "start")
    number: int
    start: int
    end: int
    request: PresignedRequest

    def __init__(self, number: int, start: int, end: int, request: PresignedRequest) -> None:
        self.number = number
        self.start = start
        self.end = end
        self.request = request

    def as_dict(self) -> dict[str, Any]:
        """Its values, for JSON. The URL is secret."""
        request = self.request
        return {
            "number": self.number,
            "start": self.start,
            "end": self.end,
            "method": request.method,
            "url": request.url,
            "headers": dict(request.headers),
        }

    def __repr__(self) -> str:
        return f"<PresignedPart {self.number}, bytes {self.start} to {self.end}, {self.request!r}>"


class PresignedMultipart:
    """All requests of one upload in parts, which anybody may send until they expire.

    Attributes:
        size (int): The size of the object, in bytes.
        part_size (int): The size of each part but the last, in bytes.
        parts (list[PresignedPart]): The parts, in order.
        list_parts (PresignedRequest): Asks which parts S3 has.
        complete (PresignedRequest): Makes one object of the parts; `completion` writes its body.
        abort (PresignedRequest): Gives the upload up, and deletes its parts.
    """

    __slots__ = ("abort", "complete", "list_parts", "part_size", "parts", "size")
    size: int
    part_size: int
    parts: list[PresignedPart]
    list_parts: PresignedRequest
    complete: PresignedRequest
    abort: PresignedRequest

    def __init__(
        self,
        size: int,
        part_size: int,
        parts: list[PresignedPart],
        list_parts: PresignedRequest,
        complete: PresignedRequest,
        abort: PresignedRequest,
    ) -> None:
        self.size = size
        self.part_size = part_size
        self.parts = parts
        self.list_parts = list_parts
        self.complete = complete
        self.abort = abort

    @staticmethod
    def completion(etags: Mapping[int, str]) -> str:
        """Writes the body of `complete`.

        Args:
            etags (Mapping[int, str]): Part number -> the `ETag` header of S3's answer to that part.

        Returns:
            str: XML.
        """
        from html import escape

        parts = (
            f"<Part><PartNumber>{number}</PartNumber><ETag>{escape(etags[number])}</ETag></Part>"
            for number in sorted(etags)
        )
        space = "http://s3.amazonaws.com/doc/2006-03-01/"
        return f'<CompleteMultipartUpload xmlns="{space}">{"".join(parts)}</CompleteMultipartUpload>'

    def as_dict(self) -> dict[str, Any]:
        """All values, for JSON. The URLs are secret."""
        rest = {"list_parts": self.list_parts, "complete": self.complete, "abort": self.abort}
        named = {
            name: {"method": request.method, "url": request.url, "headers": dict(request.headers)}
            for name, request in rest.items()
        }
        parts = [part.as_dict() for part in self.parts]
        return {"size": self.size, "part_size": self.part_size, "parts": parts, **named}

    def __repr__(self) -> str:
        return f"<PresignedMultipart of {self.size} bytes, {len(self.parts)} parts of {self.part_size}>"


# The public module.
PresignedPart.__module__ = PresignedMultipart.__module__ = "presigned"


def presign_multipart(
    bucket: str,
    key: str,
    upload_id: str,
    *,
    size: Any,
    part_size: Any = None,
    parts: Iterable[int] | None = None,
    checksums: Mapping[int, str] | None = None,
    checksum_algorithm: str | None = None,
    has_options: bool,
    **shared: Any,
) -> Steps[PresignedMultipart]:
    """Presigns all requests of an upload; the arguments are those of `S3.presign_multipart`.

    `has_options` says whether the client has options for all its links.

    Raises:
        ParamValidationError: S3 would refuse the upload.
    """
    upload = {"Bucket": bucket, "Key": key, "UploadId": upload_id}
    size, part_size = sizes(size, part_size)
    count = max(1, -(-size // part_size))
    numbers = _numbers(parts, count)
    member = _checksum_member(checksum_algorithm, checksums, numbers)
    abort: PresignedRequest = yield "presign", ("abort_multipart_upload", upload), shared
    requests: list[PresignedRequest]
    if member is not None and checksums:
        columns = {"PartNumber": numbers, member: [checksums[number] for number in numbers]}
        requests = yield "presign_many", ("upload_part", {**upload, **columns}), shared
    elif shared.keys() <= {"expires_in"} and numbers and not has_options:
        life = {"ExpiresIn": shared["expires_in"]} if shared else {}
        urls = yield "generate_presigned_urls", ("upload_part", {**upload, "PartNumber": numbers}), life
        # They were signed after the other one, so they work at least as long.
        end = abort._end  # noqa: SLF001 - our own class
        requests = [PresignedRequest("upload_part", "PUT", url, {}, end) for url in urls]
    else:
        requests = yield "presign_many", ("upload_part", {**upload, "PartNumber": numbers}), shared
    found = [
        PresignedPart(number, (number - 1) * part_size, min(number * part_size, size), request)
        for number, request in zip(numbers, requests, strict=True)
    ]
    list_parts = yield "presign", ("list_parts", upload), shared
    complete = yield "presign", ("complete_multipart_upload", upload), shared
    return PresignedMultipart(size, part_size, found, list_parts, complete, abort)


def sizes(size: Any, part_size: Any) -> tuple[int, int]:
    """Checks the size of an object, and checks or chooses that of its parts.

    Raises:
        ParamValidationError: S3 allows no such upload.
    """
    size = _bytes("size", size, 0, MOST_PARTS * LARGEST_PART)
    if part_size is None:
        # Whole MiB, so that a part is easy to find again.
        smallest = max(SMALLEST_PART, -(-size // MOST_PARTS))
        return size, -(-smallest // MIB) * MIB
    part_size = _bytes("part_size", part_size, SMALLEST_PART, LARGEST_PART)
    if part_size * MOST_PARTS < size:
        least = -(-size // MOST_PARTS)
        raise _refused("part_size", part_size, f"S3 allows {MOST_PARTS} parts: use at least {least} bytes")
    return size, part_size


def _bytes(name: str, given: Any, least: int, most: int) -> int:
    if type(given) is bool or not hasattr(given, "__index__"):
        raise _refused(name, given, "it must be a whole number of bytes")
    number: int = given.__index__()
    if not least <= number <= most:
        raise _refused(name, number, f"S3 allows {least} to {most} bytes")
    return number


def _numbers(parts: Iterable[int] | None, count: int) -> list[int]:
    if parts is None:
        return [*range(1, count + 1)]
    if not hasattr(parts, "__iter__"):
        raise _refused("parts", parts, "it must be a sequence of numbers")
    numbers = []
    for number in parts:
        if type(number) is bool or not hasattr(number, "__index__") or not 1 <= number.__index__() <= count:
            raise _refused("parts", number, f"the parts of this upload are numbered 1 to {count}")
        numbers.append(number.__index__())
    if len({*numbers}) < len(numbers):
        raise _refused("parts", numbers, "a number is there twice")
    return sorted(numbers)


def _checksum_member(algorithm: str | None, checksums: Mapping[int, str] | None, numbers: list[int]) -> str | None:
    if not checksums:
        if algorithm is not None:
            raise _refused("checksum_algorithm", algorithm, "give the checksum of each part as checksums too")
        return None
    if not isinstance(algorithm, str) or algorithm not in CHECKSUMS:
        raise _refused("checksum_algorithm", algorithm, f"valid values: {', '.join(CHECKSUMS)}")
    missing = [number for number in numbers if number not in checksums]
    if missing:
        raise _refused("checksums", [*checksums], f"that of part {missing[0]} is missing")
    return CHECKSUMS[algorithm]


def _refused(name: str, value: object, why: str) -> Exception:
    return make("ParamValidationError", report=f"Invalid value for parameter {name}, value: {value!r}: {why}")

"""The back end of the upload page. It only signs: files go directly from the browser to S3 and back.

uvicorn --factory backend:create_app
"""

import os
import re
import secrets
import unicodedata
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import FastAPI, HTTPException
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from pydantic import AfterValidator, BaseModel, Field

import presigned

PAGE = Path(__file__).parent / "page"
MB, GB = 10**6, 10**9
MINUTE, HOUR, DAY = 60, 3600, 86_400
MOST_PARTS = 10_000  # of one upload, by S3's limit
FILE_NAME_BYTES = 200
# The form of the keys that `key_for` makes. The back end signs for no other key.
KEY = re.compile(r"uploads/[0-9a-f]{32}/[^/]+")


@dataclass(frozen=True)
class Settings:
    """The limits of the page. All but `lives` come from environment variables with the same names in capitals."""

    bucket: str
    form_up_to: int = 10 * MB
    put_up_to: int = 5 * GB  # S3's limit for one PUT
    max_bytes: int = 100 * GB
    part_bytes: int = 16 * 2**20  # S3 accepts 5 MiB and more
    content_types: str = "image/* video/* audio/* text/plain text/csv application/pdf application/zip"
    lives: list[int] = field(default_factory=lambda: [5 * MINUTE, HOUR, DAY, 7 * DAY])
    upload_life: int = HOUR

    @classmethod
    def read(cls) -> "Settings":
        """Read the environment."""
        texts = {known.name: os.environ.get(known.name.upper()) for known in fields(cls) if known.name != "lives"}
        if not texts["bucket"]:
            raise ValueError("BUCKET must name the bucket that files go to")
        values: dict[str, Any] = {name: int(text) if text.isdigit() else text for name, text in texts.items() if text}
        return cls(**values)


def known_key(key: str) -> str:
    """Accept only keys that this page made."""
    if not KEY.fullmatch(key):
        raise ValueError("not a key of this page")
    return key


Key = Annotated[str, AfterValidator(known_key)]


class File(BaseModel):
    """A file that a user wants to send."""

    name: str = Field(min_length=1)
    size: int = Field(ge=0)
    content_type: str = ""


class Step(BaseModel):
    """The next request of a multipart upload; `number` and `size` are those of a part."""

    step: Literal["part", "list", "complete", "abort"]
    key: Key
    upload_id: str = Field(min_length=1)
    number: int = Field(default=1, ge=1, le=MOST_PARTS)
    size: int = Field(default=0, ge=0)
    after: int = Field(default=0, ge=0)


class Share(BaseModel):
    """A download link that a user wants."""

    key: Key
    expires_in: int


def key_for(name: str) -> str:
    """Choose the key of a file: a folder with a random name, and its name without harmful characters."""
    clean = "".join("_" if unicodedata.category(c).startswith("C") or c in "/\\" else c for c in name)
    while len(clean.encode()) > FILE_NAME_BYTES:
        clean = clean[:-1]
    return f"uploads/{secrets.token_hex(16)}/{clean}"


class Signer:
    """Signs what the browser needs for each kind of transfer."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        # SigV4 and the bucket's regional host: the global host may redirect, and browsers do not follow that here.
        config = presigned.Config(signature_version="s3v4", s3={"addressing_style": "virtual"})
        self.s3 = presigned.client("s3", config=config)

    def url(self, operation: str, key: str, life: int, **params: Any) -> str:
        """Sign a request for one object."""
        place = {"Bucket": self.settings.bucket, "Key": key, **params}
        url: str = self.s3.generate_presigned_url(operation, Params=place, ExpiresIn=life)
        return url

    def upload(self, file: File) -> dict[str, Any]:
        """Choose how a file is sent, and sign the first request. S3 checks size and type."""
        limits = self.settings
        content_type = file.content_type or "application/octet-stream"
        if not any(fnmatchcase(content_type, pattern) for pattern in limits.content_types.split()):
            raise HTTPException(415, f"Files of the type {content_type} are not taken here.")
        if file.size > limits.max_bytes:
            raise HTTPException(413, f"Files may have up to {limits.max_bytes:,} bytes; this one has {file.size:,}.")
        key, life = key_for(file.name), limits.upload_life
        headers = {"Content-Type": content_type}
        if file.size <= limits.form_up_to:
            conditions = [headers, ["content-length-range", file.size, file.size]]
            form = self.s3.generate_presigned_post(limits.bucket, key, headers, conditions, life)
            return {"how": "form", "key": key, **form}
        if file.size <= limits.put_up_to:
            url = self.url("put_object", key, life, ContentType=content_type, ContentLength=file.size)
            return {"how": "put", "key": key, "url": url, "headers": headers}
        url = self.url("create_multipart_upload", key, life, ContentType=content_type)
        part_bytes = max(limits.part_bytes, -(-file.size // MOST_PARTS))
        return {"how": "multipart", "key": key, "url": url, "headers": headers, "part_bytes": part_bytes}

    def step(self, step: Step) -> str:
        """Sign the next request of a multipart upload."""
        params: dict[str, Any] = {"UploadId": step.upload_id}
        operation = f"{step.step}_multipart_upload"
        if step.step == "part":
            operation, params = "upload_part", {**params, "PartNumber": step.number, "ContentLength": step.size}
        if step.step == "list":
            operation, params = "list_parts", {**params, "PartNumberMarker": step.after}
        return self.url(operation, step.key, self.settings.upload_life, **params)

    def share(self, share: Share) -> str:
        """Sign a download under the file's own name."""
        if share.expires_in not in self.settings.lives:
            raise HTTPException(422, f"A link lives one of {self.settings.lives} seconds.")
        name = quote(share.key.rpartition("/")[2], safe="")
        disposition = f"attachment; filename*=UTF-8''{name}"
        return self.url("get_object", share.key, share.expires_in, ResponseContentDisposition=disposition)


def create_app(settings: Settings | None = None) -> FastAPI:
    """Make the application, by default with settings from the environment."""
    signer = Signer(settings or Settings.read())
    app = FastAPI(title="Upload page")
    app.mount("/page", StaticFiles(directory=PAGE), name="page")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(PAGE / "index.html")

    @app.get("/api/lives")
    def lives() -> list[int]:
        return signer.settings.lives

    @app.post("/api/uploads")
    def upload(file: File) -> dict[str, Any]:
        return signer.upload(file)

    @app.post("/api/steps")
    def step(step: Step) -> dict[str, str]:
        return {"url": signer.step(step)}

    @app.post("/api/links")
    def share(share: Share) -> dict[str, Any]:
        return {"url": signer.share(share), "expires_in": share.expires_in}

    return app
